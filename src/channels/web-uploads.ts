// Files that visitors of the web chat send in: kept for a day in a folder of their own, for the one who sent them.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fetched, LARGEST_FILE } from './channel.ts';

export type Uploads = {
  /**
   * Keeps a file as it comes; `source` is under which it is found again. too-big: over LARGEST_FILE, noticed while it comes;
   * too-many: this visitor sent as many today as we take. Nothing of a refused file stays.
   */
  save(
    chat: string,
    body: AsyncIterable<Uint8Array>,
  ): Promise<{ readonly source: string; readonly size: number } | 'too-big' | 'too-many' | 'empty'>;
  read(source: string): Promise<Fetched>;
  drop(source: string): Promise<void>;
  /** Removes what is older than a day. */
  sweep(): Promise<void>;
};

const KEPT_MS = 24 * 3_600_000;
const MOST_A_DAY = 50;
/** The chat's 32 hex digits, and 128 random bits that nobody can guess; nothing else is ever a name here. */
const SOURCE = /^[0-9a-f]{32}-[0-9a-f]{32}$/;
const UNFINISHED = '.part';

/** `folder` is made when the first file comes; only this account may look into it. */
export function createUploads(folder: string, now: () => number = Date.now): Uploads {
  const pathOf = (source: string): string => join(folder, source);
  return {
    async save(chat, body) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const mine = (await readdir(folder)).filter((name) => name.startsWith(`${chat}-`));
      if (mine.length >= MOST_A_DAY) return 'too-many';
      const source = `${chat}-${randomBytes(16).toString('hex')}`;
      const part = pathOf(source) + UNFINISHED;
      let size: number | 'too-big';
      try {
        size = await writeAll(part, body);
      } catch (error) {
        await unlinkIfThere(part);
        throw error;
      }
      if (size === 'too-big' || size === 0) {
        await unlinkIfThere(part);
        return size === 0 ? 'empty' : size;
      }
      await rename(part, pathOf(source));
      return { source, size };
    },
    async read(source) {
      if (!SOURCE.test(source)) return { fault: 'foreign' };
      try {
        return { bytes: new Uint8Array(await readFile(pathOf(source))) };
      } catch (error) {
        if (isMissing(error)) return { fault: 'gone' };
        throw error;
      }
    },
    drop: (source) => (SOURCE.test(source) ? unlinkIfThere(pathOf(source)) : Promise.resolve()),
    async sweep() {
      for (const name of await namesIn(folder)) {
        if (!SOURCE.test(name.replace(UNFINISHED, ''))) continue;
        const path = join(folder, name);
        const found = await stat(path).catch(() => undefined);
        if (found && found.mtimeMs < now() - KEPT_MS) await unlinkIfThere(path);
      }
    },
  };
}

/** The bytes written, or 'too-big' as soon as there are more than we take. */
async function writeAll(path: string, body: AsyncIterable<Uint8Array>): Promise<number | 'too-big'> {
  const file = await open(path, 'wx', 0o600);
  try {
    let size = 0;
    for await (const bytes of body) {
      size += bytes.length;
      if (size > LARGEST_FILE) return 'too-big';
      await file.writeFile(bytes);
    }
    return size;
  } finally {
    await file.close();
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

async function unlinkIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
}
