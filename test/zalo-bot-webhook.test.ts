// Receiving by webhook: who is let in, when the answer comes, and bodies of every shape.
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Bench, openBench, SECRET, words } from './stand-ins/zalo-bot-bench.ts';

let bench: Bench;
afterEach(() => bench?.close());

const open = async (turn?: Parameters<Bench['start']>[0], answer = 300): Promise<void> => {
  bench = await openBench({ mode: 'webhook', times: { answer } });
  await bench.start(turn);
};
const update = (text: string): object => ({
  event_name: 'message.text.received',
  message: {
    ...{ message_id: `id-of-${text.slice(0, 5)}`, date: 1_790_000_000_000, text },
    ...{ from: { id: 'a1', is_bot: false }, chat: { id: 'a1', chat_type: 'PRIVATE' } },
  },
});
const post = async (body: string, secret: string | undefined = SECRET): Promise<number> => {
  const headers = { 'X-Bot-Api-Secret-Token': secret };
  return (await bench.app.request('/webhook/zalo-bot', { method: 'POST', headers, body })).status;
};
const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 6000, interval: 10 });

describe('The webhook', () => {
  it.each([true, false])('hears bodies that are wrapped: %s', async (wrapped) => {
    await open();
    bench.zalo.set({ wrapped });
    const user = bench.zalo.user();
    user.say('5.971');
    user.sendDocument();
    user.sendProtected();
    await bench.zalo.settled();
    expect(bench.zalo.deliveries().map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(bench.events).toMatchObject([
      { type: 'text', text: '5.971', conversation: `zalo-bot:${user.id}` },
      { type: 'unsupported', what: 'file' },
    ]);
  });

  it('lets nobody in without the secret', async () => {
    await open();
    const body = JSON.stringify(update('giả'));
    for (const secret of ['', 'wrong', SECRET.slice(1), `${SECRET}x`])
      expect(await post(body, secret)).toBe(401);
    expect((await bench.app.request('/webhook/zalo-bot', { method: 'POST', body })).status).toBe(401);
    expect(bench.events).toEqual([]);
  });

  it('lets nobody in when no secret is set', async () => {
    bench = await openBench({ mode: 'webhook', webhookSecret: '' });
    expect(await post('{}', '')).toBe(401);
  });

  it('is not there when the channel polls', async () => {
    bench = await openBench();
    expect(await post('{}')).toBe(404);
  });

  it('answers 200 only when the turn is durable, and 503 when that takes too long', async () => {
    let store = (): void => {};
    let begun = 0;
    await open(() => {
      begun += 1;
      return new Promise((resolve) => {
        store = resolve;
      });
    }, 2000);
    let status = 0;
    const posted = post(JSON.stringify(update('chậm'))).then((given) => {
      status = given;
    });
    await soon(() => expect(begun).toBe(1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(status).toBe(0);
    store();
    await posted;
    expect(status).toBe(200);
    await bench.close();

    await open(
      () =>
        new Promise((resolve) => {
          store = resolve;
        }),
      30,
    );
    expect(await post(JSON.stringify(update('chậm')))).toBe(503);
    store();
    await soon(() => expect(words(bench.events)).toEqual(['chậm']));
  });

  it('answers 400 to what is no JSON object, 413 to what is too long, 200 to what is of no concern', async () => {
    await open();
    for (const body of ['', '{', 'null', '5', '"x"']) expect(await post(body)).toBe(400);
    expect(await post(JSON.stringify(update('x'.repeat(1024 * 1024))))).toBe(413);
    for (const body of ['{}', '[]', '{"event_name":"bot.probed"}', '{"ok":true,"result":{}}'])
      expect(await post(body)).toBe(200);
    expect(bench.events).toEqual([]);
  });

  it('has Zalo repeat what could not be stored, with the same id', async () => {
    const ids: string[] = [];
    await open((event) => {
      ids.push(event.id);
      if (ids.length < 3) throw new Error('the disk is full');
    });
    const id = bench.zalo.user().say('5.971');
    await bench.zalo.settled();
    expect(bench.zalo.deliveries().map(({ status }) => status)).toEqual([500, 500, 200]);
    expect(ids).toEqual([`zalo-bot:${id}`, `zalo-bot:${id}`, `zalo-bot:${id}`]);
    expect(words(bench.events)).toEqual(['5.971']);
  });

  it('refuses what comes after the stop, so that it is repeated', async () => {
    await open();
    await bench.channel.stop();
    expect(await post(JSON.stringify(update('muộn')))).toBe(500);
    expect(bench.events).toEqual([]);
  });

  it('survives every body', async () => {
    await open();
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ ok: fc.boolean(), result: fc.jsonValue() }).map((each) => JSON.stringify(each)),
      fc.record({ message: fc.jsonValue(), event_name: fc.jsonValue() }).map((each) => JSON.stringify(each)),
      fc
        .integer({ min: 1, max: 200_000 })
        .map((depth) => `{"message":${'['.repeat(depth)}${']'.repeat(depth)}}`),
      fc
        .integer({ min: 1, max: 100_000 })
        .map((depth) =>
          JSON.stringify(update('sâu')).replace('"id-of-sâu"', '['.repeat(depth) + ']'.repeat(depth)),
        ),
    );
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        expect([200, 400]).toContain(await post(text));
      }),
      { numRuns: 300 },
    );
  });
});
