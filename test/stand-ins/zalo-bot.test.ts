// The Zalo Bot stand-in as a bot sees it through its API: envelopes, refusals, sending and troubles.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, call } from './zalo-bot/bench.ts';
import { startZaloBot, type ZaloBotStandIn } from './zalo-bot.ts';

let zalo: ZaloBotStandIn;
beforeEach(async () => {
  zalo = await startZaloBot();
});
afterEach(() => zalo.stop());

/** A person whom the bot may write to. */
function known() {
  const user = zalo.user();
  user.say('xin chào');
  return user;
}

const send = (chat_id: string, text: unknown, more: object = {}): Promise<Answer> =>
  call(zalo, 'sendMessage', { chat_id, text, ...more });

describe('The envelope', () => {
  it('says who the bot is, by POST and by GET', async () => {
    const { ok, result } = await call(zalo, 'getMe');
    expect(ok).toBe(true);
    expect(Object.keys(result ?? {})).toEqual(['id', 'account_name', 'account_type', 'can_join_groups']);
    const got = await fetch(`${zalo.apiRoot}/bot${encodeURIComponent(zalo.token)}/getMe`);
    expect(await got.json()).toEqual({ ok, result });
  });

  it('refuses a wrong token with 401 and a wrong path with 404, both with HTTP status 200', async () => {
    const wrong = await fetch(`${zalo.apiRoot}/bot1:x/getMe`);
    expect(wrong.status).toBe(200);
    expect(await wrong.json()).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' });
    const lost = await fetch(`${zalo.apiRoot}/getMe`);
    expect(await lost.json()).toMatchObject({ ok: false, error_code: 404 });
    expect(zalo.calls('getMe')).toEqual([]);
  });

  it('mirrors the error code in the HTTP status when it is told to', async () => {
    zalo.set({ mirrorStatus: true });
    expect((await fetch(`${zalo.apiRoot}/bot1:x/getMe`)).status).toBe(401);
    expect((await fetch(`${zalo.apiRoot}/bot${zalo.token}/getMe`)).status).toBe(200);
  });

  it.each(['sendDocument', 'editMessageText', 'answerCallbackQuery', 'setChatKeyboard', 'constructor'])(
    'knows no method %s',
    async (method) => {
      expect(await call(zalo, method, { chat_id: known().id })).toMatchObject({ ok: false, error_code: 400 });
    },
  );

  it.each<[string, RequestInit]>([
    ['another verb', { method: 'PUT' }],
    ['a form', { method: 'POST', body: new URLSearchParams({ timeout: '1' }) }],
    ['broken JSON', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }],
    ['a JSON array', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[]' }],
  ])('refuses %s', async (_, request) => {
    const response = await fetch(`${zalo.apiRoot}/bot${zalo.token}/getMe`, request);
    expect(await response.json()).toMatchObject({ ok: false, error_code: 400 });
  });
});

