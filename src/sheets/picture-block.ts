// The pieces that pictures of a table are built from: lines of text, coloured fields, and the blocks they stand in. Pure.
import type { Font } from './picture-font.ts';
import { ABOVE, baseline, type Colour, lineHeight } from './picture-look.ts';

/** One line of text in its box: `left` and `top` of the box inside the block; it is as high as `lineHeight` of the font. */
export type Line = {
  readonly text: string;
  readonly font: Font;
  readonly colour: Colour;
  readonly align: 'left' | 'center' | 'right';
  readonly left: number;
  readonly top: number;
  readonly width: number;
  /** What lies below it, where that is not the block's own colour. */
  readonly ground?: Colour;
};

/** A coloured rectangle below the text; `radius` rounds its corners. */
export type Field = {
  readonly colour: Colour;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
};

/** A strip over the whole width of the picture. */
export type Strip = {
  readonly height: number;
  readonly fill?: Colour;
  /** Of a narrow band at the left edge of the picture, as high as the strip. */
  readonly edge?: Colour;
  readonly fields: readonly Field[];
  readonly lines: readonly Line[];
};

/** One strip of a table; `row` is the row of the table it shows, or one part of. */
export type Block = Strip & {
  readonly kind: 'head' | 'section' | 'group' | 'indicator' | 'continued' | 'foot';
  readonly row?: number;
};

/** Texts as lines below each other in one box; an empty one leaves its room free. */
export function stacked(texts: readonly string[], box: Omit<Line, 'text'>): Line[] {
  const lines = texts.map((text, n) => ({ ...box, text, top: box.top + n * lineHeight(box.font) }));
  return lines.filter(({ text }) => text !== '');
}

/** The top of a row's first line in `font`, so that its letters stand on the same line as those in the font beside it. */
export const levelWith = (beside: Font, font: Font): number => ABOVE + baseline(beside) - baseline(font);

export const bottomOf = (lines: readonly Line[], least = 0): number =>
  lines.reduce((lowest, line) => Math.max(lowest, line.top + lineHeight(line.font)), least);

/** A block in parts none of which is higher than `room`, cut between lines; the first keeps the row's beginning. */
export function cutBlock(block: Block, room: number, again: (part: Block) => Block): Block[] {
  if (block.height <= room) return [block];
  const lowest = (line: Line) => line.top + lineHeight(line.font);
  const stays = block.lines.filter((line) => lowest(line) <= room - PART_END);
  const moves = block.lines.filter((line) => lowest(line) > room - PART_END);
  const up = Math.min(...moves.map(({ top }) => top)) - PART_END;
  const end = bottomOf(stays) + PART_END;
  const rest: Block = {
    ...block,
    height: block.height - up,
    fields: block.fields.filter(({ top }) => top >= end).map((field) => ({ ...field, top: field.top - up })),
    lines: moves.map((line) => ({ ...line, top: line.top - up })),
  };
  const first = { ...block, height: end, fields: block.fields.filter(({ top }) => top < end), lines: stays };
  return [first, ...cutBlock(again(rest), room, again)];
}

/** Free space above and below a cut. */
const PART_END = 16;
