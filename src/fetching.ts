// The errand of a file that somebody sent in: fetched through its channel, looked at, and handed to the dialog as an event.
import type { Outgoing } from '../storage/storage.ts';
import {
  type Channel,
  type Fetched,
  LARGEST_FILE,
  type Receive,
  type SendResult,
} from './channels/channel.ts';
import type { FileContent, FileKind, SentFile } from './domain/conversation.ts';

/** After so many failures the person is told instead of being kept waiting. */
const MOST_ATTEMPTS = 5;

/** Runs the errand; `receive` takes the event that says what came of it. Rejects when the errand should be run again. */
export async function fetchFor(
  channel: Channel,
  out: Outgoing,
  file: SentFile,
  receive: Receive,
): Promise<SendResult> {
  const content = await contentOf(channel, file, out.attempts);
  await receive({
    ...{ id: `${out.id}:fetched`, conversation: out.conversation, at: new Date().toISOString() },
    ...{ type: 'fetched', name: file.name, content },
  });
  return { outcome: 'sent' };
}

async function contentOf(channel: Channel, file: SentFile, attempts: number): Promise<FileContent> {
  if ((file.size ?? 0) > LARGEST_FILE) return { fault: 'tooBig' };
  let fetched: Fetched;
  try {
    fetched = (await channel.fetchFile?.(file.source)) ?? { fault: 'gone' };
  } catch (error) {
    if (attempts + 1 < MOST_ATTEMPTS) throw error;
    return { fault: 'gone' };
  }
  return 'fault' in fetched ? fetched : { kind: kindOf(fetched.bytes), bytes: fetched.bytes.length };
}

/** By its content, never by its name. Word and Excel files are both zip archives; what is in them tells which. */
function kindOf(bytes: Uint8Array): FileKind {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (head.startsWith('%PDF')) return 'pdf';
  if (head.startsWith('\x89PNG') || head.startsWith('\xff\xd8\xff') || head.startsWith('GIF8'))
    return 'picture';
  if (!head.startsWith('PK')) return 'other';
  const names = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (names.includes('xl/workbook')) return 'xlsx';
  return names.includes('word/document') ? 'docx' : 'other';
}
