// Writes tables as an Excel workbook ready to print on A4.
import { type Cell, type CellStyle, writeXlsx as encode, type MergeRange, type WriteSheet } from 'hucre/xlsx';
import type { Sheet, SheetCell } from './layout.ts';
import { BODY_SIZE, IN_EXCEL, type Page, pageFor, titleFont } from './page.ts';
import { BORDER, FONT, numberFormat, quoted, textCell, worksheetNames } from './xlsx-parts.ts';

const inches = (millimetres: number): number => millimetres / 25.4;
const MARGINS = {
  ...{ top: inches(20), bottom: inches(20), left: inches(30), right: inches(15) },
  ...{ header: inches(10), footer: inches(10) },
};
/**
 * In the middle of the top margin but not on the first page, as Nghị định 30/2020 asks. The library cannot say where numbers begin:
 * Excel counts every sheet from 1 where it is printed alone, and on from the sheet before where all are printed at once.
 */
const PAGE_NUMBER = {
  oddHeader: `&C&"${FONT},Regular"&${BODY_SIZE}&P`,
  differentFirst: true,
};
/**
 * The names of the rows stand in a hidden column behind the last one, so that they go wherever a row is moved, sorted or copied to.
 * Small and grey for programs that show hidden columns.
 */
const KEY = { name: FONT, size: 6, color: { rgb: 'A6A6A6' } };
/** Height in points of the empty row between title and table. */
const GAP = 8;

/**
 * The bytes of an .xlsx file with one worksheet for every table. The same tables and `created` always give the same bytes.
 * Rejects when the library refuses a table.
 */
export function writeXlsx(
  sheets: readonly Sheet[],
  options: { readonly created: Date },
): Promise<Uint8Array> {
  const names = worksheetNames(sheets.map(({ name }) => name));
  return encode({
    sheets: sheets.map((sheet, n) => worksheet(sheet, names[n] ?? '')),
    // The library's own setting for repeated rows forgets to quote names with spaces.
    namedRanges: sheets.map((sheet, n) => ({
      name: '_xlnm.Print_Titles',
      range: `${quoted(names[n] ?? '')}!$${firstRow(sheet) + 1}:$${firstRow(sheet) + sheet.tiers}`,
      scope: names[n] ?? '',
    })),
    defaultFont: { name: FONT, size: BODY_SIZE },
    properties: { created: options.created, modified: options.created },
  });
}

/** The header's first row, from 0: it follows the title and an empty row. */
const firstRow = (sheet: Sheet): number => (sheet.title.length === 0 ? 0 : sheet.title.length + 1);

function worksheet(sheet: Sheet, name: string): WriteSheet {
  const page = pageFor(sheet, IN_EXCEL);
  const cells = new Map<string, Partial<Cell>>();
  const merges: MergeRange[] = [];
  writeTitle(sheet, cells, merges);
  writeHeader(sheet, cells, merges);
  const body = firstRow(sheet) + sheet.tiers;
  sheet.rows.forEach((row, r) => {
    row.cells.forEach((cell, c) => {
      cells.set(`${body + r},${c}`, bodyCell(cell, page.rows[r]?.sizes[c]));
    });
    if (row.key)
      cells.set(`${body + r},${sheet.columns.length}`, { ...textCell(row.key, KEY), style: { font: KEY } });
  });
  const keyed = sheet.rows.some(({ key }) => key !== undefined);
  return {
    name,
    columns: [...page.widths.map((width) => ({ width })), ...(keyed ? [{ hidden: true }] : [])],
    cells,
    merges,
    rowDefs: rowHeights(page),
    pageSetup: {
      ...{ paperSize: 'a4', orientation: page.orientation, margins: MARGINS, horizontalCentered: true },
      ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    },
    headerFooter: PAGE_NUMBER,
  };
}

function writeTitle(sheet: Sheet, cells: Map<string, Partial<Cell>>, merges: MergeRange[]): void {
  sheet.title.forEach(({ text, style }, row) => {
    const font = { ...titleFont(style), name: FONT, italic: style === 'attached' };
    const alignment = { horizontal: 'center', vertical: 'center', wrapText: true } as const;
    cells.set(`${row},0`, { ...textCell(text, font), style: { font, alignment } });
    merge(merges, { row, col: 0, down: 1, across: sheet.columns.length });
  });
}

function writeHeader(sheet: Sheet, cells: Map<string, Partial<Cell>>, merges: MergeRange[]): void {
  const style = styleOf({ bold: true, align: 'center' });
  for (const cell of sheet.header) {
    const row = firstRow(sheet) + cell.row;
    // Every place a merged cell covers needs the border, or its outline has gaps.
    for (let down = 0; down < cell.down; down++)
      for (let across = 0; across < cell.across; across++)
        cells.set(`${row + down},${cell.col + across}`, { style });
    cells.set(`${row},${cell.col}`, { ...textCell(cell.text, style.font), style });
    merge(merges, { ...cell, row });
  }
}

function merge(
  merges: MergeRange[],
  { row, col, down, across }: { row: number; col: number; down: number; across: number },
): void {
  if (down > 1 || across > 1)
    merges.push({ startRow: row, startCol: col, endRow: row + down - 1, endCol: col + across - 1 });
}

function rowHeights(page: Page): Map<number, { height: number }> {
  const gap = page.title.length > 0 ? [GAP] : [];
  const heights = [...page.title, ...gap, ...page.header, ...page.rows.map(({ height }) => height)];
  return new Map(
    heights.map((height, row) => [row, { height: Math.min(height, IN_EXCEL.highest.portrait) }]),
  );
}

function bodyCell(cell: SheetCell, size = BODY_SIZE): Partial<Cell> {
  const style = styleOf(cell, size);
  switch (cell.kind) {
    case 'text':
      return { ...textCell(cell.text, style.font), style };
    case 'number': {
      const numFmt = numberFormat(cell.decimals, cell.suffix);
      return { value: cell.number, type: 'number', style: { ...style, numFmt } };
    }
    case 'empty':
      return { style };
  }
}

const styleOf = ({ bold, align }: Pick<SheetCell, 'bold' | 'align'>, size = BODY_SIZE): CellStyle => ({
  font: { name: FONT, size, bold },
  border: BORDER,
  // A figure at the very edge would run into the note beside it.
  alignment: {
    horizontal: align,
    vertical: 'center',
    wrapText: true,
    ...(align === 'right' && { indent: 1 }),
  },
});
