// Words of pasting a section: what every line was understood as, what is asked about it, and what was stored.
import type { Text } from '../domain/conversation.ts';
import { partName } from '../domain/progress.ts';
import type { Value } from '../domain/report.ts';
import type { Indicator, Row, Template } from '../domain/template.ts';
import type { Why } from '../indicators/reading.ts';
import { bold, ends, lines, rowName, short, valueWords } from './common.ts';
import { whyWords } from './why.ts';

/** Why a line stands where it does. */
const PLACE = {
  several: 'hợp với nhiều chỉ tiêu',
  twice: 'có hai dòng cho cùng một chỉ tiêu',
  numberOrOrder: 'số đứng đầu có thể là số thứ tự của biểu, cũng có thể chỉ là đếm dòng',
  fragment: 'tên chỉ tiêu chỉ khớp một phần',
  elsewhere: 'thuộc mục khác',
  notInForm: 'không có chỉ tiêu nào như vậy trong biểu',
  noValue: 'chưa có số liệu',
  heading: 'đây là tiêu đề, không có ô số liệu',
  startUnknown: 'chưa rõ bắt đầu từ chỉ tiêu nào',
  amongNamed: 'con số đứng riêng giữa các dòng có tên',
  shifted: 'dãy số có thể bị lệch dòng',
  whichColumn: 'chưa rõ số liệu ở cột nào',
  oddRow: 'các ô không xếp như những dòng khác',
  cut: 'tin bị cắt ở chỗ này nên có thể thiếu',
  private: 'có nội dung không được lưu (số giấy tờ, điện thoại, văn bản mật)',
  tooLong: 'quá dài',
};
type PasteWhy = Why | keyof typeof PLACE;
const isPlace = (why: string): why is keyof typeof PLACE => Object.hasOwn(PLACE, why);

/** The reason as a part of a sentence; '' where none is known. */
export function pasteWhy(why: PasteWhy | undefined, indicator: Indicator | undefined): string {
  if (why === undefined || why === 'help') return '';
  if (isPlace(why)) return PLACE[why];
  const words = whyWords(why, indicator?.type ?? 'count').replace(/\.$/, '');
  return words.charAt(0).toLocaleLowerCase('vi') + words.slice(1);
}

/** With its end, where the figure stands. */
const said = (text: string): string => `“${ends(text, 70)}”`;

