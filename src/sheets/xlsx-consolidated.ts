// Writes the consolidated table as an Excel workbook whose totals are formulas.
import { type Cell, type CellStyle, writeXlsx as encode, type WriteSheet } from 'hucre/xlsx';
import { consolidatedGrids } from './consolidated.ts';
import type { ConsolidationInput } from './consolidated-work.ts';
import { columnName, type Grid, type GridCell, type Look } from './grid.ts';
import { GRID_SIZE } from './grid-size.ts';
import { BORDER, FONT, numberFormat, quoted, textCell } from './xlsx-parts.ts';

/**
 * The consolidated workbook: an overview, one worksheet for every part of the form, and what is odd. The same input gives the
 * same bytes. Rejects when the library refuses a table.
 */
export const consolidatedWorkbook = (input: ConsolidationInput): Promise<Uint8Array> =>
  writeGrids(consolidatedGrids(input), { created: new Date(input.at) });

/** The bytes of a workbook with these worksheets. */
function writeGrids(grids: readonly Grid[], { created }: { readonly created: Date }): Promise<Uint8Array> {
  return encode({
    sheets: grids.map(worksheet),
    namedRanges: grids.flatMap((grid) =>
      grid.frozen.rows > 0
        ? [{ name: '_xlnm.Print_Titles', range: printTitles(grid), scope: grid.name }]
        : [],
    ),
    defaultFont: { name: FONT, size: GRID_SIZE },
    properties: { created, modified: created },
  });
}

/** What stays on the screen is repeated on every page. */
function printTitles({ name, frozen: { rows, columns } }: Grid): string {
  const sheet = quoted(name);
  const down = `${sheet}!$1:$${rows}`;
  return columns > 0 ? `${sheet}!$A:$${columnName(columns - 1)},${down}` : down;
}

type PageSetup = NonNullable<WriteSheet['pageSetup']>;
const PAGE: PageSetup = { paperSize: 'a4', fitToPage: true, fitToWidth: 1, fitToHeight: 0 };
/** With a column for every unit no table fits a page: it goes on on further ones, in smaller letters. */
const WIDE_PAGE: PageSetup = { paperSize: 'a3', orientation: 'landscape', scale: 60 };

function worksheet(grid: Grid): WriteSheet {
  const cells = new Map<string, Partial<Cell>>();
  grid.rows.forEach((row, r) => {
    row.cells.forEach((cell, c) => {
      cells.set(`${r},${c}`, written(cell));
    });
  });
  const { rows, columns } = grid.frozen;
  return {
    name: grid.name,
    columns: grid.widths.map((width) => ({ width })),
    cells,
    merges: grid.rows.flatMap(({ cells: { length }, wide }, row) =>
      wide ? [{ startRow: row, startCol: length - 1, endRow: row, endCol: grid.widths.length - 1 }] : [],
    ),
    rowDefs: new Map(grid.rows.map(({ height }, row) => [row, { height }])),
    ...(rows > 0 && { freezePane: { rows, ...(columns > 0 && { columns }) } }),
    pageSetup: columns > 0 ? WIDE_PAGE : { ...PAGE, orientation: rows > 0 ? 'landscape' : 'portrait' },
  };
}

function written(cell: GridCell): Partial<Cell> {
  switch (cell.kind) {
    case 'empty':
      return { style: styleOf(cell.look) };
    case 'text': {
      const style = styleOf(cell.look);
      return { ...textCell(cell.text, style.font), style };
    }
    case 'number':
      return { value: cell.number, type: 'number', style: styleOf(cell.look, cell.decimals) };
    case 'formula': {
      const { formula, result, decimals } = cell;
      return { type: 'formula', formula, formulaResult: result, style: styleOf(cell.look, decimals) };
    }
  }
}

const GREY = { head: 'E7E6E6', away: 'F2F2F2', group: 'F7F9FC', section: 'DDE7F3' };
const INK = { quiet: '7F7F7F', alert: 'C00000' };

const fill = (rgb: string): CellStyle => ({ fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb } } });

/** A style in a box, or of plain lines above a table. */
function look(font: CellStyle['font'], alignment: CellStyle['alignment'], more: CellStyle = {}): CellStyle {
  return {
    font: { name: FONT, size: GRID_SIZE, ...font },
    alignment: { vertical: 'center', ...alignment },
    border: BORDER,
    ...more,
  };
}

const wrapText = true;
const head = (turned: boolean, quiet: boolean): CellStyle =>
  look(
    { bold: true, ...(quiet && { color: { rgb: INK.quiet } }) },
    { horizontal: 'center', wrapText, ...(turned && { textRotation: 90 }) },
    fill(quiet ? GREY.away : GREY.head),
  );

const LOOKS: Readonly<Record<Look, CellStyle>> = {
  title: look({ bold: true, size: 13 }, { horizontal: 'left' }, { border: {} }),
  line: look({}, { horizontal: 'left' }, { border: {} }),
  alert: look({ bold: true, color: { rgb: INK.alert } }, { horizontal: 'left' }, { border: {} }),
  head: head(false, false),
  headTurned: head(true, false),
  headQuiet: head(false, true),
  headQuietTurned: head(true, true),
  section: look({ bold: true }, { horizontal: 'left', wrapText }, fill(GREY.section)),
  sectionNumber: look({ bold: true }, { horizontal: 'center' }, fill(GREY.section)),
  group: look({}, { horizontal: 'left', wrapText }, fill(GREY.group)),
  groupNumber: look({}, { horizontal: 'center' }, fill(GREY.group)),
  text: look({}, { horizontal: 'left', wrapText }),
  centre: look({}, { horizontal: 'center', wrapText }),
  figure: look({}, { horizontal: 'right', indent: 1 }),
  total: look({ bold: true }, { horizontal: 'right', indent: 1, wrapText }),
  words: look({}, { horizontal: 'left', wrapText }),
  remark: look({}, { horizontal: 'left', wrapText }, { border: {} }),
  quiet: look({ size: 9, italic: true, color: { rgb: INK.quiet } }, { horizontal: 'left', wrapText }),
  away: look({}, {}, fill(GREY.away)),
};

/** One object for every look and number of decimals: the library compares styles cell by cell. */
const made = new Map<string, CellStyle>();

function styleOf(name: Look, decimals?: number): CellStyle {
  if (decimals === undefined) return LOOKS[name];
  const key = `${name} ${decimals}`;
  const known = made.get(key);
  if (known) return known;
  const style = { ...LOOKS[name], numFmt: numberFormat(decimals) };
  made.set(key, style);
  return style;
}
