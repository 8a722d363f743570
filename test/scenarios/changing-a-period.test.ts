// A coordinator changes an open period in the chat: every change with its reason, shown before it is made, told to whom it concerns.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Unit } from '../../src/domain/people.ts';
import { shownTo } from '../support/said.ts';
import { markOf, typing } from '../support/typed.ts';
import { buttonsOf, createWorld, plain, type Seen, type World } from '../support/world.ts';

const NOW = '2022-09-12T02:00:00.000Z';
const below = (id: string, name: string, rest: Partial<Unit> = {}): Unit => ({
  ...{ id, name, kind: 'xã', parent: 'so' },
  ...rest,
});
let world: World;
let binh: string;
let lan: string;

beforeEach(async () => {
  world = await createWorld({
    ...{ template: 'ubnd-thi-xa-nga-nam', unit: 'UBND thị xã Ngã Năm', period: '2022-Q3', now: NOW },
    ...{ due: '2022-09-16T09:00:00.000Z' },
    units: [below('a', 'Xã Tân Long'), below('b', 'Xã Long Bình')],
  });
  binh = await world.join('binh', 'coordinator', 'so');
  lan = await world.join('lan', 'officer', 'u1');
  await world.join('minh', 'officer', 'a');
});

const shown = (seen: readonly Seen[], who = binh): string => shownTo(who, seen);
const told = (seen: readonly Seen[]) =>
  seen
    .map(({ conversation }) => conversation)
    .filter((each) => each !== binh)
    .sort();
const campaign = async (id = 'k1'): Promise<Campaign | undefined> => world.storage.campaign(id);

/** Opens the period from the list and presses one of its buttons. */
async function act(label: string, who = binh): Promise<string> {
  await world.say(who, '/ky');
  await world.press(who, 'Quý III');
  return shown(await world.press(who, label), who);
}
/** Types words and reads the answer. */
const say = async (text: string): Promise<string> => shown(await world.say(binh, text));
const yes = () => world.press(binh, 'Xác nhận');
const reasons = async () =>
  (await world.storage.history('campaign:k1')).map(({ change }) =>
    change.type === 'campaign_set' ? change.reason : undefined,
  );

