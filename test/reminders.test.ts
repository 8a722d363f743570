// What is due when: the days of the plan, the hour, who gets it, and what is not said twice.
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../src/domain/campaign.ts';
import type { Recorded } from '../src/domain/change.ts';
import type { Session } from '../src/domain/conversation.ts';
import type { Person } from '../src/domain/people.ts';
import { emptyReport, type Report, type Status } from '../src/domain/report.ts';
import { type Due, remindersDue } from '../src/reminders.ts';
import type { Office } from '../src/reminders-desk.ts';
import { toldOf, wasUnfinishedAt } from '../src/reminders-told.ts';

/** 7/9/2026 is a Monday; 1 and 2/9 are holidays, 29 and 30/8 a weekend, 31/8 a day off in exchange. */
const holidays = { '2026': { off: ['2026-08-31', '2026-09-01', '2026-09-02'], work: ['2026-08-22'] } };
/** Local day and hour in Vietnam, which has no summer time. */
const vn = (day: string, time = '08:00'): string => new Date(`${day}T${time}:00+07:00`).toISOString();

const person = (id: string, more: Partial<Person> = {}): Person => ({
  ...{ id, name: id, unit: 'xa-1', role: 'officer', conversations: [`test:${id}`], unreachable: [] },
  joinedAt: vn('2026-08-01'),
  ...more,
});
const campaign = (more: Partial<Campaign> = {}): Campaign => ({
  id: 'k1',
  template: { id: 'phu-luc', version: 1 },
  period: { kind: 'quarter', year: 2026, quarter: 3 },
  due: vn('2026-09-09', '16:00'),
  cutoff: '2026-09-14',
  units: ['xa-1'],
  createdAt: vn('2026-08-20', '09:00'),
  ...more,
});
const report = (status: Status, unit = 'xa-1'): Report => ({ ...emptyReport(campaign(), unit), status });
const session = (who: string, more: Partial<Session>): Session => ({
  ...{ conversation: `test:${who}`, person: who, waiting: { flow: 'menu' }, doubts: [], rev: 1 },
  ...more,
});
const office = (more: Partial<Office> = {}): Office => ({
  campaigns: [campaign()],
  reports: [],
  people: [person('lan')],
  units: ['so', 'xa-1', 'xa-2', 'xa-3'].map((id) => ({
    ...{ id, name: `Xã ${id}`, kind: 'xã' },
    ...(id === 'so' ? {} : { parent: 'so' }),
  })),
  sessions: [],
  holidays,
  timezone: 'Asia/Ho_Chi_Minh',
  templates: [],
  told: {},
  ...more,
});
const keys = (given: Office, now: string): string[] => remindersDue(given, now).map(({ key }) => key);
const slots = (given: Office, now: string): string[] =>
  remindersDue(given, now).flatMap((each) => (each.kind === 'reminder' ? [each.slot ?? 'snooze'] : []));
/** What came first at each hour from 26/8 until 17/9, looked at every half hour. */
function firsts(given: Office): string[] {
  const seen = new Map<string, string>();
  for (let at = Date.parse(vn('2026-08-26', '00:00')); at < Date.parse(vn('2026-09-17')); at += 1_800_000) {
    const now = new Date(at).toISOString();
    for (const slot of slots(given, now))
      if (!seen.has(slot)) seen.set(slot, new Date(at + 7 * 3_600_000).toISOString().slice(5, 16));
  }
  return [...seen].map(([slot, at]) => `${slot} ${at}`);
}

