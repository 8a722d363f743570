// The Zalo stand-in seen with plain requests: who can be reached when and at what price, look-ups, templates.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ZaloUser } from './zalo-oa/people.ts';
import { call, errorOf, tell } from './zalo-oa/plain.ts';
import { startZaloOa, type ZaloOa } from './zalo-oa.ts';

const HOUR = 3_600_000;
/** 10:00 in Viet Nam. */
const MORNING = Date.UTC(2027, 0, 11, 3);

let oa: ZaloOa;
let user: ZaloUser;
beforeEach(async () => {
  oa = await startZaloOa({ at: MORNING });
  user = oa.user();
});
afterEach(() => oa.stop());

/** Moves the clock; the administrator consents anew, so that the token is in force. */
const wait = (hours: number): void => {
  oa.advance(hours * HOUR);
  oa.consent();
};
const errorTo = (id: string = user.id): Promise<number> => errorOf(oa, id, { text: 'a' });
const lookUp = (id: unknown) =>
  call(oa, `/v3.0/oa/user/detail?data=${encodeURIComponent(JSON.stringify({ user_id: id }))}`);

describe('the window', () => {
  it('is free for two days, costs money until the seventh, and is closed then', async () => {
    user.say('125');
    wait(47);
    expect((await tell(oa, user.id, { text: 'a' })).data.quota).toEqual({ quota_type: 'reply' });
    wait(2);
    expect((await tell(oa, user.id, { text: 'a' })).data).not.toHaveProperty('quota');
    expect(user.messages().map(({ charged }) => charged)).toEqual([false, true]);
    expect(oa.charged()).toBe(1);
    oa.set({ wallet: false });
    expect(await errorTo()).toBe(-320);
    oa.set({ wallet: 'empty' });
    expect(await errorTo()).toBe(-321);
    oa.set({ subQuota: 1 });
    expect((await tell(oa, user.id, { text: 'a' })).data.quota).toMatchObject({
      quota_type: 'sub_quota',
      remain: 0,
    });
    wait(120);
    expect(await errorTo()).toBe(-230);
    user.say('tôi đây');
    expect(await errorTo()).toBe(0);
  });

  it('lets three words of welcome through to who only follows', async () => {
    expect(await errorTo()).toBe(-213);
    user.follow();
    expect((await tell(oa, user.id, { text: 'a' })).data.quota).toMatchObject({
      quota_type: 'welcome_msg',
      remain: 2,
    });
    expect([await errorTo(), await errorTo(), await errorTo()]).toEqual([0, 0, -232]);
  });

  it('is opened by every interaction and shut by leaving and blocking', async () => {
    for (const act of [() => user.clickChatNow(), () => user.sendSticker(), () => user.submitInfo()]) {
      wait(200);
      user.follow();
      act();
      expect(await errorTo()).toBe(0);
    }
    user.unfollow();
    expect(await errorTo()).toBe(-213);
    user.say('lại đây');
    expect(await errorTo()).toBe(0);
    user.block();
    expect(await errorTo()).toBe(-217);
    user.block(-244);
    expect(await errorTo()).toBe(-244);
    user.unblock();
    expect(await errorTo()).toBe(0);
  });

  it('does not mix up people whose ids are the same as numbers', async () => {
    const other = oa.user();
    expect(Number(other.id)).toBe(Number(user.id));
    other.say('tôi');
    expect([await errorTo(), await errorTo(other.id)]).toEqual([-213, 0]);
    oa.set({ unknownUser: -232 });
    expect(await errorTo('9999999999999999999')).toBe(-232);
  });
});

