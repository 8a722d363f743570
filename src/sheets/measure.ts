// How much room words take in Times New Roman, to plan columns and heights that no program works out by itself.

/** Widths of the characters from space to ~ in thousandths of the font size. */
const WIDTHS =
  `250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500
278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944
722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 500 278 778 500 500 500 500 333 389 278
500 500 722 500 500 444 480 200 480 541`
    .split(/\s/)
    .map(Number);
const OTHER = 600;
/** Bold letters are a little wider. */
const BOLD = 1.08;

export type Font = { readonly size: number; readonly bold: boolean };

/** Widths of size 1 of words met before: forms repeat theirs, and taking marks off letters is slow. */
const known = new Map<string, number>();
const MOST_KNOWN = 5_000;
const LONGEST_KNOWN = 40;

/** The width of one line of text in points. Marks above and below letters take no room. */
export const textWidth = (text: string, { size, bold }: Font): number =>
  unitWidth(text) * size * (bold ? BOLD : 1);

function unitWidth(text: string): number {
  const before = known.get(text);
  if (before !== undefined) return before;
  const letters = [...text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')];
  const total = letters.reduce((sum, letter) => sum + widthOf(letter.charCodeAt(0)), 0) / 1000;
  if (text.length <= LONGEST_KNOWN) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, total);
  }
  return total;
}

const NO_BREAK_SPACE = 0xa0;
const widthOf = (code: number): number => WIDTHS[(code === NO_BREAK_SPACE ? 0x20 : code) - 32] ?? OTHER;

/** Where a line may end: at white space that is no no-break space. */
const GAP = /[^\S\u00a0]+/;

/** The width of the longest word in points. */
export const longestWord = (text: string, font: Font): number =>
  Math.max(0, ...text.split(GAP).map((word) => textWidth(word, font)));

/** How many lines a text needs where lines are `width` points wide and end between words. */
export function lineCount(text: string, width: number, font: Font): number {
  return text.split('\n').reduce((lines, paragraph) => lines + paragraphLines(paragraph, width, font), 0);
}

function paragraphLines(paragraph: string, width: number, font: Font): number {
  const space = textWidth(' ', font);
  let lines = 1;
  let used = 0;
  for (const word of paragraph.split(GAP).map((each) => textWidth(each, font))) {
    const fits = used === 0 || used + space + word <= width;
    if (!fits) lines += 1;
    used = fits && used > 0 ? used + space + word : word;
    // A word longer than the line is broken inside.
    lines += Math.max(0, Math.ceil(used / width) - 1);
    used = used > width ? used % width : used;
  }
  return lines;
}
