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
  '/ghichu nội dung – ghi chú cho chỉ tiêu đang hỏi',
  '/ghichumuc nội dung – ghi chú cho dòng tiêu đề của nhóm',
  '/xemlai – còn thiếu gì, cần kiểm tra gì',
  '/file – tải bảng đến lúc này · /nop – nộp báo cáo',
  '/toi – tôi là ai, mở trên thiết bị khác, rời khỏi',
);

export const HELP_COORDINATOR: Text = lines(
  [bold('Đầu mối tổng hợp')],
  'Chọn một đơn vị để xem báo cáo, tải bảng, tiếp nhận hoặc trả lại kèm lý do. Khi đơn vị nộp, trợ lý gửi bảng tới ngay.',
  '',
  [bold('Lệnh')],
  '/baocao – các đơn vị và tiến độ',
  '/chuagui – những người chưa gửi được tin, và lý do',
  '/toi – tôi là ai, mở trên thiết bị khác, rời khỏi',
);
