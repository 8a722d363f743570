// A list of units as somebody typed it → units, and everything that is wrong with it. Pure.
import { unitsAbove } from '../domain/campaign.ts';
import type { Unit } from '../domain/people.ts';
import type { Issue } from '../domain/result.ts';
import { clean, fold } from '../domain/words.ts';
import type { TableRow } from '../sheets/xlsx-read.ts';
import { UNITS } from '../text/admin.ts';
import { readDay } from './day.ts';

type Field = 'id' | 'name' | 'kind' | 'province' | 'parent' | 'validFrom' | 'validTo';

/** How people head each column, without diacritics and with single spaces; the first is the name used in messages. */
const HEADINGS: Readonly<Record<Field, readonly string[]>> = {
  id: ['ma', 'id', 'ma don vi'],
  name: ['ten', 'name', 'ten don vi'],
  kind: ['loai', 'kind', 'loai don vi'],
  province: ['tinh', 'province', 'tinh thanh pho'],
  parent: ['cap tren', 'parent', 'ma cap tren'],
  validFrom: ['tu ngay', 'valid from'],
  validTo: ['den ngay', 'valid to'],
};
const FIELDS = Object.keys(HEADINGS) as Field[];
/** A heading may stand under a title; further down a row is data. */
const HEADING_WITHIN = 10;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;
const LONGEST = 200;

type Columns = { readonly at: ReadonlyMap<Field, number>; readonly width: number };
/** A line as read: the unit it makes, with the stored values of columns that the file does not have. */
type Line = { readonly line: number; readonly unit: Unit };

type UnitsTable = {
  readonly units: readonly Unit[];
  readonly issues: readonly Issue[];
  readonly notes: readonly string[];
};

/**
 * The units of a table. A column that is missing keeps what `stored` has; an empty cell empties it. With any issue (at the
 * faulty line of `file`) the units must not be used.
 */
export function readUnits(rows: readonly TableRow[], stored: readonly Unit[], file: string): UnitsTable {
  const issue = (line: number, field: Field | '', message: string): Issue => ({
    ...{ file, line, message },
    path: field === '' ? '' : wordOf(field),
  });
  const headingAt = rows.slice(0, HEADING_WITHIN).findIndex(isHeading);
  const heading = rows[headingAt];
  if (!heading) {
    const first = rows[0]?.line ?? 0;
    const message = first === 0 ? UNITS.empty : UNITS.noHeading(`${wordOf('id')}, ${wordOf('name')}`);
    return { units: [], issues: [issue(first, '', message)], notes: [] };
  }
  const { columns, twice, unknown } = columnsOf(heading);
  if (twice.length > 0) {
    const issues = twice.map((field) => issue(heading.line, field, UNITS.twoColumns(wordOf(field))));
    return { units: [], issues, notes: [] };
  }
  const data = rows.slice(headingAt + 1);
  const byId = new Map(stored.map((unit) => [unit.id, unit]));
  const lines = data.map((row) => ({ line: row.line, unit: unitOf(row, columns, byId) }));
  const issues = [
    ...lines.flatMap(({ line, unit }, n) => [
      ...faultsOf(unit).map(([field, message]) => issue(line, field, message)),
      ...extraCells(data[n], columns).map((message) => issue(line, '', message)),
    ]),
    ...twins(lines).map(([line, message]) => issue(line, 'id', message)),
    ...parentFaults(lines, byId).map(([line, message]) => issue(line, 'parent', message)),
  ].sort((a, b) => a.line - b.line);
  if (lines.length === 0) issues.push(issue(heading.line, '', UNITS.empty));
  const notes = [...(unknown.length > 0 ? [UNITS.ignored(unknown.join(', '))] : []), ...lostZeros(lines)];
  return { units: lines.map(({ unit }) => unit), issues, notes };
}

const wordOf = (field: Field): string => (HEADINGS[field][0] ?? field).replaceAll(' ', '_');

const fieldOf = (heading: string): Field | undefined => {
  const words = fold(heading)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return FIELDS.find((field) => HEADINGS[field].includes(words));
};

function isHeading(row: TableRow): boolean {
  const fields = row.cells.map(fieldOf);
  return fields.includes('id') && fields.includes('name');
}

function columnsOf(heading: TableRow): { columns: Columns; twice: Field[]; unknown: string[] } {
  const at = new Map<Field, number>();
  const twice: Field[] = [];
  const unknown: string[] = [];
  heading.cells.forEach((cell, n) => {
    const field = fieldOf(cell);
    if (field === undefined) unknown.push(...(clean(cell) === '' ? [] : [clean(cell)]));
    else if (at.has(field)) twice.push(field);
    else at.set(field, n);
  });
  return { columns: { at, width: heading.cells.length }, twice, unknown };
}

