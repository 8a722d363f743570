// Files sent in the web chat: who may send one, how large, how many, where they lie, and who can have them again.
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LARGEST_FILE } from '../src/channels/channel.ts';
import { createWebChannel } from '../src/channels/web.ts';
import { nameOf } from '../src/channels/web-upload.ts';
import { createUploads } from '../src/channels/web-uploads.ts';
import type { Event } from '../src/domain/event.ts';
import { createServer } from '../src/server.ts';
import { uploadsFolder } from '../storage/uploads-folder.ts';

const HEADERS = { 'content-type': 'application/octet-stream', 'x-chitieu': '1' };
let folder: string;
let events: Event[];
let known: boolean;
let broken: boolean;
let url: string;
let channel: ReturnType<typeof createWebChannel>;
let stop: () => Promise<void>;
let cookie: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'chitieu-upload-')), 'tep-gui');
  [events, known, broken] = [[], true, false];
  channel = createWebChannel({
    transcript: async () => [],
    makeFile: async () => undefined,
    makePictures: async () => undefined,
    files: { uploads: createUploads(uploadsFolder(folder)), isKnown: async () => known },
    publicUrl: 'http://127.0.0.1',
    secureCookie: false,
    log: { warn: () => {}, error: () => {} },
  });
  await channel.start(async (event) => {
    if (broken) throw new Error('the disk is full');
    events.push(event);
  });
  const server = await createServer({
    ...{ routes: [channel], health: () => ({}), host: '127.0.0.1', port: 0, log: { error: () => {} } },
  }).listen();
  url = server.url;
  cookie = await visitor();
  stop = async () => {
    await channel.stop();
    await server.close();
    await rm(join(folder, '..'), { recursive: true, force: true });
  };
});
afterEach(() => stop());

