// The few ways in which the file store touches the disk: writing all of a buffer, and making names in a folder last.
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { systemCode } from './errors.ts';

/** Writes the whole buffer at `position` (bytes), however many writes the system needs for it. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Makes new, renamed and removed names of a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a system answers for a folder above ours that is not ours to sync; then it is not one that we made. */
const FOREIGN: ReadonlySet<string | undefined> = new Set(['EACCES', 'EPERM', 'EROFS', 'EINVAL']);

/** Makes the names in a folder durable, its own, and those of the folders above it. */
export async function syncPath(folder: string): Promise<void> {
  await syncFolder(folder);
  for (let at = resolve(folder); at !== dirname(at); at = dirname(at)) {
    await syncFolder(dirname(at)).catch((error: unknown) => {
      if (!FOREIGN.has(systemCode(error))) throw error;
    });
  }
}
