// The board in the chat: who is where, those in trouble first, found by words, kind and state; and taking in what has no warning.
import { beforeEach, describe, expect, it } from 'vitest';
import { commune, openOffice, SETUP, shown, stand } from '../support/office.ts';
import { plain, type World } from '../support/world.ts';

const UNITS = [
  commune('x1', 'UBND xã Phú Lộc'),
  commune('x2', 'UBND xã Phú Tâm'),
  commune('x3', 'UBND xã Thạnh Trị'),
  commune('p1', 'UBND phường Vĩnh Phước', 'phường'),
  commune('p2', 'UBND phường Khánh Hòa', 'phường'),
];
let world: World;
let hoa: string;

beforeEach(async () => {
  world = await openOffice(UNITS);
  hoa = await world.join('Hoa', 'coordinator');
  await stand(world, 'x2', { answered: 40 });
  await stand(world, 'x3', { sent: { at: '2022-09-13T03:00:00.000Z' } });
  await stand(world, 'p1', { sent: { at: '2022-09-13T02:00:00.000Z', warnings: 2 } });
  await stand(world, 'p2', { sent: { at: '2022-09-12T02:00:00.000Z' }, accepted: true });
});

const order = (text: string): string[] =>
  [...text.matchAll(/^[⚪🟠🟡🟣🔵🟢🔴]+ ([^:\n]+):/gmu)].map(([, name]) => name ?? '');

describe('The board', () => {
  it('counts the states and puts the units in trouble first', async () => {
    const text = shown(await world.say(hoa, '/tiendo'));
    expect(text).toContain('2 chưa bắt đầu · 1 đang nhập · 2 đã nộp · 1 đã tiếp nhận · tất cả 6 đơn vị');
    expect(order(text)).toEqual([
      ...['UBND thị xã Ngã Năm', 'Xã Phú Lộc', 'Xã Phú Tâm', 'Phường Vĩnh Phước'],
      ...['Xã Thạnh Trị', 'Phường Khánh Hòa'],
    ]);
    expect(text).toMatch(/🟡 Xã Phú Tâm: đang nhập, 40\/175 \(22 %\), 08:00 14\/9/);
    expect(text).toContain('🔵 Phường Vĩnh Phước: đã nộp, 09:00 13/9, 2 điểm cần xem');
  });

  it('shows what is overdue on top once the deadline has passed', async () => {
    world.setNow('2022-09-17T01:00:00.000Z');
    const text = shown(await world.say(hoa, '/tiendo'));
    expect(text).toContain('🔴 3 quá hạn nộp');
    expect(order(text)[0]).toBe('UBND thị xã Ngã Năm');
    expect(text).toContain('🔴 Xã Phú Tâm');
  });

  it('finds units by words without diacritics, by kind and by state, typed or chosen', async () => {
    expect(order(shown(await world.say(hoa, '/tiendo phu')))).toEqual([
      ...['Xã Phú Lộc', 'Xã Phú Tâm', 'Phường Vĩnh Phước'],
    ]);
    expect(order(shown(await world.say(hoa, '/tiendo phú lộ')))).toEqual(['Xã Phú Lộc']);
    expect(order(shown(await world.say(hoa, '/tiendo phường')))).toEqual([
      'Phường Vĩnh Phước',
      'Phường Khánh Hòa',
    ]);
    expect(order(shown(await world.say(hoa, '/tiendo đã nộp xã')))).toEqual(['Xã Thạnh Trị']);
    expect(order(shown(await world.say(hoa, 'thạnh')))).toEqual(['Xã Thạnh Trị']);
    expect(shown(await world.say(hoa, '/tiendo không có đâu'))).toContain('Không có đơn vị nào như vậy');
    await world.press(hoa, 'Lọc');
    expect(order(shown(await world.press(hoa, 'Phường (2)')))).toHaveLength(2);
    expect(order(shown(await world.press(hoa, 'Tất cả đơn vị')))).toHaveLength(6);
  });

  it('finds those who have not sent', async () => {
    const text = shown(await world.say(hoa, '/tiendo chưa nộp'));
    expect(text).toContain('Đang lọc chưa nộp: 3 đơn vị');
    expect(order(text)).toEqual(['UBND thị xã Ngã Năm', 'Xã Phú Lộc', 'Xã Phú Tâm']);
    expect(order(shown(await world.say(hoa, 'chưa nộp phú')))).toHaveLength(2);
  });

  it('sends itself as a picture and as a sheet of what this person looks after', async () => {
    await world.say(hoa, '/tiendo');
    const picture = await world.press(hoa, 'Ảnh tiến độ');
    const person = (await world.storage.people())[0]?.id;
    expect(picture[0]?.message.pictures).toEqual({ campaign: 'k1', what: 'board', person });
    const sheet = await world.press(hoa, 'Bảng tiến độ');
    expect(sheet[0]?.message.file).toEqual({ campaign: 'k1', what: 'board', person });
  });

  it('is an overseer’s: an officer cannot ask for it, nor press its buttons', async () => {
    const lan = await world.join('Lan');
    expect(shown(await world.say(lan, '/tiendo'))).toContain('đầu mối');
    const [board] = await world.say(hoa, '/tiendo');
    for (const { action } of (board?.message.buttons ?? []).flat()) {
      const seen = await world.send({
        ...{ id: world.nextId(), conversation: lan, at: SETUP.now },
        ...{ type: 'button', action },
      });
      const said = seen.filter(({ conversation }) => conversation === lan);
      expect(said.map(({ message }) => plain(message)).join()).not.toMatch(/Phú|Thạnh|phường/);
      expect(seen.every(({ message }) => !message.file && !message.pictures)).toBe(true);
    }
  });

  it('lets a viewer look at everything and decide nothing', async () => {
    const vy = await world.join('Vy', 'viewer', 'so');
    const text = shown(await world.say(vy, '/tiendo'));
    expect(order(text)).toHaveLength(6);
    expect(text).not.toContain('Tiếp nhận 1');
    expect(text).not.toContain('Đôn đốc');
    expect(shown(await world.press(vy, 'Xã Thạnh Trị'))).not.toContain('[Tiếp nhận]');
    expect(shown(await world.say(vy, '/nhac'))).toContain('đầu mối');
  });
});