describe('The days of the plan', () => {
  it('are brought forward over weekends and holidays to the last working day, and go on daily when overdue', () => {
    expect(firsts(office())).toEqual([
      'T-7@2026-09-09 08-28T08:00',
      'T-3@2026-09-09 09-04T08:00',
      'T-1@2026-09-09 09-08T08:00',
      'T-0@2026-09-09 09-09T08:00',
      'late@2026-09-10 09-10T08:00',
      'late@2026-09-11 09-11T08:00',
      'late@2026-09-14 09-14T08:00',
      'late@2026-09-15 09-15T08:00',
      'late@2026-09-16 09-16T08:00',
    ]);
  });

  it('are one where two fall on one day, and none once a plan without overdue days has passed', () => {
    const plan = { before: [1, 0], at: '09:30', overdue: false, escalate: 0 };
    expect(firsts(office({ campaigns: [campaign({ due: vn('2026-09-06', '10:00'), plan })] }))).toEqual([
      'T-0@2026-09-06 09-04T09:30',
    ]);
  });

  it('are left out when they came before the period was opened', () => {
    const late = office({ campaigns: [campaign({ createdAt: vn('2026-09-04', '08:30') })] });
    expect(firsts(late)[0]).toBe('T-1@2026-09-09 09-08T08:00');
  });

  it('follow the deadline of a unit that was given another, from the moment it was told', () => {
    const extended = campaign({ extensions: { 'xa-1': vn('2026-09-15', '16:00') } });
    const told = { 'k1/xa-1': vn('2026-09-08', '10:00') };
    expect(firsts(office({ campaigns: [extended], told }))).toEqual([
      'T-3@2026-09-15 09-11T08:00',
      'T-1@2026-09-15 09-14T08:00',
      'T-0@2026-09-15 09-15T08:00',
      'late@2026-09-16 09-16T08:00',
    ]);
  });
});

describe('The hour of a reminder', () => {
  it('is made up for in working hours only, and then only by the newest', () => {
    expect(slots(office(), vn('2026-09-04', '07:59'))).toEqual([]);
    expect(slots(office(), vn('2026-09-04', '17:29'))).toEqual(['T-3@2026-09-09']);
    expect(slots(office(), vn('2026-09-04', '17:30'))).toEqual([]);
    expect(slots(office(), vn('2026-09-05', '10:00'))).toEqual([]);
    expect(slots(office(), vn('2026-09-07', '10:00'))).toEqual(['T-3@2026-09-09']);
    expect(slots(office(), vn('2026-09-08', '11:00'))).toEqual(['T-1@2026-09-09']);
    expect(slots(office(), vn('2026-09-09', '16:30'))).toEqual([]);
  });

  it('keeps its key when the deadline moves to another hour or the person to another conversation', () => {
    const before = keys(office(), vn('2026-09-08'));
    expect(before).toEqual(['reminder:k1:T-1@2026-09-09:lan']);
    const moved = office({
      campaigns: [campaign({ due: vn('2026-09-09', '11:00') })],
      people: [person('lan', { conversations: ['test:lan', 'other:lan'] })],
    });
    expect(keys(moved, vn('2026-09-08'))).toEqual(before);
  });

  it('waits while the officer writes in another conversation than the one that would be written to', () => {
    const lan = person('lan', { conversations: ['test:lan', 'bare:lan'] });
    const given = office({
      people: [lan],
      sessions: [session('lan', { lastAt: vn('2026-09-08', '07:55') })],
    });
    expect(keys(given, vn('2026-09-08'))).toEqual([]);
    expect(keys(given, vn('2026-09-08', '08:10'))).toEqual(['reminder:k1:T-1@2026-09-09:lan']);
  });

  it('waits until fifteen minutes after the last word, and while a human speaks there', () => {
    const busy = office({ sessions: [session('lan', { lastAt: vn('2026-09-08', '07:50') })] });
    expect(slots(busy, vn('2026-09-08', '08:04'))).toEqual([]);
    expect(slots(busy, vn('2026-09-08', '08:05'))).toEqual(['T-1@2026-09-09']);
    const taken = office({ sessions: [session('lan', { pausedUntil: vn('2026-09-08', '09:00') })] });
    expect(slots(taken, vn('2026-09-08', '08:30'))).toEqual([]);
    expect(slots(taken, vn('2026-09-08', '09:00'))).toEqual(['T-1@2026-09-09']);
  });
});

