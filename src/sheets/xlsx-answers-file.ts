// Refuses, before the library sees it, a file that is no workbook, that runs programs, or that would take too much to read.
import type { SheetFault } from '../domain/filled.ts';
import { sizeFault } from './xlsx-size.ts';
import { startsWith, zipEntries } from './xlsx-zip.ts';

const MOST_BYTES = 10 * 1024 * 1024;
/** Over all worksheets. */
const MOST_CELLS = 150_000;

/** undefined: it looks like a workbook that may be read. Never throws. */
export function fileFault(bytes: Uint8Array): SheetFault | undefined {
  if (bytes.length > MOST_BYTES) return 'tooBig';
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return olderFault(bytes);
  if (!startsWith(bytes, [0x50, 0x4b])) return isText(bytes) ? 'text' : 'otherKind';
  const entries = zipEntries(bytes);
  if (!entries) return 'unreadable';
  const fault = kindFault(entries.map(({ name }) => name));
  return fault ?? sizeFault(bytes, entries, MOST_CELLS);
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
