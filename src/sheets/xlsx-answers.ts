// Reads a filled appendix (.xlsx) back: what stands in it for every indicator of a form, wherever the table is; the file may come from anybody.
import { readXlsx, type Sheet as Worksheet } from 'hucre/xlsx';
import type { SheetFault, SheetKind } from '../domain/filled.ts';
import type { Template } from '../domain/template.ts';
import { type Matched, matchRows } from './match-rows.ts';
import type { RowKey } from './match-rows-key.ts';
import type { FilledRow } from './match-rows-row.ts';
import { fileFault } from './xlsx-answers-file.ts';
import { filledRows } from './xlsx-answers-rows.ts';

/** `madeAt`: when the table that one of our own files holds was last written in (ISO). */
export type SheetAnswers =
  | { readonly fault: SheetFault }
  | (Matched & { readonly kind: SheetKind; readonly madeAt?: string });

/** No appendix has more worksheets that can be seen; an officer's workbook with more is not read in part. */
const MOST_SHEETS = 12;
const MOST_ROWS = 10_000;
const MOST_MERGES = 5000;
/** The characters of all rows together: one text may stand in every cell without making the file any longer. */
const MOST_TEXT = 5_000_000;
/** Further columns are not read; together with the rows this bounds what a hostile sheet can make us hold. */
const COLUMNS = { count: 52, last: 'AZ' };

/**
 * What a filled workbook says about the indicators of `template`. Hidden worksheets are not read, hidden rows are. Never throws
 * because of what the file holds, never runs or fetches anything it names.
 */
export async function readAnswers(bytes: Uint8Array, template: Template): Promise<SheetAnswers> {
  const fault = fileFault(bytes);
  if (fault) return { fault };
  let seen = 0;
  let sheets: readonly Worksheet[];
  let created: Date | undefined;
  try {
    const book = await readXlsx(bytes, {
      readStyles: true,
      range: `A1:${COLUMNS.last}${MOST_ROWS + 1}`,
      sheets: ({ hidden, veryHidden }) => !hidden && !veryHidden && ++seen <= MOST_SHEETS,
    });
    sheets = book.sheets;
    created = book.properties?.created;
  } catch {
    return { fault: 'unreadable' };
  }
  if (seen > MOST_SHEETS || sheets.some(isTooLong)) return { fault: 'tooLong' };
  const rows = sheets.flatMap((sheet) => filledRows(sheet, template, COLUMNS.count));
  if (rows.length === 0) return { fault: 'noTable' };
  if (rows.length > MOST_ROWS || lengthOf(rows) > MOST_TEXT) return { fault: 'tooLong' };
  const kind = kindOf(rows, template);
  const isDated = kind.is === 'own' && created !== undefined && Number.isFinite(created.getTime());
  return { ...matchRows(rows, template), kind, ...(isDated && { madeAt: created?.toISOString() ?? '' }) };
}

function kindOf(rows: readonly FilledRow[], { id, version }: Template): SheetKind {
  const counts = new Map<string, { key: RowKey; count: number }>();
  for (const { key } of rows) {
    if (!key) continue;
    const name = `${key.template}.v${key.version}`;
    counts.set(name, { key, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  const most = [...counts.values()].sort((one, other) => other.count - one.count)[0]?.key;
  if (!most) return { is: 'foreign' };
  if (most.template !== id) return { is: 'otherForm', template: most.template, version: most.version };
  return most.version === version ? { is: 'own' } : { is: 'otherVersion', version: most.version };
}

const lengthOf = (rows: readonly FilledRow[]): number =>
  rows.reduce((sum, { label, unit, note, cell }) => {
    const figure = 'text' in cell ? cell.text.length : 0;
    return sum + label.length + unit.length + note.length + figure;
  }, 0);

const isTooLong = ({ rows, merges }: Worksheet): boolean =>
  (merges?.length ?? 0) > MOST_MERGES || (rows[MOST_ROWS] ?? []).some((value) => value !== null);
