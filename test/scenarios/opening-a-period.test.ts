// A coordinator opens a reporting period in the chat, with buttons and with typed marks, and everybody concerned is told once.
import { beforeEach, describe, expect, it } from 'vitest';
import { readAction } from '../../flows/actions.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import { shortHash } from '../../src/domain/hash.ts';
import type { Unit } from '../../src/domain/people.ts';
import { openAction } from '../../src/text/period.ts';
import { shownTo } from '../support/said.ts';
import { markOf, typing } from '../support/typed.ts';
import { buttonsOf, createWorld, type Seen, type World } from '../support/world.ts';

const NOW = '2026-11-20T02:00:00.000Z';
const FORM = 'ubnd-thi-xa-nga-nam';
const below = (id: string, name: string, kind: string, rest: Partial<Unit> = {}): Unit => ({
  ...{ id, name, kind, parent: 'so' },
  ...rest,
});
const UNITS = [
  below('31732', 'Phường Ngã Năm', 'phường'),
  below('31753', 'Phường Mỹ Quới', 'phường'),
  below('31741', 'Xã Tân Long', 'xã'),
  below('31999', 'Xã Đã Sáp Nhập', 'xã', { validTo: '2026-06-30' }),
  below('92000', 'Phường Bồ Đề', 'phường', { parent: 'khac' }),
  { id: 'khac', name: 'Sở Khác', kind: 'sở' },
];
let world: World;

beforeEach(async () => {
  world = await createWorld({
    ...{ template: FORM, unit: 'UBND thị xã Ngã Năm', period: '2026-Q3', now: NOW, units: UNITS },
  });
});

const shown = (seen: readonly Seen[], who: string): string => shownTo(who, seen);
const opened = async (): Promise<readonly Campaign[]> =>
  (await world.storage.campaigns()).filter(({ id }) => id !== 'k1');

/** As far as the summary, for all units and the year. */
async function toCheck(who: string): Promise<string> {
  await world.say(who, '/moky');
  await world.press(who, world.template.name);
  await world.press(who, 'Năm 2026');
  return shown(await world.press(who, 'Tất cả'), who);
}

