// What every store promises about periods and people that several may change at once, closed periods, and what became of messages.
import { expect, it } from 'vitest';
import type { Change } from '../src/domain/change.ts';
import type { Storage, Turn } from '../storage/storage.ts';
import { campaign, LAN, MINH, person, say, text, turn, withTwoUnits } from './storage.samples.ts';

const CLOSED = '2026-09-21T00:00:00Z';

/** A coordinator's turn that has read this campaign at `rev`. */
const change = (event: string, rev: number, over: Parameters<typeof campaign>[1]): Turn =>
  turn(event, {
    conversation: 'web:binh',
    changes: [{ type: 'campaign_set', campaign: campaign('early', over) }],
    expects: { reports: {}, campaigns: { early: rev } },
  });

export function periods(current: () => Storage): void {
  it('of two who change a period at once the later one is told so, and nothing of the turn is stored', async () => {
    await withTwoUnits(current());
    const rev = (await current().campaign('early'))?.rev ?? 0;
    expect(await current().commit(change('e1', rev, { due: '2026-09-20T09:00:00Z' }))).toBe('done');
    const slow = {
      ...change('e2', rev, { closedAt: CLOSED }),
      outgoing: [{ conversation: LAN, message: text('x') }],
    };
    expect(await current().commit(slow)).toBe('stale');
    expect(await current().campaign('early')).toMatchObject({ due: '2026-09-20T09:00:00Z', rev: rev + 1 });
    expect(await current().unsent()).toEqual([]);
    expect(await current().commit({ ...slow, expects: { reports: {}, campaigns: { early: rev + 1 } } })).toBe(
      'done',
    );
  });

  it('of two who change a person at once the later one is told so', async () => {
    await withTwoUnits(current());
    const rev = (await current().people()).find(({ id }) => id === 'lan')?.rev ?? 0;
    const set = (event: string, phone: string): Turn =>
      turn(event, {
        conversation: `web:${event}`,
        changes: [{ type: 'person_set', person: person('lan', { phone }) }],
        expects: { reports: {}, people: { lan: rev } },
      });
    expect(await current().commit(set('e1', '84901234567'))).toBe('done');
    expect(await current().commit(set('e2', '84907654321'))).toBe('stale');
    expect((await current().people()).find(({ id }) => id === 'lan')).toMatchObject({
      phone: '84901234567',
      rev: rev + 1,
    });
  });

  it('who looks after units finds the closed periods too, the newest first; an officer does not', async () => {
    await withTwoUnits(current());
    const close = (id: string, due: string): Change => ({
      type: 'campaign_set',
      campaign: campaign(id, { due, closedAt: CLOSED }),
    });
    const changes = [close('early', '2026-03-16T09:00:00Z'), close('late', '2026-06-16T09:00:00Z')];
    await current().commit(turn('e1', { conversation: 'cli', changes }));
    await current().commit(
      turn('e2', {
        conversation: 'cli',
        changes: [
          {
            type: 'person_set',
            person: person('vy', { role: 'viewer', unit: 'so-noi-vu', conversations: [MINH] }),
          },
        ],
      }),
    );
    const viewer = await current().load({ conversation: MINH, event: 'e' });
    expect(viewer.closed.map(({ id }) => id)).toEqual(['closed', 'late', 'early']);
    expect(viewer.units.length).toBeGreaterThan(2);
    expect((await current().load({ conversation: LAN, event: 'e' })).closed).toEqual([]);
  });

  it('who was nudged stands in the history of the period', async () => {
    await withTwoUnits(current());
    const nudged: Change = {
      ...{ type: 'nudged', campaign: 'early', unreached: ['xa-b'] },
      people: [{ person: 'lan', unit: 'nga-nam', conversation: LAN, message: 'e1:0' }],
    };
    await current().commit(turn('e1', { conversation: 'web:binh', by: 'binh', changes: [nudged] }));
    expect((await current().history('campaign:early')).at(-1)).toMatchObject({
      ...{ id: 'e1:0', by: 'binh', conversation: 'web:binh', change: nudged },
    });
  });

  it('who was given the consolidated tables stands there as well', async () => {
    await withTwoUnits(current());
    const given: Change = { type: 'tables_given', campaign: 'early', person: 'binh' };
    await current().commit(turn('e1', { conversation: 'web:binh', by: 'binh', changes: [given] }));
    expect((await current().history('campaign:early')).at(-1)).toMatchObject({ by: 'binh', change: given });
  });

  it('a message that is about to go out is marked so, still waits, and is unmarked by whatever becomes of it', async () => {
    const at = '2026-09-10T01:00:00Z';
    const begun = async () => (await current().unsent()).map((each) => each.begun);
    await current().commit(say('e1', 'a'));
    expect(await begun()).toEqual([undefined]);
    await current().markSent('e1:0', { outcome: 'begun', at });
    expect(await begun()).toEqual([at]);
    expect(await current().fate(LAN, 'e1')).toEqual({ is: 'waiting' });
    await current().markSent('e1:0', { outcome: 'retry', why: 'busy' });
    expect(await begun()).toEqual([undefined]);
    await current().markSent('e1:0', { outcome: 'begun', at });
    await current().markSent('e1:0', { outcome: 'held', hold: 'blocked', why: 'blocked', at });
    expect(await begun()).toEqual([undefined]);
    await current().markSent('e1:0', { outcome: 'begun', at });
    await current().markSent('e1:0', { outcome: 'sent' });
    expect(await begun()).toEqual([]);
  });

  it('what became of a message can be asked: it waits, is held, went out, may have, or never will', async () => {
    await current().commit(say('e1', 'a'));
    await current().commit(say('e2', 'b'));
    await current().commit(say('e3', 'c'));
    await current().commit(say('e4', 'd'));
    const fate = (n: number) => current().fate(LAN, `e${n}:0`);
    expect(await fate(1)).toEqual({ is: 'waiting' });
    const why = 'blocked by the person';
    const at = '2026-09-10T01:00:00Z';
    await current().markSent('e1:0', { outcome: 'held', hold: 'blocked', why, at });
    expect(await fate(1)).toEqual({ is: 'held', hold: 'blocked', knocked: false });
    await current().markSent('e1:0', { outcome: 'held', hold: 'window', why, at, knockedAt: at });
    expect(await fate(1)).toEqual({ is: 'held', hold: 'window', knocked: true });
    await current().markSent('e2:0', { outcome: 'sent', platform: 'p' });
    await current().markSent('e3:0', { outcome: 'unknown', why });
    await current().markSent('e4:0', { outcome: 'never', why });
    expect(await Promise.all([2, 3, 4, 5].map(fate))).toEqual([
      ...[{ is: 'sent' }, { is: 'unknown' }, { is: 'never', why }, undefined],
    ]);
  });
}
