// Choosing units for a period: all, by kind, or by typed names and codes, several lines at once.
import { choosableUnits, isValidOn, unitsNamed } from '../../src/domain/choosable.ts';
import type { UnitChoice } from '../../src/domain/new-campaign.ts';
import type { Unit } from '../../src/domain/people.ts';
import { clean, fold } from '../../src/domain/words.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { short } from '../../src/text/common.ts';
import { TROUBLE } from '../../src/text/menu.ts';
import { UNITS_NAMED } from '../../src/text/period.ts';
import type { Facts } from '../flow.ts';

/** The units that this coordinator may open a period for and that exist on that day. */
export const candidates = (facts: Facts, day: string): readonly Unit[] =>
  facts.person
    ? choosableUnits(facts.person, facts.units, [...facts.campaigns, ...facts.closed]).filter((unit) =>
        isValidOn(unit, day),
      )
    : [];

/** Those that were chosen, in the order of the list. */
export const chosenOf = (choice: UnitChoice | undefined, among: readonly Unit[]): readonly Unit[] =>
  among.filter(
    ({ id, kind }) =>
      choice?.also?.includes(id) ||
      ((choice?.all || choice?.kinds?.includes(kind)) && !choice?.without?.includes(id)),
  );

/** Those of the chosen kinds that were left out. */
export const leftOut = (choice: UnitChoice | undefined, among: readonly Unit[]): readonly Unit[] =>
  among.filter(({ id }) => choice?.without?.includes(id));

/** A kind added, or taken away again. */
export function withKind(choice: UnitChoice, kind: string): UnitChoice {
  const { kinds = [], all: _, ...rest } = choice;
  return { ...rest, kinds: kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind] };
}

/** `unknown`, `several`: what was not understood, in the words to be said about it. */
type Typed = {
  readonly units: readonly Unit[];
  readonly unknown: readonly string[];
  readonly several: readonly string[];
};

/** The units named in words, one in each line or between commas. */
export function typedUnits(text: string, among: readonly Unit[]): Typed {
  const parts = text
    .split(/\n|;/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => (isNamed(part, among) ? [part] : part.split(/\s*,\s*| và /)))
    .filter((part) => part !== '');
  const read = parts.map((part) => ({ part, found: unitsNamed(part, among) }));
  const units = read.flatMap(({ found }) => ('units' in found ? found.units : []));
  return {
    units: [...new Map(units.map((unit) => [unit.id, unit])).values()],
    unknown: read.flatMap(({ part, found }) =>
      'units' in found && found.units.length === 0 ? [quoted(part)] : [],
    ),
    several: read.flatMap(({ part, found }) =>
      'several' in found ? [UNITS_NAMED.several(quoted(part), found.several)] : [],
    ),
  };
}

/** One line for all that are unknown, one for each that may be several. */
export const faultsIn = ({ unknown, several }: Pick<Typed, 'unknown' | 'several'>): readonly string[] => [
  ...(unknown.length > 0 ? [UNITS_NAMED.unknown(unknown)] : []),
  ...several,
];

function isNamed(part: string, among: readonly Unit[]): boolean {
  const found = unitsNamed(part, among);
  return 'units' in found && found.units.length > 0;
}

/** What was typed, as far as it may be said again: what is said is stored too. */
export const quoted = (text: string): string => (privacyFault(text) ? TROUBLE.hidden : short(text, 60));

/** As it is written, not as it sounds without diacritics: "Bồ Đề" is a ward. */
const LEAVE_OUT = /^(?:(?:ngoại |loại )?trừ|bỏ|bo|tru|không gồm|khong gom|loại|loai)(?: ra)?:? /;
const ADD = /^(?:thêm|them|cộng):? /;

/** The choice after typed lines: names are added, those after "trừ" left out, in this line and no other. */
export function choiceAfter(
  choice: UnitChoice,
  text: string,
  among: readonly Unit[],
): { readonly choice: UnitChoice; readonly faults: readonly string[] } {
  let next = choice;
  const unknown: string[] = [];
  const several: string[] = [];
  for (const line of clean(text).split(/\s*[\n;]\s*/)) {
    const small = line.toLowerCase();
    const isOut = LEAVE_OUT.test(small) && !isNamed(line, among);
    if (isAll(line)) {
      next = { all: true };
      continue;
    }
    const typed = typedUnits(line.slice(headOf(small, isOut).length), among);
    unknown.push(...typed.unknown);
    several.push(...typed.several);
    next = isOut ? without(next, typed.units) : also(next, typed.units);
  }
  return { choice: next, faults: faultsIn({ unknown, several }) };
}

const headOf = (line: string, isOut: boolean): string =>
  (isOut ? LEAVE_OUT.exec(line) : ADD.exec(line))?.[0] ?? '';

const isAll = (line: string): boolean => /^(?:tat ca|toan bo|het)(?: cac)?(?: don vi)?$/.test(fold(line));

function also(choice: UnitChoice, units: readonly Unit[]): UnitChoice {
  const ids = units.map(({ id }) => id);
  const { without: out = [], ...rest } = choice;
  // What a whole kind holds already need not be named once more.
  const isIn = (unit: Unit) => choice.all || choice.kinds?.includes(unit.kind);
  const single = units.filter((unit) => !isIn(unit)).map(({ id }) => id);
  return trimmed({
    ...rest,
    also: [...new Set([...(choice.also ?? []), ...single])],
    without: out.filter((id) => !ids.includes(id)),
  });
}

function without(choice: UnitChoice, units: readonly Unit[]): UnitChoice {
  const ids = units.map(({ id }) => id);
  const named = units.filter(({ kind }) => choice.all || choice.kinds?.includes(kind)).map(({ id }) => id);
  return trimmed({
    ...choice,
    also: (choice.also ?? []).filter((id) => !ids.includes(id)),
    without: [...new Set([...(choice.without ?? []), ...named])],
  });
}

/** Without what says nothing. */
function trimmed({ also: more = [], without: out = [], kinds = [], all }: UnitChoice): UnitChoice {
  return {
    ...(all ? { all } : {}),
    ...(kinds.length > 0 ? { kinds } : {}),
    ...(more.length > 0 ? { also: more } : {}),
    ...(out.length > 0 ? { without: out } : {}),
  };
}
