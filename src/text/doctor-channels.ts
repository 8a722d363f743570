// What the doctor of the command line says of the channels, the public address and the clock.

export const CHANNELS_SAID = {
  web: 'Trang chat luôn bật',
  onlyWeb: [
    'Chưa bật kênh nào ngoài trang chat',
    'Muốn dùng Zalo hoặc Telegram thì đặt token theo README, mục On a server.',
  ] as [string, string],
  up: (channel: string, name: string): string => `${channel}: ${name}`,
  refused: (channel: string, why: string, todo: string): [string, string] => [
    `${channel} từ chối: ${why}`,
    todo,
  ],
  away: (channel: string, why: string): [string, string] => [
    `${channel} không trả lời (${why})`,
    'Kiểm tra mạng ra ngoài và tường lửa của máy chủ; các kênh khác vẫn chạy.',
  ],
  telegramToken: 'Lấy token hiện hành từ @BotFather.',
  botToken: 'Lấy token hiện hành từ Zalo Bot Creator.',
  foreignHook: (channel: string): [string, string] => [
    `${channel} đang gọi webhook tới địa chỉ khác với PUBLIC_URL`,
    'Khởi động lại bot để đăng ký lại; nếu lặp lại thì có chương trình khác dùng chung token.',
  ],
  hookWhilePolling: (channel: string): [string, string] => [
    `${channel} còn đăng ký webhook trong khi bot dùng polling`,
    'Khởi động lại bot: bot tự gỡ; nếu lặp lại thì có chương trình khác dùng chung token.',
  ],
  hookError: (channel: string, why: string): [string, string] => [
    `${channel} gần đây gọi webhook không được: ${why}`,
    'Kiểm tra proxy, chứng chỉ và PUBLIC_URL.',
  ],
  noHook: (channel: string): [string, string] => [
    `${channel} chưa đăng ký webhook`,
    'Khởi động bot: bot tự đăng ký khi khởi động.',
  ],
  oaNoToken: [
    'Zalo OA: chưa có token nào',
    'Lấy refresh token từ API Explorer rồi chạy npm run admin -- zalo token.',
  ] as [string, string],
  oaSeed: 'Zalo OA: sẽ dùng ZALO_REFRESH_TOKEN khi bot khởi động',
  oaRejected: (since: string, why: string): [string, string] => [
    `Zalo OA: Zalo từ chối token từ ${since} (${why})`,
    'Lấy refresh token mới từ API Explorer rồi chạy npm run admin -- zalo token.',
  ],
  oaToken: (at: string, until: string): string => `Zalo OA: token làm mới lúc ${at}, dùng được đến ${until}`,
  oaOld: (at: string): [string, string] => [
    `Zalo OA: token làm mới lần cuối lúc ${at} và đã hết hạn`,
    'Khởi động bot để làm mới; quá 3 tháng thì phải lấy refresh token mới (npm run admin -- zalo token).',
  ],
  oaUnknown: 'Zalo OA: chưa đọc được dữ liệu nên không biết token',
};

export const NETWORK_SAID = {
  reached: (url: string): string => `${url}/health trả lời`,
  unreached: (url: string, why: string): [string, string] => [
    `${url}/health không trả lời đúng (${why})`,
    'Kiểm tra bot có chạy không, proxy, chứng chỉ, DNS. Có nơi máy chủ không tự gọi được địa chỉ công khai của mình: thử từ máy khác.',
  ],
  noPublic: 'Chưa đặt PUBLIC_URL: chỉ dùng trên máy này',
  clock: (seconds: number): string => `Đồng hồ khớp với các nền tảng (lệch ${seconds} giây)`,
  skew: (seconds: number): [string, string] => [
    `Đồng hồ máy lệch ${seconds} giây so với các nền tảng`,
    'Bật đồng bộ giờ (timedatectl set-ntp true): hạn nộp, mã mời và token tính theo đồng hồ này.',
  ],
  noClock: 'Không nền tảng nào trả lời để so đồng hồ',
};