describe('Sending text', () => {
  it('shows the text to the person and answers with its id and the milliseconds', async () => {
    const user = known();
    const { result } = await send(user.id, 'Chỉ tiêu *1* <b>\n2');
    const [seen] = user.messages();
    expect(seen).toMatchObject({ kind: 'text', text: 'Chỉ tiêu *1* <b>\n2', bold: [] });
    expect(result).toEqual({ message_id: seen?.id, date: seen?.at });
    expect(seen?.id).toMatch(/^[0-9a-f]{20}$/);
    expect(zalo.calls('sendMessage')).toEqual([{ chat_id: user.id, text: 'Chỉ tiêu *1* <b>\n2' }]);
  });

  it('is done by GET too', async () => {
    const user = known();
    const query = new URLSearchParams({
      chat_id: user.id,
      text: 'a b',
      text_styles: '[{"start":0,"len":1,"st":["b"]}]',
    });
    const response = await fetch(`${zalo.apiRoot}/bot${zalo.token}/sendMessage?${query}`);
    expect(await response.json()).toMatchObject({ ok: true });
    expect(user.messages().map(({ text }) => text)).toEqual(['a b']);
  });

  it('takes 2,000 characters and no more', async () => {
    const user = known();
    expect(await send(user.id, 'ộ'.repeat(2000))).toMatchObject({ ok: true });
    expect(await send(user.id, 'ộ'.repeat(2001))).toMatchObject({ ok: false, error_code: 400 });
    expect(user.messages()).toHaveLength(1);
  });

  it.each<[string, unknown, object]>([
    ['an empty text', '', {}],
    ['blanks only', ' \n', {}],
    ['a number for a text', 12, {}],
    ['buttons', 'a', { reply_markup: { inline_keyboard: [] } }],
    ['an unknown parse_mode', 'a', { parse_mode: 'HTML' }],
    ['styles outside the text', 'a', { text_styles: [{ start: 0, len: 2, st: ['b'] }] }],
    ['an unescaped sign in HTML', '1 < 2', { parse_mode: 'html' }],
    ['an unescaped ampersand in HTML', 'A & B', { parse_mode: 'html' }],
    ['a tag that is not closed', '<b>a', { parse_mode: 'html' }],
    ['tags that cross', '<b><i>a</b></i>', { parse_mode: 'html' }],
    ['a tag Zalo does not know', '<h1>a</h1>', { parse_mode: 'html' }],
    ['HTML without any text', '<b></b>', { parse_mode: 'html' }],
  ])('refuses %s', async (_, text, more) => {
    const user = known();
    expect(await send(user.id, text, more)).toMatchObject({ ok: false, error_code: 400 });
    expect(user.messages()).toEqual([]);
  });

  it('reads HTML and Markdown as the person will see it', async () => {
    const user = known();
    await send(user.id, '<b>Câu 1</b>: a &lt; b &amp; <i>c</i>&#33;', { parse_mode: 'html' });
    await send(user.id, '**Câu 2**: 5*3 và *nghiêng*, 5*3*2, ten_bien_dai', { parse_mode: 'markdown' });
    expect(user.messages()).toMatchObject([
      { text: 'Câu 1: a < b & c!', bold: ['Câu 1'] },
      { text: 'Câu 2: 5*3 và nghiêng, 532, ten_bien_dai', bold: ['Câu 2'] },
    ]);
  });

  it('reaches nobody who never wrote to the bot', async () => {
    expect(await send(zalo.user().id, 'a')).toMatchObject({ ok: false, error_code: 400 });
    expect(await send('', 'a')).toMatchObject({ ok: false, error_code: 400 });
  });

  it('reaches a person again only after the block is lifted', async () => {
    const user = known();
    user.block();
    expect(await send(user.id, 'a')).toMatchObject({ ok: false, error_code: 403 });
    expect(() => user.say('b')).toThrow('blocked');
    user.block({ code: 400, description: 'người dùng đã chặn' });
    expect(await send(user.id, 'a')).toEqual({
      ok: false,
      error_code: 400,
      description: 'người dùng đã chặn',
    });
    user.unblock();
    expect(await send(user.id, 'a')).toMatchObject({ ok: true });
    expect(user.messages()).toHaveLength(1);
  });

  it('ends with 429 when the quota is used up, which refused messages do not touch', async () => {
    const user = known();
    zalo.set({ quota: 1 });
    await send(user.id, '');
    expect(await send(user.id, 'một')).toMatchObject({ ok: true });
    expect(await send(user.id, 'hai')).toMatchObject({ ok: false, error_code: 429 });
  });
});

describe('Sending other things', () => {
  it('shows that the bot is typing, and answers without a result', async () => {
    const chat_id = known().id;
    expect(await call(zalo, 'sendChatAction', { chat_id, action: 'typing' })).toEqual({ ok: true });
    expect(await call(zalo, 'sendChatAction', { chat_id, action: 'dancing' })).toMatchObject({ ok: false });
  });

  it('sends stickers anywhere and voice to private chats only', async () => {
    const user = known();
    const group = zalo.group();
    group.say('a');
    const voice_url = 'https://files.example/a.aac';
    expect(await call(zalo, 'sendSticker', { chat_id: group.id, sticker: 's1' })).toMatchObject({ ok: true });
    expect(await call(zalo, 'sendVoice', { chat_id: group.id, voice_url })).toMatchObject({
      error_code: 400,
    });
    expect(await call(zalo, 'sendVoice', { chat_id: user.id, voice_url })).toMatchObject({ ok: true });
    expect(
      await call(zalo, 'sendVoice', { chat_id: user.id, voice_url: 'https://a.example/a.mp3' }),
    ).toMatchObject({ error_code: 400 });
    expect(user.messages()).toMatchObject([{ kind: 'voice', text: voice_url }]);
    expect(group.messages()).toMatchObject([{ kind: 'sticker', text: 's1' }]);
  });
});

describe('Troubles', () => {
  it('refuses, breaks and recovers as often as it is told', async () => {
    const user = known();
    zalo.fault('sendMessage', { kind: 'refuse', code: 429, description: 'quota' }, 2);
    expect(await send(user.id, 'a')).toEqual({ ok: false, error_code: 429, description: 'quota' });
    expect(await send(user.id, 'a')).toMatchObject({ error_code: 429 });
    expect(await send(user.id, 'a')).toMatchObject({ ok: true });
    expect(zalo.calls('sendMessage')).toHaveLength(3);
  });

  it('loses the connection before or after the message is there', async () => {
    const user = known();
    zalo.fault('sendMessage', { kind: 'drop-before' });
    await expect(send(user.id, 'trước')).rejects.toThrow();
    zalo.fault('sendMessage', { kind: 'drop-after' });
    await expect(send(user.id, 'sau')).rejects.toThrow();
    expect(user.messages().map(({ text }) => text)).toEqual(['sau']);
  });

  it('answers with a web page of a gateway, or not at all', async () => {
    const url = `${zalo.apiRoot}/bot${zalo.token}/getMe`;
    zalo.fault('getMe', { kind: 'gateway' });
    const page = await fetch(url);
    expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html']);
    zalo.fault('getMe', { kind: 'hang' });
    await expect(fetch(url, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
    expect(await call(zalo, 'getMe')).toMatchObject({ ok: true });
  });
});
