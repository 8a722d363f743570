// Who an invitation lets in, and whom it leaves as they are: the parts of joining that a transcript cannot write down.
import { describe, expect, it } from 'vitest';
import { said } from '../support/said.ts';
import { createWorld, type World } from '../support/world.ts';

const office = (): Promise<World> =>
  createWorld({
    template: 'ubnd-thi-xa-nga-nam',
    unit: 'UBND thị xã Ngã Năm',
    period: '2022-Q3',
    now: '2022-09-14T01:00:00Z',
  });

/** The code in the newest message of a conversation that hands one out. */
const codeFor = async (world: World, conversation: string): Promise<string> => {
  const heard = said(await world.press(conversation, 'Mở trên thiết bị khác'));
  return /\/start (\S+)/.exec(heard)?.[1] ?? '';
};

describe('An invitation', () => {
  it('to coordinate, opened by an officer of the same unit, says so and is not used up', async () => {
    const world = await office();
    const lan = await world.join('Lan');
    const code = await world.invite('Lan', 'coordinator', 'u1');
    const heard = said(await world.say(lan, `/start ${code}`));
    expect(heard).toContain('đang dùng cho Lan, cán bộ nhập số liệu, UBND thị xã Ngã Năm');
    expect(heard).toContain('Rời khỏi');
    expect(said(await world.say('test:Sep', `/start ${code}`))).toContain('Anh/chị là đầu mối tổng hợp');
  });

  it("meant for a colleague, opened on one's own phone, still lets the colleague in", async () => {
    const world = await office();
    const lan = await world.join('Lan');
    const code = await world.invite('Minh');
    const heard = said(await world.say(lan, `/start ${code}`));
    expect(heard).toContain('Anh/chị đã tham gia');
    expect(heard).toContain('Chỉ tiêu 1/25');
    expect(said(await world.say('test:Minh', `/start ${code}`))).toContain('Xin chào *Minh*');
  });

  it('for a further device, tapped on the first one, still opens the further one', async () => {
    const world = await office();
    const lan = await world.join('Lan');
    await world.say(lan, '/toi');
    const code = await codeFor(world, lan);
    await world.say(lan, `/start ${code}`);
    expect(said(await world.say('test:Lan-2', `/start ${code}`))).toContain('Xin chào *Lan*');
    expect((await world.storage.people()).length).toBe(1);
  });

  it('for a further device of somebody who has left since lets nobody in', async () => {
    const world = await office();
    const lan = await world.join('Lan');
    await world.say(lan, '/toi');
    const code = await codeFor(world, lan);
    await world.press(lan, 'Rời khỏi');
    await world.press(lan, 'Đồng ý rời khỏi');
    expect(said(await world.say('test:Lan-2', `/start ${code}`))).toContain('đã bị thu hồi');
    expect(said(await world.say('test:Lan-2', '60'))).toContain('chỉ dành cho cán bộ đã được mời');
    const back = said(await world.say(lan, `/start ${await world.invite('Lan')}`));
    expect(back).toContain('Xin chào *Lan*');
  });

  it('pasted as a bare code by somebody who is in already is never taken for an answer', async () => {
    const world = await office();
    const lan = await world.join('Lan');
    await world.say(lan, '/sua ket qua thuc hien nhiem vu khac');
    const code = await world.invite('Minh');
    expect(said(await world.say(lan, code))).toContain('Anh/chị đã tham gia');
    expect(await world.storage.report('k1/u1')).toBeUndefined();
  });
});
