// Lays a report out for looking at it: a table for every section, each row with its mark, and how much there is to do. Pure.
import type { Mark } from '../domain/open-findings.ts';
import { partsOf } from '../domain/progress.ts';
import { PICTURE } from '../text/picture.ts';
import { type Appendix, appendixSheets, type Sheet } from './layout.ts';
import { emptyOf } from './picture-cells.ts';

type Rows = Sheet['rows'];

/**
 * One table for each section, in printed order; only that of `section` (the id of its row) where given. Rows of `marks` carry
 * their mark. No table for a section that the form does not have.
 */
export function reviewSheets(
  appendix: Appendix,
  { marks, section }: { readonly marks: Readonly<Record<string, Mark>>; readonly section?: string },
): Sheet[] {
  const printed = appendixSheets(appendix);
  const { template, unit, campaign } = appendix;
  const title = { text: PICTURE.of(unit, campaign, template), style: 'title' } as const;
  const parts = partsOf(template).filter(({ id }) => section === undefined || id === section);
  return parts.flatMap((part) => {
    const n = template.tables.findIndex(({ id }) => id === part.table);
    const [table, sheet] = [template.tables[n], printed[n]];
    if (!table || !sheet) return [];
    const rows = table.rows.flatMap((row, at) => {
      const shown = sheet.rows[at];
      if (!shown || row.section !== part.id) return [];
      const mark = marks[row.id];
      return [mark ? { ...shown, mark } : shown];
    });
    return [{ ...sheet, title: [...headingsOf(sheet), title], rows, review: countsOf(sheet, rows) }];
  });
}

const headingsOf = (sheet: Sheet): Sheet['title'] => sheet.title.filter(({ style }) => style === 'heading');

function countsOf(sheet: Sheet, rows: Rows): NonNullable<Sheet['review']> {
  const count = (test: (row: Rows[number]) => boolean): number => rows.filter(test).length;
  return {
    missing: count((row) => emptyOf(sheet, row) === 'missing'),
    hard: count(({ mark }) => mark === 'hard'),
    soft: count(({ mark }) => mark === 'soft'),
  };
}
