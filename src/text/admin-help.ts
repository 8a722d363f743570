// The help of the command line, in Vietnamese and English: how each command is written and what it does.

/** Usage and a few lines for each command, by its words; the first line says what it does. */
export const HELP: Readonly<Record<string, { readonly usage: string; readonly lines: readonly string[] }>> = {
  'units import': {
    usage: 'units import FILE.csv|FILE.xlsx [--dry-run]',
    lines: [
      'Nhập danh mục đơn vị. Import the list of units.',
      'Cột/columns: ma (id), ten (name), loai (kind), tinh (province), cap_tren (parent), tu_ngay (valid_from), den_ngay (valid_to), nhap_vao (merged_into).',
      'Cần có ma và ten; cột vắng mặt thì giữ nguyên giá trị đang lưu. Có một dòng sai thì không nhập dòng nào.',
      'ma and ten are required; a column left out keeps what is stored. One faulty line and nothing is imported.',
      '--dry-run: chỉ xem đơn vị nào mới, thay đổi, không có trong tệp; chưa nhập gì. Show what would happen, store nothing.',
    ],
  },
  'units list': { usage: 'units list', lines: ['Danh mục đơn vị đang lưu. List the stored units.'] },
  'campaign create': {
    usage:
      'campaign create --template ID[@VERSION] --period 2022-Q3 --due 2022-09-16T16:00 --units ID,ID|all [--cutoff 2022-09-14] [--office ID] [--pass-on 2022-09-18T16:00] [--remind "7,3,1,0@08:00"] [--approval] [--silent] [--id ID] [--force]',
    lines: [
      'Mở kỳ báo cáo. Open a reporting period.',
      'Kỳ/period: 2022-Q1, 2022-6T, 2022-Q3, 2022-9T, 2022-N, 2022-T05. Hạn nộp/due: giờ địa phương, local time (TIMEZONE).',
      '--units all: mọi đơn vị còn hiệu lực vào ngày chốt số liệu, trừ đơn vị mẫu. Every unit valid on the cut-off day, sample units excepted.',
      '--office: đơn vị của đầu mối chạy kỳ này, the unit whose coordinators run it. --pass-on: hạn tổng hợp, their own deadline.',
      '--remind: trước hạn mấy ngày @ giờ, hoặc "không nhắc"; days before @ hour. --approval: lãnh đạo đơn vị duyệt trước, leaders approve first.',
      'Cán bộ của các đơn vị được báo kèm nút Bắt đầu; --silent: không báo. Officers are told, with a button to begin, unless --silent.',
      '--force: mở cả khi kỳ không có trong chế độ báo cáo hoặc đã có kỳ giống hệt. Even for an unusual or a second identical period.',
    ],
  },
  'campaign due': {
    usage: 'campaign due --campaign ID --due 2022-09-19T16:00 [--unit ID] --reason "…"',
    lines: [
      'Đổi hạn nộp của cả kỳ, hoặc gia hạn cho một đơn vị; cán bộ liên quan được báo. Move the deadline, of all or of one unit.',
    ],
  },
  'campaign add': {
    usage: 'campaign add --campaign ID --units ID,ID|all --reason "…"',
    lines: [
      'Thêm đơn vị vào kỳ đang mở; cán bộ của các đơn vị đó được báo. Add units; their officers are told.',
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
    usage: 'invite --unit ID --role officer|leader|coordinator|viewer [--name "Họ tên"]',
    lines: [
      'Tạo mã mời dùng một lần, hạn 7 ngày, kèm liên kết. Make a single-use invitation with its links, valid for 7 days.',
      'officer: cán bộ nhập số liệu; leader: lãnh đạo đơn vị; coordinator: đầu mối tổng hợp; viewer: người xem.',
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
  'people list': {
    usage: 'people list [--unit ID]',
    lines: ['Những người đã tham gia, theo đơn vị. List the people who have joined.'],
  },
  'people remove': {
    usage: 'people remove --id ID',
    lines: [
      'Cho một người rời đơn vị: mất liên kết với mọi cuộc trò chuyện, số liệu và lịch sử được giữ. Take a person out; figures and audit trail stay.',
      '--id: mã trong "people list", the id in "people list".',
    ],
  },
  'report export': {
    usage: 'report export --campaign ID --unit ID --out FILE.xlsx|FILE.docx|FILE.pdf [--version N] [--force]',
    lines: [
      'Xuất phụ lục của một đơn vị ra Excel, Word hoặc PDF. Write one unit’s appendix as .xlsx, .docx or .pdf.',
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
  'people export': {
    usage: 'people export --id ID [--out FILE.json]',
    lines: [
      'Mọi dữ liệu đang lưu về một người, để trả lời yêu cầu của người đó. Everything that is stored about one person.',
      '--out: ghi ra tệp mới thay vì in ra. Write to a new file instead of printing. Chạy được cả khi bot đang chạy, works beside the bot.',
    ],
  },
  'store backup': {
    usage: 'store backup FOLDER',
    lines: [
      'Sao lưu dữ liệu vào một thư mục mới, cả khi bot đang chạy; bản sao được đọc thử. Copy the data into a new folder, also while the bot runs.',
      'Khôi phục: dừng bot, đặt bản sao vào DATA_DIR, khởi động. To restore: stop the bot, put the copy at DATA_DIR, start.',
    ],
  },
  'store export': {
    usage: 'store export FILE',
    lines: [
      'Ghi toàn bộ dữ liệu ra một tệp mới, để chuyển giữa DATA_DIR và PostgreSQL; in số lượng và dấu vân SHA-256. Write everything that is stored to a new file, to move it from one store to the other.',
      'Chạy được cả khi bot đang chạy; để chuyển kho thì dừng bot trước. Works beside the bot; stop it first when you move.',
    ],
  },
  'store import': {
    usage: 'store import FILE',
    lines: [
      'Nhập tệp của "store export" vào kho còn trống mà cấu hình đang chỉ tới (DATABASE_URL hoặc DATA_DIR): tất cả hoặc không gì cả, rồi đọc lại để đối chiếu. Take such a file into the empty store of the settings, all or nothing, and read it back.',
      'Làm trước lần khởi động đầu tiên trên kho mới. Before the bot first starts on the new store.',
    ],
  },
  'store check': {
    usage: 'store check FILE',
    lines: [
      'Kiểm tra một tệp của "store export" mà không cần kho dữ liệu. Check such a file alone; exit code 1 and the line when it is damaged.',
    ],
  },
  doctor: {
    usage: 'doctor',
    lines: [
      'Khám: cấu hình, thư mục, đĩa, dữ liệu, biểu mẫu, ngày nghỉ, kênh, PUBLIC_URL, đồng hồ; nói phải làm gì. Check everything and say what to do.',
      'Chạy được cả khi bot đang chạy; mã thoát 1 khi có lỗi. Works beside the bot; exit code 1 when something is bad.',
    ],
  },
  'templates check': {
    usage: 'templates check',
    lines: ['Kiểm tra mọi biểu mẫu trong TEMPLATES_DIR. Check every form in TEMPLATES_DIR.'],
  },
  'db migrate': {
    usage: 'db migrate',
    lines: [
      'Đưa cơ sở dữ liệu của DATABASE_URL lên phiên bản này (bot cũng tự làm khi khởi động). Bring the database up to this release.',
    ],
  },
  'db check': {
    usage: 'db check',
    lines: [
      'Kiểm tra cấu trúc, số dòng và sự khớp nhau của dữ liệu; không thay đổi gì. Check the database; nothing is changed.',
    ],
  },
};
