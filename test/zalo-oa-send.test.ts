// Sending words and choices through a Zalo Official Account: what arrives in the chat, and what happens when buttons are refused.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../src/domain/conversation.ts';
import type { ZaloUser } from './stand-ins/zalo-oa/people.ts';
import { type Bench, CS, openBench, sending, shown } from './stand-ins/zalo-oa-bench.ts';

let bench: Bench;
let person: ZaloUser;

const open = async (options: Parameters<typeof openBench>[0] = {}, from?: Bench): Promise<void> => {
  bench = await openBench(options, from);
  person = bench.zalo.user('7219384756102938401');
  if (!from) person.say('chào');
};
const send = (message: Message, more = {}) =>
  bench.channel.send(sending(person.id, '', { message, ...more }));
const texts = (): string[] => shown(person.messages());
const ask: Message = {
  text: ['Số hồ sơ là ', { bold: '5.971' }, ', đúng chưa ạ?'],
  buttons: [
    [
      { label: 'Đúng', action: 'yes:1' },
      { label: 'Sửa', action: 'no:1' },
    ],
    [{ label: 'Bỏ qua', action: 'skip:1', typed: 'bỏ qua' }],
  ],
  marks: 'letter',
};

beforeEach(() => open());
afterEach(() => bench.close());

describe('words', () => {
  it('are sent in composed letters, without losing any, in parts of at most 2,000', async () => {
    const paragraphs = Array.from(
      { length: 12 },
      (_, n) => `${n + 1}. ${'Tỷ lệ giải quyết hồ sơ đúng hạn của bộ phận một cửa. '.repeat(6).trim()}`,
    );
    const result = await send({ text: [paragraphs.join('\n\n').normalize('NFD')] });
    const seen = texts();
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.every((text) => text.length <= 2000)).toBe(true);
    expect(seen.join('\n\n')).toBe(paragraphs.join('\n\n').normalize('NFC'));
    expect(result).toEqual({ outcome: 'sent', platform: person.messages().at(-1)?.id });
  });

  it('of 2,000 composed letters are one message, however they were typed', async () => {
    await send({ text: ['ộ'.repeat(2000).normalize('NFD')] });
    expect(texts()).toEqual(['ộ'.repeat(2000)]);
  });

  it('that are none are given up', async () => {
    expect(await send({ text: [' \n'] })).toEqual({ outcome: 'never', why: 'the message is empty' });
    expect(bench.zalo.calls(CS)).toEqual([]);
  });
});

describe('choices', () => {
  it('are buttons whose payload nobody types by accident', async () => {
    await send(ask);
    const [seen] = person.messages();
    expect(seen?.text).toBe('Số hồ sơ là 5.971, đúng chưa ạ?');
    expect(seen?.buttons).toEqual([
      { title: 'Đúng', type: 'oa.query.hide', payload: '#ct:yes:1' },
      { title: 'Sửa', type: 'oa.query.hide', payload: '#ct:no:1' },
      { title: 'Bỏ qua', type: 'oa.query.hide', payload: '#ct:skip:1' },
    ]);
  });

  it('stand under the last part of a long text', async () => {
    const long = Array.from({ length: 150 }, (_, n) => `Dòng ${n} của phụ lục rất dài`).join('\n');
    await send({ ...ask, text: [long] });
    expect(person.messages().map(({ buttons }) => buttons.length)).toEqual([0, 0, 3]);
    expect(texts().join('\n')).toBe(long);
  });

  it('with long labels are cut to what Zalo takes, in whole letters', async () => {
    await send({ text: ['Chọn'], buttons: [[{ label: `${'ế'.repeat(99)}😀`, action: 'a' }]] });
    expect(person.messages()[0]?.buttons[0]?.title).toBe(`${'ế'.repeat(99)}…`);
  });

  it('that are too many for buttons are listed in the text, except that words to type give way first', async () => {
    const button = (n: number) => [{ label: `Chọn ${n}`, action: `c:${n}` }];
    const six = [1, 2, 3, 4, 5, 6].map(button);
    await send({ text: ['Chọn kỳ:'], buttons: six, marks: 'number' });
    await send({
      text: ['Số?'],
      buttons: [...six.slice(0, 5), [{ label: 'Bỏ qua', action: 's', typed: 'bỏ qua' }]],
    });
    const [listed, fitted] = person.messages();
    expect(listed?.buttons).toEqual([]);
    expect(listed?.text).toMatch(/\n1\. Chọn 1\n.*\n6\. Chọn 6$/s);
    expect(fitted?.buttons).toHaveLength(5);
    expect(fitted?.text).toBe('Số?\nHoặc gõ: bỏ qua');
  });
});

