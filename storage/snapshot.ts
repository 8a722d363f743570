// The snapshot file as an adapter for lowdb: written beside, synced, renamed; read back only when it is whole and ours.
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { damaged, StorageError, systemCode, unwritable } from './errors.ts';
import { syncFolder, writeAll } from './files.ts';
import { ADDED, FORMAT, LISTS, type Saved, VERSION } from './saved.ts';

/** About this many characters are made into text before others get their turn. */
const CHUNK = 256 * 1024;

export type SnapshotFile = {
  /** Size of the file as last read or written, in bytes; 0 when there is none. */
  readonly size: () => number;
  /** The snapshot, or null when there is none yet. Throws StorageError when the file is not a whole snapshot of ours. */
  read(): Promise<Saved | null>;
  /** Replaces the snapshot; a crash leaves the old one or the new one. Throws StorageError when it cannot be written. */
  write(saved: Saved): Promise<void>;
};

/** The snapshot at `path`, one thing per line so that people and their tools can read it. */
export function snapshotFile(path: string): SnapshotFile {
  let size = 0;
  return {
    size: () => size,
    async read() {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (systemCode(error) === 'ENOENT') return undefined;
        throw damaged(path, ' cannot be read', WHAT_TO_DO, error);
      });
      if (text === undefined) return null;
      size = Buffer.byteLength(text);
      return parse(path, text);
    },
    async write(saved) {
      try {
        size = await replace(path, saved);
      } catch (error) {
        throw unwritable(path, error);
      }
    },
  };
}

const WHAT_TO_DO = 'Then restore the folder from a backup';

function parse(path: string, text: string): Saved {
  if (text.trim() === '') throw damaged(path, ' is empty', WHAT_TO_DO);
  let saved: Partial<Saved> | null;
  try {
    saved = JSON.parse(text) as Partial<Saved> | null;
  } catch (error) {
    throw damaged(path, ' is cut off or was changed: it is not whole JSON', WHAT_TO_DO, error);
  }
  if (saved?.format !== FORMAT) throw damaged(path, ' is not a data file of this bot', WHAT_TO_DO);
  if (typeof saved.version === 'number' && saved.version > VERSION) {
    throw new StorageError(
      'newer',
      `${path} has format version ${saved.version}, this release reads ${VERSION}. Install the newer release again`,
    );
  }
  const whole = saved.version === VERSION && Number.isInteger(saved.journal);
  const all = { ...ADDED, ...saved };
  const missing = LISTS.find((list) => !Array.isArray(all[list]));
  if (!whole || missing) throw damaged(path, ` lacks "${missing ?? 'version or journal'}"`, WHAT_TO_DO);
  return all as Saved;
}

async function replace(path: string, saved: Saved): Promise<number> {
  const beside = `${path}.tmp`;
  const file = await open(beside, 'w', 0o600);
  let size = 0;
  try {
    for (const chunk of chunks(saved)) {
      const bytes = Buffer.from(chunk);
      // Waiting for each write lets other work pass: making the text of everything at once would hold up the process.
      await writeAll(file, bytes, size);
      size += bytes.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  await syncFolder(dirname(path));
  return size;
}

function* chunks(saved: Saved): Generator<string> {
  let chunk = '';
  for (const piece of pieces(saved)) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

function* pieces(saved: Saved): Generator<string> {
  let opening = '{';
  for (const [key, value] of Object.entries(saved)) {
    yield `${opening}\n${JSON.stringify(key)}: `;
    opening = ',';
    if (Array.isArray(value)) yield* list(value);
    else yield JSON.stringify(value);
  }
  yield '\n}\n';
}

function* list(items: readonly unknown[]): Generator<string> {
  let opening = '[';
  for (const item of items) {
    yield `${opening}\n${JSON.stringify(item)}`;
    opening = ',';
  }
  yield items.length === 0 ? '[]' : '\n]';
}
