// Words of answering many indicators at once: keeping last period's values, and "không phát sinh".
import type { Proposed } from '../domain/carry.ts';
import type { Text } from '../domain/conversation.ts';
import { type Period, periodName } from '../domain/period.ts';
import { partName } from '../domain/progress.ts';
import type { Answer } from '../domain/report.ts';
import type { Indicator, Row, Template } from '../domain/template.ts';
import { bold, lines, plainLabel, short, valueWords } from './common.ts';
import { partsWords } from './previous.ts';
import { ownName } from './row-names.ts';

/** "mục I Công tác chỉ đạo", "nhóm 2 Kiểm tra", "cả báo cáo". */
const placeWords = (template: Template, row: Row | undefined): string => {
  if (!row) return 'cả báo cáo';
  const isPart = row.row === 'section' || row.section === row.id;
  const name = isPart ? partName(template, row) : [row.stt, plainLabel(row)].filter(Boolean).join(' ');
  return `${isPart ? 'mục' : 'nhóm'} ${short(name, 70)}`;
};

const capital = (words: string): string => words.charAt(0).toLocaleUpperCase('vi') + words.slice(1);

/** What only one of the two says; `lead` is the bold beginning. */
export type ManyKind = {
  readonly lead: (period: string) => string;
  readonly found: (n: number) => string;
  readonly none: (period: string, place: string) => string;
  readonly yes: (n: number) => string;
  readonly all: (n: number) => string;
  readonly done: (n: number, period: string) => string;
  readonly entry: string;
  readonly choose: string;
  readonly rest: string;
};

export const CARRY: ManyKind = {
  lead: (period) => `Giữ nguyên kỳ trước (${period})`,
  found: (n) => `${n} chỉ tiêu chưa nhập, kỳ trước đã có số`,
  none: (period, place) =>
    `${capital(place)}: không còn chỉ tiêu nào chưa nhập mà ${period} có số liệu để giữ nguyên.`,
  yes: (n) => `Giữ nguyên ${n} dòng trên`,
  all: (n) => `Giữ nguyên tất cả ${n} số liệu`,
  done: (n, period) => `giữ nguyên ${n} số liệu của ${period}`,
  entry: 'Giữ nguyên kỳ trước…',
  choose: 'Chọn mục để giữ nguyên số liệu kỳ trước; từng số được nêu ra trước khi ghi:',
  rest: 'Giữ nguyên tiếp',
};

export const NOTHING: ManyKind = {
  lead: () => 'Không phát sinh',
  found: (n) => `${n} chỉ tiêu chưa nhập sẽ ghi như sau`,
  none: (_, place) => `${capital(place)}: không còn chỉ tiêu chưa nhập nào ghi được “không phát sinh”.`,
  yes: (n) => `Ghi ${n} dòng trên`,
  all: (n) => `Ghi tất cả ${n} chỉ tiêu`,
  done: (n) => `ghi không phát sinh ${n} chỉ tiêu`,
  entry: 'Không phát sinh…',
  choose: 'Chọn mục không phát sinh trong kỳ; từng chỉ tiêu được nêu ra trước khi ghi:',
  rest: 'Ghi tiếp',
};

/** A value of the last period as a button under the question: "Như kỳ trước: 12 Hồ sơ". */
export const asBefore = ({ indicator, value, parts }: Proposed): string =>
  short(`${parts ? 'Tổng kỳ trước' : 'Như kỳ trước'}: ${valueWords(value, indicator)}`, 60);

/** The share of kept values: "12/130 số liệu giữ nguyên kỳ trước (Quý II năm 2022)". */
export const carriedWords = (carried: number, total: number, period: string | undefined): string =>
  `${carried}/${total} số liệu giữ nguyên kỳ trước${period ? ` (${period})` : ''}`;

export const MANY = {
  period: (period: Period, template: Template): string => periodName(period, template.periodWording),
  carriedFrom: (period: Period, template: Template, isMerged: boolean): string =>
    `${periodName(period, template.periodWording)}${isMerged ? ', cộng các đơn vị đã nhập' : ''}`,
  noLastPeriod:
    'Chưa có số liệu kỳ trước của đơn vị theo biểu mẫu này nên không có gì để giữ nguyên. Câu đang hỏi, nếu có, vẫn giữ nguyên.',
  head: (kind: ManyKind, template: Template, row: Row | undefined, period: string, n: number): Text => [
    bold(kind.lead(period)),
    ` – ${placeWords(template, row)}: ${kind.found(n)}. Chưa ghi gì cho đến khi anh/chị xác nhận.`,
  ],
  none: (kind: ManyKind, template: Template, row: Row | undefined, period: string): string =>
    kind.none(period, placeWords(template, row)),
  /** `now`: what stands there already, in a returned report. */
  line: (template: Template, { indicator, value, note, parts }: Proposed, now: Answer | undefined): string =>
    `· ${ownName(template, indicator, 56)}: ${parts ? `${partsWords(indicator, parts, true)} = ` : ''}${short(valueWords(value, indicator), 60)}${
      now?.value ? ` (đang ghi ${short(valueWords(now.value, indicator), 40)})` : ''
    }${note && !now?.note ? ` — ghi chú: ${short(note, 90)}` : ''}`,
  headingNote: (template: Template, row: Row, note: string): string =>
    `· ${capital(placeWords(template, row))} — ghi chú: ${short(note, 90)}`,
  /** Of a list that takes several pages, how many lines each part has. */
  bySection: (template: Template, parts: readonly { readonly part: Row; readonly n: number }[]): string =>
    `Theo mục: ${parts.map(({ part, n }) => `${part.stt || short(partName(template, part), 24)} ${n}`).join(' · ')}`,
  page: (at: number, pages: number): string => `Trang ${at + 1}/${pages}`,
  next: (n: number): string => `Xem tiếp (còn ${n})`,
  back: 'Trang trước',
  withRatios: (n: number): string => `Gồm cả ${n} tỷ lệ, ngày`,
  leftOut: (n: number): string => `Chưa gồm ${n} tỷ lệ, ngày của kỳ trước.`,
  asked: (rows: readonly Indicator[]): string =>
    `${rows.length} chỉ tiêu khác (lựa chọn, nội dung, ngày, tỷ lệ…) vẫn hỏi từng câu.`,
  place: (template: Template, row: Row | undefined, n: number): string =>
    `${short(capital(placeWords(template, row)), 50)} · ${n}`,
  changed: 'Số liệu đã thay đổi từ lúc anh/chị xem danh sách nên chưa ghi gì. Danh sách lúc này:',
  done: (kind: ManyKind, n: number, period: string): Text =>
    lines(['✓ Đã ', bold(kind.done(n, period)), '. Gõ /hoantac để hoàn tác cả lượt này.']),
  more: (kind: ManyKind, n: number): string => `${kind.rest} (còn ${n})`,
  points: ({ hard, soft }: { readonly hard: number; readonly soft: number }): string | undefined => {
    const counts = [
      ...(hard > 0 ? [`✗ ${hard} điểm cần sửa trước khi nộp`] : []),
      ...(soft > 0 ? [`⚠ ${soft} điểm đề nghị kiểm tra lại hoặc giải trình`] : []),
    ];
    return counts.length === 0 ? undefined : `${counts.join('; ')}. Xem ở /xemlai.`;
  },
  review: 'Xem lại',
};
