// A reporting period as opened by a coordinator (kỳ báo cáo): which form, which units, until when.
import type { Person, Unit } from './people.ts';
import type { Period } from './period.ts';
import type { TemplateRef } from './template.ts';

/** `due` is an instant (ISO, UTC); `cutoff` a day (YYYY-MM-DD) up to which figures count. */
export type Campaign = {
  readonly id: string;
  readonly template: TemplateRef;
  readonly period: Period;
  readonly due: string;
  readonly cutoff: string;
  readonly units: readonly string[];
  readonly createdAt: string;
  /** Another deadline (an instant) for single units, by unit. */
  readonly extensions?: Readonly<Record<string, string>>;
  /** The clearly marked sample that an unconfigured start creates. */
  readonly sample?: boolean;
  readonly closedAt?: string;
};

/** The campaign as it is for one unit: with the deadline that this unit was given. */
export function campaignFor(campaign: Campaign, unit: string): Campaign {
  const due = campaign.extensions?.[unit];
  return due === undefined ? campaign : { ...campaign, due };
}

/**
 * True when this coordinator looks after that unit in this campaign: the own unit, a unit below it, or, for a unit that
 * does not report itself (a Sở Nội vụ beside a flat list of communes), every unit without a parent. `units` must hold the
 * unit and those above it.
 */
export function covers(person: Person, unit: string, campaign: Campaign, units: readonly Unit[]): boolean {
  if (person.role !== 'coordinator' || person.leftAt !== undefined) return false;
  const chain = unitsAbove(unit, (id) => units.find((each) => each.id === id));
  if (chain.includes(person.unit)) return true;
  return chain.length === 1 && !campaign.units.includes(person.unit);
}

/** A unit's id and those of the units above it, nearest first; a circle in the list ends the chain. */
export function unitsAbove(unit: string, find: (id: string) => Unit | undefined): readonly string[] {
  const chain: string[] = [];
  for (let at: string | undefined = unit; at !== undefined && !chain.includes(at); at = find(at)?.parent)
    chain.push(at);
  return chain;
}
