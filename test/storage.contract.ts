// What every store promises, as sentences; run against each of them by storage.test.ts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Campaign } from '../src/domain/campaign.ts';
import type { Change } from '../src/domain/change.ts';
import { emptyReport } from '../src/domain/report.ts';
import type { Storage, Turn } from '../storage/storage.ts';
import { channels, links } from './storage.contract.channels.ts';
import { forgetting } from './storage.contract.forget.ts';
import { held } from './storage.contract.held.ts';
import { merged } from './storage.contract.merged.ts';
import { parts } from './storage.contract.parts.ts';
import { periods } from './storage.contract.periods.ts';
import {
  answer,
  campaign,
  invitation,
  LAN,
  link,
  MINH,
  person,
  say,
  session,
  set,
  started,
  text,
  turn,
  unit,
  withReport,
  withTwoUnits,
} from './storage.samples.ts';

/** Runs the whole suite against one kind of store; `open` gives a new, empty one. */
export function storageContract(name: string, open: () => Promise<Storage>): void {
  describe(`${name}: what every store promises`, () => {
    let store: Storage;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());
    const current = (): Storage => store;
    turns(current);
    messages(current);
    looking(current);
    whoSeesWhat(current);
    previousAndRecent(current);
    merged(current);
    oddities(current);
    crowds(current);
    held(current);
    channels(current);
    links(current);
    forgetting(current);
    parts(current);
    periods(current);
  });
}

