// Which column of a pasted table holds what, judged over the whole block by the form's own labels and units.
import type { Indicator, Template } from '../../src/domain/template.ts';
import { fold } from '../../src/domain/words.ts';
import { compact, compactUnit, type Labels, wholeLabel } from './labels.ts';
import type { ValueColumn } from './pasted.ts';
import type { TextLine } from './text-lines.ts';

/** Columns by their place from 0. `value` is missing where it must be asked; `values` are then those that may hold it. */
export type Columns = {
  readonly label: number;
  readonly unit?: number;
  readonly value?: number;
  readonly values: readonly ValueColumn[];
  /** All that hold figures. */
  readonly figures: readonly number[];
};

/** True when a cell reads as a value of the indicator and not as words about it. */
export type IsValue = (cell: string, indicator: Indicator) => boolean;

/** Columns with the number of cells that fit, most first, the leftmost of equals first. */
function ranked(rows: readonly TextLine[], fits: (cell: string, row: TextLine) => boolean) {
  const counts = new Map<number, number>();
  for (const row of rows)
    for (const [column, cell] of row.cells.entries())
      if (cell !== '' && fits(cell, row)) counts.set(column, (counts.get(column) ?? 0) + 1);
  return [...counts]
    .map(([column, count]) => ({ column, count }))
    .sort((a, b) => b.count - a.count || a.column - b.column);
}

type Named = readonly { readonly row: TextLine; readonly indicator: Indicator }[];

/** The columns of a block with labels. `chosen`: the column of the figures, once the officer has said it. */
export function columnsOf(
  rows: readonly TextLine[],
  label: number,
  form: { readonly template: Template; readonly labels: Labels; readonly section: string },
  isValue: IsValue,
  chosen: number | undefined,
): Columns {
  const named = namedRows(rows, label, form);
  const of = new Map(named.map(({ row, indicator }) => [row, indicator]));
  const data = named.map(({ row }) => row);
  const unit = ranked(data, (cell, row) => isUnitOf(cell, of.get(row))).find(
    ({ column }) => column !== label,
  )?.column;
  const all = figureColumns(data, of, isValue).filter((column) => column !== label && column !== unit);
  const behind = all.filter((column) => column > label);
  const figures = behind.length > 0 ? behind : all;
  const found = { label, figures, ...(unit === undefined ? {} : { unit }) };
  if (chosen !== undefined) return { ...found, value: chosen, values: [] };
  const columns = form.template.tables.find(({ id }) => id === named[0]?.indicator.table)?.columns ?? [];
  const place = (key: string): number => columns.findIndex((column) => column.key === key);
  const usual =
    unit === undefined
      ? placeWithoutUnit(rows, label, place('value') - place('label'))
      : unit + place('value') - place('unit');
  const [only, ...more] = figures;
  if (only === undefined) return { ...found, ...(unit === undefined ? {} : { value: usual }), values: [] };
  const isSure =
    more.length === 0 &&
    only === usual &&
    width(rows, label) < columns.length - place('label') &&
    !EARLIER.test(headerOf(rows, only));
  const values = figures.map((index) => described(rows, data, index));
  return isSure ? { ...found, value: only, values: [] } : { ...found, values };
}

/** The rows that carry the label of an indicator, of this section where several have it. */
function namedRows(
  rows: readonly TextLine[],
  label: number,
  form: { labels: Labels; section: string },
): Named {
  return rows.flatMap((row) => {
    const found = wholeLabel(form.labels, row.cells[label] ?? '').filter((each) => each.row === 'indicator');
    const indicator = found.find((each) => each.section === form.section) ?? found[0];
    return indicator ? [{ row, indicator }] : [];
  });
}

function isUnitOf(cell: string, indicator: Indicator | undefined): boolean {
  const own = compactUnit(indicator?.unit ?? '');
  return own !== '' && compactUnit(cell) === own;
}

