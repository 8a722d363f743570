// What is said on Zalo alone: where the table is when Zalo takes no spreadsheet, and the words of a template message.

export const ZALO = {
  link: (url: string): string => `Bảng Excel (liên kết dùng được trong 2 giờ):\n${url}`,
  noLink:
    'Zalo không nhận tệp Excel. Anh/chị tải bảng Excel trên trang trò chuyện web, hoặc hỏi người phụ trách hệ thống.',
  fileRefused: 'Hiện chưa gửi được tệp bảng qua Zalo. Anh/chị mở bảng Excel theo liên kết ở tin nhắn trên.',
  fileRefusedNoLink:
    'Hiện chưa gửi được tệp bảng qua Zalo. Anh/chị tải bảng trên trang trò chuyện web, hoặc nhờ người phụ trách hệ thống gửi giúp.',
  picture: (page: number, pages: number): string =>
    pages === 1 ? 'Ảnh chụp bảng' : `Ảnh chụp bảng, trang ${page}/${pages}`,
  morePictures: (shown: number, pages: number): string =>
    `Bảng có ${pages} trang, trên đây là ${shown} trang đầu.`,
  someone: 'anh/chị',
  someUnit: 'đơn vị của anh/chị',
};
