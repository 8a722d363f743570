// The words of the consolidated workbook, and the notes of the appendix that is filled with its totals.
import type { LeftOut, Tally, Total } from '../domain/consolidate.ts';
import type { CountedTwice, OtherForm } from '../domain/consolidate-remarks.ts';
import type { Unit } from '../domain/people.ts';
import type { Report } from '../domain/report.ts';
import type { Template } from '../domain/template.ts';
import { STATUS } from './common.ts';
import { nameOf } from './row-names.ts';

/** How far a period is: how many units take part, have sent, and were accepted. */
export type Counts = { readonly all: number; readonly sent: number; readonly accepted: number };

const LABEL = 90;

export const CONSOLIDATED = {
  overview: 'Tổng quan',
  odd: 'Số liệu bất thường',
  title: 'BẢNG TỔNG HỢP SỐ LIỆU BÁO CÁO CẢI CÁCH HÀNH CHÍNH',
  office: (office: Unit): string => `Đơn vị tổng hợp: ${office.name}`,
  asOf: (moment: string): string => `Số liệu lúc ${moment}`,
  provisional: ({ all, sent, accepted }: Counts): string =>
    `TẠM TÍNH: ${sent}/${all} đơn vị đã nộp, ${accepted}/${all} đơn vị đã được tiếp nhận`,
  final: ({ all }: Counts): string => `Đã tiếp nhận báo cáo của tất cả ${all} đơn vị`,
  part: (part: string, period: string): string => `${part} – ${period}`,
  heads: {
    stt: 'STT',
    label: 'Chỉ tiêu',
    unit: 'Đơn vị tính',
    total: 'Tổng cộng',
    given: (sent: number): string => `Số đơn vị có số liệu (trên ${sent} đã nộp)`,
    how: 'Cách tính',
  },
  notSent: (unit: Unit): string => `${unit.name} (chưa nộp)`,
  states: 'Tình hình nộp báo cáo',
  state: 'Trạng thái',
  units: 'Số đơn vị',
  all: 'Tất cả',
  missing: (n: number): string =>
    n === 0 ? 'Tất cả các đơn vị đã nộp báo cáo' : `Các đơn vị chưa nộp (${n})`,
  unitName: 'Đơn vị',
  note: 'Ghi chú',
  due: (moment: string): string => `hạn nộp ${moment}`,
  sentBefore: (version: number): string => `đã nộp bản ${version}, đang sửa; chưa cộng`,
  leftOut: (n: number): string =>
    n === 0 ? 'Không có chỉ tiêu nào bị bỏ' : `Các chỉ tiêu không cộng (${n})`,
  reason: 'Lý do',
  remarks: 'Lưu ý',
  none: '–',
  reading: [
    'Ô Tổng cộng và ô Số đơn vị có số liệu là công thức: đổi số của một đơn vị thì tổng tự tính lại.',
    'Chỉ cộng số liệu các đơn vị đã nộp hoặc đã được tiếp nhận, theo bản nộp mới nhất. Ô trống là đơn vị để trống, không tính là 0.',
    'Chữ trong ngoặc kép “…” là đơn vị ghi nguyên văn, không cộng được.',
  ],
  others: (n: number): string =>
    `${n} ô đơn vị ghi chữ thay cho số liệu hoặc ghi theo kiểu khác; các ô này không được cộng.`,
  quoted: (text: string): string => `“${text}”`,
  cell: { notApplicable: 'không áp dụng', pending: 'chưa có số liệu', missing: 'chưa nhập' },
} as const;

export const countedTwiceWords = ({ superior, below }: CountedTwice): string =>
  `${superior.name} là đơn vị cấp trên của ${below.length} đơn vị cùng tham gia kỳ này (${some(below.map(({ name }) => name))}): số liệu có thể bị cộng hai lần, đề nghị kiểm tra.`;

export const otherFormWords = ({ unit, version, leftOut }: OtherForm): string =>
  leftOut.length === 0
    ? `${unit.name} nộp theo phiên bản ${version} của biểu; mọi số liệu đều có chỗ trong biểu của kỳ này.`
    : `${unit.name} nộp theo phiên bản ${version} của biểu; ${leftOut.length} số liệu không có trong biểu của kỳ này nên không cộng (mã ${some(leftOut)}).`;

const MOST_NAMED = 12;
const some = (names: readonly string[]): string =>
  names.length > MOST_NAMED
    ? `${names.slice(0, MOST_NAMED).join(', ')} và ${names.length - MOST_NAMED} mục khác`
    : names.join(', ');

