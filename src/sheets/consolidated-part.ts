// One section of the form as a worksheet: its rows, their totals, and a column for every unit that takes part.
import { isOfKind } from '../domain/consolidate.ts';
import type { Answers } from '../domain/given.ts';
import type { Unit } from '../domain/people.ts';
import { partName } from '../domain/progress.ts';
import type { Value } from '../domain/report.ts';
import type { Indicator, Row } from '../domain/template.ts';
import { formatValue, toCell } from '../indicators/index.ts';
import { periodWords } from '../text/common.ts';
import { howWords, CONSOLIDATED as SAY } from '../text/consolidated.ts';
import { givenCell, rowOf, totalCell } from './consolidated-formulas.ts';
import { type Part, ROWS_ABOVE, type Work } from './consolidated-work.ts';
import { columnName, empty, type Grid, type GridCell, type Look, number, text } from './grid.ts';
import { lineWidth, rowHeight } from './grid-size.ts';
import { codeLines } from './unit-codes.ts';
import { quoted } from './xlsx-parts.ts';

/** Number, label, unit, total and count stand before the units. */
const FIRST_UNIT = 5;
const KEPT_COLUMNS = 4;
const WIDTHS = { stt: 7, label: 44, unit: 14, total: 24, given: 12, how: 60 };
/** Names of more units than this stand upright, in narrow columns. */
const MOST_LEVEL = 10;
const LEVEL_WIDTH = 16;
const NARROWEST = 9;
/** In points: how long the lines of a turned name may be. */
const TURNED = { least: 100, most: 240, lines: 1.6 };
const SPARE = 24;
/** Height in points of a row in which a unit's cell says "không áp dụng" on two lines. */
const LEAST = 27;

/** A unit's column: its answers if it has sent. */
type Column = { readonly unit: Unit; readonly answers: Answers | undefined };

export function partGrid(work: Work, { part, rows, name }: Part): Grid {
  const { template } = work.input;
  const columns = columnsOf(work);
  const body = rows.map((row) => cellsOf(work, row, columns, name));
  const widths = widthsOf(columns, body);
  const fixed = (cells: readonly GridCell[]): GridCell[] =>
    cells.map((cell, col) => (col < FIRST_UNIT || col === widths.length - 1 ? cell : empty(cell.look)));
  const title = SAY.part(partName(template, part), periodWords(work.input.campaign, template));
  return {
    name,
    widths,
    rows: [
      { height: 22, cells: [text(title, 'title')] },
      { height: 18, cells: [text(work.state, work.consolidated.provisional ? 'alert' : 'line')] },
      header(work, columns, widths),
      ...body.map((cells) => ({ height: Math.max(LEAST, rowHeight(fixed(cells), widths)), cells })),
    ],
    frozen: { rows: ROWS_ABOVE, columns: KEPT_COLUMNS },
  };
}

function columnsOf({ entries, consolidated }: Work): Column[] {
  const sent = new Map(consolidated.sent.map(({ unit, answers }) => [unit.id, answers]));
  return entries.map(({ unit }) => ({ unit, answers: sent.get(unit.id) }));
}

const isTurned = (columns: readonly Column[]): boolean => columns.length > MOST_LEVEL;
const headOf = ({ unit, answers }: Column): string => (answers ? unit.name : SAY.notSent(unit));

function header({ consolidated }: Work, columns: readonly Column[], widths: readonly number[]) {
  const turned = isTurned(columns);
  const looks: Record<'sent' | 'away', Look> = turned
    ? { sent: 'headTurned', away: 'headQuietTurned' }
    : { sent: 'head', away: 'headQuiet' };
  const { stt, label, unit, total, given, how } = SAY.heads;
  const before = [stt, label, unit, total, given(consolidated.sent.length)];
  const cells = [
    ...before.map((words) => text(words, 'head')),
    ...columns.map((column) => text(headOf(column), column.answers ? looks.sent : looks.away)),
    text(how, 'head'),
  ];
  const longest = Math.max(0, ...columns.map((column) => lineWidth(headOf(column))));
  const upright = Math.min(TURNED.most, Math.max(TURNED.least, longest / TURNED.lines + SPARE));
  return { height: turned ? upright : rowHeight(cells, widths), cells };
}

function widthsOf(columns: readonly Column[], body: readonly (readonly GridCell[])[]): number[] {
  const figures = body.flat().map((cell) => (cell.kind === 'number' ? shownLength(cell) : 0));
  const least = isTurned(columns) ? NARROWEST : LEVEL_WIDTH;
  const widest = figures.reduce((most, each) => Math.max(most, each), least);
  const { stt, label, unit, total, given, how } = WIDTHS;
  return [stt, label, unit, total, given, ...columns.map(() => widest), how];
}

/** Excel shows #### instead of a number wider than its column. */
const shownLength = ({ number: figure, decimals }: { number: number; decimals: number }): number =>
  Math.ceil(figure.toFixed(decimals).length * (4 / 3)) + 3;

function cellsOf(work: Work, row: Row, columns: readonly Column[], sheet: string): GridCell[] {
  const { template } = work.input;
  if (row.row !== 'indicator') {
    const heads = [text(row.stt, `${row.row}Number`), text(row.label, row.row), text(row.unit, row.row)];
    const rest = Array.from({ length: columns.length + 3 }, () => empty(row.row));
    return [...heads, ...rest];
  }
  const found = rowOf(work.consolidated, row.id);
  const rangeOf = (id: string): string | undefined => rangeIn(work, id, sheet);
  return [
    text(row.stt, 'centre'),
    text(row.label, 'text'),
    text(row.type === 'choice' ? codeLines(row.unit) : row.unit, 'text'),
    totalCell(row, found, rangeOf),
    givenCell(row, found, rangeOf),
    ...columns.map(({ answers }) => (answers ? unitCell(answers[row.id]?.value, row) : empty('away'))),
    text(howWords(template, found.total, found.tally), 'quiet'),
  ];
}

/** The figures of an indicator, seen from a worksheet. */
function rangeIn({ places, entries }: Work, id: string, sheet: string): string | undefined {
  const place = places.get(id);
  if (!place || entries.length === 0) return undefined;
  const last = columnName(FIRST_UNIT + entries.length - 1);
  const range = `${columnName(FIRST_UNIT)}${place.row}:${last}${place.row}`;
  return place.sheet === sheet ? range : `${quoted(place.sheet)}!${range}`;
}

function unitCell(value: Value | undefined, row: Indicator): GridCell {
  if (value === undefined) return text(SAY.cell.missing, 'quiet');
  if (value.is === 'blank') return empty('figure');
  if (value.is === 'notApplicable' || value.is === 'pending') return text(SAY.cell[value.is], 'quiet');
  if (!isOfKind(value, row)) return text(SAY.quoted(formatValue(value, row)), 'quiet');
  const cell = toCell(value, row);
  // A percentage keeps all its decimals here, where nothing is printed on a form.
  if (value.is === 'number') return number(value.number, value.decimals);
  return cell && 'number' in cell ? number(cell.number) : text(cell?.text ?? '', 'text');
}
