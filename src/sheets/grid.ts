// A worksheet as plain data: cells with a look, words, figures and formulas with the values they compute.

/** How a cell looks; the writer knows what each of them means. */
export type Look =
  | 'title'
  | 'line'
  | 'alert'
  | 'head'
  | 'headTurned'
  | 'headQuiet'
  | 'headQuietTurned'
  | 'section'
  | 'sectionNumber'
  | 'group'
  | 'groupNumber'
  | 'text'
  | 'centre'
  | 'figure'
  | 'total'
  | 'words'
  | 'remark'
  | 'quiet'
  | 'away';

/**
 * One cell. `formula` has no "=" in front; `result` is what it computes, '' for an empty text. `decimals`: how many a figure
 * shows.
 */
export type GridCell = { readonly look: Look } & (
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number; readonly decimals: number }
  | {
      readonly kind: 'formula';
      readonly formula: string;
      readonly result: number | string;
      readonly decimals?: number;
    }
);

/** `wide`: its last cell goes across all columns that are left. */
type GridRow = { readonly height: number; readonly cells: readonly GridCell[]; readonly wide?: true };

/**
 * A worksheet. `name` is one that Excel allows. Widths in digits of the body font, heights in points, both for every column and
 * row. `frozen`: so many rows and columns stay when one scrolls, and are repeated in print.
 */
export type Grid = {
  readonly name: string;
  readonly widths: readonly number[];
  readonly rows: readonly GridRow[];
  readonly frozen: { readonly rows: number; readonly columns: number };
};

export const empty = (look: Look): GridCell => ({ kind: 'empty', look });
export const text = (words: string, look: Look): GridCell =>
  words === '' ? empty(look) : { kind: 'text', text: words, look };
export const number = (figure: number, decimals = 0, look: Look = 'figure'): GridCell => ({
  kind: 'number',
  number: figure,
  decimals,
  look,
});

/** 0 → "A", 26 → "AA". */
export function columnName(column: number): string {
  const above = Math.floor(column / 26);
  return `${above > 0 ? columnName(above - 1) : ''}${String.fromCharCode(65 + (column % 26))}`;
}
