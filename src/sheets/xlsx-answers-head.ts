// Finds the header of a table in a worksheet, and which of its columns hold what. Pure.
import type { Template } from '../domain/template.ts';
import { fold } from '../domain/words.ts';
import { plain } from './match-rows-words.ts';

/** A worksheet as text, and what of it is merged or hidden. Rows and columns from 0. */
export type Page = {
  readonly textAt: (row: number, col: number) => string;
  /** Columns that are read. */
  readonly columns: number;
  readonly isHidden: (col: number) => boolean;
  /** The first column of the merged cells that cover this place; `col` itself where nothing is merged. */
  readonly startOf: (row: number, col: number) => number;
};

/** `rows`: how many rows the header has. `value`: undefined where no single column may be that of the figures. */
export type Head = {
  readonly rows: number;
  readonly label: number;
  readonly value: number | undefined;
  readonly stt?: number;
  readonly unit?: number;
  readonly note?: number;
};

type Role = 'stt' | 'label' | 'unit' | 'value' | 'note' | 'past';

/** Figures of another time or a difference between two, which must not be taken for those of the period. */
const PAST =
  /ky truoc|cung ky|nam truoc|quy truoc|thang truoc|ke hoach nam|chi tieu giao|duoc giao|so voi|so sanh|tang|giam|chenh/;
const ROLES: readonly (readonly [Role, RegExp])[] = [
  ['stt', /^(stt|so tt|tt|so thu tu)$/],
  ['note', /^(ghi chu|giai trinh|thuyet minh|giai thich)/],
  ['unit', /^(don vi tinh|don vi|dvt|dv tinh)\b/],
  ['label', /^((ten )?(cac )?chi tieu|noi dung|tieu chi|chi so|danh muc)\b/],
  ['past', PAST],
  ['value', /^(so lieu|ket qua|so luong|thuc hien|gia tri|ty le)\b/],
];
const LONGEST = 200;
/** A header has at most so many rows. */
const MOST_ROWS = 3;

function roleOf(text: string): Role | undefined {
  if (text === '' || text.length > LONGEST) return undefined;
  const words = fold(text);
  return ROLES.find(([, pattern]) => pattern.test(words))?.[0];
}

/** The header that begins in this row; undefined when none does. `first`: no table of the worksheet began above. */
export function headAt(page: Page, row: number, template: Template, first: boolean): Head | undefined {
  const columns = Array.from({ length: page.columns }, (_, col) => col);
  const label = columns.find((col) => roleOf(page.textAt(row, col)) === 'label');
  if (label === undefined) return undefined;
  const rows = 1 + furtherRows(page, row, label, columns);
  const roles = columns.map((col) => columnRole(page, { row, rows, col }));
  const kinds = new Set(roles.filter((role) => role !== undefined));
  // Inside a table also a row of figures may begin with such a word.
  const figured = columns.some((col) => /^[\d.,%]+$/.test(page.textAt(row, col)));
  if (figured || kinds.size < (first ? 2 : 3) || !(kinds.has('value') || kinds.has('past'))) return undefined;
  const seen = (role: Role): number[] => columns.filter((col) => roles[col] === role && !page.isHidden(col));
  const [stt, unit, note] = [seen('stt')[0], seen('unit')[0], seen('note')[0]];
  return {
    ...{ rows, label, value: valueColumn(page, seen('value'), row + rows, template) },
    ...(stt !== undefined && { stt }),
    ...(unit !== undefined && { unit }),
    ...(note !== undefined && { note }),
  };
}

/** Further rows of a header leave the column of labels empty and name a column. */
function furtherRows(page: Page, row: number, label: number, columns: readonly number[]): number {
  let rows = 0;
  while (
    rows < MOST_ROWS - 1 &&
    page.textAt(row + rows + 1, label) === '' &&
    columns.some((col) => roleOf(page.textAt(row + rows + 1, col)) !== undefined)
  )
    rows += 1;
  return rows;
}

/** The lowest words above a column that say something; words above several columns count for each of them. */
function columnRole(
  page: Page,
  { row, rows, col }: { readonly row: number; readonly rows: number; readonly col: number },
): Role | undefined {
  for (let tier = row + rows - 1; tier >= row; tier--) {
    const text = page.textAt(tier, page.startOf(tier, col));
    const role = roleOf(text);
    if (role) return role;
  }
  return undefined;
}

/** Of several columns only one that is named as in the form. */
function valueColumn(
  page: Page,
  columns: readonly number[],
  end: number,
  template: Template,
): number | undefined {
  if (columns.length <= 1) return columns[0];
  const own = new Set(template.tables.flatMap(({ header }) => header.flat().map(({ text }) => plain(text))));
  const named = columns.filter((col) => own.has(plain(page.textAt(end - 1, col))));
  return named.length === 1 ? named[0] : undefined;
}
