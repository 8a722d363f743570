// Checks while answering and before sending: what was found, with buttons that lead to the figures or to a giải trình.
import type { Button, Message } from '../src/domain/conversation.ts';
import { addressOf } from '../src/domain/progress.ts';
import { changedSince } from '../src/domain/report.ts';
import { checkRows } from '../src/domain/row-checks.ts';
import { checkRules, type Finding } from '../src/domain/rules.ts';
import { ends, plainLabel } from '../src/text/common.ts';
import { findingText } from '../src/text/findings.ts';
import { EXPLAIN, valueOrNone } from '../src/text/submit.ts';
import { button } from './actions.ts';
import { type Facts, indicatorOf, type Opened } from './flow.ts';

/**
 * Everything the report's figures contradict, template rules first; only what reads these indicators when `only` is given.
 * Last period's answers come in where the unit has them.
 */
export function findingsOf(facts: Facts, opened: Opened, only?: readonly string[]): readonly Finding[] {
  const { template, report, campaign } = opened;
  const last = facts.previous[campaign.id];
  const sameKind =
    last && last.campaign.period.kind === campaign.period.kind ? last.report.answers : undefined;
  const sameYear =
    last && last.campaign.period.year === campaign.period.year ? last.report.answers : undefined;
  const options = {
    notes: report.notes,
    ...(only ? { only } : {}),
    ...(sameKind ? { previous: sameKind } : {}),
    ...(sameYear ? { earlier: sameYear } : {}),
  };
  return [...checkRules(template, report.answers, options), ...checkRows(template, report.answers, options)];
}

/**
 * Findings that a giải trình or a coordinator's override has settled no longer stand in the way, until one of their figures
 * changes.
 */
export function openFindings(findings: readonly Finding[], opened: Opened): readonly Finding[] {
  const { explanations, overrides, answers } = opened.report;
  return findings.filter((each) => {
    const settled = isExplainable(each) ? (explanations[each.id] ?? overrides[each.id]) : overrides[each.id];
    return !settled || each.rows.some((row) => changedSince(answers[row], settled.at));
  });
}

/** Soft findings and missing figures may be explained; an impossible figure may not. */
export const isExplainable = (finding: Finding): boolean =>
  finding.severity !== 'hard' || finding.kind === 'pending';

/** The open points that only a coordinator can let pass: as many as one message shows, and how many there are. */
export function impossible(facts: Facts, opened: Opened): { shown: readonly Finding[]; total: number } {
  const all = openFindings(findingsOf(facts, opened), opened).filter(
    (each) => each.severity === 'hard' && !isExplainable(each),
  );
  return { shown: all.slice(0, MOST_LISTED), total: all.length };
}

/** Row checks that would only repeat at once what the officer just chose; they wait for the review. */
const LATER: ReadonlySet<Finding['kind']> = new Set([
  'noteInsteadOfValue',
  'choiceBlank',
  'verbatimInFigure',
  'pending',
]);

/**
 * What the newest value contradicts, said right after it, each with buttons to correct either figure. What was already said
 * about a figure given earlier is not said again when a further cell is filled; it stays in the review.
 */
export function warnings(facts: Facts, before: Opened, after: Opened, indicator: string): readonly Message[] {
  const isCorrection = before.report.answers[indicator]?.value !== undefined;
  const old = isCorrection ? [] : spoken(facts, before, indicator).map((each) => each.id);
  const found = spoken(facts, after, indicator).filter((each) => !old.includes(each.id));
  return found.filter((each) => !followsFrom(each, found)).map((each) => findingMessage(after, each));
}

/** The open findings about an indicator that are worth a message at once. */
const spoken = (facts: Facts, opened: Opened, indicator: string): readonly Finding[] =>
  openFindings(findingsOf(facts, opened, [indicator]), opened).filter(
    (each) => each.severity !== 'info' && !LATER.has(each.kind) && isComplete(each, opened),
  );

/** Relations about cells that are still to come wait for the last of them; two figures that contradict each other do not. */
const WAITS: ReadonlySet<string> = new Set(['filledWhen', 'blankWhen', 'impliesSome', 'zeroWhen']);

const isComplete = (finding: Finding, { template, report }: Opened): boolean =>
  finding.kind !== 'rule' ||
  (finding.state === 'violated' && !WAITS.has(finding.rule.kind)) ||
  finding.rows.every((row) => !indicatorOf(template, row) || report.answers[row]?.value !== undefined);

/** A ratio of two figures that already contradict each other, or a second sum of one total, says nothing new at this moment. */
function followsFrom(finding: Finding, others: readonly Finding[]): boolean {
  if (finding.kind !== 'rule') return false;
  const { rule, rows } = finding;
  const earlier = others.slice(0, others.indexOf(finding));
  if (rule.kind === 'sum') return earlier.some((other) => isSumOf(other, rule.total));
  return (
    rule.kind === 'ratio' &&
    others.some((other) => isAtMost(other) && other.rows.every((row) => rows.includes(row)))
  );
}

const isAtMost = (finding: Finding): boolean => finding.kind === 'rule' && finding.rule.kind === 'atMost';
const isSumOf = (finding: Finding, total: string): boolean =>
  finding.kind === 'rule' && finding.rule.kind === 'sum' && finding.rule.total === total;

const MOST_FIXES = 3;

/** One finding as a message with its buttons. */
const findingMessage = (opened: Opened, finding: Finding): Message => ({
  text: findingText(opened.template, finding),
  buttons: findingButtons(opened, finding),
});

/** Buttons to correct the figures a finding reads, and to explain it where that is allowed. */
export function findingButtons(opened: Opened, finding: Finding): Button[][] {
  const { template, report } = opened;
  const first = [...finding.rows].sort((a, b) => priority(finding, a) - priority(finding, b));
  const fixes = first.flatMap((id) => {
    const row = indicatorOf(template, id);
    if (!row) return [];
    const label = EXPLAIN.fix(
      [addressOf(template, row), ends(plainLabel(row), 32)].filter(Boolean).join(' '),
      valueOrNone(report.answers, row),
    );
    return [[button(label, 'goTo', report.id, row.id)]];
  });
  const explain = isExplainable(finding)
    ? [
        [
          button(EXPLAIN.button, 'explain', report.id, finding.id),
          button(EXPLAIN.confirmed, 'confirmed', report.id, finding.id),
        ],
      ]
    : [];
  return [
    ...fixes.slice(0, MOST_FIXES),
    ...(finding.kind === 'pending' ? explain.map((row) => row.slice(0, 1)) : explain),
  ];
}

/** The cells that are the trouble come first. */
function priority(finding: Finding, row: string): number {
  if (finding.kind !== 'rule') return 0;
  return finding.missing.includes(row) || finding.offending.includes(row) ? 0 : 1;
}

/** How many points one message lists in full. */
const MOST_LISTED = 8;

/**
 * What one message before sending lists: some points in full, and, once those fit, all codes left blank in one line. Nobody
 * confirms what was not shown, so only these are confirmed together.
 */
export function listed(found: readonly Finding[]): { single: readonly Finding[]; blank: readonly Finding[] } {
  const blank = found.filter((each) => each.kind === 'choiceBlank');
  const others = found.filter((each) => each.kind !== 'choiceBlank');
  return { single: others.slice(0, MOST_LISTED), blank: others.length <= MOST_LISTED ? blank : [] };
}
