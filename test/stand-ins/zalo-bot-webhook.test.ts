// The Zalo Bot stand-in as the caller of a webhook: what it takes for one, what it sends there, and how often it tries.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, listen } from './zalo-bot/bench.ts';
import { startZaloBot, type ZaloBotStandIn } from './zalo-bot.ts';

const SECRET = 'webhook-secret-of-the-tests';

let zalo: ZaloBotStandIn;
beforeEach(async () => {
  zalo = await startZaloBot({ pollMs: 20, retryLadder: [5, 5] });
});
afterEach(() => zalo.stop());

const poll = () => call(zalo, 'getUpdates');

describe('The webhook', () => {
  type Got = { secret: string | undefined; type: string | undefined; body: string };
  const got: Got[] = [];
  /** The statuses of the next answers; afterwards 200. */
  const statuses: number[] = [];
  /** What the answer to a request waits for. */
  let gate = Promise.resolve();
  let bot: Awaited<ReturnType<typeof listen>>;
  beforeEach(async () => {
    got.length = 0;
    statuses.length = 0;
    gate = Promise.resolve();
    bot = await listen(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { 'x-bot-api-secret-token': secret, 'content-type': type } = request.headers;
      got.push({ secret: secret as string | undefined, type, body: Buffer.concat(chunks).toString() });
      await gate;
      response.writeHead(statuses.shift() ?? 200, { location: `${bot.url}/elsewhere` }).end();
    });
  });
  afterEach(() => bot.stop());

  const hook = (url = `${bot.url}/zalo`) => call(zalo, 'setWebhook', { url, secret_token: SECRET });
  const texts = () => got.map(({ body }) => (JSON.parse(body) as { message: { text: string } }).message.text);

  it('is set, told and deleted', async () => {
    expect((await call(zalo, 'getWebhookInfo')).result).toEqual({ url: '', updated_at: expect.any(Number) });
    const url = 'https://bot.example/zalo';
    expect((await hook(url)).result).toEqual({ url, updated_at: expect.any(Number) });
    expect((await call(zalo, 'getWebhookInfo')).result).toMatchObject({ url });
    expect(zalo.webhook()).toEqual({ url, secret_token: SECRET });
    expect((await call(zalo, 'deleteWebhook')).result).toMatchObject({ url: '' });
    expect(zalo.webhook()).toBeUndefined();
  });

  it.each([
    ['plain http', { url: 'http://bot.example/zalo', secret_token: SECRET }],
    ['no address', { url: '', secret_token: SECRET }],
    ['a private address', { url: 'https://192.168.1.5/zalo', secret_token: SECRET }],
    ['no secret', { url: 'https://bot.example/zalo' }],
    ['a secret of 7 characters', { url: 'https://bot.example/zalo', secret_token: '1234567' }],
    ['a secret of 257 characters', { url: 'https://bot.example/zalo', secret_token: 'a'.repeat(257) }],
    [
      'fields of other platforms',
      { url: 'https://bot.example/zalo', secret_token: SECRET, allowed_updates: [] },
    ],
  ])('refuses %s', async (_, params) => {
    expect(await call(zalo, 'setWebhook', params)).toMatchObject({ ok: false, error_code: 400 });
    expect(zalo.webhook()).toBeUndefined();
  });

  it('refuses plain http on this machine when that is not allowed', async () => {
    zalo.set({ local: false });
    expect(await hook()).toMatchObject({ ok: false, error_code: 400 });
  });

  it('ends polling: the open poll and every later one get 400', async () => {
    zalo.set({ pollMs: 60_000 });
    const open = poll();
    await vi.waitFor(() => expect(zalo.calls('getUpdates')).toHaveLength(1));
    await hook();
    expect(await open).toMatchObject({ ok: false, error_code: 400 });
    expect(await poll()).toMatchObject({ ok: false, error_code: 400 });
  });

  it('gets what waited and what comes, in order, with the secret, bare or wrapped', async () => {
    const user = zalo.user();
    zalo.set({ wrapped: false });
    user.say('trước');
    await hook();
    user.say('sau');
    await zalo.settled();
    expect(texts()).toEqual(['trước', 'sau']);
    expect(got[0]).toMatchObject({ secret: SECRET, type: 'application/json' });
    zalo.set({ wrapped: true });
    user.say('bọc');
    await zalo.settled();
    const { ok, result } = JSON.parse(got[2]?.body ?? '');
    expect(ok).toBe(true);
    expect(result).toMatchObject({ event_name: 'message.text.received', message: { text: 'bọc' } });
  });

  it('is tried again with the very same body until it answers 2xx', async () => {
    await hook();
    zalo.set({ retryLadder: [100, 5] });
    statuses.push(500, 404);
    const messageId = zalo.user().say('kiên trì');
    await vi.waitFor(() => expect(zalo.deliveries()).toHaveLength(1));
    zalo.set({ wrapped: false });
    await zalo.settled();
    expect(new Set(got.map(({ body }) => body)).size).toBe(1);
    const event = 'message.text.received';
    expect(zalo.deliveries()).toMatchObject([
      { event, messageId, attempt: 1, status: 500 },
      { event, messageId, attempt: 2, status: 404 },
      { event, messageId, attempt: 3, status: 200 },
    ]);
  });

  it('gets the next update of a chat when the last one is answered, and other chats aside', async () => {
    await hook();
    zalo.set({ wrapped: false });
    let open = (): void => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const [one, other] = [zalo.user(), zalo.user()];
    one.say('một');
    one.say('hai');
    await vi.waitFor(() => expect(got).toHaveLength(1));
    other.say('ba');
    await vi.waitFor(() => expect(got).toHaveLength(2));
    open();
    await zalo.settled();
    expect(texts()).toEqual(['một', 'ba', 'hai']);
  });

  it('is given up at the end of the ladder, and the next update is not held up', async () => {
    await hook();
    zalo.set({ wrapped: false, retryLadder: [200] });
    statuses.push(500, 200, 302);
    const user = zalo.user();
    user.say('trước');
    user.say('sau');
    await zalo.settled();
    expect(texts()).toEqual(['trước', 'sau', 'trước']);
    expect(zalo.deliveries().map(({ status }) => status)).toEqual([500, 200, 302]);
    await call(zalo, 'deleteWebhook');
    expect(await poll()).toMatchObject({ error_code: 408 });
  });

  it('counts no answer in time and no server as status 0', async () => {
    zalo.set({ retryLadder: [], answerMs: 50 });
    const silent = await listen(() => {});
    await hook(silent.url);
    zalo.user().say('a');
    await zalo.settled();
    await silent.stop();
    zalo.user().say('b');
    await zalo.settled();
    await hook('https://nowhere.example/zalo');
    zalo.user().say('c');
    await zalo.settled();
    expect(zalo.deliveries().map(({ status }) => status)).toEqual([0, 0, 0]);
  });

  it('is found behind its public name', async () => {
    zalo.set({ local: false, hosts: { 'https://bot.example': bot.url } });
    await hook('https://bot.example/zalo');
    zalo.user().say('a');
    await zalo.settled();
    expect(zalo.deliveries()).toMatchObject([{ attempt: 1, status: 200 }]);
    expect(got).toHaveLength(1);
  });

  it('gets every update twice when it is told to', async () => {
    await hook();
    zalo.set({ duplicates: true });
    zalo.user().say('lặp');
    await zalo.settled();
    expect(got).toHaveLength(2);
    expect(got[1]).toEqual(got[0]);
  });

  it('leaves to polling what it did not take before it was deleted', async () => {
    await hook();
    zalo.set({ retryLadder: [100] });
    statuses.push(500);
    zalo.user().say('còn lại');
    await vi.waitFor(() => expect(zalo.deliveries()).toHaveLength(1));
    await call(zalo, 'deleteWebhook');
    zalo.set({ pollMs: 5_000 });
    expect(await poll()).toMatchObject({ result: { message: { text: 'còn lại' } } });
    await zalo.settled();
  });
});