/** Headings of figures that are not those of this period. */
const EARLIER = /(?:ky|quy|qui|nam|thang) truoc|cung ky|luy ke|ke hoach|so sanh|chi tieu giao/;

/** Without units: right behind the label, or behind a column that is empty throughout. */
function placeWithoutUnit(rows: readonly TextLine[], label: number, right: number): number {
  const isEmpty = rows.every((row) => isHeader(row) || (row.cells[label + 1] ?? '') === '');
  return isEmpty ? label + right : label + 1;
}

/** How many columns stand to the right of the labels, empty ones at the end left out. */
const width = (rows: readonly TextLine[], label: number): number =>
  Math.max(0, ...rows.map((row) => row.cells.findLastIndex((cell) => cell !== '') - label));

/** Columns in which at least half of the filled cells are values, and one is a figure or a code of its row. */
function figureColumns(
  rows: readonly TextLine[],
  of: ReadonlyMap<TextLine, Indicator>,
  isValue: IsValue,
): number[] {
  const most = Math.max(0, ...rows.map((row) => row.cells.length));
  return Array.from({ length: most }, (_, column) => column).filter((column) => {
    const cells = rows.flatMap((row) => {
      const [cell, indicator] = [row.cells[column] ?? '', of.get(row)];
      return cell === '' || !indicator || isNumbering(column, row, indicator)
        ? []
        : [isValue(cell, indicator)];
    });
    const values = cells.filter(Boolean).length;
    return values > 0 && values * 2 >= cells.length;
  });
}

/** "1", "1.2.3." in front of the label is the row's printed number, or a count of the rows. */
const isNumbering = (column: number, row: TextLine, indicator: Indicator): boolean =>
  column === 0 && (row.cells[0] ?? '').replace(/\.$/, '') === indicator.stt.replace(/\.$/, '');

function described(rows: readonly TextLine[], data: readonly TextLine[], index: number): ValueColumn {
  const samples = data.flatMap((row) => row.cells[index] || []).slice(0, 3);
  return { index, header: headerOf(rows, index), samples };
}

const headerOf = (rows: readonly TextLine[], column: number): string =>
  fold(rows.flatMap((row) => (isHeader(row) ? (row.cells[column] ?? '') : [])).join(' '));

const HEADINGS = new Set(
  [
    ...['STT', 'TT', 'Thứ tự', 'Số thứ tự', 'Chỉ tiêu', 'Tên chỉ tiêu', 'Chỉ tiêu thống kê', 'Nội dung'],
    ...[
      'Đơn vị tính',
      'ĐVT',
      'Đơn vị',
      'Kết quả',
      'Kết quả thống kê',
      'Số liệu',
      'Số lượng/tỷ lệ',
      'Ghi chú',
    ],
    ...['Kỳ này', 'Kỳ trước', 'Kỳ báo cáo', 'Năm trước', 'Quý trước', 'Cùng kỳ', 'Số lượng', 'Tỷ lệ'],
  ].map(compact),
);

/** A row of column headings: at least one of its words is one, and there is no figure in it. */
export function isHeader({ cells }: TextLine): boolean {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length >= 3 && filled.every((cell) => /^\(?(?:\d{1,2}|[a-z])\)?$/i.test(cell)))
    return isCounted(filled);
  const known = filled.filter((cell) => HEADINGS.has(compact(cell.replace(/\(.*\)/s, ''))));
  return known.length > 0 && known.length * 2 >= filled.length && !filled.some((cell) => /^\d/.test(cell));
}

/** "(1) (2) (3)", "A B 1 2": columns numbered one after the other. */
const isCounted = (cells: readonly string[]): boolean => {
  const marks = cells.map((cell) => cell.replace(/[()]/g, ''));
  const numbers = marks.filter((mark) => /^\d/.test(mark)).map(Number);
  return numbers.every((each, at) => each === at + (numbers[0] ?? 1)) && numbers[0] === 1;
};
