// Reads from a TrueType file which letters it has and how wide they are, to know before printing where lines end.

/** The width of every letter a font has, by code point, for letters of size 1. */
export type Letters = ReadonlyMap<number, number>;

/** Throws when the file is no TrueType font with a Unicode table of the usual kind (cmap format 4). */
export function readLetters(file: Uint8Array): Letters {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const table = tablesOf(view);
  const unitsPerEm = view.getUint16(table('head') + 18);
  const widths = table('hmtx');
  // Glyphs after the last listed one are as wide as it.
  const listed = view.getUint16(table('hhea') + 34);
  const letters = new Map<number, number>();
  for (const [letter, glyph] of glyphsOf(view, table('cmap'))) {
    const width = view.getUint16(widths + 4 * Math.min(glyph, listed - 1));
    letters.set(letter, width / unitsPerEm);
  }
  return letters;
}

function tablesOf(view: DataView): (tag: string) => number {
  const offsets = new Map<string, number>();
  for (let n = 0, at = 12; n < view.getUint16(4); n++, at += 16) {
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));
    offsets.set(tag, view.getUint32(at + 8));
  }
  return (tag) => {
    const offset = offsets.get(tag);
    if (offset === undefined) throw new Error(`The font has no table "${tag}"`);
    return offset;
  };
}

/** The glyph of every letter. Glyph 0 stands for letters the font lacks. */
function* glyphsOf(view: DataView, cmap: number): Generator<[letter: number, glyph: number]> {
  const start = unicodeTable(view, cmap);
  const size = view.getUint16(start + 6);
  const [ends, starts, deltas, ranges] = [14, 16 + size, 16 + 2 * size, 16 + 3 * size].map(
    (at) => start + at,
  );
  if (ends === undefined || starts === undefined || deltas === undefined || ranges === undefined) return;
  for (let segment = 0; segment < size; segment += 2) {
    const range = view.getUint16(ranges + segment);
    const first = view.getUint16(starts + segment);
    for (let letter = first; letter <= view.getUint16(ends + segment); letter++) {
      const place = ranges + segment + range + 2 * (letter - first);
      const found = range === 0 ? letter : view.getUint16(place);
      const glyph = found === 0 ? 0 : (found + view.getUint16(deltas + segment)) & 0xffff;
      if (glyph !== 0) yield [letter, glyph];
    }
  }
}

function unicodeTable(view: DataView, cmap: number): number {
  for (let n = 0, at = cmap + 4; n < view.getUint16(cmap + 2); n++, at += 8) {
    const start = cmap + view.getUint32(at + 4);
    if (view.getUint16(at) === 3 && view.getUint16(start) === 4) return start;
  }
  throw new Error('The font has no Unicode table of format 4');
}
