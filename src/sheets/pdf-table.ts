// Describes a table and its title for the PDF library, page by page.
import type { Content, CustomTableLayout, TableCell } from 'pdfmake';
import type { Sheet } from './layout.ts';
import { BODY_SIZE, type Page } from './page.ts';
import {
  type Block,
  bodyRows,
  columnWidths,
  type Faces,
  FRAME,
  type HeaderBlock,
  headerBlocks,
  heightOf,
  INDENT,
  PADDING,
  type PrintedRow,
  pagesOf,
  RULE,
  titleBlocks,
} from './pdf-rows.ts';

/** Between title and table. */
const GAP = 8;

const LAYOUT: CustomTableLayout = {
  hLineWidth: () => RULE,
  vLineWidth: () => RULE,
  paddingLeft: () => PADDING.side,
  paddingRight: () => PADDING.side,
  paddingTop: () => PADDING.top,
  paddingBottom: () => PADDING.bottom,
};

/**
 * Title and table in an area of so many points. The library would repeat headers and keep rows whole by itself, but it leaves
 * section rows alone at the foot of a page, cuts rows that are longer than one, and misplaces words in merged cells: so every
 * page gets its own table.
 */
export function tableContent(
  sheet: Sheet,
  page: Page,
  area: { readonly width: number; readonly height: number },
  faces: Faces,
): Content[] {
  const widths = columnWidths(sheet, page, area.width, faces);
  const header = headerBlocks(sheet, widths, faces);
  const title = titleBlocks(sheet, area.width, faces);
  const headerHeight = header.tiers.reduce((sum, height) => sum + height + FRAME.height, 0);
  // A line to spare: the library must never find that a page is too full. And rows need some room below any header.
  const room = Math.max(area.height - headerHeight - BODY_SIZE, area.height / 3);
  const titleHeight = title.reduce((sum, block) => sum + heightOf(block), title.length > 0 ? GAP : 0);
  const pages = pagesOf(bodyRows(sheet, page, { widths, faces }), room - titleHeight, room);
  const tables = pages.flatMap((rows, n): Content[] => {
    const body = [...headerCells(header.cells, sheet), ...rows.map(rowCells)];
    // Where the title fills its page, the table begins on the next one.
    if (body.length === 0 || (rows.length === 0 && sheet.rows.length > 0)) return [];
    const heights = [...header.tiers, ...rows.map(({ height }) => height)];
    return [{ layout: LAYOUT, table: { body, widths, heights }, ...(n > 0 && { pageBreak: 'before' }) }];
  });
  return [...titleContent(title), ...tables];
}

function titleContent(title: readonly Block[]): Content[] {
  return title.map((block, n) => ({
    ...contentOf(block),
    margin: [0, 0, 0, n === title.length - 1 ? GAP : 0],
  }));
}

/** The library puts a cell that covers others over the empty ones. */
function headerCells(header: readonly HeaderBlock[], sheet: Sheet): TableCell[][] {
  const rows = Array.from({ length: sheet.tiers }, () => sheet.columns.map((): TableCell => ''));
  for (const { row, col, across, down, block, height } of header) {
    const cells = rows[row];
    if (cells) cells[col] = { ...cellContent(block, height), colSpan: across, rowSpan: down };
  }
  return rows;
}

const rowCells = ({ blocks, height }: PrintedRow): TableCell[] =>
  blocks.map((block) => cellContent(block, height));

/** In the middle of its height. */
const cellContent = (block: Block, height: number) => ({
  ...contentOf(block),
  margin: [0, (height - heightOf(block)) / 2, block.align === 'right' ? INDENT : 0, 0] satisfies [
    number,
    number,
    number,
    number,
  ],
});

const contentOf = ({ lines, size, face, align }: Block) => ({
  ...(lines.length === 1
    ? { text: lines[0] ?? '', noWrap: true }
    : { stack: lines.map((text) => ({ text, noWrap: true })) }),
  fontSize: size,
  bold: face === 'bold',
  italics: face === 'italics',
  alignment: align,
});
