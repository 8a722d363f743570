// Sending on Telegram: what arrives in the chat, and what every trouble on the way is reported as.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sending } from '../src/channels/channel.ts';
import { createPace } from '../src/channels/pace.ts';
import { RATES } from '../src/channels/telegram-time.ts';
import type { Seen } from './stand-ins/telegram/world.ts';
import { type Bench, nobody, openBench } from './stand-ins/telegram-bench.ts';

let bench: Bench;
let number = 0;

const sending = (text: string, more: Partial<Sending> = {}): Sending => {
  number += 1;
  return { id: `out:${number}`, seq: number, chat: '1', message: { text: [text] }, ...more };
};
const fromBot = (): Seen[] => bench.telegram.user(1).messages.filter(({ from }) => from === 'bot');
const texts = (): string[] => fromBot().map(({ text }) => text);
const xlsx = {
  name: 'phu-luc.xlsx',
  type: 'application/octet-stream',
  bytes: new Uint8Array([80, 75, 3, 4]),
};
const buttons = [[{ label: 'Đúng', action: 'yes' }]];
const tooMany = {
  kind: 'refuse',
  code: 429,
  description: 'Too Many Requests: retry after 2',
  retryAfter: 2,
} as const;

beforeEach(async () => {
  // Not started: what is sent does not depend on receiving.
  bench = await openBench({ times: { request: 0.5 } });
  bench.telegram.user(1).send('chào');
});
afterEach(() => bench.close());

describe('what arrives', () => {
  it('is what was written, with bold parts bold and nothing read as markup', async () => {
    await bench.channel.send(
      sending('', { message: { text: ['a <b>&" &amp; ', { bold: '</b>1 < 2' }, ' <i>'] } }),
    );
    expect(fromBot()).toMatchObject([{ text: 'a <b>&" &amp; </b>1 < 2 <i>', bold: ['</b>1 < 2'] }]);
    expect(bench.telegram.calls('sendMessage')[0]?.link_preview_options).toEqual({ is_disabled: true });
  });

  it('has the buttons under the last part of a long text', async () => {
    const long = Array.from({ length: 300 }, (_, n) => `Dòng ${n} của phụ lục rất dài`).join('\n');
    const result = await bench.channel.send(sending('', { message: { text: [long], buttons } }));
    expect(fromBot().map((seen) => seen.buttons.length)).toEqual([0, 0, 1]);
    expect(texts().join('\n')).toBe(long);
    expect(result).toEqual({ outcome: 'sent', platform: String(fromBot().at(-1)?.id) });
  });

  it('is a file with its caption and buttons when the text is short', async () => {
    await bench.channel.send(
      sending('', { message: { text: ['Biểu ', { bold: 'quý I' }], buttons }, file: xlsx }),
    );
    expect(fromBot()).toMatchObject([{ text: 'Biểu quý I', bold: ['quý I'], buttons: [[{ data: 'yes' }]] }]);
    expect(fromBot()[0]?.document).toEqual({ ...xlsx, bytes: Buffer.from(xlsx.bytes) });
  });

  it('is the text and then the file when the text is too long for a caption', async () => {
    await bench.channel.send(sending('x'.repeat(1025), { file: xlsx }));
    expect(fromBot().map(({ text, document }) => [text.length, document?.name])).toEqual([
      [1025, undefined],
      [0, 'phu-luc.xlsx'],
    ]);
  });
});

describe('an edit', () => {
  const ask = async (message: Partial<Sending> = {}): Promise<string> => {
    const asked = await bench.channel.send(
      sending('Hỏi', { message: { text: ['Hỏi'], buttons }, ...message }),
    );
    return asked.outcome === 'sent' ? (asked.platform ?? '') : '';
  };

  it('that changes nothing counts as sent', async () => {
    const replaces = await ask();
    for (const _ of [1, 2])
      expect(await bench.channel.send(sending('Ghi', { replaces }))).toEqual({
        outcome: 'sent',
        platform: replaces,
      });
    expect(texts()).toEqual(['Ghi']);
  });

  it('of the caption of a file takes its buttons away', async () => {
    const replaces = await ask({ file: xlsx });
    expect(await bench.channel.send(sending('Đã nộp', { replaces }))).toEqual({
      outcome: 'sent',
      platform: replaces,
    });
    expect(fromBot()).toMatchObject([{ text: 'Đã nộp', buttons: [], document: { name: 'phu-luc.xlsx' } }]);
  });

  it.each(['99999', '1'])(
    'of message %s, which cannot be edited, becomes a new message',
    async (replaces) => {
      const result = await bench.channel.send(sending('Ghi', { replaces }));
      expect(texts()).toEqual(['Ghi']);
      expect(result).toEqual({ outcome: 'sent', platform: String(fromBot()[0]?.id) });
    },
  );

  it('too old to be edited becomes a new message', async () => {
    const replaces = await ask();
    const refusal = {
      kind: 'refuse',
      code: 400,
      description: "Bad Request: message can't be edited",
    } as const;
    bench.telegram.fault('editMessageText', refusal);
    expect(await bench.channel.send(sending('Ghi', { replaces }))).toMatchObject({ outcome: 'sent' });
    expect(texts()).toEqual(['Hỏi', 'Ghi']);
  });

  it('whose answer is lost may be tried again, because it cannot double anything', async () => {
    const replaces = await ask();
    bench.telegram.fault('editMessageText', { kind: 'drop-after' });
    const again = sending('Ghi', { replaces });
    expect(await bench.channel.send(again)).toMatchObject({ outcome: 'retry' });
    expect(await bench.channel.send(again)).toEqual({ outcome: 'sent', platform: replaces });
    expect(texts()).toEqual(['Ghi']);
  });
});

