// The file of a journal: its name, its lines, how it is made, and how it is read so that damage is told from a torn end.
import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { damaged, StorageError, unreadable } from './errors.ts';
import { syncFolder, writeAll } from './files.ts';

const FORMAT = 'chitieu-bot journal';
/** 2: since 0.4, which marks its writes and has changes that an earlier release would take for damage. */
export const JOURNAL_VERSION = 2;
/** In every first line of a write: so many bytes of the file were durable before it. */
const DURABLE = 'durable';

/** The path of journal `number` in a data folder. */
export const journalPath = (folder: string, number: number): string =>
  join(folder, `journal-${String(number).padStart(6, '0')}.log`);

/** One line of a journal: eight hex digits of CRC32 over the JSON text, a space, the text. */
const toLine = (text: string): string => `${checksum(text)} ${text}\n`;

/** Lines that are written at once, after `durable` bytes; the first of them says so. */
export const toLines = (texts: readonly string[], durable: number): string =>
  texts.map((text, n) => toLine(n > 0 ? text : `${text.slice(0, -1)},"${DURABLE}":${durable}}`)).join('');

/** The first line of journal `number`. */
const headerLine = (number: number): string =>
  toLine(JSON.stringify({ format: FORMAT, version: JOURNAL_VERSION, number }));

/** `version` is that of the format; `bytes` of the file are good, header included; `entries` carry the line they stand in, counted from 1. */
export type JournalText = {
  readonly version: number;
  readonly bytes: number;
  readonly entries: readonly { readonly line: number; readonly content: unknown }[];
};

/**
 * Reads a whole journal. `last`: nothing follows it, so that its last write may be torn (it was never acknowledged) and is left out
 * from its first line that is not whole; of a write of several lines the disk may have taken any part.
 * `unfinished`: the process may have died while making the file, so that even the header may be torn; then `bytes` is 0.
 * Throws StorageError with file and line for everything else that is not as it was written.
 */
export async function readJournal(
  path: string,
  number: number,
  { last, unfinished }: { last: boolean; unfinished: boolean },
): Promise<JournalText> {
  const file = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error) ?? error;
  });
  const entries: { line: number; content: unknown }[] = [];
  let bytes = 0;
  let version = JOURNAL_VERSION;
  for (let line = 1; bytes < file.length; line += 1) {
    const { next, content } = lineAt(file, bytes);
    if (content === undefined) {
      const isTorn =
        line === 1
          ? unfinished && mayBeHeader(file, number)
          : next === file.length || (version > 1 && !wasDurable(file, next, bytes));
      if (!last || !isTorn) throw damagedLine(path, line);
      break;
    }
    if (line === 1) version = checkHeader(path, number, content);
    else entries.push({ line, content });
    bytes = next;
  }
  if (bytes === 0 && !unfinished) throw damagedLine(path, 1);
  return { version, bytes, entries };
}

/** The line that begins at a byte; no content when it is not whole. */
function lineAt(file: Buffer, at: number): { readonly next: number; readonly content: unknown } {
  const end = file.indexOf(0x0a, at);
  const next = end < 0 ? file.length : end + 1;
  return { next, content: end < 0 ? undefined : fromLine(file.toString('utf8', at, end)) };
}

/** True when a later write says that the byte `at` was durable before it: then whatever is wrong there is no torn end. */
function wasDurable(file: Buffer, from: number, at: number): boolean {
  for (let next = from; next < file.length; ) {
    const line = lineAt(file, next);
    const durable = (line.content as { [DURABLE]?: unknown } | undefined)?.[DURABLE];
    if (typeof durable === 'number' && durable > at) return true;
    next = line.next;
  }
  return false;
}

/** A header in the making is its beginning, or as long as it with parts that the disk did not take. */
const mayBeHeader = (file: Buffer, number: number): boolean =>
  file.length <= Buffer.byteLength(headerLine(number));

/** The error for a line that cannot be read or does not fit what came before it. */
export const damagedLine = (path: string, line: number, cause?: unknown): StorageError =>
  damaged(
    path,
    ` is damaged in line ${line}`,
    `Then restore the folder from a backup. Without a backup: delete line ${line} and all that follows it in this file, ` +
      'delete the journals with a higher number, and start again; what was answered from that line on must be entered anew',
    cause,
  );

/** Makes a journal that holds only its header, durable in its folder. Leaves no file behind when that fails. */
export async function createJournal(
  folder: string,
  number: number,
): Promise<{ file: FileHandle; bytes: number }> {
  const path = journalPath(folder, number);
  // For the bot alone: what is stored is the units' own, and tokens are among it.
  const file = await open(path, 'w', 0o600);
  try {
    const header = Buffer.from(headerLine(number));
    await writeAll(file, header, 0);
    await file.sync();
    await syncFolder(folder);
    return { file, bytes: header.length };
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    // Were its name to come back after a power cut, the journal before it would no longer be the last one.
    await syncFolder(folder).catch(() => {});
    throw error;
  }
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

function fromLine(line: string): unknown {
  const text = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== checksum(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The version of the format. Throws StorageError when it is not journal `number` of ours. */
function checkHeader(path: string, number: number, content: unknown): number {
  const header = (content ?? {}) as Readonly<Record<'format' | 'version' | 'number', unknown>>;
  const { format, version } = header;
  if (format !== FORMAT || typeof version !== 'number' || version < 1) throw damagedLine(path, 1);
  if (version > JOURNAL_VERSION) {
    throw new StorageError(
      'newer',
      `${path} has format version ${version}, this release reads ${JOURNAL_VERSION}. Install the newer release again`,
    );
  }
  if (header.number !== number) throw damagedLine(path, 1);
  return version;
}