describe('refused buttons', () => {
  const marked = 'Số hồ sơ là 5.971, đúng chưa ạ?\n\nGõ chữ cái để chọn:\na. Đúng\nb. Sửa\nHoặc gõ: bỏ qua';

  it.each([-233, -201, -210])('are left out at once after the code %i, and from then on', async (code) => {
    bench.zalo.set({ buttons: 'refused', buttonsRefused: code });
    expect(bench.channel.can.buttons).toBe(5);
    const result = await send(ask);
    expect(result).toEqual({ outcome: 'sent', platform: person.messages()[0]?.id });
    expect(texts()).toEqual([marked]);
    expect(bench.channel.can.buttons).toBe(0);
    await send(ask);
    expect(texts()).toEqual([marked, marked]);
    expect(bench.zalo.calls(CS)).toHaveLength(3);
  });

  it('are remembered across a restart, beside whatever else is remembered', async () => {
    bench.zalo.set({ buttons: 'refused' });
    await send(ask);
    const { buttons, tokens } = bench.memory.state();
    expect(buttons).toEqual({ refusedAt: expect.stringMatching(/^2026-11-20T03:00/), code: -233 });
    expect(tokens).toBeDefined();
    bench.zalo.set({ buttons: 'accepted' });
    const before = bench;
    await before.stop();
    await open({}, before);
    await bench.start();
    expect(bench.channel.can.buttons).toBe(0);
    await send(ask);
    expect(texts()).toEqual([marked, marked]);
  });

  it('found out by another instance are learnt before the first message', async () => {
    const { state, rev } = await bench.memory.read();
    await bench.memory.write(
      { ...state, buttons: { refusedAt: '2026-11-01T00:00:00.000Z', code: -233 } },
      rev,
    );
    await send(ask);
    expect(texts()).toEqual([marked]);
    expect(bench.zalo.calls(CS)).toHaveLength(1);
  });

  it('are remembered although another writer is faster', async () => {
    const { memory } = bench;
    let races = 2;
    const racing = {
      ...memory,
      write: async (...args: Parameters<typeof memory.write>) => {
        if ('buttons' in args[0] && races-- > 0) {
          const { state, rev } = await memory.read();
          await memory.write({ ...state, other: races }, rev);
        }
        return memory.write(...args);
      },
    };
    const before = bench;
    await before.stop();
    await open({ memory: racing }, before);
    bench.zalo.set({ buttons: 'refused' });
    await send(ask);
    expect(memory.state()).toMatchObject({ other: 0, buttons: { code: -233 }, tokens: {} });
  });

  it('are no reason to give buttons up when the words alone are refused as well', async () => {
    bench.zalo.fault(CS, { kind: 'error', code: -201, message: 'text is invalid!' }, 2);
    expect(await send(ask)).toEqual({ outcome: 'never', why: 'Zalo -201: text is invalid!' });
    expect(bench.channel.can.buttons).toBe(5);
    expect(bench.memory.state().buttons).toBeUndefined();
    await send(ask);
    expect(person.messages()[0]?.buttons).toHaveLength(3);
  });

  it('leave only the last part of a long text to be said again', async () => {
    bench.zalo.set({ buttons: 'refused' });
    const long = Array.from({ length: 100 }, (_, n) => `Dòng ${n} của phụ lục rất dài`).join('\n');
    await send({ ...ask, text: [long] });
    expect(texts().join('\n')).toBe(`${long}\n\nGõ chữ cái để chọn:\na. Đúng\nb. Sửa\nHoặc gõ: bỏ qua`);
  });

  it('are still left out when the words alone have to be tried again', async () => {
    bench.zalo.set({ buttons: 'refused' });
    bench.zalo.fault(CS, { kind: 'slow', ms: 1 });
    bench.zalo.fault(CS, { kind: 'gateway' });
    const message = sending(person.id, '', { message: ask });
    expect(await bench.channel.send(message)).toMatchObject({ outcome: 'retry' });
    expect(bench.channel.can.buttons).toBe(5);
    expect(await bench.channel.send({ ...message, attempts: 1 })).toMatchObject({ outcome: 'sent' });
    expect(texts()).toEqual([marked]);
    expect(bench.memory.state().buttons).toMatchObject({ code: -233 });
  });

  it('are suspected behind a code that nobody knows only when it comes again and again', async () => {
    bench.zalo.fault(CS, { kind: 'error', code: -239 }, 3);
    const message = sending(person.id, '', { message: ask });
    expect(await bench.channel.send(message)).toMatchObject({ outcome: 'retry' });
    expect(await bench.channel.send({ ...message, attempts: 1 })).toMatchObject({ outcome: 'retry' });
    expect(await bench.channel.send({ ...message, attempts: 2 })).toMatchObject({ outcome: 'sent' });
    expect(texts()).toEqual([marked]);
    expect(bench.channel.can.buttons).toBe(0);
  });
});

describe('the setting for buttons', () => {
  it('off never uses them', async () => {
    await bench.close();
    await open({ buttons: 'off' });
    expect(bench.channel.can.buttons).toBe(0);
    await send(ask);
    expect(bench.zalo.calls(CS).map(({ body }) => body)).toEqual([
      {
        recipient: { user_id: person.id },
        message: { text: expect.stringMatching(/\na\. Đúng\nb\. Sửa\n/) },
      },
    ]);
  });

  it('on tries them every time and remembers no refusal', async () => {
    await bench.close();
    await open({ buttons: 'on' });
    bench.zalo.set({ buttons: 'refused' });
    await send(ask);
    // A list was shown, so typed choices have to be understood.
    expect(bench.channel.can.buttons).toBe(0);
    expect(bench.memory.state().buttons).toBeUndefined();
    bench.zalo.set({ buttons: 'accepted' });
    await send(ask);
    expect(person.messages().map(({ buttons }) => buttons.length)).toEqual([0, 3]);
    expect(bench.channel.can.buttons).toBe(5);
  });
});