describe('trouble', () => {
  it.each([
    [
      'a server error',
      { kind: 'refuse', code: 500, description: 'Internal Server Error' },
      { outcome: 'retry' },
    ],
    ['a gateway in place of Telegram', { kind: 'gateway' }, { outcome: 'retry' }],
    ['a connection lost before the answer', { kind: 'drop-before' }, { outcome: 'unknown' }],
    ['a connection lost after the message was sent', { kind: 'drop-after' }, { outcome: 'unknown' }],
    ['no answer in time', { kind: 'hang' }, { outcome: 'unknown' }],
    [
      'a token that was revoked',
      { kind: 'refuse', code: 401, description: 'Unauthorized' },
      { outcome: 'retry' },
    ],
  ] as const)('%s', async (_, fault, expected) => {
    bench.telegram.fault('sendMessage', fault);
    expect(await bench.channel.send(sending('x'))).toMatchObject(expected);
    expect(await bench.channel.send(sending('y'))).toMatchObject({ outcome: 'sent' });
  });

  it('a Telegram that refuses connections is tried again', async () => {
    const closed = await openBench({ apiRoot: await nobody() });
    expect(await closed.channel.send(sending('x'))).toEqual({ outcome: 'retry', why: 'ECONNREFUSED' });
    const nowhere = await openBench({ apiRoot: 'http://no-such-host.invalid' });
    expect(await nowhere.channel.send(sending('x'))).toMatchObject({ outcome: 'retry' });
    await Promise.all([closed.close(), nowhere.close()]);
  });

  it('too many requests: the seconds are passed on and the chat is left in peace, other chats are not', async () => {
    bench.telegram.user(2).send('chào');
    bench.telegram.fault('sendMessage', tooMany);
    expect(await bench.channel.send(sending('x'))).toMatchObject({ outcome: 'retry', seconds: 2 });
    const before = performance.now();
    expect(await bench.channel.send(sending('khác', { chat: '2' }))).toMatchObject({ outcome: 'sent' });
    expect(performance.now() - before).toBeLessThan(500);
    expect(await bench.channel.send(sending('x'))).toMatchObject({ outcome: 'sent' });
    expect(performance.now() - before).toBeGreaterThan(1500);
  });

  it.each([
    ['blocked the bot', 1, () => bench.telegram.user(1).block()],
    ['deleted the account', 1, () => bench.telegram.user(1).deactivate()],
    ['never wrote', 77, () => {}],
  ] as const)('a person who %s cannot be reached', async (_, chat, happen) => {
    happen();
    const result = await bench.channel.send(sending('x', { chat: String(chat) }));
    expect(result).toMatchObject({ outcome: 'held', hold: 'blocked' });
  });

  it('a message that Telegram does not take is never sent, and the person stays reachable', async () => {
    const action = 'x'.repeat(65);
    const result = await bench.channel.send(
      sending('', { message: { text: ['x'], buttons: [[{ label: 'Đúng', action }]] } }),
    );
    expect(result).toEqual({ outcome: 'never', why: 'Bad Request: BUTTON_DATA_INVALID' });
    expect(await bench.channel.send(sending(' \n '))).toEqual({
      outcome: 'never',
      why: 'the message is empty',
    });
  });

  it('half-way through goes on from there when tried again, without repeating the first half', async () => {
    bench.telegram.fault(
      'sendDocument',
      { kind: 'refuse', code: 500, description: 'Internal Server Error' },
      2,
    );
    const both = sending('dài '.repeat(300), { file: xlsx });
    for (const _ of [1, 2]) expect(await bench.channel.send(both)).toMatchObject({ outcome: 'retry' });
    expect(await bench.channel.send(both)).toMatchObject({ outcome: 'sent' });
    expect(fromBot().map(({ document }) => document?.name)).toEqual([undefined, 'phu-luc.xlsx']);
  });
});

describe('pace', () => {
  /** A clock that only moves when somebody sleeps. */
  const clockedPace = () => {
    const clock = { now: 0 };
    const sleep = async (ms: number) => {
      clock.now += ms;
    };
    return { clock, pace: createPace(RATES, () => clock.now, sleep) };
  };

  it('lets a burst to one chat through at once, then two messages a second', async () => {
    const { clock, pace } = clockedPace();
    for (let n = 0; n < 20; n++) await pace.turn('1');
    const afterBurst = clock.now;
    for (let n = 0; n < 10; n++) await pace.turn('1');
    expect(afterBurst).toBeLessThan(1000);
    expect(clock.now - afterBurst).toBeGreaterThan(4000);
  });

  it('lets an edit pass beside the messages of its chat', async () => {
    const { clock, pace } = clockedPace();
    for (let n = 0; n < 60; n++) await pace.turn('1', true);
    expect(clock.now).toBeLessThan(3000);
  });

  it('sends at most about 25 a second to all chats together', async () => {
    const { clock, pace } = clockedPace();
    for (let n = 0; n < 55; n++) await pace.turn(String(n));
    expect(clock.now).toBeGreaterThanOrEqual(1900);
    expect(clock.now).toBeLessThanOrEqual(2200);
  });

  it('gives a long wait back to the caller instead of sitting it out', async () => {
    const pace = createPace(RATES);
    pace.hold(60, '1');
    expect(await pace.turn('1')).toBe(60);
    expect(await pace.turn('2')).toBe(0);
    pace.hold(30);
    expect(await pace.turn('2')).toBe(30);
  });
});
