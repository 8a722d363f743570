// What the rows of a table say, for drawing them: the words of a cell, why it is empty, and where the columns begin. Pure.
import { cellText } from './cell-text.ts';
import type { Empty, Sheet, SheetCell } from './layout.ts';
import type { Metrics } from './picture-font.ts';
import { codeLines } from './unit-codes.ts';

export type SheetRow = Sheet['rows'][number];
type Key = Sheet['columns'][number]['key'];

/** Where the columns of one table begin; what its rows need to know to be drawn. */
export type Frame = { readonly sheet: Sheet; readonly labelLeft: number; readonly metrics: Metrics };

/** A code of a choice is kept on one line: "Trực tuyến = 0". */
export function unitOf(sheet: Sheet, row: SheetRow): string {
  const unit = wordsOf(sheet, row, 'unit');
  return unit.includes('=') ? codeLines(unit).replaceAll(' ', '\u00a0') : unit;
}

/** What the cell of a row says; nothing where the table has no such column. */
export function wordsOf(sheet: Sheet, row: SheetRow, key: Key): string {
  const cell = cellAt(sheet, row, key);
  return cell ? cellText(cell) : '';
}

/** Why a row has no figure; undefined where it has one, or no reason is known. */
export function emptyOf(sheet: Sheet, row: SheetRow): Empty | undefined {
  const cell = cellAt(sheet, row, 'value');
  return cell?.kind === 'empty' ? cell.reason : undefined;
}

const cellAt = (sheet: Sheet, row: SheetRow, key: Key): SheetCell | undefined =>
  row.cells[sheet.columns.findIndex((column) => column.key === key)];
