// Shares strips among pictures so that each is about equally high and none begins without its heading. Pure.
import type { Strip } from './picture-block.ts';

/** Strips that stay on one picture: headings with the first row below them. `section`: the heading they stand under. */
export type Chunk<S extends Strip> = {
  readonly blocks: readonly S[];
  readonly height: number;
  readonly section?: S;
};

export const heightOf = (blocks: readonly Strip[]): number =>
  blocks.reduce((sum, { height }) => sum + height, 0);

/**
 * What stands on every picture below its head, at most `room` pixels high; at least one picture. `more`: what the head of the first
 * takes more than those of the others. A chunk that is higher than `room` gets a picture of its own.
 */
export function evenPages<S extends Strip>(chunks: readonly Chunk<S>[], room: number, more: number): S[][] {
  if (chunks.length === 0) return [[]];
  const count = packed(chunks, room, more).length;
  // The least height with which no picture more is needed, so that the last one is not a mere rest.
  let [tooLow, enough] = [0, room];
  while (enough - tooLow > 8) {
    const middle = Math.floor((tooLow + enough) / 2);
    if (packed(chunks, middle, more).length > count) tooLow = middle;
    else enough = middle;
  }
  return packed(chunks, enough, more).map((page) => [
    ...(page[0]?.section ? [page[0].section] : []),
    ...page.flatMap(({ blocks }) => blocks),
  ]);
}

/** Fills pictures one after the other. */
function packed<S extends Strip>(chunks: readonly Chunk<S>[], room: number, more: number): Chunk<S>[][] {
  const pages: Chunk<S>[][] = [];
  let left = 0;
  for (const chunk of chunks) {
    if (chunk.height > left || pages.length === 0) {
      pages.push([]);
      left = room - (pages.length === 1 ? more : 0) - (chunk.section?.height ?? 0);
    }
    pages.at(-1)?.push(chunk);
    left -= chunk.height;
  }
  return pages;
}
