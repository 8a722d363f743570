// The Zalo stand-in seen with plain requests: tokens, and the shapes and limits of messages.
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ZaloUser } from './zalo-oa/people.ts';
import { buttonsOf, CS, call, errorOf, file, media, refresh, tell, token } from './zalo-oa/plain.ts';
import { startZaloOa, type ZaloOa } from './zalo-oa.ts';

const HOUR = 3_600_000;
const show = (title: string, payload: unknown = '#ct:1') => ({ title, type: 'oa.query.show', payload });
let oa: ZaloOa;
let user: ZaloUser;
beforeEach(async () => {
  oa = await startZaloOa();
  user = oa.user();
  user.say('chào');
});
afterEach(() => oa.stop());

describe('tokens', () => {
  it('are renewed once, and both old ones die with it', async () => {
    const old = oa.tokens().access;
    const pair = await refresh(oa, oa.refreshToken);
    expect(pair).toEqual({
      access_token: oa.tokens().access,
      refresh_token: oa.tokens().refresh,
      expires_in: '90000',
    });
    expect(await call(oa, '/v2.0/oa/getoa', undefined, { access_token: old })).toMatchObject({
      error: -220,
      status: 200,
    });
    expect(await refresh(oa, oa.refreshToken)).toMatchObject({ error: -14014, ref_doc: expect.any(String) });
    expect((await call(oa, '/v2.0/oa/getoa')).data).toMatchObject({ oaid: oa.oaId, oa_type: 4 });
    expect(oa.tokens()).toMatchObject({ refreshes: 1, refused: 1 });
  });

  it('end after 25 hours and three months', async () => {
    oa.advance(25 * HOUR);
    expect(await errorOf(oa, user.id, { text: 'a' })).toBe(-220);
    oa.advance(90 * 24 * HOUR);
    expect(await refresh(oa, oa.refreshToken)).toMatchObject({ error: -14014 });
    expect(await refresh(oa, oa.consent())).toMatchObject({ expires_in: '90000' });
  });

  it('are given for the right app, secret and code only', async () => {
    const form = { grant_type: 'refresh_token', refresh_token: oa.refreshToken };
    expect(await token(oa, { ...form, app_id: '1' })).toMatchObject({ error: -14002 });
    expect(await token(oa, form, 'wrong')).toMatchObject({ error: -14004 });
    expect(await token(oa, { ...form, grant_type: 'password' })).toMatchObject({ error: -14006 });
    expect(await call(oa, '/v4/oa/access_token', form, {}, oa.oauthRoot)).toMatchObject({ error: -14006 });
    const verifier = 'v'.repeat(43);
    const code = oa.consentCode(createHash('sha256').update(verifier).digest('base64url'));
    const redeem = { grant_type: 'authorization_code', code, code_verifier: verifier };
    expect(await token(oa, redeem)).toMatchObject({ access_token: oa.tokens().access });
    expect(await token(oa, redeem)).toMatchObject({ error: -14012 });
    expect(
      await token(oa, { ...redeem, code: oa.consentCode('other'), code_verifier: verifier }),
    ).toMatchObject({ error: -14011 });
  });

  it('travel in their own header and nowhere else', async () => {
    const { access } = oa.tokens();
    const path = '/v2.0/oa/getoa';
    expect((await call(oa, path, undefined, {})).error).toBe(-216);
    expect((await call(oa, path, undefined, { authorization: `Bearer ${access}` })).error).toBe(-216);
    expect((await call(oa, path, undefined, { access_token: oa.tokens().refresh })).error).toBe(-216);
    expect((await call(oa, `${path}?access_token=${access}`)).status).toBe(404);
    expect((await call(oa, '/template/info/v2?template_id=1', undefined, {}, oa.zbsRoot)).error).toBe(-124);
  });
});

