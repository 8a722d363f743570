// The address that Zalo calls: who is believed, what is answered and when, and what the log may know.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addZaloOaWebhook } from '../src/channels/zalo-oa-webhook.ts';
import type { Event } from '../src/domain/event.ts';
import { createServer } from '../src/server.ts';
import { startZaloOa } from './stand-ins/zalo-oa.ts';

const PATH = '/webhook/zalo-oa';
const OA = '3333333333333333333';
const USER = '2222222222222222222';
const APP = '1111111111111111111';
const SECRET = 'khoa-bi-mat-cua-oa';
const TIME = '1790000000000';
const KEYS = { appId: APP, oaId: OA, oaSecret: SECRET };

type Take = (event: Event) => Promise<void>;
type Line = { readonly level: string; readonly data: object; readonly text: string };

function open(take: Take = async () => undefined, more: { deadline?: number; now?: () => Date } = {}) {
  const taken: Event[] = [];
  const lines: Line[] = [];
  const note =
    (level: string) =>
    (data: object, text: string): void =>
      void lines.push({ level, data, text });
  const app = new Hono();
  addZaloOaWebhook(app, {
    ...KEYS,
    ...more,
    take: (event) => {
      taken.push(event);
      return take(event);
    },
    log: { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') },
  });
  const post = async (raw: string | Uint8Array, headers: Record<string, string> = {}): Promise<number> => {
    const body = typeof raw === 'string' ? raw : new Uint8Array(raw);
    return (await app.request(PATH, { method: 'POST', headers, body })).status;
  };
  return {
    app,
    taken,
    lines,
    post,
    /** The lines that are not about the form of the signature. */
    said: () => lines.filter(({ level }) => level !== 'info'),
    /** Signed as Zalo signs. */
    deliver: (body: unknown) => {
      const raw = JSON.stringify(body);
      return post(raw, { 'X-ZEvent-Signature': `mac=${sign(raw)}` });
    },
  };
}

/** sha256 of id, body, the body's time and the key. */
const sign = (raw: string | Uint8Array, id = APP, time = TIME, secret = SECRET): string =>
  createHash('sha256').update(id).update(raw).update(time).update(secret).digest('hex');

const text = (words: string, more: object = {}) => ({
  event_name: 'user_send_text',
  app_id: APP,
  sender: { id: USER },
  recipient: { id: OA },
  message: { msg_id: '0a1b2c3d4e5f60718293', text: words },
  timestamp: TIME,
  user_id_by_app: '4444444444444444444',
  ...more,
});
const seen = { ...text(''), event_name: 'user_seen_message', message: { msg_ids: ['1'] } };

describe('an event signed by Zalo', () => {
  it('is taken, and answered 200 when its turn is durable', async () => {
    let store: () => void = () => undefined;
    const { deliver, taken } = open(() => new Promise((resolve) => (store = resolve)));
    let answered = false;
    const status = deliver(text('5.971')).finally(() => (answered = true));
    await vi.waitFor(() => expect(taken).toHaveLength(1));
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    store();
    expect(await status).toBe(200);
    expect(taken).toEqual([
      {
        id: 'zalo-oa:0a1b2c3d4e5f60718293',
        conversation: `zalo-oa:${USER}`,
        at: '2026-09-21T14:13:20.000Z',
        type: 'text',
        text: '5.971',
        message: '0a1b2c3d4e5f60718293',
      },
    ]);
  });

  it.each([
    ['with mac=', (mac: string) => `mac=${mac}`],
    ['bare', (mac: string) => mac],
    ['in capitals', (mac: string) => `MAC=${mac.toUpperCase()}`],
    ['with blanks', (mac: string) => ` mac= ${mac} `],
  ])('may carry its signature %s', async (_, written) => {
    const { post, taken } = open();
    const raw = JSON.stringify(text('12'));
    expect(await post(raw, { 'x-zevent-signature': written(sign(raw)) })).toBe(200);
    expect(taken).toHaveLength(1);
  });

  it('may be signed with the account’s id in front; which form it was is logged once for each', async () => {
    const { post, taken, lines } = open();
    const raw = JSON.stringify(text('12'));
    for (const id of [OA, OA, APP, APP, OA]) await post(raw, { 'X-ZEvent-Signature': sign(raw, id) });
    expect(taken).toHaveLength(5);
    expect(lines.map(({ level, data }) => [level, data])).toEqual([
      ['info', { form: 'account id' }],
      ['info', { form: 'app id' }],
    ]);
  });

  it('is checked over the bytes as they came, not over what they mean', async () => {
    const { post, taken } = open();
    const spaced = JSON.stringify(text('a/b'), null, 2).replaceAll('/', '\\/');
    expect(await post(spaced, { 'X-ZEvent-Signature': sign(spaced) })).toBe(200);
    const broken = Buffer.from(JSON.stringify(text('12 ?')));
    broken[broken.indexOf('?')] = 0xff;
    expect(await post(broken, { 'X-ZEvent-Signature': sign(broken) })).toBe(200);
    expect(taken).toMatchObject([{ text: 'a/b' }, { text: '12 \ufffd' }]);
  });

  it('may have its time as a number', async () => {
    const { deliver, taken } = open();
    expect(await deliver(text('12', { timestamp: Number(TIME) }))).toBe(200);
    expect(taken).toMatchObject([{ at: '2026-09-21T14:13:20.000Z' }]);
  });

  it('has the same id when it is repeated, an hour later too', async () => {
    let now = Number(TIME);
    const { deliver, taken } = open(undefined, { now: () => new Date(now) });
    const follow = { event_name: 'follow', app_id: APP, oa_id: OA, follower: { id: USER }, timestamp: TIME };
    for (const body of [text('12'), follow]) await deliver(body);
    now += 3_600_000;
    for (const body of [text('12'), follow]) await deliver(body);
    expect(taken.slice(2)).toEqual(taken.slice(0, 2));
  });

  it('is answered at once when it does not concern us, and only a debugger hears of it', async () => {
    const { deliver, taken, said } = open(() => new Promise(() => undefined));
    expect(await deliver(seen)).toBe(200);
    expect(taken).toEqual([]);
    expect(said()).toMatchObject([{ level: 'debug' }]);
  });

  it('for another account, or with a time that cannot be, is answered, left aside and told', async () => {
    let now = 0;
    const { deliver, post, taken, said } = open(undefined, { now: () => new Date(now) });
    expect(await deliver(text('12', { recipient: { id: '9' } }))).toBe(200);
    now += 60_000;
    const raw = JSON.stringify(text('12', { timestamp: 'nay' }));
    expect(await post(raw, { 'X-ZEvent-Signature': sign(raw, APP, 'nay') })).toBe(200);
    expect(taken).toEqual([]);
    expect(said()).toMatchObject([
      { level: 'warn', data: { counts: { 'for another account': 1 }, account: '9' } },
      { level: 'warn', data: { counts: { 'a time that cannot be': 1 } } },
    ]);
  });
});

describe('a turn', () => {
  it('that cannot be stored is answered 500, so that Zalo repeats it', async () => {
    const { deliver, said } = open(() => Promise.reject(new Error('ENOSPC')));
    expect(await deliver(text('12'))).toBe(500);
    expect(said()).toMatchObject([
      { level: 'error', data: { event: 'zalo-oa:0a1b2c3d4e5f60718293', why: 'Error: ENOSPC' } },
    ]);
  });

  it('that throws before it begins is answered 500 as well', async () => {
    const { deliver } = open(() => {
      throw new Error('chưa khởi động');
    });
    expect(await deliver(text('12'))).toBe(500);
  });

  it('that takes longer than Zalo waits is answered 503, goes on, and is done when Zalo repeats it', async () => {
    let store: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => (store = resolve));
    const { deliver, taken, said } = open(() => turn, { deadline: 5 });
    expect(await deliver(text('12'))).toBe(503);
    expect(said()).toMatchObject([{ level: 'warn', data: { event: taken[0]?.id } }]);
    store();
    expect(await deliver(text('12'))).toBe(200);
    expect(taken[1]).toEqual(taken[0]);
  });

  it('that fails after its answer is logged and breaks nothing', async () => {
    let fail: (error: Error) => void = () => undefined;
    const turn = new Promise<void>((_, reject) => (fail = reject));
    const { deliver, said } = open(() => turn, { deadline: 5 });
    expect(await deliver(text('12'))).toBe(503);
    fail(new Error('ENOSPC'));
    await vi.waitFor(() => expect(said().map(({ level }) => level)).toEqual(['warn', 'error']));
  });

  describe('by the clock', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
    afterEach(() => void vi.useRealTimers());

    it('is given 1.7 of Zalo’s 2 seconds', async () => {
      const { deliver, taken } = open(() => new Promise(() => undefined));
      let status: number | undefined;
      const answered = deliver(text('12')).then((given) => (status = given));
      while (taken.length === 0) await new Promise((resolve) => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(1_699);
      await new Promise((resolve) => setImmediate(resolve));
      expect(status).toBeUndefined();
      await vi.advanceTimersByTimeAsync(1);
      await answered;
      expect(status).toBe(503);
    });

    it('leaves no timer behind when it is quick', async () => {
      const { deliver } = open();
      await deliver(text('12'));
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});

describe('what Zalo did not sign', () => {
  const raw = JSON.stringify(text('125'));
  const mac = sign(raw);
  const other = JSON.stringify(text('125', { app_id: '7' }));
  const noTime = JSON.stringify({ ...text('125'), timestamp: undefined });
  const list = JSON.stringify([text('125')]);
  const cases: [string, string, Record<string, string>, string][] = [
    ['no signature', raw, {}, 'no signature'],
    ['an empty signature', raw, { 'X-ZEvent-Signature': '' }, 'wrong signature'],
    ['half a signature', raw, { 'X-ZEvent-Signature': `mac=${mac.slice(0, 32)}` }, 'wrong signature'],
    ['two signatures', raw, { 'X-ZEvent-Signature': `${mac}, ${mac}` }, 'wrong signature'],
    ['a changed body', raw.replace('125', '126'), { 'X-ZEvent-Signature': mac }, 'wrong signature'],
    ['a changed time', raw.replace(TIME, '1790000000001'), { 'X-ZEvent-Signature': mac }, 'wrong signature'],
    ['a blank more', `${raw} `, { 'X-ZEvent-Signature': mac }, 'wrong signature'],
    ['another key', raw, { 'X-ZEvent-Signature': sign(raw, APP, TIME, 'khoa-cu') }, 'wrong signature'],
    ['the user’s id in front', raw, { 'X-ZEvent-Signature': sign(raw, USER) }, 'wrong signature'],
    ['another application', other, { 'X-ZEvent-Signature': sign(other) }, 'for another application'],
    ['no time', noTime, { 'X-ZEvent-Signature': sign(noTime, APP, '') }, 'not an event'],
    ['a list', list, { 'X-ZEvent-Signature': sign(list) }, 'not an event'],
    ['no JSON', 'xin chào', { 'X-ZEvent-Signature': sign('xin chào') }, 'not an event'],
    ['nothing', '', { 'X-ZEvent-Signature': sign('') }, 'not an event'],
    ['null', 'null', { 'X-ZEvent-Signature': sign('null') }, 'not an event'],
  ];
  it.each(cases)('is answered 200 and changes nothing: %s', async (_, body, headers, why) => {
    const { post, taken, lines } = open();
    expect(await post(body, headers)).toBe(200);
    expect(taken).toEqual([]);
    expect(lines).toMatchObject([{ level: 'warn', data: { counts: { [why]: 1 } } }]);
  });

  it('is not believed either while no key is set', async () => {
    const app = new Hono();
    const take = vi.fn(async () => undefined);
    const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    addZaloOaWebhook(app, { ...KEYS, oaSecret: '', take, log });
    const headers = { 'X-ZEvent-Signature': sign(raw, APP, TIME, '') };
    expect((await app.request(PATH, { method: 'POST', headers, body: raw })).status).toBe(200);
    expect(take).not.toHaveBeenCalled();
  });

  it('fills no log: one line a minute with how many there were', async () => {
    let now = 1_000_000;
    const { post, lines } = open(undefined, { now: () => new Date(now) });
    const counts = () => lines.map(({ data }) => (data as { counts: object }).counts);
    for (let n = 0; n < 50; n++) await post(raw);
    now += 59_999;
    await post('xin chào', { 'X-ZEvent-Signature': mac });
    expect(counts()).toEqual([{ 'no signature': 1 }]);
    now += 1;
    await post(raw);
    expect(counts()[1]).toEqual({ 'no signature': 50, 'not an event': 1 });
    // The clock is set back: that must not silence us for as long.
    now = 0;
    await post(raw);
    expect(counts()).toHaveLength(3);
  });

  it('and is over a megabyte is answered 200 unread, and counted', async () => {
    const { post, taken, lines } = open();
    const long = JSON.stringify(text('1'.repeat(1024 * 1024)));
    const declared = { 'Content-Length': String(long.length) };
    for (const headers of [{}, declared])
      expect(await post(long, { ...headers, 'X-ZEvent-Signature': sign(long) })).toBe(200);
    expect(lines).toMatchObject([{ level: 'warn', data: { counts: { 'too long': 1 } } }]);
    const fits = JSON.stringify(text('1'.repeat(1024 * 1000)));
    expect(await post(fits, { 'X-ZEvent-Signature': sign(fits) })).toBe(200);
    expect(taken).toHaveLength(1);
  });

  it('and never ends is read no further than a megabyte', async () => {
    const { app, lines } = open();
    const [piece, pieces] = [new Uint8Array(64 * 1024), vi.fn()];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pieces();
        controller.enqueue(piece);
      },
    });
    const given = { method: 'POST', body, duplex: 'half' };
    expect((await app.request(PATH, given)).status).toBe(200);
    expect(pieces.mock.calls.length).toBeLessThanOrEqual(18);
    expect(lines).toMatchObject([{ level: 'warn', data: { counts: { 'too long': 1 } } }]);
  });

  it.each([
    ['says how long it is', { 'Content-Length': String(512 * 1024 * 1024) }],
    ['does not', {}],
  ])('is answered over a real connection while it still comes, whether it %s', async (_, headers) => {
    const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const take = vi.fn(async () => undefined);
    const route = { routes: (app: Hono) => addZaloOaWebhook(app, { ...KEYS, take, log }) };
    const server = createServer({ routes: [route], health: () => ({}), host: '127.0.0.1', port: 0, log });
    const { url, close } = await server.listen();
    try {
      const request = httpRequest(`${url}${PATH}`, { method: 'POST', headers });
      // The server may close the connection on what still comes.
      request.on('error', () => undefined);
      const answer = once(request, 'response');
      let sent = 0;
      const pour = (): void => {
        if (!request.destroyed)
          request.write(Buffer.alloc(64 * 1024, '1'), () => ++sent && setImmediate(pour));
      };
      pour();
      const [{ statusCode }] = await answer;
      request.destroy();
      expect(statusCode).toBe(200);
      expect(take).not.toHaveBeenCalled();
      expect(log.error).not.toHaveBeenCalled();
      expect(log.warn.mock.calls).toMatchObject([[{ counts: { 'too long': 1 } }, expect.any(String)]]);
    } finally {
      await close();
    }
  });
});

describe('the address', () => {
  it('answers somebody who only looks', async () => {
    const { app } = open();
    const got = await app.request(PATH);
    expect([got.status, (await got.text()).length > 0]).toEqual([200, true]);
    const head = await app.request(PATH, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await app.request(PATH, { method: 'PUT' })).status).toBe(404);
  });
});

