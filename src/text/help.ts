// What /trogiup says: how to answer and which commands there are, for officers and for coordinators.
import type { Text } from '../domain/conversation.ts';
import { bold, lines } from './common.ts';

export const HELP: Text = lines(
  [bold('Cách trả lời')],
  '5.971; tính đến 14/9 → số liệu kèm ghi chú',
  'Chọn một dòng có sẵn, hoặc gõ mã hay chữ: 1, Có, để trống, không áp dụng, chưa có số liệu, để sau',
  '',
  [bold('Lệnh')],
  '/baocao – báo cáo của tôi, nhập tiếp',
  '/muc – các mục và tiến độ',
  '/lui – quay lại chỉ tiêu trước',
  '/hoantac – hoàn tác thao tác vừa rồi',
  '/sua III.5 hoặc /sua vài từ – tới chỉ tiêu cần sửa',
  '/boqua – để sau · /trong – để trống · /khongapdung',
  'Dán nhiều dòng một lúc (từ Word, Excel, hoặc “1.1: 23” mỗi dòng) – xem trước rồi mới ghi',
  '/giunguyen – giữ nguyên số liệu kỳ trước của mục đang hỏi · /khongphatsinh – ghi cả mục không phát sinh',
  '/cho ai, đến lúc nào – chờ số liệu, trợ lý hỏi lại khi đến hẹn',
  '/ghichu nội dung – ghi chú cho chỉ tiêu đang hỏi',
  '/ghichumuc nội dung – ghi chú cho dòng tiêu đề của nhóm',
  '/xemlai – còn thiếu gì, cần kiểm tra gì',
  '/anh – ảnh mục đang nhập, tô màu chỗ thiếu; /anh III, /anh tất cả',
  '/file – tải bảng đến lúc này, /file 2 – bản 2 đã nộp · /nop – nộp báo cáo',
  '/giao III – giao một mục cho đồng nghiệp điền, xem tiến độ, lấy lại',
  '/lichsu hoặc /lichsu III.5 – ai đã ghi gì, khi nào',
  '/nhaclai 15:30 hoặc /nhaclai mai – hẹn giờ nhắc lại',
  '/toi – tôi là ai, mở trên thiết bị khác, rời khỏi',
);

export const HELP_HELPER: Text = lines(
  [bold('Điền phần được giao')],
  'Trợ lý hỏi từng chỉ tiêu của phần đồng nghiệp giao cho anh/chị; điền xong thì báo lại cho người giao. Người giao xem lại và nộp cả báo cáo.',
  '5.971; tính đến 14/9 → số liệu kèm ghi chú',
  'Chọn một dòng có sẵn, hoặc gõ mã hay chữ: 1, Có, để trống, không áp dụng, chưa có số liệu, để sau',
  '',
  [bold('Lệnh')],
  '/baocao – phần được giao, điền tiếp · /muc – các mục và tiến độ',
  '/lui – chỉ tiêu trước · /sua III.5 hoặc /sua vài từ – tới chỉ tiêu cần sửa · /hoantac – hoàn tác',
  '/cho ai, đến lúc nào – chờ số liệu, trợ lý hỏi lại khi đến hẹn',
  '/ghichu nội dung – ghi chú cho chỉ tiêu đang hỏi',
  '/giunguyen – giữ nguyên số liệu kỳ trước · /khongphatsinh – ghi cả mục không phát sinh',
  '/xemlai – còn thiếu gì, cần kiểm tra gì · /anh – xem ảnh · /file – tải bảng phần được giao',
  '/nop – báo đã điền xong',
  '/toi – tôi là ai, mở trên thiết bị khác, rời khỏi',
);

export const HELP_LEADER: Text = lines(
  [bold('Lãnh đạo đơn vị')],
  'Chọn một báo cáo để xem bảng; khi kỳ báo cáo cần duyệt, trợ lý gửi bảng tới để anh/chị duyệt và nộp, hoặc trả lại cán bộ kèm lý do.',
  '',
  [bold('Lệnh')],
  '/baocao – báo cáo của đơn vị · /muc – các mục và tiến độ',
  '/file – tải bảng đến lúc này, /file 2 – bản 2 đã nộp · /anh III – xem ảnh một mục',
  '/lichsu – ai đã ghi gì, khi nào · /moi cán bộ Họ tên – mời cán bộ nhập số liệu của đơn vị',
  '/toi – tôi là ai, mở trên thiết bị khác, rời khỏi',
);

export const HELP_COORDINATOR: Text = lines(
  [bold('Đầu mối tổng hợp')],
  'Chọn một đơn vị để xem báo cáo, tải bảng, tiếp nhận hoặc trả lại kèm lý do. Khi đơn vị nộp, trợ lý gửi bảng tới ngay.',
  '',
  [bold('Lệnh')],
  '/tiendo – bảng tiến độ; /tiendo chưa bắt đầu, /tiendo xã phú để lọc',
  '/nhac – đôn đốc đơn vị chưa nộp: tất cả, dưới 50%, hoặc gõ tên đơn vị',
  '/tonghop – bảng tổng hợp số liệu các đơn vị và phụ lục của cấp mình',
  '/moky – mở kỳ báo cáo mới; /ky – các kỳ, đổi hạn, gia hạn, thêm đơn vị, đóng và mở lại',
  '/donvi hoặc /donvi vài từ – các đơn vị; gửi tệp .xlsx, .csv vào đây để nhập hoặc sửa danh mục',
  '/moi – mời một người; /moi tatca – mời mọi đơn vị chưa có cán bộ',
  '/nguoi vài từ của tên đơn vị – người của đơn vị, cho rời, thu hồi mã mời',
  '/lichsu tên đơn vị, thêm chỉ tiêu nếu cần – ai đã ghi gì, khi nào',
  '/chuagui – những người chưa gửi được tin, và lý do',
  '/toi – tôi là ai, mở trên thiết bị khác, rời khỏi',
);
