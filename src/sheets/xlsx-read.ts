// Reads a list that somebody made in a spreadsheet (.xlsx, or CSV in UTF-8) as rows of text; the file may come from anybody.
import { parseCsv } from 'hucre/csv';
import { streamXlsxRows } from 'hucre/xlsx';

/** `line` counts from 1: the line of a CSV file on which the row begins, or the row of the sheet. */
export type TableRow = { readonly line: number; readonly cells: readonly string[] };

/**
 * Why a file cannot be read. tooBig: over 5 MB. bomb: it would unpack to over 32 MB. tooLong: over 20,000 rows. oldExcel: .xls, or
 * protected by a password. unreadable: a damaged .xlsx. notText: neither .xlsx nor UTF-8. openQuote: a quotation mark that never ends.
 */
type TableFault = 'tooBig' | 'bomb' | 'tooLong' | 'oldExcel' | 'unreadable' | 'notText' | 'openQuote';

export type Table =
  | { readonly rows: readonly TableRow[] }
  | { readonly fault: TableFault; readonly line: number };

const MOST_BYTES = 5 * 1024 * 1024;
const MOST_UNPACKED = 32 * 1024 * 1024;
const MOST_ROWS = 20_000;
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

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, n) => bytes[n] === byte);

async function readWorkbook(bytes: Uint8Array): Promise<Table> {
  const unpacked = unpackedSize(bytes);
  if (unpacked === undefined) return { fault: 'unreadable', line: 0 };
  if (unpacked > MOST_UNPACKED) return { fault: 'bomb', line: 0 };
  const rows: TableRow[] = [];
  try {
    // One row more than allowed, so that a longer sheet is noticed without being read to its end.
    const range = `A1:${LAST_COLUMN}${MOST_ROWS + 1}`;
    for await (const { index, values } of streamXlsxRows(bytes, { range, maxRows: MOST_ROWS + 1 })) {
      if (index >= MOST_ROWS || rows.length >= MOST_ROWS) return { fault: 'tooLong', line: index + 1 };
      rows.push({ line: index + 1, cells: cellsOf(values) });
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

/** A last row of our own: an open quotation mark swallows it, and hucre would not mention that. */
const END = '\u0001';

function readCsv(bytes: Uint8Array): Table {
  const text = utf8(bytes);
  if (text?.includes('\0') !== false) return { fault: 'notText', line: 0 };
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

/** Without the mark that Excel puts at the beginning; undefined when it is no UTF-8. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
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

/**
 * The bytes that a zip file says it unpacks to; undefined when it is not a plain zip file. hucre stops unpacking at what an entry
 * says, except for an entry that says 0, so that this sum bounds the memory; entries that hide their size count as no plain zip.
 */
function unpackedSize(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let total = 0;
  // 0xffff: the count stands elsewhere, as only archives with more entries than any workbook need it.
  if (count === 0xffff) return undefined;
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return undefined;
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const streamed = (view.getUint16(at + 8, true) & 8) !== 0;
    // An empty entry takes 2 bytes when packed; "0 bytes, see behind the data" is how a size would be hidden.
    if ((size === 0 && packed > 2) || (packed === 0 && (size > 0 || streamed))) return undefined;
    total += size;
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return total;
}

/** Where the end record of a zip file stands: at the very end, or before a comment of at most 65,535 bytes. */
function endOfDirectory(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  return undefined;
}
