// Breaks the words of a table into lines, so that the height of every row is known, and shares the rows among pages. Pure.
import { cellText } from './cell-text.ts';
import type { Sheet, SheetCell } from './layout.ts';
import { BODY_SIZE, type Page, titleFont } from './page.ts';
import type { Letters } from './pdf-font.ts';
import { linesOf, printable, widthOf } from './pdf-text.ts';
import { evenLines, periodsWhole } from './title-lines.ts';

/** The faces of the one font family. */
export type Faces = Readonly<Record<'normal' | 'bold' | 'italics', Letters>>;

/** A text broken into lines. */
export type Block = {
  readonly lines: readonly string[];
  readonly size: number;
  readonly face: keyof Faces;
  readonly align: SheetCell['align'];
};

/** Heights are those of the inside, in points. */
export type PrintedRow = { readonly height: number; readonly blocks: readonly Block[] };
type MeasuredRow = PrintedRow & { readonly kind: Sheet['rows'][number]['kind'] };
export type HeaderBlock = Sheet['header'][number] & { readonly block: Block; readonly height: number };

/** Lines as far apart as in word processors; the font's own are 1.1074 of the letters' size. */
export const SPACING = 1.04;
const LINE = 1.1075 * SPACING;
/** The width of the borders in points. */
export const RULE = 0.5;
export const PADDING = { side: 3, top: 2, bottom: 3 };
/** No word makes a column wider than this, in points, so that a long one does not squeeze the others. */
const WIDEST_WORD = 104;
/** So that a word still fits after widths were added up and shared out. */
const ROUNDING = 0.01;
/** What a figure keeps free to its right, not to run into the note beside it. */
export const INDENT = 4;

/** What a row takes on the page besides its inside, and what a column does. */
export const FRAME = { height: PADDING.top + PADDING.bottom + RULE, width: 2 * PADDING.side + RULE };

export const heightOf = ({ lines, size }: Block): number => lines.length * size * LINE;

/**
 * The widths of the columns' insides; with borders the columns fill `width` points in the proportions of the page, except that
 * those too narrow for a word of the header, a unit or a figure in these letters get a little from the others.
 */
export function columnWidths(sheet: Sheet, page: Page, width: number, faces: Faces): number[] {
  const total = page.widths.reduce((sum, share) => sum + share, 0);
  const least = sheet.columns.map((_, col) => leastWidth(sheet, col, faces));
  const own = page.widths.map((share) => Math.max(((width - RULE) * share) / total - FRAME.width, 1));
  const lifted = own.map((each, col) => Math.max(each, least[col] ?? 0));
  const spare = lifted.map((each, col) => each - (least[col] ?? 0));
  const excess = sumOf(lifted) - sumOf(own);
  const share = Math.min(1, excess / Math.max(sumOf(spare), 1));
  const widths = lifted.map((each, col) => each - share * (spare[col] ?? 0));
  const inside = width - RULE - widths.length * FRAME.width;
  return widths.map((each) => (each * inside) / sumOf(widths));
}

function leastWidth(sheet: Sheet, col: number, faces: Faces): number {
  const key = sheet.columns[col]?.key;
  const header = sheet.header.filter((cell) => cell.col === col && cell.across === 1);
  const cells = key === 'label' || key === 'note' ? [] : sheet.rows.flatMap((row) => row.cells[col] ?? []);
  const words = [
    ...header.map(({ text }) => longestWord(text, faces.bold)),
    ...cells.map(
      (cell) =>
        longestWord(cellText(cell), cell.bold ? faces.bold : faces.normal) +
        (cell.align === 'right' ? INDENT : 0),
    ),
  ];
  return Math.min(Math.max(0, ...words) + ROUNDING, WIDEST_WORD);
}

const longestWord = (text: string, letters: Letters): number =>
  text.split(/\s+/).reduce((most, word) => Math.max(most, widthOf(word, BODY_SIZE, letters)), 0);

const sumOf = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width, 0);

export function titleBlocks(sheet: Sheet, room: number, faces: Faces): Block[] {
  return sheet.title.map(({ text, style }) => {
    const { size, bold } = titleFont(style);
    const font = { size, face: bold ? 'bold' : 'italics', align: 'center' } as const;
    const broken = (part: string, width: number) => blockOf(part, { ...font, room: width }, faces).lines;
    return { ...font, lines: evenLines(periodsWhole(text), room, (part, width) => [...broken(part, width)]) };
  });
}

