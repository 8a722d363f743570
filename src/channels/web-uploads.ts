// Files that visitors of the web chat send in: how large, how many, and kept for a day for the one who sent them.
import { createHash } from 'node:crypto';
import { isSource, type UploadPlace } from '../domain/uploads.ts';
import { type Fetched, LARGEST_FILE } from './channel.ts';

export type Uploads = {
  /**
   * Keeps a file as it comes; `source` is under which it is found again, the same when the page posts `id` again. too-big: over
   * LARGEST_FILE, noticed while it comes; too-many: this visitor sent as many today as we take. Nothing of a refused file stays.
   */
  save(
    chat: string,
    id: string,
    body: AsyncIterable<Uint8Array>,
  ): Promise<{ readonly source: string; readonly size: number } | Refusal>;
  read(source: string): Promise<Fetched>;
  /** Removes what is older than a day. */
  sweep(): Promise<void>;
};

type Refusal = 'too-big' | 'too-many' | 'empty';

const KEPT_MS = 24 * 3_600_000;
const MOST_A_DAY = 50;

export function createUploads(place: UploadPlace): Uploads {
  return {
    async save(chat, id, body) {
      const source = `${chat}-${createHash('sha256').update(`${chat} ${id}`).digest('hex').slice(0, 32)}`;
      const mine = (await place.of(`web:${chat}`)).filter((each) => each !== source);
      if (mine.length >= MOST_A_DAY) return 'too-many';
      const counted = counting(body);
      try {
        await place.put(source, counted.bytes);
      } catch (error) {
        const refusal = counted.refusal();
        if (refusal === undefined) throw error;
        return refusal;
      }
      return { source, size: counted.size() };
    },
    async read(source) {
      if (!isSource(source)) return { fault: 'foreign' };
      const bytes = await place.get(source);
      return bytes ? { bytes } : { fault: 'gone' };
    },
    sweep: () => place.sweep(KEPT_MS),
  };
}

/** The same bytes, which end with an error when there are none, or as soon as there are more than we take. */
function counting(body: AsyncIterable<Uint8Array>) {
  let size = 0;
  let refusal: Refusal | undefined;
  const refuse = (why: Refusal): Error => {
    refusal = why;
    return new Error(`a file was refused: ${why}`);
  };
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const each of body) {
      size += each.length;
      if (size > LARGEST_FILE) throw refuse('too-big');
      yield each;
    }
    if (size === 0) throw refuse('empty');
  }
  return { bytes: bytes(), size: () => size, refusal: () => refusal };
}
