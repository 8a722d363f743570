// The head of a board's picture: what it is about, as of when, how many units are how far, and what the colours mean. Pure.
import type { Board } from '../domain/board.ts';
import { BOARD } from '../text/board.ts';
import { LEVELS } from './board-row.ts';
import { bottomOf, type Field, type Line, type Strip, stacked } from './picture-block.ts';
import { type Font, type Metrics, textWidth } from './picture-font.ts';
import { fewLines } from './picture-lines.ts';
import { baseline, type Colour, FONTS, MARGIN, WIDTH } from './picture-look.ts';

const ROOM = WIDTH - 2 * MARGIN;
const COUNTER_WIDTH = 180;
const TOP = 26;
/** A form of more parts would fill the picture with their names. */
const MOST_NAMED = 12;
const SWATCH = { width: 44, height: 30, radius: 8, gap: 12, after: 40 };

/** The first head has everything, the others what tells one picture from another. */
export function headStrip(
  board: Board,
  metrics: Metrics,
  { first, counter }: { readonly first: boolean; readonly counter: string },
): Strip {
  const lines: Line[] = [];
  const fields: Field[] = [];
  const add = (text: string, font: Font, colour: Colour, { gap = 6, most = 2, width = ROOM } = {}) => {
    const top = lines.length === 0 ? TOP : bottomOf(lines) + gap;
    const kept = fewLines(text, { width, font, most }, metrics);
    lines.push(...stacked(kept, { font, colour, align: 'left', left: MARGIN, top, width }));
  };
  add(`${BOARD.heading} – ${BOARD.period(board)}`, FONTS.title, 'navy', { width: ROOM - COUNTER_WIDTH });
  if (first) add(BOARD.form(board), FONTS.counter, 'quiet', { gap: 2 });
  add(BOARD.asOf(board), FONTS.counter, 'quiet');
  if (board.filter !== undefined) add(BOARD.shown(board), FONTS.heading, 'ink', { gap: 10 });
  if (first) {
    add(BOARD.total(board.counts), FONTS.title, board.counts.overdue > 0 ? 'overdue' : 'ink', { gap: 16 });
    add(BOARD.states(board.counts), FONTS.counter, 'ink', { most: 3 });
    const legend = legendOf(bottomOf(lines) + 20, metrics);
    fields.push(...legend.fields);
    lines.push(...legend.lines);
    add(BOARD.draft, FONTS.attached, 'quiet', { gap: 8 });
    if (board.parts.length <= MOST_NAMED)
      board.parts.forEach((part, n) => {
        add(BOARD.part(part), FONTS.cell, 'quiet', { gap: n === 0 ? 12 : 0, most: 1 });
      });
  }
  const end = bottomOf(lines) + 18;
  const rule: Field = { colour: 'navy', left: 0, top: end, width: WIDTH, height: 4, radius: 0 };
  const place = { left: WIDTH - MARGIN - COUNTER_WIDTH, width: COUNTER_WIDTH, top: TOP };
  const number = stacked([counter], { ...place, font: FONTS.counter, colour: 'quiet', align: 'right' });
  return { height: end + 4, fields: [...fields, rule], lines: [...number, ...lines] };
}

function legendOf(top: number, metrics: Metrics): { fields: Field[]; lines: Line[] } {
  const font = FONTS.cell;
  const swatch = top + baseline(font) - SWATCH.height + 4;
  const fields: Field[] = [];
  const lines: Line[] = [];
  let left = MARGIN;
  for (const level of ['done', 'begun', 'none'] as const) {
    const text = BOARD.legend[level];
    const width = Math.ceil(textWidth(text, font, metrics)) + 1;
    const { height, radius } = SWATCH;
    fields.push({ left, top: swatch, width: SWATCH.width, height, radius, colour: LEVELS[level].fill });
    left += SWATCH.width + SWATCH.gap;
    lines.push({ text, font, colour: 'quiet', align: 'left', left, top, width });
    left += width + SWATCH.after;
  }
  return { fields, lines };
}
