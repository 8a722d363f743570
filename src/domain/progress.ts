// How far a report is, and which indicator comes next. Order always comes from the template.
import { isAnswered, type Report } from './report.ts';
import type { Group, Indicator, Row, Section, Template } from './template.ts';

export type Progress = { readonly answered: number; readonly pending: number; readonly total: number };

/** Answered and pending indicators of the whole report, or of one section. */
export function progressOf(template: Template, report: Report, section?: string): Progress {
  const progress = { answered: 0, pending: 0, total: 0 };
  for (const row of template.indicators) {
    if (section !== undefined && row.section !== section) continue;
    const answer = report.answers[row.id];
    progress.total += 1;
    if (isAnswered(answer)) progress.answered += 1;
    if (answer?.value?.is === 'pending') progress.pending += 1;
  }
  return progress;
}

/** Indicators without any value yet (pending ones have been dealt with for now), in printed order. */
export const unanswered = (template: Template, report: Report): readonly Indicator[] =>
  template.indicators.filter((row) => report.answers[row.id]?.value === undefined);

type Ids = Pick<ReadonlySet<string>, 'has'>;

/**
 * What somebody is asked of a report: every indicator without a value. `away`: ids of those that somebody else is to answer.
 * `parked`: ids of those that stand as pending and are asked all the same, because they were given to this person.
 */
type Asked = {
  readonly template: Template;
  readonly report: Report;
  readonly away?: Ids;
  readonly parked?: Ids;
};

/** The next indicator to be asked after `after` (from the start when undefined); undefined when none is left behind it. */
export function nextIndicator(
  { template, report, away, parked }: Asked,
  after?: string,
): Indicator | undefined {
  const start = after === undefined ? 0 : indexOf(template, after) + 1;
  return template.indicators
    .slice(start)
    .find(({ id }) => (report.answers[id]?.value === undefined || parked?.has(id)) && !away?.has(id));
}

/** The neighbour of an indicator in printed order. */
export const neighbour = (template: Template, id: string, step: 1 | -1): Indicator | undefined =>
  template.indicators[indexOf(template, id) + step];

/** Where someone who comes back goes on: after the newest answer, else at the first gap; undefined when nothing is left. */
export function resumeAt(asked: Asked): Indicator | undefined {
  const { template, report, away, parked } = asked;
  const newest = Object.entries(report.answers)
    .filter(
      ([id, answer]) =>
        answer.value !== undefined && template.byId.has(id) && !away?.has(id) && !parked?.has(id),
    )
    .reduce<[string, string] | undefined>(
      (best, [id, answer]) =>
        best === undefined ||
        answer.at > best[1] ||
        (answer.at === best[1] && indexOf(template, id) > indexOf(template, best[0]))
          ? [id, answer.at]
          : best,
      undefined,
    );
  return nextIndicator(asked, newest?.[0]) ?? nextIndicator(asked);
}

/** The parts a form is filled by, in printed order: its sections, and the tables' rows that stand in none. */
export const partsOf = (template: Template): readonly Row[] =>
  [...new Set(template.indicators.map((row) => row.section))].flatMap((id) => template.byId.get(id) ?? []);

/** How a part is called: the section's heading; for a row that stands in none, the heading of its table. */
export function partName(template: Template, part: Row): string {
  if (part.row === 'section') return [part.stt, part.label].filter(Boolean).join(' ');
  return template.tables.find((table) => table.id === part.table)?.title[0]?.text ?? part.label;
}

/** Position of an indicator in its section, counted from 1, and the section's size. */
export function placeInSection(template: Template, indicator: Indicator): { n: number; total: number } {
  const mine = template.indicators.filter((row) => row.section === indicator.section);
  return { n: mine.findIndex((row) => row.id === indicator.id) + 1, total: mine.length };
}

/** The rows above a row, outermost first, without the section itself. */
export function ancestors(template: Template, row: Row): readonly Row[] {
  const above: Row[] = [];
  for (let at = row.parent; at !== undefined; ) {
    const parent = template.byId.get(at);
    if (!parent || parent.row === 'section') break;
    above.unshift(parent);
    at = parent.parent;
  }
  return above;
}

/** The headings that a note on the group may go to, nearest first: the groups above, or the section when there is none. */
export function headingsAbove(template: Template, row: Row): readonly (Group | Section)[] {
  const groups = ancestors(template, row).filter((above) => above.row === 'group');
  if (groups.length > 0) return [...groups].reverse();
  const section = template.byId.get(row.section);
  return section?.row === 'section' ? [section] : [];
}

/** A short address for people: section STT and the nearest printed STT, e.g. "III.5", "3.1.2"; '' when nothing is printed. */
export function addressOf(template: Template, row: Row): string {
  const section = template.byId.get(row.section)?.stt.replace(/\.$/, '') ?? '';
  if (row.row === 'section') return section;
  const numbered = [row, ...[...ancestors(template, row)].reverse()].find((each) => /\d/.test(each.stt));
  const own = numbered?.stt.replace(/\.$/, '') ?? '';
  if (own === '') return section;
  return own.includes('.') || section === '' ? own : `${section}.${own}`;
}

const indexOf = (template: Template, id: string): number =>
  template.indicators.findIndex((row) => row.id === id);
