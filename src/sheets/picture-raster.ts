// Puts the fields and lines of a picture together as one palette index for every pixel.
import type { Field, Line, Strip } from './picture-block.ts';
import { WIDTH } from './picture-look.ts';
import type { Shades } from './picture-shades.ts';
import type { Stamper } from './picture-stamp.ts';

/** A row of a PNG begins with the byte that says it is not filtered. */
const ROW = WIDTH + 1;
const EDGE_WIDTH = 14;

/** A picture from top to bottom; its blocks together are `height` pixels high. */
export type Strips = { readonly height: number; readonly blocks: readonly Strip[] };

/** The rows of a picture, each with the byte in front that a PNG wants. `stamper` must draw in the same shades. */
export function rasterOf({ height, blocks }: Strips, stamper: Stamper, shades: Shades): Uint8Array {
  const rows = new Uint8Array(ROW * height);
  let top = 0;
  for (const block of blocks) {
    if (block.fill)
      fill(rows, shades.indexOf(block.fill), { left: 0, top, width: WIDTH, height: block.height });
    if (block.edge)
      fill(rows, shades.indexOf(block.edge), { left: 0, top, width: EDGE_WIDTH, height: block.height });
    for (const field of block.fields) drawField(rows, { ...field, top: top + field.top }, shades);
    for (const line of block.lines) drawLine(rows, block, { ...line, top: top + line.top }, stamper);
    top += block.height;
  }
  return rows;
}

type Box = Pick<Field, 'left' | 'top' | 'width' | 'height'>;

function fill(rows: Uint8Array, index: number, { left, top, width, height }: Box): void {
  for (let y = top; y < top + height; y++) {
    const start = y * ROW + 1 + left;
    rows.fill(index, start, start + width);
  }
}

function drawField(rows: Uint8Array, field: Field, shades: Shades): void {
  const { colour, left, top, width, height, radius } = field;
  const corner = cornerOf(radius, shades.steps);
  const places = corner.flatMap((level, n) => {
    const [x, y] = [n % radius, Math.floor(n / radius)];
    const [right, bottom] = [left + width - 1 - x, top + height - 1 - y];
    const points = [[left + x, top + y] as const, [right, top + y] as const];
    const all = [...points, [left + x, bottom] as const, [right, bottom] as const];
    return all.map(([column, row]) => ({ at: row * ROW + 1 + column, level }));
  });
  const shaded = places.map(({ at, level }) => {
    const ground = shades.colourAt(rows[at] ?? 0);
    return {
      at,
      index: ground && ground !== colour ? (shades.between(ground, colour)[level] ?? 0) : (rows[at] ?? 0),
    };
  });
  fill(rows, shades.indexOf(colour), field);
  for (const { at, index } of shaded) rows[at] = index;
}

/** Of every pixel in a rounded corner, row by row from the outside, how much of it the field covers, as a shade. */
function cornerOf(radius: number, steps: number): number[] {
  const parts = [1, 3, 5, 7].map((eighth) => eighth / 8);
  return Array.from({ length: radius * radius }, (_, n) => {
    const [x, y] = [radius - (n % radius), radius - Math.floor(n / radius)];
    const inside = parts.flatMap((dx) => parts.filter((dy) => Math.hypot(x - dx, y - dy) <= radius));
    return Math.round((inside.length / parts.length ** 2) * (steps - 1));
  });
}

function drawLine(rows: Uint8Array, block: Strip, line: Line, stamper: Stamper): void {
  const ground = line.ground ?? block.fill ?? 'paper';
  const { left, width, height, indexes } = stamper(line, ground);
  const anchor = line.left + { left: 0, center: line.width / 2, right: line.width }[line.align];
  const start = line.top * ROW + 1 + Math.round(anchor) + left;
  for (let y = 0; y < height; y++) rows.set(indexes.subarray(y * width, (y + 1) * width), start + y * ROW);
}
