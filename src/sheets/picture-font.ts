// How wide every letter of the fonts that come with the program is, read from their files, and which letters they have.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { withoutEmoji } from './emoji.ts';

export type Face = 'regular' | 'bold' | 'italic';
/** `size` in pixels. */
export type Font = { readonly face: Face; readonly size: number };
/** The width of every UTF-16 code in parts of the letters' size; -1 where a face has no such letter. */
export type Metrics = Readonly<Record<Face, Float64Array>>;

const fileOf = (name: string): string => fileURLToPath(new URL(`./fonts/${name}.ttf`, import.meta.url));
export const FONT_FILES: Readonly<Record<Face, string>> = {
  regular: fileOf('LiberationSerif-Regular'),
  bold: fileOf('LiberationSerif-Bold'),
  italic: fileOf('LiberationSerif-Italic'),
};

/** Stands for a letter that the fonts lack: the machine's own fonts would look different everywhere. */
const NO_LETTER = '□';

/** Throws when a font's file is missing or is no TrueType font. */
export async function loadMetrics(): Promise<Metrics> {
  const [regular, bold, italic] = await Promise.all([
    widthsIn(FONT_FILES.regular),
    widthsIn(FONT_FILES.bold),
    widthsIn(FONT_FILES.italic),
  ]);
  return { regular, bold, italic };
}

/** The width of a text in pixels, before letters are moved closer to each other (kerning). */
export function textWidth(text: string, { face, size }: Font, metrics: Metrics): number {
  const widths = metrics[face];
  let ems = 0;
  for (let n = 0; n < text.length; n++) ems += Math.max(0, widths[text.charCodeAt(n)] ?? 0);
  return ems * size;
}

/**
 * A text in letters that every face has, composed (NFC), with plain spaces and line ends, without emoji. Marks that make no letter
 * with what stands before them are dropped: heaped up they would grow into the lines above.
 */
export function drawable(text: string, metrics: Metrics): string {
  const composed = withoutEmoji(text.normalize('NFC'), (sign) =>
    [...sign].every((each) => has(each, metrics)),
  )
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\S\n\u00a0]/g, ' ')
    .replace(/[\p{M}\p{Emoji_Modifier}\p{Cf}]|(?!\n)\p{Cc}/gu, '');
  return [...composed].map((letter) => (has(letter, metrics) ? letter : NO_LETTER)).join('');
}

const has = (letter: string, { regular, bold, italic }: Metrics): boolean =>
  letter === '\n' ||
  (letter.length === 1 && [regular, bold, italic].every((face) => (face[letter.charCodeAt(0)] ?? -1) >= 0));

async function widthsIn(file: string): Promise<Float64Array> {
  const bytes = await readFile(file);
  try {
    return widthsOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    throw new Error(`cannot read the font ${file}`, { cause });
  }
}

function widthsOf(font: DataView): Float64Array {
  const unitsPerEm = font.getUint16(tableAt(font, 'head') + 18);
  const hmtx = tableAt(font, 'hmtx');
  const lastWidth = font.getUint16(tableAt(font, 'hhea') + 34) - 1;
  const widths = new Float64Array(0x10000).fill(-1);
  for (const [code, glyph] of glyphsOf(font))
    widths[code] = font.getUint16(hmtx + 4 * Math.min(glyph, lastWidth)) / unitsPerEm;
  return widths;
}

/** Where a table of the font file begins. */
function tableAt(font: DataView, tag: string): number {
  for (let n = 0; n < font.getUint16(4); n++) {
    const entry = 12 + 16 * n;
    if (tagAt(font, entry) === tag) return font.getUint32(entry + 8);
  }
  throw new Error(`no table ${tag}`);
}

const tagAt = (font: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((n) => font.getUint8(at + n)));

/** Code and glyph of every letter, from the table that all programs on Windows read: platform 3, encoding 1, format 4. */
function* glyphsOf(font: DataView): Generator<readonly [code: number, glyph: number]> {
  const at = letterTable(font);
  const size = font.getUint16(at + 6);
  const [ends, starts] = [at + 14, at + 16 + size];
  for (let segment = 0; segment < size; segment += 2) {
    const delta = font.getUint16(starts + size + segment);
    const offsetAt = starts + 2 * size + segment;
    const offset = font.getUint16(offsetAt);
    const start = font.getUint16(starts + segment);
    for (let code = start; code <= font.getUint16(ends + segment) && code < 0xffff; code++) {
      const listed = offset === 0 ? code : font.getUint16(offsetAt + offset + 2 * (code - start));
      const glyph = listed === 0 ? 0 : (listed + delta) & 0xffff;
      if (glyph !== 0) yield [code, glyph];
    }
  }
}

function letterTable(font: DataView): number {
  const cmap = tableAt(font, 'cmap');
  for (let n = 0; n < font.getUint16(cmap + 2); n++) {
    const entry = cmap + 4 + 8 * n;
    const at = cmap + font.getUint32(entry + 4);
    if (font.getUint16(entry) === 3 && font.getUint16(entry + 2) === 1 && font.getUint16(at) === 4) return at;
  }
  throw new Error('no table of letters');
}
