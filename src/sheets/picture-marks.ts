// What a picture for looking at a report has besides its rows: the mark of a row, and above the rows how many marks there are. Pure.
import type { Mark } from '../domain/open-findings.ts';
import { PICTURE } from '../text/picture.ts';
import type { Sheet } from './layout.ts';
import type { Field, Line } from './picture-block.ts';
import { type Metrics, textWidth } from './picture-font.ts';
import { type Colour, FONTS, lineHeight, MARGIN, WIDTH } from './picture-look.ts';

type Drawn = { readonly lines: Line[]; readonly fields: Field[] };

const FONT = FONTS.chip;
/** Left and right of the words in a chip, and between chips. */
const PAD = 16;
const BETWEEN = 14;
const CHIP_HEIGHT = lineHeight(FONT) + 8;

const COLOURS: Readonly<Record<Mark | 'missing', readonly [ground: Colour, words: Colour]>> = {
  missing: ['none', 'onNone'],
  hard: ['hard', 'onNavy'],
  soft: ['soft', 'onSoft'],
};

/** The strip at the left edge of a marked row. */
export const EDGES: Readonly<Record<Mark, Colour>> = { hard: 'hard', soft: 'softEdge' };

/** The mark of a row with its words, its right end at `right`. */
export function markChip(mark: Mark, right: number, top: number, metrics: Metrics): Drawn {
  const width = widthOf(PICTURE.mark[mark], metrics);
  return chip(PICTURE.mark[mark], COLOURS[mark], { left: right - width, top, width });
}

/** One line: a chip for each kind that there is, or words that nothing is left to do. */
export function legend(counts: NonNullable<Sheet['review']>, top: number, metrics: Metrics): Drawn {
  const lines: Line[] = [];
  const fields: Field[] = [];
  let left = MARGIN;
  for (const kind of ['missing', 'hard', 'soft'] as const) {
    if (counts[kind] === 0) continue;
    const text = PICTURE.counted[kind](counts[kind]);
    const width = widthOf(text, metrics);
    const drawn = chip(text, COLOURS[kind], { left, top, width });
    lines.push(...drawn.lines);
    fields.push(...drawn.fields);
    left += width + BETWEEN;
  }
  if (lines.length > 0) return { lines, fields };
  const width = WIDTH - 2 * MARGIN;
  return {
    lines: [
      { text: PICTURE.nothingLeft, font: FONT, colour: 'quiet', align: 'left', left, top: top + 4, width },
    ],
    fields,
  };
}

const widthOf = (text: string, metrics: Metrics): number =>
  Math.ceil(textWidth(text, FONT, metrics)) + 2 * PAD;

function chip(
  text: string,
  [ground, colour]: readonly [Colour, Colour],
  box: { readonly left: number; readonly top: number; readonly width: number },
): Drawn {
  return {
    lines: [{ ...box, text, font: FONT, colour, ground, align: 'center', top: box.top + 4 }],
    fields: [{ ...box, colour: ground, height: CHIP_HEIGHT, radius: 12 }],
  };
}
