// The units that a coordinator or viewer looks after, and how they are named in words.
import { sees, unitsAbove } from '../../src/domain/campaign.ts';
import { choosableUnits, unitsNamed } from '../../src/domain/choosable.ts';
import { shortHash } from '../../src/domain/hash.ts';
import { isOverseer, type Unit } from '../../src/domain/people.ts';
import { fold } from '../../src/domain/words.ts';
import type { Facts } from '../flow.ts';

/**
 * The own unit, those below it, and in a list without a hierarchy those of the periods that the own office runs or may open. In
 * the order of the list; nothing for anybody who looks after no units.
 */
export function ownUnits(facts: Facts): readonly Unit[] {
  const { person, units } = facts;
  if (!person || !isOverseer(person.role)) return [];
  const campaigns = [...facts.campaigns, ...facts.closed];
  const ids = new Set(
    choosableUnits({ ...person, role: 'coordinator' }, units, campaigns).map(({ id }) => id),
  );
  for (const { id } of units) if (isBelow(facts, id)) ids.add(id);
  for (const campaign of campaigns)
    for (const id of campaign.units) if (!ids.has(id) && sees(person, id, campaign, units)) ids.add(id);
  return units.filter(({ id }) => ids.has(id));
}

/** True for the person's own unit and every unit below it. */
export function isBelow({ person, units }: Facts, unit: string): boolean {
  const chain = unitsAbove(unit, (id) => units.find((each) => each.id === id));
  return person !== undefined && chain.includes(person.unit);
}

/** The one that a button names by its short form. */
export const ownUnitByRef = (facts: Facts, ref: string): Unit | undefined =>
  ownUnits(facts).find(({ id }) => shortHash(id) === ref);

/** Those that words mean: a code, a name, a kind; else all whose name, kind or code holds the words. */
export function unitsFor(words: string, among: readonly Unit[]): readonly Unit[] {
  const named = unitsNamed(words, among);
  const found = 'several' in named ? named.several : named.units;
  if (found.length > 0) return found;
  const typed = fold(words);
  return typed === ''
    ? []
    : among.filter(({ id, name, kind }) => fold(`${id} ${kind} ${name}`).includes(typed));
}
