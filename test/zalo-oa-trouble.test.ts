// Every trouble between us and Zalo, and what it is reported as: refusals by their codes, tokens, limits, lost answers.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sending } from '../src/channels/channel.ts';
import { codeOf } from '../src/channels/zalo-oa-errors.ts';
import type { ZaloUser } from './stand-ins/zalo-oa/people.ts';
import { type Bench, CS, createTable, HOUR, openBench, sending, shown } from './stand-ins/zalo-oa-bench.ts';

let bench: Bench;
let person: ZaloUser;

const open = async (options: Parameters<typeof openBench>[0] = {}): Promise<void> => {
  bench = await openBench(options);
  person = bench.zalo.user();
  person.say('chào');
};
const send = (text = 'Chào anh/chị', more: Partial<Sending> = {}) =>
  bench.channel.send(sending(person.id, text, more));
const refuse = (code: number, times = 1) =>
  bench.zalo.fault(CS, { kind: 'error', code, message: 'Zalo says no' }, times);
const seen = (): string[] => shown(person.messages());
const twoParts = `${'một '.repeat(450)}\n\n${'hai '.repeat(450)}`;

beforeEach(() => open());
afterEach(() => bench.close());

describe('a refusal', () => {
  it.each([
    [-217, 'blocked'],
    [-244, 'blocked'],
    [-213, 'unfollowed'],
    [-227, 'inactive'],
    [-230, 'window'],
    [-232, 'window'],
    [-320, 'unpaid'],
    [-321, 'unpaid'],
  ])('with %i keeps the message until the person is heard from (%s)', async (code, hold) => {
    refuse(code);
    expect(await send()).toEqual({ outcome: 'held', hold, why: `Zalo ${code}: Zalo says no` });
    expect(bench.channel.notices()).toEqual([]);
  });

  it.each([-201, -210, -233, -100])('with %i gives the message up', async (code) => {
    refuse(code);
    expect(await send()).toEqual({ outcome: 'never', why: `Zalo ${code}: Zalo says no` });
  });

  it('for Zalo’s policy keeps the message and tells the operator', async () => {
    refuse(-248);
    const why = 'Zalo -248: Zalo says no';
    expect(await send()).toEqual({ outcome: 'held', hold: 'refused', why });
    const notice = { kind: 'refused', channel: 'zalo-oa', why };
    expect(bench.channel.notices()).toEqual([notice]);
    expect(bench.alarms).toEqual([notice]);
  });

  it.each([-211, -218, -234])(
    'with %i is held, and tried again in an hour or when the person writes',
    async (code) => {
      refuse(code);
      const why = `Zalo ${code}: Zalo says no`;
      expect(await send()).toEqual({ outcome: 'held', hold: 'later', why, seconds: 3600 });
    },
  );

  it.each([
    [-200, 10],
    [-777, 8],
  ])('with %i is tried again, but after %i times only when the person writes', async (code, most) => {
    refuse(code, 3);
    const why = `Zalo ${code}: Zalo says no`;
    const message = sending(person.id, 'x');
    const tried = (attempts: number) => bench.channel.send({ ...message, attempts });
    expect(await tried(most - 2)).toEqual({ outcome: 'retry', why });
    expect(await tried(most - 1)).toEqual({ outcome: 'held', hold: 'refused', why });
    // What is held does not count as tried; the person wrote.
    expect(await tried(most - 1)).toEqual({ outcome: 'held', hold: 'refused', why });
    expect(await tried(most - 1)).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual(['x']);
  });

  it('between two parts keeps the rest, and only that goes out when the person writes', async () => {
    bench.zalo.fault(CS, { kind: 'slow', ms: 1 });
    refuse(-248);
    const message = sending(person.id, twoParts);
    expect(await bench.channel.send(message)).toMatchObject({ outcome: 'held', hold: 'refused' });
    expect(await bench.channel.send(message)).toMatchObject({ outcome: 'sent' });
    expect(seen().map((text) => text.slice(0, 3))).toEqual(['một', 'hai']);
  });

  it('that was held for an hour does not count as tried for what comes after', async () => {
    const message = sending(person.id, 'x');
    refuse(-211, 5);
    for (let n = 0; n < 5; n++) await bench.channel.send({ ...message, attempts: 8 });
    refuse(-200, 2);
    expect(await bench.channel.send({ ...message, attempts: 8 })).toMatchObject({ outcome: 'retry' });
    expect(await bench.channel.send({ ...message, attempts: 9 })).toMatchObject({ outcome: 'held' });
  });

  it('does not count attempts that failed for other reasons', async () => {
    const message = sending(person.id, 'x');
    bench.zalo.fault(CS, { kind: 'gateway' }, 6);
    for (let attempts = 0; attempts < 6; attempts++) await bench.channel.send({ ...message, attempts });
    refuse(-200);
    expect(await bench.channel.send({ ...message, attempts: 6 })).toMatchObject({ outcome: 'retry' });
    expect(await bench.channel.send({ ...message, attempts: 7 })).toMatchObject({ outcome: 'sent' });
  });

  it.each([-204, -209, -212, -219, -221, -223, -224, -235, -242])(
    'with %i waits for somebody to put it right, and says so once',
    async (code) => {
      refuse(code, 2);
      const why = `Zalo ${code}: Zalo says no`;
      expect(await send()).toEqual({ outcome: 'retry', why, seconds: 300 });
      await send();
      const notice = { kind: 'refused', channel: 'zalo-oa', why };
      expect(bench.channel.notices()).toEqual([notice]);
      expect(bench.alarms).toEqual([notice]);
      expect(await send()).toMatchObject({ outcome: 'sent' });
      expect(bench.channel.notices()).toEqual([]);
      refuse(code);
      await send();
      expect(bench.alarms).toHaveLength(2);
    },
  );

  it.each([200, 400, 403, 500])('is read whatever the HTTP status is (%i)', async (errorStatus) => {
    bench.zalo.set({ errorStatus });
    refuse(-213);
    expect(await send()).toMatchObject({ outcome: 'held', hold: 'unfollowed' });
  });

  it.each([
    ['{"error":"-213","message":"no"}', { outcome: 'held', hold: 'unfollowed' }],
    ['{"error":"0","message":"Success","data":{"message_id":"abc"}}', { outcome: 'sent', platform: 'abc' }],
    ['{"error":"odd"}', { outcome: 'retry' }],
  ])('is read from %s', async (body, result) => {
    bench.zalo.fault(CS, { kind: 'status', status: 200, body });
    expect(await send()).toMatchObject(result);
  });

  it.each([
    [500, '{}', { outcome: 'retry' }],
    [429, '{}', { outcome: 'retry', seconds: 55 }],
    [404, '{"message":"empty or invalid API"}', { outcome: 'retry', seconds: 300 }],
  ])('without a code is what its HTTP status says (%i)', async (status, body, result) => {
    bench.zalo.fault(CS, { kind: 'status', status, body });
    expect(await send()).toMatchObject(result);
  });

  it('has the code 0 only when it is no refusal', () => {
    expect([codeOf(200, undefined), codeOf(201, null), codeOf(502, ''), codeOf(500, 0)]).toEqual([
      0, 0, 502, 0,
    ]);
    expect([codeOf(400, '-216'), codeOf(200, -32)]).toEqual([-216, -32]);
    expect(codeOf(200, { odd: true })).toBeNaN();
  });
});

