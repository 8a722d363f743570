// What every store promises about messages that wait until a person is heard from again.
import { expect, it } from 'vitest';
import type { Hold } from '../src/domain/channel-state.ts';
import type { Delivery, Outgoing, Storage } from '../storage/storage.ts';
import { LAN, MINH, person, say, session, text, turn, withTwoUnits } from './storage.samples.ts';

const COORDINATOR = 'telegram:3';
/** Every hold, so that a new one is not left out. */
const HOLDS: Readonly<Record<Hold, true>> = {
  ...{
    window: true,
    blocked: true,
    unfollowed: true,
    inactive: true,
    unpaid: true,
    later: true,
    refused: true,
  },
};
const hold = (at: string, more: { hold?: Hold; knockedAt?: string } = {}): Delivery => ({
  ...{ outcome: 'held', hold: 'window', why: 'quá 48 giờ', at },
  ...more,
});

export function held(current: () => Storage): void {
  const unsent = async (id: string): Promise<Outgoing | undefined> =>
    (await current().unsent()).find((out) => out.id === id);
  const seen = async (conversation = COORDINATOR) =>
    (await current().load({ conversation, event: 'e' })).held;

  it('a held message keeps its place among the unsent ones, with why and since when, and is not counted as tried', async () => {
    for (const n of [1, 2, 3]) await current().commit(say(`e${n}`, String(n)));
    await current().markSent('e2:0', { outcome: 'retry', why: 'mạng' });
    await current().markSent('e2:0', hold('2026-09-12T00:00:00Z', { hold: 'unfollowed' }));
    expect((await current().unsent()).map(({ id }) => id)).toEqual(['e1:0', 'e2:0', 'e3:0']);
    expect(await unsent('e2:0')).toEqual({
      ...{ id: 'e2:0', conversation: LAN, seq: 2, message: text('2'), createdAt: '2026-09-10T08:00:00Z' },
      attempts: 1,
      held: { hold: 'unfollowed', at: '2026-09-12T00:00:00Z' },
    });
    expect(await unsent('e1:0')).not.toHaveProperty('held');
  });

  it('held again, it says so anew and still knows when somebody last knocked', async () => {
    await current().commit(say('e1', 'một'));
    await current().markSent('e1:0', hold('2026-09-12T00:00:00Z'));
    expect((await unsent('e1:0'))?.held).not.toHaveProperty('knockedAt');
    await current().markSent('e1:0', hold('2026-09-12T00:00:00Z', { knockedAt: '2026-09-13T00:00:00Z' }));
    await current().markSent('e1:0', hold('2026-09-14T00:00:00Z', { hold: 'blocked' }));
    expect((await unsent('e1:0'))?.held).toEqual({
      ...{ hold: 'blocked', at: '2026-09-14T00:00:00Z', knockedAt: '2026-09-13T00:00:00Z' },
    });
    await current().markSent('e1:0', hold('2026-09-14T00:00:00Z', { knockedAt: '2026-09-15T00:00:00Z' }));
    expect((await unsent('e1:0'))?.held).toMatchObject({ knockedAt: '2026-09-15T00:00:00Z' });
  });

  it('a retry lets a held message go; held after that, nobody has knocked yet', async () => {
    await withTwoUnits(current());
    await current().commit(say('e1', 'một'));
    await current().markSent('e1:0', hold('2026-09-12T00:00:00Z', { knockedAt: '2026-09-12T00:00:00Z' }));
    await current().markSent('e1:0', { outcome: 'retry', why: 'đã nhắn lại' });
    expect(await unsent('e1:0')).toMatchObject({ attempts: 1 });
    expect(await unsent('e1:0')).not.toHaveProperty('held');
    expect(await seen()).toEqual([]);
    await current().markSent('e1:0', hold('2026-09-13T00:00:00Z'));
    expect((await unsent('e1:0'))?.held).toEqual({ hold: 'window', at: '2026-09-13T00:00:00Z' });
    await current().markSent('e1:0', { outcome: 'sent' });
    expect(await current().unsent()).toEqual([]);
    expect((await current().transcript(LAN, 0, 1))[0]).not.toHaveProperty('held');
    expect(await seen()).toEqual([]);
  });

  it('a coordinator sees each conversation in which messages are held once, the longest wait first', async () => {
    await withTwoUnits(current());
    const outgoing = [LAN, MINH, LAN, 'telegram:2', LAN, MINH].map((conversation, n) => ({
      ...{ conversation, message: text(String(n)) },
    }));
    await current().commit(turn('e1', { outgoing }));
    await current().markSent('e1:0', hold('2026-09-14T00:00:00Z'));
    await current().markSent('e1:1', hold('2026-09-13T00:00:00Z', { hold: 'unpaid' }));
    await current().markSent('e1:2', hold('2026-09-12T00:00:00Z', { hold: 'blocked' }));
    await current().markSent('e1:3', { outcome: 'retry', why: 'mạng' });
    const lan = { conversation: LAN, person: 'lan' };
    const stranger = { conversation: MINH, hold: 'unpaid', since: '2026-09-13T00:00:00Z', messages: 1 };
    expect(await seen()).toEqual([
      { ...lan, hold: 'blocked', since: '2026-09-12T00:00:00Z', messages: 2 },
      stranger,
    ]);
    await current().markSent('e1:2', { outcome: 'never', why: 'thôi' });
    expect(await seen()).toEqual([
      stranger,
      { ...lan, hold: 'window', since: '2026-09-14T00:00:00Z', messages: 1 },
    ]);
    expect(await seen(LAN)).toEqual([]);
    expect(await seen('nobody')).toEqual([]);
  });

  it('every reason to hold a message is kept as it was given', async () => {
    await withTwoUnits(current());
    const holds = Object.keys(HOLDS) as Hold[];
    const outgoing = holds.map((each) => ({ conversation: `test:${each}`, message: text(each) }));
    await current().commit(turn('e1', { outgoing }));
    for (const [n, each] of holds.entries())
      await current().markSent(`e1:${n}`, hold('2026-09-12T00:00:00Z', { hold: each }));
    expect(new Set((await seen()).map((each) => `${each.conversation} ${each.hold}`))).toEqual(
      new Set(holds.map((each) => `test:${each} ${each}`)),
    );
  });

  it('of messages held at the same moment, the first one says why', async () => {
    await withTwoUnits(current());
    for (const n of [1, 2]) await current().commit(say(`e${n}`, String(n)));
    await current().markSent('e2:0', hold('2026-09-12T00:00:00Z', { hold: 'inactive' }));
    await current().markSent('e1:0', hold('2026-09-12T00:00:00Z', { hold: 'blocked' }));
    expect(await seen()).toMatchObject([{ hold: 'blocked', messages: 2 }]);
  });

  it('a held message belongs to whoever has the conversation now', async () => {
    await withTwoUnits(current());
    await current().commit(say('e1', 'một'));
    await current().markSent('e1:0', hold('2026-09-12T00:00:00Z'));
    const without = person('lan', { conversations: [] });
    const lost = turn('lost', { conversation: 'cli', changes: [{ type: 'person_set', person: without }] });
    await current().commit(lost);
    expect(await seen()).toEqual([
      { conversation: LAN, hold: 'window', since: '2026-09-12T00:00:00Z', messages: 1 },
    ]);
    const joined = turn('hoa', {
      changes: [{ type: 'person_set', person: person('hoa') }],
      session: session(LAN, { person: 'hoa' }),
    });
    await current().commit(joined);
    expect(await seen()).toMatchObject([{ conversation: LAN, person: 'hoa' }]);
  });
}