function turns(current: () => Storage): void {
  it('a turn is stored with its session, changes and messages, and revs grow by one', async () => {
    const report = await withReport(current());
    const next = say('e2', 'Đã ghi', {
      session: session(LAN, { person: 'lan', waiting: { flow: 'submit', report }, rev: 41 }),
      changes: [
        set(report, 'ho-so', 5971),
        { type: 'note_set', report, row: 'ho-so', note: 'đến 14/9', was: null },
      ],
      expects: { session: 1, reports: { [report]: 1 } },
    });
    expect(await current().commit(next)).toBe('done');
    const loaded = await current().load({ conversation: LAN, event: 'e3' });
    expect(loaded.session).toEqual(
      session(LAN, { person: 'lan', waiting: { flow: 'submit', report }, rev: 2 }),
    );
    expect(loaded.reports).toEqual([
      {
        ...emptyReport(campaign('2026-Q3'), 'nga-nam'),
        status: 'inProgress',
        answers: { 'ho-so': answer(5971, 'e') },
        notes: { 'ho-so': 'đến 14/9' },
        rev: 2,
      },
    ]);
    expect((await current().unsent()).map(({ id, message }) => [id, message.text])).toEqual([
      ['e2:0', ['Đã ghi']],
    ]);
  });

  it('an event that was stored before changes nothing, also one without a session or a change', async () => {
    expect(await current().commit(say('e1', 'một'))).toBe('done');
    expect(await current().commit(say('e1', 'hai', { session: session(LAN) }))).toBe('duplicate');
    expect((await current().load({ conversation: LAN, event: 'e1' })).handled).toBe(true);
    expect((await current().load({ conversation: LAN, event: 'e2' })).handled).toBe(false);
    expect(await current().unsent()).toHaveLength(1);
    expect(await current().sessions()).toEqual([]);
  });

  it('at least the last 1,000 events of a conversation are known', async () => {
    for (let n = 0; n < 1001; n += 1) await current().commit(turn(`e${n}`));
    expect(await current().commit(say('e1', 'lại'))).toBe('duplicate');
    expect(await current().commit(say('e1000', 'lại'))).toBe('duplicate');
  });

  it('a repeated event is a duplicate even when its revs are no longer current', async () => {
    const first = turn('e1', { session: session(LAN), expects: { session: 0, reports: {} } });
    expect(await current().commit(first)).toBe('done');
    expect(await current().commit(first)).toBe('duplicate');
  });

  it('a session that somebody changed meanwhile makes a turn stale, and nothing of it is stored', async () => {
    const report = await withReport(current());
    const slow = say('e2', 'trễ', {
      session: session(LAN),
      changes: [set(report, 'a', 1)],
      expects: { session: 0, reports: { [report]: 1 } },
    });
    expect(await current().commit(slow)).toBe('stale');
    expect((await current().report(report))?.rev).toBe(1);
    expect(await current().unsent()).toEqual([]);
    expect((await current().load({ conversation: LAN, event: 'e2' })).handled).toBe(false);
    expect(await current().commit({ ...slow, expects: { session: 1, reports: { [report]: 1 } } })).toBe(
      'done',
    );
  });

  it('a report that a colleague changed meanwhile makes a turn stale, and nothing of it is stored', async () => {
    const report = await withReport(current());
    const change = (event: string, conversation: string): Turn =>
      turn(event, {
        conversation,
        changes: [set(report, event, 1)],
        session: session(conversation),
        expects: { reports: { [report]: 1 } },
      });
    expect(await current().commit(change('e2', MINH))).toBe('done');
    expect(await current().commit(change('e3', LAN))).toBe('stale');
    expect(Object.keys((await current().report(report))?.answers ?? {})).toEqual(['e2']);
    expect((await current().sessions()).find(({ conversation }) => conversation === LAN)?.rev).toBe(1);
  });

  it('a report that is only read can be expected too', async () => {
    const report = await withReport(current());
    expect(await current().commit(turn('e2', { expects: { reports: { [report]: 2 } } }))).toBe('stale');
    expect(await current().commit(turn('e3', { expects: { reports: { [report]: 1, other: 0 } } }))).toBe(
      'done',
    );
  });

  it('starting a report that a colleague started meanwhile is stale', async () => {
    const report = await withReport(current());
    const again = turn('e2', { changes: [started('2026-Q3')], expects: { reports: { [report]: 0 } } });
    expect(await current().commit(again)).toBe('stale');
  });

  it('a turn with one impossible change is refused whole', async () => {
    const report = await withReport(current());
    const changes = [
      set(report, 'a', 1),
      set('missing', 'a', 1),
      { type: 'unit_set', unit: unit('x') } as const,
    ];
    const wrong = say('e2', 'x', {
      changes,
      session: session(LAN),
      expects: { reports: { [report]: 1, missing: 0 } },
    });
    await expect(current().commit(wrong)).rejects.toThrow('missing');
    expect(await current().report(report)).toMatchObject({ rev: 1, answers: {} });
    expect(await current().unit('x')).toBeUndefined();
    expect(await current().unsent()).toEqual([]);
    expect(await current().history(report)).toHaveLength(1);
    expect((await current().load({ conversation: LAN, event: 'e2' })).handled).toBe(false);
  });

  it('a turn that changes a report without saying which rev it read is refused', async () => {
    const report = await withReport(current());
    await expect(current().commit(turn('e2', { changes: [set(report, 'a', 1)] }))).rejects.toThrow(report);
    expect((await current().report(report))?.rev).toBe(1);
  });

  it('an invitation is used once: who read it before it was used is too slow', async () => {
    const use = (event: string, by: string, conversation: string): Turn =>
      turn(event, {
        conversation,
        changes: [
          {
            type: 'invitation_set',
            invitation: invitation('hash', { usedAt: '2026-09-02T00:00:00Z', usedBy: by }),
          },
          { type: 'person_set', person: person(by, { conversations: [conversation] }) },
        ],
      });
    await current().commit(
      turn('e0', { changes: [{ type: 'invitation_set', invitation: invitation('hash') }] }),
    );
    const both = await Promise.all([
      current().commit(use('e1', 'lan', LAN)),
      current().commit(use('e2', 'minh', MINH)),
    ]);
    expect(both).toEqual(['done', 'stale']);
    const revoke = invitation('hash', { revokedAt: '2026-09-03T00:00:00Z' });
    const revoking = turn('e3', { changes: [{ type: 'invitation_set', invitation: revoke }] });
    expect(await current().commit(revoking)).toBe('stale');
    expect((await current().people()).map(({ id }) => id)).toEqual(['lan']);
    expect(await current().invitations()).toMatchObject([{ id: 'hash', usedBy: 'lan' }]);
  });
}

