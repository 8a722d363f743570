// The snapshot file as an adapter for lowdb: written beside, synced, renamed; read back only when it is whole, ours and unchanged.
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
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
      const bytes = await readFile(path).catch((error: unknown) => {
        if (systemCode(error) === 'ENOENT') return undefined;
        throw damaged(path, ' cannot be read', WHAT_TO_DO, error);
      });
      if (bytes === undefined) return null;
      size = bytes.length;
      return parse(path, bytes);
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

const CHANGED =
  'Then restore the folder from a backup. Only if somebody changed the file on purpose: remove the line with "crc" and the comma before it';

function parse(path: string, bytes: Buffer): Saved {
  const text = bytes.toString('utf8');
  if (text.trim() === '') throw damaged(path, ' is empty', WHAT_TO_DO);
  let saved: (Partial<Saved> & { readonly crc?: unknown }) | null;
  try {
    saved = JSON.parse(text) as typeof saved;
  } catch (error) {
    const line = lineOf(text, error);
    throw damaged(
      path,
      ` is cut off or was changed: it is not whole JSON in line ${line}`,
      WHAT_TO_DO,
      error,
    );
  }
  // Releases before 0.4 wrote no checksum.
  if (saved && 'crc' in saved && !isUnchanged(bytes)) {
    throw damaged(path, ' was changed since it was written: its checksum is not right', CHANGED);
  }
  if (saved?.format !== FORMAT) throw damaged(path, ' is not a data file of this bot', WHAT_TO_DO);
  if (typeof saved.version === 'number' && saved.version > VERSION) {
    throw new StorageError(
      'newer',
      `${path} has format version ${saved.version}, this release reads ${VERSION}. Install the newer release again`,
    );
  }
  const whole = saved.version === VERSION && Number.isInteger(saved.journal);
  const { crc: _, ...content } = saved;
  const all = { ...ADDED, ...content };
  const missing = LISTS.find((list) => !Array.isArray(all[list]));
  if (!whole || missing) throw damaged(path, ` lacks "${missing ?? 'version or journal'}"`, WHAT_TO_DO);
  return all as Saved;
}

async function replace(path: string, saved: Saved): Promise<number> {
  const beside = `${path}.tmp`;
  const file = await open(beside, 'w', 0o600);
  let size = 0;
  let crc = 0;
  const add = async (bytes: Buffer): Promise<void> => {
    await writeAll(file, bytes, size);
    size += bytes.length;
    crc = crc32(bytes, crc);
  };
  try {
    // Waiting for each write lets other work pass: making the text of everything at once would hold up the process.
    for (const chunk of chunks(saved)) await add(Buffer.from(chunk));
    await add(endOf(crc));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  await syncFolder(dirname(path));
  return size;
}

/** How a file ends: with the CRC32 of everything before this end, for a flipped bit must not become another figure. */
const endOf = (crc: number): Buffer => Buffer.from(`,\n"crc": "${crc.toString(16).padStart(8, '0')}"\n}\n`);

function isUnchanged(bytes: Buffer): boolean {
  const at = bytes.length - endOf(0).length;
  return at > 0 && endOf(crc32(bytes.subarray(0, at))).equals(bytes.subarray(at));
}

/** The line in which JSON stopped to make sense: where the error says so, otherwise the last one. */
function lineOf(text: string, error: unknown): number {
  const position = /at position (\d+)/.exec(String(error))?.[1];
  return text.slice(0, position === undefined ? undefined : Number(position)).split('\n').length;
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
}

function* list(items: readonly unknown[]): Generator<string> {
  let opening = '[';
  for (const item of items) {
    yield `${opening}\n${JSON.stringify(item)}`;
    opening = ',';
  }
  yield items.length === 0 ? '[]' : '\n]';
}
