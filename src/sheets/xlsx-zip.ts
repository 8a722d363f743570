// What a zip file says about itself, so that it can be refused before anything is unpacked.

/** One file in a zip file; sizes in bytes. `at`: where its own header stands. */
export type ZipEntry = {
  readonly name: string;
  readonly packed: number;
  readonly size: number;
  readonly stored: boolean;
  readonly at: number;
};

/** More than this, unpacked, no list and no appendix needs. */
export const MOST_UNPACKED = 32 * 1024 * 1024;

export const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, n) => bytes[n] === byte);

/**
 * The directory of a zip file; undefined when it is not a plain zip file. hucre stops unpacking at what an entry says, except for
 * an entry that says 0, so that the sum of sizes bounds the memory; entries that hide their size count as no plain zip.
 */
export function zipEntries(bytes: Uint8Array): readonly ZipEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  // 0xffff: the count stands elsewhere, as only archives with more entries than any workbook need it.
  if (count === 0xffff) return undefined;
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return undefined;
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const streamed = (view.getUint16(at + 8, true) & 8) !== 0;
    // An empty entry takes 2 bytes when packed; "0 bytes, see behind the data" is how a size would be hidden.
    if ((size === 0 && packed > 2) || (packed === 0 && (size > 0 || streamed))) return undefined;
    const named = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + named));
    const stored = view.getUint16(at + 10, true) === 0;
    entries.push({ name, packed, size, stored, at: view.getUint32(at + 42, true) });
    at += 46 + named + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The bytes that all entries say they unpack to. */
export const unpackedSize = (entries: readonly ZipEntry[]): number =>
  entries.reduce((sum, { size }) => sum + size, 0);

/** Where the end record of a zip file stands: at the very end, or before a comment of at most 65,535 bytes. */
function endOfDirectory(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  return undefined;
}
