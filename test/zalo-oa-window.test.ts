// When Zalo lets the account write to a person: free for 48 hours, for money until the seventh day, and a knock by template after that.
import { afterEach, describe, expect, it } from 'vitest';
import type { Sending } from '../src/channels/channel.ts';
import type { ZaloUser } from './stand-ins/zalo-oa/people.ts';
import type { Template } from './stand-ins/zalo-oa/world.ts';
import { type Bench, CS, HOUR, openBench, sending, shown } from './stand-ins/zalo-oa-bench.ts';

const KNOCK = '/v3.0/oa/message/template';
const INFO = '/template/info/v2';
const TEMPLATE: Template = {
  id: '271828',
  text: 'Kính gửi <ho_ten> (<don_vi>): <noi_dung>. Ngày <ngay>.',
  params: ['ho_ten', 'don_vi', 'noi_dung', 'ngay'].map((name) => ({ name, maxLength: 100 })),
};

let bench: Bench;
let person: ZaloUser;
let heardAt: string;

const open = async (options: Parameters<typeof openBench>[0] = {}): Promise<void> => {
  bench = await openBench(options);
  person = bench.zalo.user();
  person.say('chào');
  heardAt = new Date(bench.zalo.now()).toISOString();
};
const openWithTemplate = async (template: Template = TEMPLATE, options = {}): Promise<void> => {
  await open({ reminderTemplate: template.id, ...options });
  bench.zalo.template(template);
};
afterEach(() => bench.close());

const send = (text = 'Kỳ báo cáo quý III sắp đến hạn', more: Partial<Sending> = {}) =>
  bench.channel.send(sending(person.id, text, { heardAt, ...more }));
const seen = (): string[] => shown(person.messages());

describe('without paid messages', () => {
  it('is free for 48 hours after the last word', async () => {
    await open();
    bench.zalo.advance(48 * HOUR - 60_000);
    expect(await send()).toMatchObject({ outcome: 'sent' });
    expect(person.messages()[0]?.quotaType).toBe('reply');
  });

  it('holds back what would cost money, without asking Zalo', async () => {
    await open();
    bench.zalo.advance(48 * HOUR + 60_000);
    expect(await send()).toEqual({
      outcome: 'held',
      hold: 'window',
      why: 'the person was last heard from 48 hours ago',
    });
    expect(bench.zalo.calls(CS)).toEqual([]);
    expect(bench.zalo.charged()).toBe(0);
  });

  it('sends again once the person was heard from', async () => {
    await open();
    bench.zalo.advance(60 * HOUR);
    person.say('tôi đây');
    expect(await send('Vâng', { heardAt: new Date(bench.zalo.now()).toISOString() })).toMatchObject({
      outcome: 'sent',
    });
  });

  it('just tries when it is not known when the person was heard from, and believes Zalo', async () => {
    await open();
    bench.zalo.advance(200 * HOUR);
    const result = await bench.channel.send(sending(person.id, 'Chào anh/chị'));
    expect(result).toMatchObject({
      outcome: 'held',
      hold: 'window',
      why: expect.stringMatching(/^Zalo -230/),
    });
  });
});

describe('with paid messages', () => {
  it('sends until the seventh day', async () => {
    await open({ paid: true });
    expect(bench.channel.can.window).toEqual({ free: 48, paid: 168 });
    bench.zalo.advance(167 * HOUR);
    expect(await send()).toMatchObject({ outcome: 'sent' });
    expect(bench.zalo.charged()).toBe(1);
    bench.zalo.advance(2 * HOUR);
    expect(await send()).toMatchObject({ outcome: 'held', hold: 'window' });
  });

  it.each([
    [false, -320],
    ['empty', -321],
  ] as const)('holds them when the account that pays is %s (%i)', async (wallet, code) => {
    await open({ paid: true });
    bench.zalo.set({ wallet });
    bench.zalo.advance(50 * HOUR);
    expect(await send()).toMatchObject({
      outcome: 'held',
      hold: 'unpaid',
      why: expect.stringContaining(`Zalo ${code}`),
    });
  });
});

