// Checks while answering and before sending: what was found, with buttons that lead to the figures or to a giải trình.
import type { Button, Message } from '../src/domain/conversation.ts';
import type { Finding } from '../src/domain/finding.ts';
import { findingsIn, isExplainable, stillOpen } from '../src/domain/open-findings.ts';
import type { Indicator } from '../src/domain/template.ts';
import { rowsNamed, warningText } from '../src/text/findings.ts';
import { EXPLAIN, REVIEW, valueOrNone } from '../src/text/submit.ts';
import { button } from './actions.ts';
import { type Facts, indicatorOf, type Opened } from './flow.ts';

/**
 * Everything the report's figures contradict, template rules first; only what reads these indicators when `only` is given.
 * Last period's answers come in where the unit has them.
 */
export function findingsOf(facts: Facts, opened: Opened, only?: readonly string[]): readonly Finding[] {
  return findingsIn({ ...opened, before: facts.previous[opened.campaign.id] }, only);
}

/**
 * Findings that a giải trình or a coordinator's override has settled no longer stand in the way, until one of their figures
 * changes.
 */
export const openFindings = (findings: readonly Finding[], { report }: Opened): readonly Finding[] =>
  stillOpen(findings, report);

/** The open points that only a coordinator can let pass: as many as one message shows, and how many there are. */
export function impossible(facts: Facts, opened: Opened): { shown: readonly Finding[]; total: number } {
  const all = openFindings(findingsOf(facts, opened), opened).filter(
    (each) => each.severity === 'hard' && !isExplainable(each) && isComplete(each, opened),
  );
  return { shown: all.slice(0, MOST_DECIDED), total: all.length };
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
  const old = isCorrection ? [] : spoken(facts, before, [indicator]).map((each) => each.id);
  const found = spoken(facts, after, [indicator]).filter((each) => !old.includes(each.id));
  return found.filter((each) => !followsFrom(each, found)).map((each) => findingMessage(after, each));
}

/** How many points came up with answers to all these indicators that were not there before, by what they ask for. */
export function newPoints(
  facts: Facts,
  before: Opened,
  after: Opened,
  indicators: readonly string[],
): { readonly hard: number; readonly soft: number } {
  const old = new Set(spoken(facts, before, indicators).map((each) => each.id));
  const found = spoken(facts, after, indicators).filter((each) => !old.has(each.id));
  const hard = found.filter(({ severity }) => severity === 'hard').length;
  return { hard, soft: found.length - hard };
}

/** The open findings about these indicators that are worth a message at once. */
const spoken = (facts: Facts, opened: Opened, indicators: readonly string[]): readonly Finding[] =>
  openFindings(findingsOf(facts, opened, indicators), opened).filter(
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
  text: warningText(opened.template, finding),
  buttons: findingButtons(opened, finding),
});

/** Buttons to correct the figures a finding reads, and to explain it where that is allowed, for a message about it alone. */
export function findingButtons(opened: Opened, finding: Finding): Button[][] {
  const { report } = opened;
  const explain = isExplainable(finding)
    ? [
        [
          button(EXPLAIN.button, 'explain', report.id, finding.id),
          button(EXPLAIN.confirmed, 'confirmed', report.id, finding.id),
        ],
      ]
    : [];
  return [
    ...fixes(opened, finding).slice(0, MOST_FIXES),
    ...(finding.kind === 'pending' ? explain.map((row) => row.slice(0, 1)) : explain),
  ];
}

/** What a list of open points holds: findings, and indicators that have no value yet. */
export type Point = Finding | Indicator;
const isFinding = (point: Point): point is Finding => 'severity' in point;

/**
 * Buttons of several points in one message, one in each row: nothing is offered twice, and every giải trình says which row it is
 * about. What may be explained leads to one of its figures, the rest to as many as `most`.
 */
export function pointButtons(opened: Opened, points: readonly Point[], most: number): Button[][] {
  const { template, report } = opened;
  const labels = explainLabels(opened, points.filter(isFinding));
  const buttons = points.flatMap((each) => {
    if (!isFinding(each)) return [[button(REVIEW.goTo(template, each), 'goTo', report.id, each.id)]];
    const label = labels.get(each.id);
    return label === undefined
      ? fixes(opened, each).slice(0, most)
      : [...fixes(opened, each).slice(0, 1), [button(label, 'explain', report.id, each.id)]];
  });
  const actions = buttons.map(([one]) => one?.action);
  return buttons.filter(([one], n) => actions.indexOf(one?.action) === n);
}

/** How the giải trình of each finding is called, by finding: by a row that its words name and no other label has taken. */
function explainLabels({ template }: Opened, findings: readonly Finding[]): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  // What is about one row only cannot be called by another.
  const order = findings.filter(isExplainable).sort((a, b) => a.rows.length - b.rows.length);
  for (const each of order) {
    const rows = inOrder(each, rowsNamed(template, each)).flatMap((id) => indicatorOf(template, id) ?? []);
    const used = [...taken.values()];
    const names = [1, 2, 3].flatMap((n) => rows.map((row) => EXPLAIN.about(template, row, n)));
    taken.set(each.id, names.find((label) => !used.includes(label)) ?? EXPLAIN.button);
  }
  return taken;
}

/** Buttons to correct the figures a finding reads, one in each row. */
const fixes = ({ template, report }: Opened, finding: Finding): Button[][] =>
  inOrder(finding, finding.rows).flatMap((id) => {
    const row = indicatorOf(template, id);
    if (!row) return [];
    return [
      [button(EXPLAIN.fix(template, row, valueOrNone(report.answers, row)), 'goTo', report.id, row.id)],
    ];
  });

const inOrder = (finding: Finding, rows: readonly string[]): readonly string[] =>
  [...rows].sort((a, b) => priority(finding, a) - priority(finding, b));

/** The cells that are the trouble come first. */
function priority(finding: Finding, row: string): number {
  if (finding.kind !== 'rule') return 0;
  return finding.missing.includes(row) || finding.offending.includes(row) ? 0 : 1;
}

/** How many points one message lists in full. */
const MOST_LISTED = 12;
/** The coordinator decides about so many at a time. */
const MOST_DECIDED = 5;
/** So many codes left blank take as much room as one point. */
const BLANK_IN_POINT = 6;

/**
 * What one message before sending lists: some points in full, and, once those fit, all codes left blank in one line. Nobody
 * confirms what was not shown, so only these are confirmed together.
 */
export function listed(found: readonly Finding[]): { single: readonly Finding[]; blank: readonly Finding[] } {
  const blank = found.filter((each) => each.kind === 'choiceBlank');
  const others = found.filter((each) => each.kind !== 'choiceBlank');
  const size = others.length + Math.ceil(blank.length / BLANK_IN_POINT);
  const fits = others.length === 0 || size <= MOST_LISTED;
  return { single: others.slice(0, MOST_LISTED), blank: fits ? blank : [] };
}
