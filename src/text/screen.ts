// Words of several indicators on one screen: the list with its hint, and what was not taken of several values typed at once.
import type { Text } from '../domain/conversation.ts';
import type { Answer, Value } from '../domain/report.ts';
import type { Choice, Indicator } from '../domain/template.ts';
import { parseChoices } from '../indicators/choice.ts';
import { formatValue } from '../indicators/index.ts';
import { bold, lines, plainLabel, short, valueWords } from './common.ts';

/** A row of a screen: what stands there, and what stood there last period. */
export type ScreenRow = {
  readonly indicator: Indicator;
  readonly answer?: Answer;
  readonly previous?: Value;
  readonly isCurrent: boolean;
};

/** Without its printed number, beside which the number of the line would mislead. */
const name = ({ label }: Indicator): string => short(label, 140);
const codeWords = (choices: readonly Choice[]): string =>
  choices.map(({ code, label }) => `${code} – ${label}`).join(', ');
const codeSet = ({ choices }: Indicator): string =>
  [...choices]
    .map(({ code, label }) => `${code}=${label}`)
    .sort()
    .join();

/** Under a row: its codes where other rows have others, its unit, its hint where others have another, and what stood there last period; [] for nothing. */
function aside({ indicator, previous, answer }: ScreenRow, hint: string, codes?: string): string[] {
  const { unit } = indicator;
  const parts = [
    ...(codes === undefined ? [] : [codes]),
    ...(unit !== '' && parseChoices(unit).length === 0 ? [unit] : []),
    ...(previous ? [`kỳ trước: ${formatValue(previous, indicator)}`] : []),
    ...(hint === '' ? [] : [`lưu ý: ${short(hint, 120)}`]),
    ...(answer?.note ? [`ghi chú: ${short(answer.note, 80)}`] : []),
  ];
  return parts.length === 0 ? [] : [`   ${parts.join('; ')}`];
}

/** Rows with two codes each; what is chosen has a tick, the one that a single word answers is bold. */
export function choicesScreen(head: Text, rows: readonly ScreenRow[]): Text {
  const indicators = rows.map(({ indicator }) => indicator);
  const isAlike = new Set(indicators.map(codeSet)).size === 1;
  const hints = new Set(indicators.map(({ hint }) => hint));
  const shared = hints.size === 1 ? (indicators[0]?.hint ?? '') : '';
  const shown = rows.flatMap((row, n): (Text | string)[] => {
    const { indicator, answer, isCurrent } = row;
    const under = aside(
      row,
      shared ? '' : indicator.hint,
      isAlike ? undefined : codeWords(indicator.choices),
    );
    if (isCurrent) return [[`${n + 1}. `, bold(name(indicator))], ...under];
    const value = answer?.value && `: ${valueWords(answer.value, indicator)}`;
    return [`${value ? '✓ ' : ''}${n + 1}. ${name(indicator)}${value ?? ''}`, ...(value ? [] : under)];
  });
  const open = rows.filter(({ answer, isCurrent }) => isCurrent || !answer?.value);
  const current = rows.findIndex(({ isCurrent }) => isCurrent) + 1;
  const sample = open.map(({ indicator }, n) => indicator.choices[n % 2 === 1 ? 1 : 0]?.code).join(' ');
  return lines(
    head,
    ...shown,
    '',
    shared ? `Lưu ý: ${short(shared, 120)}` : undefined,
    isAlike ? `Mã: ${codeWords(indicators[0]?.choices ?? [])}.` : undefined,
    open.length > 1
      ? `Chọn cho từng dòng, hoặc gõ ${open.length} mã theo thứ tự các dòng chưa chọn, ví dụ: ${sample}`
      : undefined,
    `Gõ một mã hay tên (ghi chú sau dấu ;), hoặc các lựa chọn chung bên dưới, là cho dòng ${current}.`,
  );
}

/** Under the question for the first of several counts: all of them, and how they are answered at once. */
export const countsScreen = (question: Text, rows: readonly ScreenRow[]): Text =>
  lines(
    question,
    '',
    [
      bold(
        `Có thể trả lời cả nhóm một lần: gõ ${rows.length} số theo thứ tự, cách nhau bằng dấu cách; gõ một số là cho dòng 1.`,
      ),
    ],
    ...rows.flatMap((row, n) => {
      const { indicator, answer, previous } = row;
      const stands = answer?.value ? `: ${valueWords(answer.value, indicator)}` : '';
      const before = previous ? ` (kỳ trước: ${formatValue(previous, indicator)})` : '';
      return [`${n + 1}. ${name(indicator)}${stands}${before}`];
    }),
  );

const said = (typed: string): string => `“${short(typed, 80)}”`;
const listOf = (rows: readonly Indicator[], values: readonly Value[]): Text[] =>
  rows.map((row, n) => {
    const value = values[n];
    return [`${n + 1}. ${short(plainLabel(row), 90)}: `, bold(value ? valueWords(value, row) : '')];
  });

export const SCREEN = {
  choice: (n: number, label: string): string => `${n}. ${short(label, 18)}`,
  miscounted: (typed: string, count: number, rows: number): string =>
    `${said(typed)} có ${count} giá trị, còn ${rows} dòng đang chờ, nên chưa ghi gì. Anh/chị gõ lại đủ ${rows} giá trị theo thứ tự, hoặc chỉ một giá trị cho dòng chờ đầu tiên.`,
  /** Several values, or one: what each would mean. */
  which: (typed: string, rows: readonly Indicator[], values: readonly Value[], hasOne: boolean): Text =>
    lines(
      `${said(typed)} ${hasOne ? 'có thể là một giá trị, cũng có thể là' : 'được hiểu là'} ${values.length} giá trị nên chưa ghi gì. Nếu là ${values.length} giá trị:`,
      ...listOf(rows, values),
      'Anh/chị chọn giúp, hoặc nhập lại:',
    ),
  storeOne: (row: Indicator, value: Value): string =>
    short(`Chỉ ${valueWords(value, row)} cho ${plainLabel(row)}`, 58),
  storeAll: (rows: readonly Indicator[], values: readonly Value[]): string =>
    short(
      `Ghi ${values.length} dòng: ${values.map((value, n) => (rows[n] ? formatValue(value, rows[n]) : '')).join(' | ')}`,
      60,
    ),
  unsure: (typed: string): string =>
    `Trong ${said(typed)} có dòng chưa chắc chắn hoặc đã có số liệu, nên chưa ghi gì:`,
  edited: (count: number): string =>
    `Tin vừa sửa đã trả lời ${count} chỉ tiêu một lần nên không tự đổi số liệu nào. Muốn sửa, gõ /sua rồi đến tên chỉ tiêu, hoặc /hoantac để lấy lại cả ${count} chỉ tiêu nếu vừa nhập.`,
};