describe('the knock', () => {
  it('tells the person by template that something waits, once in twenty hours', async () => {
    await openWithTemplate();
    bench.zalo.advance(170 * HOUR);
    const to = { name: 'Trần Thị Lan', unit: 'UBND xã Ngã Năm' };
    const first = await send('Kỳ báo cáo\n\nquý III sắp đến hạn', { to });
    expect(first).toMatchObject({ outcome: 'held', hold: 'window', knocked: true });
    const words =
      'template:Kính gửi Trần Thị Lan (UBND xã Ngã Năm): Kỳ báo cáo quý III sắp đến hạn. Ngày 27/11/2026.';
    expect(seen()).toEqual([words]);
    // The second message is held before anybody has been told of the first one's knock.
    expect(await send('Tin thứ hai')).toEqual({
      outcome: 'held',
      hold: 'window',
      why: expect.stringContaining('170 hours'),
    });
    bench.zalo.advance(2 * HOUR);
    const knockedAt = new Date(bench.zalo.now() - 3 * HOUR).toISOString();
    await send('Tin thứ ba', { knockedAt });
    expect(person.messages()).toHaveLength(1);
    bench.zalo.advance(20 * HOUR);
    expect(await send('Tin thứ tư', { knockedAt })).toMatchObject({ knocked: true });
    expect(person.messages()).toHaveLength(2);
  });

  it('is not repeated after a restart, as the one who asks remembers it', async () => {
    await openWithTemplate();
    bench.zalo.advance(60 * HOUR);
    // 10:00 + 60 h is 22:00; the morning after.
    bench.zalo.advance(11 * HOUR);
    const knockedAt = new Date(bench.zalo.now() - 19 * HOUR).toISOString();
    expect(await send('Tin', { knockedAt })).not.toHaveProperty('knocked');
    expect(person.messages()).toEqual([]);
  });

  it('knows what to write when name and unit are not known, in composed letters and not too long', async () => {
    await openWithTemplate();
    bench.zalo.advance(170 * HOUR);
    await send(`${'Số liệu '.repeat(30)}`.normalize('NFD'));
    const data = person.messages()[0]?.template?.data;
    expect(data).toMatchObject({ ho_ten: 'anh/chị', don_vi: 'đơn vị của anh/chị' });
    expect(data?.noi_dung).toMatch(/^(Số liệu )+.*…$/);
    expect(data?.noi_dung?.length).toBeLessThanOrEqual(90);
  });

  it('keeps to what the template allows and needs', async () => {
    await openWithTemplate({
      id: '31',
      params: [
        { name: 'noi_dung', maxLength: 20 },
        { name: 'khac', maxLength: 5, required: false },
      ],
    });
    bench.zalo.advance(170 * HOUR);
    await send();
    expect(person.messages()[0]?.template?.data).toEqual({ noi_dung: 'Kỳ báo cáo quý III…' });
  });

  it('waits for the morning at night', async () => {
    await openWithTemplate();
    // 10:00 + 60 h: ten in the evening.
    bench.zalo.advance(60 * HOUR);
    const result = await send();
    expect(result).toMatchObject({ outcome: 'held', seconds: expect.any(Number) });
    expect(bench.zalo.calls(KNOCK)).toEqual([]);
    const seconds = result.outcome === 'held' ? (result.seconds ?? 0) : 0;
    // 22:00:05 until 07:00.
    expect(Math.abs(seconds - (9 * 3600 - 5))).toBeLessThanOrEqual(2);
    bench.zalo.advance(seconds * 1000);
    expect(await send('Tin', { attempts: 1 })).toMatchObject({ outcome: 'held', knocked: true });
  });

  it('comes after Zalo itself said that the person is out of reach', async () => {
    await openWithTemplate();
    bench.zalo.advance(170 * HOUR);
    expect(await bench.channel.send(sending(person.id, 'Chào'))).toMatchObject({
      outcome: 'held',
      hold: 'window',
      knocked: true,
    });
  });

  it('counts as given when its answer is lost', async () => {
    await openWithTemplate();
    bench.zalo.advance(170 * HOUR);
    bench.zalo.fault(KNOCK, { kind: 'drop-after' });
    expect(await send()).toMatchObject({ outcome: 'held', knocked: true });
    expect(person.messages()).toHaveLength(1);
  });

  it('is tried again when Zalo is not there', async () => {
    await openWithTemplate();
    bench.zalo.advance(170 * HOUR);
    bench.zalo.fault(INFO, { kind: 'gateway' });
    expect(await send()).toMatchObject({ outcome: 'retry' });
    bench.zalo.fault(KNOCK, { kind: 'gateway' });
    expect(await send()).toMatchObject({ outcome: 'retry' });
    expect(await send()).toMatchObject({ outcome: 'held', knocked: true });
  });

  it('finds out that the person blocked the account', async () => {
    await openWithTemplate();
    person.block(-217);
    bench.zalo.advance(170 * HOUR);
    expect(await send()).toMatchObject({ outcome: 'held', hold: 'blocked' });
  });

  it('that is refused is told to the coordinators and the operator once, and forgotten when one succeeds', async () => {
    await openWithTemplate();
    bench.zalo.advance(170 * HOUR);
    bench.zalo.set({ wallet: false });
    expect(await send()).toEqual({ outcome: 'held', hold: 'window', why: expect.any(String) });
    await send();
    const why = 'Zalo -136: OA has not linked a Zalo Cloud Account';
    expect(bench.channel.notices()).toEqual([{ kind: 'refused', channel: 'zalo-oa', why }]);
    expect(bench.alarms).toHaveLength(1);
    bench.zalo.set({ wallet: true });
    expect(await send()).toMatchObject({ knocked: true });
    expect(bench.channel.notices()).toEqual([]);
  });

  it.each([-249, -131, -1121])('that is refused with %i leaves the message held', async (code) => {
    await openWithTemplate();
    bench.zalo.advance(170 * HOUR);
    bench.zalo.fault(KNOCK, { kind: 'error', code });
    expect(await send()).toMatchObject({ outcome: 'held', hold: 'window' });
    expect(bench.channel.notices()).toHaveLength(1);
  });
});

