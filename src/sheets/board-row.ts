// One unit in the picture of a board: its state, name and percentage, and a coloured cell for every part of the form. Pure.
import type { BoardRow } from '../domain/board.ts';
import type { BoardPart } from '../domain/board-parts.ts';
import type { Progress } from '../domain/progress.ts';
import { isSent, type Status } from '../domain/report.ts';
import { BOARD, BOARD_STATE } from '../text/board.ts';
import { bottomOf, type Field, type Line, type Strip, stacked } from './picture-block.ts';
import { type Font, type Metrics, textWidth } from './picture-font.ts';
import { fewLines } from './picture-lines.ts';
import { baseline, type Colour, FONTS, lineHeight, MARGIN, WIDTH } from './picture-look.ts';

/** Where the cells of the parts stand, the same in every row; in several lines where one has no room for all. */
export type Grid = {
  readonly timezone: string;
  readonly metrics: Metrics;
  readonly parts: readonly BoardPart[];
  readonly perLine: number;
};

const ROOM = WIDTH - 2 * MARGIN;
const ABOVE = 11;
const BELOW = 11;
const CHIP = { width: 214, height: 46, radius: 12 };
const NAME_LEFT = MARGIN + CHIP.width + 18;
const PERCENT_WIDTH = 106;
const CELL = { height: 42, slim: 12, gap: 6 };
/** Between a column and the next. */
const GAP = 14;

/** As many cells in a line as the longest of their figures leaves room for. */
export function gridOf(
  rows: readonly BoardRow[],
  parts: readonly BoardPart[],
  { timezone, metrics }: Pick<Grid, 'timezone' | 'metrics'>,
): Grid {
  const texts = rows.flatMap((row) => Object.values(row.parts).map(BOARD.ratio));
  const widest = Math.max(
    60,
    ...[...new Set(texts)].map((text) => textWidth(text, FONTS.cell, metrics)),
    ...parts.map(({ mark }) => textWidth(mark, FONTS.chip, metrics)),
  );
  const most = Math.max(1, Math.floor((ROOM + CELL.gap) / (Math.min(widest, ROOM - 20) + 12 + CELL.gap)));
  const lines = Math.max(1, Math.ceil(parts.length / most));
  return { timezone, metrics, parts, perLine: Math.max(1, Math.ceil(parts.length / lines)) };
}

type Box = { readonly left: number; readonly top: number; readonly width: number };

/** The box of a part's cell; `height`: that of a line of cells. */
function cellAt({ perLine }: Grid, n: number, top: number, height: number): Box {
  const [column, line] = [n % perLine, Math.floor(n / perLine)];
  const edge = (col: number): number => Math.round((col * (ROOM + CELL.gap)) / perLine);
  return {
    left: MARGIN + edge(column),
    top: top + line * (height + CELL.gap),
    width: edge(column + 1) - edge(column) - CELL.gap,
  };
}

/** The marks of the parts above their cells. */
export function marksStrip(grid: Grid): Strip {
  const font = FONTS.chip;
  const lines = grid.parts.map((part, n): Line => {
    const box = cellAt(grid, n, 8, lineHeight(font));
    return { ...box, text: fitted(part.mark, box.width, font, grid), font, colour: 'navy', align: 'center' };
  });
  return { height: bottomOf(lines) + 8, fields: [], lines };
}

const fitted = (text: string, width: number, font: Font, { metrics }: Grid): string =>
  fewLines(text, { width, font, most: 1 }, metrics)[0] ?? '';

type Look = { readonly fill: Colour; readonly ink: Colour };
const CHIPS: Readonly<Record<Status, Look>> = {
  notStarted: { fill: 'none', ink: 'onNone' },
  returned: { fill: 'returned', ink: 'onReturned' },
  inProgress: { fill: 'begun', ink: 'onBegun' },
  awaiting: { fill: 'awaiting', ink: 'onAwaiting' },
  submitted: { fill: 'done', ink: 'onDone' },
  accepted: { fill: 'accepted', ink: 'onNavy' },
};
const OVERDUE: Look = { fill: 'overdue', ink: 'onNavy' };

