// A figure that is waited for until an hour is asked again then: once, of whoever waits, within the working hours.
import { describe, expect, it } from 'vitest';
import { createLog } from '../src/log.ts';
import { createRounds } from '../src/rounds.ts';
import type { Outgoing } from '../storage/storage.ts';
import { allTemplates, buttonsOf, createWorld, plain, TIMEZONE } from './support/world.ts';

const vn = (day: string, time: string): string => new Date(`2026-${day}T${time}:00+07:00`).toISOString();

/** Two officers of one unit on a Wednesday; the report is due so late that no round of reminders comes in between. */
async function setup() {
  const templates = await allTemplates();
  const world = await createWorld({
    ...{ template: 'ubnd-thi-xa-nga-nam', unit: 'UBND thị xã Ngã Năm', period: '2026-Q3' },
    ...{ now: vn('09-02', '09:00'), due: vn('10-30', '16:00') },
  });
  const lan = await world.join('Lan');
  const minh = await world.join('Minh');
  let now = vn('09-02', '09:00');
  const start = () =>
    createRounds({
      ...{ storage: world.storage, templates, timezone: TIMEZONE, holidays: {} },
      ...{ now: () => new Date(now), wake: () => {}, log: createLog('silent') },
    });
  /** What goes out at that hour, by a program that has just begun. */
  async function at(day: string, time: string): Promise<readonly Outgoing[]> {
    now = vn(day, time);
    world.setNow(now);
    const rounds = start();
    await rounds.tick();
    await rounds.stop();
    const out = await world.storage.unsent();
    for (const each of out) await world.storage.markSent(each.id, { outcome: 'sent' });
    return out;
  }
  return { world, lan, minh, at };
}

describe('A figure that is waited for until Friday', () => {
  it('is asked again on Friday at eight, once, with the way to it', async () => {
    const { world, lan, at } = await setup();
    await world.say(lan, '/cho Phòng Nội vụ đến thứ sáu');
    expect(await at('09-03', '10:00')).toEqual([]);
    expect(await at('09-04', '07:59')).toEqual([]);
    const [asked, ...others] = await at('09-04', '08:00');
    expect(others).toEqual([]);
    expect(asked?.conversation).toBe(lan);
    const person = (await world.storage.people()).find(({ conversations }) => conversations.includes(lan));
    expect(asked?.id).toBe(`waiting:k1/u1:ke-hoach-ty-le@${vn('09-04', '08:00')}:${person?.id}:0`);
    expect(plain(asked?.message ?? { text: [] })).toContain('chờ Phòng Nội vụ đến 08 giờ 00 ngày 04/9/2026');
    expect(await at('09-04', '08:01')).toEqual([]);
    const [button] = asked ? buttonsOf(asked.message) : [];
    const base = { id: world.nextId(), conversation: lan, at: vn('09-04', '08:01') };
    const seen = await world.send({ ...base, type: 'button', action: button?.action ?? '' });
    expect(seen.map(({ message }) => plain(message)).join()).toContain('Đang chờ: Phòng Nội vụ');
    await world.say(lan, '17,39');
    expect((await world.report()).answers['ke-hoach-ty-le']).toMatchObject({ value: { number: 17.39 } });
    expect((await world.report()).answers['ke-hoach-ty-le']?.waitsFor).toBeUndefined();
  });

  it('is not asked again once the figure has come', async () => {
    const { world, lan, at } = await setup();
    await world.say(lan, '/cho Phòng Nội vụ đến thứ sáu');
    await world.say(lan, '/sua tỷ lệ hoàn thành kế hoạch');
    await world.say(lan, '17,39');
    expect(await at('09-04', '08:00')).toEqual([]);
  });

  it('waits for the working hours, and for whoever is writing just then', async () => {
    const { world, lan, at } = await setup();
    await world.say(lan, '/cho Phòng Nội vụ đến thứ bảy');
    expect(await at('09-05', '08:00')).toEqual([]);
    expect(await at('09-07', '07:00')).toEqual([]);
    world.setNow(vn('09-07', '07:55'));
    await world.say(lan, '/muc');
    expect(await at('09-07', '08:00')).toEqual([]);
    expect(await at('09-07', '08:10')).toHaveLength(1);
  });

  it('is put off by saying so again', async () => {
    const { world, lan, at } = await setup();
    await world.say(lan, '/cho Phòng Nội vụ đến thứ sáu');
    await world.say(lan, '/sua tỷ lệ hoàn thành kế hoạch');
    await world.say(lan, '/cho Phòng Nội vụ đến 8/9');
    expect(await at('09-04', '08:00')).toEqual([]);
    expect(await at('09-08', '08:00')).toHaveLength(1);
  });

  it('is asked of the colleagues when whoever waited has left', async () => {
    const { world, lan, minh, at } = await setup();
    await world.say(lan, '/cho Phòng Nội vụ đến thứ sáu');
    const gone = (await world.storage.people()).find(({ conversations }) => conversations.includes(lan));
    if (!gone) throw new Error('nobody there');
    await world.storage.commit({
      ...{
        event: 'gone',
        at: vn('09-02', '10:00'),
        by: gone.id,
        conversation: 'operator:test',
        outgoing: [],
      },
      changes: [{ type: 'person_forgotten', person: gone.id, at: vn('09-02', '10:00') }],
      expects: { reports: {} },
    });
    expect((await at('09-04', '08:00')).map(({ conversation }) => conversation)).toEqual([minh]);
  });
});

describe('A figure that somebody waits for who fills a part', () => {
  async function given() {
    const { world, lan, minh, at } = await setup();
    const made = await world.say(lan, '/giao I cho An');
    const letter = made.map(({ message }) => plain(message)).join('\n');
    const an = 'test:An';
    await world.say(an, `/start ${/\/start (\S+)/.exec(letter)?.[1]}`);
    await world.say(an, '/cho Phòng Nội vụ đến thứ sáu');
    const to = async () => (await at('09-04', '08:00')).map(({ conversation }) => conversation);
    return { world, lan, minh, an, to };
  }

  it('is asked again of that person', async () => {
    const { an, to } = await given();
    expect(await to()).toEqual([an]);
  });

  it('is asked of whoever gave it when just this row was taken back, although another part stays', async () => {
    const { world, lan, an, to } = await given();
    await world.say(lan, '/giao II cho An');
    await world.press(lan, 'Giao cho An');
    await world.say(lan, '/giao');
    await world.press(lan, 'Lấy lại: mục I ');
    await world.press(lan, 'Đồng ý lấy lại');
    const held = Object.values((await world.report()).assignments ?? {}).filter(({ endedAt }) => !endedAt);
    expect(held.map(({ rows }) => rows)).toEqual([['the-che']]);
    expect(await to()).toEqual([lan]);
    expect(an).not.toBe(lan);
  });
});

describe('A scheduled reminder', () => {
  it('names what is waited for, and what is overdue', async () => {
    const { world, lan, at } = await setup();
    await world.say(lan, '/cho Phòng Nội vụ đến thứ sáu');
    await at('09-04', '08:00');
    const sent = (await at('10-23', '08:00')).find(({ conversation }) => conversation === lan);
    expect(plain(sent?.message ?? { text: [] })).toContain(
      'đang chờ: Phòng Nội vụ, hẹn 08 giờ 00 ngày 04/9/2026 (đã quá hẹn)',
    );
  });
});
