// What the web chat hands out besides words: the file and the pictures of a message, to the conversation that was sent it.
import type { Context } from 'hono';
import type { FileRequest, Message } from '../domain/conversation.ts';
import type { SendFile } from './channel.ts';
import type { Transcript } from './web-stream.ts';
import { chatOf } from './web-visitor.ts';

export type WebFiles = {
  /** Reads what was said in a conversation, both sides. */
  readonly transcript: Transcript;
  /** Makes a file anew each time it is asked for; undefined: this conversation may not have it (any more). */
  readonly makeFile: (request: FileRequest, conversation: string) => Promise<SendFile | undefined>;
  /** The same for pictures. */
  readonly makePictures: (
    request: FileRequest,
    conversation: string,
  ) => Promise<readonly SendFile[] | undefined>;
  readonly log: { error(fields: object, text: string): void };
};

/** `GET /api/file/<seq>`: the file of a message, to be saved. */
export const fileOf = (c: Context, options: WebFiles): Promise<Response> =>
  handOut(c, options, 'file', async (request, conversation) => {
    const made = await options.makeFile(request, conversation);
    return made && sendBytes(c, made, `attachment; filename="${made.name.replace(/[^A-Za-z0-9._-]/g, '_')}"`);
  });

/** `GET /api/pictures/<seq>`: how many pictures a message has. */
export const picturesOf = (c: Context, options: WebFiles): Promise<Response> =>
  handOut(c, options, 'pictures', async (request, conversation) => {
    const made = await options.makePictures(request, conversation);
    return made && c.json({ count: made.length });
  });

/** `GET /api/pictures/<seq>/<page>`: one of them, counted from 0. */
export const pictureOf = (c: Context, options: WebFiles): Promise<Response> =>
  handOut(c, options, 'pictures', async (request, conversation) => {
    const made = await options.makePictures(request, conversation);
    const picture = made?.[numberIn(c.req.param('page')) ?? -1];
    return picture && sendBytes(c, picture, 'inline');
  });

const sendBytes = (c: Context, { type, bytes }: SendFile, disposition: string): Response =>
  c.body(bytes.slice(), 200, {
    'Content-Type': type,
    'Content-Disposition': disposition,
    'Cache-Control': 'no-store',
  });

async function handOut(
  c: Context,
  { transcript, log }: WebFiles,
  what: 'file' | 'pictures',
  make: (request: FileRequest, conversation: string) => Promise<Response | undefined>,
): Promise<Response> {
  const chat = chatOf(c);
  if (chat === undefined) return c.json({ error: 'no-cookie' }, 401);
  const seq = numberIn(c.req.param('seq'));
  const conversation = `web:${chat}`;
  const request = seq === undefined ? undefined : (await messageAt(transcript, conversation, seq))?.[what];
  if (request === undefined) return c.json({ error: 'not-found' }, 404);
  try {
    return (await make(request, conversation)) ?? c.json({ error: 'not-found' }, 404);
  } catch (error) {
    log.error({ err: error, seq, conversation }, `web chat: the ${what} of a message could not be made`);
    return c.json({ error: 'no-file' }, 503);
  }
}

/** The message `seq` of this conversation; nothing else can be asked for. */
async function messageAt(
  transcript: Transcript,
  conversation: string,
  seq: number,
): Promise<Message | undefined> {
  const messages = await transcript(conversation, seq - 1, 100_000);
  return messages.find((item) => item.seq === seq)?.message;
}

const numberIn = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
