// The Zalo Official Account channel as a whole: the common contract, starting, what the operator is told of the account, and stopping.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RATES } from '../src/channels/zalo-oa-time.ts';
import { channelContract } from './channel.contract.ts';
import { type Bench, CS, HOUR, openBench, sending, shown } from './stand-ins/zalo-oa-bench.ts';

const FILE = '/v2.0/oa/upload/file';
const IMAGE = '/v2.0/oa/upload/image';
const GETOA = '/v2.0/oa/getoa';
let bench: Bench;
afterEach(() => bench?.close());

channelContract('zalo-oa', async () => {
  const made = await openBench();
  const person = made.zalo.user();
  return {
    channel: made.channel,
    chat: person.id,
    pace: RATES,
    say: (text) => void person.say(text),
    press: (label) => void person.tap(label),
    seen: async () =>
      person.messages().map(({ text, buttons, file, image }) => ({
        text,
        buttons: buttons.map(({ title }) => title),
        ...(file ? { file } : {}),
        ...(image ? { picture: image } : {}),
      })),
    refuseForms(count) {
      for (const path of [FILE, FILE, IMAGE].slice(0, count))
        made.zalo.fault(path, { kind: 'error', code: -201 });
    },
    absence: { kind: 'blocks', block: () => person.block() },
    close: () => made.close(),
  };
});

describe('the start', () => {
  const about = (changes: object) =>
    bench.zalo.fault(GETOA, {
      kind: 'status',
      status: 200,
      body: JSON.stringify({
        error: 0,
        data: {
          oaid: bench.zalo.oaId,
          name: 'UBND phường',
          oa_type: 2,
          is_verified: true,
          package_name: 'Growth',
          package_valid_through_date: '31/12/2027',
          linked_ZCA: '1',
          ...changes,
        },
      }),
    });
  const lines = async () => {
    await bench.start();
    // All lines about the account are written at once.
    await vi.waitFor(() => expect(bench.log).not.toEqual([]));
    return bench.log.map(({ level, text }) => `${level}: ${text}`);
  };

  it('says in one line which account it is and what it has paid for', async () => {
    bench = await openBench();
    expect(await lines()).toEqual(['info: Zalo OA: connected']);
    expect(bench.log[0]?.data).toEqual({
      name: 'Tổ thống kê (thử nghiệm)',
      package: 'Growth',
      until: '31/12/2027',
      verified: true,
      type: 'government',
    });
    expect(bench.channel.inviteLink('ABC')).toBe(`https://zalo.me/${bench.zalo.oaId}`);
  });

  it.each<[string, object, string]>([
    ['another account', { oaid: '123456789' }, 'belongs to another account'],
    ['an account that is not verified', { is_verified: false }, 'is not verified'],
    ['a package that has expired', { package_valid_through_date: '19/11/2026' }, 'has expired'],
    ['a package without an end', { package_valid_through_date: '' }, 'has no known end'],
    ['nobody to pay for paid messages', { linked_ZCA: '' }, 'no Zalo Cloud Account is linked'],
  ])('warns of %s', async (_, changes, words) => {
    bench = await openBench({ paid: true });
    about(changes);
    expect(await lines()).toEqual(['info: Zalo OA: connected', expect.stringMatching(`^warn: .*${words}`)]);
  });

  it.each([{ oaid: undefined, oa_id: '3141592653589793238' }, { package_valid_through_date: '2026-11-20' }])(
    'takes the account as Zalo may write it as well: %o',
    async (changes) => {
      bench = await openBench({ paid: true });
      about(changes);
      expect(await lines()).toEqual(['info: Zalo OA: connected']);
    },
  );

  it('does not wait for a Zalo that is silent, and asks again until it answers', async () => {
    bench = await openBench({ times: { request: 200, backoff: 20, longestBackoff: 50 } });
    bench.zalo.fault(GETOA, { kind: 'hang' });
    bench.zalo.fault(GETOA, { kind: 'gateway' });
    bench.zalo.fault(GETOA, { kind: 'error', code: -200 });
    await bench.start();
    expect(bench.log).toEqual([]);
    await vi.waitFor(() => expect(bench.log).toMatchObject([{ text: 'Zalo OA: connected' }]), 5000);
    expect(bench.zalo.calls(GETOA)).toHaveLength(4);
  });

  it('says why Zalo tells nothing', async () => {
    bench = await openBench();
    bench.zalo.fault(GETOA, { kind: 'error', code: -221, message: 'OA is not verified' });
    expect(await lines()).toEqual(['error: Zalo OA: Zalo does not say anything about the account']);
    expect(bench.log[0]?.data).toEqual({ why: 'Zalo -221: OA is not verified' });
  });
});

describe('the stop', () => {
  it('waits for the message in hand and sends no new one', async () => {
    bench = await openBench();
    const person = bench.zalo.user();
    person.say('chào');
    await bench.channel.send(sending(person.id, 'một'));
    bench.zalo.fault(CS, { kind: 'slow', ms: 200 });
    const inHand = bench.channel.send(sending(person.id, 'hai'));
    await vi.waitFor(() => expect(bench.zalo.calls(CS)).toHaveLength(2));
    const stopped = bench.channel.stop();
    expect(await bench.channel.send(sending(person.id, 'ba'))).toEqual({ outcome: 'retry', why: 'stopping' });
    await stopped;
    expect(await inHand).toMatchObject({ outcome: 'sent' });
    expect(shown(person.messages())).toEqual(['một', 'hai']);
  });

  it('does not wait for ever for a Zalo that is silent', async () => {
    bench = await openBench({ times: { request: 60_000 } });
    const person = bench.zalo.user();
    person.say('chào');
    await bench.channel.send(sending(person.id, 'một'));
    bench.zalo.fault(CS, { kind: 'hang' });
    const inHand = bench.channel.send(sending(person.id, 'hai'));
    await vi.waitFor(() => expect(bench.zalo.calls(CS)).toHaveLength(2));
    await bench.channel.stop();
    expect(await inHand).toMatchObject({ outcome: 'unknown' });
  });

  it('refuses turns that have not begun, so that Zalo repeats them', async () => {
    bench = await openBench();
    const person = bench.zalo.user();
    await bench.start();
    await bench.channel.stop();
    person.say('còn ai không');
    await vi.waitFor(() => expect(bench.zalo.deliveries()).not.toEqual([]));
    expect(bench.events).toEqual([]);
    await vi.waitFor(() => expect(bench.zalo.deliveries()[0]?.status).toBe(500));
  });
});

it('takes up, after a restart, the access that was renewed before', async () => {
  const before = await openBench();
  await before.start();
  await before.stop();
  bench = await openBench({}, before);
  bench.zalo.advance(HOUR);
  await bench.start();
  const person = bench.zalo.user();
  person.say('chào');
  expect(await bench.channel.send(sending(person.id, 'x'))).toMatchObject({ outcome: 'sent' });
  expect(bench.zalo.tokens()).toMatchObject({ refreshes: 1, refused: 0 });
});
