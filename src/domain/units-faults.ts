// Everything that can be wrong with the lines of a unit list, found all at once.
import { unitsAbove } from './campaign.ts';
import { readDay } from './day.ts';
import type { Unit } from './people.ts';
import type { LineFault, UnitFault, UnitField, UnitLine } from './unit-line.ts';

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;
const LONGEST = 200;

/** The faults of these lines, in the order of the lines. */
export function lineFaults(
  lines: readonly UnitLine[],
  stored: ReadonlyMap<string, Unit>,
): readonly LineFault[] {
  const all = new Map([...stored, ...lines.map(({ unit }) => [unit.id, unit] as const)]);
  return [
    ...lines.flatMap(ownFaults),
    ...twins(lines),
    ...lines.flatMap((line) => parentFaults(line, all)),
    ...lines.flatMap((line) => mergeFaults(line, all)),
  ].sort((a, b) => a.line - b.line);
}

function ownFaults({ line, unit, extra }: UnitLine): LineFault[] {
  const faults: LineFault[] = [];
  const add = (field: UnitField, fault: UnitFault) => faults.push({ line, field, fault });
  if (unit.id === '') add('id', { is: 'noCode' });
  else if (!CODE.test(unit.id) || unit.id.toLowerCase() === 'all')
    add('id', { is: 'badCode', code: unit.id });
  if (unit.name === '') add('name', { is: 'noName' });
  for (const field of ['name', 'kind', 'province'] as const)
    if ((unit[field] ?? '').length > LONGEST) add(field, { is: 'tooLong', most: LONGEST });
  const days = (['validFrom', 'validTo'] as const).filter((field) => {
    const day = unit[field];
    if (day === undefined || readDay(day) !== undefined) return day !== undefined;
    add(field, { is: 'badDate', text: day });
    return false;
  });
  const { validFrom: from = '', validTo: to = '' } = unit;
  if (days.length === 2 && to < from) add('validTo', { is: 'datesReversed', from, to });
  if (extra !== '') faults.push({ line, fault: { is: 'extraCells', text: extra } });
  return faults;
}

function twins(lines: readonly UnitLine[]): LineFault[] {
  const first = new Map<string, number>();
  return lines.flatMap(({ line, unit }): LineFault[] => {
    const other = first.get(unit.id);
    if (other === undefined) first.set(unit.id, line);
    if (other === undefined || unit.id === '') return [];
    return [{ line, field: 'id', fault: { is: 'sameCode', code: unit.id, line: other } }];
  });
}

function parentFaults({ line, unit }: UnitLine, all: ReadonlyMap<string, Unit>): LineFault[] {
  if (unit.parent === undefined) return [];
  if (!all.has(unit.parent))
    return [{ line, field: 'parent', fault: { is: 'unknownParent', code: unit.parent } }];
  const chain = unitsAbove(unit.id, (id) => all.get(id));
  // unitsAbove stops before it comes round: the last one's parent tells whether this unit is part of the circle.
  const round = all.get(chain.at(-1) ?? '')?.parent === unit.id;
  return round ? [{ line, field: 'parent', fault: { is: 'circle', chain: [...chain, unit.id] } }] : [];
}

function mergeFaults({ line, unit }: UnitLine, all: ReadonlyMap<string, Unit>): LineFault[] {
  const into = unit.mergedInto;
  if (into === undefined) return [];
  if (into === unit.id) return [{ line, field: 'mergedInto', fault: { is: 'mergedIntoItself' } }];
  if (!all.has(into)) return [{ line, field: 'mergedInto', fault: { is: 'unknownMerge', code: into } }];
  const chain: string[] = [];
  for (
    let at: string | undefined = unit.id;
    at !== undefined && !chain.includes(at);
    at = all.get(at)?.mergedInto
  )
    chain.push(at);
  const round = all.get(chain.at(-1) ?? '')?.mergedInto === unit.id;
  return round
    ? [{ line, field: 'mergedInto', fault: { is: 'mergeCircle', chain: [...chain, unit.id] } }]
    : [];
}
