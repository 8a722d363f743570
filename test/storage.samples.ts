// The people, units, reports and turns that the tests of stores are about.
import { expect } from 'vitest';
import type { Campaign } from '../src/domain/campaign.ts';
import type { Change } from '../src/domain/change.ts';
import type { Message, Session } from '../src/domain/conversation.ts';
import type { Link } from '../src/domain/link.ts';
import type { Invitation, Person, Unit } from '../src/domain/people.ts';
import { type Answer, reportId } from '../src/domain/report.ts';
import type { Storage, Turn } from '../storage/storage.ts';

export const LAN = 'telegram:1';
export const MINH = 'zalo:9';

export const unit = (id: string): Unit => ({ id, name: `Phường ${id}`, kind: 'phường' });
export const person = (id: string, more: Partial<Person> = {}): Person => ({
  ...{ id, name: `Chị ${id}`, unit: 'nga-nam', role: 'officer', conversations: [LAN], unreachable: [] },
  joinedAt: '2026-09-01T00:00:00Z',
  ...more,
});
export const campaign = (id: string, more: Partial<Campaign> = {}): Campaign => ({
  id,
  template: { id: 'phu-luc', version: 1 },
  period: { kind: 'quarter', year: 2026, quarter: 3 },
  due: '2026-09-16T10:00:00Z',
  cutoff: '2026-09-14',
  units: ['nga-nam'],
  createdAt: '2026-09-01T00:00:00Z',
  ...more,
});
export const invitation = (id: string, more: Partial<Invitation> = {}): Invitation => ({
  ...{ id, unit: 'nga-nam', role: 'officer', name: 'Lan' },
  ...{ createdAt: '2026-09-01T00:00:00Z', expiresAt: '2026-09-30T00:00:00Z' },
  ...more,
});
export const link = (id: string, more: Partial<Link> = {}): Link => ({
  ...{ id, file: { report: '2026-Q3/nga-nam' }, format: 'xlsx', conversation: LAN, opened: 0 },
  ...{ createdAt: '2026-09-10T08:00:00Z', expiresAt: '2026-09-10T10:00:00Z' },
  ...more,
});
export const text = (words: string, more: Partial<Message> = {}): Message => ({ text: [words], ...more });
export const session = (conversation: string, more: Partial<Session> = {}): Session => ({
  conversation,
  waiting: { flow: 'menu' },
  doubts: [],
  rev: 0,
  ...more,
});
export const answer = (number: number, event: string): Answer => ({
  ...{ by: 'lan', at: '2026-09-10T08:00:00Z', event, value: { is: 'number', number, decimals: 0 } },
});
export const started = (period: string, of = 'nga-nam'): Change => ({
  ...{ type: 'report_started', report: reportId(period, of), campaign: period, unit: of },
  template: { id: 'phu-luc', version: 1 },
});
export const set = (report: string, indicator: string, number: number, event = 'e'): Change => ({
  ...{ type: 'answer_set', report, indicator, answer: answer(number, event), was: null },
});

/** A turn of Lan's conversation that changes nothing, unless told otherwise. */
export const turn = (event: string, more: Partial<Turn> = {}): Turn => ({
  ...{ event, at: '2026-09-10T08:00:00Z', by: 'lan', conversation: LAN, changes: [], outgoing: [] },
  expects: { reports: {} },
  ...more,
});
export const say = (event: string, words: string, more: Partial<Turn> = {}): Turn =>
  turn(event, { outgoing: [{ conversation: LAN, message: text(words) }], ...more });

/** Lan's unit, Lan herself, an open campaign, her session, and a started report at rev 1. */
export async function withReport(store: Storage): Promise<string> {
  const changes: Change[] = [
    { type: 'unit_set', unit: unit('nga-nam') },
    { type: 'person_set', person: person('lan') },
    { type: 'campaign_set', campaign: campaign('2026-Q3') },
    started('2026-Q3'),
  ];
  const report = reportId('2026-Q3', 'nga-nam');
  const first = turn('setup', {
    changes,
    session: session(LAN, { person: 'lan' }),
    expects: { session: 0, reports: { [report]: 0 } },
  });
  expect(await store.commit(first)).toBe('done');
  return report;
}

/** Two units with an officer each, a coordinator, an open campaign for both, one for xa-b only, and a closed one. */
export async function withTwoUnits(store: Storage): Promise<void> {
  const changes: Change[] = [
    ...['nga-nam', 'xa-b', 'so-noi-vu'].map((id): Change => ({ type: 'unit_set', unit: unit(id) })),
    { type: 'person_set', person: person('lan') },
    { type: 'person_set', person: person('binh', { unit: 'xa-b', conversations: ['telegram:2'] }) },
    {
      type: 'person_set',
      person: person('chi', { unit: 'so-noi-vu', role: 'coordinator', conversations: ['telegram:3'] }),
    },
    {
      type: 'campaign_set',
      campaign: campaign('late', { units: ['nga-nam', 'xa-b'], due: '2026-12-20T00:00:00Z' }),
    },
    {
      type: 'campaign_set',
      campaign: campaign('early', { units: ['xa-b', 'nga-nam'], due: '2026-09-20T00:00:00Z' }),
    },
    { type: 'campaign_set', campaign: campaign('only-b', { units: ['xa-b'], due: '2026-10-20T00:00:00Z' }) },
    {
      type: 'campaign_set',
      campaign: campaign('closed', { units: ['nga-nam', 'xa-b'], closedAt: '2026-09-01T00:00:00Z' }),
    },
    ...['late', 'early', 'closed'].flatMap((id) => [started(id, 'nga-nam'), started(id, 'xa-b')]),
  ];
  const reports = Object.fromEntries(
    changes.flatMap((change) => ('report' in change ? [[change.report, 0]] : [])),
  );
  expect(await store.commit(turn('setup', { conversation: 'cli', changes, expects: { reports } }))).toBe(
    'done',
  );
  for (const [conversation, who] of [
    [LAN, 'lan'],
    ['telegram:2', 'binh'],
    ['telegram:3', 'chi'],
  ] as const) {
    await store.commit(
      turn(`hello ${who}`, { conversation, session: session(conversation, { person: who }) }),
    );
  }
}
