// Long polling: nothing is lost, nothing is out of order, nobody waits for another's trouble.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Bench, deferred, openBench, words } from './stand-ins/telegram-bench.ts';

let bench: Bench;
afterEach(() => bench?.close());

const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 6000, interval: 10 });
const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => String(from + n));

describe('order', () => {
  it('keeps the order of a burst from one chat while another chat hangs', async () => {
    bench = await openBench();
    const { telegram } = bench;
    const hung = deferred();
    await bench.start((event) => (event.conversation === 'telegram:1' ? hung.promise : undefined));
    telegram.user(1).send('treo');
    // Telegram shows 100 unconfirmed updates at a time: the one that hangs and 99 others.
    for (const text of numbers(1, 100)) telegram.user(2).send(text);
    await soon(() => expect(words(bench.events)).toEqual(numbers(1, 99)));
    expect(telegram.unconfirmed()).toHaveLength(101);
    hung.resolve();
    await soon(() => expect(bench.events).toHaveLength(101));
    expect(words(bench.events).filter((text) => text !== 'treo')).toEqual(numbers(1, 100));
    await soon(() => expect(telegram.unconfirmed()).toEqual([]));
  });

  it('serves a chat that writes while another one hangs', async () => {
    bench = await openBench();
    const hung = deferred();
    await bench.start((event) => (event.conversation === 'telegram:1' ? hung.promise : undefined));
    bench.telegram.user(1).send('treo');
    await soon(() => expect(bench.telegram.calls('getUpdates').length).toBeGreaterThan(2));
    bench.telegram.user(2).send('tôi cần gấp');
    await soon(() => expect(words(bench.events)).toEqual(['tôi cần gấp']));
    hung.resolve();
    await soon(() => expect(words(bench.events)).toEqual(['tôi cần gấp', 'treo']));
  });

  it('works on several chats at once but never twice in one chat', async () => {
    bench = await openBench();
    const running = new Map<string, number>();
    let most = 0;
    let mostInOneChat = 0;
    for (const text of numbers(1, 5)) for (const id of [1, 2, 3]) bench.telegram.user(id).send(text);
    await bench.start(async ({ conversation }) => {
      running.set(conversation, (running.get(conversation) ?? 0) + 1);
      most = Math.max(
        most,
        [...running.values()].reduce((sum, count) => sum + count, 0),
      );
      mostInOneChat = Math.max(mostInOneChat, ...running.values());
      await new Promise((resolve) => setTimeout(resolve, 10));
      running.set(conversation, (running.get(conversation) ?? 0) - 1);
    });
    await soon(() => expect(bench.events).toHaveLength(15));
    expect({ most, mostInOneChat }).toEqual({ most: 3, mostInOneChat: 1 });
  });
});

