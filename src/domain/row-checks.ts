// Checks that every row has without a rule in the template: what an answer itself, or its change since last time, gives away.

import type { RowFinding } from './finding.ts';
import type { Answers } from './given.ts';
import { type Answer, figure } from './report.ts';
import type { Indicator, Template } from './template.ts';

/** `only`: just these rows. `previous`: answers of the last period of the same kind. */
type RowOptions = { readonly only?: readonly string[]; readonly previous?: Answers };

/** More than this many times the previous figure, or less than its share, is a jump. */
const JUMP = 3;
/** From 0 to this many, or back, is a jump too. */
const FROM_ZERO = 10;

/** What is odd about single rows, in printed order. Rows without an answer give nothing. */
export function checkRows(template: Template, answers: Answers, options: RowOptions = {}): RowFinding[] {
  const { only, previous } = options;
  return rowsAmong(template, only).flatMap((row) => {
    const answer = answers[row.id];
    if (!answer) return [];
    const before = hasChangeRule(template, row) ? undefined : figure(previous?.[row.id]);
    return [...checkAnswer(row, answer), ...checkJump(row, figure(answer), before)];
  });
}

/** These rows in printed order; every answer asks for a single one. */
function rowsAmong(
  { indicators, byId }: Template,
  only: readonly string[] | undefined,
): readonly Indicator[] {
  if (!only) return indicators;
  const [first = ''] = only;
  if (only.length > 1) return indicators.filter(({ id }) => only.includes(id));
  const row = byId.get(first);
  return row?.row === 'indicator' ? [row] : [];
}

function checkAnswer(row: Indicator, answer: Answer): RowFinding[] {
  const value = answer.value;
  const note = answer.note?.trim() ?? '';
  switch (value?.is) {
    case 'blank':
      if (note !== '' && note !== row.printedNote) return [{ ...soft(row, 'noteInsteadOfValue'), note }];
      return row.type === 'choice' ? [soft(row, 'choiceBlank')] : [];
    case 'verbatim':
      return row.type === 'text' || row.type === 'date'
        ? []
        : [{ ...soft(row, 'verbatimInFigure'), text: value.text }];
    case 'pending':
      return [{ ...soft(row, 'pending'), severity: 'hard' }];
    case 'number':
      return row.type === 'percent' ? checkPercent(row, value.number) : [];
    default:
      return [];
  }
}

function checkPercent(row: Indicator, number: number): RowFinding[] {
  if (number < 0 || (number > 100 && !row.mayExceed100))
    return [{ ...soft(row, 'outOfRange'), severity: 'hard', number }];
  return number > 0 && number < 1 ? [{ ...soft(row, 'tinyPercent'), number }] : [];
}

function checkJump(row: Indicator, number: number | undefined, previous: number | undefined): RowFinding[] {
  if (row.type !== 'count' || number === undefined || previous === undefined) return [];
  const [low, high] = number < previous ? [number, previous] : [previous, number];
  const jumped = low === 0 ? high >= FROM_ZERO : high > low * JUMP;
  return jumped ? [{ ...soft(row, 'jump'), number, previous }] : [];
}

/** The author's own limit replaces the usual one. */
const hasChangeRule = (template: Template, row: Indicator): boolean =>
  (template.rulesOf.get(row.id) ?? []).some((rule) => rule.kind === 'change' && rule.value === row.id);

const soft = <K extends RowFinding['kind']>(row: Indicator, kind: K) => ({
  id: `${kind}:${row.id}`,
  kind,
  severity: 'soft' as const,
  rows: [row.id],
});
