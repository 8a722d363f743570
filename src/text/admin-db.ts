// What the command line says about the database.

/** What may be wrong in a database: something is missing, or a column says something else than what it was made from. */
type Wrong =
  | 'reportWithoutCampaign'
  | 'reportWithoutUnit'
  | 'personWithoutUnit'
  | 'reportColumns'
  | 'campaignColumns'
  | 'personColumns'
  | 'sentWithoutVersion'
  | 'versionMissing'
  | 'reportWithoutHistory'
  | 'answerWithoutHistory'
  | 'messageWithoutTalk'
  | 'sessionColumns';

const WRONG: Readonly<Record<Wrong, string>> = {
  reportWithoutCampaign: 'báo cáo không có kỳ, reports without their period',
  reportWithoutUnit: 'báo cáo không có đơn vị, reports without their unit',
  personWithoutUnit: 'người dùng không có đơn vị, people without their unit',
  reportColumns: 'báo cáo bị sửa ngoài bot, reports changed by hand',
  campaignColumns: 'kỳ báo cáo bị sửa ngoài bot, periods changed by hand',
  personColumns: 'người dùng bị sửa ngoài bot, people changed by hand',
  sentWithoutVersion: 'báo cáo đã gửi mà không có bản gửi, sent reports without a version',
  versionMissing: 'báo cáo thiếu một bản gửi, reports of which a version is missing',
  reportWithoutHistory: 'báo cáo không có lịch sử, reports without a history',
  answerWithoutHistory: 'giá trị không có lịch sử, values without a history',
  messageWithoutTalk: 'tin nhắn không có cuộc trò chuyện, messages without a conversation',
  sessionColumns: 'phiên trò chuyện bị sửa ngoài bot, sessions changed by hand',
};

export const DATABASE = {
  notSet: 'Chưa đặt DATABASE_URL: bot đang dùng kho dữ liệu trong DATA_DIR. DATABASE_URL is not set.',
  migrated: (place: string, names: readonly string[]): string =>
    `Cơ sở dữ liệu ${place}: đã áp dụng ${names.join(', ')}. Applied.`,
  current: (place: string): string => `Cơ sở dữ liệu ${place} đã ở đúng phiên bản. Nothing to apply.`,
  pending: (names: readonly string[]): string =>
    `Chưa áp dụng ${names.join(', ')}: hãy chạy npm run admin -- db migrate, hoặc khởi động bot. Not applied yet.`,
  columns: ['bảng/table', 'số dòng/rows', 'dấu vân/digest'],
  sound: 'Dữ liệu khớp với nhau. Everything fits together.',
  wrong: (what: Wrong, count: number, example: string): string =>
    `${WRONG[what]}: ${count} (ví dụ/e.g. ${example})`,
  restore:
    'Không tự sửa gì. Hãy sao lưu cơ sở dữ liệu hiện tại, rồi khôi phục các bảng đó từ bản sao lưu gần nhất. Nothing was changed: back the database up as it is, then restore these tables from the last backup.',
};
