// Fits a table to A4 at full size: which way the page lies, how wide its columns and how high its rows are.
import type { Sheet, SheetCell } from './layout.ts';
import { type Font, lineCount, longestWord, textWidth } from './measure.ts';

/** Widths are in digits of the body font, as spreadsheets count them; heights in points. */
export type Page = {
  readonly orientation: 'portrait' | 'landscape';
  readonly widths: readonly number[];
  /** Of the lines above the table. */
  readonly title: readonly number[];
  /** Of the header's tiers. */
  readonly header: readonly number[];
  /** Of the rows below it. `sizes`: the letters of each cell, smaller than usual only where a row would get too high. */
  readonly rows: readonly { readonly height: number; readonly sizes: readonly number[] }[];
};

/** Size of everything but the heading, in points. */
export const BODY_SIZE = 13;
const SMALLEST = 6;

/** How many digits fit between the margins: 165 mm upright, 252 mm lying. */
const PAGE_WIDTH = { portrait: 69, landscape: 105 } as const;
/** One digit is 6.5 points wide in LibreOffice and 6.75 in Excel; PADDING is what both leave free in a cell, in points. */
const DIGIT = 6.5;
const PADDING = 4;
/** No word makes a column wider than this, so that a long address in one cell does not squeeze the others. */
const WIDEST_WORD = 16;
/** Height of a line for letters of size 1. */
const LINE = 1.27;
/** Excel cuts rows that are higher. */
const HIGHEST_ROW = 409;

/** The font of a title line. */
export const titleFont = (style: Sheet['title'][number]['style']): Font => ({
  size: style === 'heading' ? 14 : BODY_SIZE,
  bold: style !== 'attached',
});

/**
 * The page for a table: upright, or lying where a long note would not fit otherwise. Every row gets its height, since not every
 * program fits rows to their words when it opens a file, and none does for merged cells.
 */
export function pageFor(sheet: Sheet): Page {
  const upright = columnWidths(sheet, 'portrait');
  const fits = sheet.rows.every(({ cells }) =>
    cells.every((cell, col) => sizeOf(cell, upright[col]) === BODY_SIZE),
  );
  const orientation = fits ? 'portrait' : 'landscape';
  const widths = fits ? upright : columnWidths(sheet, 'landscape');
  return {
    orientation,
    widths,
    title: sheet.title.map(({ text, style }) => heightOf(text, widths, titleFont(style))),
    header: headerHeights(sheet, widths),
    rows: sheet.rows.map(({ cells }) => {
      const sizes = cells.map((cell, col) => sizeOf(cell, widths[col]));
      const heights = cells.map((cell, col) => cellHeight(cell, widths[col], sizes[col] ?? BODY_SIZE));
      return { height: Math.min(Math.max(...heights), HIGHEST_ROW), sizes };
    }),
  };
}

/** Columns fill the page in the form's proportions, except that a short word, a number or an STT is never broken. */
function columnWidths(sheet: Sheet, orientation: Page['orientation']): number[] {
  const page = PAGE_WIDTH[orientation];
  const total = sheet.columns.reduce((sum, { width }) => sum + width, 0);
  const least = sheet.columns.map((_, col) => leastWidth(sheet, col));
  const lifted = sheet.columns.map(({ width }, col) => Math.max((width / total) * page, least[col] ?? 0));
  const excess = lifted.reduce((sum, width) => sum + width, 0) - page;
  const spare = lifted.map((width, col) => width - (least[col] ?? 0));
  const room = spare.reduce((sum, width) => sum + width, 0);
  const share = room > 0 ? Math.min(1, excess / room) : 0;
  return lifted.map((width, col) => Math.round((width - share * (spare[col] ?? 0)) * 100) / 100);
}

function leastWidth(sheet: Sheet, col: number): number {
  const key = sheet.columns[col]?.key;
  const cells = sheet.rows.flatMap((row) => row.cells[col] ?? []);
  const header = sheet.header.filter((cell) => cell.col === col && cell.across === 1);
  const words = [
    ...header.map(({ text }) => longestWord(text, { size: BODY_SIZE, bold: true })),
    ...(key === 'label' || key === 'note' ? [] : cells.map((cell) => wordWidth(cell, key === 'stt'))),
  ];
  // Excel shows #### instead of a number that is wider than its column, less the indent.
  const numbers = cells.map((cell) => (cell.kind === 'number' ? textWidth(shown(cell), fontOf(cell)) : 0));
  return Math.max(Math.min(digits(Math.max(0, ...words)), WIDEST_WORD), digits(Math.max(0, ...numbers)) + 1);
}

function wordWidth(cell: SheetCell, whole: boolean): number {
  if (cell.kind !== 'text') return 0;
  return whole ? textWidth(cell.text, fontOf(cell)) : longestWord(cell.text, fontOf(cell));
}

function shown({ number, decimals }: { number: number; decimals: number }): string {
  return number.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** Cells that span tiers ask for more height in the last one only. */
function headerHeights(sheet: Sheet, widths: readonly number[]): number[] {
  const heights = Array.from({ length: sheet.tiers }, () => 0);
  const shallowFirst = [...sheet.header].sort((a, b) => a.down - b.down);
  for (const { text, row, col, across, down } of shallowFirst) {
    const needed = heightOf(text, widths.slice(col, col + across), { size: BODY_SIZE, bold: true });
    const given = heights.slice(row, row + down).reduce((sum, height) => sum + height, 0);
    const last = row + down - 1;
    heights[last] = (heights[last] ?? 0) + Math.max(0, needed - given);
  }
  return heights;
}

/** The largest letters with which a cell stays below the highest row. */
function sizeOf(cell: SheetCell, width = 1): number {
  let size = BODY_SIZE;
  while (size > SMALLEST && cellHeight(cell, width, size) > HIGHEST_ROW) size -= 1;
  return size;
}

const cellHeight = (cell: SheetCell, width = 1, size: number): number =>
  heightOf(cell.kind === 'text' ? cell.text : '', [width], { size, bold: cell.bold });

/** The height of a text in a cell that covers these columns. */
function heightOf(text: string, widths: readonly number[], font: Font): number {
  const room = widths.reduce((sum, width) => sum + width * DIGIT, -PADDING);
  return Math.ceil(lineCount(text, Math.max(room, 1), font) * font.size * LINE) + 2;
}

const fontOf = (cell: SheetCell): Font => ({ size: BODY_SIZE, bold: cell.bold });
const digits = (points: number): number => (points === 0 ? 0 : (points + PADDING) / DIGIT);
