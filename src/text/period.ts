// What officers are told when a reporting period changes.
export const PERIOD = {
  moved: (period: string, was: string, due: string, reason: string): string =>
    `Kỳ báo cáo ${period}: hạn nộp đổi từ ${was} thành ${due}. Lý do: ${reason}`,
  closed: (period: string, reason: string): string =>
    `Kỳ báo cáo ${period} đã đóng, số liệu được khóa và vẫn được giữ. Lý do: ${reason}`,
  reopened: (period: string, reason: string): string =>
    `Kỳ báo cáo ${period} được mở lại. Lý do: ${reason}. Anh/chị gõ /baocao để xem.`,
};