describe('the connection', () => {
  it.each(['drop-before', 'drop-after', 'hang', 'hang-after'] as const)(
    'lost after sending leaves us in doubt (%s)',
    async (kind) => {
      await bench.close();
      await open({ times: { request: 300 } });
      await send('trước');
      bench.zalo.fault(CS, { kind });
      expect(await send()).toMatchObject({ outcome: 'unknown' });
    },
  );

  it('that cannot be made, or ends at a gateway, is tried again', async () => {
    bench.zalo.fault(CS, { kind: 'gateway' });
    expect(await send()).toMatchObject({ outcome: 'retry', why: expect.stringContaining('502') });
    await bench.close();
    const gone = bench.zalo.apiRoot;
    await open({ apiRoot: gone });
    expect(await send()).toMatchObject({ outcome: 'retry' });
  });

  it('that fails between two parts makes only the rest go out again', async () => {
    bench.zalo.fault(CS, { kind: 'slow', ms: 1 });
    bench.zalo.fault(CS, { kind: 'gateway' });
    const message = sending(person.id, twoParts);
    expect(await bench.channel.send(message)).toMatchObject({ outcome: 'retry' });
    expect(await bench.channel.send({ ...message, attempts: 1 })).toMatchObject({ outcome: 'sent' });
    expect(seen().map((text) => text.slice(0, 3))).toEqual(['một', 'hai']);
  });

  it('whose answer is lost between two parts makes only the doubtful part go out again', async () => {
    bench.zalo.fault(CS, { kind: 'slow', ms: 1 });
    bench.zalo.fault(CS, { kind: 'drop-before' });
    const message = sending(person.id, twoParts);
    expect(await bench.channel.send(message)).toMatchObject({ outcome: 'unknown' });
    expect(await bench.channel.send({ ...message, attempts: 1 })).toMatchObject({ outcome: 'sent' });
    expect(seen().map((text) => text.slice(0, 3))).toEqual(['một', 'hai']);
  });
});

