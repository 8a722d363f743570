// A form and a report restricted to the rows that somebody was given to fill. Pure.
import { rowsHeld } from './assignment.ts';
import { rowsOf } from './history.ts';
import type { Person } from './people.ts';
import { rowsRead } from './relations.ts';
import type { Report } from './report.ts';
import type { Group, Row, Rule, Template } from './template.ts';

/** A form never changes, so each part of it is made once; so many of one form are kept. */
const made = new WeakMap<Template, Map<string, Template>>();
const MOST_MADE = 100;

/**
 * The form with only these rows, and the headings above them so that every row is still called the same. A row above that is
 * itself an indicator becomes a heading. Rules stay only where everything they read is there.
 */
export function templateFor(template: Template, given: ReadonlySet<string>): Template {
  const known = made.get(template) ?? new Map<string, Template>();
  made.set(template, known);
  const key = [...given].join();
  const part = known.get(key) ?? restricted(template, given);
  if (known.size >= MOST_MADE) known.clear();
  known.set(key, part);
  return part;
}

function restricted(template: Template, given: ReadonlySet<string>): Template {
  const kept = new Set<string>();
  for (const row of template.rows) {
    if (!given.has(row.id)) continue;
    kept.add(row.section);
    for (let at: Row | undefined = row; at && !kept.has(at.id); ) {
      kept.add(at.id);
      at = at.parent === undefined ? undefined : template.byId.get(at.parent);
    }
    kept.add(row.id);
  }
  const shown = new Map(
    template.rows.flatMap((row) =>
      kept.has(row.id) ? [[row.id, given.has(row.id) ? row : asHeading(row)] as const] : [],
    ),
  );
  const only = (rows: readonly Row[]): readonly Row[] => rows.flatMap(({ id }) => shown.get(id) ?? []);
  const isWhole = (rule: Rule): boolean => rowsRead(rule).every((id) => given.has(id));
  return {
    ...template,
    tables: template.tables.flatMap((table) => {
      const rows = only(table.rows);
      return rows.length > 0 ? [{ ...table, rows }] : [];
    }),
    rows: only(template.rows),
    indicators: template.indicators.filter(({ id }) => given.has(id)),
    sections: template.sections.filter(({ id }) => kept.has(id)),
    byId: shown,
    rules: template.rules.filter(isWhole),
    rulesOf: new Map([...template.rulesOf].map(([id, rules]) => [id, rules.filter(isWhole)])),
  };
}

function asHeading(row: Row): Row {
  if (row.row !== 'indicator') return row;
  const { type: _, choices: __, mayExceed100: ___, hint: ____, notAdded: _____, ...base } = row;
  return { ...base, row: 'group' } satisfies Group;
}

/** The report with what these rows hold and nothing else; `template` is restricted to them. */
export function reportFor(report: Report, template: Template, given: ReadonlySet<string>): Report {
  const only = <T>(of: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(of).filter(([id]) => given.has(id)));
  const settled = <T>(of: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(of).filter(([id]) => {
        const rows = rowsOf(template, id);
        return rows.length > 0 && rows.every((row) => given.has(row));
      }),
    );
  const { returned, assignments: _, ...rest } = report;
  const points = returned?.points?.filter(({ indicator }) => given.has(indicator)) ?? [];
  return {
    ...rest,
    answers: only(report.answers),
    notes: only(report.notes),
    explanations: settled(report.explanations),
    overrides: settled(report.overrides),
    submissions: report.submissions.map((each) => ({
      ...each,
      answers: only(each.answers),
      notes: only(each.notes),
    })),
    // What was said about the whole is the owner's to read.
    ...(returned && points.length > 0 ? { returned: { ...returned, text: '', points } } : {}),
  };
}

/**
 * A report and its form as somebody sees them who fills a part: nothing else, with the rows they may write and the name of
 * whoever sent the report; undefined when nothing of it is given to them.
 */
export function partOf<T extends { readonly template: Template; readonly report: Report }>(
  whole: T,
  person: string,
  people: readonly Person[],
): (T & { readonly part: { readonly rows: ReadonlySet<string>; readonly sender: string } }) | undefined {
  const { template, report } = whole;
  const rows = rowsHeld(template, report, person);
  if (!rows) return undefined;
  const own = templateFor(template, rows);
  const sentBy = (report.awaiting ?? report.submissions.at(-1))?.by;
  const sender = people.find(({ id }) => id === sentBy)?.name ?? '';
  return { ...whole, template: own, report: reportFor(report, own, rows), part: { rows, sender } };
}