describe('Taking in all reports without a warning', () => {
  const statusOf = async (unit: string) => (await world.storage.report(`k1/${unit}`))?.status;

  it('names them first, takes in exactly these, and tells their officers', async () => {
    const officer = await world.join('Thu', 'officer', 'x3');
    await world.say(hoa, '/tiendo');
    const asked = shown(await world.press(hoa, 'Tiếp nhận 1 báo cáo không có cảnh báo'));
    expect(asked).toContain('UBND xã Thạnh Trị – bản 1');
    expect(asked).not.toContain('Vĩnh Phước');
    expect(await statusOf('x3')).toBe('submitted');
    const seen = await world.press(hoa, 'Tiếp nhận 1 báo cáo');
    expect(await statusOf('x3')).toBe('accepted');
    expect(await statusOf('p1')).toBe('submitted');
    expect(shown(seen.filter(({ conversation }) => conversation === officer))).toContain('đã được tiếp nhận');
  });

  it('asks anew when another report came in meanwhile', async () => {
    await world.say(hoa, '/tiendo');
    await world.press(hoa, 'Tiếp nhận 1 báo cáo không có cảnh báo');
    await stand(world, 'x1', { sent: { at: '2022-09-14T00:00:00.000Z' } });
    const again = shown(await world.press(hoa, 'Tiếp nhận 1 báo cáo'));
    expect(again).toContain('Tiếp nhận cùng lúc 2 báo cáo');
    expect(await statusOf('x3')).toBe('submitted');
    await world.press(hoa, 'Tiếp nhận 2 báo cáo');
    expect([await statusOf('x1'), await statusOf('x3')]).toEqual(['accepted', 'accepted']);
  });
});
