// Every word of the command line: help in Vietnamese and English, results, notes and faults for the operator of the server.
import type { Role } from '../domain/people.ts';

/** Usage and a few lines for each command, by its words; the first line says what it does. */
export const HELP: Readonly<Record<string, { readonly usage: string; readonly lines: readonly string[] }>> = {
  'units import': {
    usage: 'units import FILE.csv|FILE.xlsx',
    lines: [
      'Nhập danh mục đơn vị. Import the list of units.',
      'Cột/columns: ma (id), ten (name), loai (kind), tinh (province), cap_tren (parent), tu_ngay (valid_from), den_ngay (valid_to).',
      'Cần có ma và ten; cột vắng mặt thì giữ nguyên giá trị đang lưu. Có một dòng sai thì không nhập dòng nào.',
      'ma and ten are required; a column left out keeps what is stored. One faulty line and nothing is imported.',
    ],
  },
  'units list': { usage: 'units list', lines: ['Danh mục đơn vị đang lưu. List the stored units.'] },
  'campaign create': {
    usage:
      'campaign create --template ID[@VERSION] --period 2022-Q3 --due 2022-09-16T16:00 --units ID,ID|all [--cutoff 2022-09-14] [--id ID] [--force]',
    lines: [
      'Mở kỳ báo cáo. Open a reporting period.',
      'Kỳ/period: 2022-Q1, 2022-6T, 2022-Q3, 2022-9T, 2022-N, 2022-T05. Hạn nộp/due: giờ địa phương, local time (TIMEZONE).',
      '--units all: mọi đơn vị còn hiệu lực vào ngày chốt số liệu, trừ đơn vị mẫu. Every unit valid on the cut-off day, sample units excepted.',
      '--force: mở cả khi kỳ không có trong chế độ báo cáo hoặc đã có kỳ giống hệt. Even for an unusual or a second identical period.',
    ],
  },
  'campaign due': {
    usage: 'campaign due --campaign ID --due 2022-09-19T16:00 [--unit ID] --reason "…"',
    lines: [
      'Đổi hạn nộp của cả kỳ, hoặc gia hạn cho một đơn vị; cán bộ liên quan được báo. Move the deadline, of all or of one unit.',
    ],
  },
  'campaign close': {
    usage: 'campaign close --campaign ID --reason "…"',
    lines: ['Đóng kỳ, khóa số liệu. Close a period; nothing can be changed in it.'],
  },
  'campaign reopen': {
    usage: 'campaign reopen --campaign ID --reason "…"',
    lines: ['Mở lại kỳ đã đóng. Open a closed period again.'],
  },
  'campaign list': {
    usage: 'campaign list',
    lines: ['Các kỳ báo cáo và tình hình nộp. List reporting periods and how many reports are where.'],
  },
  invite: {
    usage: 'invite --unit ID --role officer|coordinator [--name "Họ tên"]',
    lines: [
      'Tạo mã mời dùng một lần, hạn 7 ngày, kèm liên kết. Make a single-use invitation with its links, valid for 7 days.',
      'officer: cán bộ nhập số liệu; coordinator: đầu mối tổng hợp.',
    ],
  },
  'invite list': {
    usage: 'invite list [--unit ID]',
    lines: ['Các mã mời và tình trạng. List invitations and their state.'],
  },
  'invite revoke': {
    usage: 'invite revoke --code CODE | --id HASH',
    lines: [
      'Thu hồi mã mời chưa dùng. Revoke an unused invitation.',
      '--id: mã băm trong "invite list", đủ 8 ký tự đầu. The hash in "invite list", its first 8 characters will do.',
    ],
  },
  'report export': {
    usage: 'report export --campaign ID --unit ID --out FILE.xlsx|FILE.docx|FILE.pdf [--version N] [--force]',
    lines: [
      'Xuất phụ lục của một đơn vị ra Excel. Write one unit’s appendix as .xlsx.',
      '--version: đúng bản đã nộp thứ N, as submitted in version N. --force: ghi đè tệp đã có, overwrite the file.',
    ],
  },
  'zalo token': {
    usage: 'zalo token [--wait SECONDS]',
    lines: [
      'Trao refresh token mới của Zalo Official Account cho bot đang chạy, không cần khởi động lại. Hand a new refresh token to the running bot.',
      'Token được đọc từ bàn phím (không hiện ra) hoặc từ đầu vào chuẩn, không ghi trên dòng lệnh. Typed unseen or piped in, never an argument.',
      'Lấy token tại/get it at: developers.zalo.me → ứng dụng/application → API Explorer. --wait: chờ bot trả lời tối đa (giây), mặc định 30.',
    ],
  },
  'templates check': {
    usage: 'templates check',
    lines: ['Kiểm tra mọi biểu mẫu trong TEMPLATES_DIR. Check every form in TEMPLATES_DIR.'],
  },
};