function messages(current: () => Storage): void {
  it('messages get the ids of their event and the next seq of their conversation', async () => {
    const outgoing = [
      { conversation: LAN, message: text('một') },
      { conversation: MINH, message: text('cho Minh') },
      { conversation: LAN, message: text('hai') },
    ];
    await current().commit(turn('e1', { outgoing }));
    await current().commit(say('e2', 'ba'));
    const unsent = await current().unsent();
    const of = (conversation: string) =>
      unsent.filter((out) => out.conversation === conversation).map(({ id, seq }) => [id, seq]);
    expect(of(LAN)).toEqual([
      ['e1:0', 1],
      ['e1:2', 2],
      ['e2:0', 3],
    ]);
    expect(of(MINH)).toEqual([['e1:1', 1]]);
    expect(unsent[0]).toEqual({
      ...{ id: 'e1:0', conversation: LAN, seq: 1, message: text('một') },
      ...{ createdAt: '2026-09-10T08:00:00Z', attempts: 0 },
    });
  });

  it('a message stays unsent until it was sent, given up or may have arrived; a retry counts and keeps its place', async () => {
    for (const n of [1, 2, 3, 4]) await current().commit(say(`e${n}`, String(n)));
    await current().markSent('e1:0', { outcome: 'retry', why: 'mạng' });
    await current().markSent('e1:0', { outcome: 'retry', why: 'mạng' });
    await current().markSent('e2:0', { outcome: 'sent', platform: '77' });
    await current().markSent('e3:0', { outcome: 'unknown', why: 'hết giờ' });
    expect((await current().unsent()).map(({ id, attempts }) => [id, attempts])).toEqual([
      ['e1:0', 2],
      ['e4:0', 0],
    ]);
    await current().markSent('e4:0', { outcome: 'never', why: 'chặn' });
    await current().markSent('e4:0', { outcome: 'retry', why: 'muộn' });
    await current().markSent('unknown:0', { outcome: 'sent' });
    expect((await current().unsent()).map(({ id }) => id)).toEqual(['e1:0']);
  });

  it('the newest sent message with a key is found again by its conversation and key', async () => {
    const keyed = (event: string, conversation: string): Turn =>
      turn(event, { outgoing: [{ conversation, message: text('Câu 1', { key: 'q1' }) }] });
    for (const event of ['e1', 'e2', 'e3']) await current().commit(keyed(event, LAN));
    await current().commit(keyed('e4', MINH));
    await current().markSent('e2:0', { outcome: 'sent', platform: 'second' });
    await current().markSent('e1:0', { outcome: 'sent', platform: 'first' });
    await current().markSent('e4:0', { outcome: 'sent', platform: 'minh' });
    expect(await current().sentAs(LAN, 'q1')).toBe('second');
    expect(await current().sentAs(MINH, 'q1')).toBe('minh');
    expect(await current().sentAs(LAN, 'q2')).toBeUndefined();
    expect(await current().sentAs('nobody', 'q1')).toBeUndefined();
    await current().markSent('e3:0', { outcome: 'sent' });
    expect(await current().sentAs(LAN, 'q1')).toBeUndefined();
  });

  it('the keys of at least the last 200 messages are known', async () => {
    for (let n = 0; n < 210; n += 1) {
      await current().commit(
        say(`e${n}`, '', { outgoing: [{ conversation: LAN, message: text('?', { key: `k${n}` }) }] }),
      );
      await current().markSent(`e${n}:0`, { outcome: 'sent', platform: `p${n}` });
    }
    expect(await current().sentAs(LAN, 'k10')).toBe('p10');
    expect(await current().sentAs(LAN, 'k209')).toBe('p209');
  });

  it('a transcript gives the newest messages after a seq, sent or not, oldest first', async () => {
    for (let n = 1; n <= 5; n += 1) await current().commit(say(`e${n}`, `câu ${n}`));
    await current().markSent('e4:0', { outcome: 'sent' });
    const words = async (after: number, limit: number) =>
      (await current().transcript(LAN, after, limit)).map(({ seq, message }) => [seq, message.text[0]]);
    expect(await words(0, 2)).toEqual([
      [4, 'câu 4'],
      [5, 'câu 5'],
    ]);
    expect(await words(3, 50)).toEqual([
      [4, 'câu 4'],
      [5, 'câu 5'],
    ]);
    expect(await words(5, 50)).toEqual([]);
    expect(await current().transcript('nobody', 0, 50)).toEqual([]);
  });

  it('at least 60 messages are in the transcript, and a message that was not sent is never dropped', async () => {
    for (let n = 1; n <= 200; n += 1) {
      await current().commit(say(`e${n}`, `câu ${n}`));
      if (n > 2) await current().markSent(`e${n}:0`, { outcome: 'sent' });
    }
    expect((await current().transcript(LAN, 0, 58)).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 58 }, (_, n) => 143 + n),
    );
    expect((await current().unsent()).map(({ seq }) => seq)).toEqual([1, 2]);
  });
}

