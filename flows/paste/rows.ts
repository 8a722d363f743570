// Rows of a pasted table: what each of them says of its place and its value.
import { ancestors } from '../../src/domain/progress.ts';
import type { Indicator, Template } from '../../src/domain/template.ts';
import { type Columns, columnsOf, type IsValue, isHeader } from './columns.ts';
import { isWhole, joinedRows } from './joined.ts';
import { compactUnit, fitLabel, type Labels, sameLabel, wholeLabel } from './labels.ts';
import { withNumber } from './numbers.ts';
import type { Draft, ValueColumn } from './pasted.ts';
import type { TextLine } from './text-lines.ts';

export type Form = { readonly template: Template; readonly labels: Labels; readonly section: string };

export type ReadRows = { readonly drafts: readonly Draft[]; readonly columns?: readonly ValueColumn[] };

/** What the rows of a block with labels say. `lines`: all lines of the paste; those without cells are left to `plain`. */
export function readRows(
  lines: readonly TextLine[],
  label: number,
  form: Form,
  isValue: IsValue,
  chosen: number | undefined,
  plain: (line: TextLine) => Draft,
): ReadRows {
  const shifted = withFirstCell(joinedRows(lines, label, form.labels), label, form.labels);
  const rows = shifted.filter((row) => row.cells.length > 1);
  const columns = columnsOf(rows, label, form, isValue, chosen);
  const isAsked = columns.value === undefined && columns.values.length > 0;
  const drafts = shifted.map((row) =>
    row.cells.length > 1 || isWhole(row, label, form.labels)
      ? draftOf(row, columns, form, isValue)
      : plain(row),
  );
  return { drafts, ...(isAsked ? { columns: columns.values } : {}) };
}

/** Chats trim a message: the empty cell at its very beginning is put back. */
function withFirstCell(rows: readonly TextLine[], label: number, labels: Labels): readonly TextLine[] {
  const [first, ...others] = rows;
  if (!first || label === 0 || isWhole(first, label, labels) || !isWhole(first, label - 1, labels))
    return rows;
  return [{ ...first, cells: ['', ...first.cells] }, ...others];
}

function draftOf(row: TextLine, columns: Columns, form: Form, isValue: IsValue): Draft {
  const { cells } = row;
  const words = cells[columns.label] ?? '';
  const whole = wholeLabel(form.labels, words);
  const indicators = whole.filter((each) => each.row === 'indicator');
  const base = { n: row.n, text: row.text, typed: '', alike: false, fits: [], elsewhere: [] };
  if (indicators.length === 0 && (isHeader(row) || cells.every((cell) => cell === '')))
    return { ...base, by: 'heading' };
  const value = columns.value === undefined ? '' : (cells[columns.value] ?? '');
  if (indicators.length === 0 && whole.length > 0) return headingOf(row, form, value);
  const own = indicators.filter((each) => each.section === form.section);
  const number = cells.slice(0, columns.label).findLast((cell) => cell !== '') ?? words;
  const mine = withNumber(own, number, form.template, form.section);
  const elsewhere = indicators.filter((each) => each.section !== form.section);
  const part =
    mine.length + elsewhere.length > 0
      ? []
      : fitLabel(form.labels, words, (each) => each.section === form.section).rows;
  const odd = oddity(cells, columns, isValue, mine[0] ?? part[0]);
  const note = notesOf(cells, columns, mine[0]);
  return {
    ...base,
    by: 'row',
    fits: mine.length > 0 ? mine : part,
    alike: sameLabel(mine),
    elsewhere,
    typed: odd?.typed ?? value,
    ...(note !== '' && { note }),
    ...((part.length > 0 || odd) && { doubt: odd?.why ?? 'fragment' }),
    ...(odd?.cells && { cells: odd.cells }),
  };
}

/** A row that carries the heading of a group or a section. */
export function headingOf(row: TextLine, { template, labels, section }: Form, value = ''): Draft {
  const words =
    row.cells
      .map((cell) => wholeLabel(labels, cell).filter((each) => each.row !== 'indicator'))
      .find((found) => found.length > 0) ?? [];
  const mine = words.filter((each) => each.section === section);
  const [only] = mine.length === 1 ? mine : [];
  const above =
    only &&
    template.indicators.find((each) => each.section === only.id || ancestors(template, each).includes(only));
  const others =
    mine.length > 0
      ? []
      : words.flatMap((each) => template.indicators.find((one) => one.section === each.section) ?? []);
  return {
    ...{ n: row.n, text: row.text, fits: [], alike: false, typed: value, by: 'heading' },
    elsewhere: others,
    ...(above && { above }),
  };
}

type Oddity = {
  readonly why: 'whichColumn' | 'oddRow';
  readonly typed: string;
  readonly cells: readonly string[];
};

/** Cells that make the value uncertain: the column is asked, or the figure stands where in the other rows something else does. */
function oddity(
  cells: readonly string[],
  columns: Columns,
  isValue: IsValue,
  indicator: Indicator | undefined,
): Oddity | undefined {
  if (columns.value === undefined) {
    const asked =
      columns.values.length > 0
        ? columns.values.map(({ index }) => cells[index] ?? '')
        : cells.slice(columns.label + 1);
    const filled = asked.filter(
      (cell) => cell !== '' && compactUnit(cell) !== compactUnit(indicator?.unit ?? ''),
    );
    return filled.length > 0 ? { why: 'whichColumn', typed: '', cells: filled } : undefined;
  }
  if ((cells[columns.value] ?? '') !== '' || !indicator) return undefined;
  const strays = cells.filter((cell, n) => n > columns.label && cell !== '' && isValue(cell, indicator));
  return strays.length > 0 ? { why: 'oddRow', typed: '', cells: strays } : undefined;
}

/** The words behind the value, without what the form itself prints there and without figures of other columns. */
function notesOf(cells: readonly string[], columns: Columns, indicator: Indicator | undefined): string {
  const { value, label, unit, figures } = columns;
  const from = Math.max(value ?? (unit ?? label) + 1, label);
  const words = cells.filter((cell, n) => n > from && cell !== '' && !figures.includes(n)).join('; ');
  const printed = indicator?.printedNote ?? '';
  return printed !== '' && words.startsWith(printed)
    ? words.slice(printed.length).replace(/^[\s;]+/, '')
    : words;
}
