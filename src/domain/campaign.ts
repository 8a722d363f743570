// A reporting period as opened by a coordinator (kỳ báo cáo): which form, which units, until when, and who looks after it.
import { isOverseer, type Person, type Unit } from './people.ts';
import type { Period } from './period.ts';
import type { TemplateRef } from './template.ts';

/** When the unfinished are reminded. Days are working days: a day off is brought forward to the last working day before it. */
export type ReminderPlan = {
  /** Days before the deadline's day, 0 is that day itself; each at most once, the earliest (largest) first. */
  readonly before: readonly number[];
  /** Local hour, HH:MM. */
  readonly at: string;
  /** Once the deadline has passed, every working day. */
  readonly overdue: boolean;
  /** So many hours before the deadline coordinators and the units' leaders are told what is missing; 0: not at all. */
  readonly escalate: number;
};

/** What a period has unless its coordinator says otherwise. */
export const USUAL_PLAN: ReminderPlan = { before: [7, 3, 1, 0], at: '08:00', overdue: true, escalate: 4 };

/** `due` is an instant (ISO, UTC); `cutoff` a day (YYYY-MM-DD) up to which figures count. */
export type Campaign = {
  readonly id: string;
  readonly template: TemplateRef;
  readonly period: Period;
  readonly due: string;
  readonly cutoff: string;
  readonly units: readonly string[];
  readonly createdAt: string;
  /** The unit whose coordinators run it. Left out: whoever coordinates without reporting (opened by an earlier release). */
  readonly office?: string;
  /** By when the office itself passes the figures on (an instant). */
  readonly passOnBy?: string;
  /** Left out: USUAL_PLAN. */
  readonly plan?: ReminderPlan;
  /** A unit's report goes out only after the unit's leader approved it. */
  readonly approval?: true;
  /** Another deadline (an instant) for single units, by unit. */
  readonly extensions?: Readonly<Record<string, string>>;
  /** The clearly marked sample that an unconfigured start creates. */
  readonly sample?: boolean;
  readonly closedAt?: string;
  /** Grows by one with every change; left out: stored by an earlier release. */
  readonly rev?: number;
};

export const planOf = (campaign: Campaign): ReminderPlan => campaign.plan ?? USUAL_PLAN;

/** The campaign as it is for one unit: with the deadline that this unit was given. */
export function campaignFor(campaign: Campaign, unit: string): Campaign {
  const due = campaign.extensions?.[unit];
  return due === undefined ? campaign : { ...campaign, due };
}

/**
 * True when this coordinator or viewer looks after that unit in this campaign: every unit of what the own office runs; of what
 * another office runs the own unit and those below it, but not what a unit below runs for itself. A campaign of an earlier release
 * names no office: then the own unit, a unit below it, or, in a list without a hierarchy, every unit unless the own one reports
 * too. `units` must hold the unit and those above it.
 */
export function sees(person: Person, unit: string, campaign: Campaign, units: readonly Unit[]): boolean {
  if (!isOverseer(person.role) || person.leftAt !== undefined) return false;
  const find = (id: string) => units.find((each) => each.id === id);
  const { office } = campaign;
  if (office === person.unit) return campaign.units.includes(unit);
  const chain = unitsAbove(unit, find);
  if (chain.includes(person.unit))
    return office === undefined || !unitsAbove(office, find).includes(person.unit);
  return office === undefined && chain.length === 1 && !campaign.units.includes(person.unit);
}

/** True when this person decides about that unit's report in this campaign; nobody receives the own unit's report to another office. */
export const covers = (person: Person, unit: string, campaign: Campaign, units: readonly Unit[]): boolean =>
  person.role === 'coordinator' &&
  sees(person, unit, campaign, units) &&
  (unit !== person.unit || campaign.office === undefined || campaign.office === person.unit);

/** True when this person may change the period itself: a coordinator of the office that runs it, or, where none is named, who decides about every unit in it. */
export const manages = (person: Person, campaign: Campaign, units: readonly Unit[]): boolean =>
  (campaign.office === undefined || campaign.office === person.unit) &&
  campaign.units.every((unit) => covers(person, unit, campaign, units));

/** A unit's id and those of the units above it, nearest first; a circle in the list ends the chain. */
export function unitsAbove(unit: string, find: (id: string) => Unit | undefined): readonly string[] {
  const chain: string[] = [];
  for (let at: string | undefined = unit; at !== undefined && !chain.includes(at); at = find(at)?.parent)
    chain.push(at);
  return chain;
}
