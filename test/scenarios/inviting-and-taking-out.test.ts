// Units in the chat, invitations one by one and for a whole list, the people of a unit, and taking somebody out.
import { beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/codes.ts';
import { codeAt } from '../../src/domain/invitation-codes.ts';
import type { Invitation } from '../../src/domain/people.ts';
import { labels, said } from '../support/said.ts';
import { buttonsOf, createWorld, plain, type World } from '../support/world.ts';

const SETUP = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-16T01:00:00Z',
  units: [
    ...Array.from({ length: 9 }, (_, n) => ({
      ...{ id: `x${n + 1}`, name: `UBND xã Số ${n + 1}`, kind: 'xã', parent: 'so' },
    })),
    { id: 'p1', name: 'UBND phường Phủ Lý', kind: 'phường', parent: 'so' },
    { id: 'cu', name: 'UBND xã Cũ', kind: 'xã', parent: 'so', validTo: '2022-06-30' },
    { id: 'so2', name: 'Sở Tài chính', kind: 'sở', parent: 'tw' },
  ],
};
let world: World;
let chi: string;

beforeEach(async () => {
  world = await createWorld(SETUP);
  chi = await world.join('chi', 'coordinator');
});

const codeIn = (text: string): string => /\/start (\S+)/.exec(text)?.[1] ?? '';
const open = async (): Promise<readonly Invitation[]> =>
  (await world.storage.invitations()).filter((each) => !each.usedAt && !each.revokedAt);
const say = (text: string) => world.say(chi, text);
const press = (label: string) => world.press(chi, label);

describe('Units in the chat', () => {
  it('are listed with who has joined, page by page, and found by words', async () => {
    await world.join('lan');
    await world.invite('An', 'officer', 'x1');
    const first = await say('/donvi');
    expect(said(first)).toContain('13 đơn vị*, trang 1/2');
    expect(said(first)).toContain('UBND thị xã Ngã Năm (đơn vị, mã u1) – 1 người đã vào');
    expect(labels(first)).toContain('Tiếp »');
    const second = await press('Tiếp');
    expect(said(second)).toContain('• UBND xã Số 5 (xã, mã x5) – chưa có người');
    expect(said(await say('/donvi xã số 1'))).toContain('đã mời, chưa vào');
    expect(said(await say('/donvi xã'))).toContain('đã hết hiệu lực');
    expect(said(await say('/donvi Sở Tài chính'))).toContain('Không có đơn vị nào');
    const one = await say('/donvi phủ lý');
    expect(said(one)).toContain('*UBND phường Phủ Lý*');
    expect(labels(one)).toEqual(['Mời cán bộ', 'Mời lãnh đạo', 'Người của đơn vị']);
  });

  it('keep the words that were looked for from page to page', async () => {
    await say('/donvi xã');
    const next = said(await press('Tiếp'));
    expect(next).toContain('trang 2/2');
    expect(next).not.toContain('Phủ Lý');
  });

  it('may be looked at by a viewer, who invites nobody', async () => {
    const xem = await world.join('xem', 'viewer');
    const seen = await world.say(xem, '/donvi phủ lý');
    expect(labels(seen)).toEqual([]);
    expect(said(await world.say(xem, '/moi phủ lý'))).toContain('dành cho đầu mối tổng hợp');
    expect(said(await world.say(xem, '/nguoi phủ lý'))).toContain('dành cho đầu mối tổng hợp');
    expect(await open()).toEqual([]);
  });
});

