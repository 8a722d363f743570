// Writes the board of a period as an Excel workbook of one worksheet, to be sorted, filtered and printed on A4.
import { type Cell, type CellStyle, writeXlsx as encode, type WriteSheet } from 'hucre/xlsx';
import type { Board, BoardRow } from '../domain/board.ts';
import { daysBetween, localTime } from '../domain/clock.ts';
import type { Status } from '../domain/report.ts';
import { BOARD, BOARD_STATE } from '../text/board.ts';
import { LEVELS, levelOf } from './board-row.ts';
import { columnName } from './grid.ts';
import { lineCount } from './measure.ts';
import { COLOURS, type Colour } from './picture-look.ts';
import { BORDER, FONT, numberFormat, quoted, textCell } from './xlsx-parts.ts';

const SIZE = 11;
/** In points, with the free space in a cell; a digit is half as wide as the letters are high. */
const LINE = SIZE * 1.27;
const DIGIT = SIZE / 2;
const PADDING = 5;
/** Excel cuts rows that are higher. */
const HIGHEST = 409;
/** In inches: narrow, since the table is wide. */
const MARGINS = { top: 0.6, bottom: 0.5, left: 0.4, right: 0.4, header: 0.3, footer: 0.3 };
const MOMENT = 'dd/mm hh:mm';

type Align = 'left' | 'center' | 'right';
/** `number` with its format, or `text`; both as in a box of this colour. */
type Shown = { readonly align: Align; readonly fill?: Colour; readonly bold?: true } & (
  | { readonly text: string }
  | { readonly number: number; readonly format: string }
);
type Column = {
  readonly name: string;
  readonly width: number;
  readonly shown: (row: BoardRow, n: number) => Shown;
};

/** The bytes of an .xlsx file; the same board and `created` always give the same. Rejects when the library refuses it. */
export function boardWorkbook(board: Board, options: { readonly created: Date }): Promise<Uint8Array> {
  const sheet = worksheet(board);
  const header = titleOf(board).length + 1;
  return encode({
    sheets: [sheet],
    namedRanges: [
      { name: '_xlnm.Print_Titles', range: `${quoted(sheet.name)}!$${header}:$${header}`, scope: sheet.name },
    ],
    defaultFont: { name: FONT, size: SIZE },
    properties: { created: options.created, modified: options.created },
  });
}

function worksheet(board: Board): WriteSheet {
  const columns = columnsOf(board);
  const title = titleOf(board);
  const body = title.length + 1;
  const rows: Row[] = [
    ...title.map((text, row) => titleRow(text, columns, row === 0)),
    headerRow(columns),
    ...board.rows.map((row, n) =>
      bodyRow(columns.map(({ width, shown }) => ({ ...shown(row, n + 1), width }))),
    ),
  ];
  const cells = rows.flatMap((row, r) => row.cells.map((cell, c) => [`${r},${c}`, cell] as const));
  return {
    name: BOARD.name,
    columns: columns.map(({ width }) => ({ width })),
    cells: new Map(cells),
    rowDefs: new Map(rows.map(({ lines }, r) => [r, { height: heightOf(lines) }])),
    merges: title.map((_, row) => ({
      ...{ startRow: row, endRow: row, startCol: 0, endCol: columns.length - 1 },
    })),
    freezePane: { rows: body, columns: 3 },
    autoFilter: { range: `A${body}:${columnName(columns.length - 1)}${body + board.rows.length}` },
    pageSetup: {
      ...{ paperSize: 'a4', orientation: 'landscape', margins: MARGINS, horizontalCentered: true },
      ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    },
    headerFooter: { oddFooter: `&C&"${FONT},Regular"&${SIZE}&P/&N` },
  };
}

/** `lines`: as high as so many lines of words. */
type Row = { readonly cells: readonly Partial<Cell>[]; readonly lines: number };

function titleRow(text: string, columns: readonly Column[], first: boolean): Row {
  const style: CellStyle = {
    font: { name: FONT, size: first ? 14 : SIZE, bold: first },
    alignment: { horizontal: 'left', vertical: 'center', wrapText: true },
  };
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return { cells: [{ ...textCell(text, style.font), style }], lines: linesIn(text, width) };
}

function headerRow(columns: readonly Column[]): Row {
  const style = boxed({ align: 'center', bold: true, fill: 'group' });
  return {
    cells: columns.map(({ name }) => ({ ...textCell(name, style.font), style })),
    // Beside the button that opens the filter.
    lines: Math.max(...columns.map(({ name, width }) => linesIn(name, width - 2))),
  };
}