describe('nothing is lost', () => {
  it('does not confirm an update before its turn is durable', async () => {
    bench = await openBench();
    const slow = deferred();
    await bench.start(() => slow.promise);
    bench.telegram.user(1).send('5.971');
    await soon(() => expect(bench.telegram.calls('getUpdates').length).toBeGreaterThan(3));
    expect(bench.telegram.unconfirmed()).toHaveLength(1);
    slow.resolve();
    await soon(() => expect(bench.telegram.unconfirmed()).toEqual([]));
  });

  it('tries a turn that could not be stored again, before the next one of that chat', async () => {
    bench = await openBench();
    const tried: string[] = [];
    for (const text of ['một', 'hai']) bench.telegram.user(1).send(text);
    bench.telegram.user(2).send('khác');
    await bench.start((event) => {
      if (event.type === 'text') tried.push(event.text);
      if (event.conversation === 'telegram:1' && tried.filter((text) => text === 'một').length < 3)
        throw new Error('the disk is full');
    });
    await soon(() => expect(words(bench.events)).toEqual(['khác', 'một', 'hai']));
    expect(tried.filter((text) => text !== 'khác')).toEqual(['một', 'một', 'một', 'hai']);
    expect(bench.log.filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  it('leaves what was not durable at a crash to the next start, with the same ids', async () => {
    bench = await openBench();
    const first: string[] = [];
    for (const text of numbers(1, 3)) bench.telegram.user(1).send(text);
    await bench.start((event) => {
      first.push(event.id);
      if (first.length > 1) throw new Error('the disk is full');
    });
    await soon(() => expect(first.length).toBeGreaterThan(2));
    await bench.channel.stop();
    const { telegram } = bench;
    bench = await openBench({}, telegram);
    await bench.start();
    await soon(() => expect(words(bench.events)).toEqual(['2', '3']));
    expect(bench.events[0]?.id).toBe(first[1]);
  });

  it('gives an update that Telegram repeats the same id', async () => {
    bench = await openBench();
    bench.telegram.redeliver();
    for (const text of ['một', 'hai', 'ba']) bench.telegram.user(1).send(text);
    await bench.start();
    await soon(() => expect(bench.events.length).toBeGreaterThan(3));
    expect(new Set(words(bench.events))).toEqual(new Set(['một', 'hai', 'ba']));
    expect(new Set(bench.events.map(({ id }) => id)).size).toBe(3);
    bench.telegram.user(1).send('bốn');
    await soon(() => expect(words(bench.events)).toContain('bốn'));
  });

  it('goes on after every kind of trouble with getUpdates', async () => {
    bench = await openBench({ times: { request: 0.3, poll: 0 } });
    const { telegram } = bench;
    telegram.fault('getUpdates', { kind: 'refuse', code: 500, description: 'Internal Server Error' });
    telegram.fault('getUpdates', { kind: 'drop-before' });
    telegram.fault('getUpdates', { kind: 'drop-after' });
    telegram.fault('getUpdates', { kind: 'gateway' });
    telegram.fault('getUpdates', { kind: 'hang' });
    telegram.user(1).send('vẫn còn đây');
    await bench.start();
    await soon(() => expect(words(bench.events)).toEqual(['vẫn còn đây']));
    expect(bench.log.filter(({ level }) => level === 'warn')).toHaveLength(5);
    expect(bench.log.at(-1)?.text).toBe('Telegram: receiving again');
  });

  it('waits as long as Telegram asks', async () => {
    bench = await openBench();
    bench.telegram.fault('getUpdates', {
      kind: 'refuse',
      code: 429,
      description: 'Too Many Requests: retry after 1',
      retryAfter: 1,
    });
    bench.telegram.user(1).send('xin chào');
    const before = performance.now();
    await bench.start();
    await soon(() => expect(bench.events).toHaveLength(1));
    expect(performance.now() - before).toBeGreaterThan(950);
  });

  it('says clearly that another program receives with the same token, and takes over when that ends', async () => {
    bench = await openBench();
    await bench.start();
    await soon(() => expect(bench.telegram.calls('getUpdates')).toHaveLength(1));
    const url = `${bench.telegram.apiRoot}/bot${bench.telegram.token}/getUpdates`;
    await fetch(url, { method: 'POST', body: '{}' });
    await soon(() => expect(bench.log.at(-1)?.text).toMatch(/another program receives with this token/));
    bench.telegram.user(1).send('xin chào');
    await soon(() => expect(bench.events).toHaveLength(1));
  });
});

describe('stopping', () => {
  it('is quick while Telegram holds the request open', async () => {
    bench = await openBench({ times: { poll: 20, request: 30 } });
    await bench.start();
    await soon(() => expect(bench.telegram.calls('getUpdates')).toHaveLength(1));
    const before = performance.now();
    await bench.channel.stop();
    expect(performance.now() - before).toBeLessThan(500);
  });

  it('finishes the turn in hand, confirms it, and leaves the next one to Telegram', async () => {
    bench = await openBench();
    for (const text of ['đang làm', 'chưa làm']) bench.telegram.user(1).send(text);
    const begun = deferred();
    await bench.start(async () => {
      begun.resolve();
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await begun.promise;
    await bench.channel.stop();
    expect(words(bench.events)).toEqual(['đang làm']);
    expect(bench.telegram.unconfirmed()).toHaveLength(1);
  });

  it('does not wait for a turn that hangs', async () => {
    bench = await openBench();
    bench.telegram.user(1).send('treo');
    const begun = deferred();
    await bench.start(() => {
      begun.resolve();
      return new Promise(() => {});
    });
    await begun.promise;
    const before = performance.now();
    await bench.channel.stop();
    expect(performance.now() - before).toBeLessThan(5000);
    expect(bench.telegram.unconfirmed()).toHaveLength(1);
  });
});

describe('buttons', () => {
  const buttons = [[{ label: 'Đúng', action: 'yes' }]];
  const ask = () =>
    bench.channel.send({ id: '1', seq: 1, chat: '1', message: { text: ['Đúng chưa ạ?'], buttons } });

  it('end their little clock when the turn is durable, not before', async () => {
    bench = await openBench();
    const slow = deferred();
    await bench.start((event) => (event.type === 'button' ? slow.promise : undefined));
    bench.telegram.user(1).send('chào');
    await soon(() => expect(bench.events).toHaveLength(1));
    await ask();
    bench.telegram.user(1).press('Đúng');
    await soon(() => expect(bench.telegram.unconfirmed()).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(bench.telegram.clocks()).toBe(1);
    slow.resolve();
    await soon(() => expect(bench.telegram.clocks()).toBe(0));
    expect(bench.events[1]).toMatchObject({ type: 'button', action: 'yes', conversation: 'telegram:1' });
  });

  it('count when their message is too old to be seen, and when the clock cannot be ended', async () => {
    bench = await openBench();
    await bench.start();
    bench.telegram.user(1).send('chào');
    await soon(() => expect(bench.events).toHaveLength(1));
    await ask();
    bench.telegram.fault('answerCallbackQuery', {
      kind: 'refuse',
      code: 400,
      description: 'Bad Request: query is too old',
    });
    bench.telegram.user(1).press('Đúng', { tooOld: true });
    await soon(() => expect(bench.events[1]).toMatchObject({ type: 'button', action: 'yes' }));
    await soon(() => expect(bench.telegram.unconfirmed()).toEqual([]));
  });
});