/** "II.3 · Số VBQPPL đã ban hành". */
export const rowWords = (template: Template, id: string): string => nameOf(template, id, LABEL);

export function leftOutWords(template: Template, leftOut: LeftOut): string {
  switch (leftOut.why) {
    case 'percent':
      return 'Không cộng: là tỷ lệ, biểu không nêu tử số và mẫu số để tính lại.';
    case 'lessNote':
      return 'Không cộng: là tỷ lệ, tử số trừ đi số nêu trong ghi chú nên không tính lại được.';
    case 'partNotAdded':
      return `Không tính lại: “${rowWords(template, leftOut.part)}” là phần của tỷ lệ nhưng không cộng được.`;
    case 'text':
      return 'Không cộng: là nội dung bằng chữ.';
    case 'date':
      return 'Không cộng: là ngày.';
    case 'notAdded':
      return `Không cộng: ${leftOut.reason}`;
  }
}

/** How a total was made, and what of the units that sent is not in it. */
export function howWords(template: Template, total: Total, tally: Tally): string {
  const rest = tallyWords(tally);
  return [totalWords(template, total), rest && `Còn lại: ${rest}.`].filter(Boolean).join(' ');
}

function totalWords(template: Template, total: Total): string {
  switch (total.how) {
    case 'sum':
      return 'Cộng.';
    case 'ratio': {
      const [part, whole] = [total.rule.part, total.rule.whole].map((term) =>
        term.map((id) => `“${rowWords(template, id)}”`).join(' + '),
      );
      return `Tính lại: tổng ${part} / tổng ${whole} × 100, của ${total.units} đơn vị có đủ số liệu hai vế.`;
    }
    case 'choice':
      return 'Đếm số đơn vị theo mã.';
    case 'leftOut':
      return leftOutWords(template, total.leftOut);
  }
}

const tallyWords = ({ blank, notApplicable, pending, other, missing }: Tally): string =>
  [
    { n: blank, words: 'để trống' },
    { n: notApplicable, words: 'không áp dụng' },
    { n: pending, words: 'chưa có số liệu' },
    { n: other, words: 'ghi nguyên văn' },
    { n: missing, words: 'chưa nhập' },
  ]
    .filter(({ n }) => n > 0)
    .map(({ n, words }) => `${n} đơn vị ${words}`)
    .join(', ');

/** "Có (1)": in front of how many units chose it; what the form does not have is "Mã khác". */
export const CODES = {
  head: (label: string, code: number): string => `${label} (${code}): `,
  between: ' · ',
  others: 'Mã khác: ',
} as const;

/** "Đã nộp": a state at the beginning of a line. */
export function stateWords({ status }: Pick<Report, 'status'>): string {
  const words = STATUS[status];
  return `${words.charAt(0).toLocaleUpperCase('vi')}${words.slice(1)}`;
}

export const ODD = {
  explained: (n: number): string =>
    n === 0
      ? 'Không có số liệu bất thường.'
      : `${n} số liệu nên kiểm tra lại, lệch nhiều nhất xếp trước. Bất thường chưa chắc là sai.`,
  heads: [
    ...['STT', 'Đơn vị', 'Chỉ tiêu', 'Đơn vị tính', 'Số liệu', 'Trung vị các đơn vị', 'Độ lệch z'],
    ...['Kỳ trước', 'Số lần so với kỳ trước', 'Vì sao'],
  ],
  high: 'cao hơn hẳn các đơn vị khác',
  low: 'thấp hơn hẳn các đơn vị khác',
  more: 'tăng quá 3 lần so với kỳ trước',
  less: 'giảm quá 3 lần so với kỳ trước',
  fromZero: 'kỳ trước là 0',
  toZero: 'kỳ này là 0',
} as const;

/** Notes of the appendix that is filled with the totals. */
export const LEVEL = {
  provisional: ({ all, sent, accepted }: Counts): string =>
    `Tạm tính: ${sent}/${all} đơn vị${sent === all ? ` đã nộp, ${accepted}/${all} đã được tiếp nhận` : ''}`,
  code: (label: string, units: number): string => `${label}: ${units} đơn vị`,
  others: (units: number): string => `mã khác: ${units} đơn vị`,
  texts: (units: number): string => `${units} đơn vị có nội dung, xem bảng tổng hợp`,
} as const;