const bodyRow = (shown: readonly (Shown & { readonly width: number })[]): Row => ({
  cells: shown.map(written),
  lines: Math.max(...shown.map((each) => ('text' in each ? linesIn(each.text, each.width) : 1))),
});

const heightOf = (lines: number): number => Math.min(Math.ceil(lines * LINE) + 4, HIGHEST);

const linesIn = (text: string, width: number): number =>
  lineCount(text, Math.max(1, width * DIGIT - PADDING), { size: SIZE, bold: true });

function titleOf(board: Board): string[] {
  return [
    `${BOARD.heading} – ${BOARD.period(board)}`,
    BOARD.form(board),
    BOARD.asOf(board),
    `${BOARD.total(board.counts)}: ${BOARD.states(board.counts)}`,
    ...(board.filter === undefined ? [] : [BOARD.shown(board)]),
    BOARD.partsLine(board.parts),
    BOARD.draft,
  ];
}

/** As in the picture. */
const STATES: Readonly<Record<Status, Colour>> = {
  notStarted: 'none',
  returned: 'returned',
  inProgress: 'begun',
  awaiting: 'awaiting',
  submitted: 'done',
  accepted: 'done',
};

function columnsOf({ parts, timezone }: Board): Column[] {
  const { columns: names } = BOARD;
  const text = (words: string, align: Align = 'left'): Shown => ({ text: words, align });
  const number = (figure: number): Shown => ({ number: figure, format: numberFormat(0), align: 'center' });
  const moment = (instant: string | undefined): Shown =>
    instant === undefined
      ? text('')
      : { number: serialOf(instant, timezone), format: MOMENT, align: 'center' };
  return [
    { name: names.stt, width: 6, shown: (_, n) => number(n) },
    { name: names.code, width: 9, shown: ({ unit }) => text(unit.id) },
    { name: names.unit, width: 25, shown: ({ unit }) => text(unit.name) },
    { name: names.kind, width: 9, shown: ({ unit }) => text(unit.kind) },
    {
      ...{ name: names.state, width: 14 },
      shown: ({ status }) => ({ ...text(BOARD_STATE[status]), fill: STATES[status] }),
    },
    { name: names.overdue, width: 10, shown: lateCell },
    {
      ...{ name: names.percent, width: 7 },
      shown: ({ percent }) => ({ number: percent, format: numberFormat(0, '%'), align: 'right', bold: true }),
    },
    ...parts.map(({ id, mark }): Column => ({ name: mark, width: 8, shown: (row) => partCell(row, id) })),
    { name: names.due, width: 12, shown: ({ due }) => moment(due) },
    { name: names.sent, width: 12, shown: ({ sentAt }) => moment(sentAt) },
    { name: names.version, width: 7, shown: ({ version }) => (version > 0 ? number(version) : text('')) },
    { name: names.activity, width: 15, shown: ({ lastActivity }) => moment(lastActivity) },
    { name: names.officer, width: 21, shown: ({ officers }) => text(BOARD.officers(officers)) },
    { name: names.phone, width: 13, shown: ({ officers }) => text(BOARD.phones(officers)) },
  ];
}

/** Not there yet although it should be, or sent too late. */
function lateCell({ overdue, late }: BoardRow): Shown {
  if (overdue) return { text: BOARD.overdue, align: 'center', bold: true, fill: 'overdueCell' };
  return { text: late ? BOARD.sentLate : '', align: 'center' };
}

function partCell({ parts }: BoardRow, id: string): Shown {
  const progress = parts[id];
  if (!progress) return { text: '', align: 'center' };
  return { text: BOARD.ratio(progress), align: 'center', fill: LEVELS[levelOf(progress)].fill };
}

/** A local day and hour as spreadsheets count them: days since 30/12/1899. */
function serialOf(instant: string, timezone: string): number {
  const { day, time } = localTime(instant, timezone);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return daysBetween('1899-12-30', day) + (hours * 60 + minutes) / 1440;
}

function written(shown: Shown): Partial<Cell> {
  const style = boxed(shown);
  if ('text' in shown) return shown.text === '' ? { style } : { ...textCell(shown.text, style.font), style };
  return { value: shown.number, type: 'number', style: { ...style, numFmt: shown.format } };
}

const boxed = ({
  align,
  fill,
  bold = false,
}: Pick<Shown, 'align' | 'fill'> & { bold?: boolean }): CellStyle => ({
  font: { name: FONT, size: SIZE, bold },
  border: BORDER,
  alignment: { horizontal: align, vertical: 'center', wrapText: true },
  ...(fill && { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: COLOURS[fill].slice(1) } } }),
});
