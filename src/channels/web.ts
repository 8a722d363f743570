// The web chat: a page of our own for people without Zalo or Telegram. Messages go out by server-sent events, answers come in by post.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import type { Event } from '../domain/event.ts';
import type { Channel, Receive } from './channel.ts';
import { addressOf } from './web-address.ts';
import { fileOf, pictureOf, picturesOf, type WebFiles } from './web-files.ts';
import { limitRate, safeHeaders, sameOrigin } from './web-guard.ts';
import { READERS, type Said } from './web-said.ts';
import { createStrangers, type Strangers } from './web-strangers.ts';
import { createListeners, follow, type WebMessage } from './web-stream.ts';
import { type UploadOptions, upload } from './web-upload.ts';
import { chatOf, keepVisitor } from './web-visitor.ts';

type Options = WebFiles & {
  /** Where the files lie that people send. Left out: it takes none. */
  readonly files?: UploadOptions;
  /** The address that officers open, e.g. https://chitieu.example.vn; https means that a proxy stands in front. */
  readonly publicUrl: string;
  readonly secureCookie: boolean;
  /** Several instances share the store: what one sends, the others' pages have to look for. */
  readonly shared?: boolean;
  readonly log: { warn(fields: object, text: string): void; error(fields: object, text: string): void };
};

type Route = '/api/send' | '/api/press' | '/api/start';

const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
} as const;
const STATIC = [
  'page.css',
  'page.js',
  'page-bubble.js',
  'page-list.js',
  'page-outbox.js',
  'page-pictures.js',
  'page-post.js',
  'page-stream.js',
  'page-upload.js',
] as const;
/** How often files that lie longer than we keep them are looked for (ms). */
const SWEEP_MS = 3_600_000;
/** How often an open page looks for what another instance sent (ms). */
const LOOK_MS = 1_000;
const LARGEST_BODY = 64 * 1024;
/** A type that no form of another site can send. */
const OCTETS = /^application\/octet-stream\s*(;|$)/i;

/** The channel, and its routes for the server. Answers a post when the turn is durable; until `start` every post is answered 503. */
export function createWebChannel(options: Options): Channel & { routes(app: Hono): void } {
  const listeners = createListeners();
  const origin = new URL(options.publicUrl).origin;
  let receive: Receive | undefined;
  let sweeping: NodeJS.Timeout | undefined;
  const sweep = () =>
    options.files?.uploads
      .sweep()
      .catch((err: unknown) => options.log.error({ err }, 'web chat: old files stay'));
  return {
    name: 'web',
    can: {
      ...{ buttons: 100, edit: true, files: ['xlsx'], pictures: 'upload', text: Number.POSITIVE_INFINITY },
      ...{ history: false, ordered: true },
    },
    notices: () => [],
    async start(to) {
      receive = to;
      await sweep();
      sweeping = setInterval(sweep, SWEEP_MS).unref();
    },
    async send({ id, seq, chat, message }) {
      listeners.push(`web:${chat}`, { id, seq, createdAt: new Date().toISOString(), message });
      return { outcome: 'sent', platform: String(seq) };
    },
    fetchFile: async (source) => options.files?.uploads.read(source) ?? { fault: 'gone' },
    inviteLink: (code) => `${origin}/i/${encodeURIComponent(code)}`,
    async stop() {
      receive = undefined;
      clearInterval(sweeping);
      listeners.closeAll();
    },
    routes(app) {
      const all = [safeHeaders, limitRate()] as const;
      const refused = (from: string) =>
        options.log.warn({ from, expected: origin }, 'web chat: a post from another origin was refused');
      const guard = sameOrigin(origin, refused);
      const size = bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => c.json({ error: 'too-long' }, 413) });
      for (const path of ['/', '/i/:code']) app.get(path, ...all, page());
      for (const name of STATIC) app.get(`/${name}`, ...all, asset(name));
      app.get('/api/stream', ...all, (c) =>
        receive === undefined ? c.json({ error: 'stopped' }, 503) : stream(c, options, listeners),
      );
      app.get('/api/file/:seq', ...all, (c) => fileOf(c, options));
      app.get('/api/pictures/:seq', ...all, (c) => picturesOf(c, options));
      app.get('/api/pictures/:seq/:page', ...all, (c) => pictureOf(c, options));
      app.post('/api/hello', ...all, guard, size, (c) => {
        keepVisitor(c, options.secureCookie);
        return c.json({ ok: true });
      });
      const { files } = options;
      const strangers = createStrangers(async (who) => files === undefined || files.isKnown(who));
      if (files)
        app.post('/api/upload', ...all, sameOrigin(origin, refused, OCTETS), (c) =>
          upload(c, files, receive, options.log),
        );
      for (const path of Object.keys(READERS) as Route[])
        app.post(path, ...all, guard, size, (c) => post(c, path, { receive, strangers, log: options.log }));
    },
  };
}

