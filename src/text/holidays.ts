// What the operator is told about the file of public holidays.
export const HOLIDAYS = {
  bad: 'Tệp ngày nghỉ lễ có lỗi, sửa các dòng sau rồi chạy lại (HOLIDAYS_FILE):',
  unreadable: (why: string): string => `Không đọc được tệp ngày nghỉ lễ (${why}).`,
  shape: 'Tệp gồm các năm, ví dụ 2026:, dưới mỗi năm có off: (ngày nghỉ) và có thể có work: (ngày làm bù).',
  year: 'Tên phần phải là năm gồm 4 chữ số, ví dụ 2026.',
  list: 'Phải là danh sách các dòng dạng - { day: 2026-09-02, name: Quốc khánh }.',
  entry: 'Mỗi dòng gồm day (ngày) và name (tên ngày), ví dụ { day: 2026-09-02, name: Quốc khánh }.',
  unknown: (keys: string): string => `Không có khóa ${keys} ở chỗ này; kiểm tra lại tên khóa.`,
  noDay: (day: string): string =>
    `"${day}" không phải là ngày có thật dạng NĂM-THÁNG-NGÀY, ví dụ 2026-09-02.`,
  otherYear: (day: string, year: string): string => `Ngày ${day} không thuộc năm ${year}.`,
  twice: (day: string): string => `Ngày ${day} được ghi hai lần trong năm này.`,
  notWeekend: (day: string): string =>
    `Ngày làm bù ${day} không phải thứ Bảy hay Chủ nhật; ngày thường vốn đã là ngày làm việc.`,
  missingYear: (year: string): string =>
    `Tệp ngày nghỉ lễ chưa có năm ${year}: chỉ tính các ngày lễ cố định, không biết Tết Âm lịch, Giỗ Tổ và các ngày hoán đổi.`,
};