function looking(current: () => Storage): void {
  it('what was never stored is undefined or empty', async () => {
    expect(await current().load({ conversation: LAN, event: 'e', invitation: 'x' })).toEqual({
      ...{
        handled: false,
        units: [],
        campaigns: [],
        closed: [],
        reports: [],
        previous: {},
        people: [],
        invitations: [],
        held: [],
      },
    });
    expect(await current().report('x')).toBeUndefined();
    expect(await current().campaign('x')).toBeUndefined();
    expect(await current().unit('x')).toBeUndefined();
    for (const list of [
      current().unsent(),
      current().history('x'),
      current().reports('x'),
      current().campaigns(),
      current().units(),
      current().people(),
      current().invitations(),
      current().sessions(),
    ]) {
      expect(await list).toEqual([]);
    }
    expect(await current().session('x')).toBeUndefined();
    expect(await current().link('x')).toBeUndefined();
    expect(await current().channelState('x')).toBeUndefined();
  });

  it('everything that was stored can be asked for, and setting it again replaces it', async () => {
    const report = await withReport(current());
    await current().commit(
      turn('e2', {
        changes: [
          { type: 'unit_set', unit: { ...unit('nga-nam'), name: 'Phường Ngã Năm' } },
          { type: 'campaign_set', campaign: campaign('2026-Q3', { closedAt: '2026-10-01T00:00:00Z' }) },
          { type: 'person_set', person: person('lan', { name: 'Lan' }) },
        ],
      }),
    );
    expect((await current().unit('nga-nam'))?.name).toBe('Phường Ngã Năm');
    expect((await current().campaign('2026-Q3'))?.closedAt).toBe('2026-10-01T00:00:00Z');
    expect(await current().units()).toHaveLength(1);
    expect(await current().campaigns()).toHaveLength(1);
    expect((await current().people()).map(({ name }) => name)).toEqual(['Lan']);
    expect((await current().reports('2026-Q3')).map(({ id }) => id)).toEqual([report]);
    expect((await current().sessions()).map(({ conversation }) => conversation)).toEqual([LAN]);
    expect(await current().session(LAN)).toEqual(session(LAN, { person: 'lan', rev: 1 }));
    expect(await current().session(MINH)).toBeUndefined();
  });

  it('the history of a report holds every change in order, with who, when and through which event', async () => {
    const report = await withReport(current());
    const changes = [set(report, 'a', 1), set(report, 'a', 2)];
    await current().commit(
      turn('e2', { by: 'minh', conversation: MINH, changes, expects: { reports: { [report]: 1 } } }),
    );
    const history = await current().history(report);
    expect(history.map(({ id, by, conversation }) => [id, by, conversation])).toEqual([
      ['setup:3', 'lan', LAN],
      ['e2:0', 'minh', MINH],
      ['e2:1', 'minh', MINH],
    ]);
    expect(history[2]).toMatchObject({ at: '2026-09-10T08:00:00Z', change: changes[1] });
  });

  it('invitations that nobody used or revoked are shown to overseers, a leader sees those of the own unit', async () => {
    await withTwoUnits(current());
    const made = [
      invitation('one'),
      invitation('two', { unit: 'xa-b' }),
      invitation('used', { usedAt: '2026-09-02T00:00:00Z', usedBy: 'lan' }),
      invitation('revoked', { revokedAt: '2026-09-02T00:00:00Z' }),
    ];
    const head = person('head', { role: 'leader', conversations: ['telegram:9'] });
    await current().commit(
      turn('e1', {
        changes: [
          ...made.map((each) => ({ type: 'invitation_set', invitation: each }) as const),
          { type: 'person_set', person: head },
        ],
      }),
    );
    const seen = async (conversation: string) =>
      (await current().load({ conversation, event: 'e' })).invitations.map(({ id }) => id).sort();
    expect(await seen('telegram:3')).toEqual(['one', 'two']);
    expect(await seen('telegram:9')).toEqual(['one']);
    expect(await seen(LAN)).toEqual([]);
    expect(await seen(MINH)).toEqual([]);
  });

  it('an invitation is loaded by its hash and only when it was asked for', async () => {
    await current().commit(
      turn('e1', { changes: [{ type: 'invitation_set', invitation: invitation('hash') }] }),
    );
    const ask = { conversation: MINH, event: 'e2' };
    expect((await current().load({ ...ask, invitation: 'hash' })).invitation).toEqual(invitation('hash'));
    expect((await current().load({ ...ask, invitation: 'other' })).invitation).toBeUndefined();
    expect((await current().load(ask)).invitation).toBeUndefined();
  });

  it('submitting keeps the answers of that moment whole', async () => {
    const report = await withReport(current());
    const submission = { by: 'lan', at: 't', event: 'e2', version: 1, values: 1, checkCode: 'AB12' };
    const changes: Change[] = [
      set(report, 'a', 7),
      { type: 'submitted', report, submission },
      set(report, 'a', 8),
    ];
    await current().commit(turn('e2', { changes, expects: { reports: { [report]: 1 } } }));
    const stored = await current().report(report);
    expect(stored?.status).toBe('submitted');
    expect(stored?.submissions).toEqual([{ ...submission, answers: { a: answer(7, 'e') }, notes: {} }]);
    expect(stored?.answers).toEqual({ a: answer(8, 'e') });
  });
}

