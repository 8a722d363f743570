// Why an answer was not simply stored, in one sentence each.
import type { IndicatorType } from '../domain/template.ts';
import type { Why } from '../indicators/reading.ts';

/** A plain call for help is answered with how to answer, so it needs no reason. */
type Doubtful = Exclude<Why, 'help'>;

const WHY: Record<Doubtful, string> = {
  strippedText: 'Tin có câu trả lời và phần chữ đi kèm.',
  fraction: 'Đây là dạng phân số.',
  none: 'Câu trả lời có thể là 0, hoặc không áp dụng.',
  notYet: '“Chưa” có thể là không có, cũng có thể là chưa có số liệu.',
  pendingWords: 'Chỉ tiêu này chưa có số liệu?',
  dash: 'Dấu “-” có thể hiểu nhiều cách.',
  cross: 'Dấu “x” có thể hiểu nhiều cách.',
  asLastPeriod: 'Lấy số liệu kỳ trước.',
  noLastPeriod: 'Chưa có số liệu kỳ trước của đơn vị trong hệ thống để giữ nguyên.',
  words: 'Số được viết bằng chữ.',
  notWhole: 'Chỉ tiêu này là số đếm nên cần số nguyên.',
  badGrouping: 'Dấu chấm, dấu phẩy trong số chưa rõ: hàng nghìn phải đủ nhóm 3 chữ số, ví dụ 5.971.',
  percentInCount: 'Chỉ tiêu này cần con số, không phải tỷ lệ %.',
  range: 'Trong tin có hai con số cách nhau như một khoảng; phụ lục cần một con số.',
  estimate: 'Đây là ước lượng; phụ lục cần số liệu chính xác.',
  exponent: 'Cách viết số này không rõ.',
  negative: 'Số liệu này không thể âm.',
  brackets: 'Số trong ngoặc có thể là số âm theo kiểu kế toán.',
  zeroDecimals: 'Phần thập phân bằng 0.',
  spacedGrouping: 'Trong số có dấu cách.',
  itemNumber: 'Có thể là số thứ tự mục rồi đến số liệu.',
  letterInNumber: 'Trong số có lẫn chữ cái (l, O…).',
  secretCount: 'Chỉ nhận số lượng. Không gửi số, ký hiệu, trích yếu, nội dung văn bản mật qua đây.',
  dateInCount: 'Đây là ngày tháng, không phải số lượng.',
  threeDecimals: 'Số có 3 chữ số sau dấu phân cách: có thể là phần thập phân, cũng có thể là hàng nghìn.',
  manyDecimals: 'Số có nhiều chữ số thập phân.',
  belowOne: 'Tỷ lệ nhỏ hơn 1 %: có thể là dạng thập phân của một tỷ lệ lớn hơn.',
  above100: 'Tỷ lệ vượt 100 %; có thể thiếu dấu phẩy thập phân.',
  missingComma: 'Có thể thiếu dấu phẩy thập phân.',
  growth: 'Đây là mức tăng, giảm; phụ lục cần số liệu của kỳ này.',
  looksLikeCount: 'Chỉ tiêu này là tỷ lệ %; con số trông giống một số lượng ở các dòng bên cạnh.',
  noCases: 'Chưa phát sinh thì tỷ lệ thường là không áp dụng.',
  weakWord: 'Anh/chị xác nhận giúp lựa chọn.',
  outsideCodes: 'Mã này không có trong danh sách của chỉ tiêu.',
  wordMeansOther: 'Ở chỉ tiêu này, từ hoặc mã đó không hẳn mang nghĩa thường dùng.',
  yearMissing: 'Ngày chưa có năm; đề nghị lấy năm của kỳ báo cáo.',
  dayMissing: 'Ngày chưa đủ ngày, tháng, năm.',
  noSuchDay: 'Không có ngày này trong lịch, hoặc năm không hợp lý.',
  tooBig: 'Con số quá lớn.',
  severalNumbers: 'Trong tin có nhiều con số.',
  expression: 'Đây là một phép tính; đề nghị nhập kết quả.',
  notUnderstood: 'Câu trả lời này chưa đọc được.',
};

/** A count has no decimals at all, which a number like 5,97 does not say by itself. */
const IN_COUNT: Partial<Record<Doubtful, string>> = {
  badGrouping: `${WHY.badGrouping} Số đếm không có phần thập phân.`,
};

/** The sentence for a kind of indicator. */
export const whyWords = (why: Doubtful, type: IndicatorType): string =>
  (type === 'count' ? IN_COUNT[why] : undefined) ?? WHY[why];
