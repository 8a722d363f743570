// Where a period asks for it, the unit's leader approves before a report goes out; only what was signed, and only theirs.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/conversation.ts';
import { type Steps, stepByStep, told } from '../support/steps.ts';
import { buttonsOf, createWorld, type Seen, type World } from '../support/world.ts';

const SETUP = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-15T01:00:00.000Z',
  units: [{ id: 'u2', name: 'UBND huyện Mỹ Tú', kind: 'huyện', parent: 'so' }],
};
let world: World;
let steps: Steps;

const later = (): void => steps.later();
const say = (who: string, text: string) => steps.say(who, text);
const press = (who: string, label: string) => steps.press(who, label);
const withTable = (seen: readonly Seen[], who: string): Message | undefined =>
  seen.find(({ conversation, message }) => conversation === who && message.file)?.message;
const [lan, dung, so] = ['test:Lan', 'test:Dũng', 'test:Sở'];
const types = async () => (await world.storage.history('k1/u1')).map(({ change }) => change.type);

async function filled(): Promise<readonly Seen[]> {
  await say(lan, '60');
  await say(lan, '/nop');
  await press(lan, 'Để trống cả');
  await press(lan, 'Đã kiểm tra, số liệu đúng');
  return press(lan, 'Xác nhận nộp');
}

beforeEach(async () => {
  world = await createWorld(SETUP);
  steps = stepByStep(world, SETUP.now);
  await world.storage.commit({
    ...{ event: 'setup:approval', at: SETUP.now, by: 'test', conversation: 'operator:test', outgoing: [] },
    changes: [{ type: 'campaign_set', campaign: { ...world.campaign, approval: true } }],
    expects: { reports: {} },
  });
  await world.join('Sở', 'coordinator');
  await world.join('Lan');
});