function whoSeesWhat(current: () => Storage): void {
  it('an officer sees her own unit, its open campaigns by due date, their reports, her colleagues and the coordinators', async () => {
    await withTwoUnits(current());
    const loaded = await current().load({ conversation: LAN, event: 'e' });
    expect(loaded.person?.id).toBe('lan');
    expect(loaded.units.map(({ id }) => id)).toEqual(['nga-nam']);
    expect(loaded.campaigns.map(({ id }) => id)).toEqual(['early', 'late']);
    expect(loaded.reports.map(({ id }) => id).sort()).toEqual(['early/nga-nam', 'late/nga-nam']);
    expect(loaded.people.map(({ id }) => id).sort()).toEqual(['chi', 'lan']);
  });

  it('a coordinator sees all units, all open campaigns, all their reports and everybody', async () => {
    await withTwoUnits(current());
    const loaded = await current().load({ conversation: 'telegram:3', event: 'e' });
    expect(loaded.person?.id).toBe('chi');
    expect(loaded.units.map(({ id }) => id).sort()).toEqual(['nga-nam', 'so-noi-vu', 'xa-b']);
    expect(loaded.campaigns.map(({ id }) => id)).toEqual(['early', 'only-b', 'late']);
    expect(loaded.reports.map(({ id }) => id).sort()).toEqual([
      ...['early/nga-nam', 'early/xa-b', 'late/nga-nam', 'late/xa-b'],
    ]);
    expect(loaded.people.map(({ id }) => id).sort()).toEqual(['binh', 'chi', 'lan']);
  });

  it('somebody unknown sees only the session and the invitation', async () => {
    await withTwoUnits(current());
    await current().commit(turn('hi', { conversation: MINH, session: session(MINH) }));
    expect(await current().load({ conversation: MINH, event: 'e' })).toEqual({
      ...{ handled: false, session: session(MINH, { rev: 1 }) },
      ...{
        units: [],
        campaigns: [],
        closed: [],
        reports: [],
        previous: {},
        people: [],
        invitations: [],
        held: [],
      },
    });
  });

  it('a person who left sees nothing any more, stays known by name, and the conversation is free for somebody else', async () => {
    await withTwoUnits(current());
    const left = person('lan', { conversations: [], leftAt: '2026-09-11T00:00:00Z' });
    await current().commit(
      turn('bye', { conversation: 'cli', changes: [{ type: 'person_set', person: left }] }),
    );
    const loaded = await current().load({ conversation: LAN, event: 'e' });
    expect(loaded.session?.person).toBe('lan');
    expect(loaded).toMatchObject({ units: [], campaigns: [], reports: [], people: [] });
    expect(loaded.person).toBeUndefined();
    expect((await current().people()).find(({ id }) => id === 'lan')).toEqual({
      ...left,
      rev: 2,
    });
    const joined = turn('join', {
      changes: [{ type: 'person_set', person: person('hoa', { unit: 'xa-b' }) }],
      session: session(LAN, { person: 'hoa' }),
    });
    await current().commit(joined);
    expect((await current().load({ conversation: LAN, event: 'e' })).units.map(({ id }) => id)).toEqual([
      'xa-b',
    ]);
  });

  it('a lost session loses nothing: the conversation finds its person', async () => {
    await current().commit(
      turn('e0', { conversation: 'cli', changes: [{ type: 'person_set', person: person('lan') }] }),
    );
    const loaded = await current().load({ conversation: LAN, event: 'e' });
    expect(loaded.session).toBeUndefined();
    expect(loaded.person?.id).toBe('lan');
  });

  it('one conversation can belong to two people, and the session says who is talking', async () => {
    await withTwoUnits(current());
    const second = turn('second', {
      changes: [{ type: 'person_set', person: person('lan-b', { unit: 'xa-b' }) }],
      session: session(LAN, { person: 'lan-b' }),
    });
    await current().commit(second);
    expect((await current().load({ conversation: LAN, event: 'e' })).person?.id).toBe('lan-b');
    await current().commit(turn('first again', { session: session(LAN, { person: 'lan' }) }));
    expect((await current().load({ conversation: LAN, event: 'e' })).person?.id).toBe('lan');
  });

  it('a campaign that takes a unit out, or is opened again, is seen accordingly', async () => {
    await withTwoUnits(current());
    const seen = async () =>
      (await current().load({ conversation: LAN, event: 'e' })).campaigns.map(({ id }) => id);
    const change = (event: string, changed: Campaign) =>
      current().commit(
        turn(event, { conversation: 'cli', changes: [{ type: 'campaign_set', campaign: changed }] }),
      );
    await change('out', campaign('early', { units: ['xa-b'] }));
    expect(await seen()).toEqual(['late']);
    await change('again', campaign('closed', { units: ['nga-nam'], due: '2027-01-01T00:00:00Z' }));
    expect(await seen()).toEqual(['late', 'closed']);
    const { reports } = await current().load({ conversation: LAN, event: 'e' });
    expect(reports.map(({ id }) => id).sort()).toEqual(['closed/nga-nam', 'late/nga-nam']);
  });
}

