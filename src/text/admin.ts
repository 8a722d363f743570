// What the command line answers to the operator of the server: results, notes and faults.
import type { Role } from '../domain/people.ts';
import { ROLE } from './person.ts';

export const USAGE = {
  head: 'Dòng lệnh quản trị chitieu-bot. Administration of chitieu-bot.',
  run: 'npm run admin -- <lệnh/command> [--json] [--help]',
  json: '--json: kết quả cho máy đọc, machine-readable output. --help: hướng dẫn của lệnh, help on a command.',
  stopFirst:
    'Dừng bot trước khi chạy lệnh cần dữ liệu (mọi lệnh trừ doctor, store backup, store export, store check, people export, templates check và zalo token). Stop the bot first; only "doctor", "store backup", "store export", "store check", "people export", "templates check" and "zalo token" work beside it.',
  unknownCommand: (words: string): string =>
    `Không có lệnh "${words}". Unknown command. Xem: npm run admin -- --help`,
  missingVerb: (noun: string, verbs: readonly string[]): string =>
    `Lệnh ${noun} cần một trong: ${verbs.join(', ')}. ${noun}: choose one of these.`,
  unknownOption: (option: string): string => `Không có tùy chọn ${option}. Unknown option.`,
  repeated: (option: string): string => `Tùy chọn ${option} chỉ được ghi một lần. Given twice.`,
  needsValue: (option: string): string => `Tùy chọn ${option} cần một giá trị đi kèm. Needs a value.`,
  takesNoValue: (option: string): string => `Tùy chọn ${option} không nhận giá trị. Takes no value.`,
  missingOption: (option: string): string => `Thiếu ${option}. Missing option.`,
  missingFile: 'Thiếu tên tệp. Missing file name.',
  extraWord: (word: string): string => `Thừa "${word}". Unexpected word.`,
  badSettings: (fault: string): string => `Cấu hình chưa đúng (xem .env.example): ${fault}`,
  locked: (detail: string): string =>
    `Bot đang chạy trên thư mục dữ liệu này: hãy dừng bot rồi chạy lại lệnh. Stop the bot first; nothing was changed. ${detail}`,
  unexpected: (why: string): string => `Lệnh dừng vì lỗi không lường trước: ${why}. Unexpected error.`,
  stale: 'Dữ liệu vừa thay đổi nên chưa ghi gì; chạy lại lệnh. Nothing was written, run the command again.',
};

