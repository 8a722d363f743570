// The errand of a file that somebody sent in: fetched through its channel, looked at, and handed to the dialog as an event.
import { createHash } from 'node:crypto';
import type { Outgoing } from '../storage/storage.ts';
import {
  type Channel,
  type Fetched,
  LARGEST_FILE,
  type Receive,
  type SendResult,
} from './channels/channel.ts';
import type { FileContent, FileKind, Message } from './domain/conversation.ts';
import type { Table } from './domain/table.ts';
import { isUnitList } from './domain/units-table.ts';
import { readTable } from './sheets/xlsx-read.ts';

/** After so many failures the person is told instead of being kept waiting. */
const MOST_ATTEMPTS = 5;
/** A list of units in the chat has at most so many rows. */
const MOST_ROWS = 5_000;

type Errand = NonNullable<Message['fetch']>;

/** Runs the errand; `receive` takes the event that says what came of it. Rejects when the errand should be run again. */
export async function fetchFor(
  channel: Channel,
  out: Outgoing,
  { apply, ...file }: Errand,
  receive: Receive,
): Promise<SendResult> {
  const content = await contentOf(channel, file, out.attempts);
  await receive({
    ...{ id: `${out.id}:fetched`, conversation: out.conversation, at: new Date().toISOString() },
    ...{ type: 'fetched', name: file.name, content, file },
    ...(apply === undefined ? {} : { apply }),
  });
  return { outcome: 'sent' };
}

async function contentOf(channel: Channel, file: Errand, attempts: number): Promise<FileContent> {
  if ((file.size ?? 0) > LARGEST_FILE) return { fault: 'tooBig' };
  let fetched: Fetched;
  try {
    fetched = (await channel.fetchFile?.(file.source)) ?? { fault: 'gone' };
  } catch (error) {
    if (attempts + 1 < MOST_ATTEMPTS) throw error;
    return { fault: 'gone' };
  }
  return 'fault' in fetched ? fetched : lookedAt(fetched.bytes);
}

async function lookedAt(bytes: Uint8Array): Promise<FileContent> {
  const kind = kindOf(bytes);
  const mayBeList = kind === 'xlsx' || kind === 'csv' || (kind === 'other' && isTable(bytes));
  const table = mayBeList ? await listIn(bytes) : undefined;
  if (!table) return { kind, bytes: bytes.length };
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { kind, bytes: bytes.length, digest, table };
}

/** The table when it is a list of units or cannot be read at all; what else people send has nothing to do with its rows. */
async function listIn(bytes: Uint8Array): Promise<Table | undefined> {
  const table = await readTable(bytes);
  if ('fault' in table) return table;
  if (!isUnitList(table.rows)) return undefined;
  const beyond = table.rows[MOST_ROWS];
  return beyond ? { fault: 'tooLong', line: beyond.line } : table;
}

/** By its content, never by its name. Word and Excel files are both zip archives; what is in them tells which. */
function kindOf(bytes: Uint8Array): FileKind {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (head.startsWith('%PDF')) return 'pdf';
  if (head.startsWith('\x89PNG') || head.startsWith('\xff\xd8\xff') || head.startsWith('GIF8'))
    return 'picture';
  if (!head.startsWith('PK')) return isText(bytes) ? 'csv' : 'other';
  const names = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (names.includes('xl/workbook')) return 'xlsx';
  return names.includes('word/document') ? 'docx' : 'other';
}

/** Unicode text as spreadsheets write it: UTF-8, or UTF-16 with its mark. */
function isText(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const wide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (bytes.length === 0 || (!wide && bytes.includes(0))) return false;
  try {
    new TextDecoder(wide ? (first === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8', { fatal: true }).decode(
      bytes,
    );
    return true;
  } catch {
    return false;
  }
}

/** Old or locked Excel files and text in an old encoding cannot be read, which whoever sends a list of units should hear. */
const isTable = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 4)).toString('latin1') === '\xd0\xcf\x11\xe0' ||
  (bytes.length > 0 && !bytes.includes(0));
