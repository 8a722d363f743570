// The parts of a form as a board counts them, and how far a report is in each of them.
import { type Progress, partName, partsOf } from './progress.ts';
import { isAnswered, type Report } from './report.ts';
import type { Indicator, Template } from './template.ts';

/** A part of the form. `mark` is short ("III") and stands above its column; `name` is its heading without it. */
export type BoardPart = { readonly id: string; readonly mark: string; readonly name: string };

/** Where an indicator is counted: its section, or its table where it stands in none. */
const partId = (template: Template, { section, table }: Indicator): string =>
  template.byId.get(section)?.row === 'section' ? section : `table:${table}`;

/** The form's sections in printed order; rows that stand in none are one part for each table. */
export function boardParts(template: Template): BoardPart[] {
  const parts = new Map<string, BoardPart>();
  for (const row of partsOf(template)) {
    const id = row.row === 'section' ? row.id : `table:${row.table}`;
    const stt = row.row === 'section' ? row.stt.replace(/\.$/, '') : '';
    if (!parts.has(id))
      parts.set(id, {
        ...{ id, mark: stt || String(parts.size + 1) },
        name: row.row === 'section' ? row.label : partName(template, row),
      });
  }
  return [...parts.values()];
}

/** How far a report is, whole and by the part's id. */
export function progressIn(
  template: Template,
  { answers }: Report,
): { readonly whole: Progress; readonly parts: Readonly<Record<string, Progress>> } {
  const none: Progress = { answered: 0, pending: 0, total: 0 };
  const parts: Record<string, Progress> = {};
  let whole = none;
  for (const row of template.indicators) {
    const answer = answers[row.id];
    const with1 = ({ answered, pending, total }: Progress): Progress => ({
      answered: answered + (isAnswered(answer) ? 1 : 0),
      pending: pending + (answer?.value?.is === 'pending' ? 1 : 0),
      total: total + 1,
    });
    const id = partId(template, row);
    parts[id] = with1(parts[id] ?? none);
    whole = with1(whole);
  }
  return { whole, parts };
}

/** Whole per cent of the indicators that are answered, rounded down. */
export const percentOf = ({ answered, total }: Progress): number =>
  total === 0 ? 0 : Math.floor((answered * 100) / total);
