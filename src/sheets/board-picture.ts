// Draws the board of a period as PNG pictures for a phone: a row for every unit, grouped by trouble, a cell for every part.
import type { Board, BoardRow } from '../domain/board.ts';
import { BOARD, BOARD_STATE } from '../text/board.ts';
import { headStrip } from './board-head.ts';
import { type Grid, gridOf, marksStrip, unitStrip } from './board-row.ts';
import { type Strip, stacked } from './picture-block.ts';
import { drawPlanned } from './picture-draw.ts';
import type { Metrics } from './picture-font.ts';
import { FONTS, lineHeight, MARGIN, WIDTH } from './picture-look.ts';
import { type Chunk, evenPages, heightOf } from './picture-pages.ts';
import type { Strips } from './picture-raster.ts';
import { shadesFor } from './picture-shades.ts';

const SHADES = shadesFor({
  steps: 14,
  upon: {
    paper: [
      ...(['ink', 'quiet', 'navy', 'overdue', 'accepted'] as const),
      ...(['none', 'returned', 'begun', 'awaiting', 'done'] as const),
    ],
    navy: ['onNavy'],
    overdue: ['onNavy'],
    accepted: ['onNavy'],
    none: ['onNone'],
    returned: ['onReturned'],
    begun: ['onBegun'],
    awaiting: ['onAwaiting'],
    done: ['onDone'],
  },
  plain: ['rule'],
});

/**
 * PNG pictures 1080 pixels wide, at most 2400 high and 1,000,000 bytes large, at least one. The same board always gives the same
 * bytes. Throws when the fonts or the drawing library are missing.
 */
export const drawBoard = (board: Board): Promise<readonly Uint8Array[]> =>
  drawPlanned((metrics, highest) => planBoard(board, metrics, highest), SHADES);

const FOOT: Strip = { height: 24, fields: [], lines: [] };

/** What stands where on the pictures of a board, each at most `highest` pixels high (at least 900). */
export function planBoard(board: Board, metrics: Metrics, highest: number): Strips[] {
  const grid = gridOf(board.rows, board.parts, { timezone: board.timezone, metrics });
  const marks = board.rows.length > 0 && board.parts.length > 0 ? [marksStrip(grid)] : [];
  const head = (first: boolean, counter: string): Strip[] => [
    headStrip(board, metrics, { first, counter }),
    ...marks,
  ];
  const [first, others] = [heightOf(head(true, '')), heightOf(head(false, ''))];
  const room = highest - others - FOOT.height;
  const pages = evenPages(chunksOf(board, grid), room, first - others);
  return pages.map((page, n) => {
    const blocks = [...head(n === 0, BOARD.counter(n + 1, pages.length)), ...page, FOOT];
    return { height: heightOf(blocks), blocks };
  });
}

/** Every group's heading stays with its first row, and is repeated where the group goes on. */
function chunksOf({ rows }: Board, grid: Grid): Chunk<Strip>[] {
  if (rows.length === 0) {
    const blocks = [headingStrip(BOARD.nobody, false)];
    return [{ blocks, height: heightOf(blocks) }];
  }
  const sizes = new Map<string, number>();
  for (const row of rows) sizes.set(groupOf(row), (sizes.get(groupOf(row)) ?? 0) + 1);
  return rows.map((row, n) => {
    const group = groupOf(row);
    const name = BOARD.group(group, sizes.get(group) ?? 0);
    const unit = unitStrip(row, grid);
    const before = rows[n - 1];
    const begins = before === undefined || groupOf(before) !== group;
    const blocks = begins ? [headingStrip(name, row.overdue), unit] : [unit];
    const section = headingStrip(`${name} ${BOARD.continued}`, row.overdue);
    return { blocks, height: heightOf(blocks), ...(!begins && { section }) };
  });
}

const groupOf = ({ overdue, status }: BoardRow): string => (overdue ? BOARD.overdue : BOARD_STATE[status]);

function headingStrip(text: string, overdue: boolean): Strip {
  const font = FONTS.chip;
  const width = WIDTH - 2 * MARGIN;
  const lines = stacked([text], { font, colour: 'onNavy', align: 'left', left: MARGIN, top: 7, width });
  return { height: lineHeight(font) + 14, fill: overdue ? 'overdue' : 'navy', fields: [], lines };
}
