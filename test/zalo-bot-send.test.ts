// Sending words: choices in the text, what is half sent goes on, and what each refusal means.
import { describe, expect, it } from 'vitest';
import { readChoice } from '../src/channels/choices.ts';
import { chatForEachTest } from './support/zalo-bot-chat.ts';

const chat = chatForEachTest();
const { refuse, seen, send, sending } = chat;

describe('Words', () => {
  it('go out as plain text in composed letters, and the id of the last part comes back', async () => {
    const result = await send(
      sending('x', { message: { text: ['Số ', { bold: 'đúng hạn'.normalize('NFD') }] } }),
    );
    expect(seen()).toEqual(['Số đúng hạn'.normalize('NFC')]);
    expect(result).toEqual({ outcome: 'sent', platform: chat.user.messages()[0]?.id });
    expect(chat.bench.zalo.calls('sendMessage')).toEqual([
      { chat_id: chat.user.id, text: 'Số đúng hạn'.normalize('NFC') },
    ]);
  });

  it('have their choices in the text, and the typed answer means what was chosen', async () => {
    const message = {
      text: ['Anh/chị muốn làm gì ạ?'],
      marks: 'number' as const,
      buttons: [[{ label: 'Nhập số liệu', action: 'fill' }], [{ label: 'Nộp báo cáo', action: 'submit' }]],
    };
    const each = sending('', { message });
    await send(each);
    expect(seen()).toEqual(['Anh/chị muốn làm gì ạ?\n\nGõ số để chọn:\n1. Nhập số liệu\n2. Nộp báo cáo']);
    expect(readChoice('2', [each], chat.bench.channel.can.buttons)).toEqual({
      is: 'choice',
      action: 'submit',
    });
  });

  it('that are none are never sent', async () => {
    expect(await send(sending('  '))).toEqual({ outcome: 'never', why: 'the message is empty' });
  });

  it('in several parts go on where they stopped', async () => {
    let now = new Date('2026-10-02T03:00:00Z');
    await chat.reopen({ now: () => now });
    const parts = ['a', 'b', 'c'].map((letter) => letter.repeat(1500));
    const each = sending(parts.join('\n\n'));
    chat.bench.zalo.set({ quota: 1 });
    expect(await send(each)).toMatchObject({ outcome: 'retry' });
    expect(seen()).toEqual(parts.slice(0, 1));
    chat.bench.zalo.set({ quota: 100 });
    now = new Date(now.getTime() + 3_600_000);
    expect(await send({ ...each, attempts: 1 })).toEqual({
      outcome: 'sent',
      platform: chat.user.messages()[2]?.id,
    });
    expect(seen()).toEqual(parts);
  });
});

describe('A refusal', () => {
  it.each([
    [403, 'Forbidden: the user has blocked the bot', { outcome: 'held', hold: 'blocked' }],
    [400, 'Bad Request: user blocked the bot', { outcome: 'held', hold: 'blocked' }],
    [403, 'Internal server error', { outcome: 'retry' }],
    [404, 'Not Found: chat', { outcome: 'held', hold: 'unfollowed' }],
    [400, 'Bad Request: chat not found', { outcome: 'held', hold: 'unfollowed' }],
    [400, 'chat_id is invalid', { outcome: 'held', hold: 'unfollowed' }],
    [400, 'Bad Request: text is invalid', { outcome: 'never' }],
    [408, 'Request timeout', { outcome: 'unknown' }],
    [500, 'Internal Server Error', { outcome: 'retry' }],
    [777, 'Something new', { outcome: 'retry' }],
    [401, 'Unauthorized', { outcome: 'retry', seconds: 300 }],
    [429, 'Too Many Requests', { outcome: 'retry', seconds: 60 }],
    [429, 'Monthly quota exceeded', { outcome: 'retry', seconds: 3600 }],
  ])('%i "%s" means %j', async (code, description, expected) => {
    refuse('sendMessage', code, description);
    const result = await send(sending('x'));
    expect(result).toEqual({ ...expected, why: `${code} ${description}` });
  });

  it('of a chat that never wrote to the bot holds the message', async () => {
    expect(await send(sending('x', { chat: 'nobody' }))).toMatchObject({
      outcome: 'held',
      hold: 'unfollowed',
    });
  });

  it('that nobody knows is final after eight attempts, of which waiting for other things is none', async () => {
    refuse('sendMessage', 777, 'Something new', 20);
    expect(await send(sending('x', { attempts: 6 }))).toMatchObject({ outcome: 'retry' });
    expect(await send(sending('x', { attempts: 7 }))).toMatchObject({ outcome: 'never' });
    await chat.reopen();
    const each = sending('x');
    refuse('sendMessage', 500, 'Internal', 8);
    for (let attempts = 0; attempts < 8; attempts++) await send({ ...each, attempts });
    refuse('sendMessage', 777, 'Something new', 20);
    for (let attempts = 8; attempts < 15; attempts++)
      expect(await send({ ...each, attempts })).toMatchObject({ outcome: 'retry' });
    expect(await send({ ...each, attempts: 15 })).toMatchObject({ outcome: 'never' });
  });

  it('for going too fast silences every chat for a while', async () => {
    refuse('sendMessage', 429, 'Too Many Requests');
    await send(sending('x'));
    expect(await send(sending('y'))).toMatchObject({ outcome: 'retry', seconds: expect.any(Number) });
    expect(chat.bench.zalo.calls('sendMessage')).toHaveLength(1);
  });

  it('of the token is told once, shown while it lasts, and forgotten when a message goes out', async () => {
    refuse('sendMessage', 401, 'Unauthorized', 2);
    await send(sending('x'));
    await send(sending('x'));
    const notice = { kind: 'refused', channel: 'zalo-bot', why: '401 Unauthorized' };
    expect(chat.bench.alarms).toEqual([notice]);
    expect(chat.bench.channel.notices()).toEqual([notice]);
    await send(sending('x'));
    expect(chat.bench.channel.notices()).toEqual([]);
  });

  it.each([
    ['gateway', 'retry', 0],
    ['drop-before', 'unknown', 0],
    ['drop-after', 'unknown', 1],
    ['hang', 'unknown', 0],
  ] as const)('is not what a connection in trouble is: %s means %s', async (kind, outcome, arrived) => {
    await chat.reopen({ times: { request: 200 } });
    chat.bench.zalo.fault('sendMessage', { kind });
    expect(await send(sending('x'))).toMatchObject({ outcome });
    expect(seen()).toHaveLength(arrived);
  });

  it('is not what nobody answering is: the message is tried again', async () => {
    await chat.bench.zalo.stop();
    expect(await send(sending('x'))).toMatchObject({ outcome: 'retry' });
  });
});