describe('hostile bodies', () => {
  it('are always answered, signed or not', async () => {
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record({ event_name: fc.constantFrom('user_send_text', 'follow', 'x'), sender: fc.jsonValue() })
        .map((fields) => JSON.stringify(text('1', { message: fields, ...fields }))),
    );
    const { post, taken } = open();
    let signed = 0;
    await fc.assert(
      fc.asyncProperty(body, fc.boolean(), async (raw, isSigned) => {
        if (isSigned && raw.includes(TIME)) signed += 1;
        expect(await post(raw, isSigned ? { 'X-ZEvent-Signature': sign(raw) } : {})).toBe(200);
      }),
      { numRuns: 1_000 },
    );
    expect(signed).toBeGreaterThan(50);
    expect(taken.every(({ conversation }) => /^zalo-oa:\w[\w.-]*$/.test(conversation))).toBe(true);
  });

  it('may be nested as deep as they are long', async () => {
    const { post, taken } = open();
    for (const [opening, closing] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const depth = Math.floor(1_000_000 / (opening.length + 1));
      const deep = `${opening.repeat(depth)}1${closing.repeat(depth)}`;
      const raw = JSON.stringify(text('12', { more: 0 })).replace('"more":0', `"more":${deep}`);
      expect(await post(raw, { 'X-ZEvent-Signature': sign(raw) })).toBe(200);
      expect(await post(deep, { 'X-ZEvent-Signature': sign(deep) })).toBe(200);
    }
    expect(taken.every(({ type }) => type === 'text')).toBe(true);
  });
});

