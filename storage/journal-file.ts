// The file of a journal: its name, its lines, how it is made, and how it is read so that damage is told from a torn end.
import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { damaged, StorageError } from './errors.ts';
import { syncFolder, writeAll } from './files.ts';

const FORMAT = 'chitieu-bot journal';
const VERSION = 1;

/** The path of journal `number` in a data folder. */
export const journalPath = (folder: string, number: number): string =>
  join(folder, `journal-${String(number).padStart(6, '0')}.log`);

/** One line of a journal: eight hex digits of CRC32 over the JSON text, a space, the text. */
export const toLine = (text: string): string => `${checksum(text)} ${text}\n`;

/** The first line of journal `number`. */
const headerLine = (number: number): string =>
  toLine(JSON.stringify({ format: FORMAT, version: VERSION, number }));

/** `bytes` of the file are good, header included; `entries` carry the line they stand in, counted from 1. */
export type JournalText = {
  readonly bytes: number;
  readonly entries: readonly { readonly line: number; readonly content: unknown }[];
};

/**
 * Reads a whole journal. `last`: nothing follows it, so that its last line may be torn (it was never acknowledged) and is left out.
 * `unfinished`: the process may have died while making the file, so that even the header may be torn; then `bytes` is 0.
 * Throws StorageError with file and line for everything else that is not as it was written.
 */
export async function readJournal(
  path: string,
  number: number,
  { last, unfinished }: { last: boolean; unfinished: boolean },
): Promise<JournalText> {
  const file = await readFile(path);
  const entries: { line: number; content: unknown }[] = [];
  let bytes = 0;
  for (let line = 1; bytes < file.length; line += 1) {
    const end = file.indexOf(0x0a, bytes);
    const next = end < 0 ? file.length : end + 1;
    const content = end < 0 ? undefined : fromLine(file.toString('utf8', bytes, end));
    if (content === undefined) {
      if (next < file.length || !last || (line === 1 && !unfinished)) throw damagedLine(path, line);
      break;
    }
    if (line === 1) checkHeader(path, number, content);
    else entries.push({ line, content });
    bytes = next;
  }
  if (bytes === 0 && !unfinished) throw damagedLine(path, 1);
  return { bytes, entries };
}

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

function checkHeader(path: string, number: number, content: unknown): void {
  const header = (content ?? {}) as { format?: unknown; version?: unknown; number?: unknown };
  if (header.format === FORMAT && typeof header.version === 'number' && header.version > VERSION) {
    throw new StorageError(
      'newer',
      `${path} has format version ${header.version}, this release reads ${VERSION}. Install the newer release again`,
    );
  }
  if (header.format !== FORMAT || header.version !== VERSION || header.number !== number) {
    throw damagedLine(path, 1);
  }
}
