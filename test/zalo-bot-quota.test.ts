// The month's messages: counted across restarts and instances, shown to the coordinators, and never overdrawn.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Bench, createMemory, openBench } from './stand-ins/zalo-bot-bench.ts';

let bench: Bench;
afterEach(() => bench?.close());

type Options = NonNullable<Parameters<typeof openBench>[0]>;

let number = 0;
let chat: string;
const send = () => {
  number += 1;
  return bench.channel.send({ id: `out:${number}`, seq: number, chat, message: { text: [`tin ${number}`] } });
};
const sendMany = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++) expect(await send()).toMatchObject({ outcome: 'sent' });
};
const open = async (options: Options = {}, there?: Bench['zalo']): Promise<void> => {
  bench = await openBench(options, there);
  const user = bench.zalo.user('0a1b');
  user.say('xin chào');
  chat = user.id;
};
const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 6000, interval: 10 });
const notice = (used: number, most = 20, month = '2026-10') => ({
  ...{ kind: 'quota', channel: 'zalo-bot', month, used, most },
});
/** 23:30 on the last day of October in Vietnam. */
const OCTOBER = new Date('2026-10-31T16:30:00Z');
/** Half past midnight on the first of November there, still October in UTC. */
const NOVEMBER = new Date('2026-10-31T17:30:00Z');

