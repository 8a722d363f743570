// Words of giving a report back: the coordinator gathers indicators with one line each, the officer answers those and no others.
import type { Campaign } from '../domain/campaign.ts';
import type { Text } from '../domain/conversation.ts';
import type { Unit } from '../domain/people.ts';
import { addressOf } from '../domain/progress.ts';
import type { Answer, ReturnPoint } from '../domain/report.ts';
import type { Indicator, Template } from '../domain/template.ts';
import { bold, lines, periodWords, short, valueWords } from './common.ts';
import { ownName } from './row-names.ts';

type Answers = Readonly<Record<string, Answer>>;

/** The value in words, as long as a phone's line. */
const valueIn = (answers: Answers, row: Indicator): string => {
  const value = answers[row.id]?.value;
  return value ? short(valueWords(value, row), 40) : 'chưa nhập';
};

/** The longer the list, the shorter its lines, so that it stays one message; each question shows its own line whole. */
const room = (among: number): { readonly name: number; readonly text: number } =>
  among > 12 ? { name: 44, text: 70 } : { name: 60, text: among > 8 ? 90 : 200 };

function pointLine(
  template: Template,
  answers: Answers,
  { indicator, text }: ReturnPoint,
  n: number,
  among: number,
): Text {
  const row = template.byId.get(indicator);
  const most = room(among);
  if (row?.row !== 'indicator') return [`${n}. ${short(text, most.text)}`];
  return [
    `${n}. ${ownName(template, row, most.name)} (đã nộp: `,
    bold(valueIn(answers, row)),
    `): ${short(text, most.text)}`,
  ];
}

const pointLines = (template: Template, answers: Answers, points: readonly ReturnPoint[]): Text[] =>
  points.map((each, n) => pointLine(template, answers, each, n + 1, points.length));

export const RETURN = {
  /** `offers`: indicators stand below to be picked. */
  ask: (unit: Unit, version: number, offers: boolean): Text =>
    lines(
      [`Anh/chị gõ lý do trả lại báo cáo của ${unit.name} (`, bold(`bản ${version}`), ').'],
      'Hoặc nêu từng chỉ tiêu, mỗi dòng một chỉ tiêu, ví dụ: III.7: đề nghị đối chiếu với sổ theo dõi.',
      offers ? 'Cũng có thể chọn dưới đây một chỉ tiêu mà đơn vị đã giải trình hoặc xác nhận.' : undefined,
    ),
  gathered: (
    template: Template,
    answers: Answers,
    unit: Unit,
    version: number,
    points: readonly ReturnPoint[],
    text: string | undefined,
  ): Text =>
    lines(
      [bold(`Trả lại báo cáo của ${unit.name}`), ` (bản ${version}), chưa gửi:`],
      ...pointLines(template, answers, points),
      text === undefined ? undefined : `Lý do chung: ${text}`,
    ),
  more: 'Chọn hoặc gõ thêm chỉ tiêu khác (III.7: lý do), hoặc gửi.',
  askLine: (template: Template, answers: Answers, row: Indicator): Text => [
    'Anh/chị gõ một dòng lý do cho ',
    bold(ownName(template, row, 90)),
    ` (đã nộp: ${valueIn(answers, row)}).`,
  ],
  unclear: (line: string, more: number): string =>
    `“${short(line, 160)}”: có nhiều chỉ tiêu ứng với phần trước dấu hai chấm. Anh/chị chọn:${more > 0 ? ` (còn ${more} chỉ tiêu khác, gõ lại thêm từ để lọc)` : ''}`,
  notFound: (line: string): string =>
    `“${short(line, 160)}”: không tìm thấy chỉ tiêu ở phần trước dấu hai chấm. Anh/chị gõ lại số thứ tự hoặc vài từ của chỉ tiêu, hoặc gửi nguyên câu.`,
  row: (template: Template, row: Indicator): string => short(ownName(template, row, 58), 60),
  asIs: 'Giữ nguyên câu làm lý do chung',
  forget: 'Bỏ câu này',
  drop: (template: Template, row: Indicator, n: number): string =>
    short(`Bỏ ${n}${addressOf(template, row) === '' ? '' : ` (${addressOf(template, row)})`}`, 60),
  unpick: 'Chưa chọn chỉ tiêu này',
  send: (points: number): string => (points === 0 ? 'Gửi trả lại' : `Gửi trả lại (${points} chỉ tiêu)`),
  sendWords: 'gửi trả lại',
  lineTooLong: (line: string): string =>
    `“${short(line, 60)}” dài quá 200 ký tự nên chưa được ghi, anh/chị rút gọn giúp.`,
  tooLong: 'Lý do chung dài quá 500 ký tự nên chưa được ghi, anh/chị rút gọn giúp.',
  tooMany: (most: number): string =>
    `Mỗi lần trả lại nêu được ${most} chỉ tiêu; các chỉ tiêu còn lại anh/chị nêu ở lý do chung giúp.`,

  // What the officer sees.
  told: (
    template: Template,
    answers: Answers,
    campaign: Campaign,
    points: readonly ReturnPoint[],
    text: string,
  ): Text =>
    lines(
      [bold('Báo cáo được trả lại để chỉnh sửa'), ` – CCHC ${periodWords(campaign, template)}`],
      text === '' ? undefined : `Lý do: ${text}`,
      `Đầu mối đề nghị xem lại ${points.length} chỉ tiêu:`,
      ...pointLines(template, answers, points),
    ),
  begin: 'Sửa từng chỉ tiêu',
  recap: (open: number, all: number, text: string): string =>
    `Báo cáo được trả lại để chỉnh sửa: ${open === 0 ? `đã trả lời cả ${all} chỉ tiêu` : `còn ${open}/${all} chỉ tiêu cần xem lại`}${text === '' ? '' : `. Lý do chung: ${text}`}`,
  comment: (text: string): Text => [bold('Đầu mối đề nghị xem lại: '), text],
  sentAs: (row: Indicator, answers: Answers): string =>
    `Đã nộp: ${valueIn(answers, row)}. Số đúng thì chọn giữ nguyên; muốn nói rõ vì sao, gõ /ghichu rồi đến lý do.`,
  keep: (row: Indicator, answers: Answers): string => short(`Giữ nguyên: ${valueIn(answers, row)}`, 60),
  stillOpen: (open: number): string => `Còn ${open} chỉ tiêu đầu mối đề nghị xem lại mà chưa trả lời.`,
  goOn: (open: number): string => `Xem lại ${open} chỉ tiêu`,

  // What the coordinator sees of the next version.
  unchanged: (n: number): string => `Giữ nguyên ${n} chỉ tiêu đã đề nghị xem lại:`,
  unchangedLine: (template: Template, answers: Answers, row: Indicator): Text => {
    const note = answers[row.id]?.note;
    return [
      `· ${ownName(template, row, 60)}: ${valueIn(answers, row)}`,
      note ? ` — ghi chú: ${short(note, 100)}` : '',
    ];
  },
  moreUnchanged: (n: number): string => `· và ${n} chỉ tiêu khác`,
};