describe('the access token', () => {
  it.each([-216, -220, 216, 401])(
    'refused with %i in the middle of a message is renewed once',
    async (code) => {
      bench.zalo.fault(CS, { kind: 'slow', ms: 1 });
      refuse(code);
      expect(await send(twoParts)).toMatchObject({ outcome: 'sent' });
      expect(seen()).toHaveLength(2);
      // One for the seed, one for the refusal.
      expect(bench.zalo.tokens().refreshes).toBe(2);
      expect(bench.zalo.calls(CS).map(({ error }) => error)).toEqual([0, code, 0]);
    },
  );

  it('is renewed when it has ended', async () => {
    await send();
    bench.zalo.advance(26 * HOUR);
    expect(await send()).toMatchObject({ outcome: 'sent' });
    expect(bench.zalo.tokens().refreshes).toBe(2);
  });

  it('refused as soon as it is made is not asked for again and again', async () => {
    refuse(-216, 2);
    expect(await send()).toMatchObject({ outcome: 'retry', seconds: 300 });
    expect(bench.zalo.calls(CS)).toHaveLength(2);
    expect(bench.channel.notices()).toMatchObject([{ kind: 'refused' }]);
  });

  it('that only the operator can renew keeps every message, and everybody is told', async () => {
    await send();
    // Somebody else used the refresh token: ours is dead.
    bench.zalo.consent();
    const message = sending(person.id, 'chờ');
    for (let attempts = 0; attempts < 12; attempts++)
      expect(await bench.channel.send({ ...message, attempts })).toMatchObject({
        outcome: 'retry',
        seconds: 60,
      });
    expect(bench.channel.notices()).toMatchObject([{ kind: 'disconnected', channel: 'zalo-oa' }]);
    expect(bench.alarms).toMatchObject([{ kind: 'disconnected' }]);
    expect(bench.zalo.calls(CS).length).toBeLessThanOrEqual(2);
  });

  it('that was never handed in is asked for by the name of the command', async () => {
    await bench.close();
    await open({ refreshToken: '' });
    await bench.start();
    expect(await send()).toMatchObject({ outcome: 'retry', seconds: 60 });
    expect(bench.log.filter(({ level }) => level === 'error')).toMatchObject([
      { text: expect.stringContaining('npm run admin -- zalo token') },
    ]);
  });
});

describe('the limit of calls', () => {
  it('once reached holds everything until the next minute begins', async () => {
    refuse(-32);
    expect(await send()).toMatchObject({ outcome: 'retry', seconds: 55 });
    const other = bench.zalo.user();
    other.say('chào');
    expect(await bench.channel.send(sending(other.id, 'x'))).toMatchObject({
      outcome: 'retry',
      seconds: expect.any(Number),
    });
    expect(bench.zalo.calls(CS)).toHaveLength(1);
  });

  it('about to be reached is not reached', async () => {
    bench.zalo.set({ rateLimit: 2 });
    expect(await send('một')).toMatchObject({ outcome: 'sent' });
    expect(await send('hai')).toMatchObject({ outcome: 'sent' });
    expect(await send('ba')).toMatchObject({ outcome: 'retry', why: 'waiting for our turn' });
    expect(bench.zalo.calls(CS).map(({ error }) => error)).toEqual([0, 0]);
  });

  it('is over when the minute is', async () => {
    // A second before the minute's end the wait is short enough to be sat out.
    bench.zalo.advance(54_000);
    refuse(-32);
    const message = sending(person.id, 'x');
    expect(await bench.channel.send(message)).toMatchObject({ outcome: 'retry', seconds: 1 });
    expect(await bench.channel.send({ ...message, attempts: 1 })).toMatchObject({ outcome: 'sent' });
  });
});

it('never writes a token, a secret or a phone number into the log, an alarm, a notice or a result', async () => {
  const { appSecret, oaSecret, refreshToken } = bench.zalo;
  await bench.start();
  await send('đầu');
  const { access, refresh } = bench.zalo.tokens();
  const leak = `${access} ${refresh} ${appSecret} ${oaSecret} +84912345678`;
  const say = (code: number) => bench.zalo.fault(CS, { kind: 'error', code, message: leak });
  const results: unknown[] = [];
  for (const code of [-201, -213, -221, -248, -777]) {
    say(code);
    results.push(await send());
  }
  bench.zalo.fault('/v2.0/oa/upload/file', { kind: 'error', code: -201, message: leak });
  const table = createTable();
  const make = (format: 'pdf' | 'docx') =>
    format === 'docx' ? Promise.reject(new Error(leak)) : table.make(format);
  results.push(await send('bảng', { table: { ...table, make } }));
  results.push(bench.channel.notices(), bench.alarms);
  const written = JSON.stringify([bench.log, results]);
  expect(written).toContain('<secret>');
  expect(bench.log.length).toBeGreaterThan(3);
  for (const secret of [access, refresh, refreshToken, appSecret, oaSecret, '912345678', person.phone])
    expect(written).not.toContain(secret);
});