export const PASTE = {
  /** The counts first. */
  head: (template: Template, section: Row | undefined, read: number, total: number): Text => [
    bold(`Đọc được ${read}/${total} dòng`),
    section ? ` cho mục ${short(partName(template, section), 70)}.` : '.',
  ],
  joined: (parts: number): string =>
    `Nối ${parts} tin liền nhau thành một đoạn; chỗ nối được hỏi lại nếu chưa chắc.`,
  apart: 'Không nối, chỉ đọc tin sau',
  nothingYet: 'Chưa ghi gì cho đến khi anh/chị chọn dưới đây.',
  shifted: 'Dãy số có từ hai giá trị không hợp với chỉ tiêu nên có thể lệch dòng; anh/chị kiểm tra lại giúp.',
  doubts: (n: number, isAfter: boolean): Text => [
    bold(`Cần hỏi lại (${n})${isAfter ? ', sẽ hỏi sau khi ghi' : ''}:`),
  ],
  /** Lines that fit several indicators, asked about once the rest is stored. */
  whose: (n: number): Text => [
    bold(n === 1 ? 'Còn 1 dòng chưa rõ của chỉ tiêu nào' : `Còn ${n} dòng chưa rõ của chỉ tiêu nào`),
    n === 1 ? '; anh/chị chọn giúp:' : '; anh/chị chọn giúp, bắt đầu từ dòng đầu:',
  ],
  skip: (n: number): string => `Dòng ${n}: không ghi dòng này`,
  dropRest: 'Bỏ các dòng còn lại',
  droppedRest: 'Đã bỏ các dòng còn lại; phần đã ghi của đoạn dán giữ nguyên.',
  askThem: (n: number): string => `Trả lời lần lượt ${n} dòng cần hỏi`,
  lost: (n: number): Text => [bold(`Chưa xếp được (${n}), không ghi:`)],
  abroad: (n: number): Text => [bold(`Thuộc mục khác (${n}), không ghi vào mục này:`)],
  placed: (n: number): Text => [bold(`Sẽ ghi (${n}):`)],
  same: (n: number): string => `${n} dòng trùng với số liệu đang ghi, giữ nguyên.`,
  more: (n: number): string => `… và ${n} dòng nữa như vậy`,
  /** "• dòng 3 “…” – II.1 · Số …: vì sao". */
  line: (
    template: Template,
    n: number,
    text: string,
    indicators: readonly Indicator[],
    why: string,
  ): string => {
    const names = indicators.slice(0, 3).map((row) => rowName(template, row, 50));
    const about = names.length > 0 ? ` → ${names.join(' / ')}` : '';
    return `• dòng ${n} ${said(text)}${about}${why === '' ? '' : `: ${why}`}`;
  },
  /** "• II.1 · Số … ← 15 (đang ghi 12 → 15) — ghi chú: …". */
  write: (
    template: Template,
    indicator: Indicator,
    value: Value,
    note: string | undefined,
    was: Value | undefined,
  ): Text => {
    const [before, now] = [was && valueWords(was, indicator), valueWords(value, indicator)];
    const shown =
      before !== undefined && before !== now ? `${short(before, 40)} → ${short(now, 60)}` : short(now, 80);
    return [
      `• ${rowName(template, indicator, 70)} ← `,
      bold(shown),
      note ? ` — ghi chú: ${short(note, 60)}` : '',
    ];
  },
  store: (n: number): string => `Ghi ${n} số liệu`,
  drop: 'Bỏ, không ghi',
  toSection: (template: Template, section: Row): string =>
    short(`Đưa vào mục ${partName(template, section)}`, 58),
  pick: (template: Template, n: number, indicator: Indicator): string =>
    `Dòng ${n}: ${rowName(template, indicator, 38)}`.slice(0, 60),
  /** Where a list of bare figures begins. */
  askStart: (list: { lines: number; inSection: number; left: number }): Text =>
    lines(
      [bold(`Đoạn dán có ${list.lines} dòng chỉ có số liệu`), ', không có tên chỉ tiêu.'],
      `Mục này có ${list.inSection} chỉ tiêu, tính từ câu đang hỏi còn ${list.left}. Dòng đầu tiên là số liệu của chỉ tiêu nào?`,
    ),
  noRoom: (list: { lines: number; inSection: number }): Text =>
    lines(
      [bold(`Đoạn dán có ${list.lines} dòng chỉ có số liệu`), `, mục này có ${list.inSection} chỉ tiêu.`],
      'Không biết dòng nào của chỉ tiêu nào nên chưa ghi gì. Anh/chị dán lại kèm số thứ tự hoặc tên chỉ tiêu (ví dụ “1.1: 23”), hoặc dán đúng đủ số dòng của mục.',
    ),
  start: (indicator: Indicator, which: 'first' | 'current'): string =>
    `${which === 'first' ? 'Từ đầu mục' : 'Từ câu đang hỏi'}: ${ends(indicator.label, 38)}`.slice(0, 60),
  /** Which column holds the figures. */
  askColumn: (lineCount: number): Text =>
    lines(
      [bold(`Bảng dán có ${lineCount} dòng`), ', nhưng chưa rõ số liệu của kỳ này nằm ở cột nào.'],
      'Anh/chị chọn cột giúp:',
    ),
  column: (index: number, header: string, samples: readonly string[]): string =>
    short(`Cột ${index + 1}${header === '' ? '' : ` “${short(header, 20)}”`}: ${samples.join(', ')}`, 58),
  stored: (template: Template, section: Row | undefined, n: number): Text => [
    '✓ Đã ghi ',
    bold(`${n} số liệu`),
    section ? ` vào mục ${short(partName(template, section), 60)}` : '',
    '. Gõ /hoantac để lấy lại cả đoạn dán.',
  ],
  dropped: 'Đã bỏ đoạn dán, không ghi gì.',
  gone: 'Đoạn dán này không còn chờ nữa nên không ghi gì. Nếu vẫn cần, anh/chị dán lại.',
  changed:
    'Số liệu hoặc cách hiểu đã khác so với lúc hiện nút này nên chưa ghi gì; anh/chị xem lại rồi chọn:',
  waits: (typed: string): string =>
    `Đoạn dán trước vẫn đang chờ nên “${short(typed, 40)}” chưa được ghi. Anh/chị chọn ghi hoặc bỏ đoạn dán rồi gõ lại:`,
  tooLong:
    'Đoạn dán dài quá 12.000 ký tự nên chưa đọc. Anh/chị dán từng mục, mỗi lần một phần giúp; chưa ghi gì cả.',
  whichSection:
    'Đoạn dán chỉ có số liệu, không có tên chỉ tiêu, nên chưa rõ thuộc mục nào. Anh/chị chọn mục bằng /muc rồi dán lại; chưa ghi gì cả.',
  withoutPrivate: (numbers: readonly number[]): string =>
    `${numbers.length === 1 ? `Dòng ${numbers[0]}` : `Các dòng ${numbers.slice(0, 12).join(', ')}${numbers.length > 12 ? '…' : ''}`} có nội dung giống số giấy tờ cá nhân, số điện thoại hoặc số, ký hiệu văn bản mật nên đã bỏ, không lưu.`,
  review: 'Xem lại',
  warnings: (n: number): string => `Các số liệu vừa ghi có ${n} điểm cần xem lại; xem ở /xemlai.`,
  asked: (text: string): Text => [
    `Trong đoạn dán, chỉ tiêu này ở dòng ${said(text)}, chưa chắc chắn nên chưa ghi.`,
  ],
};
