// Who is told when a period is opened or changed: the officers and leaders of the units concerned.
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Message } from '../../src/domain/conversation.ts';
import { type Person, reachedIn, type Unit } from '../../src/domain/people.ts';
import { openingMessage } from '../../src/text/period.ts';
import type { Facts, Outcome } from '../flow.ts';

/** Somebody of a unit who can be written to now. */
type Reached = { readonly person: Person; readonly unit: Unit; readonly conversation: string };

/** The officers and leaders of these units who can be written to. */
export function reachedOf(facts: Facts, units: readonly string[]): readonly Reached[] {
  const wanted = new Set(units);
  const byId = new Map(facts.units.map((unit) => [unit.id, unit]));
  return facts.people.flatMap((person) => {
    const unit = wanted.has(person.unit) ? byId.get(person.unit) : undefined;
    const conversation = reachedIn(person);
    const isTheirs = person.role === 'officer' || person.role === 'leader';
    return unit && isTheirs && conversation !== undefined ? [{ person, unit, conversation }] : [];
  });
}

/** Those of these units in which nobody could fill the report now. */
export function emptyUnits(facts: Facts, units: readonly string[]): readonly Unit[] {
  const filled = new Set(
    reachedOf(facts, units).flatMap(({ person, unit }) => (person.role === 'officer' ? [unit.id] : [])),
  );
  return units.flatMap((id) => {
    const unit = facts.units.find((each) => each.id === id);
    return unit && !filled.has(id) ? [unit] : [];
  });
}

/** The same message to everybody in these units. */
export const tellAll = (
  facts: Facts,
  units: readonly string[],
  message: Message,
): NonNullable<Outcome['tell']> =>
  reachedOf(facts, units).map(({ conversation }) => ({ conversation, message }));

/** The news of a period, to everybody in these units, with the button to begin. */
export function tellOpening(
  facts: Facts,
  campaign: Campaign,
  units: readonly string[],
  reason?: string,
): NonNullable<Outcome['tell']> {
  const template = facts.template(campaign.template);
  if (!template) return [];
  return reachedOf(facts, units).map(({ conversation, person: { role }, unit }) => ({
    conversation,
    message: openingMessage(campaign, template, { unit, role }, facts.timezone, reason),
  }));
}
