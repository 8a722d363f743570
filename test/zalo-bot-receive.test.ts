// Polling a platform that forgets what it hands over: nothing is lost, nothing is out of order, no trouble ends it.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call } from './stand-ins/zalo-bot/bench.ts';
import { type Bench, openBench, words } from './stand-ins/zalo-bot-bench.ts';

let bench: Bench;
afterEach(() => bench?.close());

const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 6000, interval: 10 });
const lines = (level: string): string[] =>
  bench.log.filter((line) => line.level === level).map(({ text }) => text);

describe('Polling', () => {
  it('hears everybody in the order in which they wrote, in both shapes of an update', async () => {
    bench = await openBench();
    const [one, two] = [bench.zalo.user(), bench.zalo.user()];
    for (const text of ['1', '2', '3']) for (const user of [one, two]) user.say(`${user.id} ${text}`);
    await bench.start();
    await soon(() => expect(bench.events).toHaveLength(6));
    bench.zalo.set({ sparsePoll: true });
    one.say(`${one.id} 4`);
    await soon(() => expect(bench.events).toHaveLength(7));
    expect(words(bench.events).filter((text) => text.startsWith(one.id))).toEqual(
      ['1', '2', '3', '4'].map((text) => `${one.id} ${text}`),
    );
    expect(new Set(bench.events.map(({ conversation }) => conversation))).toEqual(
      new Set([`zalo-bot:${one.id}`, `zalo-bot:${two.id}`]),
    );
  });

  it('gives an update that comes twice the same id, and two equal texts different ones', async () => {
    bench = await openBench();
    bench.zalo.set({ duplicates: true });
    const user = bench.zalo.user();
    const ids = [user.say('có'), user.say('có')];
    await bench.start();
    await soon(() => expect(bench.events).toHaveLength(4));
    expect(bench.events.map(({ id }) => id)).toEqual(
      [ids[0], ids[0], ids[1], ids[1]].map((id) => `zalo-bot:${id}`),
    );
  });

  it('answers everything that is no text, and leaves reactions and messages without content aside', async () => {
    bench = await openBench();
    const user = bench.zalo.user();
    user.sendImage('5.971');
    user.sendSticker();
    user.sendVoice();
    user.sendLink('https://a.example');
    user.sendDocument();
    user.sendProtected();
    user.react();
    bench.zalo.group().say('xin chào');
    user.say('hết');
    await bench.start();
    await soon(() => expect(words(bench.events)).toEqual(['hết']));
    expect(bench.events.map((event) => (event.type === 'unsupported' ? event.what : event.type))).toEqual([
      ...['photo', 'sticker', 'voice', 'link', 'file', 'group', 'text'],
    ]);
  });

  it('loses nothing while the store fails: the update is kept, and the next is not fetched before it', async () => {
    bench = await openBench();
    const user = bench.zalo.user();
    for (const text of ['một', 'hai', 'ba']) user.say(text);
    let isFailing = true;
    let tries = 0;
    await bench.start(() => {
      tries += 1;
      if (isFailing) throw new Error('the disk is full');
    });
    await soon(() => expect(tries).toBeGreaterThan(3));
    expect(bench.zalo.calls('getUpdates')).toHaveLength(1);
    isFailing = false;
    await soon(() => expect(words(bench.events)).toEqual(['một', 'hai', 'ba']));
    expect(lines('error')[0]).toMatch(/could not be stored; trying again/);
  });

  it('tries once more when it is stopped, and says what is lost if that fails too', async () => {
    bench = await openBench({ times: { backoff: 60_000, longestBackoff: 60_000 } });
    let isFailing = true;
    let tries = 0;
    const fail = (): void => {
      tries += 1;
      if (isFailing) throw new Error('the disk is full');
    };
    bench.zalo.user().say('phút chót');
    await bench.start(fail);
    await soon(() => expect(tries).toBe(1));
    isFailing = false;
    await bench.channel.stop();
    expect(words(bench.events)).toEqual(['phút chót']);
    const { zalo } = bench;
    bench = await openBench({ times: { backoff: 60_000, longestBackoff: 60_000 } }, zalo);
    [isFailing, tries] = [true, 0];
    zalo.user().say('mất rồi');
    await bench.start(fail);
    await soon(() => expect(tries).toBe(1));
    await bench.channel.stop();
    expect(tries).toBe(2);
    expect(lines('error').at(-1)).toMatch(/could not be stored and is lost/);
  });

  it('serves the others while one turn hangs, and stores what the hung one brought in the end', async () => {
    bench = await openBench({ times: { turn: 30 } });
    let refuse = (): void => {};
    let tries = 0;
    const user = bench.zalo.user();
    user.say('treo');
    await bench.start((event) => {
      if (event.conversation !== `zalo-bot:${user.id}` || tries++ > 0) return;
      return new Promise((_, reject) => {
        refuse = () => reject(new Error('the disk is full'));
      });
    });
    bench.zalo.user().say('tôi cần gấp');
    await soon(() => expect(words(bench.events)).toEqual(['tôi cần gấp']));
    refuse();
    await soon(() => expect(words(bench.events)).toEqual(['tôi cần gấp', 'treo']));
    expect(lines('error')).toContainEqual(expect.stringMatching(/a turn hangs/));
  });

  it('goes on after every kind of trouble', async () => {
    bench = await openBench({ times: { pollRequest: 200 } });
    const { zalo } = bench;
    const user = zalo.user();
    for (const code of [500, 409, 429, 401])
      zalo.fault('getUpdates', { kind: 'refuse', code, description: 'không' });
    for (const kind of ['gateway', 'drop-before', 'hang'] as const) zalo.fault('getUpdates', { kind });
    await bench.start();
    user.say('vẫn nghe');
    await soon(() => expect(words(bench.events)).toEqual(['vẫn nghe']));
    expect(lines('warn')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/another program receives/),
        expect.stringMatching(/the token is no longer accepted/),
        expect.stringMatching(/trying again/),
      ]),
    );
    expect(lines('info')).toContain('Zalo Bot: receiving again');
  });

  it('reads errors that come with their own HTTP status as well', async () => {
    bench = await openBench();
    bench.zalo.set({ mirrorStatus: true, pollMs: 5 });
    await bench.start();
    await soon(() => expect(bench.zalo.calls('getUpdates').length).toBeGreaterThan(3));
    bench.zalo.user().say('vẫn nghe');
    await soon(() => expect(words(bench.events)).toEqual(['vẫn nghe']));
    expect(bench.log).toEqual([]);
  });

  it('tells the coordinators when the token is taken away, once, and when all is well again no more', async () => {
    bench = await openBench();
    bench.zalo.fault('getUpdates', { kind: 'refuse', code: 401, description: 'Unauthorized' }, 3);
    await bench.start();
    await soon(() => expect(bench.alarms).toHaveLength(1));
    expect(bench.alarms).toEqual([{ kind: 'refused', channel: 'zalo-bot', why: '401 Unauthorized' }]);
    await soon(() => expect(bench.channel.notices()).toEqual([]));
    expect(bench.alarms).toHaveLength(1);
  });

  it.each([
    ['the platform says so', { look: 60_000 }],
    ['we look by ourselves', { look: 0 }],
  ])('takes a webhook away that somebody registered meanwhile: %s', async (_, times) => {
    bench = await openBench({ times });
    await bench.start();
    const url = 'https://other.example/hook';
    await call(bench.zalo, 'setWebhook', { url, secret_token: 'somebody-else' });
    await soon(() => expect(bench.zalo.webhook()).toBeUndefined());
    bench.zalo.user().say('vẫn nghe');
    await soon(() => expect(words(bench.events)).toEqual(['vẫn nghe']));
    expect(bench.log).toContainEqual(expect.objectContaining({ level: 'warn', data: { url } }));
  });

  it('pauses between questions to a platform that does not wait', async () => {
    bench = await openBench({ times: { idle: 60_000 } });
    bench.zalo.set({ pollMs: 0 });
    await bench.start();
    await soon(() => expect(bench.zalo.calls('getUpdates')).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(bench.zalo.calls('getUpdates')).toHaveLength(1);
  });

  it('asks for longer polls once it was told that it asks too often', async () => {
    bench = await openBench({ times: { poll: 3, longPoll: 30 } });
    bench.zalo.fault('getUpdates', { kind: 'refuse', code: 429, description: 'Too Many Requests' });
    await bench.start();
    await soon(() => expect(bench.zalo.calls('getUpdates').length).toBeGreaterThan(2));
    expect(bench.zalo.calls('getUpdates').slice(0, 3)).toEqual([
      { timeout: 3 },
      { timeout: 30 },
      { timeout: 30 },
    ]);
  });
});
