// What a person who writes form templates is told about each fault, in words that need no programming.

const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ');

export const templateIssues = {
  // The folder and its files.
  unreadableFolder: (why: string) => `Không đọc được thư mục biểu mẫu (${why}).`,
  unreadableFile: (why: string) => `Không đọc được tệp này (${why}).`,
  wrongExtension: (wanted: string) =>
    `Tên tệp phải kết thúc bằng ".yaml". Hãy đổi tên tệp thành "${wanted}".`,
  fileName: (wanted: string) =>
    `Tên tệp phải ghép từ mã biểu (id) và phiên bản (version) ghi trong tệp. Hãy đặt tên là "${wanted}".`,
  sameTemplate: (id: string, version: number, other: string) =>
    `Mã biểu "${id}" phiên bản ${version} đã có ở tệp "${other}". Mỗi phiên bản chỉ được có một tệp.`,
  published: () =>
    'Phiên bản này đã công bố, không được sửa; hãy hoàn lại tệp cũ và tạo phiên bản mới (tăng version, tệp mới).',
  publishedMissing: () =>
    'Phiên bản này đã công bố nhưng không còn tệp; hãy khôi phục lại tệp, vì các báo cáo cũ vẫn cần đến.',
  badPublishedList: () =>
    'Danh sách các phiên bản đã công bố bị hỏng: phải là danh sách gồm các cặp "file" và "sha256".',
  nowPublished: (files: readonly string[]) =>
    files.length === 0 ? 'Không có phiên bản mới để công bố.' : `Đã công bố: ${files.join(', ')}.`,
  notPublished: (count: number) => `Còn ${count} lỗi nên chưa công bố phiên bản nào.`,

  // The way YAML is written.
  emptyFile: () => 'Tệp trống. Hãy chép một biểu mẫu có sẵn rồi sửa.',
  duplicateKey: () => 'Trong cùng một phần, một khóa được ghi hai lần. Hãy bỏ bớt một.',
  tabs: () => 'Đầu dòng có phím Tab. Hãy thụt dòng bằng dấu cách.',
  indentation: () =>
    'Thụt đầu dòng không đúng: các dòng cùng cấp phải thẳng hàng, dòng con thụt vào hai dấu cách.',
  needsQuotes: () =>
    'Không đọc được dòng này. Nếu nội dung có dấu hai chấm hoặc bắt đầu bằng ký tự đặc biệt (% @ * & ! - [ {), hãy đặt trong dấu ngoặc kép "…".',
  unclosed: () =>
    'Thiếu dấu đóng ở dòng này hoặc các dòng phía trên: kiểm tra lại các dấu ngoặc kép "…", ngoặc vuông […] và ngoặc nhọn {…}.',
  unreadableYaml: (detail: string) =>
    `Không đọc được dòng này. Kiểm tra lại cách viết (chi tiết kỹ thuật: ${detail}).`,

  // Keys and the kinds of things they hold.
  unknownKey: (key: string) =>
    `Không có khóa "${key}" ở chỗ này. Có thể gõ nhầm tên khóa hoặc thụt đầu dòng sai.`,
  missingKey: (key: string) => `Thiếu khóa "${key}".`,
  needsText: () => 'Ở đây phải là chữ. Nếu muốn ghi một con số, hãy đặt trong dấu ngoặc kép, ví dụ "1".',
  emptyValue: () => 'Khóa này chưa có nội dung. Hãy điền, hoặc bỏ hẳn dòng này.',
  needsNumber: () => 'Ở đây phải là một con số, không đặt trong dấu ngoặc kép.',
  needsTrueFalse: () => 'Ở đây chỉ được ghi true (có) hoặc false (không).',
  needsList: () =>
    'Ở đây phải là một danh sách: mỗi mục một dòng bắt đầu bằng "- ", hoặc đặt trong dấu ngoặc vuông [ ].',
  needsKeys: () => 'Ở đây phải là các dòng dạng "khóa: nội dung".',
  needsTerm: () => 'Ở đây phải là mã một chỉ tiêu, hoặc danh sách mã trong dấu [ ].',
  oneOf: (allowed: readonly string[]) => `Ở đây chỉ được ghi một trong các từ: ${quoted(allowed)}.`,
  oneKeyOf: (allowed: readonly string[]) => `Phần này phải có đúng một trong các khóa: ${quoted(allowed)}.`,
  badId: () => 'Mã chỉ được gồm chữ thường không dấu (a–z), chữ số và dấu gạch nối, ví dụ "so-van-ban".',
  tooLong: (length: number) => `Dài quá: chỉ được tối đa ${length} ký tự.`,
  tooSmall: (least: number) => `Số nhỏ nhất được phép là ${least}.`,
  tooBig: (most: number) => `Số lớn nhất được phép là ${most}.`,
  mustExceed: (limit: number) => `Phải là số lớn hơn ${limit}.`,
  wholeNumber: () => 'Ở đây phải là một số nguyên.',
  emptyList: () => 'Danh sách này không được để trống.',
  twoItems: () => 'Ở đây phải có đúng hai vế, ví dụ [a, b] hoặc [[a, b], c].',
  unexpected: (detail: string) => `Nội dung ở đây không hợp lệ (chi tiết kỹ thuật: ${detail}).`,

  // What the form says.
  duplicateId: (id: string, line: number) =>
    `Mã "${id}" đã dùng ở dòng ${line}. Mỗi dòng của biểu phải có mã riêng.`,
  duplicateTable: (id: string, line: number) => `Mã bảng "${id}" đã dùng ở dòng ${line}.`,
  duplicateRule: (id: string, line: number) => `Mã quy tắc "${id}" đã dùng ở dòng ${line}.`,
  emptyLabel: () => 'Tên của dòng này đang để trống.',
  emptyName: () => 'Tên biểu mẫu đang để trống.',
  emptyGroup: () => 'Nhóm này chưa có dòng con nào (rows). Nếu dòng có ô số liệu thì dùng "indicator".',
  noIndicators: () => 'Biểu chưa có chỉ tiêu nào.',
  choiceWithoutCodes: (unit: string) =>
    unit === ''
      ? 'Chỉ tiêu chọn mã (choice) nhưng không có các mã. Hãy ghi đơn vị tính như "Có = 1; Không = 0" hoặc thêm "choices".'
      : `Chỉ tiêu chọn mã (choice) nhưng không đọc được các mã từ đơn vị tính "${unit}". Hãy thêm "choices".`,
  choiceUnit: (unit: string) => `Đơn vị tính "${unit}" là các mã để chọn, vậy "type" phải là choice.`,
  choicesNotUsed: () => 'Chỉ chỉ tiêu có "type: choice" mới có "choices".',
  duplicateCode: (code: number) => `Mã ${code} được ghi hai lần trong "choices".`,
  mayExceedNotUsed: () => 'Chỉ chỉ tiêu có "type: percent" mới có "mayExceed100".',
  notAddedNotUsed: () => 'Chữ và ngày vốn không được cộng, nên chỉ tiêu này không cần "notAdded".',
  unknownPlaceholder: (word: string, known: readonly string[]) =>
    `Không có chỗ điền "{${word}}". Chỉ dùng được: ${known.map((each) => `{${each}}`).join(' ')}.`,
  columnsMissing: (missing: readonly string[]) =>
    `Thiếu cột ${quoted(missing)}. Biểu nào cũng phải khai đủ năm cột.`,
  headerTooWide: (columns: number) =>
    `Hàng tiêu đề này rộng hơn ${columns} cột của bảng. Kiểm tra lại số ô và "across".`,
  headerTooNarrow: (columns: number) =>
    `Hàng tiêu đề này không phủ đủ ${columns} cột của bảng. Kiểm tra lại số ô, "across" và "down".`,
  headerTooDeep: (tiers: number) => `Ô tiêu đề này cao hơn số hàng tiêu đề (${tiers}). Kiểm tra lại "down".`,

  // Rules.
  unknownRow: (id: string) => `Quy tắc nhắc đến mã "${id}" nhưng biểu không có dòng nào mang mã này.`,
  notIndicator: (id: string) => `Dòng "${id}" là tiêu đề, không có số liệu, nên không dùng được ở đây.`,
  notNumeric: (id: string) => `Chỉ tiêu "${id}" là chữ hoặc ngày, không phải số, nên không dùng được ở đây.`,
  totalAmongParts: (id: string) => `Ô tổng "${id}" lại nằm trong các phần của chính nó.`,
  repeatedPart: (id: string) => `Mã "${id}" được ghi hai lần trong cùng một quy tắc.`,
  rangeWithoutLimits: () => 'Quy tắc "range" phải có "min" hoặc "max".',
  rangeUpsideDown: () => 'Trong quy tắc "range", "min" không được lớn hơn "max".',
};