describe('An invitation from the chat', () => {
  it.each([
    ['/moi Phủ Lý cán bộ Nguyễn Thị Lan', 'officer', 'Nguyễn Thị Lan'],
    ['/mời p1 lãnh đạo Trần Văn Bình', 'leader', 'Trần Văn Bình'],
    ['/moi phường phủ lý đầu mối', 'coordinator', ''],
    ['/moi p1 người xem', 'viewer', ''],
    ['/moi p1 Nguyễn Thị Lan', 'officer', 'Nguyễn Thị Lan'],
  ])('%s lets that person in', async (typed, role, name) => {
    const heard = said(await say(typed));
    expect(heard).toContain('UBND phường Phủ Lý');
    expect(heard).toContain('https://bot.example/i/');
    const [made] = await open();
    expect(made).toMatchObject({ unit: 'p1', role, name, expiresAt: '2022-09-23T01:00:00.000Z' });
    await world.say('test:moi', `/start ${codeIn(heard)}`);
    const joined = (await world.storage.people()).find((each) => each.conversations.includes('test:moi'));
    expect(joined).toMatchObject({ unit: 'p1', role, name });
  });

  it('lets several officers into one unit, and says what each role can do', async () => {
    const [one, two, leader] = [
      await say('/moi p1 cán bộ A'),
      await say('/moi p1 cán bộ B'),
      await say('/moi p1 lãnh đạo'),
    ];
    await world.say('test:a', `/start ${codeIn(said(one ?? []))}`);
    await world.say('test:b', `/start ${codeIn(said(two ?? []))}`);
    const welcome = said(await world.say('test:c', `/start ${codeIn(said(leader ?? []))}`));
    expect(welcome).toContain('Anh/chị là lãnh đạo đơn vị');
    expect((await world.storage.people()).filter((each) => each.unit === 'p1')).toHaveLength(3);
  });

  it('is made for nobody else’s unit, none that has ended, and none that was not named clearly', async () => {
    expect(said(await say('/moi Sở Tài chính cán bộ'))).toContain('Không có đơn vị nào của anh/chị');
    expect(said(await say('/moi cu cán bộ'))).toContain('đã hết hiệu lực');
    expect(said(await say('/moi p1 cán bộ 0912345678'))).toContain('số điện thoại');
    const several = await say('/moi xã số');
    expect(labels(several)).toHaveLength(9);
    expect(await open()).toEqual([]);
    await press('UBND xã Số 2');
    expect(await open()).toMatchObject([{ unit: 'x2', role: 'officer' }]);
    expect(said(await say('/moi xã số cán bộ Lan'))).toContain('/moi x1 can bo Lan');
  });

  it('is made by a leader for officers of the own unit only', async () => {
    const binh = await world.join('binh', 'leader', 'u1');
    expect(said(await world.say(binh, '/moi lãnh đạo Nguyễn An'))).toContain('do đầu mối tổng hợp mời');
    expect(said(await world.say(binh, '/moi p1 cán bộ Nguyễn An'))).toContain('đơn vị mình');
    expect(said(await world.say(binh, '/moi'))).toContain('/moi cán bộ');
    expect(await open()).toEqual([]);
    await world.say(binh, '/moi cán bộ Nguyễn An');
    expect(await open()).toMatchObject([{ unit: 'u1', role: 'officer', name: 'Nguyễn An' }]);
    const lan = await world.join('lan');
    expect(said(await world.say(lan, '/moi cán bộ B'))).toContain('dành cho đầu mối');
  });

  it('is taken back before it is used', async () => {
    const code = codeIn(said(await say('/moi p1 cán bộ Lan')));
    await say('/nguoi p1');
    expect(said(await press('Thu hồi mã mời Lan'))).toContain('Đã thu hồi');
    expect(said(await world.say('test:lan', `/start ${code}`))).toContain('đã bị thu hồi');
    expect(said(await press('Thu hồi mã mời Lan'))).toContain('từ trước');
  });
});

describe('Inviting a whole list', () => {
  it('makes one code for every unit that has no officer, and hands over the file', async () => {
    await world.join('lan');
    const asked = await say('/moi tatca');
    expect(said(asked)).toContain('Mọi đơn vị của anh/chị: 10 đơn vị chưa có mã mời');
    const seen = await press('Mời 10 đơn vị: Mọi');
    const file = seen[0]?.message.file;
    expect(file).toMatchObject({ invitations: expect.any(String), count: 10 });
    const seed = file && 'invitations' in file ? file.invitations : '';
    const made = await open();
    expect(made.map(({ id }) => id).sort()).toEqual(
      Array.from({ length: 10 }, (_, n) => sha256(codeAt(sha256, seed, n))).sort(),
    );
    expect(
      made.every((each) => each.role === 'officer' && each.expiresAt === '2022-10-16T01:00:00.000Z'),
    ).toBe(true);
    await world.say('test:moi', `/start ${codeAt(sha256, seed, 0)}`);
    const joined = (await world.storage.people()).find((each) => each.conversations.includes('test:moi'));
    expect(joined).toMatchObject({
      role: 'officer',
      unit: made.find(({ id }) => id === sha256(codeAt(sha256, seed, 0)))?.unit,
    });
  });

  it('makes nothing twice, and revokes the old codes when new ones are wanted', async () => {
    await say('/moi tatca');
    const label = 'Mời 11 đơn vị: Mọi';
    const first = (await press(label))[0]?.message.file;
    const again = await press(label);
    expect(said(again)).toContain('vừa thay đổi nên chưa tạo mã nào');
    expect(await open()).toHaveLength(11);
    const renewed = await press('Tạo lại mã cho cả 11 đơn vị: Mọi');
    expect(said(renewed)).toContain('Đã thu hồi 11 mã');
    expect(await open()).toHaveLength(11);
    const old = first && 'invitations' in first ? codeAt(sha256, first.invitations, 0) : '';
    expect(said(await world.say('test:moi', `/start ${old}`))).toContain('đã bị thu hồi');
  });

  it('leaves out units that have ended, and says so when everybody is there', async () => {
    await say('/moi tat ca');
    await press('Mời 11 đơn vị: Mọi');
    expect((await open()).map(({ unit }) => unit)).not.toContain('cu');
  });
});