/** The header's cells and the heights of its tiers; cells that span tiers ask for more height in the last one only. */
export function headerBlocks(
  sheet: Sheet,
  widths: readonly number[],
  faces: Faces,
): { cells: HeaderBlock[]; tiers: number[] } {
  const cells = sheet.header.map((cell) => {
    const covered = widths.slice(cell.col, cell.col + cell.across);
    const room = covered.reduce((sum, width) => sum + width + FRAME.width, -FRAME.width);
    const font = { size: BODY_SIZE, face: 'bold', align: 'center' } as const;
    return { ...cell, block: blockOf(cell.text, { ...font, room }, faces) };
  });
  const tops = [0];
  for (let tier = 0; tier < sheet.tiers; tier++) {
    const ending = cells.filter(({ row, down }) => row + down === tier + 1);
    const bottoms = ending.map(({ row, block }) => (tops[row] ?? 0) + heightOf(block) + FRAME.height);
    tops.push(Math.max((tops[tier] ?? 0) + FRAME.height, ...bottoms));
  }
  const between = (from: number, to: number) => (tops[to] ?? 0) - (tops[from] ?? 0) - FRAME.height;
  return {
    cells: cells.map((cell) => ({ ...cell, height: between(cell.row, cell.row + cell.down) })),
    tiers: tops.slice(1).map((_, tier) => between(tier, tier + 1)),
  };
}

/** The rows below the header, each as high as its highest cell. */
export function bodyRows(
  sheet: Sheet,
  page: Page,
  { widths, faces }: { widths: readonly number[]; faces: Faces },
): MeasuredRow[] {
  return sheet.rows.map(({ kind, cells }, n) => {
    const blocks = cells.map((cell, col) => {
      const width = (widths[col] ?? 0) - (cell.align === 'right' ? INDENT : 0);
      const font = {
        size: page.rows[n]?.sizes[col] ?? BODY_SIZE,
        face: cell.bold ? 'bold' : 'normal',
      } as const;
      return blockOf(cellText(cell), { ...font, room: width, align: cell.align }, faces);
    });
    return { kind, ...rowOf(blocks) };
  });
}

const rowOf = (blocks: readonly Block[]): PrintedRow => ({
  blocks,
  height: Math.max(...blocks.map(heightOf)),
});

/** What fits of a row in so many points, at least one line, and the rest. */
function cut({ blocks }: PrintedRow, room: number): [part: PrintedRow, rest: PrintedRow] {
  const most = blocks.map(({ size }) => Math.max(1, Math.floor(room / (size * LINE))));
  const part = blocks.map((block, n) => ({ ...block, lines: block.lines.slice(0, most[n]) }));
  const rest = blocks.map((block, n) => ({ ...block, lines: block.lines.slice(most[n]) }));
  return [rowOf(part), rowOf(rest)];
}

/** How much of a page must be left for a row that is longer than one to begin there. */
const ENOUGH = 1 / 3;

/**
 * The rows of every page. `first` is the room on the first page, which may stay without rows, and `room` on the others. A section
 * or group is never the last row of a page, away from the rows below it. Only a row that is longer than a page is broken.
 */
export function pagesOf(rows: readonly MeasuredRow[], first: number, room: number): PrintedRow[][] {
  const pages: PrintedRow[][] = [[]];
  let left = first;
  const outside = ({ height }: PrintedRow): number => height + FRAME.height;
  const least = (row: PrintedRow): number => (outside(row) > room ? room * ENOUGH : outside(row));
  const turn = () => {
    pages.push([]);
    left = room;
  };
  const take = (row: PrintedRow) => {
    pages.at(-1)?.push(row);
    left -= outside(row);
  };
  rows.forEach((row, n) => {
    const together = rows.slice(n, n + 1 + rows.slice(n).findIndex(({ kind }) => kind === 'indicator'));
    const wanted = together.reduce((sum, each) => sum + least(each), 0);
    if (left !== room && left < (wanted > room ? least(row) : Math.max(wanted, least(row)))) turn();
    let rest: PrintedRow = row;
    while (outside(rest) > left) {
      const [part, next] = cut(rest, left - FRAME.height);
      take(part);
      turn();
      rest = next;
    }
    take(rest);
  });
  return pages;
}

function blockOf(
  text: string,
  { room, ...font }: Omit<Block, 'lines'> & { readonly room: number },
  faces: Faces,
): Block {
  const letters = faces[font.face];
  return { ...font, lines: linesOf(printable(text, letters), { room, size: font.size, letters }) };
}
