// Files of the web chat in a folder, for one process: each under its own name, whole or not at all.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { conversationOfSource, isSource, type UploadPlace } from '../src/domain/uploads.ts';
import { syncFolder } from './files.ts';

/** What is still coming: `<source>.<anything>.part`. */
const UNFINISHED = /\.[0-9a-f]+\.part$/;

/** `folder` is made when the first file comes; only this account may look into it. Other files there are left alone. */
export function uploadsFolder(folder: string): UploadPlace {
  const pathOf = (name: string): string => join(folder, name);
  const sourceOf = (name: string): string => name.replace(UNFINISHED, '');
  const ours = async (): Promise<readonly string[]> =>
    (await namesIn(folder)).filter((name) => isSource(sourceOf(name)));
  const ownerOf = (name: string): string => conversationOfSource(sourceOf(name));
  return {
    async put(source, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // The same file may come twice at once.
      const part = pathOf(`${source}.${randomBytes(8).toString('hex')}.part`);
      try {
        await writeAll(part, bytes);
        await rename(part, pathOf(source));
        await syncFolder(folder);
      } catch (error) {
        await unlinkIfThere(part);
        throw error;
      }
    },
    async get(source) {
      try {
        return new Uint8Array(await readFile(pathOf(source)));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async of(conversation) {
      const names = (await ours()).filter((name) => ownerOf(name) === conversation);
      return [...new Set(names.map(sourceOf))];
    },
    async forget(conversations) {
      for (const name of await ours())
        if (conversations.includes(ownerOf(name))) await unlinkIfThere(pathOf(name));
    },
    async sweep(age) {
      for (const name of await ours()) {
        const found = await stat(pathOf(name)).catch(() => undefined);
        if (found && found.mtimeMs < Date.now() - age) await unlinkIfThere(pathOf(name));
      }
    },
    close: async () => {},
  };
}

async function writeAll(path: string, body: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const bytes of body) await file.writeFile(bytes);
    await file.datasync();
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
