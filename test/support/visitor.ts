// A visitor of the web chat who speaks plain HTTP as the page does: says hello once, posts, and reads the stream.
import { createHash } from 'node:crypto';
import type { WebMessage } from '../../src/channels/web-stream.ts';

export type Visitor = {
  /** Of the conversation, whose name is "web:" and this. */
  readonly chat: string;
  /** What the page shows, oldest first, as it came by the stream. */
  readonly seen: WebMessage[];
  /** Posts to the server of `url` and resolves to the status; 0 when no answer came. */
  post(url: string, path: string, body: object): Promise<number>;
  /** Sends a file as the page does and resolves to the status. */
  upload(url: string, id: string, name: string, bytes: Uint8Array): Promise<number>;
  /** Gets what only this visitor may have. */
  get(url: string, path: string): Promise<Response>;
  /** Listens to the stream from the newest message seen, until the server or `close` ends it. */
  listen(url: string): Promise<void>;
  close(): void;
};

const HEADERS = { 'content-type': 'application/json', 'x-chitieu': '1' };

/** Somebody with a browser of their own: the same visitor for every server that is started on the same data. */
export async function visit(url: string): Promise<Visitor> {
  const hello = await fetch(`${url}/api/hello`, { method: 'POST', headers: HEADERS, body: '{}' });
  await hello.text();
  const cookie = hello.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`hello gave no cookie (${hello.status})`);
  const seen: WebMessage[] = [];
  const chat = createHash('sha256')
    .update(cookie.slice(cookie.indexOf('=') + 1))
    .digest('hex')
    .slice(0, 32);
  let leaving = new AbortController();
  return {
    chat,
    seen,
    async post(to, path, body) {
      try {
        const response = await fetch(to + path, {
          method: 'POST',
          headers: { ...HEADERS, cookie },
          body: JSON.stringify(body),
        });
        await response.text();
        return response.status;
      } catch {
        return 0;
      }
    },
    async upload(to, id, name, bytes) {
      const response = await fetch(`${to}/api/upload?id=${id}&name=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { ...HEADERS, 'content-type': 'application/octet-stream', cookie },
        body: new Uint8Array(bytes),
      });
      await response.text();
      return response.status;
    },
    get: (from, path) => fetch(from + path, { headers: { cookie } }),
    async listen(to) {
      leaving = new AbortController();
      try {
        const after = seen.at(-1)?.seq ?? 0;
        const { body } = await fetch(`${to}/api/stream?after=${after}`, {
          headers: { cookie },
          signal: leaving.signal,
        });
        if (body) await readStream(body, seen);
      } catch {
        // The server went away or the page was closed: the next `listen` goes on from what was seen.
      }
    },
    close: () => leaving.abort(),
  };
}

async function readStream(body: ReadableStream<Uint8Array>, seen: WebMessage[]): Promise<void> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of body) {
    const blocks = (text + decoder.decode(bytes, { stream: true })).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data !== undefined && /^id: \d+$/m.test(block)) seen.push(JSON.parse(data) as WebMessage);
    }
  }
}
