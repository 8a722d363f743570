// Makes words printable with the letters a font has, and breaks them into lines that fit a column.
import { withoutEmoji } from './emoji.ts';
import type { Letters } from './pdf-font.ts';

/** Stands for what the font cannot print. */
const UNPRINTABLE = '□';
const INVISIBLE = /(?!\n)[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;
const CLUSTERS = new Intl.Segmenter('vi');

/**
 * The words as the font can print them: marks joined to their letters, every line end as "\n", invisible characters left out,
 * and emoji left out, fancy forms of letters as plain ones, and a box for each other character (a Chinese one) that the font lacks.
 */
export function printable(text: string, letters: Letters): string {
  const lines = text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n').replace(/\t/g, ' ');
  const joined = lines.normalize('NFC');
  if (joined.search(INVISIBLE) < 0 && joined.split('\n').every((line) => has(line, letters))) return joined;
  const clusters = CLUSTERS.segment(withoutEmoji(joined, (sign) => has(sign, letters)));
  return Array.from(clusters, ({ segment }) => printed(segment, letters)).join('');
}

function printed(cluster: string, letters: Letters): string {
  if (cluster === '\n') return cluster;
  for (const form of [cluster, cluster.normalize('NFKC')]) {
    const visible = form.replace(INVISIBLE, '');
    if (has(visible, letters)) return visible;
  }
  return UNPRINTABLE;
}

function has(text: string, letters: Letters): boolean {
  for (const letter of text) if (!letters.has(letter.codePointAt(0) ?? 0)) return false;
  return true;
}

/** The width of a printable text in points. */
export function widthOf(text: string, size: number, letters: Letters): number {
  let width = 0;
  for (const letter of text) width += letters.get(letter.codePointAt(0) ?? 0) ?? 0;
  return width * size;
}

/**
 * The lines of a printable text where none is wider than `room`, in points for letters of `size`. Lines end between words; a
 * word is broken only where it is longer than a line.
 */
export function linesOf(
  text: string,
  { room, size, letters }: { room: number; size: number; letters: Letters },
): string[] {
  const width = (part: string) => widthOf(part, size, letters);
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.match(/ *[^ ]+/g) ?? []) {
      if (width(line + word) <= room) {
        line += word;
        continue;
      }
      if (line !== '') lines.push(line);
      const pieces = piecesOf(word.trimStart(), room, width);
      line = pieces.pop() ?? '';
      for (const piece of pieces) lines.push(piece);
    }
    return [...lines, line];
  });
}

/** Pieces of a word that fit the room, ending after a mark as in addresses where that leaves no line half empty. */
function piecesOf(word: string, room: number, width: (part: string) => number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const letter of word.match(/\P{M}\p{M}*|\p{M}+/gu) ?? []) {
    if (piece !== '' && used + width(letter) > room) {
      const mark =
        Math.max(...['/', '?', '&', '=', '.', '-', '_'].map((each) => piece.lastIndexOf(each))) + 1;
      const end = mark > piece.length / 2 ? mark : piece.length;
      pieces.push(piece.slice(0, end));
      piece = piece.slice(end);
      used = width(piece);
    }
    piece += letter;
    used += width(letter);
  }
  return [...pieces, piece];
}
