// Items of different lengths on pages.

/** As many items on each page as there is room for, at least one; `sizeOf` and `characters` count characters. */
export function paged<T>(
  items: readonly T[],
  sizeOf: (item: T) => number,
  most: { readonly items: number; readonly characters: number },
): readonly (readonly T[])[] {
  const pages: { items: T[]; size: number }[] = [];
  for (const item of items) {
    const size = sizeOf(item);
    const last = pages.at(-1);
    if (last && last.items.length < most.items && last.size + size <= most.characters) {
      last.items.push(item);
      last.size += size;
    } else pages.push({ items: [item], size });
  }
  return pages.map((page) => page.items);
}
