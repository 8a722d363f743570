// Fits a table to A4 at full size: which way the page lies, how wide its columns and how high its rows are.
import { cellText } from './cell-text.ts';
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

type Orientation = Page['orientation'];
/** In points: how high a row may get before its letters become smaller, and how small they may become. */
export type Limits = { readonly highest: Readonly<Record<Orientation, number>>; readonly smallest: number };

/** Excel cuts rows that are higher. */
export const IN_EXCEL: Limits = { highest: { portrait: 409, landscape: 409 }, smallest: 6 };
/** What about fits on a page below the header; a row that is still higher goes on on the next page. */
export const ON_PAPER: Limits = { highest: { portrait: 600, landscape: 400 }, smallest: 11 };

/** How many digits fit between the margins: 165 mm upright, 252 mm lying. */
const PAGE_WIDTH = { portrait: 69, landscape: 105 } as const;
/** One digit is 6.5 points wide in LibreOffice and 6.75 in Excel; PADDING is what both leave free in a cell, in points. */
const DIGIT = 6.5;
const PADDING = 4;
/** No word makes a column wider than this, so that a long address in one cell does not squeeze the others. */
const WIDEST_WORD = 16;
/** Height of a line for letters of size 1. */
const LINE = 1.27;
/** How much wider notes become, in proportion to the others, where that keeps the page upright. */
const WIDE_NOTES = 2;

/** The font of a title line. */
export const titleFont = (style: Sheet['title'][number]['style']): Font => ({
  size: style === 'heading' ? 14 : BODY_SIZE,
  bold: style !== 'attached',
});

/**
 * The page for a table: upright, with more room for notes where they need it, or lying where the table says so, or where a long note would not fit even then.
 * Every row gets its height, since not every program fits rows to their words when it opens a file, and none does for merged
 * cells. Heights may exceed the limit where the smallest letters do.
 */
export function pageFor(sheet: Sheet, limits: Limits): Page {
  const upright = (sheet.lying ? [] : [1, WIDE_NOTES]).map((factor) =>
    columnWidths(sheet, 'portrait', factor),
  );
  const fitting = upright.find((widths) =>
    sheet.rows.every(({ cells }) =>
      cells.every((cell, col) => cellHeight(cell, widths[col], BODY_SIZE) <= limits.highest.portrait),
    ),
  );
  const orientation = fitting ? 'portrait' : 'landscape';
  const widths = fitting ?? columnWidths(sheet, 'landscape', WIDE_NOTES);
  const most = { highest: limits.highest[orientation], smallest: limits.smallest };
  return {
    orientation,
    widths,
    title: sheet.title.map(({ text, style }) => heightOf(text, widths, titleFont(style))),
    header: headerHeights(sheet, widths),
    rows: sheet.rows.map(({ cells }) => {
      const sizes = cells.map((cell, col) => sizeOf(cell, widths[col], most));
      const heights = cells.map((cell, col) => cellHeight(cell, widths[col], sizes[col] ?? BODY_SIZE));
      return { height: Math.max(...heights), sizes };
    }),
  };
}

/**
 * Columns fill the page in the form's proportions, notes taken `wider` by a factor, except that a short word, a number or an STT is
 * never broken.
 */
function columnWidths(sheet: Sheet, orientation: Orientation, wider: number): number[] {
  const page = PAGE_WIDTH[orientation];
  const shares = sheet.columns.map(({ key, width }) => (key === 'note' ? width * wider : width));
  const total = shares.reduce((sum, width) => sum + width, 0);
  const least = sheet.columns.map((_, col) => leastWidth(sheet, col));
  const lifted = shares.map((width, col) => Math.max((width / total) * page, least[col] ?? 0));
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
  const numbers = cells.map((cell) => (cell.kind === 'number' ? textWidth(cellText(cell), fontOf(cell)) : 0));
  return Math.max(Math.min(digits(Math.max(0, ...words)), WIDEST_WORD), digits(Math.max(0, ...numbers)) + 1);
}

function wordWidth(cell: SheetCell, whole: boolean): number {
  if (cell.kind !== 'text') return 0;
  return whole ? textWidth(cell.text, fontOf(cell)) : longestWord(cell.text, fontOf(cell));
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

/** The largest letters with which a cell stays below the highest row, or the smallest ones. */
function sizeOf(
  cell: SheetCell,
  width = 1,
  { highest, smallest }: { highest: number; smallest: number },
): number {
  let size = BODY_SIZE;
  while (size > smallest && cellHeight(cell, width, size) > highest) size -= 1;
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
