// What stands in the Ghi chú cell of a row: the form's own words, the officer's, and the giải trình for what was found there.

import { figuresRead, rowsRead } from '../domain/relations.ts';
import { changedSince, type Explanation, type Report } from '../domain/report.ts';
import type { Row, Template } from '../domain/template.ts';
import { EXPLAIN } from '../text/submit.ts';

type Written = Pick<Report, 'answers' | 'notes' | 'explanations' | 'overrides'>;

const NOT_APPLICABLE = 'Không áp dụng';

/** The note to print for each row of the form, by row id; '' for none. */
export function notesOf(template: Template, report: Written): ReadonlyMap<string, string> {
  const explained = explanationsByRow(template, report);
  return new Map(
    template.rows.map((row) => [
      row.id,
      joined([...ownNotes(row, report), ...(explained.get(row.id) ?? [])]),
    ]),
  );
}

/** The same words are printed once, e.g. one giải trình given for several findings on a row. */
const joined = (parts: readonly string[]): string =>
  [...new Set(parts.map((part) => part.trim()))].filter((part) => part !== '').join('; ');

function ownNotes(row: Row, report: Written): string[] {
  const answer = report.answers[row.id];
  const notApplicable = answer?.value?.is === 'notApplicable' ? [NOT_APPLICABLE] : [];
  return [row.printedNote, ...notApplicable, answer?.note ?? report.notes[row.id] ?? ''];
}

/** Giải trình and reasons for letting a finding pass, in the order given, at the first row that the finding is about. */
function explanationsByRow(template: Template, report: Written): ReadonlyMap<string, readonly string[]> {
  const rules = new Map(template.rules.map((rule) => [rule.id, rule]));
  const byRow = new Map<string, string[]>();
  for (const [finding, { text, at }] of inOrder(report)) {
    const rule = rules.get(finding);
    // A check that every row has is named `<kind>:<row>`.
    const ownRow = /:(.+)$/.exec(finding)?.[1] ?? '';
    const [row = ''] = rule ? figuresRead(rule) : [ownRow];
    const outdated = (rule ? rowsRead(rule) : [ownRow]).some((id) => changedSince(report.answers[id], at));
    if (text.trim() === '' || outdated) continue;
    byRow.set(row, [...(byRow.get(row) ?? []), EXPLAIN.printed(text.trim())]);
  }
  return byRow;
}

/** By time and then by name, never by the order of keys, which a database may change. */
function inOrder({ explanations, overrides }: Written): [string, Explanation][] {
  return [...Object.entries(explanations), ...Object.entries(overrides)].sort(
    ([one, a], [other, b]) => compare(a.at, b.at) || compare(one, other),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
