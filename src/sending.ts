// One message on its way to one channel: what it replaces, the file it carries, and what the channel made of it.
import type { Outgoing, Storage } from '../storage/storage.ts';
import type { Channel, SendFile, Sending, SendResult } from './channels/channel.ts';
import type { FileRequest, Message } from './domain/conversation.ts';
import type { Log } from './log.ts';
import { TROUBLE } from './text/menu.ts';

export type SendingParts = {
  readonly storage: Storage;
  readonly channels: readonly Channel[];
  readonly makeFile: (request: FileRequest) => Promise<SendFile>;
  readonly log: Log;
};

/**
 * Sends a stored message through its channel; never rejects. What fails before the channel has it may be tried again; a
 * channel that throws may have sent it.
 */
export async function sendOne(parts: SendingParts, out: Outgoing): Promise<SendResult> {
  const colon = out.conversation.indexOf(':');
  const channel = parts.channels.find((each) => each.name === out.conversation.slice(0, colon));
  if (!channel) return { outcome: 'retry', why: 'this channel is not configured now', seconds: 60 };
  let sending: Sending;
  try {
    sending = await sendingOf(parts, out, out.conversation.slice(colon + 1));
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

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function sendingOf(parts: SendingParts, out: Outgoing, chat: string): Promise<Sending> {
  const { message } = out;
  const replaces =
    message.replaces === undefined
      ? undefined
      : await parts.storage.sentAs(out.conversation, message.replaces);
  const made = message.file ? await fileOrApology(parts, out.id, message.file) : undefined;
  const said: Message =
    made && 'apology' in made ? { ...message, text: [...message.text, made.apology] } : message;
  return {
    id: out.id,
    seq: out.seq,
    chat,
    message: said,
    ...(replaces === undefined ? {} : { replaces }),
    ...(made && 'file' in made ? { file: made.file } : {}),
  };
}

/** A file that cannot be made must not hold up the words that go with it. */
async function fileOrApology(
  parts: SendingParts,
  id: string,
  request: FileRequest,
): Promise<{ file: SendFile } | { apology: string }> {
  try {
    return { file: await parts.makeFile(request) };
  } catch (error) {
    parts.log.error({ message: id, err: error }, 'a file could not be made');
    return { apology: TROUBLE.fileFailed };
  }
}
