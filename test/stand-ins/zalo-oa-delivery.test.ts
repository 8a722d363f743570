// How the Zalo stand-in delivers events: repetitions, and every way to be late, doubled, out of order or forged.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ear, isSigned, openHeard } from './zalo-oa/ear.ts';
import type { ZaloUser } from './zalo-oa/people.ts';
import type { ZaloOa } from './zalo-oa.ts';

let oa: ZaloOa;
let user: ZaloUser;
let ear: Ear;
let close: () => Promise<void>;
beforeEach(async () => {
  ({ oa, user, ear, close } = await openHeard());
});
afterEach(() => close());

describe('delivery', () => {
  it('is repeated with the same bytes and a count until it is taken', async () => {
    ear.answers.push(500, 302);
    user.say('125');
    await oa.settled();
    expect(ear.heard.map(({ headers }) => headers.num_retry)).toEqual([undefined, '1', '2']);
    expect(new Set(ear.heard.map(({ raw }) => raw)).size).toBe(1);
    expect(oa.deliveries()).toMatchObject([
      { event: 'user_send_text', status: 500, attempt: 0 },
      { status: 302, attempt: 1 },
      { status: 200, attempt: 2 },
    ]);
  });

  it('holds on while nobody listens, and goes to the new address', async () => {
    oa.deliverTo('http://127.0.0.1:1/');
    user.say('một');
    user.say('hai');
    await expect.poll(() => oa.deliveries().length, { timeout: 20_000 }).toBeGreaterThan(10);
    oa.deliverTo(ear.url);
    await oa.settled();
    expect(ear.texts().sort()).toEqual(['hai', 'một']);
    expect(oa.deliveries()[0]?.status).toBe('failed');
  });

  it('ends with the webhook switched off when the test wants it so', async () => {
    oa.set({ disables: true });
    ear.answers.push(500, 500, 500, 500);
    user.say('một');
    await oa.settled();
    expect(oa.deliveries()).toHaveLength(4);
    expect(oa.webhook()).toBeUndefined();
    user.say('hai');
    await oa.settled();
    expect(ear.texts()).not.toContain('hai');
  });

  it('counts a late answer as a failure, unless only connections count', async () => {
    oa.set({ answerWithin: 400 });
    ear.answers.push('hang');
    user.say('một');
    await oa.settled();
    expect(oa.deliveries()[0]).toMatchObject({ status: 'late', attempt: 0 });
    expect(oa.deliveries()[1]).toMatchObject({ attempt: 1 });
    oa.set({ answerWithin: 10_000, retryOn: 'connection' });
    const before = oa.deliveries().length;
    ear.answers.push(500);
    user.say('hai');
    await oa.settled();
    expect(oa.deliveries().slice(before)).toMatchObject([{ status: 500 }]);
  });

  it('keeps the order of a person, or not, or brings everything twice', async () => {
    for (const text of ['1', '2', '3']) user.say(text);
    await oa.settled();
    oa.set({ disorder: true });
    for (const text of ['4', '5', '6']) user.say(text);
    await oa.settled();
    oa.set({ disorder: false, duplicates: true });
    user.say('7');
    user.say('8');
    await oa.settled();
    expect(ear.texts()).toEqual(['1', '2', '3', '5', '4', '6', '7', '8', '7', '8']);
    expect(ear.heard[6]?.raw).toBe(ear.heard[8]?.raw);
  });

  it('can be kept back, and come again', async () => {
    const held = user.say('trước', { hold: true });
    user.say('sau');
    const sticker = oa.hold(() => user.sendSticker());
    await oa.settled();
    held.release();
    await oa.settled();
    held.again();
    await oa.settled();
    expect(ear.texts()).toEqual(['sau', 'trước', 'trước']);
    expect(
      oa
        .deliveries()
        .map(({ id }) => id)
        .slice(1),
    ).toEqual([held.id, held.id]);
    sticker.release();
    await oa.settled();
    expect(ear.heard[3]?.name).toBe('user_send_sticker');
  });

  it('can come all at once', async () => {
    oa.set({ answerWithin: 10_000 });
    ear.answers.push('hang', 'hang', 'hang');
    oa.burst(() => {
      for (const text of ['1', '2', '3']) user.say(text);
    });
    await expect.poll(() => ear.texts().sort(), { timeout: 20_000 }).toEqual(['1', '2', '3']);
    expect(oa.deliveries()).toEqual([]);
  });

  it('brings the console’s test and strangers, whose signatures are worth nothing', async () => {
    expect(await oa.probe()).toMatchObject({ status: 200 });
    await oa.probe('unverifiable');
    await oa.forge(user.id, 'giả');
    await oa.forge(user.id, 'giả', 'changed');
    await oa.forge(user.id, 'giả', 'unsigned');
    oa.event('change_template_status', { template_id: '1', status: 'ENABLE' });
    await oa.settled();
    expect(ear.heard.map((each) => isSigned(oa, each))).toEqual([false, false, false, false, false, true]);
    expect(ear.heard[0]?.headers).not.toHaveProperty('x-zevent-signature');
    expect(ear.bodies()[5]).toMatchObject({ template_id: '1' });
  });
});
