// How high the rows of a worksheet must be for the words in them.
import type { GridCell } from './grid.ts';
import { lineCount, textWidth } from './measure.ts';

/** Letters of the consolidated workbook, in points. */
export const GRID_SIZE = 11;
/** One digit is half as wide as it is high; PADDING is what a cell leaves free, in points. */
const DIGIT = GRID_SIZE / 2;
const PADDING = 5;
const LINE = 1.27;
/** Excel cuts rows that are higher. */
const HIGHEST = 409;

/** The height in points for the words of these cells, of columns so many digits wide. */
export function rowHeight(cells: readonly GridCell[], widths: readonly number[]): number {
  const lines = cells.map((cell, col) => {
    const words = cell.kind === 'text' ? cell.text : cell.kind === 'formula' ? String(cell.result) : '';
    const bold = cell.look === 'section' || cell.look === 'total' || cell.look === 'head';
    return lineCount(words, Math.max(1, (widths[col] ?? 1) * DIGIT - PADDING), { size: GRID_SIZE, bold });
  });
  return Math.min(HIGHEST, Math.ceil(Math.max(1, ...lines) * GRID_SIZE * LINE) + 3);
}

/** The width in points of one line of words in bold. */
export const lineWidth = (words: string): number => textWidth(words, { size: GRID_SIZE, bold: true });
