// The rows of the tables in a worksheet, cell by cell as their headers say. Pure.
import type { Sheet as Worksheet } from 'hucre/xlsx';
import type { Template } from '../domain/template.ts';
import { type RowKey, readRowKey } from './match-rows-key.ts';
import type { FilledRow } from './match-rows-row.ts';
import { filledCell, wordsOf } from './xlsx-answers-cell.ts';
import { type Head, headAt, type Page } from './xlsx-answers-head.ts';

type Merge = NonNullable<Worksheet['merges']>[number];

/** `columns`: how many are read. None where no header is found; rows without any words are left out. */
export function filledRows(sheet: Worksheet, template: Template, columns: number): FilledRow[] {
  const page = pageOf(sheet, columns);
  const rows: FilledRow[] = [];
  const values: number[] = [];
  let head: Head | undefined;
  for (let row = 0; row < sheet.rows.length; row++) {
    if ((sheet.rows[row] ?? []).every((value) => wordsOf(value) === '')) continue;
    const next = headAt(page, row, template, head === undefined);
    if (next) {
      head = next;
      row += next.rows - 1;
    } else if (head) {
      rows.push(filledRow(sheet, page, row, head));
      values.push(head.value ?? -1);
    }
  }
  const labelled = new Set(rows.filter(({ label }) => label !== '').map(({ row }) => row - 1));
  const isMixed = (row: number, col: number): boolean =>
    (sheet.merges ?? []).some((merge) => covers(merge, row, col) && !isOwn(merge, { row, col, labelled }));
  return rows.map((row, n) =>
    row.trouble === undefined && isMixed(row.row - 1, values[n] ?? -1) ? { ...row, trouble: 'merged' } : row,
  );
}

const covers = ({ startRow, endRow, startCol, endCol }: Merge, row: number, col: number): boolean =>
  startRow <= row && row <= endRow && startCol <= col && col <= endCol;

/** Merged cells hold the figure of this row alone when they begin with its own cell and no other row of the table has a part in them. */
function isOwn(
  { startRow, endRow, startCol }: Merge,
  {
    row,
    col,
    labelled,
  }: { readonly row: number; readonly col: number; readonly labelled: ReadonlySet<number> },
): boolean {
  if (startRow !== row || startCol !== col) return false;
  for (let other = row + 1; other <= Math.min(endRow, row + 100); other++)
    if (labelled.has(other)) return false;
  return true;
}

function pageOf(sheet: Worksheet, columns: number): Page {
  const wide = new Map<number, Merge[]>();
  for (const merge of sheet.merges ?? [])
    if (merge.endCol > merge.startCol) wide.set(merge.startRow, [...(wide.get(merge.startRow) ?? []), merge]);
  return {
    columns,
    textAt: (row, col) => wordsOf(sheet.rows[row]?.[col]),
    isHidden: (col) => sheet.columns?.[col]?.hidden === true,
    startOf: (row, col) => wide.get(row)?.find((merge) => covers(merge, row, col))?.startCol ?? col,
  };
}

/** A number before a heading that was written into one cell with it: "I. Công tác chỉ đạo", "1.2) Kiểm tra". */
const NUMBERED = /^((?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.)])\s+(\S[\s\S]*)$/;

function filledRow(sheet: Worksheet, page: Page, row: number, head: Head): FilledRow {
  const text = (col: number | undefined): string => (col === undefined ? '' : page.textAt(row, col));
  const written = page.textAt(row, page.startOf(row, head.label));
  const own = page.startOf(row, head.label) === head.stt ? '' : text(head.stt);
  const [, number = own, label = written] = (own === '' && NUMBERED.exec(written)) || [];
  const key = keyIn(sheet, row);
  const { value } = head;
  return {
    ...{ sheet: sheet.name, row: row + 1, hidden: sheet.rowDefs?.get(row)?.hidden === true },
    ...(key && { key }),
    ...{ stt: number, label, unit: text(head.unit), note: text(head.note) },
    ...(value === undefined
      ? { cell: { is: 'empty' }, trouble: 'noColumn' }
      : { cell: filledCell(sheet.rows[row]?.[value], sheet.cells?.get(`${row},${value}`)) }),
  };
}

/** The one key of a row, in whatever column it stands. */
function keyIn(sheet: Worksheet, row: number): RowKey | undefined {
  const keys = (sheet.rows[row] ?? []).flatMap((value) =>
    typeof value === 'string' && value.length < 100 ? (readRowKey(value) ?? []) : [],
  );
  return keys.length === 1 ? keys[0] : undefined;
}
