// What has to be said beside the totals of a period: units that may be counted twice, and answers that the form has no place for.
import { unitsAbove } from './campaign.ts';
import type { Entry } from './consolidate.ts';
import { sentBy } from './consolidate.ts';
import type { Unit } from './people.ts';
import type { Template } from './template.ts';

/** A unit that takes part beside units below it: its figures may hold theirs. */
export type CountedTwice = { readonly superior: Unit; readonly below: readonly Unit[] };

/** `known`: further units, so that a chain is followed through units that take no part. In the order of the entries. */
export function countedTwice(entries: readonly Entry[], known: readonly Unit[] = []): CountedTwice[] {
  const units = new Map([...known, ...entries.map(({ unit }) => unit)].map((unit) => [unit.id, unit]));
  const below = new Map<string, Unit[]>();
  for (const { unit } of entries) {
    for (const above of unitsAbove(unit.id, (id) => units.get(id)).slice(1))
      below.set(above, [...(below.get(above) ?? []), unit]);
  }
  return entries.flatMap(({ unit }) => {
    const mine = below.get(unit.id);
    return mine ? [{ superior: unit, below: mine }] : [];
  });
}

/** A unit that sent on another form, or another version of it, and what of that has no place in this one. */
export type OtherForm = {
  readonly unit: Unit;
  readonly version: number;
  readonly leftOut: readonly string[];
};

/** Units that sent on another version than this form, with the ids of the answers that are left out (sorted). */
export function otherForms(template: Template, entries: readonly Entry[]): OtherForm[] {
  return entries.flatMap(({ unit, report }) => {
    const submission = sentBy(report);
    const { id, version } = report.template;
    if (!submission || (id === template.id && version === template.version)) return [];
    const leftOut = Object.keys(submission.answers).filter(
      (row) => submission.answers[row]?.value !== undefined && template.byId.get(row)?.row !== 'indicator',
    );
    return [{ unit, version, leftOut: leftOut.sort() }];
  });
}
