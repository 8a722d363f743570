// A plain list (a history, a list of codes) as a printed table, for the same writers as the tables of the forms. Pure.
import type { Sheet, SheetCell } from './layout.ts';

/** `width` only in proportion to the others. */
type PlainColumn = { readonly head: string; readonly width: number; readonly align?: 'center' };

/** Rows have a text for every column; a column with running numbers is put in front. */
type PlainTable = {
  readonly name: string;
  /** The heading, and lines below it. */
  readonly title: readonly string[];
  readonly columns: readonly PlainColumn[];
  readonly rows: readonly (readonly string[])[];
};

const WIDE = 20;
const NUMBER: PlainColumn = { head: 'STT', width: 6, align: 'center' };

export function plainSheet({ name, title, columns: given, rows }: PlainTable): Sheet {
  const columns = [NUMBER, ...given];
  return {
    name,
    title: title.map((text, n) => ({ text, style: n === 0 ? 'heading' : 'attached' })),
    // Words stay whole, except in the widest columns.
    columns: columns.map(({ width }, n) => ({
      key: n === 0 ? 'stt' : width > WIDE ? 'label' : 'unit',
      width,
    })),
    lying: true,
    tiers: 1,
    header: columns.map(({ head: text }, col) => ({ text, row: 0, col, down: 1, across: 1 })),
    rows: rows.map((row, n) => ({
      kind: 'indicator',
      cells: [String(n + 1), ...row].map((text, col) => cellOf(text, columns[col]?.align ?? 'left')),
    })),
  };
}

const cellOf = (text: string, align: SheetCell['align']): SheetCell =>
  text === '' ? { kind: 'empty', bold: false, align } : { kind: 'text', text, bold: false, align };
