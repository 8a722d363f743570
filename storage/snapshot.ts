// The snapshot file as an adapter for lowdb: written beside, synced, renamed, and read back by snapshot-read.ts.
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { unwritable } from './errors.ts';
import { syncFolder, writeAll } from './files.ts';
import type { Saved } from './saved.ts';
import { endOf, readSnapshot } from './snapshot-read.ts';

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
      const found = await readSnapshot(path);
      size = found?.size ?? 0;
      return found?.saved ?? null;
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