describe('The periods of a coordinator', () => {
  it('show a coordinator of one commune only what is below it', async () => {
    world = await createWorld({
      ...{ template: 'ubnd-thi-xa-nga-nam', unit: 'UBND thị xã Ngã Năm', period: '2022-Q3', now: NOW },
      ...{ due: '2022-09-16T09:00:00.000Z' },
      units: [below('a', 'Xã Tân Long'), below('r', 'Phòng Kinh tế', { kind: 'phòng', parent: 'a' })],
    });
    binh = await world.join('binh', 'coordinator', 'so');
    const tan = await world.join('tan', 'coordinator', 'a');
    await act('Gia hạn một đơn vị');
    await say('ngã năm');
    await say('16h ngày 20/9; mất điện ba ngày liền');
    await yes();
    const list = shown(await world.say(tan, '/ky'), tan);
    expect(list).toContain('Quý III năm 2022: 2 đơn vị, hạn');
    const one = shown(await world.press(tan, 'Quý III'), tan);
    expect(one).toContain('Đơn vị: 2 đơn vị');
    expect(one).toContain('2 chưa bắt đầu');
    expect(one).not.toContain('Ngã Năm');
  });

  it('of another office: nobody gives the own unit more time', async () => {
    const first = await campaign();
    await world.storage.commit({
      ...{ event: 'office', at: NOW, by: 'test', conversation: 'operator:test', outgoing: [] },
      changes: [{ type: 'campaign_set', campaign: { ...first, office: 'so' } as Campaign }],
      expects: { reports: {} },
    });
    const tan = await world.join('tan', 'coordinator', 'a');
    await world.say(tan, '/ky');
    expect(shown(await world.press(tan, 'Quý III'), tan)).not.toContain('Gia hạn');
    await act('Gia hạn một đơn vị');
    expect(await say('tân long')).toContain('Hạn riêng cho Xã Tân Long');
  });

  it('are told apart by their deadlines where form and time are the same', async () => {
    const first = await campaign();
    const twin = { ...first, id: 'k2', due: '2022-09-20T09:00:00.000Z' } as Campaign;
    await world.storage.commit({
      ...{ event: 'twin', at: NOW, by: 'test', conversation: 'operator:test', outgoing: [] },
      changes: [{ type: 'campaign_set', campaign: twin }],
      expects: { reports: {} },
    });
    const list = await say('/ky');
    expect(list).toContain('[Quý III năm 2022 – hạn 16/9/2022]');
    expect(list).toContain('[Quý III năm 2022 – hạn 20/9/2022]');
    const boards = await say('/tiendo');
    expect(boards).toContain('[Quý III năm 2022 – hạn 16/9/2022]');
    expect(boards).toContain('[Quý III năm 2022 – hạn 20/9/2022]');
  });

  it('stay as they are at one word, and a deadline on a weekend is pointed out', async () => {
    await act('Đổi hạn nộp');
    expect(await say('17/9; để các xã kịp rà soát')).toContain('⚠ Hạn nộp rơi vào thứ bảy.');
    expect(await say('thôi')).toContain('chưa đổi gì');
    expect((await campaign())?.due).toBe('2022-09-16T09:00:00.000Z');
    await yes();
    expect((await campaign())?.due).toBe('2022-09-16T09:00:00.000Z');
  });

  it('are listed, and one of them shows how it is set and where its units stand', async () => {
    await world.say(lan, '12');
    const list = await say('/ky');
    expect(list).toContain('3 đơn vị, hạn 16 giờ 00 ngày 16/9/2022');
    const one = shown(await world.press(binh, 'Quý III'));
    expect(one).toContain('Số liệu từ ngày 15/6/2022 đến hết ngày 14/9/2022');
    expect(one).toContain('2 chưa bắt đầu · 1 đang nhập');
    for (const label of [
      'Đổi hạn nộp',
      'Gia hạn một đơn vị',
      'Thêm đơn vị',
      'Đổi hạn tổng hợp',
      'Đổi lịch nhắc',
      'Bật duyệt',
      'Đóng kỳ',
    ])
      expect(one).toContain(`[${label}`);
    expect(one).not.toContain('Mở lại');
  });

  it('show a viewer everything and no button, and an officer or a neighbour nothing', async () => {
    const xem = await world.join('xem', 'viewer', 'so');
    await world.say(xem, '/ky');
    const seen = shown(await world.press(xem, 'Quý III'), xem);
    expect(seen).toContain('Hạn nộp');
    expect(seen).not.toContain('[Đổi');
    await world.say(binh, '/ky');
    await world.press(binh, 'Quý III');
    const buttons = (await world.storage.transcript(binh, 0, 1)).flatMap(({ message }) => buttonsOf(message));
    const xa = await world.join('xa', 'coordinator', 'b');
    for (const who of [xem, lan, xa])
      for (const { action, label } of buttons) {
        if (who === xa && label === 'Gia hạn một đơn vị') continue;
        const id = world.nextId();
        await world.send({ id, conversation: who, at: NOW, type: 'button', action });
        expect((await world.storage.session(who))?.waiting.flow).not.toBe('period');
      }
    expect(await reasons()).toHaveLength(1);
  });

  it('may be extended by a coordinator of just that unit, who changes nothing else', async () => {
    const xa = await world.join('xa', 'coordinator', 'b');
    await world.say(xa, '/ky');
    const one = shown(await world.press(xa, 'Quý III'), xa);
    expect(one).toContain('[Gia hạn một đơn vị]');
    expect(one).not.toContain('[Đóng kỳ]');
    await world.press(xa, 'Gia hạn');
    expect(shown(await world.say(xa, 'Xã Tân Long'), xa)).toContain('Không thấy đơn vị');
    await world.say(xa, 'Xã Long Bình; 20/9; thiếu cán bộ');
    await world.press(xa, 'Xác nhận');
    expect((await campaign())?.extensions).toEqual({ b: '2022-09-20T09:00:00.000Z' });
  });
});

