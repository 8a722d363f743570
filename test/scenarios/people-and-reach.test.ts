// Who can be reached, who asked to be forgotten, and what a coordinator learns of messages that could not be delivered.
import { beforeEach, describe, expect, it } from 'vitest';
import { createWorld, plain, type World } from '../support/world.ts';

const SETUP = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-16T01:00:00.000Z',
};
let world: World;
let lan: string;
let hoa: string;

beforeEach(async () => {
  world = await createWorld(SETUP);
  lan = await world.join('Lan');
  hoa = await world.join('Hoa', 'coordinator');
});
const event = (conversation: string) => ({ id: world.nextId(), conversation, at: SETUP.now });
const words = (seen: readonly { message: Parameters<typeof plain>[0] }[]): string =>
  seen.map(({ message }) => plain(message)).join('\n');
const person = async (name: string) => (await world.storage.people()).find((each) => each.name === name);

describe('Somebody who asked the platform to be forgotten', () => {
  it('is, without a word: name, chat and invitation go, the figures and who gave them stay', async () => {
    await world.say(lan, '12');
    const id = (await person('Lan'))?.id ?? '';
    expect(await world.send({ ...event(lan), type: 'forget' })).toEqual([]);
    const gone = (await world.storage.people()).find((each) => each.id === id);
    expect(gone).toMatchObject({ name: '', conversations: [], leftAt: SETUP.now });
    expect((await world.storage.invitations()).some((each) => each.name === 'Lan')).toBe(false);
    expect(await world.storage.transcript(lan, 0, 100)).toEqual([]);
    expect(Object.values((await world.report()).answers)).toMatchObject([{ by: id, value: { number: 12 } }]);
    expect(words(await world.say(lan, '13'))).toContain('chỉ dành cho cán bộ đã được mời');
    expect(Object.values((await world.report()).answers)).toHaveLength(1);
  });
});

describe('Leaving', () => {
  it('takes the name out of the invitation and the chat too', async () => {
    await world.say(lan, '/toi');
    await world.press(lan, 'Rời khỏi');
    const seen = await world.press(lan, 'Đồng ý rời khỏi');
    expect(words(seen)).toContain('đã rời khỏi');
    expect((await world.storage.invitations()).some((each) => each.name === 'Lan')).toBe(false);
    const kept = (await world.storage.transcript(lan, 0, 100)).map(({ message }) => plain(message));
    expect(kept).toHaveLength(1);
    expect(kept.join()).not.toContain('Lan');
  });
});

describe('A phone number that an officer shared', () => {
  it('is kept for the coordinator, and goes when the officer goes', async () => {
    const seen = await world.send({ ...event(lan), type: 'contact', name: 'Tên khác', phone: '84912345678' });
    expect(words(seen)).toContain('Số điện thoại chỉ để đầu mối');
    expect(await person('Lan')).toMatchObject({ phone: '84912345678' });
    await world.send({ ...event(lan), type: 'forget' });
    expect(JSON.stringify(await world.storage.people())).not.toContain('84912345678');
  });

  it('of a stranger is not kept', async () => {
    const seen = await world.send({ ...event('test:ai'), type: 'contact', phone: '84912345678' });
    expect(words(seen)).toContain('chỉ dành cho cán bộ đã được mời');
    expect(JSON.stringify(await world.storage.people())).not.toContain('84912345678');
  });
});

describe('Messages that could not be delivered', () => {
  const hold = async (hold: 'window' | 'blocked') => {
    await world.storage.commit({
      ...{ event: world.nextId(), at: SETUP.now, by: '', conversation: 'operator:test', changes: [] },
      outgoing: [{ conversation: lan, message: { text: ['Nhắc hạn nộp'] } }],
      expects: { reports: {} },
    });
    const [out] = await world.storage.unsent();
    await world.storage.markSent(out?.id ?? '', { outcome: 'held', hold, why: 'no', at: SETUP.now });
  };
  /** A turn without the test's own delivery, which would send what is held. */
  const boardOf = async () => {
    const { units, campaigns, held, people, notices } = await world.facts(hoa);
    return { held, people, units, campaigns, notices };
  };

  it('are shown to the coordinator by name with the reason, and the way to reach the person', async () => {
    await world.send({ ...event(lan), type: 'contact', phone: '84912345678' });
    await hold('window');
    expect((await boardOf()).held).toMatchObject([{ conversation: lan, hold: 'window', messages: 1 }]);
    const seen = words((await world.say(hoa, '/chuagui')).filter((each) => each.conversation === hoa));
    expect(seen).toContain('*Lan* (UBND thị xã Ngã Năm)');
    expect(seen).toContain('đã lâu không nhắn với trợ lý');
    expect(seen).toContain('84912345678');
  });

  it('are counted on the board, and nothing is said when there are none', async () => {
    expect(words(await world.say(hoa, '/baocao'))).not.toContain('Chưa gửi được');
    await hold('blocked');
    const seen = (await world.say(hoa, '/baocao')).filter((each) => each.conversation === hoa);
    expect(words(seen)).toContain('Chưa gửi được tới 1 người');
  });

  it('are nothing an officer is told about', async () => {
    await hold('window');
    expect((await world.facts(lan)).held).toEqual([]);
    expect(words(await world.say(lan, '/chuagui'))).toContain('dành cho đầu mối tổng hợp');
  });

  it('make way as soon as the person writes again', async () => {
    await world.send({ ...event(lan), type: 'reachable', reachable: false });
    expect((await person('Lan'))?.unreachable).toEqual([lan]);
    await world.say(lan, '12');
    expect((await person('Lan'))?.unreachable).toEqual([]);
    expect(Object.keys((await world.report()).answers)).toHaveLength(1);
  });
});
