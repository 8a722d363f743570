// Keeps the tables made last, so that what is asked for again is not made again.

type Files = readonly Uint8Array[];
/** `size` in bytes, 0 until it is made. */
type Kept = { readonly made: Promise<Files>; size: number };

/**
 * Gives what is kept under the key, or makes it and keeps it: at most so many tables and so many bytes, those not asked for longest
 * go first. Who asks while it is being made gets the same. What could not be made is not kept.
 */
export function createKept(most: {
  readonly tables: number;
  readonly bytes: number;
}): (key: string, make: () => Promise<Files>) => Promise<Files> {
  const all = new Map<string, Kept>();
  const forget = (): void => {
    let bytes = [...all.values()].reduce((sum, { size }) => sum + size, 0);
    for (const [key, { size }] of all) {
      if (all.size <= most.tables && bytes <= most.bytes) return;
      all.delete(key);
      bytes -= size;
    }
  };
  const add = (key: string, made: Promise<Files>): Kept => {
    const kept: Kept = { made, size: 0 };
    made.then(
      (files) => {
        kept.size = files.reduce((sum, { byteLength }) => sum + byteLength, 0);
        forget();
      },
      () => {
        if (all.get(key) === kept) all.delete(key);
      },
    );
    return kept;
  };
  return (key, make) => {
    const kept = all.get(key) ?? add(key, make());
    // Asked for last, forgotten last.
    all.delete(key);
    all.set(key, kept);
    forget();
    return kept.made;
  };
}
