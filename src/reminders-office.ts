// What the office and the units' leaders are told before a deadline: what is still missing, and the office's own deadline.
import { type Campaign, campaignFor, covers, manages, planOf } from './domain/campaign.ts';
import { type Person, reachedIn } from './domain/people.ts';
import { isSent, type Report } from './domain/report.ts';
import type { Desk } from './reminders-desk.ts';
import { escalationAt, isOpen, isOpenFrom, newestPassOn } from './reminders-slots.ts';

type Base = {
  readonly key: string;
  readonly at: number;
  /** With the deadline that this is about. */
  readonly campaign: Campaign;
  readonly person: Person;
  readonly conversation: string;
};

/** What is missing of `total` units before a deadline; a unit's leader hears of the own unit only. */
export type Escalation = Base & {
  readonly kind: 'escalation';
  readonly missing: readonly Report[];
  readonly total: number;
};

/** The office's own deadline comes near. */
export type PassOn = Base & { readonly kind: 'passOn'; readonly reports: readonly Report[] };

/** So long a message to a busy coordinator or leader is put off at most (ms): it is of no use once the deadline has passed. */
const PATIENCE = 30 * 60_000;

/** One message for each deadline to every coordinator and leader who has something missing. */
export function escalationsOf(campaign: Campaign, desk: Desk): readonly Escalation[] {
  if (!isOpen(desk.clock)) return [];
  const dueOf = (unit: string) => campaignFor(campaign, unit).due;
  return [...new Set(campaign.units.map(dueOf))].flatMap((due) => {
    const units = campaign.units.filter((unit) => dueOf(unit) === due);
    const own = { ...campaign, due };
    const at = escalationAt(own, desk.clock);
    if (at === undefined || at > desk.clock.now || Date.parse(due) <= desk.clock.now) return [];
    const told = units.filter((unit) => desk.toldAt(campaign, unit) < at);
    return told.length > 0 ? forDeadline(own, at, units, desk) : [];
  });
}

function forDeadline(campaign: Campaign, at: number, units: readonly string[], desk: Desk): Escalation[] {
  const missing = units.map((unit) => desk.report(campaign, unit)).filter(isMissing);
  return desk.office.people.flatMap((person) => {
    const seen =
      person.role === 'leader'
        ? (unit: string) => unit === person.unit
        : (unit: string) => covers(person, unit, campaign, desk.office.units);
    const theirs = missing.filter(({ unit }) => seen(unit));
    const conversation = reachedIn(person);
    if (conversation === undefined || theirs.length === 0 || isPutOff(person, at, desk)) return [];
    const key = `escalation:${campaign.id}:${campaign.due}:${person.id}`;
    const total = units.filter(seen).length;
    return [{ kind: 'escalation', key, at, campaign, person, conversation, missing: theirs, total }];
  });
}

/** Also what the leader has not approved yet: it has not been sent. */
const isMissing = (report: Report): boolean => !isSent(report);

const isPutOff = ({ conversations }: Person, at: number, { clock, isBusy }: Desk): boolean =>
  clock.now - at < PATIENCE && conversations.some(isBusy);

/** To the coordinators who run the campaign: how far it is, on the working day before the office's own deadline and on the day. */
export function passOnsOf(campaign: Campaign, desk: Desk): readonly PassOn[] {
  const { passOnBy } = campaign;
  if (passOnBy === undefined || !isOpenFrom(planOf(campaign).at, desk.clock)) return [];
  const slot = newestPassOn(campaign, passOnBy, desk.clock);
  const told = desk.office.told[campaign.id] ?? campaign.createdAt;
  if (!slot || slot.at <= Date.parse(told)) return [];
  const reports = campaign.units.map((unit) => desk.report(campaign, unit));
  return desk.office.people.flatMap((person) => {
    const conversation = reachedIn(person);
    if (conversation === undefined || !manages(person, campaign, desk.office.units)) return [];
    if (isPutOff(person, slot.at, desk)) return [];
    const key = `passon:${campaign.id}:${slot.name}:${person.id}`;
    return [{ kind: 'passOn', key, at: slot.at, campaign, person, conversation, reports }];
  });
}
