// Fills the spreadsheet that the bot has handed out, as an officer would in Excel.
import { readXlsx, writeXlsx } from 'hucre/xlsx';

/** The column of the figures in the form of the pictures, from 0. */
const VALUE = 3;

/** The same file with these figures, by indicator. */
export async function fillTable(
  file: Uint8Array,
  figures: Readonly<Record<string, number>>,
): Promise<Uint8Array> {
  const { sheets, properties } = await readXlsx(file);
  return writeXlsx({
    sheets: sheets.map(({ name, rows }) => ({
      name,
      rows: rows.map((row) => {
        // Each row carries the name of its indicator in a hidden column.
        const key = String(row.find((cell) => /\.v\d+:/.test(String(cell))) ?? '').split(':')[1] ?? '';
        const figure = figures[key];
        return row.map((cell, at) => (at === VALUE && figure !== undefined ? figure : cell));
      }),
    })),
    ...(properties && { properties }),
  });
}