describe('the log', () => {
  it('never learns words, names, numbers or keys', async () => {
    const { deliver, post, lines } = open(() => Promise.reject(new Error('ENOSPC')), {
      now: () => new Date(),
    });
    const secretive = text('bí mật 0912345678', { info: { name: 'Lan', phone: '0912345678' } });
    for (const event_name of ['user_send_text', 'user_submit_info', 'user_seen_message', 'user_send_file'])
      await deliver({ ...secretive, event_name });
    await deliver({ ...secretive, recipient: { id: '9' } });
    await post(JSON.stringify(secretive));
    const all = JSON.stringify(lines);
    expect(lines.length).toBeGreaterThan(4);
    for (const word of [
      'bí mật',
      '0912345678',
      '84912345678',
      'Lan',
      SECRET,
      sign(JSON.stringify(secretive)),
    ])
      expect(all).not.toContain(word);
  });
});

describe('with Zalo', () => {
  it('takes everything a person does over a real connection, once more after a failure, and no forgeries', async () => {
    const zalo = await startZaloOa();
    const taken: Event[] = [];
    const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    let failing = 1;
    const take: Take = async (event) => {
      if (failing-- > 0) throw new Error('ENOSPC');
      taken.push(event);
    };
    const { appId, oaId, oaSecret } = zalo;
    const route = {
      routes: (app: Hono) => addZaloOaWebhook(app, { appId, oaId, oaSecret, take, log }),
    };
    const server = createServer({ routes: [route], health: () => ({}), host: '127.0.0.1', port: 0, log });
    const { url, close } = await server.listen();
    try {
      zalo.deliverTo(`${url}${PATH}`);
      expect(await zalo.probe('unsigned')).toMatchObject({ status: 200 });
      expect(await zalo.probe('unverifiable')).toMatchObject({ status: 200 });
      const user = zalo.user();
      for (const how of ['unsigned', 'wrong-secret', 'changed'] as const)
        expect(await zalo.forge(user.id, '125', how)).toMatchObject({ status: 200 });
      expect(taken).toEqual([]);

      user.follow();
      await zalo.settled();
      expect(zalo.deliveries().map(({ status }) => status)).toEqual([500, 200]);
      zalo.set({ mac: 'bare', duplicates: true });
      const message = user.say('12/5 "á"');
      await zalo.settled();
      zalo.set({ duplicates: false });
      user.sendFile({ name: 'bieu.xlsx' });
      user.submitInfo();
      user.seen();
      user.humanWrites('Tôi trả lời thay');
      user.withdraw();
      user.unfollow();
      await zalo.settled();
      const said = { id: `zalo-oa:${message}`, type: 'text', text: '12/5 "á"', message };
      expect(taken).toMatchObject([
        { type: 'text', text: '/start' },
        said,
        said,
        { type: 'file', file: { source: expect.stringContaining('zdn.vn') } },
        { type: 'contact', name: user.name, phone: user.phone },
        { type: 'takenOver' },
        { type: 'forget' },
        { type: 'reachable', reachable: false },
      ]);
      expect(new Set(taken.map(({ conversation }) => conversation))).toEqual(new Set([`zalo-oa:${user.id}`]));
    } finally {
      await close();
      await zalo.stop();
    }
  });
});
