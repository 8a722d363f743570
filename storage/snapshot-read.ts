// Reading a snapshot back: line by line, so that it may be larger than any text; only when it is whole, ours and unchanged.
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { damaged, StorageError, systemCode, unreadable } from './errors.ts';
import { ADDED, FORMAT, LISTS, type Saved, VERSION } from './saved.ts';
import { createSnapshotLines } from './snapshot-lines.ts';

const WHAT_TO_DO = 'Then restore the folder from a backup';
const CHANGED =
  'Then restore the folder from a backup. Only if somebody changed the file on purpose: remove the line with "crc" and the comma before it';

/** What is read at once (bytes). */
const PIECE = 1024 * 1024;
/** A file of so many bytes may also be read as one text: somebody may have laid it out anew. */
const WHOLE = 128 * 1024 * 1024;

/** How a file ends: with the CRC32 of everything before this end, for a flipped bit must not become another figure. */
export const endOf = (crc: number): Buffer =>
  Buffer.from(`,\n"crc": "${crc.toString(16).padStart(8, '0')}"\n}\n`);

type Content = Partial<Saved> & { readonly crc?: unknown };

/** `size` in bytes; undefined when there is no such file. Throws StorageError when it is not a whole snapshot of ours. */
export async function readSnapshot(
  path: string,
): Promise<{ readonly saved: Saved; readonly size: number } | undefined> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw unreadable(path, error) ?? damaged(path, ' cannot be read', WHAT_TO_DO, error);
  }
  try {
    const { size } = await file.stat();
    const { content, isUnchanged } = await contentOf(file, path, size);
    // Releases before 0.4 wrote no checksum.
    if (content && 'crc' in content && !isUnchanged)
      throw damaged(path, ' was changed since it was written: its checksum is not right', CHANGED);
    return { saved: checked(path, content), size };
  } catch (error) {
    throw error instanceof StorageError ? error : damaged(path, ' cannot be read', WHAT_TO_DO, error);
  } finally {
    await file.close();
  }
}

async function contentOf(
  file: FileHandle,
  path: string,
  size: number,
): Promise<{ readonly content: Content | null; readonly isUnchanged: boolean }> {
  const lines = createSnapshotLines();
  const summed = Math.max(0, size - endOf(0).length);
  const end: Buffer[] = [];
  const piece = Buffer.allocUnsafe(PIECE);
  let crc = 0;
  for (let at = 0; at < size; ) {
    const { bytesRead } = await file.read(piece, 0, PIECE, at);
    if (bytesRead === 0) break;
    const bytes = piece.subarray(0, bytesRead);
    const split = Math.min(bytesRead, Math.max(0, summed - at));
    crc = crc32(bytes.subarray(0, split), crc);
    end.push(Buffer.from(bytes.subarray(split)));
    lines.add(bytes);
    at += bytesRead;
  }
  const isUnchanged = endOf(crc).equals(Buffer.concat(end));
  const read = lines.end();
  if ('content' in read) return { content: read.content as Content, isUnchanged };
  if (size > WHOLE) throw notJson(path, read.line, read.cause);
  return { content: asOneText(path, await readFile(path, 'utf8')), isUnchanged };
}

function asOneText(path: string, text: string): Content | null {
  if (text.trim() === '') throw damaged(path, ' is empty', WHAT_TO_DO);
  try {
    return JSON.parse(text) as Content | null;
  } catch (error) {
    throw notJson(path, lineOf(text, error), error);
  }
}

const notJson = (path: string, line: number, cause: unknown): StorageError =>
  damaged(path, ` is cut off or was changed: it is not whole JSON in line ${line}`, WHAT_TO_DO, cause);

/** The line in which JSON stopped to make sense: where the error says so, otherwise the last one. */
function lineOf(text: string, error: unknown): number {
  const position = /at position (\d+)/.exec(String(error))?.[1];
  return text.slice(0, position === undefined ? undefined : Number(position)).split('\n').length;
}

function checked(path: string, saved: Content | null): Saved {
  if (saved?.format !== FORMAT) throw damaged(path, ' is not a data file of this bot', WHAT_TO_DO);
  if (typeof saved.version === 'number' && saved.version > VERSION) {
    throw new StorageError(
      'newer',
      `${path} has format version ${saved.version}, this release reads ${VERSION}. Install the newer release again`,
    );
  }
  const isVersion = typeof saved.version === 'number' && saved.version >= 1;
  const whole = isVersion && Number.isInteger(saved.journal);
  const { crc: _, ...content } = saved;
  const all = { ...ADDED, ...content };
  const missing = LISTS.find((list) => !Array.isArray(all[list]));
  if (!whole || missing) throw damaged(path, ` lacks "${missing ?? 'version or journal'}"`, WHAT_TO_DO);
  return all as Saved;
}