describe('Who is reminded', () => {
  it('is everybody who has not sent, and nobody else', () => {
    const of = (status: Status) => slots(office({ reports: [report(status)] }), vn('2026-09-08')).length;
    const all: Status[] = ['notStarted', 'inProgress', 'returned', 'awaiting', 'submitted', 'accepted'];
    expect(all.map(of)).toEqual([1, 1, 1, 0, 0, 0]);
  });

  it('is every officer who can be reached, in the newest conversation', () => {
    const people = [
      person('lan', { conversations: ['test:lan', 'other:lan'] }),
      person('binh', { conversations: ['test:binh', 'other:binh'], unreachable: ['other:binh'] }),
      person('chi', { unreachable: ['test:chi'] }),
      person('gone', { leftAt: vn('2026-09-01') }),
      person('boss', { role: 'leader' }),
      person('elsewhere', { unit: 'xa-9' }),
      person('new', { joinedAt: vn('2026-09-08', '09:00') }),
    ];
    const due = remindersDue(office({ people }), vn('2026-09-08', '09:30'));
    expect(due.map(({ conversation }) => conversation)).toEqual(['other:lan', 'test:binh']);
  });
});

describe('A reminder that was put off', () => {
  const put = (until: string) => office({ sessions: [session('lan', { snoozed: { k1: until } })] });

  it('waits and comes at that very hour, in place of what came meanwhile', () => {
    const evening = put(vn('2026-09-08', '20:15'));
    expect(keys(evening, vn('2026-09-08', '08:00'))).toEqual([]);
    expect(keys(evening, vn('2026-09-08', '20:14'))).toEqual([]);
    const chosen = `reminder:k1:snooze@${vn('2026-09-08', '20:15')}:lan`;
    expect(keys(evening, vn('2026-09-08', '20:15'))).toEqual([chosen]);
    expect(keys(evening, vn('2026-09-09', '08:00'))).toEqual(['reminder:k1:T-0@2026-09-09:lan']);
  });

  it('does not wake anybody at night when its hour was missed', () => {
    const evening = put(vn('2026-09-07', '20:15'));
    expect(keys(evening, vn('2026-09-07', '23:00'))).toEqual([]);
    const later = put(vn('2026-09-05', '20:15'));
    expect(keys(later, vn('2026-09-07', '08:00'))).toEqual([
      `reminder:k1:snooze@${vn('2026-09-05', '20:15')}:lan`,
    ]);
  });

  it('does not come when the report has been sent', () => {
    const sent = { ...put(vn('2026-09-08', '10:00')), reports: [report('submitted')] };
    expect(keys(sent, vn('2026-09-08', '10:00'))).toEqual([]);
  });
});

