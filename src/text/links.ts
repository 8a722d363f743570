// What a person reads who opens a link to a table.
export const LINK = {
  unknown: 'Liên kết không đúng. Anh/chị mở lại liên kết trong cuộc trò chuyện với trợ lý.',
  expired:
    'Liên kết đã hết hạn hoặc không còn dùng được (mỗi liên kết dùng trong 2 giờ). Anh/chị gõ /file trong cuộc trò chuyện với trợ lý để lấy liên kết mới.',
  tooMany: 'Đã mở quá nhiều liên kết không đúng. Anh/chị thử lại sau ít phút.',
  failed: 'Chưa tạo được tệp. Anh/chị thử lại sau ít phút, hoặc gõ /file trong cuộc trò chuyện với trợ lý.',
};
