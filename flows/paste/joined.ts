// Rows of cells that a copy has broken: the parts of a label or a unit joined again, and the column of the labels found.
import { compact, compactUnit, type Labels, wholeLabel } from './labels.ts';
import type { TextLine } from './text-lines.ts';

/** A label or a unit may be printed on this many lines at most. */
const MOST_PARTS = 6;

/** The column in which the most cells are labels of the form, broken ones joined; undefined when there is none. */
export function labelColumn(lines: readonly TextLine[], labels: Labels): number | undefined {
  const most = Math.min(4, Math.max(0, ...lines.map((line) => line.cells.length)));
  const counts = Array.from({ length: most }, (_, column) => {
    const rows = joinedRows(lines, column, labels);
    return rows.filter((row) => row.cells.length > 1 && isWhole(row, column, labels)).length;
  });
  const best = Math.max(0, ...counts);
  return best > 0 ? counts.indexOf(best) : undefined;
}

/** Lines again, a row that was broken inside its label or unit as one. */
export function joinedRows(lines: readonly TextLine[], label: number, labels: Labels): readonly TextLine[] {
  const joined: TextLine[] = [];
  for (let at = 0; at < lines.length; ) {
    const [row, parts] = longest(lines, at, label, labels);
    joined.push(row);
    at += parts;
  }
  return joined;
}

/** The row that begins at a line, with as many of the next lines as make a whole label or unit. */
function longest(lines: readonly TextLine[], at: number, label: number, labels: Labels): [TextLine, number] {
  const first = lines[at] as TextLine;
  let best: [TextLine, number] = [first, 1];
  let row = first;
  for (let parts = 2; parts <= MOST_PARTS && first.text.trim() !== ''; parts++) {
    const next = lines[at + parts - 1];
    if (!next || next.text.trim() === '' || isWhole(next, label, labels)) break;
    row = joinTo(row, next, label);
    const breaks = best[0].cells.length - 1;
    if (
      isWhole(row, label, labels) &&
      (!isWhole(best[0], label, labels) ||
        isLonger(row, best[0], label) ||
        endsInUnit(row, breaks, label, labels))
    )
      best = [row, parts];
  }
  return best;
}

export const isWhole = (row: TextLine, label: number, labels: Labels): boolean =>
  wholeLabel(labels, row.cells[label] ?? '').length > 0;

const isLonger = (row: TextLine, than: TextLine, label: number): boolean =>
  compact(row.cells[label] ?? '') !== compact(than.cells[label] ?? '');

/** The cell that was broken is, joined, the unit of the row. */
function endsInUnit(row: TextLine, column: number, label: number, labels: Labels): boolean {
  const unit = compactUnit(row.cells[column] ?? '');
  return (
    column > label &&
    unit !== '' &&
    wholeLabel(labels, row.cells[label] ?? '').some((each) => compactUnit(each.unit) === unit)
  );
}

/** A row whose last cell goes on in the next line; or, below a full row, words that stand in the label's column alone. */
function joinTo(row: TextLine, next: TextLine, label: number): TextLine {
  const text = `${row.text}\n${next.text}`;
  const alone = next.cells.filter((cell) => cell !== '').length === 1 && (next.cells[label] ?? '') !== '';
  if (alone && row.cells.length > label + 1 && next.cells.length > 1)
    return {
      ...row,
      text,
      cells: row.cells.map((cell, n) => (n === label ? `${cell} ${next.cells[label]}` : cell)),
    };
  const [head = '', ...rest] = next.cells;
  return {
    ...row,
    text,
    cells: [...row.cells.slice(0, -1), `${row.cells.at(-1) ?? ''} ${head}`.trim(), ...rest],
  };
}
