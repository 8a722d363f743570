// The pictures of a message on Telegram: after its words, one by itself, several as albums, and never twice.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SendFile, Sending } from '../src/channels/channel.ts';
import { type Bench, openBench } from './stand-ins/telegram-bench.ts';

let bench: Bench;
let drawn: number;

const page = (n: number): SendFile => ({
  ...{ name: `trang-${n}.png`, type: 'image/png' },
  bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, n]),
});
const withPictures = (count: number, more: Partial<Sending> = {}): Sending => ({
  ...{ id: `out:${count}`, seq: 1, chat: '1', message: { text: ['Bảng tiến độ'] } },
  pictures: {
    make: async () => {
      drawn += 1;
      return Array.from({ length: count }, (_, n) => page(n));
    },
    link: async () => undefined,
  },
  ...more,
});
const fromBot = () => bench.telegram.user(1).messages.filter(({ from }) => from === 'bot');
const seen = (): string[] => fromBot().map(({ text, photo }) => photo?.name ?? text);
const named = (count: number): string[] => Array.from({ length: count }, (_, n) => `trang-${n}.png`);
const broken = { kind: 'refuse', code: 500, description: 'Internal Server Error' } as const;

beforeEach(async () => {
  drawn = 0;
  bench = await openBench({ times: { request: 0.5 } });
  bench.telegram.user(1).send('chào');
});
afterEach(() => bench.close());

describe('The pictures of a message', () => {
  it('come by themselves when there is one, and as albums of at most ten', async () => {
    await bench.channel.send(withPictures(1));
    expect(bench.telegram.calls('sendPhoto')).toHaveLength(1);
    await bench.channel.send(withPictures(23));
    expect(bench.telegram.calls('sendMediaGroup').map(({ media }) => (media as unknown[]).length)).toEqual([
      10, 10, 3,
    ]);
    expect(seen()).toEqual(['Bảng tiến độ', ...named(1), 'Bảng tiến độ', ...named(23)]);
  });

  it('come after the file and leave the buttons under the words', async () => {
    const file = { name: 'tien-do.xlsx', type: 'x', bytes: new Uint8Array([80, 75]) };
    const buttons = [[{ label: 'Tiếp nhận', action: 'A' }]];
    const result = await bench.channel.send(withPictures(2, { file, message: { text: ['Bảng'], buttons } }));
    expect(fromBot().map(({ document, photo }) => (document ?? photo)?.name)).toEqual([
      file.name,
      ...named(2),
    ]);
    expect(fromBot().map((each) => each.buttons.length)).toEqual([1, 0, 0]);
    expect(result).toEqual({ outcome: 'sent', platform: String(fromBot()[0]?.id) });
  });

  it('go on where they stopped, without the words again, when Telegram failed half-way', async () => {
    const message = withPictures(12);
    bench.telegram.fault('sendPhoto', broken);
    bench.telegram.fault('sendMediaGroup', broken);
    expect(await bench.channel.send(message)).toMatchObject({ outcome: 'retry' });
    expect(await bench.channel.send(message)).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual(['Bảng tiến độ', ...named(12)]);
  });

  it('wait as long as Telegram asks', async () => {
    const message = withPictures(2);
    bench.telegram.fault('sendMediaGroup', {
      ...{ kind: 'refuse', code: 429, description: 'Too Many Requests: retry after 2', retryAfter: 2 },
    });
    expect(await bench.channel.send(message)).toMatchObject({ outcome: 'retry', seconds: 2 });
  });

  it('are not sent again when they may have arrived', async () => {
    bench.telegram.fault('sendMediaGroup', { kind: 'drop-after' });
    expect(await bench.channel.send(withPictures(2))).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual(['Bảng tiến độ', ...named(2)]);
    expect(bench.log.at(-1)).toMatchObject({ level: 'warn', text: 'Telegram: pictures may be missing' });
  });

  it('hold nothing up when Telegram refuses them, or fails too often', async () => {
    bench.telegram.fault('sendMediaGroup', { kind: 'refuse', code: 400, description: 'Bad Request: IMAGE' });
    expect(await bench.channel.send(withPictures(2))).toMatchObject({ outcome: 'sent' });
    bench.telegram.fault('sendMediaGroup', broken, 5);
    const results = [];
    for (let n = 0; n < 5; n++) results.push((await bench.channel.send(withPictures(3))).outcome);
    expect(results).toEqual(['retry', 'retry', 'retry', 'retry', 'sent']);
    expect(seen()).toEqual(['Bảng tiến độ', 'Bảng tiến độ']);
  });

  it('are not drawn before the words are out', async () => {
    bench.telegram.fault('sendMessage', broken);
    expect(await bench.channel.send(withPictures(2))).toMatchObject({ outcome: 'retry' });
    expect(drawn).toBe(0);
  });
});
