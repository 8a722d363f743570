// Nudging: whom, who will get it and where, and only then it goes out.
import { beforeEach, describe, expect, it } from 'vitest';
import { commune, openOffice, SETUP, shown, stand } from '../support/office.ts';
import { plain, type World } from '../support/world.ts';

const UNITS = [
  commune('x1', 'UBND xã Phú Lộc'),
  commune('x2', 'UBND xã Phú Tâm'),
  commune('x3', 'UBND xã Thạnh Trị'),
];
let world: World;
let hoa: string;
let lan: string;
let minh: string;

beforeEach(async () => {
  world = await openOffice(UNITS);
  hoa = await world.join('Hoa', 'coordinator');
  lan = await world.join('Lan', 'officer', 'x1');
  minh = await world.join('Minh', 'officer', 'x2', 'bare');
  await stand(world, 'x2', { answered: 100 });
  await stand(world, 'x3', { sent: { at: SETUP.now } });
});

describe('Nudging', () => {
  it('shows who will get it on which channel and who cannot be reached, and sends only after the tap', async () => {
    expect(shown(await world.say(hoa, '/nhac'))).toContain('Còn 3 đơn vị chưa nộp');
    const seen = await world.press(hoa, 'Tất cả đơn vị chưa nộp (3)');
    const preview = shown(seen);
    expect(preview).toContain('Sẽ nhắc 2 người của 2 đơn vị');
    expect(preview).toContain('UBND xã Phú Lộc (chưa bắt đầu): Lan (test)');
    expect(preview).toContain('UBND xã Phú Tâm (đang nhập): Minh (bare)');
    expect(preview).toContain('UBND thị xã Ngã Năm: chưa có ai tham gia');
    expect(seen.every(({ conversation }) => conversation === hoa)).toBe(true);
    const sent = await world.press(hoa, 'Gửi nhắc 2 người');
    expect(sent.map(({ conversation }) => conversation)).toEqual([hoa, lan, minh]);
    const letter = sent.find(({ conversation }) => conversation === minh);
    expect(plain(letter?.message ?? { text: [] })).toMatch(
      /Đầu mối tổng hợp nhắc[\s\S]*UBND xã Phú Tâm[\s\S]*còn 2 ngày/,
    );
    const history = await world.storage.history('campaign:k1');
    expect(history.at(-1)?.change).toMatchObject({
      ...{ type: 'nudged', campaign: 'k1', unreached: ['u1'] },
      people: [
        { unit: 'x1', conversation: lan },
        { unit: 'x2', conversation: minh },
      ],
    });
  });

  it('reaches only those below a percentage, or those that were typed', async () => {
    await world.say(hoa, '/nhac dưới 50%');
    expect(shown(await world.press(hoa, 'Gửi nhắc 1 người'))).toContain('UBND xã Phú Lộc');
    await world.say(hoa, '/nhac');
    const picked = shown(await world.say(hoa, '1. phú tâm\nThạnh Trị\nphú'));
    expect(picked).toContain('Không tìm thấy đơn vị chưa nộp nào là “Thạnh Trị”');
    expect(picked).toContain('“phú” có thể là: UBND xã Phú Lộc; UBND xã Phú Tâm');
    expect(picked).toContain('Sẽ nhắc 1 người của 1 đơn vị');
    const sent = await world.press(hoa, 'Gửi nhắc 1 người');
    expect(sent.map(({ conversation }) => conversation)).toEqual([hoa, minh]);
  });

  it.each([
    ['chưa nộp', 'Sẽ nhắc 2 người của 2 đơn vị'],
    ['tất cả các đơn vị', 'Sẽ nhắc 2 người của 2 đơn vị'],
    ['phú tâm, phú lộc', 'Sẽ nhắc 2 người của 2 đơn vị'],
    ['các xã', 'Sẽ nhắc 2 người của 2 đơn vị'],
    ['< 50 %', 'Sẽ nhắc 1 người của 1 đơn vị'],
    ['dưới 50 phần trăm', 'Sẽ nhắc 1 người của 1 đơn vị'],
    ['bị trả lại', 'Không có đơn vị nào như vậy'],
  ])('understands “%s”', async (typed, expected) => {
    expect(shown(await world.say(hoa, `/nhac ${typed}`))).toContain(expected);
  });

  it('is sent once, however often the button is pressed', async () => {
    await world.say(hoa, '/nhac tất cả');
    await world.press(hoa, 'Gửi nhắc 2 người');
    const again = await world.press(hoa, 'Gửi nhắc 2 người');
    expect(again.every(({ conversation }) => conversation === hoa)).toBe(true);
    expect(shown(again)).toMatch(/đã gửi rồi[\s\S]*Sẽ nhắc 2 người/);
    const sent = await world.press(hoa, 'Gửi nhắc 2 người');
    expect(sent.map(({ conversation }) => conversation)).toEqual([hoa, lan, minh]);
  });

  it('sends nothing when the list changed after it was shown', async () => {
    await world.say(hoa, '/nhac tất cả');
    await stand(world, 'x1', { sent: { at: SETUP.now } });
    const seen = await world.press(hoa, 'Gửi nhắc 2 người');
    expect(seen.every(({ conversation }) => conversation === hoa)).toBe(true);
    expect(shown(seen)).toContain('Danh sách vừa thay đổi');
  });

  it('can be done by typing where there are no buttons', async () => {
    const bare = await world.join('Bình', 'coordinator', 'so', 'bare');
    await world.say(bare, '/nhac');
    await world.say(bare, 'a');
    const preview = (await world.storage.transcript(bare, 0, 60)).at(-1)?.message;
    expect(plain(preview ?? { text: [] })).toContain('Sẽ nhắc 2 người');
    const sent = await world.say(bare, `gửi nhắc 2 người`);
    expect(sent.map(({ conversation }) => conversation)).toEqual([bare, lan, minh]);
  });

  it('of many units stays short, and says how many are written to on which channel', async () => {
    world = await openOffice(
      Array.from({ length: 40 }, (_, n) => commune(`c${n}`, `UBND xã Tân Phú Số ${n}`)),
    );
    hoa = await world.join('Hoa', 'coordinator');
    for (let n = 0; n < 40; n += 2)
      await world.join(`Nguyễn Thị Lan ${n}`, 'officer', `c${n}`, n < 10 ? 'bare' : 'test');
    const [seen] = await world.say(hoa, '/nhac tất cả');
    const text = plain(seen?.message ?? { text: [] });
    expect(text).toContain('Sẽ nhắc 20 người của 20 đơn vị');
    expect(text).toContain('Qua bare: 5 người; test: 15 người');
    expect(text.length).toBeLessThan(1700);
  });
});
