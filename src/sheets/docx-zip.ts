// Takes the times of packing out of a zip file, so that the same content gives the same bytes.

const END = 0x06054b50;
/** Of the end record, which says where the directory is, and of a directory entry, up to its name. */
const [END_SIZE, ENTRY_SIZE] = [22, 46];
/** Midnight and 1980-01-01, where the time of zip files begins; Word itself writes this. */
const [TIME, DATE] = [0, 0x21];

/** Sets the times in place and returns `zip`, a file without a comment at its end. Throws when it is none. */
export function withoutTimes(zip: Uint8Array): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = zip.length - END_SIZE;
  if (end < 0 || view.getUint32(end, true) !== END)
    throw new Error('the packed document is no plain zip file');
  let entry = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count--) {
    // The time stands in the directory and once more in front of the content.
    const content = view.getUint32(entry + 42, true);
    for (const at of [entry + 12, content + 10]) {
      view.setUint16(at, TIME, true);
      view.setUint16(at + 2, DATE, true);
    }
    const [name, extra, comment] = [28, 30, 32].map((at) => view.getUint16(entry + at, true));
    entry += ENTRY_SIZE + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return zip;
}