/** How far a part is. */
export const LEVELS = {
  done: { fill: 'done', ink: 'onDone' },
  begun: { fill: 'begun', ink: 'onBegun' },
  none: { fill: 'none', ink: 'onNone' },
} as const satisfies Readonly<Record<string, Look>>;
type Level = keyof typeof LEVELS;

/** A part that this version of the form does not have counts as empty. */
export function levelOf(progress: Progress | undefined): Level {
  if (!progress || progress.answered + progress.pending === 0) return 'none';
  return progress.answered === progress.total ? 'done' : 'begun';
}

/** Where all parts are alike, done or empty, their figures say nothing more and the cells are a thin line. */
export function unitStrip(row: BoardRow, grid: Grid): Strip {
  const top = headOf(row, grid);
  const levels = grid.parts.map(({ id }) => levelOf(row.parts[id]));
  const alike = levels.every((level) => level === levels[0]) && levels[0] !== 'begun';
  const height = alike ? CELL.slim : CELL.height;
  const start = Math.max(bottomOf(top.lines), ABOVE + CHIP.height) + 9;
  const fields = levels.map((level, n): Field => {
    const box = cellAt(grid, n, start, height);
    return { ...box, height, colour: LEVELS[level].fill, radius: alike ? 5 : 8 };
  });
  const figures = alike ? [] : grid.parts.flatMap(({ id }, n) => cellLine(row.parts[id], n, { grid, start }));
  const end = fields.reduce((lowest, field) => Math.max(lowest, field.top + height), start) + BELOW;
  const rule: Field = { colour: 'rule', left: MARGIN, top: end, width: ROOM, height: 2, radius: 0 };
  return {
    height: end + 2,
    fields: [top.chip, ...fields, rule],
    lines: [...top.lines, ...figures],
  };
}

function cellLine(
  progress: Progress | undefined,
  n: number,
  { grid, start }: { readonly grid: Grid; readonly start: number },
): Line[] {
  if (!progress) return [];
  const { fill, ink } = LEVELS[levelOf(progress)];
  const box = cellAt(grid, n, start, CELL.height);
  const top = box.top + Math.round((CELL.height - lineHeight(FONTS.cell)) / 2);
  const text = fitted(BOARD.ratio(progress), box.width, FONTS.cell, grid);
  return [{ ...box, top, text, font: FONTS.cell, colour: ink, ground: fill, align: 'center' }];
}

/** The chip, the name, when something last happened, and the percentage. */
function headOf(row: BoardRow, { timezone, metrics }: Grid): { chip: Field; lines: Line[] } {
  const { fill, ink } = row.overdue ? OVERDUE : CHIPS[row.status];
  const chip: Field = { ...CHIP, left: MARGIN, top: ABOVE, colour: fill };
  const middle = ABOVE + Math.round((CHIP.height - lineHeight(FONTS.chip)) / 2) - 1;
  const level = (font: Font): number => middle + baseline(FONTS.chip) - baseline(font);
  const right = WIDTH - MARGIN - PERCENT_WIDTH;
  const when = BOARD.when(row, timezone);
  const whenWidth = Math.ceil(textWidth(when, FONTS.unit, metrics)) + 1;
  const nameWidth = right - NAME_LEFT - GAP - (when === '' ? 0 : whenWidth + GAP);
  const name = { width: nameWidth, font: FONTS.label, most: 3 };
  const at = (font: Font, align: Line['align'], left: number, width: number) =>
    ({ font, align, left, width, top: level(font) }) as const;
  const lines: Line[] = [
    {
      ...at(FONTS.chip, 'center', MARGIN, CHIP.width),
      ...{ text: BOARD_STATE[row.status], colour: ink, ground: fill },
    },
    ...stacked(fewLines(row.unit.name, name, metrics), {
      ...at(FONTS.label, 'left', NAME_LEFT, nameWidth),
      colour: 'ink',
    }),
    ...stacked([when], {
      ...at(FONTS.unit, 'right', right - GAP - whenWidth, whenWidth),
      colour: isLate(row) ? 'overdue' : 'quiet',
    }),
    {
      ...at(FONTS.percent, 'right', right, PERCENT_WIDTH),
      ...{ text: BOARD.percent(row.percent), colour: row.percent === 0 ? 'quiet' : 'ink' },
    },
  ];
  return { chip, lines };
}

const isLate = (row: BoardRow): boolean => row.late && isSent(row);