function previousAndRecent(current: () => Storage): void {
  const period = (id: string, cutoff: string, more: Partial<Campaign> = {}): Change => ({
    ...{ type: 'campaign_set', campaign: campaign(id, { cutoff, units: ['nga-nam', 'xa-b'], ...more }) },
  });

  it('the previous report is the newest of an earlier period, same unit and same form, also from a closed campaign', async () => {
    await withReport(current());
    const closedAt = '2026-07-01T00:00:00Z';
    const changes: Change[] = [
      period('q1', '2026-03-14', { closedAt }),
      period('q2', '2026-06-14', { closedAt }),
      period('q4', '2026-12-14'),
      period('other-form', '2026-08-14', { template: { id: 'khac', version: 1 } }),
      ...['q2', 'q1', 'q4'].map((id) => started(id)),
      started('q2', 'xa-b'),
      {
        ...(started('other-form') as Change & { type: 'report_started' }),
        template: { id: 'khac', version: 1 },
      },
      set('q2/nga-nam', 'a', 22),
    ];
    const reports = Object.fromEntries(
      changes.flatMap((change) => ('report' in change ? [[change.report, 0]] : [])),
    );
    expect(await current().commit(turn('e1', { changes, expects: { reports } }))).toBe('done');
    const { previous } = await current().load({ conversation: LAN, event: 'e' });
    expect(Object.fromEntries(Object.entries(previous).map(([id, { report }]) => [id, report.id]))).toEqual({
      '2026-Q3': 'q2/nga-nam',
      q4: '2026-Q3/nga-nam',
    });
    expect(previous['2026-Q3']?.report.answers).toEqual({ a: answer(22, 'e') });
    expect(previous['2026-Q3']?.campaign).toMatchObject({ id: 'q2', cutoff: '2026-06-14', closedAt });
  });

  it('what the newest 50 events changed in the own unit comes newest first, whoever made them and in whichever campaign', async () => {
    const report = await withReport(current());
    await current().commit(
      turn('b', {
        changes: [period('q4', '2026-12-14'), started('q4', 'xa-b')],
        expects: { reports: { 'q4/xa-b': 0 } },
      }),
    );
    for (let n = 1; n <= 60; n += 1) {
      const conversation = n % 2 ? LAN : MINH;
      await current().commit(
        turn(`e${n}`, {
          conversation,
          changes: [set(report, `a${n}`, n)],
          expects: { reports: { [report]: n } },
        }),
      );
    }
    const recent = await current().recent('nga-nam');
    expect(recent.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, n) => `e${60 - n}:0`));
    expect(await current().history(report)).toHaveLength(61);
  });

  it('what one event changed is remembered whole, however much, as long as it is among the newest', async () => {
    const report = await withReport(current());
    const many = (event: string, count: number, rev: number) =>
      current().commit(
        turn(event, {
          changes: Array.from({ length: count }, (_, n) => set(report, `a${n}`, n)),
          expects: { reports: { [report]: rev } },
        }),
      );
    const eventsLeft = async () => {
      const recent = await current().recent('nga-nam');
      return recent.map(({ id }) => id.split(':')[0]);
    };
    await many('p1', 175, 1);
    await many('p2', 175, 2);
    await many('p3', 10, 3);
    expect((await eventsLeft()).filter((event) => event === 'p1')).toHaveLength(175);
    await many('p4', 100, 4);
    expect([...new Set(await eventsLeft())]).toEqual(['p4', 'p3', 'p2']);
    expect(await eventsLeft()).toHaveLength(285);
    await many('p5', 500, 5);
    expect(await eventsLeft()).toEqual(Array.from({ length: 500 }, () => 'p5'));
    expect(await current().recent('nobody')).toEqual([]);
  });
}