async function visitor(): Promise<string> {
  const headers = { ...HEADERS, 'content-type': 'application/json' };
  const hello = await fetch(`${url}/api/hello`, { method: 'POST', headers, body: '{}' });
  return (hello.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

type Post = { name?: string; id?: string; headers?: Record<string, string>; as?: string };
async function post(
  body: Uint8Array | ReadableStream<Uint8Array>,
  how: Post = {},
): Promise<[number, unknown]> {
  const { name = 'don-vi.csv', id = 'c1', headers = HEADERS, as = cookie } = how;
  const stream = body instanceof ReadableStream ? { duplex: 'half' as const } : {};
  const response = await fetch(`${url}/api/upload?id=${id}&name=${encodeURIComponent(name)}`, {
    ...{ method: 'POST', headers: { ...headers, cookie: as }, body, ...stream },
  } as RequestInit);
  return [response.status, await response.json()];
}
const text = (words: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(words);
const kept = () => readdir(folder).catch(() => []);
const sent = () => events.flatMap((event) => (event.type === 'file' ? [event.file] : []));

describe('A file sent in the web chat', () => {
  it('becomes an event of its sender, lies where only we can look, and is found again', async () => {
    expect(await post(text('ma,ten\n1,A\n'))).toEqual([200, { ok: true }]);
    const [event] = events;
    expect(event).toMatchObject({
      type: 'file',
      id: `${event?.conversation}:c1`,
      file: { name: 'don-vi.csv', size: 11 },
    });
    const [file] = sent();
    expect(await kept()).toEqual([file?.source]);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, file?.source ?? ''))).mode & 0o777).toBe(0o600);
    expect(await channel.fetchFile?.(file?.source ?? '')).toEqual({ bytes: text('ma,ten\n1,A\n') });
  });

  it('is refused unless our own page sent it, somebody joined, and there is something in it', async () => {
    expect(await post(text('x'), { headers: { ...HEADERS, origin: 'https://evil.example' } })).toMatchObject([
      403,
      {},
    ]);
    expect(await post(text('x'), { headers: { ...HEADERS, 'content-type': 'text/plain' } })).toMatchObject([
      403,
      {},
    ]);
    expect(await post(text('x'), { headers: { 'content-type': HEADERS['content-type'] } })).toMatchObject([
      403,
      {},
    ]);
    expect(await post(text('x'), { as: '' })).toEqual([401, { error: 'no-cookie' }]);
    expect(await post(text('x'), { id: 'a:b' })).toEqual([400, { error: 'invalid' }]);
    expect(await post(text(''))).toEqual([403, { error: 'empty' }]);
    known = false;
    expect(await post(text('x'))).toEqual([403, { error: 'stranger' }]);
    expect(events).toEqual([]);
    expect(await kept()).toEqual([]);
  });

  it('is cut off when it is too large, also when its size was not said, and nothing of it stays', async () => {
    const most = new Uint8Array(LARGEST_FILE);
    expect(await post(most)).toEqual([200, { ok: true }]);
    expect(await post(new Uint8Array(LARGEST_FILE + 1))).toEqual([413, { error: 'too-big' }]);
    let given = 0;
    const piece = new Uint8Array(1024 * 1024);
    const endless = new ReadableStream<Uint8Array>({
      pull(to) {
        given += 1;
        if (given > 64) to.close();
        else to.enqueue(piece);
      },
    });
    // The server may close the line while we are still sending.
    const answer = await post(endless).catch(() => [413, { error: 'too-big' }]);
    expect(answer).toEqual([413, { error: 'too-big' }]);
    expect(await kept()).toHaveLength(1);
    expect(events).toHaveLength(1);
  });

  it('stays when nobody knows whether its turn was stored, and lies there once when the page sends it again', async () => {
    broken = true;
    expect(await post(text('x'))).toEqual([503, { error: 'not-stored' }]);
    expect(await kept()).toHaveLength(1);
    broken = false;
    expect(await post(text('x'))).toEqual([200, { ok: true }]);
    expect(await kept()).toEqual(sent().map(({ source }) => source));
  });

  it('is one of at most fifty a day, for each visitor', async () => {
    for (let n = 0; n < 50; n++) expect(await post(text('x'), { id: `c${n}` })).toEqual([200, { ok: true }]);
    expect(await post(text('x'), { id: 'more' })).toEqual([403, { error: 'too-many' }]);
    expect(await post(text('x'), { as: await visitor() })).toEqual([200, { ok: true }]);
  });

  it('is swept after a day, and nothing else in that folder', async () => {
    await post(text('old'), { id: 'old' });
    await post(text('new'), { id: 'new' });
    const [old, fresh] = sent();
    await writeFile(join(folder, 'khac.txt'), 'x');
    const before = new Date(Date.now() - 25 * 3_600_000);
    for (const name of [old?.source ?? '', 'khac.txt']) await utimes(join(folder, name), before, before);
    await createUploads(uploadsFolder(folder)).sweep();
    expect((await kept()).sort()).toEqual([fresh?.source, 'khac.txt'].sort());
    expect(await channel.fetchFile?.(old?.source ?? '')).toEqual({ fault: 'gone' });
    await createUploads(uploadsFolder(join(folder, 'nowhere'))).sweep();
  });

  it('cannot be asked for by a path, nor guessed', async () => {
    await post(text('x'));
    await writeFile(join(folder, '..', 'secret'), 'x');
    const source = sent()[0]?.source ?? '';
    for (const path of [
      '../secret',
      `${source}/../../secret`,
      '',
      '.',
      `${source}.part`,
      source.toUpperCase(),
      `${source}\0`,
    ])
      expect(await channel.fetchFile?.(path)).toEqual({ fault: 'foreign' });
    expect(await channel.fetchFile?.(source.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).toEqual({
      fault: 'gone',
    });
    expect(await readFile(join(folder, source), 'utf8')).toBe('x');
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\lan\\đơn vị.xlsx', 'đơn vị.xlsx'],
    ['<b>x</b>.csv', 'b>.csv'],
    ['a\u202egpj.csv\n', 'agpj.csv'],
    ['', 'tep'],
    [`${'x'.repeat(300)}.xlsx`, `${'x'.repeat(115)}.xlsx`],
  ])('called %j is shown as %j', (given, shown) => {
    expect(nameOf(given)).toBe(shown);
  });
});