export const CAMPAIGN = {
  unknown: (id: string): string =>
    `--campaign: không có kỳ báo cáo ${id}; xem: npm run admin -- campaign list`,
  badReason: '--reason: cần có lý do, không quá 500 ký tự',
  isClosed: (id: string): string => `Kỳ ${id} đã đóng; mở lại bằng: npm run admin -- campaign reopen`,
  isOpen: (id: string): string => `Kỳ ${id} đang mở.`,
  moved: (id: string, unit: string | undefined, was: string, due: string): string =>
    `Kỳ ${id}${unit === undefined ? '' : `, đơn vị ${unit}`}: hạn nộp ${was} → ${due}.`,
  closedNow: (id: string): string => `Đã đóng kỳ ${id}.`,
  reopened: (id: string): string => `Đã mở lại kỳ ${id}.`,
  added: (id: string, count: number): string => `Kỳ ${id}: thêm ${count} đơn vị.`,
  noneAdded: (id: string): string => `--units: các đơn vị này đã có trong kỳ ${id}`,
  noForm: (ref: string): string => `Không còn biểu mẫu ${ref} của kỳ này trong TEMPLATES_DIR.`,
  empty: (count: number, ids: string): string =>
    `Lưu ý: ${count} đơn vị chưa có cán bộ nào nhận được tin: ${ids}`,
  told: (count: number): string => `${count} cán bộ sẽ được báo khi trợ lý chạy.`,
  badTemplate: (ref: string, known: string): string =>
    `--template: không có biểu mẫu ${ref}; hiện có: ${known}`,
  badPeriod: (code: string): string =>
    `--period: "${code}" không phải kỳ báo cáo; ghi như 2022-Q1, 2022-6T, 2022-Q3, 2022-9T, 2022-N, 2022-T05`,
  unusualPeriod: (name: string, instead: string): string =>
    `--period: ${name} không có trong chế độ báo cáo CCHC (dùng ${instead}); vẫn muốn mở thì thêm --force`,
  forcedPeriod: (name: string): string => `Lưu ý: ${name} không có trong chế độ báo cáo CCHC.`,
  badDue: (text: string): string => `--due: "${text}" không phải ngày giờ; ghi như 2022-09-16T16:00`,
  badCutoff: (text: string): string => `--cutoff: "${text}" không phải ngày; ghi như 2022-09-14`,
  dueBeforeCutoff: (due: string, cutoff: string): string =>
    `--due: hạn nộp ${due} sớm hơn ngày chốt số liệu ${cutoff}; sửa --due hoặc --cutoff`,
  duePassed: (due: string): string => `Lưu ý: hạn nộp ${due} đã qua.`,
  noOffice: (id: string): string => `--office: không có đơn vị ${id}`,
  badPassOn: (text: string): string => `--pass-on: "${text}" không phải ngày giờ; ghi như 2022-09-18T16:00`,
  passOnBeforeDue: (passOn: string, due: string): string =>
    `--pass-on: hạn tổng hợp ${passOn} sớm hơn hạn nộp ${due}`,
  badRemind: (text: string): string =>
    `--remind: chưa hiểu "${text}"; ghi như "7,3,1,0@08:00", "không nhắc", "3,1@07:30; báo trước 4 giờ"`,
  noUnits: '--units: không có đơn vị nào; nhập danh mục bằng: npm run admin -- units import FILE.csv',
  unknownUnit: (id: string): string => `--units: không có đơn vị ${id}`,
  invalidUnit: (id: string, cutoff: string): string =>
    `--units: đơn vị ${id} không có hiệu lực vào ngày chốt số liệu ${cutoff}`,
  twin: (id: string): string =>
    `Kỳ ${id} đã mở cho cùng biểu mẫu và cùng kỳ; vẫn muốn mở thêm thì dùng --force`,
  badId: (id: string): string =>
    `--id: "${id}" không dùng được; chỉ gồm chữ thường không dấu, chữ số và dấu -, tối đa 48 ký tự`,
  takenId: (id: string): string => `--id: đã có kỳ báo cáo ${id}`,
  blind: (unit: string, campaign: string, count: number): string =>
    `Lưu ý: ${unit} là đầu mối tổng hợp nhưng cũng nộp trong kỳ ${campaign} nên sẽ không thấy ${count} đơn vị không ghi cấp trên. Bỏ đơn vị này khỏi --units, hoặc ghi cột cap_tren khi nhập danh mục.`,
  created: (id: string, template: string, period: string): string =>
    `Đã mở kỳ báo cáo ${id}: biểu mẫu ${template}, ${period}.`,
  when: (due: string, cutoff: string): string => `Hạn nộp ${due}; số liệu tính đến ${cutoff}.`,
  units: (count: number): string =>
    `${count} đơn vị. Mời cán bộ: npm run admin -- invite --unit ID --role officer --name "Họ tên"`,
  none: 'Chưa có kỳ báo cáo nào.',
  columns: ['KỲ', 'BIỂU MẪU', 'GIAI ĐOẠN', 'HẠN NỘP', 'CHỐT SỐ LIỆU', 'ĐƠN VỊ', 'TÌNH HÌNH'],
  sample: '(kỳ mẫu)',
  closed: '(đã khóa)',
};

export const INVITE = {
  badRole: (role: string): string =>
    `--role: "${role}" không đúng; ghi officer (cán bộ), leader (lãnh đạo), coordinator (đầu mối) hoặc viewer (người xem)`,
  unknownUnit: (id: string): string => `--unit: không có đơn vị ${id}`,
  longName: '--name: dài quá 100 ký tự',
  made: (role: Role, unit: string, name: string): string =>
    `Mã mời ${ROLE[role]}${name === '' ? '' : ` ${name}`} – ${unit}:`,
  expires: (moment: string): string =>
    `Dùng một lần, hết hạn lúc ${moment}. Mã không được lưu lại, hãy gửi ngay cho đúng người.`,
  typeInstead: (code: string): string => `Hoặc mở bot trong ứng dụng chat rồi gõ: /start ${code}`,
  telegramAway: (why: string): string =>
    `Lưu ý: chưa hỏi được tên bot Telegram (${why}) nên không có liên kết.`,
  localOnly: 'Lưu ý: chưa đặt PUBLIC_URL nên liên kết web chỉ mở được trên chính máy chủ này.',
  noCampaign: (unit: string): string => `Lưu ý: ${unit} chưa có kỳ báo cáo nào đang mở.`,
  none: 'Chưa có mã mời nào.',
  columns: ['MÃ BĂM', 'ĐƠN VỊ', 'VAI TRÒ', 'HỌ TÊN', 'TÌNH TRẠNG', 'HẾT HẠN'],
  state: { usable: 'chưa dùng', used: 'đã dùng', expired: 'hết hạn', revoked: 'đã thu hồi' },
  codeOrId: 'Cần đúng một trong --code và --id. Give either --code or --id.',
  shortId: '--id: cần ít nhất 8 ký tự đầu của mã băm',
  unknown: 'Không có mã mời này.',
  several: (count: number): string => `--id: có ${count} mã mời bắt đầu như vậy, ghi thêm ký tự`,
  alreadyUsed: 'Mã mời này đã được dùng nên không thu hồi được.',
  alreadyRevoked: 'Mã mời này đã được thu hồi từ trước.',
  revoked: (role: Role, unit: string, name: string): string =>
    `Đã thu hồi mã mời ${ROLE[role]}${name === '' ? '' : ` ${name}`} – ${unit}.`,
};

