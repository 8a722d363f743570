// Which units typed words name, and what follows the name.
import type { Unit } from '../../src/domain/people.ts';
import { fold } from '../../src/domain/words.ts';
import type { Opened } from '../flow.ts';

export type FoundUnits = { readonly units: readonly Unit[]; readonly rest: string };

/** The longest beginning of the words that names units, and what follows it. */
export function unitsIn(words: string, all: readonly Opened[]): FoundUnits {
  const units = [...new Map(all.map(({ unit }) => [unit.id, unit])).values()];
  const typed = words.split(/\s+/).filter(Boolean);
  for (let n = typed.length; n > 0; n--) {
    const found = unitsCalled(typed.slice(0, n).join(' '), units);
    if (found.length > 0) return { units: found, rest: typed.slice(n).join(' ') };
  }
  return { units: [], rest: '' };
}

/** The unit with exactly this name or code, else those that have all the words. */
function unitsCalled(words: string, units: readonly Unit[]): readonly Unit[] {
  const wanted = fold(words);
  const exact = units.filter(({ id, name }) => fold(name) === wanted || fold(id) === wanted);
  if (exact.length > 0) return exact;
  const parts = tokensOf(wanted);
  if (parts.length === 0) return [];
  const fitting = units.filter(({ name }) => {
    const tokens = tokensOf(fold(name));
    return parts.every((part) => tokens.includes(part));
  });
  const phrase = fitting.filter(({ name }) =>
    ` ${tokensOf(fold(name)).join(' ')} `.includes(` ${parts.join(' ')} `),
  );
  return phrase.length > 0 ? phrase : fitting;
}

const tokensOf = (text: string): readonly string[] => text.split(/[^a-z0-9]+/).filter(Boolean);
