// Refuses, before the library sees it, a file that is no workbook, that runs programs, or that would take too much to read.
import { inflateRawSync } from 'node:zlib';
import type { SheetFault } from '../domain/filled.ts';
import { MOST_UNPACKED, startsWith, unpackedSize, type ZipEntry, zipEntries } from './xlsx-zip.ts';

const MOST_BYTES = 10 * 1024 * 1024;
/** Over all worksheets. Marks and attributes bound what the library makes of the other parts. */
const MOST = { row: 100_000, c: 150_000, col: 1000, marks: 1_000_000, attributes: 3_000_000 };

/** undefined: it looks like a workbook that may be read. Never throws. */
export function fileFault(bytes: Uint8Array): SheetFault | undefined {
  if (bytes.length > MOST_BYTES) return 'tooBig';
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return olderFault(bytes);
  if (!startsWith(bytes, [0x50, 0x4b])) return isText(bytes) ? 'text' : 'otherKind';
  const entries = zipEntries(bytes);
  if (!entries) return 'unreadable';
  const fault = kindFault(entries.map(({ name }) => name));
  if (fault) return fault;
  if (unpackedSize(entries) > MOST_UNPACKED) return 'bomb';
  return sizeFault(bytes, entries);
}

/** The container of Office before 2007, in which also protected files of today come. */
function olderFault(bytes: Uint8Array): SheetFault {
  const names = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const holds = (name: string): boolean => names.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return 'encrypted';
  return holds('WordDocument') ? 'word' : 'oldExcel';
}

function isText(bytes: Uint8Array): boolean {
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) return false;
  return bytes.subarray(0, 4096).every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

function kindFault(names: readonly string[]): SheetFault | undefined {
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (has(/(^|\/)vbaProject[^/]*\.bin$/i) || has(/^xl\/macrosheets\//i)) return 'macros';
  if (has(/^word\/document/i)) return 'word';
  if (has(/^mimetype$/) && has(/^content\.xml$/)) return 'openDocument';
  if (has(/^xl\/workbook\.bin$/i)) return 'binaryExcel';
  return has(/^\[Content_Types\]\.xml$/) ? undefined : 'otherKind';
}

/**
 * Counts what every entry holds, whatever it is called: a few bytes can ask the library for a column or a cell each, 16,384 columns
 * even with one mark.
 */
function sizeFault(bytes: Uint8Array, entries: readonly ZipEntry[]): SheetFault | undefined {
  const counts = { row: 0, c: 0, col: 0, sheet: 0, sheetData: 0, marks: 0, attributes: 0 };
  for (const entry of entries) {
    const unpacked = unpack(bytes, entry);
    if (!unpacked) return 'unreadable';
    for (const byte of unpacked) {
      if (byte === 0x3c) counts.marks += 1;
      else if (byte === 0x3d) counts.attributes += 1;
    }
    const text = unpacked.toString('latin1');
    for (const [, mark = ''] of text.matchAll(/[<:](c|row|col|sheet|sheetData)[\s/>]/g))
      if (isCounted(mark)) counts[mark] += 1;
    if (counts.row > MOST.row || counts.c > MOST.c) return 'tooLong';
    if (counts.col > MOST.col || counts.marks > MOST.marks || counts.attributes > MOST.attributes)
      return 'bomb';
  }
  // A worksheet that is listed again and again would be read again and again.
  return counts.sheet > counts.sheetData ? 'unreadable' : undefined;
}

type Counted = 'row' | 'c' | 'col' | 'sheet' | 'sheetData';
const isCounted = (mark: string): mark is Counted =>
  mark === 'c' || mark === 'row' || mark === 'col' || mark === 'sheet' || mark === 'sheetData';

function unpack(bytes: Uint8Array, { at, packed, size, stored }: ZipEntry): Buffer | undefined {
  if (at + 30 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const data = Buffer.from(
    bytes.buffer,
    bytes.byteOffset + start,
    Math.max(0, Math.min(packed, bytes.length - start)),
  );
  if (stored) return data;
  if (size === 0) return Buffer.alloc(0);
  try {
    return inflateRawSync(data, { maxOutputLength: size });
  } catch {
    return undefined;
  }
}