describe('a template that cannot be used', () => {
  const warnings = () => bench.log.filter(({ level }) => level === 'warn');

  it.each<[string, Partial<Template>, RegExp]>([
    [
      'needs what we do not know',
      { params: [{ name: 'so_tien', maxLength: 9 }] },
      /unknown parameters: so_tien/,
    ],
    ['is not approved', { status: 'PENDING_REVIEW' }, /PENDING_REVIEW/],
  ])('because it %s is named at the start and left alone', async (_, change, why) => {
    await openWithTemplate({ ...TEMPLATE, ...change });
    await bench.start();
    await expect
      .poll(warnings)
      .toMatchObject([{ data: { template: TEMPLATE.id, why: expect.stringMatching(why) } }]);
    bench.zalo.advance(170 * HOUR);
    await send();
    expect(bench.zalo.calls(KNOCK)).toEqual([]);
  });

  it('because Zalo does not know it is named as well', async () => {
    await open({ reminderTemplate: '99' });
    await bench.start();
    await expect.poll(warnings).toMatchObject([{ data: { why: 'Zalo -109: Template ID is invalid' } }]);
  });

  it('is used once it is put right', async () => {
    await openWithTemplate({ ...TEMPLATE, status: 'PENDING_REVIEW' });
    bench.zalo.advance(170 * HOUR);
    expect(await send()).not.toHaveProperty('knocked');
    bench.zalo.template(TEMPLATE);
    bench.zalo.advance(2 * HOUR);
    expect(await send()).toMatchObject({ knocked: true });
  });
});
