// Small tables made by hand, for the tests of the files that are written from them.
import type { Sheet, SheetCell } from '../../src/sheets/layout.ts';

export const words = (text: string, bold = false): SheetCell => ({ kind: 'text', text, bold, align: 'left' });

export const figure = (number: number, decimals = 0): SheetCell => ({
  kind: 'number',
  ...{ number, decimals, bold: false, align: 'right' },
});

/** A table of one figure column and one note column. */
export function table(notes: readonly string[], more: Partial<Sheet> = {}): Sheet {
  return {
    name: 'Phụ lục',
    title: [{ text: 'Phụ lục', style: 'heading' }],
    columns: [
      { key: 'value', width: 14 },
      { key: 'note', width: 30 },
    ],
    tiers: 1,
    header: [
      { text: 'Số liệu', row: 0, col: 0, across: 1, down: 1 },
      { text: 'Ghi chú', row: 0, col: 1, across: 1, down: 1 },
    ],
    rows: notes.map((note) => ({ kind: 'indicator', cells: [figure(1), words(note)] })),
    ...more,
  };
}