export const USAGE = {
  head: 'Dòng lệnh quản trị chitieu-bot. Administration of chitieu-bot.',
  run: 'npm run admin -- <lệnh/command> [--json] [--help]',
  json: '--json: kết quả cho máy đọc, machine-readable output. --help: hướng dẫn của lệnh, help on a command.',
  stopFirst:
    'Dừng bot trước khi chạy lệnh cần dữ liệu (mọi lệnh trừ templates check và zalo token). Stop the bot first; only "templates check" and "zalo token" work beside it.',
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

export const UNITS = {
  file: (fault: keyof typeof FILE_FAULT, line: number): string => {
    const where = line > 0 ? ` (dòng ${line})` : '';
    return `${FILE_FAULT[fault]}${where}`;
  },
  noFile: (why: string): string => `không đọc được tệp (${why})`,
  empty: 'tệp không có dòng nào',
  noHeading: (names: string): string =>
    `không thấy dòng tiêu đề cột có ${names} trong 10 dòng đầu có chữ; ví dụ: ma,ten,loai,tinh`,
  twoColumns: (name: string): string => `có hai cột cho cùng một nội dung (${name})`,
  noCode: 'thiếu mã đơn vị',
  badCode: (code: string): string =>
    `mã đơn vị "${code}" không dùng được: chỉ gồm chữ không dấu, chữ số và . _ - (tối đa 32 ký tự)`,
  sameCode: (code: string, line: number): string => `mã ${code} đã có ở dòng ${line}`,
  noName: 'thiếu tên đơn vị',
  tooLong: (most: number): string => `dài quá ${most} ký tự`,
  badDate: (text: string): string => `"${text}" không phải ngày; ghi 2025-07-01 hoặc 01/07/2025`,
  datesReversed: (from: string, to: string): string => `den_ngay ${to} sớm hơn tu_ngay ${from}`,
  unknownParent: (code: string): string => `cấp trên ${code} không có trong tệp và chưa được lưu`,
  circle: (chain: string): string => `cấp trên đi vòng: ${chain}`,
  extraCells: (text: string): string =>
    `có ô thừa bên phải ("${text}"); tên có dấu phân cách thì đặt trong dấu ngoặc kép`,
  ignored: (columns: string): string => `Bỏ qua các cột không dùng: ${columns}.`,
  lostZeros: (count: number, example: string): string =>
    `Có ${count} mã xã, phường, đặc khu ngắn hơn 5 chữ số (ví dụ ${example}): Excel có thể đã bỏ số 0 ở đầu, đề nghị kiểm tra lại.`,
  imported: (added: number, changed: number, same: number): string =>
    `Đã nhập: ${added} đơn vị mới, ${changed} thay đổi, ${same} giữ nguyên.`,
  notInFile: (count: number): string => `Còn ${count} đơn vị đang lưu không có trong tệp, giữ nguyên.`,
  none: 'Chưa có đơn vị nào. Nhập bằng: npm run admin -- units import FILE.csv',
  columns: ['MÃ', 'TÊN', 'LOẠI', 'TỈNH/THÀNH PHỐ'],
};

const FILE_FAULT = {
  tooBig: 'tệp lớn hơn 5 MB',
  bomb: 'tệp giải nén ra quá lớn (trên 32 MB), từ chối đọc',
  tooLong: 'tệp có hơn 20.000 dòng',
  oldExcel: 'tệp .xls cũ hoặc đặt mật khẩu; lưu lại thành .xlsx hoặc CSV UTF-8 không mật khẩu',
  unreadable: 'tệp .xlsx hỏng hoặc không đúng định dạng',
  notText: 'tệp không phải .xlsx hay CSV UTF-8; trong Excel chọn Lưu thành, CSV UTF-8',
  openQuote: 'dấu ngoặc kép mở mà không đóng',
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

export const ROLE: Readonly<Record<Role, string>> = {
  officer: 'cán bộ nhập số liệu',
  coordinator: 'đầu mối tổng hợp',
};

export const INVITE = {
  badRole: (role: string): string =>
    `--role: "${role}" không đúng; ghi officer (cán bộ) hoặc coordinator (đầu mối)`,
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

export const TEMPLATES = {
  columns: ['BIỂU MẪU', 'PHIÊN BẢN', 'DÒNG', 'CHỈ TIÊU', 'QUAN HỆ KIỂM TRA'],
};
