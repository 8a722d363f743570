// Which units a coordinator may open a period for, and what is meant when units are named in words.
import { type Campaign, unitsAbove } from './campaign.ts';
import type { Person, Unit } from './people.ts';
import { fold } from './words.ts';

/** Kinds that report and never run a period over their neighbours, in a list without a hierarchy. */
const REPORTING = /^(?:ubnd )?(?:xa|phuong|dac khu|thi tran|phong|don vi|trung tam)\b/;
/** Where the list tells no kind, only a name that says so makes an office. */
const OFFICE_NAME = /^(?:so|van phong|bo|ban|cuc|ubnd (?:tinh|thanh pho|tp)) /;

/**
 * The units below the coordinator's own, without the own one. Where there are none, in a list without a hierarchy: those of
 * every period that the own unit has run, and, when the own unit is an office that never reports itself, every unit without a parent.
 */
export function choosableUnits(
  person: Person,
  units: readonly Unit[],
  campaigns: readonly Campaign[],
): readonly Unit[] {
  if (person.role !== 'coordinator' || person.leftAt !== undefined) return [];
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const others = units.filter(({ id }) => id !== person.unit);
  const below = others.filter(({ id }) => unitsAbove(id, (one) => byId.get(one)).includes(person.unit));
  if (below.length > 0) return below;
  const run = campaigns.filter(({ office }) => office === person.unit).flatMap((each) => each.units);
  const own = byId.get(person.unit);
  const isRunning = own !== undefined && isOffice(own, campaigns);
  const made = sampleUnits(units, campaigns);
  return others.filter(
    ({ id, parent }) => run.includes(id) || (isRunning && parent === undefined && !made.has(id)),
  );
}

function isOffice({ id, kind, name }: Unit, campaigns: readonly Campaign[]): boolean {
  if (campaigns.some((each) => each.units.includes(id))) return false;
  if (REPORTING.test(fold(kind)) || REPORTING.test(fold(name))) return false;
  return fold(kind) !== '' || OFFICE_NAME.test(fold(name));
}

/** The made-up units of the sample period and those above them. */
export function sampleUnits(units: readonly Unit[], campaigns: readonly Campaign[]): ReadonlySet<string> {
  const reporting = new Set(campaigns.filter(({ sample }) => sample).flatMap((each) => each.units));
  const parents = units.flatMap(({ id, parent }) =>
    parent !== undefined && reporting.has(id) ? [parent] : [],
  );
  return new Set([...reporting, ...parents]);
}

/** True when the unit exists on that day (YYYY-MM-DD). */
export const isValidOn = ({ validFrom, validTo }: Unit, day: string): boolean =>
  (validFrom ?? day) <= day && day <= (validTo ?? day);

/** How a unit is called without what kind it is: "UBND phường Ngã Năm" → "nga nam". */
const properName = (name: string): string =>
  fold(name).replace(/^(?:ubnd |uy ban nhan dan )?(?:xa|phuong|dac khu|thi tran|so|phong) /, '');

/**
 * The units that these words name: a code, a name, a name without its kind, a whole kind ("các xã"), or a part of one name only.
 * None: not understood. `several`: more than one has such a name, nothing is chosen.
 */
export function unitsNamed(
  words: string,
  among: readonly Unit[],
): { readonly units: readonly Unit[] } | { readonly several: readonly Unit[] } {
  const typed = fold(words);
  if (typed === '') return { units: [] };
  const kind = typed.replace(/^(?:cac|tat ca(?: cac)?|toan bo|moi) /, '');
  const ofKind = among.filter((unit) => fold(unit.kind) === kind);
  if (ofKind.length > 0) return { units: ofKind };
  const ways: ((unit: Unit) => boolean)[] = [
    (unit) => fold(unit.id) === typed,
    (unit) => fold(unit.name) === typed || fold(`${unit.kind} ${properName(unit.name)}`) === typed,
    (unit) => properName(unit.name) === typed,
    (unit) => typed.length >= 3 && ` ${fold(unit.name)} `.includes(` ${typed} `),
  ];
  for (const fits of ways) {
    const found = among.filter(fits);
    if (found.length === 1) return { units: found };
    if (found.length > 1) return { several: found };
  }
  return { units: [] };
}
