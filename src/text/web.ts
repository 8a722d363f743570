// What the web server itself says: plain answers outside the chat, and why it cannot listen.

export const WEB = {
  notFound: 'Không tìm thấy trang này.',
  wrongHost: 'Máy chủ không phục vụ tên miền này. Quản trị viên kiểm tra lại PUBLIC_URL và HOST.',
  failed: 'Máy chủ gặp lỗi. Xin anh/chị thử lại sau ít phút.',
  portTaken: (port: number): string =>
    `Cổng ${port} đang được chương trình khác sử dụng. Hãy dừng chương trình đó (có thể là một bản chitieu-bot đang chạy) hoặc đặt PORT thành một cổng khác.`,
  portForbidden: (port: number): string =>
    `Không có quyền mở cổng ${port}. Hãy đặt PORT từ 1024 trở lên, hoặc cấp quyền cho tiến trình này.`,
  cannotListen: (host: string, port: number, why: string): string =>
    `Không mở được cổng ${port} trên địa chỉ ${host} (${why}). Hãy kiểm tra HOST và PORT.`,
  noMetrics: (host: string, port: number, why: string): string =>
    `Không mở được cổng ${port} trên địa chỉ ${host} cho /metrics (${why}). Hãy kiểm tra METRICS_HOST và METRICS_PORT.`,
} as const;
