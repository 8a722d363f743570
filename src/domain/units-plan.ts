// What importing a list of units would do: new, changed, gone and wrong, before anything is stored.
import type { Unit } from './people.ts';
import type { TableRow } from './table.ts';
import type { LineFault, UnitField, UnitLine, UnitNote } from './unit-line.ts';
import { readUnits, UNIT_FIELDS } from './units-table.ts';

/** A stored unit that the file changes; `fields` are those that differ. */
export type UnitChange = {
  readonly line: number;
  readonly unit: Unit;
  readonly was: Unit;
  readonly fields: readonly UnitField[];
};

/** `gone`: units that the file could have named and that still exist; they stay as they are. With any fault nothing may be stored. */
export type UnitsPlan = {
  readonly added: readonly Unit[];
  readonly changed: readonly UnitChange[];
  readonly same: number;
  readonly gone: readonly Unit[];
  readonly faults: readonly LineFault[];
  readonly notes: readonly UnitNote[];
};

/** Whose list it is: a coordinator's reaches the units that are `theirs`, and what is new there belongs to the `office`. */
export type UnitsScope = { readonly office: string; readonly theirs: ReadonlySet<string> };

/** Compares a table with what is stored. `today` is YYYY-MM-DD; without a scope everything may be changed. */
export function planUnits(
  rows: readonly TableRow[],
  stored: readonly Unit[],
  today: string,
  scope?: UnitsScope,
): UnitsPlan {
  const read = readUnits(rows, stored, today);
  const byId = new Map(stored.map((unit) => [unit.id, unit]));
  const lines = scope ? read.lines.map((line) => belonging(line, byId, scope)) : read.lines;
  const foreign = scope ? lines.flatMap((line) => foreignFaults(line, byId, scope)) : [];
  const changes = lines.flatMap(({ line, unit }) => {
    const was = byId.get(unit.id);
    return was
      ? [{ line, unit, was, fields: UNIT_FIELDS.filter((field) => unit[field] !== was[field]) }]
      : [];
  });
  const named = new Set(lines.map(({ unit }) => unit.id));
  const isGone = ({ id, validTo }: Unit): boolean =>
    !named.has(id) &&
    (validTo === undefined || validTo >= today) &&
    (!scope || (scope.theirs.has(id) && id !== scope.office));
  return {
    added: lines.map(({ unit }) => unit).filter(({ id }) => !byId.has(id)),
    changed: changes.filter(({ fields }) => fields.length > 0),
    same: changes.filter(({ fields }) => fields.length === 0).length,
    gone: lines.length === 0 ? [] : stored.filter(isGone),
    faults: [...read.faults, ...foreign].sort((a, b) => a.line - b.line),
    notes: read.notes,
  };
}

/** For whom the file names nobody above, a new unit belongs to the coordinator's own, and any other stays where it is. */
function belonging(line: UnitLine, stored: ReadonlyMap<string, Unit>, { office }: UnitsScope): UnitLine {
  const { unit } = line;
  if (unit.parent !== undefined || unit.id === '') return line;
  const was = stored.get(unit.id);
  const parent = was ? was.parent : office;
  return parent === undefined ? line : { ...line, unit: { ...unit, parent } };
}

function foreignFaults(
  { line, unit }: UnitLine,
  stored: ReadonlyMap<string, Unit>,
  { office, theirs }: UnitsScope,
): LineFault[] {
  const was = stored.get(unit.id);
  if (was && !theirs.has(unit.id)) return [{ line, field: 'id', fault: { is: 'foreign' } }];
  const { parent } = unit;
  if (parent === undefined || parent === was?.parent || parent === office || theirs.has(parent)) return [];
  // A parent that is stored nowhere is new in this file, or another fault names it.
  return stored.has(parent) ? [{ line, field: 'parent', fault: { is: 'foreignParent', code: parent } }] : [];
}

/** Everything a plan would store, in words of its own: two plans that do the same have the same. */
export const planMark = ({ added, changed }: UnitsPlan): string =>
  [...added.map((unit) => ({ unit, was: undefined })), ...changed]
    .map(({ unit, was }) =>
      [unit, was].map((each) => UNIT_FIELDS.map((field) => each?.[field] ?? '').join('\t')).join('\t'),
    )
    .join('\n');
