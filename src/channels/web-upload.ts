// The post that carries a file: who may send one, what it is called, and the event that it becomes.
import type { Context } from 'hono';
import { clean } from '../domain/words.ts';
import { LARGEST_FILE, type Receive } from './channel.ts';
import type { Uploads } from './web-uploads.ts';
import { chatOf } from './web-visitor.ts';

export type UploadOptions = {
  readonly uploads: Uploads;
  /** Only people who have joined may leave files with us. */
  readonly isKnown: (conversation: string) => Promise<boolean>;
};

type Log = { error(fields: object, text: string): void };

const LONGEST_NAME = 120;

/** Answers when the turn is durable; the page's `id` makes a repeated post the same event and the same file. */
export async function upload(
  c: Context,
  { uploads, isKnown }: UploadOptions,
  receive: Receive | undefined,
  log: Log,
): Promise<Response> {
  const chat = chatOf(c);
  if (chat === undefined) return c.json({ error: 'no-cookie' }, 401);
  const id = c.req.query('id') ?? '';
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) return c.json({ error: 'invalid' }, 400);
  if (Number(c.req.header('content-length') ?? 0) > LARGEST_FILE) return c.json({ error: 'too-big' }, 413);
  const conversation = `web:${chat}`;
  try {
    if (receive === undefined) throw new Error('the web chat is not started');
    if (!(await isKnown(conversation))) return c.json({ error: 'stranger' }, 403);
    const kept = await uploads.save(chat, id, bytesOf(c));
    if (typeof kept === 'string') return c.json({ error: kept }, kept === 'too-big' ? 413 : 403);
    await receive({
      ...{ id: `${conversation}:${id}`, conversation, at: new Date().toISOString() },
      ...{ type: 'file', file: { name: nameOf(c.req.query('name') ?? ''), ...kept } },
    });
    return c.json({ ok: true });
  } catch (error) {
    // The turn may be stored all the same, so the file stays: the page posts it again under the same name, or it is swept.
    log.error({ err: error, conversation }, 'web chat: a file was not taken; the person may send it again');
    return c.json({ error: 'not-stored' }, 503);
  }
}

async function* bytesOf(c: Context): AsyncGenerator<Uint8Array> {
  const { body } = c.req.raw;
  if (body) yield* body as unknown as AsyncIterable<Uint8Array>;
}

/** The last part of what the browser calls it, in one line; shown as text and never used as a path. */
export function nameOf(given: string): string {
  const last = clean(given.replace(/\p{Cs}/gu, '\ufffd'))
    .split(/[/\\]/)
    .at(-1);
  const name = (last ?? '').replace(/\s+/g, ' ').trim();
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= 8 ? name.slice(dot) : '';
  const short = name.length > LONGEST_NAME ? name.slice(0, LONGEST_NAME - ending.length) + ending : name;
  return short || 'tep';
}
