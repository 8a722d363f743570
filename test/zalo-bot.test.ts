// The Zalo Bot channel as a whole: the common contract, starting, stopping, and what may never be logged.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RATES } from '../src/channels/zalo-bot-time.ts';
import { channelContract } from './channel.contract.ts';
import { type Bench, openBench, PUBLIC_URL, SECRET, words } from './stand-ins/zalo-bot-bench.ts';

let bench: Bench;
afterEach(() => bench?.close());

for (const mode of ['polling', 'webhook'] as const)
  channelContract(`zalo-bot by ${mode}`, async () => {
    const made = await openBench({ mode });
    const person = made.zalo.user();
    return {
      channel: made.channel,
      chat: person.id,
      pace: RATES,
      say: (text) => void person.say(text),
      press: () => {
        throw new Error('the platform has no buttons');
      },
      seen: async () =>
        person.messages().map(({ text, photo }) => ({
          ...{ text, buttons: [] },
          ...(photo ? { picture: photo } : {}),
        })),
      absence: { kind: 'blocks', block: () => person.block() },
      close: () => made.close(),
    };
  });

describe('starting', () => {
  it.each(['1459232000000000007:wrong', 'not a token/?#'])('refuses the wrong token %s', async (token) => {
    bench = await openBench({ token });
    await expect(bench.start()).rejects.toThrow(/Zalo refuses the bot's token .*Zalo Bot Creator/);
  });

  it('needs a secret and an address for a webhook, and an address that Zalo takes', async () => {
    bench = await openBench({ mode: 'webhook', webhookSecret: '' });
    await expect(bench.start()).rejects.toThrow(/needs a webhook secret and the public address/);
    await bench.close();
    bench = await openBench({ mode: 'webhook', publicUrl: 'http://bot.example.vn' });
    await expect(bench.start()).rejects.toThrow(/refuses the bot's settings: 400 .*HTTPS/);
  });

  it('registers the webhook with its secret, and does not poll then', async () => {
    bench = await openBench({ mode: 'webhook', publicUrl: `${PUBLIC_URL}/` });
    await bench.start();
    expect(bench.zalo.webhook()).toEqual({ url: `${PUBLIC_URL}/webhook/zalo-bot`, secret_token: SECRET });
    expect(bench.zalo.calls('getUpdates')).toEqual([]);
  });

  it('takes an old webhook away before it polls, says so, and keeps what waited there', async () => {
    const before = await openBench({ mode: 'webhook', publicUrl: 'https://nobody.example' });
    await before.start();
    await before.channel.stop();
    bench = await openBench({}, before.zalo);
    await bench.start();
    bench.zalo.user().say('có ai không');
    await vi.waitFor(() => expect(words(bench.events)).toEqual(['có ai không']), 5000);
    expect(bench.zalo.webhook()).toBeUndefined();
    expect(bench.log).toMatchObject([
      { level: 'warn', data: { url: 'https://nobody.example/webhook/zalo-bot' } },
    ]);
    await before.close();
  });

  it('goes on in the background when Zalo cannot be reached, and receives once it can', async () => {
    bench = await openBench();
    bench.zalo.fault('getMe', { kind: 'drop-before' }, 2);
    bench.zalo.fault('getMe', { kind: 'gateway' });
    bench.zalo.user().say('có ai không');
    await bench.start();
    expect(bench.log).toMatchObject([{ level: 'warn', text: expect.stringMatching(/in the background/) }]);
    await vi.waitFor(() => expect(words(bench.events)).toEqual(['có ai không']), 5000);
  });

  it('does not wait for a Zalo that is silent', async () => {
    bench = await openBench({ times: { start: 100 } });
    bench.zalo.fault('getMe', { kind: 'hang' });
    bench.zalo.user().say('có ai không');
    await bench.start();
    await vi.waitFor(() => expect(words(bench.events)).toEqual(['có ai không']), 5000);
  });

  it('knows no link that opens the bot', async () => {
    bench = await openBench();
    await bench.start();
    expect(bench.channel.inviteLink('ABC')).toBeUndefined();
  });
});

describe('stopping', () => {
  it('ends although a poll, a send and a turn hang', async () => {
    bench = await openBench({ times: { request: 60_000, pollRequest: 60_000, turn: 20 } });
    const user = bench.zalo.user();
    user.say('treo');
    let begun = 0;
    await bench.start(() => {
      begun += 1;
      return new Promise(() => {});
    });
    await vi.waitFor(() => expect(begun).toBe(1), 5000);
    bench.zalo.fault('getUpdates', { kind: 'hang' });
    bench.zalo.fault('sendMessage', { kind: 'hang' });
    const sent = bench.channel.send({ id: '1', seq: 1, chat: user.id, message: { text: ['x'] } });
    await vi.waitFor(() => expect(bench.zalo.calls('sendMessage')).toHaveLength(1), 5000);
    await bench.channel.stop();
    expect(await sent).toMatchObject({ outcome: 'unknown' });
    expect(await bench.channel.send({ id: '2', seq: 2, chat: user.id, message: { text: ['x'] } })).toEqual({
      outcome: 'retry',
      why: 'stopping',
    });
  });

  it('ends while it is still trying to connect', async () => {
    bench = await openBench({ times: { backoff: 60_000, longestBackoff: 60_000 } });
    bench.zalo.fault('getMe', { kind: 'gateway' });
    await bench.start();
    await bench.channel.stop();
    expect(bench.zalo.calls('getMe')).toHaveLength(1);
  });

  it('waits for the open poll, so that what arrives just then is not lost', async () => {
    bench = await openBench();
    bench.zalo.set({ pollMs: 400 });
    await bench.start();
    await vi.waitFor(() => expect(bench.zalo.calls('getUpdates')).toHaveLength(1), 5000);
    const stopped = bench.channel.stop();
    bench.zalo.user().say('phút chót');
    await stopped;
    expect(words(bench.events)).toEqual(['phút chót']);
    expect(bench.zalo.calls('getUpdates')).toHaveLength(1);
  });
});

it('never writes the token or the secret into the log, a result or a notice', async () => {
  bench = await openBench();
  const { token } = bench.zalo;
  const leak = (code: number) => ({ kind: 'refuse', code, description: `/bot${token}/x ${SECRET}` }) as const;
  bench.zalo.fault('getMe', leak(500));
  bench.zalo.fault('getUpdates', leak(500));
  bench.zalo.fault('sendMessage', leak(500));
  bench.zalo.fault('sendMessage', leak(401));
  bench.zalo.fault('sendMessage', { kind: 'drop-before' });
  const user = bench.zalo.user();
  user.say('xin chào');
  let failed = false;
  await bench.start(() => {
    if (failed) return;
    failed = true;
    throw new Error(`cannot store ${bench.zalo.apiRoot}/bot${token}/getUpdates`);
  });
  await vi.waitFor(() => expect(bench.events).toHaveLength(1), 5000);
  const results = [];
  for (const id of ['1', '2', '3'])
    results.push(await bench.channel.send({ id, seq: 1, chat: user.id, message: { text: ['x'] } }));
  expect(results.map(({ outcome }) => outcome)).toEqual(['retry', 'retry', 'unknown']);
  const written = JSON.stringify([bench.log, results, bench.channel.notices(), bench.alarms]);
  expect(written.split('<secret>').length).toBeGreaterThan(5);
  for (const secret of [token, token.split(':')[1] ?? '', SECRET]) expect(written).not.toContain(secret);
});
