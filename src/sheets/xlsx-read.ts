// Reads a list that somebody made in a spreadsheet (.xlsx, or CSV in UTF-8 or UTF-16) as rows of text; the file may come from anybody.
import { parseCsv } from 'hucre/csv';
import { streamXlsxRows } from 'hucre/xlsx';
import type { Table, TableRow } from '../domain/table.ts';
import { sizeFault } from './xlsx-size.ts';
import { startsWith, zipEntries } from './xlsx-zip.ts';

const MOST_BYTES = 5 * 1024 * 1024;
const MOST_ROWS = 20_000;
/** Every column of the longest list, twice. */
const MOST_CELLS = 320_000;
/** The characters of all cells together: one text may stand in every cell of a workbook without making the file any longer. */
const MOST_TEXT = 5_000_000;
/** Further columns are not read; together with the rows this bounds what a hostile sheet can make us hold. */
const LAST_COLUMN = 'AZ';

/**
 * The first sheet of a workbook, or a CSV file separated by comma, semicolon or tab, told apart by content. Cells are trimmed,
 * empty ones at the end of a row left out; dates become YYYY-MM-DD. Rows without text are left out, so that `line` may jump. Never throws because of what the file holds.
 */
export async function readTable(bytes: Uint8Array): Promise<Table> {
  if (bytes.length > MOST_BYTES) return { fault: 'tooBig', line: 0 };
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return { fault: 'oldExcel', line: 0 };
  if (startsWith(bytes, [0x50, 0x4b])) return readWorkbook(bytes);
  return readCsv(bytes);
}

async function readWorkbook(bytes: Uint8Array): Promise<Table> {
  const entries = zipEntries(bytes);
  if (!entries) return { fault: 'unreadable', line: 0 };
  const fault = sizeFault(bytes, entries, MOST_CELLS);
  if (fault) return { fault, line: 0 };
  const rows: TableRow[] = [];
  let length = 0;
  try {
    // One row more than allowed, so that a longer sheet is noticed without being read to its end.
    const range = `A1:${LAST_COLUMN}${MOST_ROWS + 1}`;
    for await (const { index, values } of streamXlsxRows(bytes, { range, maxRows: MOST_ROWS + 1 })) {
      const cells = cellsOf(values);
      length += cells.reduce((sum, cell) => sum + cell.length, 0);
      if (index >= MOST_ROWS || rows.length >= MOST_ROWS || length > MOST_TEXT)
        return { fault: 'tooLong', line: index + 1 };
      rows.push({ line: index + 1, cells });
    }
  } catch {
    return { fault: 'unreadable', line: 0 };
  }
  return { rows: rows.filter(hasText) };
}

/** hucre gives dates as midnight UTC. */
function cellText(value: string | number | boolean | Date | null | undefined): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  return String(value ?? '').trim();
}

type CellValue = Parameters<typeof cellText>[0];

function cellsOf(values: readonly CellValue[]): string[] {
  const cells = values.map(cellText);
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}

const hasText = (row: TableRow): boolean => row.cells.length > 0;

/** Cells and lines of a CSV file, also empty ones. */
const MOST_PARTS = 1_000_000;

/** How many parts the text has at most, without making any. */
function partsOf(text: string): number {
  let count = 0;
  for (let n = 0; n < text.length; n++) if (PARTING.has(text.charCodeAt(n))) count += 1;
  return count;
}

const PARTING = new Set(Array.from(',;\t\r\n', (mark) => mark.charCodeAt(0)));

/** A last row of our own: an open quotation mark swallows it, and hucre would not mention that. */
const END = '\u0001';

function readCsv(bytes: Uint8Array): Table {
  const text = textOf(bytes);
  if (text?.includes('\0') !== false) return { fault: 'notText', line: 0 };
  if (partsOf(text) > MOST_PARTS) return { fault: 'tooLong', line: MOST_ROWS };
  const parsed = parseCsv(`${text}\n${END}`, { delimiter: delimiterOf(text) });
  const rows: TableRow[] = [];
  let line = 1;
  for (const row of parsed) {
    const raw = row.map((cell) => String(cell ?? ''));
    rows.push({ line, cells: cellsOf(raw) });
    line += raw.join(',').split(/\r\n|\r|\n/).length;
  }
  const last = rows.pop();
  if (last?.cells.join() !== END) return { fault: 'openQuote', line: last?.line ?? 0 };
  const filled = rows.filter(hasText);
  return filled.length > MOST_ROWS
    ? { fault: 'tooLong', line: filled[MOST_ROWS]?.line ?? 0 }
    : { rows: filled };
}

/**
 * Without the mark that Excel puts at the beginning; "Unicode text" of Excel is UTF-16, which only that mark tells. undefined when
 * it is neither: the old Vietnamese encodings have lost letters before the file came here, so that guessing would store wrong names.
 */
function textOf(bytes: Uint8Array): string | undefined {
  const encoding = startsWith(bytes, [0xff, 0xfe])
    ? 'utf-16le'
    : startsWith(bytes, [0xfe, 0xff])
      ? 'utf-16be'
      : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What the first line with text (the heading) uses most; names in later lines may hold commas. */
function delimiterOf(text: string): string {
  const heading = text.split(/\r\n|\r|\n/).find((line) => line.trim() !== '') ?? '';
  const count = (mark: string): number => heading.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
