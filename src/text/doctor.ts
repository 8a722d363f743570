// What the doctor of the command line says: for each thing it looks at, how it is, and what to do when it is not well.

export const DOCTOR = {
  groups: {
    settings: 'Cấu hình',
    folder: 'Thư mục dữ liệu',
    store: 'Dữ liệu',
    forms: 'Biểu mẫu và ngày nghỉ',
    channels: 'Kênh',
    network: 'Địa chỉ và đồng hồ',
  },
  verdict: (bad: number, odd: number): string =>
    bad > 0
      ? `Kết luận: ${bad} lỗi cần sửa${odd > 0 ? `, ${odd} điểm nên xem lại` : ''}.`
      : odd > 0
        ? `Kết luận: không có lỗi, ${odd} điểm nên xem lại.`
        : 'Kết luận: mọi thứ đều ổn.',
};

export const SETTINGS_SAID = {
  fine: (count: number): string => `${count} thiết lập đọc được, không mâu thuẫn`,
  node: (version: string): string => `Node ${version}`,
  oldNode: (version: string): [string, string] => [`Node ${version} quá cũ`, 'Cài Node 20.19 trở lên.'],
  root: [
    'Lệnh này đang chạy bằng quyền root',
    'Chạy bot (và lệnh quản trị) bằng một tài khoản riêng, không phải root; xem deploy/.',
  ] as [string, string],
  unknownName: (name: string): [string, string] => [
    `Tệp .env có ${name} mà bot không biết`,
    'Kiểm tra chính tả theo .env.example, hoặc xóa dòng đó.',
  ],
  openEnv: ['Tệp .env cho người khác trên máy đọc được', 'Tệp có token: chạy chmod 600 .env.'] as [
    string,
    string,
  ],
  noPublic: (host: string): [string, string] => [
    `HOST=${host} mở ra ngoài nhưng chưa đặt PUBLIC_URL`,
    'Đặt PUBLIC_URL=https://… để liên kết mời mở được, và để bot sau proxy có HTTPS.',
  ],
  plainPublic: [
    'PUBLIC_URL không phải https://',
    'Đặt proxy có chứng chỉ trước bot (deploy/nginx.conf) rồi dùng https://.',
  ] as [string, string],
  webhookNeedsHttps: (name: string): [string, string] => [
    `${name} dùng webhook nhưng PUBLIC_URL không phải https:// với tên miền công khai`,
    'Đặt PUBLIC_URL=https://<tên miền>, hoặc chuyển sang polling.',
  ],
  oaNeedsPublic: [
    'Zalo Official Account chỉ nhận tin qua webhook nhưng chưa đặt PUBLIC_URL',
    'Đặt PUBLIC_URL=https://… và khai https://…/webhook/zalo-oa trên trang Webhook của ứng dụng.',
  ] as [string, string],
  unused: (name: string, without: string): [string, string] => [
    `${name} được đặt nhưng không có tác dụng khi thiếu ${without}`,
    `Đặt ${without}, hoặc bỏ ${name}.`,
  ],
  secretUnused: (name: string, mode: string): [string, string] => [
    `${name} không được dùng khi ${mode}`,
    'Bỏ đi, hoặc chuyển sang webhook.',
  ],
  openMetrics: (host: string): [string, string] => [
    `/metrics mở ra ngoài (METRICS_HOST=${host})`,
    'Chỉ làm vậy trong mạng nội bộ có tường lửa; nếu không hãy bỏ METRICS_HOST.',
  ],
  samePort: ['METRICS_PORT trùng PORT', 'Chọn một cổng khác cho METRICS_PORT.'] as [string, string],
  testRoot: (name: string): [string, string] => [
    `${name} không phải địa chỉ của nền tảng`,
    'Chỉ để thử nghiệm; khi chạy thật hãy bỏ dòng này (trừ Bot API riêng của Telegram).',
  ],
  timezone: (zone: string): [string, string] => [
    `TIMEZONE=${zone}`,
    'Hạn nộp được tính theo múi giờ này; ở Việt Nam dùng Asia/Ho_Chi_Minh.',
  ],
  logLevel: (level: string): [string, string] => [
    `LOG_LEVEL=${level}`,
    'Mức info đủ để tra cứu; silent, fatal che mất lỗi; debug, trace ghi rất nhiều.',
  ],
};

