// One message on its way to one channel: what it replaces, the table and the pictures it carries, and what the channel made of it.

import type { Outgoing, Storage } from '../storage/storage.ts';
import type {
  Channel,
  PictureSource,
  Receive,
  SendFile,
  Sending,
  SendResult,
  TableSource,
} from './channels/channel.ts';
import { canonical } from './domain/canonical.ts';
import type { FileRequest, Message } from './domain/conversation.ts';
import type { Template } from './domain/template.ts';
import { fetchFor } from './fetching.ts';
import type { Files } from './files/files.ts';
import type { Links } from './links.ts';
import type { Log } from './log.ts';
import { mayHave } from './own-files.ts';
import type { ReadFile } from './reading-thread.ts';
import { FILES } from './text/files.ts';
import { TROUBLE } from './text/menu.ts';

export type SendingParts = {
  readonly storage: Storage;
  readonly channels: readonly Channel[];
  readonly files: Files;
  readonly links: Links;
  /** The forms as which files that people send are read. */
  readonly templates: readonly Template[];
  /** Reads them. */
  readonly readFile: ReadFile;
  /** Takes events that come of sending: somebody out of reach, a file that was fetched. */
  readonly receive: Receive;
  readonly log: Log;
};

const HOUR = 3_600_000;

/**
 * Sends a stored message through its channel; never rejects. What fails before the channel has it may be tried again; a
 * channel that throws may have sent it. `knockedAt`: when the person was last told that something waits.
 */
export async function sendOne(parts: SendingParts, out: Outgoing, knockedAt?: string): Promise<SendResult> {
  const colon = out.conversation.indexOf(':');
  const channel = parts.channels.find((each) => each.name === out.conversation.slice(0, colon));
  if (!channel) return { outcome: 'retry', why: 'this channel is not configured now', seconds: 60 };
  if (out.message.fetch) return errand(parts, channel, out, out.message.fetch);
  let sending: Sending;
  try {
    const chat = out.conversation.slice(colon + 1);
    sending = {
      ...(await sendingOf(parts, out, chat, channel)),
      ...(knockedAt ? { knockedAt } : {}),
      ...(out.message.once ? { begin: beginning(parts.storage, out.id) } : {}),
    };
  } catch (error) {
    return { outcome: 'retry', why: wordsOf(error) };
  }
  try {
    return await channel.send(sending);
  } catch (error) {
    parts.log.error({ message: out.id, err: error }, 'a channel threw while sending');
    return { outcome: 'unknown', why: wordsOf(error) };
  }
}

/** Notes that the message is on its way, once. */
function beginning(storage: Storage, id: string): () => Promise<void> {
  let begun: Promise<void> | undefined;
  return () => {
    begun ??= storage.markSent(id, { outcome: 'begun', at: new Date().toISOString() });
    return begun;
  };
}

async function errand(
  parts: SendingParts,
  channel: Channel,
  out: Outgoing,
  file: NonNullable<Message['fetch']>,
): Promise<SendResult> {
  try {
    return await fetchFor(channel, out, file, parts);
  } catch (error) {
    return { outcome: 'retry', why: wordsOf(error) };
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function sendingOf(
  parts: SendingParts,
  out: Outgoing,
  chat: string,
  channel: Channel,
): Promise<Sending> {
  const { message, conversation } = out;
  const replaces =
    message.replaces === undefined ? undefined : await parts.storage.sentAs(conversation, message.replaces);
  const carried = await carriedBy(parts, out, channel);
  const { apology, ...files } = carried;
  const said: Message = apology === undefined ? message : { ...message, text: [...message.text, apology] };
  return {
    ...{ id: out.id, seq: out.seq, chat, message: said, attempts: out.attempts },
    ...(replaces === undefined ? {} : { replaces }),
    ...files,
    ...(channel.can.window ? await reachOf(parts.storage, conversation, channel.can.window) : {}),
  };
}

type Carried = Pick<Sending, 'file' | 'table' | 'pictures'> & { readonly apology?: string };

/** What goes with the words; nothing that whoever reads them may not have by now. A file that cannot be made must not hold up the words. */
async function carriedBy(parts: SendingParts, out: Outgoing, { can }: Channel): Promise<Carried> {
  const { message, conversation, id } = out;
  const { file, pictures } = message;
  const takesIt = can.files.includes('xlsx');
  const isShown = pictures !== undefined && can.pictures !== 'none' && !isItsTable(message, can);
  const shown =
    isShown && (await mayHave(parts.storage, conversation, pictures))
      ? { pictures: picturesOf(parts, conversation, pictures) }
      : {};
  if (!file) return shown;
  if (!(await mayHave(parts.storage, conversation, file))) return { ...shown, apology: FILES.notYours };
  if (!takesIt) return { ...shown, table: tableOf(parts, conversation, file) };
  return { ...shown, ...(await fileOrApology(parts, id, file)) };
}

/** Where no file can be sent, the table goes as its pictures: once is enough. */
const isItsTable = ({ file, pictures }: Message, { files }: Channel['can']): boolean =>
  files.length === 0 && file !== undefined && isSame(file, pictures);

const isSame = (one: FileRequest, other: FileRequest | undefined): boolean =>
  other !== undefined && canonical(one) === canonical(other);

async function fileOrApology(
  parts: SendingParts,
  id: string,
  request: FileRequest,
): Promise<{ file: SendFile } | { apology: string }> {
  try {
    return { file: await parts.files.make(request, 'xlsx') };
  } catch (error) {
    parts.log.error({ message: id, err: error }, 'a file could not be made');
    return { apology: 'report' in request ? TROUBLE.fileFailed : FILES.failed };
  }
}

const tableOf = ({ files, links }: SendingParts, conversation: string, file: FileRequest): TableSource => ({
  make: (format) => files.make(file, format),
  pictures: () => files.pictures(file),
  link: (format, page) => links.make({ file, conversation, format, ...(page === undefined ? {} : { page }) }),
});

const picturesOf = (
  { files, links }: SendingParts,
  conversation: string,
  file: FileRequest,
): PictureSource => ({
  make: () => files.pictures(file),
  link: (page) => links.make({ file, conversation, format: 'png', page }),
});

/** When the person was last heard from; and who that is, when only a notice in their name may still reach them. */
async function reachOf(
  storage: Storage,
  conversation: string,
  window: { free: number },
): Promise<Pick<Sending, 'heardAt' | 'to'>> {
  const heardAt = (await storage.session(conversation))?.heardAt;
  if (heardAt === undefined || Date.now() - Date.parse(heardAt) < window.free * HOUR)
    return heardAt === undefined ? {} : { heardAt };
  const { person, units } = await storage.load({ conversation, event: '' });
  if (!person) return { heardAt };
  const unit = units.find((each) => each.id === person.unit)?.name ?? '';
  return { heardAt, to: { name: person.name, unit } };
}