/** The same page for every link: link previews fetch links, so an invitation code is not looked at before the page posts it. */
function page(): (c: Context) => Response {
  const body = readFileSync(new URL('./web/page.html', import.meta.url), 'utf8');
  return (c) => c.body(body, 200, { 'Content-Type': TYPES.html, 'Cache-Control': 'no-store' });
}

function asset(name: (typeof STATIC)[number]): (c: Context) => Response {
  const body = readFileSync(new URL(`./web/${name}`, import.meta.url), 'utf8');
  const headers = {
    'Content-Type': name.endsWith('.css') ? TYPES.css : TYPES.js,
    'Cache-Control': 'no-cache',
    ETag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  };
  return (c) =>
    c.req.header('if-none-match') === headers.ETag ? c.body(null, 304, headers) : c.body(body, 200, headers);
}

type Hearing = {
  readonly receive: Receive | undefined;
  readonly strangers: Strangers;
  readonly log: Options['log'];
};

async function post(c: Context, route: Route, { receive, strangers, log }: Hearing): Promise<Response> {
  const chat = chatOf(c);
  if (chat === undefined) return c.json({ error: 'no-cookie' }, 401);
  const said = READERS[route](await c.req.json().catch(() => undefined));
  if (said === 'too-long') return c.json({ error: said }, 413);
  if (said === undefined) return c.json({ error: 'invalid' }, 400);
  const event = toEvent(chat, said);
  try {
    if (await strangers.refuses(c, event.conversation))
      return c.json({ error: 'too-many' }, 429, { 'Retry-After': '60' });
    if (receive === undefined) throw new Error('the web chat is not started');
    await receive(event);
    // The turn is stored: whatever comes of the counting, it is acknowledged.
    await strangers.count(c, event.conversation).catch(() => {});
    return c.json({ ok: true });
  } catch (error) {
    log.error(
      { err: error, event: event.id },
      'web chat: a turn was not stored; the page will send it again',
    );
    return c.json({ error: 'not-stored' }, 503);
  }
}

/** The page's id makes a repeated post the same event. */
function toEvent(chat: string, { id, ...said }: Said): Event {
  return { id: `web:${chat}:${id}`, conversation: `web:${chat}`, at: new Date().toISOString(), ...said };
}

function stream(c: Context, options: Options, listeners: ReturnType<typeof createListeners>): Response {
  const chat = chatOf(c);
  if (chat === undefined) return c.json({ error: 'no-cookie' }, 401);
  // Hono answers HEAD by the same route, and nobody would ever end that stream.
  if (c.req.method === 'HEAD') return c.body(null, 204);
  const conversation = `web:${chat}`;
  const after = seqOf(c.req.header('last-event-id')) ?? seqOf(c.req.query('after')) ?? 0;
  const listener = listeners.open(conversation, addressOf(c));
  if (listener === undefined) return c.json({ error: 'too-many' }, 503);
  const response = streamSSE(c, async (out) => {
    out.onAbort(() => listeners.close(conversation, listener));
    try {
      await out.write('retry: 1000\n\n');
      await follow(
        listener,
        {
          // The page compares `chat` with what it shows: after a lost cookie this is somebody else's conversation.
          hello: (count, startsOver) =>
            out.writeSSE({
              event: 'hello',
              data: JSON.stringify({ chat: chat.slice(0, 8), count, ...(startsOver && { startsOver }) }),
            }),
          message: (message) =>
            out.writeSSE({ id: String(message.seq), data: JSON.stringify(shown(message)) }),
          beat: () => out.write(':\n\n'),
        },
        {
          ...{ conversation, after, transcript: options.transcript },
          ...(options.shared ? { beatMs: LOOK_MS } : {}),
        },
      );
    } catch (error) {
      options.log.error({ err: error, conversation }, 'web chat: the transcript could not be read');
    } finally {
      listeners.close(conversation, listener);
    }
  });
  // A proxy that collects output would hold back every message.
  response.headers.set('X-Accel-Buffering', 'no');
  response.headers.set('Cache-Control', 'no-store');
  return response;
}

/** An errand of ours has no words, and where a file lies is nobody's business. */
const shown = ({ id, seq, createdAt, message }: WebMessage): WebMessage => ({
  ...{ id, seq, createdAt },
  message: message.fetch ? { text: [] } : message,
});

const seqOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