describe('The quota', () => {
  it('is shown from half of it on, and told at 80, 95 and 100 per cent, once each', async () => {
    await open({ quota: 20, now: () => OCTOBER });
    await sendMany(9);
    expect(bench.channel.notices()).toEqual([]);
    await sendMany(1);
    expect(bench.channel.notices()).toEqual([notice(10)]);
    expect(bench.alarms).toEqual([]);
    await sendMany(6);
    await soon(() => expect(bench.alarms).toEqual([notice(16)]));
    await sendMany(2);
    await soon(() => expect(bench.memory.state()).toMatchObject({ quota: { sent: 18 } }));
    expect(bench.alarms).toHaveLength(1);
    await sendMany(1);
    await soon(() => expect(bench.alarms).toEqual([notice(16), notice(19)]));
    await sendMany(1);
    await soon(() => expect(bench.alarms).toEqual([notice(16), notice(19), notice(20)]));
  });

  it('that is used up keeps every message, without a call, until the month changes where the office is', async () => {
    let now = OCTOBER;
    await open({ quota: 2, now: () => now });
    await sendMany(2);
    const message = { text: ['tin thứ ba'] };
    const link = vi.fn(async () => 'https://bot.example.vn/tep/x/phu-luc.xlsx');
    const table = { make: vi.fn(), pictures: vi.fn(async () => []), link };
    const third = { id: 'third', seq: 3, chat, message, table };
    expect(await bench.channel.send(third)).toMatchObject({ outcome: 'retry', seconds: 3600 });
    expect(bench.zalo.calls('sendMessage')).toHaveLength(2);
    expect(link).not.toHaveBeenCalled();
    now = NOVEMBER;
    expect(await bench.channel.send(third)).toMatchObject({ outcome: 'sent' });
    await soon(() => expect(bench.memory.state()).toMatchObject({ quota: { month: '2026-11', sent: 1 } }));
    expect(bench.channel.notices()).toEqual([notice(1, 2, '2026-11')]);
  });

  it('is not overdrawn by messages to many people at once; those that found no room go when there is some', async () => {
    await open({ quota: 3, now: () => OCTOBER });
    const chats = Array.from({ length: 6 }, (_, n) => bench.zalo.user(`0a2${n}`));
    for (const each of chats) each.say('xin chào');
    const sendTo = (n: number) =>
      bench.channel.send({ id: `to:${n}`, seq: 1, chat: chats[n]?.id ?? '', message: { text: ['tin'] } });
    bench.zalo.fault('sendMessage', { kind: 'gateway' });
    const outcomes = (await Promise.all(chats.map((_, n) => sendTo(n)))).map(({ outcome }) => outcome);
    // One was lost at a gateway, and for a moment nobody could know that its place would be free again.
    expect(outcomes.sort()).toEqual(['retry', 'retry', 'retry', 'retry', 'sent', 'sent']);
    const left = chats.flatMap((each, n) => (each.messages().length === 0 ? [n] : []));
    expect(left).toHaveLength(4);
    expect(await sendTo(left[0] ?? 0)).toMatchObject({ outcome: 'sent' });
    expect(await sendTo(left[1] ?? 0)).toMatchObject({ outcome: 'retry', seconds: 3600 });
    expect(bench.channel.notices()).toEqual([notice(3, 3)]);
  });

  it('outlives a restart, and an alarm is not told again', async () => {
    await open({ quota: 5, now: () => OCTOBER });
    await sendMany(4);
    await soon(() => expect(bench.alarms).toEqual([notice(4, 5)]));
    await bench.channel.stop();
    const before = bench;
    await open({ quota: 5, now: () => OCTOBER, memory: before.memory }, before.zalo);
    await bench.start();
    expect(bench.channel.notices()).toEqual([notice(4, 5)]);
    await sendMany(1);
    expect(await send()).toMatchObject({ outcome: 'retry' });
    await soon(() => expect(bench.alarms).toEqual([notice(5, 5)]));
    await before.close();
  });

  it('is known to the first message after a restart, before anything is received', async () => {
    const memory = createMemory({ quota: { month: '2026-10', sent: 5, told: 100 } });
    await open({ quota: 5, now: () => OCTOBER, memory });
    expect(await send()).toMatchObject({ outcome: 'retry', seconds: 3600 });
    expect(bench.zalo.calls('sendMessage')).toEqual([]);
  });

  it('is shared with other instances and leaves what else is remembered as it is', async () => {
    const memory = createMemory({ other: 'kept' });
    await open({ quota: 100, now: () => OCTOBER, memory });
    await sendMany(3);
    await soon(() => expect(memory.state()).toMatchObject({ quota: { sent: 3 } }));
    memory.put({ other: 'newer', quota: { month: '2026-10', sent: 60, told: 0 } });
    await sendMany(1);
    await soon(() =>
      expect(memory.state()).toEqual({ other: 'newer', quota: { month: '2026-10', sent: 61, told: 0 } }),
    );
    expect(bench.channel.notices()).toEqual([notice(61, 100)]);
  });

  it('is counted once when another writer is faster', async () => {
    const memory = createMemory();
    let races = 3;
    const racing = {
      ...memory,
      write: async (state: object, rev: number) => {
        if (races-- > 0) memory.put({ ...memory.state(), race: races });
        return memory.write({ ...state }, rev);
      },
    };
    await open({ quota: 100, now: () => OCTOBER, memory: racing });
    await sendMany(2);
    await bench.channel.stop();
    expect(memory.state()).toEqual({ race: 0, quota: { month: '2026-10', sent: 2, told: 0 } });
  });

  it('is written a few seconds after a message, not with each one, and at the stop', async () => {
    await open({ now: () => OCTOBER, times: { save: 60_000 } });
    await sendMany(5);
    expect(bench.memory.writes()).toBe(0);
    await bench.channel.stop();
    expect(bench.memory.state()).toMatchObject({ quota: { sent: 5 } });
    expect(bench.memory.writes()).toBe(1);
  });

  it('survives a store that fails: messages go out and the count follows', async () => {
    await open({ quota: 4, now: () => OCTOBER });
    bench.memory.fail(true);
    await sendMany(4);
    expect(await send()).toMatchObject({ outcome: 'retry' });
    await soon(() => expect(bench.log).toContainEqual(expect.objectContaining({ level: 'warn' })));
    bench.memory.fail(false);
    await soon(() => expect(bench.memory.state()).toMatchObject({ quota: { sent: 4 } }));
    expect(bench.alarms).toEqual([notice(4, 4)]);
  });

  it('begins with none where something else is remembered under its name', async () => {
    await open({ quota: 2, now: () => OCTOBER, memory: createMemory({ quota: 'hỏng' }) });
    await sendMany(2);
    expect(await send()).toMatchObject({ outcome: 'retry' });
  });

  it('does not count what was not sent', async () => {
    await open({ now: () => OCTOBER });
    bench.zalo.fault('sendMessage', { kind: 'refuse', code: 500, description: 'Internal' });
    bench.zalo.fault('sendMessage', { kind: 'drop-before' });
    await send();
    await send();
    await sendMany(1);
    await bench.channel.stop();
    expect(bench.memory.state()).toMatchObject({ quota: { sent: 1 } });
  });

  it('that the platform counts otherwise is believed: an hour of silence, an alarm, and another try', async () => {
    let now = OCTOBER;
    await open({ now: () => now });
    bench.zalo.set({ quota: 1 });
    await sendMany(1);
    expect(await send()).toMatchObject({ outcome: 'retry', seconds: 3600 });
    now = new Date(now.getTime() + 600_000);
    expect(await send()).toMatchObject({ outcome: 'retry', seconds: 3000 });
    expect(bench.zalo.calls('sendMessage')).toHaveLength(2);
    const refused = {
      ...{ kind: 'refused', channel: 'zalo-bot', why: '429 Too Many Requests: the quota is used up' },
    };
    expect(bench.channel.notices()).toEqual([refused]);
    expect(bench.alarms).toEqual([refused]);
    bench.zalo.set({ quota: 100 });
    now = new Date(now.getTime() + 3_000_000);
    await sendMany(1);
    expect(bench.channel.notices()).toEqual([]);
  });
});
