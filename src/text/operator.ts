// What the operator of the server reads at start, and the names of the sample period.
export const SAMPLE = {
  unit: 'UBND thị xã Ngã Năm',
  unitKind: 'đơn vị mẫu',
  office: 'Sở Nội vụ (đơn vị mẫu)',
  officeKind: 'đầu mối mẫu',
  officer: 'Cán bộ mẫu',
  coordinator: 'Đầu mối mẫu',
};

export const START = {
  running: (url: string, data: string): string =>
    `chitieu-bot đang chạy tại ${url} (dữ liệu: ${data}). Dừng: Ctrl+C.`,
  unreadableEnv:
    'Có tệp .env nhưng không đọc được: kiểm tra chủ sở hữu và quyền của tệp (bot phải đọc được, người khác thì không).',
  channelDown: (channel: string, why: string): string =>
    `⚠ Kênh ${channel} không chạy được: ${why}. Các kênh khác vẫn chạy; sửa xong thì khởi động lại.`,
  sample: 'Kỳ báo cáo mẫu để dùng thử (UBND thị xã Ngã Năm). Mỗi liên kết dùng một lần:',
  officer: (link: string): string => `  Cán bộ nhập số liệu: ${link}`,
  coordinator: (link: string): string => `  Đầu mối tổng hợp:    ${link}`,
  badSettings: 'Cấu hình chưa đúng, xem .env.example rồi sửa biến môi trường hoặc tệp .env:',
  badTemplates:
    'Biểu mẫu có lỗi, sửa các dòng sau rồi chạy lại (kiểm tra: npm run admin -- templates check):',
  missingForms: (files: readonly string[]): string =>
    `Thiếu biểu mẫu của kỳ báo cáo đang mở: ${files.join(', ')}. Đưa tệp trở lại thư mục biểu mẫu (TEMPLATES_DIR) rồi chạy lại; số liệu vẫn còn nguyên.`,
  noTemplates: (folder: string): string => `Không có biểu mẫu nào trong ${folder}. Kiểm tra TEMPLATES_DIR.`,
};
