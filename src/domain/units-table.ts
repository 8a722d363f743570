// A list of units as somebody typed it → units, and everything that is wrong with it, by line.
import { dayBefore, readDay } from './day.ts';
import type { Unit } from './people.ts';
import type { TableRow } from './table.ts';
import type { LineFault, UnitField, UnitLine, UnitNote } from './unit-line.ts';
import { lineFaults } from './units-faults.ts';
import { clean, fold } from './words.ts';

/** How people head each column, without diacritics; spaces do not count. The first is the name used in messages. */
const HEADINGS: Readonly<Record<UnitField, readonly string[]>> = {
  id: ['ma', 'id', 'ma don vi', 'ma so', 'ma dinh danh'],
  name: ['ten', 'name', 'ten don vi', 'don vi'],
  kind: ['loai', 'kind', 'loai don vi', 'cap'],
  province: ['tinh', 'province', 'tinh thanh pho'],
  parent: ['cap tren', 'parent', 'ma cap tren', 'don vi cap tren'],
  validFrom: ['tu ngay', 'hieu luc tu', 'validfrom'],
  validTo: ['den ngay', 'hieu luc den', 'validto'],
  mergedInto: ['nhap vao', 'thay the', 'merged into', 'thay the boi', 'sap nhap vao'],
};
export const UNIT_FIELDS = Object.keys(HEADINGS) as readonly UnitField[];
/** A heading may stand under a title; further down a row is data. */
const HEADING_WITHIN = 10;

type Columns = { readonly at: ReadonlyMap<UnitField, number>; readonly width: number };

type UnitsRead = {
  readonly lines: readonly UnitLine[];
  readonly faults: readonly LineFault[];
  readonly notes: readonly UnitNote[];
};

/** How a column is called in messages: "cap_tren". */
export const columnWord = (field: UnitField): string => (HEADINGS[field][0] ?? field).replaceAll(' ', '_');

/** True for a table that has columns for a unit's code and name. */
export const isUnitList = (rows: readonly TableRow[]): boolean =>
  rows.slice(0, HEADING_WITHIN).some(isHeading);

/**
 * The units of a table. A column that is missing keeps what `stored` has; an empty cell empties it. A unit that was merged and has
 * no last day gets one: the day before its successor begins, else `today`. With any fault the units must not be used.
 */
export function readUnits(rows: readonly TableRow[], stored: readonly Unit[], today: string): UnitsRead {
  const headingAt = rows.slice(0, HEADING_WITHIN).findIndex(isHeading);
  const heading = rows[headingAt];
  if (!heading) {
    const first = rows[0]?.line ?? 0;
    return {
      lines: [],
      faults: [{ line: first, fault: { is: first === 0 ? 'empty' : 'noHeading' } }],
      notes: [],
    };
  }
  const { columns, twice, unknown } = columnsOf(heading);
  if (twice.length > 0) {
    const faults = twice.map(
      (field): LineFault => ({ line: heading.line, field, fault: { is: 'twoColumns' } }),
    );
    return { lines: [], faults, notes: [] };
  }
  const byId = new Map(stored.map((unit) => [unit.id, unit]));
  const read = rows.slice(headingAt + 1).map((row) => lineOf(row, columns, byId));
  const lines = withLastDays(read, byId, today);
  const faults =
    lines.length === 0 ? [{ line: heading.line, fault: { is: 'empty' } } as const] : lineFaults(lines, byId);
  const ignored: UnitNote[] = unknown.length > 0 ? [{ is: 'ignored', columns: unknown }] : [];
  return { lines, faults, notes: [...ignored, ...lostZeros(lines)] };
}

const fieldOf = (heading: string): UnitField | undefined => {
  const words = fold(heading).replace(/[^a-z0-9]+/g, '');
  return UNIT_FIELDS.find((field) => HEADINGS[field].some((each) => each.replaceAll(' ', '') === words));
};

function isHeading(row: TableRow): boolean {
  const fields = row.cells.map(fieldOf);
  return fields.includes('id') && fields.includes('name');
}

function columnsOf(heading: TableRow): { columns: Columns; twice: UnitField[]; unknown: string[] } {
  const at = new Map<UnitField, number>();
  const twice: UnitField[] = [];
  const unknown: string[] = [];
  heading.cells.forEach((cell, n) => {
    const field = fieldOf(cell);
    if (field === undefined) unknown.push(...(clean(cell) === '' ? [] : [clean(cell)]));
    else if (at.has(field)) twice.push(field);
    else at.set(field, n);
  });
  return { columns: { at, width: heading.cells.length }, twice, unknown };
}

/** Composed letters, single spaces; a date as YYYY-MM-DD when it is one, otherwise as typed, to be found faulty. */
function lineOf(row: TableRow, { at, width }: Columns, stored: ReadonlyMap<string, Unit>): UnitLine {
  const cell = (field: UnitField): string => clean(row.cells[at.get(field) ?? -1] ?? '').replace(/\s+/g, ' ');
  const id = cell('id');
  const before = stored.get(id);
  const value = (field: UnitField): string => {
    if (!at.has(field)) return before?.[field] ?? '';
    return field === 'validFrom' || field === 'validTo' ? (readDay(cell(field)) ?? cell(field)) : cell(field);
  };
  const optional = (['parent', 'province', 'validFrom', 'validTo', 'mergedInto'] as const).flatMap(
    (field) => {
      const text = value(field);
      return text === '' ? [] : [[field, text]];
    },
  );
  // Text beyond the last heading: a name with a separator in it has pushed everything to the right.
  const extra = row.cells
    .slice(width)
    .map(clean)
    .filter((each) => each !== '')
    .join(' ');
  const unit = { id, name: value('name'), kind: value('kind'), ...Object.fromEntries(optional) };
  return { line: row.line, unit, extra };
}

function withLastDays(
  lines: readonly UnitLine[],
  stored: ReadonlyMap<string, Unit>,
  today: string,
): readonly UnitLine[] {
  const all = new Map([...stored, ...lines.map(({ unit }) => [unit.id, unit] as const)]);
  return lines.map((line) => {
    const { unit } = line;
    if (unit.mergedInto === undefined || unit.validTo !== undefined) return line;
    const begins = readDay(all.get(unit.mergedInto)?.validFrom ?? '');
    const kept = stored.get(unit.id)?.validTo;
    const validTo = kept ?? (begins === undefined ? today : dayBefore(begins));
    return { ...line, unit: { ...unit, validTo } };
  });
}

/** Official codes of communes have five digits; a spreadsheet turns 00004 into 4 without a word. */
function lostZeros(lines: readonly UnitLine[]): UnitNote[] {
  const short = lines.filter(
    ({ unit }) => /^\d{1,4}$/.test(unit.id) && ['xa', 'phuong', 'dac khu'].includes(fold(unit.kind)),
  );
  const example = short[0]?.unit.id;
  return example === undefined ? [] : [{ is: 'lostZeros', count: short.length, example }];
}