describe('A change to a period', () => {
  it('of the deadline, in one line: shown, confirmed, stored with its reason, and told to every officer', async () => {
    expect(await act('Đổi hạn nộp')).toContain('Đang là 16 giờ 00 ngày 16/9/2022');
    const check = await say('16h 20/9; Bộ Nội vụ lùi hạn');
    for (const each of [
      '16 giờ 00 ngày 16/9/2022 → 16 giờ 00 ngày 20/9/2022',
      'Lý do: Bộ Nội vụ lùi hạn',
      '2 người của 3 đơn vị; 1 đơn vị chưa có ai',
    ])
      expect(check).toContain(each);
    expect(await campaign()).toMatchObject({ due: '2022-09-16T09:00:00.000Z' });
    const seen = await yes();
    expect(await campaign()).toMatchObject({ due: '2022-09-20T09:00:00.000Z', rev: 2 });
    expect(told(seen)).toEqual(['test:lan', 'test:minh']);
    expect(shown(seen, lan)).toContain(
      'hạn nộp đổi từ 16 giờ 00 ngày 16/9/2022 thành 16 giờ 00 ngày 20/9/2022. Lý do: Bộ Nội vụ lùi hạn',
    );
    expect(shown(seen)).toContain('Đã báo 2 người');
    expect(await reasons()).toEqual([undefined, 'Bộ Nội vụ lùi hạn']);
    const last = (await world.storage.history('campaign:k1')).at(-1);
    expect(last?.by).toBe((await world.facts(binh)).person?.id);
    expect(shown(await world.press(binh, 'Xác nhận'))).toContain('không còn');
    expect(await reasons()).toHaveLength(2);
  });

  it('of the deadline, step by step, refuses what is no deadline and what is no reason', async () => {
    await act('Đổi hạn nộp');
    expect(await say('mai')).toContain('Chưa hiểu ngày giờ');
    expect(await say('11/9')).toContain('đã qua');
    expect(await say('13/9')).toContain('sớm hơn ngày chốt số liệu 14/9/2022');
    expect(await say('8h 17/9')).toContain('Lý do là gì?');
    expect(await say('b')).toContain('chưa phải là lý do');
    expect(await say('x'.repeat(501))).toContain('500');
    expect(await say('gọi 0912345678 hỏi thêm')).not.toContain('0912345678');
    expect(await say('nghỉ lễ dài ngày')).toContain('16 giờ 00 ngày 16/9/2022 → 08 giờ 00 ngày 17/9/2022');
    await world.press(binh, 'Thôi, không đổi');
    expect(await reasons()).toHaveLength(1);
  });

  it('for one unit is told to that unit only, stays when all are moved less, and can be taken back', async () => {
    const asked = await act('Gia hạn một đơn vị');
    expect(asked).toContain('[Xã Tân Long]');
    await world.press(binh, 'Xã Tân Long');
    expect(await say('16/9; thiếu nhân lực')).toContain('không sau hạn chung');
    await say('20/9; thiếu nhân lực');
    const seen = await yes();
    expect(told(seen)).toEqual(['test:minh']);
    expect(await campaign()).toMatchObject({
      due: '2022-09-16T09:00:00.000Z',
      extensions: { a: '2022-09-20T09:00:00.000Z' },
    });
    await world.say(binh, '/ky');
    expect(shown(await world.press(binh, 'Quý III'))).toContain(
      'Hạn riêng của Xã Tân Long: 16 giờ 00 ngày 20/9/2022',
    );
    await act('Đổi hạn nộp');
    expect(await say('19/9; nghỉ bù cả tỉnh')).toContain('1 đơn vị giữ hạn riêng');
    expect(told(await yes())).toEqual(['test:lan']);
    await act('Gia hạn một đơn vị');
    await say('Tân Long; hạn chung; đã đủ người làm');
    await yes();
    expect((await campaign())?.extensions).toBeUndefined();
    await act('Gia hạn một đơn vị');
    expect(await say('Tân Long; hạn chung')).toContain('không có hạn riêng');
  });

  it('adds units, which get the news of the period, and takes one out that has not begun', async () => {
    expect(await act('Thêm đơn vị')).toContain('đã có trong kỳ này');
    await world.storage.commit({
      ...{
        event: 'more',
        at: NOW,
        by: 'test',
        conversation: 'operator:test',
        outgoing: [],
        expects: { reports: {} },
      },
      changes: [{ type: 'unit_set', unit: below('c', 'Xã Mỹ Bình') }],
    });
    const hoa = await world.join('hoa', 'officer', 'c');
    expect(await act('Thêm đơn vị')).toContain('Còn 1 đơn vị');
    expect(await say('Xã Không Có')).toContain('Không thấy đơn vị');
    await say('Mỹ Bình; mới thành lập');
    const seen = await yes();
    expect(told(seen)).toEqual([hoa]);
    expect(shown(seen, hoa)).toContain('[Bắt đầu]');
    expect(shown(seen, hoa)).toContain('mới thành lập');
    expect((await campaign())?.units).toEqual(['u1', 'a', 'b', 'c']);
    await world.say(lan, '12');
    await act('Bỏ một đơn vị');
    expect(await say('Ngã Năm')).toContain('đã bắt đầu nhập');
    await say('Xã Mỹ Bình; thêm nhầm đơn vị');
    const gone = await yes();
    expect(shown(gone, hoa)).toContain('không phải nộp');
    expect((await campaign())?.units).toEqual(['u1', 'a', 'b']);
  });

  it('does not take a unit out that began between question and confirmation', async () => {
    await act('Bỏ một đơn vị');
    await say('Ngã Năm; thêm nhầm đơn vị');
    await world.say(lan, '12');
    expect(shown(await yes())).toContain('đã bắt đầu nhập');
    expect((await campaign())?.units).toContain('u1');
  });

  it('of the office’s deadline and of the reminders tells nobody; approval is told', async () => {
    await act('Đổi hạn tổng hợp');
    expect(await say('15/9')).toContain('sớm hơn hạn nộp');
    await say('18/9; theo lịch của Bộ');
    expect(told(await yes())).toEqual([]);
    await act('Đổi lịch nhắc');
    expect(await say('hay nhắc')).toContain('Chưa hiểu lịch nhắc');
    await say('3 ngày, 1 ngày lúc 7:30; báo trước 6 giờ; cho đỡ phiền đơn vị');
    expect(told(await yes())).toEqual([]);
    await act('Bật duyệt');
    await say('lãnh đạo yêu cầu');
    const seen = await yes();
    expect(shown(seen, lan)).toContain('cần lãnh đạo đơn vị duyệt');
    expect(await campaign()).toMatchObject({
      ...{ passOnBy: '2022-09-18T09:00:00.000Z', approval: true },
      plan: { before: [3, 1], at: '07:30', overdue: true, escalate: 6 },
    });
    await act('Tắt duyệt');
    await say('không cần nữa đâu');
    await yes();
    expect((await campaign())?.approval).toBeUndefined();
  });

  it('closes the period and opens it again, and both are told', async () => {
    await act('Đóng kỳ');
    expect(await say('đã tổng hợp xong')).toContain('Còn 3 đơn vị chưa được tiếp nhận');
    expect(told(await yes())).toEqual(['test:lan', 'test:minh']);
    expect((await campaign())?.closedAt).toBeDefined();
    expect(await say('/ky')).toContain('đã đóng ngày 12/9/2022');
    const closed = shown(await world.press(binh, 'Quý III'));
    expect(closed).toContain('[Mở lại kỳ]');
    expect(closed).not.toContain('[Đổi hạn nộp]');
    expect(shown(await world.press(binh, 'Đổi hạn nộp').catch(() => []))).not.toContain('Hạn nộp mới');
    await world.say(binh, '/ky');
    await world.press(binh, 'Quý III');
    await world.press(binh, 'Mở lại kỳ');
    await say('đơn vị đính chính');
    const seen = await yes();
    expect(shown(seen, lan)).toContain('được mở lại');
    expect((await campaign())?.closedAt).toBeUndefined();
  });

  it('that was shown before somebody else changed the period is not made', async () => {
    const hai = await world.join('hai', 'coordinator', 'so');
    await act('Đổi hạn nộp');
    await say('20/9; Bộ Nội vụ lùi hạn');
    await act('Đổi hạn nộp', hai);
    await world.say(hai, '21/9; tỉnh cho thêm ngày');
    await world.press(hai, 'Xác nhận');
    const seen = shown(await yes());
    expect(seen).toContain('chưa đổi gì');
    expect(seen).toContain('21/9/2022 → 16 giờ 00 ngày 20/9/2022');
    expect((await campaign())?.due).toBe('2022-09-21T09:00:00.000Z');
  });

  it('is not made where somebody closed the period meanwhile', async () => {
    const hai = await world.join('hai', 'coordinator', 'so');
    await act('Đổi hạn nộp');
    await say('20/9; Bộ Nội vụ lùi hạn');
    await act('Đóng kỳ', hai);
    await world.say(hai, 'đã tổng hợp xong');
    await world.press(hai, 'Xác nhận');
    expect(shown(await yes())).toContain('đã đóng');
    expect(await campaign()).toMatchObject({ due: '2022-09-16T09:00:00.000Z' });
    expect((await campaign())?.closedAt).toBeDefined();
  });

  it('confirmed by two coordinators at the same moment is made once, and the other one is asked again', async () => {
    const hai = await world.join('hai', 'coordinator', 'so');
    for (const [who, words] of [
      [binh, '20/9; Bộ Nội vụ lùi hạn'],
      [hai, '21/9; tỉnh cho thêm ngày'],
    ] as const) {
      await act('Đổi hạn nộp', who);
      await world.say(who, words);
    }
    const press = async (who: string) => {
      const [last] = await world.storage.transcript(who, 0, 1);
      const action = last ? (buttonsOf(last.message)[0]?.action ?? '') : '';
      return world.send({ id: world.nextId(), conversation: who, at: NOW, type: 'button', action });
    };
    await Promise.all([press(binh), press(hai)]);
    expect(await reasons()).toHaveLength(2);
    const answers = [...world.transcript(binh), ...world.transcript(hai)].map(plain).join('\n');
    expect(answers).toContain('nên chưa đổi gì');
  });

  it('works by typed marks, and no stray number or letter confirms it', async () => {
    const anh = await world.join('anh', 'coordinator', 'so', 'bare');
    const { say: type } = typing(world, anh, NOW);
    const one = await type(markOf(await type('/ky'), 'Quý III'));
    expect(markOf(one, 'Đóng kỳ')).toMatch(/^\d+$/);
    await type(markOf(one, 'Đóng kỳ'));
    const check = await type('đã tổng hợp xong');
    const code = markOf(check, 'Xác nhận');
    expect(code).toMatch(/^a\d+$/);
    for (const stray of ['1', 'b', 'ok', markOf(one, 'Đóng kỳ')]) await type(stray);
    expect((await campaign())?.closedAt).toBeUndefined();
    await type(code);
    expect((await campaign())?.closedAt).toBeDefined();
  });
});
