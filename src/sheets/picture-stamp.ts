// Draws lines of text, each on a small canvas, and keeps them: forms repeat theirs, and the next picture repeats the form's.
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Line } from './picture-block.ts';
import { type Face, type Metrics, textWidth } from './picture-font.ts';
import { baseline, COLOURS, type Colour, lineHeight } from './picture-look.ts';
import { rgbOf, type Shades } from './picture-shades.ts';

/** A line as palette indexes, row by row. `left`: from where the line is anchored to its first column. */
type Stamp = {
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly indexes: Uint8Array;
};

/** Draws a line upon a ground. */
export type Stamper = (line: Line, ground: Colour) => Stamp;

type Canvas = typeof import('@napi-rs/canvas');

/** Room for letters that lean over the edge of their box. */
const OVERHANG = 6;
/** Of the canvas: wider and higher than any line. */
const SIZE = { width: 1080, height: 64 };
/** In bytes: about the lines of three forms. */
const MOST_KEPT = 12_000_000;
const STYLES: Readonly<Record<Face, string>> = { regular: '', bold: 'bold ', italic: 'italic ' };

/** `family`: the name under which the fonts were registered. */
export function stamperOf(
  { createCanvas }: Canvas,
  metrics: Metrics,
  { family, shades }: { readonly family: string; readonly shades: Shades },
): Stamper {
  const context = createCanvas(SIZE.width, SIZE.height).getContext('2d');
  const kept = new Map<string, Stamp>();
  let size = 0;
  return (line, ground) => {
    const { text, font, colour, align } = line;
    const key = [font.face, font.size, colour, ground, align, text].join(' ');
    const known = kept.get(key);
    if (known) return known;
    context.font = `${STYLES[font.face]}${font.size}px "${family}"`;
    const stamp = drawn(context, line, { ground, metrics, shades });
    size += stamp.indexes.length;
    if (size > MOST_KEPT) {
      kept.clear();
      size = stamp.indexes.length;
    }
    kept.set(key, stamp);
    return stamp;
  };
}

function drawn(
  context: SKRSContext2D,
  line: Line,
  { ground, metrics, shades }: { ground: Colour; metrics: Metrics; shades: Shades },
): Stamp {
  const { text, font, colour, align } = line;
  const width = Math.min(Math.ceil(textWidth(text, font, metrics)) + 2 * OVERHANG, SIZE.width);
  const height = lineHeight(font);
  const anchor = { left: OVERHANG, center: Math.round(width / 2), right: width - OVERHANG }[align];
  context.fillStyle = COLOURS[ground];
  context.fillRect(0, 0, width, height);
  context.fillStyle = COLOURS[colour];
  context.textAlign = align;
  context.fillText(text, anchor, baseline(font));
  const pixels = context.getImageData(0, 0, width, height).data;
  return { left: -anchor, width, height, indexes: indexed(pixels, { ground, colour, shades }) };
}

/** Every pixel is a mixture of the two colours, which the part of it in which they differ most tells best. */
function indexed(
  pixels: Uint8ClampedArray,
  { ground, colour, shades }: { ground: Colour; colour: Colour; shades: Shades },
): Uint8Array {
  const [from, to] = [rgbOf(ground), rgbOf(colour)];
  const gaps = ([0, 1, 2] as const).map((part) => Math.abs(to[part] - from[part]));
  const part = gaps.indexOf(Math.max(...gaps)) as 0 | 1 | 2;
  const { steps } = shades;
  const between = shades.between(ground, colour);
  const indexes = Uint8Array.from({ length: 256 }, (_, light) => {
    const level = Math.round(((light - from[part]) / (to[part] - from[part])) * (steps - 1));
    return between[Math.min(Math.max(level, 0), steps - 1)] ?? 0;
  });
  const found = new Uint8Array(pixels.length / 4);
  for (let n = 0, at: number = part; n < found.length; n++, at += 4) found[n] = indexes[pixels[at] ?? 0] ?? 0;
  return found;
}
