// The web chat without a socket: a channel over plain arrays, visitors with a cookie, and a stream that can be read to its end.
import { Hono } from 'hono';
import type { SendFile } from '../../src/channels/channel.ts';
import { createWebChannel } from '../../src/channels/web.ts';
import type { WebMessage } from '../../src/channels/web-stream.ts';
import type { FileRequest } from '../../src/domain/conversation.ts';
import type { Event } from '../../src/domain/event.ts';

export const HOME = 'http://localhost';
/** The headers of a post of our own page. */
export const GOOD = { 'content-type': 'application/json', 'x-chitieu': '1', origin: HOME };

export const message = (seq: number, text = `tin ${seq}`): WebMessage => ({
  id: `e${seq}:0`,
  seq,
  createdAt: '2022-09-16T01:00:00.000Z',
  message: { text: [text] },
});

export type Office = Awaited<ReturnType<typeof openOffice>>;

/**
 * A started channel. `stored` is the transcript by conversation, `during` runs while it is being read, `receive` takes the events.
 * The report "gone" cannot be made into a file, and "taken" may no longer be had.
 */
export async function openOffice(options: { publicUrl?: string } = {}) {
  const stored: Record<string, WebMessage[]> = {};
  const events: Event[] = [];
  const refusals: object[] = [];
  const world: { during: () => Promise<void>; receive: (event: Event) => Promise<void> } = {
    during: async () => {},
    receive: async (event) => void events.push(event),
  };
  const filesFor: string[] = [];
  const publicUrl = options.publicUrl ?? HOME;
  const makeFile = async (request: FileRequest, conversation: string): Promise<SendFile | undefined> => {
    const report = 'report' in request ? request.report : '';
    filesFor.push(conversation);
    if (report === 'gone') throw new Error('no such report');
    if (report === 'taken') return undefined;
    return {
      name: 'phu lục "1".xlsx',
      type: 'application/x-test',
      bytes: new TextEncoder().encode(report),
    };
  };
  const channel = createWebChannel({
    transcript: async (conversation, after, limit) => {
      const found = (stored[conversation] ?? []).filter((item) => item.seq > after).slice(-limit);
      await world.during();
      return found;
    },
    makeFile,
    makePictures: async (request, conversation) => {
      const made = await makeFile(request, conversation);
      return made && [made, { ...made, name: 'trang-2.png' }];
    },
    publicUrl,
    secureCookie: publicUrl.startsWith('https:'),
    log: { warn: (fields) => void refusals.push(fields), error: (fields) => void refusals.push(fields) },
  });
  const app = new Hono();
  channel.routes(app);
  await channel.start((event) => world.receive(event));
  const post = (path: string, body: unknown, cookie?: string, headers: Record<string, string> = GOOD) =>
    app.request(path, {
      method: 'POST',
      headers: { ...headers, ...(cookie ? { cookie } : {}) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  /** What the page says first; the answer carries the cookie. */
  const hello = (cookie?: string, headers?: Record<string, string>) =>
    post('/api/hello', {}, cookie, headers);
  const visit = async () => cookieOf(await hello());
  return { app, channel, events, refusals, filesFor, world, stored, hello, visit, post };
}

export const cookieOf = (response: Response): string =>
  (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

/** The conversation behind a cookie, found the way the shell meets it: in an event. */
export async function conversationOf(office: Office, cookie: string): Promise<string> {
  await office.post('/api/send', { id: 'who', text: 'xin chào' }, cookie);
  return office.events.at(-1)?.conversation ?? '';
}

/** Reads a stream until `count` messages came (or 300 ms passed) and gives their seqs, and the whole text. */
export async function seqs(response: Response, count: number): Promise<{ seqs: number[]; text: string }> {
  const reader = response.body?.getReader();
  if (!reader) throw new Error('no stream');
  const decoder = new TextDecoder();
  let text = '';
  const found = () => [...text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));
  const patience = setTimeout(() => void reader.cancel(), 300);
  while (found().length < count) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  clearTimeout(patience);
  await reader.cancel();
  return { seqs: found(), text };
}