describe('A report that the unit’s leader approves', () => {
  it('waits after signing, goes out when approved, as the officer’s and with the leader’s name', async () => {
    await world.join('Dũng', 'leader');
    const signed = await filled();
    expect(told(signed, lan)).toContain('Đã trình lãnh đạo đơn vị duyệt');
    expect(told(signed, dung)).toContain('Báo cáo chờ anh/chị duyệt');
    expect(withTable(signed, dung)).toMatchObject({
      file: { report: 'k1/u1' },
      pictures: { report: 'k1/u1' },
    });
    expect(told(signed, so)).toBe('');
    expect(await world.report()).toMatchObject({ status: 'awaiting', submissions: [] });

    expect(told(await say(lan, '/sua I.5'), lan)).toContain('chờ lãnh đạo đơn vị duyệt');
    const out = await press(dung, 'Duyệt và nộp');
    const people = await world.storage.people();
    const id = (name: string) => people.find((each) => each.name === name)?.id;
    const report = await world.report();
    expect(report).toMatchObject({
      status: 'submitted',
      submissions: [{ version: 1, by: id('Lan'), approvedBy: id('Dũng'), at: '2022-09-15T01:07:00.000Z' }],
      handed: { [id('Lan') ?? '']: 1, [id('Dũng') ?? '']: 1, [id('Sở') ?? '']: 1 },
    });
    expect(told(out, so)).toContain('Lãnh đạo duyệt: Dũng');
    expect(withTable(out, so)?.file).toEqual({ report: 'k1/u1', version: 1 });
    expect(told(out, lan)).toContain('Lãnh đạo đơn vị đã duyệt: Dũng.');
    expect(withTable(out, lan)?.file).toEqual({ report: 'k1/u1', version: 1 });
    const before = await types();
    expect(told(await press(dung, 'Duyệt và nộp'), dung)).toContain('không còn chờ duyệt');
    expect(await types()).toEqual(before);
  });

  it('goes back to the officer with the leader’s reason, and an old approval sends no other figures', async () => {
    await world.join('Dũng', 'leader');
    const old = withTable(await filled(), dung);
    expect(told(await press(dung, 'Trả lại cán bộ'), dung)).toContain('gõ lý do trả lại cán bộ');
    expect(told(await say(dung, 'ok'), dung)).toContain('chưa phải là lý do');
    const declined = await say(dung, 'Tỷ lệ kế hoạch chưa đúng');
    expect(told(declined, lan)).toContain('Lý do (Dũng): Tỷ lệ kế hoạch chưa đúng');
    expect(await world.report()).toMatchObject({ status: 'inProgress' });
    expect((await world.report()).awaiting).toBeUndefined();

    await say(lan, '/sua I.1');
    await say(lan, '65');
    await say(lan, '/nop');
    await press(lan, 'Xác nhận nộp');
    const action = buttonsOf(old ?? { text: [] })[0]?.action ?? '';
    later();
    const late = await world.send({
      ...{ id: 'late:1', conversation: dung, at: SETUP.now, type: 'button' },
      action,
    });
    expect(told(late, dung)).toContain('không còn chờ duyệt');
    expect((await world.report()).status).toBe('awaiting');
    await press(dung, 'Duyệt và nộp');
    expect((await world.report()).status).toBe('submitted');
  });

  it('can be taken back by the officer while it waits, and the leader is told', async () => {
    await world.join('Dũng', 'leader');
    await filled();
    const back = await press(lan, 'Rút lại để sửa');
    expect(told(back, dung)).toContain('Cán bộ đã rút lại báo cáo');
    expect(told(back, so)).toBe('');
    expect((await world.report()).status).toBe('inProgress');
    expect(told(await press(dung, 'Duyệt và nộp'), dung)).toContain('không còn chờ duyệt');
  });

  it('does not go out without a leader: the officer hears whom to ask, the coordinator that nobody can approve', async () => {
    const seen = await filled();
    expect(told(seen, lan)).toContain('chưa có lãnh đạo nào của đơn vị dùng trợ lý');
    expect(told(seen, so)).toContain('đơn vị chưa có lãnh đạo nào dùng trợ lý');
    expect((await world.report()).status).toBe('inProgress');
  });

  it('is approved by nobody else: not by an officer, another unit’s leader or the coordinator', async () => {
    await world.join('Dũng', 'leader');
    await world.join('Minh', 'leader', 'u2');
    const message = withTable(await filled(), dung);
    for (const who of [lan, 'test:Minh', so])
      for (const { action } of buttonsOf(message ?? { text: [] })) {
        later();
        const event = {
          id: world.nextId(),
          conversation: who,
          at: SETUP.now,
          type: 'button',
          action,
        } as const;
        await world.send(event);
      }
    expect((await world.report()).status).toBe('awaiting');
    expect(await types()).not.toContain('approval_refused');
  });
});

describe('A unit’s leader', () => {
  it('who was an officer a moment ago does not answer the question that was open', async () => {
    await say(lan, '60');
    const person = (await world.storage.people()).find(({ name }) => name === 'Lan');
    if (!person) throw new Error('Lan has not joined');
    await world.storage.commit({
      ...{ event: 'setup:role', at: SETUP.now, by: 'test', conversation: 'operator:test', outgoing: [] },
      changes: [{ type: 'person_set', person: { ...person, role: 'leader' } }],
      expects: { reports: {} },
    });
    const before = await types();
    expect(told(await say(lan, '70'), lan)).toContain('[Xem: Quý III năm 2022]');
    expect(await types()).toEqual(before);
  });

  it('sees the unit’s reports and their tables, and writes no figure', async () => {
    await world.join('Dũng', 'leader');
    await say(lan, '60');
    expect(told(await say(dung, '/baocao'), dung)).toContain('[Xem: Quý III năm 2022]');
    const detail = await press(dung, 'Xem: Quý III');
    expect(told(detail, dung)).toContain('1/175 chỉ tiêu');
    expect(told(detail, dung)).not.toContain('Duyệt và nộp');
    expect((await press(dung, 'Xem ảnh bảng')).at(-1)?.message.pictures).toEqual({ report: 'k1/u1' });
    const before = await types();
    await say(dung, '70');
    await say(dung, '/start');
    await say(dung, '/sua I.5');
    await say(dung, '/nop');
    await say(dung, '1');
    expect(await types()).toEqual(before);
  });
});
