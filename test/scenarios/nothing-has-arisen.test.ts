// "Không phát sinh" for a section or a group at once: 0 for counts, không áp dụng for ratios of nothing, the rest is asked; listed first.
import { beforeEach, describe, expect, it } from 'vitest';
import { fitChoices } from '../../src/channels/choices.ts';
import { labels, said } from '../support/said.ts';
import { createWorld, plain, type Seen, type World } from '../support/world.ts';

let world: World;
let lan: string;

beforeEach(async () => {
  world = await createWorld({
    ...{ template: 'ubnd-thi-xa-nga-nam', unit: 'UBND thị xã Ngã Năm', period: '2022-Q3' },
    now: '2022-09-14T01:00:00.000Z',
  });
  lan = await world.join('Lan');
});

const linesIn = (seen: readonly Seen[]) =>
  said(seen)
    .split('\n')
    .filter((line) => line.startsWith('· '));
const answers = async () => (await world.storage.report('k1/u1'))?.answers ?? {};
const all = (seen: readonly Seen[]): string =>
  labels(seen).findLast((each) => /^Ghi (tất cả )?\d+/.test(each)) ?? `none in ${labels(seen).join(' | ')}`;
const mine = () => world.template.indicators.filter(({ section }) => section === 'chi-dao-dieu-hanh');

/** To the last page, where all may be confirmed at once. */
async function lastPage(list: readonly Seen[]): Promise<readonly Seen[]> {
  const isMore = labels(list).some((each) => each.startsWith('Xem tiếp'));
  return isMore ? lastPage(await world.press(lan, 'Xem tiếp')) : list;
}

describe('A section in which nothing has arisen', () => {
  it('gets 0 for counts and không áp dụng for ratios of nothing, once the list is confirmed', async () => {
    const list = await world.say(lan, '/khongphatsinh');
    expect(said(list)).toContain('*Không phát sinh* – mục I');
    expect(said(list)).toContain('chỉ tiêu khác (lựa chọn, nội dung, ngày, tỷ lệ…) vẫn hỏi từng câu');
    expect(linesIn(list)[0]).toMatch(/Tỷ lệ hoàn thành Kế .*: không áp dụng$/);
    expect(await answers()).toEqual({});
    await world.press(lan, all(await lastPage(list)));
    const now = await answers();
    for (const { id, type } of mine()) {
      const expected =
        type === 'count'
          ? { is: 'number', number: 0, decimals: 0 }
          : id === 'ke-hoach-ty-le'
            ? { is: 'notApplicable' }
            : undefined;
      expect(now[id]?.value, id).toEqual(expected);
    }
    expect(Object.keys(now).every((id) => mine().some((row) => row.id === id))).toBe(true);
    const waiting = (await world.storage.load({ conversation: lan, event: 'x' })).session?.waiting;
    expect(waiting).toMatchObject({ flow: 'fill', indicator: 'tuyen-truyen-ty-le' });
    await world.say(lan, '/hoantac');
    expect(await answers()).toEqual({});
  });

  it('leaves what was answered, and a ratio whose whole is not 0', async () => {
    await world.say(lan, '/boqua');
    await world.say(lan, '12');
    await world.press(lan, all(await lastPage(await world.say(lan, '/khongphatsinh'))));
    const now = await answers();
    expect(now['nhiem-vu-de-ra']?.value).toMatchObject({ number: 12 });
    expect(now['nhiem-vu-hoan-thanh']?.value).toMatchObject({ number: 0 });
    expect(now['ke-hoach-ty-le']).toBeUndefined();
  });

  it('takes a group alone, by its button or by its name', async () => {
    await world.say(lan, '/sua vấn đề phát hiện qua kiểm tra');
    await world.press(lan, 'I.2 · Số vấn đề phát hiện qua');
    await world.say(lan, '/khongphatsinh');
    const group = await world.press(lan, 'Nhóm 2 Kiểm tra CCHC · 5');
    expect(linesIn(group)).toHaveLength(5);
    const named = await world.say(lan, '/không phát sinh kiểm tra cchc');
    expect(linesIn(named)).toEqual(linesIn(group));
    await world.press(lan, 'Ghi 5 dòng trên');
    expect(Object.keys(await answers())).toHaveLength(5);
    expect(labels(await world.say(lan, '/khongphatsinh'))).not.toContain('Cả báo cáo');
  });

  it('tells how many points came up with it, and goes on with the question that still waits', async () => {
    await world.say(lan, '/sua nhiệm vụ đã hoàn thành đúng hạn');
    await world.say(lan, '5');
    expect((await answers())['tinh-giao-dung-han']?.value).toMatchObject({ number: 5 });
    await world.press(lan, all(await lastPage(await world.say(lan, '/khongphatsinh'))));
    const done = world.transcript(lan).map(plain).join('\n');
    expect(done).toMatch(/✗ 1 điểm cần sửa trước khi nộp.*Xem ở \/xemlai\./);
  });

  it('stands under the sections as well, for officers only, and ends where nothing is left', async () => {
    const leader = await world.join('Sen', 'leader');
    expect(labels(await world.say(leader, '/muc'))).not.toContain('Không phát sinh…');
    expect(labels(await world.say(lan, '/muc'))).toContain('Không phát sinh…');
    await world.press(lan, 'Không phát sinh…');
    await world.press(lan, 'Mục III');
    await world.say(lan, '/khongphatsinh II');
    await world.press(lan, 'Ghi');
    expect(said(await world.say(lan, '/khongphatsinh II'))).toContain('không còn chỉ tiêu chưa nhập nào');
  });

  it('can be done where there are no buttons, by a code that no figure is taken for', async () => {
    const bare = await world.join('Minh', 'officer', 'u1', 'bare');
    await world.say(bare, '/khongphatsinh II');
    const [last] = await world.storage.transcript(bare, 0, 1);
    const shown = last ? plain({ text: fitChoices(last, 0).text }) : '';
    const code = /^([a-z]\d+)\W+Ghi \d+ dòng trên/im.exec(shown)?.[1];
    expect(code, shown).toBeDefined();
    world.setNow('2022-09-14T01:01:00.000Z');
    await world.say(bare, code ?? '');
    expect(Object.keys(await answers()).length).toBeGreaterThan(1);
  });
});