export const REPORT = {
  unknownCampaign: (id: string): string =>
    `--campaign: không có kỳ báo cáo ${id}; xem: npm run admin -- campaign list`,
  notInCampaign: (unit: string, campaign: string): string =>
    `--unit: đơn vị ${unit} không có trong kỳ ${campaign}`,
  badVersion: (text: string): string => `--version: "${text}" không phải số nguyên từ 1`,
  noVersion: (version: number, newest: number): string =>
    newest === 0
      ? `--version: báo cáo này chưa nộp bản nào`
      : `--version: không có bản ${version}; đã nộp đến bản ${newest}`,
  badFormat: (path: string): string => `--out: ${path} phải có đuôi .xlsx, .docx hoặc .pdf`,
  exists: (path: string): string => `--out: ${path} đã có; chọn tên khác hoặc thêm --force để ghi đè`,
  cannotWrite: (path: string, why: string): string => `--out: không ghi được ${path} (${why})`,
  written: (path: string, bytes: number): string => `Đã ghi ${path} (${bytes} byte).`,
};

export const ZALO = {
  prompt: 'Refresh token mới của Official Account (không hiện ra khi gõ), rồi Enter: ',
  waiting: (seconds: number): string => `Đang chờ bot nhận token (tối đa ${seconds} giây)…`,
  badWait: (text: string): string => `--wait: "${text}" không phải số giây từ 0 đến 600`,
  noToken:
    'Chưa nhận được token. Hãy đưa token qua đầu vào chuẩn, ví dụ: npm run admin -- zalo token < token.txt. No token on standard input.',
  badToken:
    'Nội dung nhận được không phải refresh token: cần một chuỗi liền, không dấu cách, ít nhất 20 ký tự. This is not a refresh token.',
  taken: 'Zalo đã chấp nhận token mới; bot kết nối lại và gửi tiếp các tin đang chờ.',
  refused: (why: string): string => `Zalo từ chối token này (${why}).`,
  whatNow: [
    'Hãy kiểm tra: đúng refresh token (không phải access token), của đúng ứng dụng và Official Account, lấy chưa quá 3 tháng và chưa dùng ở nơi nào khác (mỗi token chỉ dùng được một lần).',
    'Lấy token mới tại developers.zalo.me → ứng dụng → API Explorer rồi chạy lại lệnh này. Nếu Zalo nêu appId hoặc secret, hãy sửa cấu hình và khởi động lại bot trước.',
  ],
  unavailable: (why: string): string =>
    `Bot đã giữ token nhưng chưa hỏi được Zalo (${why}); bot sẽ tự thử lại, không cần chạy lại lệnh này.`,
  unreadable:
    'Bot không đọc được tệp token trong thư mục dữ liệu. Hãy chạy lệnh này bằng đúng tài khoản hệ thống của bot rồi thử lại.',
  fetched: 'Bot đã nhận token nhưng chưa có kết quả; xem nhật ký của bot.',
  notRunning:
    'Bot hiện không chạy, hoặc chưa bật Zalo Official Account trên thư mục dữ liệu này; token được giữ lại và sẽ được nhận khi bot khởi động.',
};

export const BACKUP = {
  noData: (folder: string): string => `Chưa có thư mục dữ liệu ${folder} (DATA_DIR). Nothing to copy.`,
  made: (
    folder: string,
    { people, campaigns, reports }: Readonly<Record<'people' | 'campaigns' | 'reports', number>>,
  ): string =>
    `Đã sao lưu vào ${folder} và đã đọc thử bản sao: ${people} người, ${campaigns} kỳ, ${reports} báo cáo.`,
  database:
    'Dữ liệu nằm trong PostgreSQL: sao lưu bằng pg_dump --format=custom, hoặc store export. The data is in PostgreSQL, use pg_dump or "store export".',
  secrets: 'Bản sao có số liệu, họ tên và token: giữ ở nơi chỉ người quản trị vào được.',
  failed: (folder: string, why: string): string =>
    `Không sao lưu được vào ${folder} (${why}); cần một thư mục mới hoặc trống, còn đủ chỗ.`,
};

export const TEMPLATES = {
  columns: ['BIỂU MẪU', 'PHIÊN BẢN', 'DÒNG', 'CHỈ TIÊU', 'QUAN HỆ KIỂM TRA'],
};
