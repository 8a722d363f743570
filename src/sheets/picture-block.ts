// The pieces that pictures of a table are built from, and the colours and letters they are drawn in. Pure.
import type { Font } from './picture-font.ts';

/** Calm and dark enough to read outdoors. All in pixels of a picture 1080 wide, which a phone shows on about 6.5 cm. */
export const WIDTH = 1080;
/** Free space left and right. */
export const MARGIN = 36;
/** Free space above the first line of a row. */
export const ABOVE = 15;

export const COLOURS = {
  paper: '#ffffff',
  ink: '#1a2330',
  quiet: '#5b6776',
  note: '#445163',
  rule: '#d8dfe8',
  navy: '#1d3d63',
  onNavy: '#ffffff',
  noteOnNavy: '#d3dfee',
  group: '#e9eff7',
  missing: '#fff3d1',
  missingEdge: '#e5b95b',
  onMissing: '#7d4e00',
} as const;
export type Colour = keyof typeof COLOURS;

const font = (face: Font['face'], size: number): Font => ({ face, size });
export const FONTS = {
  stt: font('regular', 30),
  label: font('regular', 36),
  group: font('bold', 36),
  section: font('bold', 38),
  figure: font('bold', 42),
  words: font('bold', 36),
  unit: font('regular', 30),
  note: font('italic', 32),
  heading: font('bold', 32),
  counter: font('regular', 32),
  title: font('bold', 36),
  attached: font('italic', 31),
} as const satisfies Readonly<Record<string, Font>>;

/** One line of text in its box: `left` and `top` of the box inside the block; it is as high as `lineHeight` of the font. */
export type Line = {
  readonly text: string;
  readonly font: Font;
  readonly colour: Colour;
  readonly align: 'left' | 'center' | 'right';
  readonly left: number;
  readonly top: number;
  readonly width: number;
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

/** A strip over the whole width of the picture; `row` is the row of the table it shows, or one part of. */
export type Block = {
  readonly kind: 'head' | 'section' | 'group' | 'indicator' | 'continued' | 'foot';
  readonly row?: number;
  readonly height: number;
  readonly fill?: Colour;
  readonly fields: readonly Field[];
  readonly lines: readonly Line[];
};

/** Room for the marks of Vietnamese capitals above and below. */
export const lineHeight = ({ size }: Font): number => Math.round(size * 1.27);

/** Where the letters of a line stand, below its top. */
export const baseline = (font: Font): number => Math.round((lineHeight(font) + font.size * 0.675) / 2);

/** Texts as lines below each other in one box; an empty one leaves its room free. */
export function stacked(texts: readonly string[], box: Omit<Line, 'text'>): Line[] {
  const lines = texts.map((text, n) => ({ ...box, text, top: box.top + n * lineHeight(box.font) }));
  return lines.filter(({ text }) => text !== '');
}

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
