// Writes pixels as a PNG of at most 256 colours: a third of the bytes of a full one, and never more than one byte a pixel.

import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

/** Red, green and blue in the lower three bytes, in this order, as canvases on all usual processors hold a pixel. */
export type Pixels = Uint32Array;

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST = 256;
const compress = promisify(deflate);

/** `exact`: colours ("#1d3d63") of large areas, which are kept as they are; in the others the last bits may differ. */
export async function encodePng(
  pixels: Pixels,
  width: number,
  exact: readonly string[],
): Promise<Uint8Array> {
  const height = pixels.length / width;
  const { indexes, palette } = indexed(pixels, width, exact);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, with a palette.
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk(
      'PLTE',
      Buffer.from(palette.flatMap((colour) => [colour & 255, (colour >> 8) & 255, colour >> 16])),
    ),
    chunk('IDAT', await compress(indexes, { level: 4 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** Rows of palette indexes, each behind the byte that says it is not filtered. */
function indexed(pixels: Pixels, width: number, exact: readonly string[]) {
  const height = pixels.length / width;
  const palette: number[] = [];
  /** The palette index of every shade, plus one; 0 for a shade not met yet. */
  const shades = new Uint16Array(1 << 15);
  const indexOf = (colour: number): number => {
    const known = shades[shadeOf(colour)] ?? 0;
    if (known > 0) return known - 1;
    const index = palette.length < MOST ? palette.push(colour) - 1 : nearest(colour, palette);
    shades[shadeOf(colour)] = index + 1;
    return index;
  };
  for (const colour of exact) indexOf(colourOf(colour));
  const indexes = new Uint8Array((width + 1) * height);
  let last = -1;
  let index = 0;
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    to += 1;
    for (let x = 0; x < width; x++) {
      const pixel = pixels[from++] ?? 0;
      if (pixel !== last) {
        last = pixel;
        index = indexOf(pixel & 0xffffff);
      }
      indexes[to++] = index;
    }
  }
  return { indexes, palette };
}

/** Five bits of each colour: neighbours that no eye tells apart. */
const shadeOf = (colour: number): number =>
  ((colour >> 3) & 0x1f) | ((colour >> 6) & 0x3e0) | ((colour >> 9) & 0x7c00);

function nearest(colour: number, palette: readonly number[]): number {
  const far = (other: number) =>
    [0, 8, 16].reduce((sum, bits) => sum + (((colour >> bits) & 255) - ((other >> bits) & 255)) ** 2, 0);
  return palette.reduce((best, other, n) => (far(other) < far(palette[best] ?? 0) ? n : best), 0);
}

function colourOf(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return (red ?? 0) | ((green ?? 0) << 8) | ((blue ?? 0) << 16);
}