describe('Opening a period with buttons', () => {
  let binh: string;
  let lan: string;
  beforeEach(async () => {
    binh = await world.join('binh', 'coordinator', 'so');
    lan = await world.join('lan', 'officer', '31732');
    await world.join('sep', 'leader', '31732');
    await world.join('khac', 'officer', '92000');
  });

  it('asks form, period and units, and shows everything with its defaults before anything is opened', async () => {
    const forms = shown(await world.say(binh, '/moky'), binh);
    expect(forms).toContain('175 chỉ tiêu');
    const periods = shown(await world.press(binh, world.template.name), binh);
    for (const each of ['[Năm 2026 (chốt 14/12/2026)]', '[Quý I năm 2027', '[9 tháng đầu năm 2026'])
      expect(periods).toContain(each);
    const units = shown(await world.press(binh, 'Năm 2026'), binh);
    expect(units).toContain('4 đơn vị');
    expect(units).toContain('[Các phường (2)]');
    const check = shown(await world.press(binh, 'Tất cả 4 đơn vị'), binh);
    expect(check).toContain('Số liệu từ ngày 15/12/2025 đến hết ngày 14/12/2026');
    expect(check).toContain('Hạn nộp: *16 giờ 00 ngày 16/12/2026*');
    expect(check).toContain('Hạn tổng hợp: 16 giờ 00 ngày 18/12/2026');
    expect(check).toContain('trước hạn 7, 3, 1 ngày và trong ngày hạn, lúc 08 giờ 00');
    expect(check).toContain('duyệt trước khi gửi: không');
    expect(check).toContain('2 người được báo ngay; 3 đơn vị chưa có ai');
    expect(await opened()).toEqual([]);
  });

  it('says that a deadline is on a weekend, and ends with one word', async () => {
    await toCheck(binh);
    await world.press(binh, 'Đổi hạn nộp');
    expect(shown(await world.say(binh, '19/12'), binh)).toContain('⚠ Hạn nộp rơi vào thứ bảy.');
    await world.press(binh, 'Đổi hạn nộp');
    expect(shown(await world.say(binh, 'thứ sáu 18/12'), binh)).not.toContain('rơi vào');
    expect(shown(await world.say(binh, 'thôi'), binh)).toContain('chưa mở kỳ báo cáo nào');
    expect(await opened()).toEqual([]);
  });

  it('opens it, tells every officer and leader once with a button that begins, and names the units without anybody', async () => {
    await toCheck(binh);
    const seen = await world.press(binh, 'Mở kỳ báo cáo');
    const [campaign, ...more] = await opened();
    expect(more).toEqual([]);
    expect(campaign).toMatchObject({
      ...{ id: `${FORM}-2026-n`, office: 'so', due: '2026-12-16T09:00:00.000Z', cutoff: '2026-12-14' },
      ...{ passOnBy: '2026-12-18T09:00:00.000Z', units: ['u1', '31732', '31753', '31741'] },
    });
    expect(seen.map(({ conversation }) => conversation).sort()).toEqual([
      'test:binh',
      'test:lan',
      'test:sep',
    ]);
    const told = shown(seen, lan);
    for (const each of [
      'Năm 2026',
      'Phường Ngã Năm',
      '175 chỉ tiêu',
      '16 giờ 00 ngày 16/12/2026',
      '[Bắt đầu]',
    ])
      expect(told).toContain(each);
    expect(shown(seen, binh)).toContain('đã báo 2 người');
    expect(shown(seen, binh)).toContain('Xã Tân Long');
    expect(shown(seen, binh)).toContain('/moi');
    expect(shown(await world.press(lan, 'Bắt đầu'), lan)).toContain('tiếp tục ở I.1');
    const history = await world.storage.history(`campaign:${campaign?.id}`);
    expect(history).toHaveLength(1);
    expect(history[0]?.by).toMatch(/\S/);
  });

  it('opens nothing twice, nor what another draft’s button shows', async () => {
    await toCheck(binh);
    const old = buttonsOf(world.transcript(binh).at(-1) ?? { text: [] }).find(
      ({ label }) => label === 'Mở kỳ báo cáo',
    );
    await world.press(binh, 'Đổi hạn nộp');
    await world.say(binh, '17/12');
    const refused = shown(await world.press(binh, old?.action ?? ''), binh);
    expect(refused).toContain('chưa mở gì');
    expect(refused).toContain('17/12/2026');
    expect(await opened()).toEqual([]);
    await world.press(binh, 'Mở kỳ báo cáo');
    expect(await opened()).toHaveLength(1);
    expect(shown(await world.press(binh, 'Mở kỳ báo cáo'), binh)).toContain('không còn');
    expect(await opened()).toHaveLength(1);
  });

  it('says that such a period is open already, and opens another only when that is meant', async () => {
    await toCheck(binh);
    await world.press(binh, 'Mở kỳ báo cáo');
    const again = await toCheck(binh);
    expect(again).toContain('⚠ Đã có kỳ đang mở');
    expect(again).not.toContain('[Mở kỳ báo cáo]');
    await world.press(binh, 'Vẫn mở thêm');
    expect((await opened()).map(({ id }) => id).sort()).toEqual([`${FORM}-2026-n`, `${FORM}-2026-n-2`]);
  });

  it('asks back for Quý II and Quý IV', async () => {
    await world.say(binh, '/moky');
    await world.press(binh, world.template.name);
    const asked = shown(await world.say(binh, 'quý 2/2027'), binh);
    expect(asked).toContain('[Đúng, 6 tháng đầu năm 2027]');
    expect(asked).toContain('15/12/2026 đến hết ngày 14/6/2027');
    await world.press(binh, 'Đúng, 6 tháng');
    expect(shown(await world.press(binh, 'Tất cả'), binh)).toContain('6 tháng đầu năm 2027');
    await world.press(binh, 'Đổi kỳ');
    await world.say(binh, 'quý 4/2026');
    await world.press(binh, 'Vẫn mở Quý IV');
    await world.press(binh, 'Mở kỳ báo cáo');
    expect(await opened()).toMatchObject([{ period: { kind: 'quarter', quarter: 4, year: 2026 } }]);
  });

  it('takes every setting in words, and refuses what cannot be', async () => {
    await toCheck(binh);
    const tries = async (what: string, words: readonly (readonly [string, string])[]) => {
      await world.press(binh, what);
      for (const [typed, said] of words) expect(shown(await world.say(binh, typed), binh)).toContain(said);
    };
    await tries('Đổi hạn nộp', [
      ['1/11/2026', 'đã qua'],
      ['13/12', 'sớm hơn ngày chốt số liệu 14/12/2026'],
      ['thứ sáu', 'Chưa hiểu ngày giờ'],
      ['16/12/2062', 'quá xa'],
      ['16h30 ngày 17/12', 'Hạn nộp: *16 giờ 30 ngày 17/12/2026*'],
    ]);
    await tries('Đổi hạn tổng hợp', [
      ['16/12', 'sớm hơn hạn nộp'],
      ['10h 21/12', 'Hạn tổng hợp: 10 giờ 00 ngày 21/12/2026'],
    ]);
    await tries('Đổi lịch nhắc', [
      ['nhiều lần', 'Chưa hiểu lịch nhắc'],
      ['5, 2 lúc 7:30; báo trước 6 giờ', 'trước hạn 5, 2 ngày, lúc 07 giờ 30'],
    ]);
    await world.press(binh, 'Cần lãnh đạo duyệt');
    await tries('Đổi ngày chốt', [
      ['16h 10/12', 'Chưa hiểu ngày'],
      ['10/12/2025', 'không hợp với kỳ này'],
      ['10/12', 'đến hết ngày 10/12/2026'],
    ]);
    await world.press(binh, 'Mở kỳ báo cáo');
    expect(await opened()).toMatchObject([
      {
        ...{ cutoff: '2026-12-10', due: '2026-12-17T09:30:00.000Z', passOnBy: '2026-12-21T03:00:00.000Z' },
        ...{ plan: { before: [5, 2], at: '07:30', overdue: true, escalate: 6 }, approval: true },
      },
    ]);
  });

  it('takes units by kind and by name, leaves some out, and never one that is not there or not theirs', async () => {
    await world.say(binh, '/moky');
    await world.press(binh, world.template.name);
    await world.press(binh, 'Năm 2026');
    expect(shown(await world.press(binh, 'Các phường'), binh)).toContain('Phường Ngã Năm, Phường Mỹ Quới');
    expect(shown(await world.say(binh, 'trừ Mỹ Quới\n31741'), binh)).toContain('Phường Ngã Năm, Xã Tân Long');
    const refused = shown(await world.say(binh, 'Xã Đã Sáp Nhập\nPhường Bồ Đề\nUBND thị xã Ngã Năm'), binh);
    expect(refused).toContain('Không thấy đơn vị: Xã Đã Sáp Nhập, Phường Bồ Đề');
    await world.press(binh, 'Tiếp tục với 3 đơn vị');
    await world.press(binh, 'Mở kỳ báo cáo');
    expect((await opened())[0]?.units).toEqual(['u1', '31732', '31741']);
  });

  it('proposes five working days where the usual deadline has passed', async () => {
    await world.say(binh, '/moky');
    await world.press(binh, world.template.name);
    await world.say(binh, 'quý 3/2026');
    const check = shown(await world.press(binh, 'Tất cả'), binh);
    // Sở: 24/11 is a holiday, 21 and 22 are a weekend.
    expect(check).toContain('Hạn nộp: *16 giờ 00 ngày 30/11/2026*');
    expect(check).toContain('⚠ Đã có kỳ đang mở');
  });

  it('can be left, and a deadline that passed meanwhile opens nothing', async () => {
    await toCheck(binh);
    expect(shown(await world.press(binh, 'Thôi, không mở'), binh)).toContain('chưa mở');
    await toCheck(binh);
    world.setNow('2026-12-17T02:00:00.000Z');
    expect(shown(await world.press(binh, 'Mở kỳ báo cáo'), binh)).toContain('24/12/2026');
    expect(await opened()).toEqual([]);
  });
});

