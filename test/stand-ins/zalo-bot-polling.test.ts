// The Zalo Bot stand-in as it tells the bot what people do, read by polls of one update each.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call } from './zalo-bot/bench.ts';
import { startZaloBot, type ZaloBotStandIn } from './zalo-bot.ts';

let zalo: ZaloBotStandIn;
beforeEach(async () => {
  zalo = await startZaloBot({ pollMs: 20 });
});
afterEach(() => zalo.stop());

const poll = (params: object = {}) => call(zalo, 'getUpdates', params);
const textOf = (answer: Awaited<ReturnType<typeof poll>>) =>
  (answer.result?.message as { text?: string } | undefined)?.text;

describe('Polling', () => {
  it('gives one update per call, oldest first, and forgets it', async () => {
    const user = zalo.user('0a1b2c3d4e5f60718293');
    const message_id = user.say('một');
    user.say('hai');
    expect(await poll()).toEqual({
      ok: true,
      result: {
        event_name: 'message.text.received',
        message: {
          message_id,
          date: expect.any(Number),
          from: { id: user.id, display_name: 'Cán bộ 0a1b', is_bot: false },
          chat: { id: user.id, chat_type: 'PRIVATE' },
          text: 'một',
        },
      },
    });
    expect(textOf(await poll({ timeout: '30' }))).toBe('hai');
    expect(await poll({ timeout: 30 })).toMatchObject({ ok: false, error_code: 408 });
  });

  it('holds an empty poll until something arrives', async () => {
    zalo.set({ pollMs: undefined });
    const open = poll({ timeout: 20 });
    await vi.waitFor(() => expect(zalo.calls('getUpdates')).toHaveLength(1));
    zalo.user().say('muộn');
    expect(textOf(await open)).toBe('muộn');
  });

  it('takes the seconds the bot asks for, and refuses what is no number', async () => {
    zalo.set({ pollMs: undefined });
    expect(await poll({ timeout: '0' })).toMatchObject({ error_code: 408 });
    expect(await poll({ timeout: 'long' })).toMatchObject({ error_code: 400 });
    expect(await poll({ offset: 1 })).toMatchObject({ error_code: 400 });
  });

  it('refuses a second poll at the same time with 409, and takes it when the first one went away', async () => {
    zalo.set({ pollMs: 60_000 });
    const leave = new AbortController();
    const open = fetch(`${zalo.apiRoot}/bot${zalo.token}/getUpdates`, { signal: leave.signal });
    open.catch(() => {});
    await vi.waitFor(() => expect(zalo.calls('getUpdates')).toHaveLength(1));
    expect(await poll()).toMatchObject({ ok: false, error_code: 409 });
    leave.abort();
    zalo.set({ pollMs: 20 });
    await vi.waitFor(async () => expect(await poll()).toMatchObject({ error_code: 408 }));
    zalo.user().say('còn đây');
    expect(textOf(await poll())).toBe('còn đây');
  });

  it('loses an update when the connection breaks after it was read', async () => {
    zalo.user().say('mất');
    zalo.fault('getUpdates', { kind: 'drop-after' });
    await expect(poll()).rejects.toThrow();
    expect(await poll()).toMatchObject({ error_code: 408 });
  });

  it('gives every update twice when it is told to, and settles when all are read', async () => {
    zalo.set({ duplicates: true });
    zalo.user().say('lặp');
    let settled = false;
    const all = zalo.settled().then(() => {
      settled = true;
    });
    const first = await poll();
    expect(settled).toBe(false);
    expect(await poll()).toEqual(first);
    await all;
  });

  it('leaves out the event name and renames the person when it is told to', async () => {
    zalo.set({ sparsePoll: true });
    zalo.user('0a1b').say('thưa');
    const { result } = await poll();
    expect(Object.keys(result ?? {})).toEqual(['message']);
    expect(result?.message).toMatchObject({
      text: 'thưa',
      from: { id: '0a1b', first_name: 'Cán bộ 0a1b' },
    });
  });
});

describe('What people do', () => {
  it('becomes an event of its kind with the documented fields', async () => {
    const user = zalo.user();
    user.sendImage('chú thích');
    user.sendSticker();
    user.sendVoice();
    user.sendLink('https://a.example');
    user.sendDocument();
    const [image, sticker, voice, link, document] = [
      await poll(),
      await poll(),
      await poll(),
      await poll(),
      await poll(),
    ].map(({ result }) => result);
    expect(image).toMatchObject({
      event_name: 'message.image.received',
      message: { photo: expect.stringMatching(/^https:/), caption: 'chú thích' },
    });
    expect(sticker).toMatchObject({
      event_name: 'message.sticker.received',
      message: { sticker: expect.any(String), url: expect.any(String) },
    });
    expect(voice).toMatchObject({
      event_name: 'message.voice.received',
      message: { voice_url: expect.stringMatching(/\.aac$/) },
    });
    expect(link).toMatchObject({ event_name: 'message.link.received' });
    expect(document?.event_name).toBe('message.unsupported.received');
    expect(Object.keys(document?.message as object)).toEqual(['message_id', 'date', 'from', 'chat']);
  });

  it('names the picture photo_url when it is told to, and has no message at all for a protected account', async () => {
    zalo.set({ photoField: 'photo_url' });
    zalo.user().sendImage();
    const { message } = (await poll()).result as { message: object };
    expect(message).toHaveProperty('photo_url');
    expect(message).not.toHaveProperty('photo');
    expect(message).not.toHaveProperty('caption');
    zalo.user().sendProtected();
    expect((await poll()).result).toEqual({ event_name: 'message.unsupported.received' });
  });

  it('makes a reaction point at the newest message of the bot', async () => {
    const user = zalo.user();
    user.say('a');
    const { result } = await call(zalo, 'sendMessage', { chat_id: user.id, text: 'b' });
    user.react();
    await poll();
    expect((await poll()).result).toMatchObject({
      event_name: 'message.reaction.received',
      message: { message_id: result?.message_id, from: { id: user.id } },
    });
  });

  it('names the bot and the member in a group, where the bot can answer', async () => {
    const group = zalo.group();
    group.say('xin chào');
    const { message } = (await poll()).result as { message: { from: { id: string } } };
    expect(message).toMatchObject({
      chat: { id: group.id, chat_type: 'GROUP' },
      text: '@Bot Chỉ tiêu xin chào',
    });
    expect(message.from.id).not.toBe(group.id);
    expect(await call(zalo, 'sendMessage', { chat_id: group.id, text: 'chào' })).toMatchObject({ ok: true });
    expect(group.messages()).toMatchObject([{ text: 'chào' }]);
  });

  it('gives the same person for the same id and different persons without one', () => {
    expect(zalo.user('0a1b')).toBe(zalo.user('0a1b'));
    expect(zalo.user().id).not.toBe(zalo.user().id);
  });
});