describe('What is missing before the deadline', () => {
  const people = [
    person('chi', { role: 'coordinator', unit: 'so' }),
    person('other', { role: 'coordinator', unit: 'so-khac' }),
    person('boss', { role: 'leader', unit: 'xa-2' }),
    person('chief', { role: 'leader', unit: 'xa-1' }),
  ];
  const three = (more: Partial<Campaign> = {}) =>
    office({
      people,
      campaigns: [campaign({ units: ['xa-1', 'xa-2', 'xa-3'], office: 'so', ...more })],
      reports: [report('submitted', 'xa-1'), report('inProgress', 'xa-2')],
    });
  const told = (given: Office, now: string) =>
    remindersDue(given, now).flatMap((each: Due) =>
      each.kind === 'escalation'
        ? [`${each.person.id}: ${each.missing.map(({ unit }) => unit).join(' ')} of ${each.total}`]
        : [],
    );

  it('is told four hours before it, to coordinators and to the leaders of these units', () => {
    expect(told(three(), vn('2026-09-09', '11:59'))).toEqual([]);
    expect(told(three(), vn('2026-09-09', '12:00'))).toEqual(['chi: xa-2 xa-3 of 3', 'boss: xa-2 of 1']);
    expect(told(three(), vn('2026-09-09', '16:00'))).toEqual([]);
    expect(keys(three(), vn('2026-09-09', '12:00'))).toContain(
      `escalation:k1:${vn('2026-09-09', '16:00')}:chi`,
    );
  });

  it('is told at four in the afternoon of a working day before when its hour is outside the working hours', () => {
    const morning = three({ due: vn('2026-09-07', '10:00') });
    expect(told(morning, vn('2026-09-04', '15:59'))).toEqual([]);
    expect(told(morning, vn('2026-09-04', '16:00'))).toHaveLength(2);
    const evening = three({ due: vn('2026-09-07', '23:00') });
    expect(told(evening, vn('2026-09-07', '15:59'))).toEqual([]);
    expect(told(evening, vn('2026-09-07', '16:00'))).toHaveLength(2);
  });

  it('is told for each deadline by itself', () => {
    const two = three({ extensions: { 'xa-3': vn('2026-09-10', '16:00') } });
    expect(told(two, vn('2026-09-09', '12:00'))).toEqual(['chi: xa-2 of 2', 'boss: xa-2 of 1']);
    expect(told(two, vn('2026-09-10', '12:00'))).toEqual(['chi: xa-3 of 1']);
  });

  it('reminds the office of its own deadline on the working day before and on the day', () => {
    const own = three({ passOnBy: vn('2026-09-14', '17:00') });
    const passOn = (now: string) => keys(own, now).filter((key) => key.startsWith('passon'));
    expect(passOn(vn('2026-09-10'))).toEqual([]);
    expect(passOn(vn('2026-09-11'))).toEqual(['passon:k1:T-1@2026-09-14:chi']);
    expect(passOn(vn('2026-09-14'))).toEqual(['passon:k1:T-0@2026-09-14:chi']);
    expect(passOn(vn('2026-09-15'))).toEqual([]);
  });
});

describe('What people were told anyway', () => {
  const record = (at: string, change: Recorded['change']): Recorded => ({
    ...{ id: at, at, by: 'chi', conversation: 'test:chi', change },
  });
  const set = (at: string, more: Partial<Campaign>) =>
    record(at, { type: 'campaign_set', campaign: campaign({ units: ['xa-1', 'xa-2'], ...more }) });

  it('is read from the history of the period, unit by unit', () => {
    const history = [
      set('1', {}),
      set('2', { plan: { before: [2], at: '08:00', overdue: true, escalate: 0 } }),
      set('3', { extensions: { 'xa-2': vn('2026-09-15', '16:00') } }),
      set('4', { extensions: { 'xa-2': vn('2026-09-15', '16:00') }, units: ['xa-1', 'xa-2', 'xa-3'] }),
    ];
    expect(toldOf(campaign(), history)).toEqual({ 'k1/xa-2': '3', 'k1/xa-3': '4' });
    const closed = [...history.slice(0, 1), set('5', { closedAt: vn('2026-09-05') }), set('6', {})];
    expect(toldOf(campaign(), closed)).toEqual({ 'k1/xa-1': '6', 'k1/xa-2': '6' });
    const office = set('7', { passOnBy: vn('2026-09-14') });
    expect(toldOf(campaign(), [set('1', {}), office])).toEqual({ k1: '7' });
  });

  it('leaves out a report that was taken back after the hour', () => {
    const history = [record(vn('2026-09-08', '09:00'), { type: 'withdrawn', report: 'k1/xa-1' })];
    expect(wasUnfinishedAt(Date.parse(vn('2026-09-08', '08:00')), history)).toBe(false);
    expect(wasUnfinishedAt(Date.parse(vn('2026-09-09', '08:00')), history)).toBe(true);
  });
});
