// What is said on the Zalo Bot alone: where the table is, since a bot there can send no file.

export const ZALO_BOT = {
  link: (url: string): string =>
    `Bảng Excel (liên kết dùng được trong 2 giờ, sau đó gõ /file để lấy liên kết mới):\n${url}`,
  noLink:
    'Bảng Excel không gửi được qua Zalo Bot. Anh/chị tải bảng trên trang trò chuyện web, hoặc nhờ người phụ trách hệ thống (máy chủ chưa có địa chỉ công khai PUBLIC_URL).',
  linkFailed: 'Hiện chưa tạo được liên kết tải bảng Excel. Anh/chị gõ /file để thử lại.',
  picture: (page: number, pages: number): string =>
    pages === 1 ? 'Ảnh chụp bảng' : `Ảnh chụp bảng, trang ${page}/${pages}`,
  morePictures: (shown: number, pages: number): string =>
    `Có ${pages} ảnh, trên đây là ${shown} ảnh đầu. Anh/chị tải bảng để xem đủ.`,
  /** `shown`: how many pages were meant to be shown; one of them may not have arrived. */
  morePages: (shown: number, pages: number): string =>
    `Bảng có ${pages} trang; từ trang ${shown + 1} anh/chị xem trong bảng Excel theo liên kết ở tin nhắn trên.`,
};
