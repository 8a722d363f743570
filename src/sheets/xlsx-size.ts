// Refuses, before the library sees it, a workbook that would take too much time or memory to read.
import { inflateRawSync } from 'node:zlib';
import { MOST_UNPACKED, unpackedSize, type ZipEntry } from './xlsx-zip.ts';

/** Over all worksheets. Marks and attributes bound what the library makes of the other parts. */
const MOST = { row: 100_000, col: 1000, marks: 1_000_000, attributes: 3_000_000 };

/**
 * Counts what every entry holds, whatever it is called: a few bytes can ask the library for a column or a cell each, 16,384 columns
 * even with one mark. `mostCells`: over all worksheets. Never throws.
 */
export function sizeFault(
  bytes: Uint8Array,
  entries: readonly ZipEntry[],
  mostCells: number,
): 'bomb' | 'tooLong' | 'unreadable' | undefined {
  if (unpackedSize(entries) > MOST_UNPACKED) return 'bomb';
  const counts = { row: 0, c: 0, col: 0, sheet: 0, sheetData: 0, marks: 0, attributes: 0 };
  for (const entry of entries) {
    const unpacked = unpack(bytes, entry);
    if (!unpacked) return 'unreadable';
    for (const byte of unpacked) {
      // Marks, and "&" for characters that are written as words, which take far more memory than they have letters.
      if (byte === 0x3c || byte === 0x26) counts.marks += 1;
      else if (byte === 0x3d) counts.attributes += 1;
    }
    const text = unpacked.toString('latin1');
    for (const [, mark = ''] of text.matchAll(/[<:](c|row|col|sheet|sheetData)[\s/>]/g))
      if (isCounted(mark)) counts[mark] += 1;
    if (counts.row > MOST.row || counts.c > mostCells) return 'tooLong';
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
