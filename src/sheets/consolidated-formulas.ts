// The formulas of the totals, each with the value it computes. Units that gave no figure have no number in their cell.
import type { Consolidated, ConsolidatedRow, Total } from '../domain/consolidate.ts';
import { RATIO_DECIMALS } from '../domain/consolidate.ts';
import type { Indicator } from '../domain/template.ts';
import { CODES, CONSOLIDATED } from '../text/consolidated.ts';
import { type GridCell, text } from './grid.ts';

/** Where the figures of an indicator stand, e.g. "F5:FQ5" or "'II Cải cách thể chế'!F7:FQ7"; undefined without any units. */
export type RangeOf = (indicator: string) => string | undefined;

/** The cell of the total; every term is a real formula, but for what has no total. */
export function totalCell(row: Indicator, { total, tally }: ConsolidatedRow, rangeOf: RangeOf): GridCell {
  const range = rangeOf(row.id);
  if (total.how === 'leftOut' || range === undefined) return text(CONSOLIDATED.none, 'centre');
  switch (total.how) {
    case 'sum': {
      const sum = total.decimals > 0 ? `ROUND(SUM(${range}),${total.decimals})` : `SUM(${range})`;
      // Of nothing there is no sum: not 0.
      const formula = tally.given > 0 ? sum : `IF(COUNT(${range})=0,"",${sum})`;
      return {
        ...{ kind: 'formula', look: 'total', formula, result: total.number ?? '' },
        decimals: total.decimals,
      };
    }
    case 'ratio':
      return {
        ...{ kind: 'formula', look: 'total', formula: ratioFormula(total, rangeOf) },
        ...{ result: total.number ?? '', decimals: RATIO_DECIMALS },
      };
    case 'choice':
      return { kind: 'formula', look: 'words', ...choiceFormula(total, range) };
  }
}

/** How many units have a figure; of texts and dates, which no formula tells from other words, the plain number. */
export function givenCell(row: Indicator, { tally }: ConsolidatedRow, rangeOf: RangeOf): GridCell {
  const range = rangeOf(row.id);
  if (row.type === 'text' || row.type === 'date' || range === undefined)
    return { kind: 'number', number: tally.given, decimals: 0, look: 'figure' };
  return { kind: 'formula', formula: `COUNT(${range})`, result: tally.given, decimals: 0, look: 'figure' };
}

/** Σ part / Σ whole · 100 over the units that have all of both. */
function ratioFormula({ rule }: Extract<Total, { how: 'ratio' }>, rangeOf: RangeOf): string {
  const ranges = (ids: readonly string[]): string[] => ids.flatMap((id) => rangeOf(id) ?? []);
  const all = [...new Set(ranges([...rule.part, ...rule.whole]))];
  const complete = [...all.map((range) => `ISNUMBER(${range})`), ...(all.length === 1 ? ['1'] : [])].join(
    '*',
  );
  const sum = (ids: readonly string[]): string =>
    ranges(ids)
      .map((range) => `SUMPRODUCT(${complete},${range})`)
      .join('+');
  const [part, whole] = [sum(rule.part), sum(rule.whole)];
  return `IF((${whole})=0,"",ROUND((${part})/(${whole})*100,${RATIO_DECIMALS}))`;
}

/** "Có (1): 12 · Không (0): 3". */
function choiceFormula(
  { counts, others }: Extract<Total, { how: 'choice' }>,
  range: string,
): { formula: string; result: string } {
  const counted = (code: number): string => `COUNTIF(${range},${code})`;
  const terms = counts.map(({ choice, units }) => ({
    head: CODES.head(choice.label, choice.code),
    formula: counted(choice.code),
    units,
  }));
  const known = counts.map(({ choice }) => counted(choice.code)).join('-');
  const rest = { head: CODES.others, formula: `(COUNT(${range})-${known})`, units: others };
  const shown = others > 0 ? [...terms, rest] : terms;
  return {
    formula: shown
      .map(({ head, formula }, n) => `${inQuotes(`${n > 0 ? CODES.between : ''}${head}`)}&${formula}`)
      .join('&'),
    result: shown.map(({ head, units }) => `${head}${units}`).join(CODES.between),
  };
}

const inQuotes = (words: string): string => `"${words.replaceAll('"', '""')}"`;

/** What a ConsolidatedRow is when the form has no such indicator: a bug. */
export function rowOf(consolidated: Consolidated, id: string): ConsolidatedRow {
  const row = consolidated.rows.get(id);
  if (!row) throw new Error(`nothing was consolidated for the indicator ${id}`);
  return row;
}