/** Composed letters, single spaces; a date as YYYY-MM-DD when it is one, otherwise as typed, for faultsOf to find. */
function unitOf(row: TableRow, { at }: Columns, stored: ReadonlyMap<string, Unit>): Unit {
  const cell = (field: Field): string => clean(row.cells[at.get(field) ?? -1] ?? '').replace(/\s+/g, ' ');
  const id = cell('id');
  const before = stored.get(id);
  const value = (field: Field): string => {
    if (!at.has(field)) return before?.[field] ?? '';
    return field === 'validFrom' || field === 'validTo' ? (readDay(cell(field)) ?? cell(field)) : cell(field);
  };
  const optional = (['parent', 'province', 'validFrom', 'validTo'] as const).flatMap((field) => {
    const text = value(field);
    return text === '' ? [] : [[field, text]];
  });
  return { id, name: value('name'), kind: value('kind'), ...Object.fromEntries(optional) };
}

function faultsOf(unit: Unit): [Field, string][] {
  const faults: [Field, string][] = [];
  if (unit.id === '') faults.push(['id', UNITS.noCode]);
  else if (!CODE.test(unit.id) || unit.id.toLowerCase() === 'all')
    faults.push(['id', UNITS.badCode(unit.id)]);
  if (unit.name === '') faults.push(['name', UNITS.noName]);
  for (const field of ['name', 'kind', 'province'] as const) {
    if ((unit[field] ?? '').length > LONGEST) faults.push([field, UNITS.tooLong(LONGEST)]);
  }
  const days = (['validFrom', 'validTo'] as const).filter((field) => {
    const day = unit[field];
    if (day === undefined || readDay(day) !== undefined) return day !== undefined;
    faults.push([field, UNITS.badDate(day)]);
    return false;
  });
  const { validFrom = '', validTo = '' } = unit;
  if (days.length === 2 && validTo < validFrom) {
    faults.push(['validTo', UNITS.datesReversed(validFrom, validTo)]);
  }
  return faults;
}

/** Text beyond the last heading: a name with a separator in it has pushed everything to the right. */
function extraCells(row: TableRow | undefined, { width }: Columns): string[] {
  const extra = (row?.cells ?? [])
    .slice(width)
    .map(clean)
    .filter((cell) => cell !== '');
  return extra.length > 0 ? [UNITS.extraCells(extra.join(' '))] : [];
}

function twins(lines: readonly Line[]): [number, string][] {
  const first = new Map<string, number>();
  return lines.flatMap(({ line, unit }): [number, string][] => {
    const other = first.get(unit.id);
    if (other === undefined) first.set(unit.id, line);
    return other === undefined || unit.id === '' ? [] : [[line, UNITS.sameCode(unit.id, other)]];
  });
}

function parentFaults(lines: readonly Line[], stored: ReadonlyMap<string, Unit>): [number, string][] {
  const all = new Map([...stored, ...lines.map(({ unit }) => [unit.id, unit] as const)]);
  return lines.flatMap(({ line, unit }): [number, string][] => {
    if (unit.parent === undefined) return [];
    if (!all.has(unit.parent)) return [[line, UNITS.unknownParent(unit.parent)]];
    const chain = unitsAbove(unit.id, (id) => all.get(id));
    // unitsAbove stops before it comes round: the last one's parent tells whether this unit is part of the circle.
    const round = all.get(chain.at(-1) ?? '')?.parent === unit.id;
    return round ? [[line, UNITS.circle([...chain, unit.id].join(' → '))]] : [];
  });
}

/** Official codes of communes have five digits; a spreadsheet turns 00004 into 4 without a word. */
function lostZeros(lines: readonly Line[]): string[] {
  const short = lines.filter(
    ({ unit }) => /^\d{1,4}$/.test(unit.id) && ['xa', 'phuong', 'dac khu'].includes(fold(unit.kind)),
  );
  const example = short[0]?.unit.id;
  return example === undefined ? [] : [UNITS.lostZeros(short.length, example)];
}

/** What importing these units does: `added` and `changed` are to be stored, `same` stand as they are. */
export function compareUnits(
  units: readonly Unit[],
  stored: readonly Unit[],
): { added: readonly Unit[]; changed: readonly Unit[]; same: readonly Unit[] } {
  const byId = new Map(stored.map((unit) => [unit.id, unit]));
  const isSame = (unit: Unit): boolean => FIELDS.every((field) => unit[field] === byId.get(unit.id)?.[field]);
  const known = units.filter((unit) => byId.has(unit.id));
  return {
    added: units.filter((unit) => !byId.has(unit.id)),
    changed: known.filter((unit) => !isSame(unit)),
    same: known.filter(isSame),
  };
}
