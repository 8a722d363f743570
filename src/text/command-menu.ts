// The menu of commands that a chat app shows, for each role; everybody else sees the officer's.
import type { Role } from '../domain/people.ts';

type Listed = readonly { readonly command: string; readonly description: string }[];

const TOI = { command: 'toi', description: 'Tôi là ai, thiết bị khác, rời khỏi' };
const TROGIUP = { command: 'trogiup', description: 'Trợ giúp' };
const MUC = { command: 'muc', description: 'Các mục và tiến độ' };
const TIENDO = { command: 'tiendo', description: 'Bảng tiến độ; lọc: /tiendo chưa bắt đầu' };
const TONGHOP = { command: 'tonghop', description: 'Bảng tổng hợp số liệu các đơn vị' };
const HISTORY_OF_UNIT = { command: 'lichsu', description: 'Ai đã ghi gì: /lichsu tên đơn vị' };
const HISTORY = { command: 'lichsu', description: 'Ai đã ghi gì, khi nào' };

/** Filling in, whether the whole report or a part of it. */
const WORK: Listed = [
  MUC,
  { command: 'lui', description: 'Quay lại chỉ tiêu trước' },
  { command: 'hoantac', description: 'Hoàn tác thao tác vừa rồi' },
  { command: 'sua', description: 'Sửa một chỉ tiêu: /sua III.5 hoặc vài từ' },
  { command: 'boqua', description: 'Để sau chỉ tiêu này' },
  { command: 'trong', description: 'Để trống chỉ tiêu này' },
  { command: 'khongapdung', description: 'Chỉ tiêu này không áp dụng' },
  { command: 'giunguyen', description: 'Giữ nguyên số liệu kỳ trước của cả mục' },
  { command: 'khongphatsinh', description: 'Cả mục không phát sinh' },
  { command: 'cho', description: 'Chờ số liệu: /cho Phòng Nội vụ đến thứ sáu' },
  { command: 'ghichu', description: 'Ghi chú cho chỉ tiêu đang hỏi' },
  { command: 'ghichumuc', description: 'Ghi chú cho dòng tiêu đề của nhóm' },
  { command: 'xemlai', description: 'Xem còn thiếu gì, cần kiểm tra gì' },
  { command: 'anh', description: 'Xem ảnh từng mục, tô màu chỗ thiếu, chỗ cần sửa' },
];

export const COMMAND_MENU: Readonly<Record<Role, Listed>> = {
  officer: [
    { command: 'baocao', description: 'Báo cáo của tôi, nhập tiếp' },
    ...WORK,
    { command: 'giao', description: 'Giao một mục cho đồng nghiệp điền: /giao III' },
    { command: 'nop', description: 'Nộp báo cáo' },
    { command: 'file', description: 'Tải bảng đến lúc này' },
    HISTORY,
    { command: 'nhaclai', description: 'Hẹn giờ nhắc lại: /nhaclai 15:30 hoặc mai' },
    TOI,
    TROGIUP,
  ],
  helper: [
    { command: 'baocao', description: 'Phần được giao, nhập tiếp' },
    ...WORK,
    { command: 'nop', description: 'Báo đã điền xong phần được giao' },
    { command: 'file', description: 'Tải bảng phần được giao' },
    { command: 'lichsu', description: 'Ai đã ghi gì vào một chỉ tiêu: /lichsu III.5' },
    TOI,
    TROGIUP,
  ],
  leader: [
    { command: 'baocao', description: 'Báo cáo của đơn vị' },
    MUC,
    { command: 'file', description: 'Tải bảng đến lúc này' },
    { command: 'anh', description: 'Xem ảnh từng mục: /anh III' },
    HISTORY,
    { command: 'moi', description: 'Mời cán bộ của đơn vị: /moi cán bộ Họ tên' },
    TOI,
    TROGIUP,
  ],
  coordinator: [
    TIENDO,
    { command: 'nhac', description: 'Đôn đốc đơn vị chưa nộp' },
    TONGHOP,
    { command: 'moky', description: 'Mở kỳ báo cáo mới' },
    { command: 'ky', description: 'Các kỳ: đổi hạn, gia hạn, thêm đơn vị, đóng' },
    { command: 'donvi', description: 'Các đơn vị; gửi tệp .xlsx, .csv để nhập danh mục' },
    { command: 'moi', description: 'Mời một người, hoặc /moi tatca' },
    { command: 'nguoi', description: 'Người của đơn vị, cho rời, thu hồi mã mời' },
    HISTORY_OF_UNIT,
    { command: 'chuagui', description: 'Những người chưa gửi được tin' },
    TOI,
    TROGIUP,
  ],
  viewer: [
    TIENDO,
    TONGHOP,
    { command: 'ky', description: 'Các kỳ báo cáo' },
    { command: 'donvi', description: 'Các đơn vị' },
    HISTORY_OF_UNIT,
    TOI,
    TROGIUP,
  ],
};