describe('look-ups', () => {
  it('tell of people who had to do with the OA', async () => {
    expect((await lookUp(user.id)).error).toBe(-213);
    user.say('chào');
    user.submitInfo();
    expect((await lookUp(user.id)).data).toMatchObject({
      user_id: user.id,
      display_name: user.name,
      user_is_follower: false,
      user_last_interaction_date: '11/01/2027',
      shared_info: { phone: user.phone },
    });
    expect((await lookUp(Number(user.id))).error).toBe(-201);
    expect((await call(oa, '/v3.0/oa/user/detail?data=x')).error).toBe(-201);
    expect((await call(oa, `/v3.0/oa/user/detail?user_id=${user.id}`)).error).toBe(-201);
  });

  it('tell what may still be sent', async () => {
    const path = '/v3.0/oa/quota/message';
    user.say('chào');
    const { data } = await call(oa, path, { user_id: user.id });
    expect(data).toMatchObject({
      cs_reply: { remain: 8 },
      last_interaction: expect.stringMatching(/^\d{13}$/),
    });
    oa.set({ subQuota: 500 });
    const whole = { quota_owner: 'OA', product_type: 'cs', quota_type: 'sub_quota' };
    expect((await call(oa, path, whole)).data).toMatchObject([{ total: 500, remain: 500 }]);
    expect((await call(oa, path, { ...whole, quota_type: 'x' })).error).toBe(-201);
  });
});

describe('templates', () => {
  const byUser = (data: object, id = '312345') =>
    call(oa, '/v3.0/oa/message/template', { user_id: user.id, template_id: id, template_data: data });
  const byPhone = (more: object = {}) => {
    const body = {
      phone: user.phone,
      template_id: '312345',
      template_data: { ky: 'quý I' },
      tracking_id: 't1',
    };
    return call(oa, '/message/template', { ...body, ...more }, undefined, oa.zbsRoot);
  };
  beforeEach(() => {
    user.say('chào');
    const params = [
      { name: 'ky', maxLength: 10 },
      { name: 'so', maxLength: 3, required: false },
    ];
    oa.template({ id: '312345', text: 'Kỳ <ky> còn <so> chỉ tiêu', params });
  });

  it('reach people long after the window, silently at night', async () => {
    wait(30 * 24);
    const { data } = await byUser({ ky: 'quý I', so: '12' });
    expect(data).toMatchObject({ user_id: user.id, message_id: user.messages()[0]?.id });
    expect(user.messages()[0]).toMatchObject({ kind: 'template', text: 'Kỳ quý I còn 12 chỉ tiêu' });
    expect(user.messages()[0]?.silent).toBeUndefined();
    wait(12);
    await byUser({ ky: 'quý I' });
    expect(user.messages()[1]?.silent).toBe(true);
    wait(366 * 24);
    expect((await byUser({ ky: 'quý I' })).error).toBe(-232);
  });

  it('are checked against what was registered', async () => {
    expect((await byUser({})).error).toBe(-1122);
    expect((await byUser({ ky: 'quá dài quá dài' })).error).toBe(-1121);
    expect((await byUser({ ky: 1 })).error).toBe(-1124);
    expect((await byUser({ ky: 'I', la: 'x' })).error).toBe(-112);
    expect((await byUser({ ky: 'I' }, '1')).error).toBe(-109);
    oa.set({ wallet: false });
    expect((await byUser({ ky: 'I' })).error).toBe(-136);
    oa.template({ id: '312345', params: [], status: 'PENDING_REVIEW' });
    expect((await byUser({})).error).toBe(-131);
    oa.template({ id: '312345', params: [], uid: false });
    expect((await byUser({})).error).toBe(-249);
  });

  it('go by phone too, by day', async () => {
    expect((await byPhone()).data).toMatchObject({ sending_mode: '1', msg_id: user.messages()[0]?.id });
    expect((await byPhone({ phone: '0900000001' })).error).toBe(-108);
    expect((await byPhone({ phone: '84999999999' })).error).toBe(-118);
    expect((await byPhone({ tracking_id: 'x'.repeat(49) })).error).toBe(-112);
    wait(12);
    expect((await byPhone()).error).toBe(-133);
    const info = await call(oa, '/template/info/v2?template_id=312345', undefined, undefined, oa.zbsRoot);
    expect(info.data).toMatchObject({ status: 'ENABLE', price_uid: '560', listParams: [{ name: 'ky' }, {}] });
  });
});