describe('a consultation message', () => {
  it('arrives and is answered with strings', async () => {
    const { data, error, headers } = await tell(oa, user.id, { text: 'Xin chào' });
    const [seen] = user.messages();
    expect(error).toBe(0);
    expect(data).toEqual({
      message_id: seen?.id,
      user_id: user.id,
      sent_time: String(seen?.at),
      quota: { quota_type: 'reply' },
    });
    expect(seen).toMatchObject({ kind: 'text', text: 'Xin chào', quotaType: 'reply', charged: false });
    expect(headers.get('x-ratelimit-limit')).toBe('4000');
    expect(headers.get('x-ratelimit-remain')).toBe('3999');
    expect(oa.calls(CS)).toMatchObject([{ error: 0, body: { message: { text: 'Xin chào' } } }]);
  });

  it('is refused when it is too long or not as documented', async () => {
    expect(await errorOf(oa, user.id, { text: 'á'.repeat(2000) })).toBe(0);
    expect(await errorOf(oa, user.id, { text: 'á'.repeat(2001) })).toBe(-210);
    for (const message of [
      {},
      { text: '' },
      { text: 5 },
      { text: 'a', parse_mode: 'HTML' },
      { text: 'a', quote_message_id: 'unknown' },
      { attachment: { type: 'image', payload: { attachment_id: 'x' } } },
      { text: 'caption', ...file('x') },
      file('x'),
      media({ media_type: 'image' }),
      media({ media_type: 'image', url: 'http://127.0.0.1/a.png' }),
      media({ media_type: 'gif', url: 'https://example.vn/a.gif' }),
    ])
      expect(await errorOf(oa, user.id, message), JSON.stringify(message)).toBe(-201);
    expect(await tell(oa, user.id, { text: 7 })).toMatchObject({ message: 'text is invalid!', status: 200 });
    expect((await call(oa, CS, { recipient: { user_id: 5 }, message: { text: 'a' } })).error).toBe(-201);
    const list = { template_type: 'list', elements: [{}] };
    expect(await errorOf(oa, user.id, { attachment: { type: 'template', payload: list } })).toBe(-233);
    oa.set({ errorStatus: 400 });
    expect(await tell(oa, user.id, {})).toMatchObject({ error: -201, status: 400 });
    expect(user.messages()).toHaveLength(1);
  });

  it('may quote, ask for contact details, and show a picture by its address', async () => {
    expect(await errorOf(oa, user.id, { text: 'a', quote_message_id: user.say('hỏi') })).toBe(0);
    const element = { title: 'Xin số', subtitle: 'Để liên hệ', image_url: 'https://example.vn/a.png' };
    const payload = { template_type: 'request_user_info', elements: [element] };
    expect(await errorOf(oa, user.id, { attachment: { type: 'template', payload } })).toBe(0);
    expect(await errorOf(oa, user.id, media({ media_type: 'image', url: 'https://example.vn/a.png' }))).toBe(
      0,
    );
    expect(user.messages().map(({ kind }) => kind)).toEqual(['text', 'request', 'image']);
  });

  it('has at most five buttons, none of them too long', async () => {
    expect(await errorOf(oa, user.id, buttonsOf(Array(5).fill(show('Có'))))).toBe(0);
    expect(user.messages()[0]?.buttons[4]).toEqual(show('Có'));
    for (const buttons of [
      Array(6).fill(show('Có')),
      [],
      [show('a'.repeat(101))],
      [show('Có', 'a'.repeat(1001))],
      [show('Có', { content: 'x' })],
      [{ ...show('Có'), type: 'postback' }],
      [{ title: 'Mở', type: 'oa.open.url', payload: 'https://example.vn' }],
    ])
      expect(await errorOf(oa, user.id, buttonsOf(buttons)), JSON.stringify(buttons)).toBe(-201);
    const { attachment } = buttonsOf([show('Có')]);
    expect(await errorOf(oa, user.id, { attachment })).toBe(-201);
    oa.set({ buttonError: -210 });
    expect(await errorOf(oa, user.id, buttonsOf(Array(6).fill(show('Có'))))).toBe(-210);
    oa.set({ buttons: 'refused' });
    expect(await errorOf(oa, user.id, buttonsOf([show('Có')]))).toBe(-233);
    oa.set({ buttonsRefused: -201 });
    expect(await errorOf(oa, user.id, buttonsOf([show('Có')]))).toBe(-201);
    expect(await errorOf(oa, user.id, { text: 'không nút' })).toBe(0);
  });

  it('goes nowhere else', async () => {
    const body = { recipient: { user_id: user.id }, message: { text: 'a' } };
    const bare = { status: 404, message: 'empty or invalid API' };
    expect(await call(oa, '/v3.0/oa/message', body)).toMatchObject(bare);
    expect(await call(oa, CS)).toMatchObject(bare);
    expect(await call(oa, CS, body, undefined, oa.zbsRoot)).toMatchObject(bare);
    expect((await call(oa, '/v2.0/oa/message', body)).error).toBe(-240);
    expect((await call(oa, '/v3.0/oa/message/transaction', body)).error).toBe(-233);
  });
});