describe('Opening a period', () => {
  it('is for coordinators, and never over neighbours', async () => {
    const lan = await world.join('lan', 'officer', '31732');
    const xem = await world.join('xem', 'viewer', 'so');
    const xa = await world.join('xa', 'coordinator', '31741');
    const binh = await world.join('binh', 'coordinator', 'so');
    for (const who of [lan, xem])
      expect(shown(await world.say(who, '/moky'), who)).not.toContain('Mở kỳ báo cáo mới');
    expect(shown(await world.say(xa, '/moky'), xa)).toContain('Chưa có đơn vị nào');
    await toCheck(binh);
    const open = buttonsOf(world.transcript(binh).at(-1) ?? { text: [] })[0];
    for (const who of [lan, xem, xa])
      await world.send({ ...event(who), type: 'button', action: open?.action ?? '' });
    expect(await opened()).toEqual([]);
  });

  it('works by typed marks on a channel without buttons', async () => {
    const binh = await world.join('binh', 'coordinator', 'so', 'bare');
    const { say } = typing(world, binh, NOW);
    const forms = await say('/moky');
    const periods = await say(markOf(forms, world.template.name));
    expect(markOf(periods, 'Năm 2026')).toBe('1');
    const units = await say('1');
    expect(markOf(units, 'Tất cả')).toMatch(/^[a-z]$/);
    let check = await say(markOf(units, 'Tất cả'));
    expect(markOf(check, 'Mở kỳ báo cáo')).toMatch(/^a\d+$/);
    expect(await say('1')).toContain('Anh/chị chọn một mục');
    check = await say('a');
    expect(await opened()).toEqual([]);
    const asked = await say(markOf(check, 'Đổi hạn nộp'));
    expect(asked).toContain('Hạn nộp của đơn vị?');
    check = await say('8h 17/12');
    await say(markOf(check, 'Mở kỳ báo cáo'));
    expect(await opened()).toMatchObject([{ due: '2026-12-17T01:00:00.000Z' }]);
  });

  it('tells officers with a button that is like every button of a report', () => {
    expect(readAction(openAction('k1/u1'))).toEqual({
      verb: 'open',
      report: shortHash('k1/u1'),
      row: '',
      arg: '',
    });
  });
});

const event = (conversation: string) => ({ id: world.nextId(), conversation, at: NOW });
