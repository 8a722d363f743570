// The errand of a file that somebody sent in: fetched through its channel, looked at, and handed to the dialog as an event.
import type { Outgoing } from '../storage/storage.ts';
import {
  type Channel,
  type Fetched,
  LARGEST_FILE,
  type Receive,
  type SendResult,
} from './channels/channel.ts';
import type { Message } from './domain/conversation.ts';
import type { FileContent, SentFile } from './domain/event.ts';
import type { Template } from './domain/template.ts';
import type { ReadFile } from './reading-thread.ts';

/** After so many failures the person is told instead of being kept waiting. */
const MOST_ATTEMPTS = 5;

type Errand = NonNullable<Message['fetch']>;

/** `receive` takes the event that says what came of the errand. */
type Parts = {
  readonly receive: Receive;
  readonly templates: readonly Template[];
  readonly readFile: ReadFile;
};

/** Runs the errand. Rejects when it should be run again. */
export async function fetchFor(
  channel: Channel,
  out: Outgoing,
  { apply, sheet, ...file }: Errand,
  { receive, templates, readFile }: Parts,
): Promise<SendResult> {
  const ref = sheet?.template;
  const template = templates.find(({ id, version }) => id === ref?.id && version === ref.version);
  const content = await contentOf(channel, file, out.attempts, (bytes) => readFile(bytes, template));
  await receive({
    ...{ id: `${out.id}:fetched`, conversation: out.conversation, at: new Date().toISOString() },
    ...{ type: 'fetched', name: file.name, content, file },
    ...(apply === undefined ? {} : { apply }),
    ...(sheet === undefined ? {} : { sheet }),
  });
  return { outcome: 'sent' };
}

async function contentOf(
  channel: Channel,
  file: SentFile,
  attempts: number,
  read: (bytes: Uint8Array) => Promise<FileContent>,
): Promise<FileContent> {
  if ((file.size ?? 0) > LARGEST_FILE) return { fault: 'tooBig' };
  try {
    const fetched: Fetched = (await channel.fetchFile?.(file.source)) ?? { fault: 'gone' };
    return 'fault' in fetched ? fetched : await read(fetched.bytes);
  } catch (error) {
    if (attempts + 1 < MOST_ATTEMPTS) throw error;
    return { fault: 'gone' };
  }
}
