// What of a report still calls for a look: all that the checks find, less what a giải trình or a coordinator has settled. Pure.
import type { Campaign } from './campaign.ts';
import type { Finding } from './finding.ts';
import { changedSince, type Report } from './report.ts';
import { checkRows } from './row-checks.ts';
import { checkRules } from './rules.ts';
import type { Template } from './template.ts';

/** A report with its form and period. `before`: what is known of an earlier period; another unit's says nothing. */
export type Checked = {
  readonly template: Template;
  readonly report: Report;
  readonly campaign: Campaign;
  readonly before?: { readonly report: Report; readonly campaign: Campaign } | undefined;
};

/** How badly a row needs a look: it stands in the way of sending, or should be looked at. */
export type Mark = 'hard' | 'soft';

/** Everything the figures contradict, template rules first; only what reads these indicators when `only` is given. */
export function findingsIn(
  { template, report, campaign, before }: Checked,
  only?: readonly string[],
): readonly Finding[] {
  const last = before?.report.unit === report.unit ? before : undefined;
  const sameKind = last && last.campaign.period.kind === campaign.period.kind;
  const sameYear = last && last.campaign.period.year === campaign.period.year;
  const options = {
    notes: report.notes,
    ...(only ? { only } : {}),
    ...(sameKind ? { previous: last.report.answers } : {}),
    ...(sameYear ? { earlier: last.report.answers } : {}),
  };
  return [...checkRules(template, report.answers, options), ...checkRows(template, report.answers, options)];
}

/** Those that nobody settled; what was settled is open again once one of its figures changes. */
export function stillOpen(
  findings: readonly Finding[],
  { explanations, overrides, answers }: Pick<Report, 'explanations' | 'overrides' | 'answers'>,
): readonly Finding[] {
  return findings.filter((each) => {
    const settled = isExplainable(each) ? (explanations[each.id] ?? overrides[each.id]) : overrides[each.id];
    return !settled || each.rows.some((row) => changedSince(answers[row], settled.at));
  });
}

/** Soft findings and missing figures may be explained; an impossible figure may not. */
export const isExplainable = (finding: Finding): boolean =>
  finding.severity !== 'hard' || finding.kind === 'pending';

/**
 * The worst mark of every row that an open finding is about, by row id: the cells that are the trouble where the finding knows them,
 * else all that it reads and that hold an answer.
 */
export function marksOf(checked: Checked): Readonly<Record<string, Mark>> {
  const { report } = checked;
  const marks: Record<string, Mark> = {};
  for (const each of stillOpen(findingsIn(checked), report)) {
    const { severity } = each;
    if (severity === 'info') continue;
    for (const row of concerned(each, report)) if (marks[row] !== 'hard') marks[row] = severity;
  }
  return marks;
}

function concerned(finding: Finding, { answers }: Report): readonly string[] {
  if (finding.kind !== 'rule') return finding.rows;
  const trouble = [...finding.missing, ...finding.offending];
  return trouble.length > 0 ? trouble : finding.rows.filter((row) => answers[row]?.value !== undefined);
}
