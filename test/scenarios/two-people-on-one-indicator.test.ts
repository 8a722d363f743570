// A colleague's value that arrives between a question, a list or a typed message and what is done about it is never replaced in silence.
import { beforeEach, describe, expect, it } from 'vitest';
import { fitChoices } from '../../src/channels/choices.ts';
import { withLastPeriod } from '../support/last-period.ts';
import { said } from '../support/said.ts';
import { buttonsOf, plain, type World } from '../support/world.ts';

let world: World;
let lan: string;
let minh: string;

beforeEach(async () => {
  world = await withLastPeriod();
  lan = await world.join('Lan');
  minh = await world.join('Minh');
});

const FIRST = 'ke-hoach-ty-le';
const answer = async (id = FIRST) => (await world.report()).answers[id];
const number = async (id = FIRST) => {
  const value = (await answer(id))?.value;
  return value?.is === 'number' ? value.number : value?.is;
};

describe('A value that a colleague wrote meanwhile', () => {
  it('is asked about where last period’s value is kept by its button, which stays marked as kept', async () => {
    await world.say(minh, '50');
    expect(said(await world.press(lan, 'Như kỳ trước'))).toContain('Minh đã ghi *50 %*');
    expect(await number()).toBe(50);
    await world.press(lan, 'Ghi 61 % thay vào');
    expect(await answer()).toMatchObject({ value: { number: 61 }, carried: 'k0' });
  });

  it('is asked about although the same figure is shown, under the question of another indicator', async () => {
    const kept = buttonsOf(world.transcript(lan).at(-1) ?? { text: [] }).find(({ label }) =>
      label.startsWith('Như kỳ trước'),
    );
    await world.say(minh, '50');
    await world.say(lan, '/sua so nhiem vu de ra');
    await world.say(lan, '50');
    expect(said(await world.say(lan, '/sua so nhiem vu de ra'))).toContain('50');
    expect(said(await world.press(lan, kept?.action ?? ''))).toContain('Minh đã ghi *50 %*');
    expect(await number()).toBe(50);
  });

  it('is asked about where a figure that follows from others is taken', async () => {
    await world.say(lan, '/sua so nhiem vu de ra');
    await world.say(lan, '20');
    await world.say(lan, '/sua so nhiem vu da hoan thanh');
    const asked = await world.say(lan, '10');
    const computed = asked.at(-1)?.message.buttons?.flat()[0];
    expect(computed?.label).toContain('50');
    await world.say(minh, '/sua ty le hoan thanh ke hoach');
    await world.say(minh, '49,5');
    expect(said(await world.press(lan, computed?.action ?? ''))).toContain('Minh đã ghi *49,5 %*');
    expect(await number()).toBe(49.5);
  });

  it('is asked about where the own message of before is edited', async () => {
    await world.say(lan, '40', 'm1');
    await world.say(minh, '/sua ty le hoan thanh ke hoach');
    await world.say(minh, '/ghichu lũy kế');
    const edit = (text: string) =>
      world.send({
        ...{ type: 'edited', id: world.nextId(), conversation: lan, at: '2022-09-14T01:00:00.000Z' },
        ...{ message: 'm1', text },
      });
    // A colleague's note beside it leaves the value Lan's own.
    expect(said(await edit('41'))).toContain('*41 %*');
    await world.say(minh, '/sua ty le hoan thanh ke hoach');
    await world.press(minh, 'Giữ nguyên');
    await world.say(minh, '/sua ty le hoan thanh ke hoach');
    await world.say(minh, '45');
    await edit('42');
    expect(await number()).toBe(45);
  });

  it('is decided about by words, letters or labels where there are no buttons', async () => {
    const bare = await world.join('Hoa', 'officer', 'u1', 'bare');
    await world.say(minh, '50');
    await world.say(bare, '55; số mới');
    const [last] = await world.storage.transcript(bare, 0, 1);
    expect(last && plain({ text: fitChoices(last, 0).text })).toContain(
      'a. Giữ 50 % của Minh\nb. Ghi 55 % thay vào',
    );
    await world.say(bare, 'Ghi 55');
    expect(await answer()).toMatchObject({ value: { number: 55 }, note: 'số mới' });
    await world.say(minh, '/sua ty le hoan thanh ke hoach');
    await world.say(bare, '/sua ty le hoan thanh ke hoach');
    await world.say(minh, '56');
    await world.say(bare, '57');
    await world.say(bare, 'Giữ');
    expect(await number()).toBe(56);
  });

  it('stays where the report is left to a list of last period’s values that was shown before', async () => {
    const list = said(await world.say(lan, '/giunguyen cả báo cáo'));
    expect(list).toContain('Số nhiệm vụ đề ra trong kế hoạch');
    await world.say(minh, '/sua so nhiem vu de ra');
    await world.say(minh, '77');
    expect(said(await world.press(lan, 'Giữ nguyên'))).toContain('đã thay đổi từ lúc anh/chị xem danh sách');
    expect(await number('nhiem-vu-de-ra')).toBe(77);
  });

  it('stays where “không phát sinh” was listed before', async () => {
    await world.say(lan, '/khongphatsinh I');
    await world.say(minh, '/sua so nhiem vu de ra');
    await world.say(minh, '77');
    expect(said(await world.press(lan, 'Ghi '))).toContain('đã thay đổi từ lúc anh/chị xem danh sách');
    expect(await number('nhiem-vu-de-ra')).toBe(77);
  });

  it('stays where a pasted section was shown before, and is then shown beside the line', async () => {
    await world.say(lan, 'Số nhiệm vụ đề ra trong kế hoạch: 20\nSố nhiệm vụ đã hoàn thành: 10');
    await world.say(minh, '/sua so nhiem vu de ra');
    await world.say(minh, '77');
    expect(said(await world.press(lan, 'Ghi 2'))).toMatch(/chưa ghi gì[\s\S]*77 → 20/);
    expect(await number('nhiem-vu-de-ra')).toBe(77);
    expect(await answer('nhiem-vu-hoan-thanh')).toBeUndefined();
  });

  it('stays where all gaps were to be left blank', async () => {
    await world.say(lan, '60');
    await world.say(lan, '/nop');
    await world.say(minh, '/sua so nhiem vu de ra');
    await world.say(minh, '77');
    await world.press(lan, 'Để trống cả');
    expect(await number('nhiem-vu-de-ra')).toBe(77);
  });
});