export const FOLDER_SAID = {
  absent: (path: string): [string, string] => [
    `${path} chưa có`,
    'Bot sẽ tạo khi khởi động lần đầu; nếu đã có dữ liệu thì DATA_DIR đang sai.',
  ],
  fine: (path: string): string => `${path}: đọc, ghi được; chỉ tài khoản này vào được`,
  notWritable: (path: string): [string, string] => [
    `${path}: tài khoản này không đọc hoặc không ghi được`,
    'Chạy bằng đúng tài khoản của bot, hoặc sửa chủ sở hữu của thư mục.',
  ],
  open: (path: string): [string, string] => [
    `${path}: tài khoản khác trên máy vào được`,
    `Trong đó có số liệu và token: chạy chmod 700 ${path}.`,
  ],
  free: (megabytes: number): string => `Còn trống ${megabytes.toLocaleString('vi')} MB`,
  low: (megabytes: number): [string, string] => [
    `Chỉ còn trống ${megabytes.toLocaleString('vi')} MB`,
    'Dọn bớt đĩa; khi hết chỗ, bot không nhận được số liệu nữa.',
  ],
  running: (pid: number, since: string): string => `Bot đang chạy (tiến trình ${pid}, từ ${since})`,
  stopped: 'Bot hiện không chạy trên thư mục này',
  ready: 'Bot đang chạy trả lời /ready: sẵn sàng',
  notReady: (why: string): [string, string] => [
    `Bot đang chạy nhưng chưa sẵn sàng (${why})`,
    'Xem nhật ký: journalctl -u chitieu-bot -n 100.',
  ],
};

export const STORE_SAID = {
  counts: (store: string, units: number, people: number, campaigns: number, reports: number): string =>
    `${store} đọc được: ${units} đơn vị, ${people} người, ${campaigns} kỳ, ${reports} báo cáo`,
  lowdb: 'Kho dữ liệu trong thư mục',
  waiting: (count: number): string => `${count} tin đang chờ gửi`,
  manyWaiting: (count: number): [string, string] => [
    `${count} tin đang chờ gửi hoặc bị giữ`,
    'Đầu mối gõ /chuagui để xem ai chưa nhận được và vì sao; kiểm tra phần Kênh bên dưới.',
  ],
  broken: (why: string): [string, string] => [
    why,
    'Không sửa tay. Sao chép cả thư mục rồi làm theo README, mục Backup.',
  ],
  away: (why: string): [string, string] => [
    `Cơ sở dữ liệu không trả lời (${why})`,
    'Kiểm tra DATABASE_URL, máy chủ PostgreSQL và tường lửa.',
  ],
  unfit: (why: string): [string, string] => [
    `Cơ sở dữ liệu không hợp với bản bot này: ${why}`,
    'Cài đúng bản bot đã ghi dữ liệu này, hoặc khôi phục bản sao lưu theo README, mục Backup.',
  ],
  database: 'PostgreSQL',
  notMigrated: (names: string): [string, string] => [
    `Cơ sở dữ liệu chưa có các cập nhật của bản này: ${names}`,
    'Sao lưu (pg_dump), rồi khởi động bot hoặc chạy npm run admin -- db migrate.',
  ],
  noForm: (files: string): [string, string] => [
    `Kỳ báo cáo đang mở cần biểu mẫu không có trong thư mục: ${files}`,
    'Đưa tệp trở lại TEMPLATES_DIR; thiếu nó bot không khởi động được.',
  ],
};

export const FORMS_SAID = {
  fine: (count: number): string => `${count} biểu mẫu đọc được`,
  issue: (line: string): [string, string] => [
    line,
    'Sửa dòng này; kiểm tra bằng npm run admin -- templates check.',
  ],
  holidays: (years: string): string => `Có ngày nghỉ của năm ${years}`,
  noYear: (year: string): [string, string] => [
    `Chưa có ngày nghỉ của năm ${year}`,
    'Bổ sung vào HOLIDAYS_FILE khi có lịch nghỉ chính thức; thiếu thì chỉ tính ngày lễ cố định.',
  ],
};