function oddities(current: () => Storage): void {
  it('text comes back exactly as it was: Vietnamese in both Unicode forms, emoji, control and half characters', async () => {
    const report = await withReport(current());
    const note = `${'Đường số 5'.normalize('NFC')}|${'Đường số 5'.normalize('NFD')}|👩‍👩‍👧|\u0000\u2028\r\n"\\|\ud83d`;
    await current().commit(
      say('e2', note, {
        changes: [{ type: 'note_set', report, row: 'r', note, was: null }],
        expects: { reports: { [report]: 1 } },
      }),
    );
    expect((await current().report(report))?.notes).toEqual({ r: note });
    expect((await current().unsent())[0]?.message.text).toEqual([note]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])(
    '"%s" is an id like any other',
    async (id) => {
      const conversation = `web:${id}`;
      expect(await current().load({ conversation, event: id, invitation: id })).toMatchObject({
        handled: false,
      });
      expect(await current().report(id)).toBeUndefined();
      const report: Change = { ...(started(id, id) as Change & { type: 'report_started' }), report: id };
      const changes: Change[] = [
        { type: 'unit_set', unit: unit(id) },
        { type: 'campaign_set', campaign: campaign(id, { units: [id] }) },
        { type: 'invitation_set', invitation: invitation(id) },
        { type: 'person_set', person: person(id, { unit: id, conversations: [conversation] }) },
        report,
        set(id, id, 7),
        { type: 'note_set', report: id, row: id, note: 'ghi chú', was: null },
        { type: 'link_set', link: link(id) },
        { type: 'channel_set', channel: id, state: Object.fromEntries([[id, 'nhớ']]) },
      ];
      const expected = Object.fromEntries([[id, 0]]);
      const first = turn(id, {
        conversation,
        changes,
        session: session(conversation),
        expects: { reports: expected, channels: expected },
      });
      expect(await current().commit(first)).toBe('done');
      expect(await current().commit({ ...first, event: 'again' })).toBe('stale');
      const stored = await current().report(id);
      expect(stored?.rev).toBe(1);
      expect(Object.entries(stored?.answers ?? {})).toEqual([[id, answer(7, 'e')]]);
      expect(Object.entries(stored?.notes ?? {})).toEqual([[id, 'ghi chú']]);
      expect((await current().load({ conversation, event: id, invitation: id })).invitation?.id).toBe(id);
      expect(await current().link(id)).toEqual(link(id));
      const { state, rev } = (await current().channelState(id)) ?? {};
      expect([rev, Object.entries(state ?? {})]).toEqual([1, [[id, 'nhớ']]]);
      expect(Object.keys({})).toEqual([]);
      expect(({} as { by?: string }).by).toBeUndefined();
    },
  );

  it('the order in which keys were written makes no difference', async () => {
    const report = await withReport(current());
    const changes = ['c', '10', 'a', '2', 'b'].map((id, n) => set(report, id, n));
    const forward = turn('e2', {
      changes,
      expects: { session: 1, reports: { [report]: 1 } },
      session: session(LAN, { person: 'lan' }),
    });
    const backward = Object.fromEntries(Object.entries(forward).reverse()) as Turn;
    expect(await current().commit(backward)).toBe('done');
    expect(await current().commit(forward)).toBe('duplicate');
    expect((await current().report(report))?.answers).toEqual({
      ...{
        '2': answer(3, 'e'),
        '10': answer(1, 'e'),
        a: answer(2, 'e'),
        b: answer(4, 'e'),
        c: answer(0, 'e'),
      },
    });
  });

  it('changing an object after handing it over changes nothing that is stored', async () => {
    const report = await withReport(current());
    const mine = { ...answer(1, 'e2') } as { by: string };
    const change = { ...set(report, 'a', 1), answer: mine } as Change;
    const stored = current().commit(turn('e2', { changes: [change], expects: { reports: { [report]: 1 } } }));
    mine.by = 'somebody else';
    await stored;
    expect((await current().report(report))?.answers.a?.by).toBe('lan');
  });
}

function crowds(current: () => Storage): void {
  it('one report can hold 1,000 answers, each given in a turn of its own', async () => {
    const report = await withReport(current());
    for (let n = 0; n < 1000; n += 1) {
      const changes = [set(report, `a${n}`, n)];
      expect(
        await current().commit(turn(`e${n}`, { changes, expects: { reports: { [report]: n + 1 } } })),
      ).toBe('done');
    }
    const stored = await current().report(report);
    expect(Object.keys(stored?.answers ?? {})).toHaveLength(1000);
    expect(stored?.answers.a999).toEqual(answer(999, 'e'));
    expect(await current().history(report)).toHaveLength(1001);
  });

  it('100 turns at once in 10 conversations all land, in the order of each conversation', async () => {
    const conversations = Array.from({ length: 10 }, (_, n) => `web:${n}`);
    const commits = Array.from({ length: 100 }, (_, n) => {
      const conversation = conversations[n % 10] ?? '';
      const rev = Math.floor(n / 10);
      const message = text(`câu ${rev}`);
      return current().commit({
        ...turn(`e${n}`, {
          conversation,
          session: session(conversation),
          outgoing: [{ conversation, message }],
        }),
        expects: { session: rev, reports: {} },
      });
    });
    expect(new Set(await Promise.all(commits))).toEqual(new Set(['done']));
    const sessions = await current().sessions();
    expect(sessions.map(({ rev }) => rev)).toEqual(Array(10).fill(10));
    for (const conversation of conversations) {
      const transcript = await current().transcript(conversation, 0, 60);
      expect(transcript.map(({ seq, message }) => [seq, message.text[0]])).toEqual(
        Array.from({ length: 10 }, (_, n) => [n + 1, `câu ${n}`]),
      );
    }
  });

  it('of 20 colleagues who change one report at once, one is first; after reading again all are in', async () => {
    const report = await withReport(current());
    let stale = 0;
    const insist = async (n: number): Promise<void> => {
      for (;;) {
        const reports = { [report]: (await current().report(report))?.rev ?? 0 };
        const changes = [set(report, `a${n}`, n)];
        const outcome = await current().commit(
          turn(`e${n}`, { conversation: `web:${n}`, changes, expects: { reports } }),
        );
        if (outcome === 'done') return;
        expect(outcome).toBe('stale');
        stale += 1;
      }
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => insist(n)));
    expect(stale).toBeGreaterThan(0);
    const stored = await current().report(report);
    expect(Object.keys(stored?.answers ?? {})).toHaveLength(20);
    expect(stored?.rev).toBe(21);
  });

  it('the same event twice at once is stored once', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => current().commit(say('e1', 'xin chào'))));
    expect(outcomes).toEqual(['done', 'duplicate', 'duplicate']);
    expect(await current().unsent()).toHaveLength(1);
  });
}