describe('The people of a unit', () => {
  it('are shown with role, channels and the day they joined', async () => {
    await world.join('lan');
    const heard = said(await say('/nguoi u1'));
    expect(heard).toContain('• lan – cán bộ nhập số liệu; test; vào ngày 16/9/2022');
  });

  it('are taken out after a word, keep their figures, lose the chat, and are told', async () => {
    const lan = await world.join('lan');
    await world.say(lan, '12');
    await say('/nguoi u1');
    const asked = await press('Cho rời: lan');
    expect(said(asked)).toContain('Số liệu đã nhập và lịch sử vẫn ở lại');
    expect((await world.storage.people()).find((each) => each.conversations.includes(lan))).toBeDefined();
    const done = await press('Đồng ý cho rời');
    expect(said(done)).toContain('Đã cho cán bộ nhập số liệu rời UBND thị xã Ngã Năm');
    expect(done.find(({ conversation }) => conversation === lan)?.message.text.join('')).toContain(
      'không còn gắn với đơn vị',
    );
    const left = (await world.storage.people()).find((each) => each.role === 'officer');
    expect(left).toMatchObject({ name: '', conversations: [], leftAt: SETUP.now.replace('Z', '.000Z') });
    expect(Object.keys((await world.report()).answers)).toHaveLength(1);
    expect((await world.storage.history('k1/u1')).map(({ by }) => by)).toContain(left?.id);
    expect(said(await world.say(lan, '13'))).toContain('chỉ dành cho cán bộ đã được mời');
    expect(said(await press('Đồng ý cho rời'))).toContain('đã rời đơn vị từ trước');
  });

  it('stay when it was not confirmed, whatever mark is typed', async () => {
    const bare = await world.join('chi2', 'coordinator', 'so', 'bare');
    await world.join('lan');
    await world.say(bare, '/nguoi u1');
    const shown = plain(world.transcript(bare).at(-1) ?? { text: [] });
    expect(shown).toContain('lan');
    await world.say(bare, 'Cho rời: lan');
    for (const mark of ['1', '2', 'a', 'b', 'có', 'đồng ý']) await world.say(bare, mark);
    expect((await world.storage.people()).filter((each) => each.leftAt)).toEqual([]);
    await world.say(bare, 'Cho rời: lan');
    await world.say(bare, 'đồng ý cho rời');
    expect((await world.storage.people()).filter((each) => each.leftAt)).toHaveLength(1);
  });

  it('of other offices are not shown, and nobody takes out themselves', async () => {
    await world.join('tai', 'officer', 'so2');
    expect(said(await say('/nguoi so2'))).toContain('Không có đơn vị nào');
    const own = await say('/nguoi');
    expect(said(own)).toContain('chi – đầu mối tổng hợp');
    expect(labels(own)).toEqual([]);
  });

  it('a button that was forwarded does nothing in other hands', async () => {
    const lan = await world.join('lan');
    await say('/nguoi u1');
    const action =
      (await press('Cho rời: lan')).flatMap(({ message }) => buttonsOf(message))[1]?.action ?? '';
    const event = { id: world.nextId(), conversation: lan, at: SETUP.now };
    await world.send({ ...event, type: 'button', action });
    expect((await world.storage.people()).filter((each) => each.leftAt)).toEqual([]);
  });
});
