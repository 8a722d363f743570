// Adds up the reports of one period: sums, ratios from their parts, counts of codes, and what may not be added. Pure.
import { type Decimal, percentOf, sumOf } from './exact.ts';
import type { Answers } from './given.ts';
import type { Unit } from './people.ts';
import type { Of } from './relations.ts';
import { isSent, type Report, type Submission, type Value } from './report.ts';
import type { Choice, Indicator, Rule, Template } from './template.ts';

/** A unit that takes part in the period, with its report (an empty one where nobody has begun). */
export type Entry = { readonly unit: Unit; readonly report: Report };

/** A unit whose report counts, with the answers that were sent, whatever has been written since. */
export type Sent = { readonly unit: Unit; readonly answers: Answers };

/**
 * Why an indicator has no total. percent: a ratio for which the form names no parts. lessNote: its parts stand in notes too.
 * partNotAdded: a part may not be added itself. notAdded: the form says so, with its reason.
 */
export type LeftOut =
  | { readonly why: 'percent' | 'lessNote' | 'text' | 'date' }
  | { readonly why: 'partNotAdded'; readonly part: string }
  | { readonly why: 'notAdded'; readonly reason: string };

type RatioRule = Rule & Of<'ratio'>;

/**
 * What all units together have. A number is missing where nobody gave a figure, or where the whole of a ratio is 0.
 * `units` of a ratio: those that gave all its parts; only they count. `others`: codes that the form does not have.
 */
export type Total =
  | { readonly how: 'sum'; readonly number?: number; readonly decimals: number }
  | { readonly how: 'ratio'; readonly number?: number; readonly rule: RatioRule; readonly units: number }
  | {
      readonly how: 'choice';
      readonly counts: readonly { readonly choice: Choice; readonly units: number }[];
      readonly others: number;
    }
  | { readonly how: 'leftOut'; readonly leftOut: LeftOut };

/**
 * Of the units that sent, how many gave what. given: something of the indicator's own kind; other: a value of another kind
 * (kept as typed, or from a version of the form in which the indicator was of another type); missing: no value at all.
 */
export type Tally = Readonly<
  Record<'given' | 'blank' | 'notApplicable' | 'pending' | 'other' | 'missing', number>
>;

export type ConsolidatedRow = { readonly total: Total; readonly tally: Tally };

export type Consolidated = {
  readonly sent: readonly Sent[];
  /** True until every unit's report has been accepted. */
  readonly provisional: boolean;
  /** By indicator, for every indicator of the form. */
  readonly rows: ReadonlyMap<string, ConsolidatedRow>;
};

/** Decimals of a ratio that was computed anew. */
export const RATIO_DECIMALS = 2;

/** Adds up what the units sent, by the indicators of this form; answers to others are left out (see foreignAnswers). */
export function consolidate(template: Template, entries: readonly Entry[]): Consolidated {
  const sent = entries.flatMap(({ unit, report }) => {
    const submission = sentBy(report);
    return submission ? [{ unit, answers: submission.answers }] : [];
  });
  return {
    sent,
    provisional: entries.length === 0 || entries.some(({ report }) => report.status !== 'accepted'),
    rows: new Map(
      template.indicators.map((row) => [
        row.id,
        { total: totalOf(template, row, sent), tally: tallyOf(row, sent) },
      ]),
    ),
  };
}

/** What counts of a report: its newest submission as long as it stands as sent; undefined when it does not. */
export const sentBy = (report: Report): Submission | undefined =>
  isSent(report) ? report.submissions.at(-1) : undefined;

/** True when a value is of the indicator's own kind, so that it counts in its total. */
export function isOfKind(value: Value | undefined, { type }: Indicator): boolean {
  switch (type) {
    case 'count':
    case 'decimal':
    case 'percent':
      return value?.is === 'number';
    case 'choice':
    case 'text':
    case 'date':
      return value?.is === type;
  }
}

/** A share of something, of which a sum would say nothing; a count that a form prints with "%" by mistake is none. */
const isRatio = ({ type, unit }: Indicator): boolean =>
  type === 'percent' || (type === 'decimal' && unit.includes('%'));

function totalOf(template: Template, row: Indicator, sent: readonly Sent[]): Total {
  const leftOut = leftOutOf(template, row);
  if (leftOut) return { how: 'leftOut', leftOut };
  if (row.type === 'choice') return countsOf(row, sent);
  const rule = ratioOf(template, row);
  if (rule) return ratio(rule, sent);
  const figures = sent.flatMap(({ answers }) => numberIn(answers, row.id) ?? []);
  const { number, decimals } = sumOf(figures);
  return { how: 'sum', decimals, ...(figures.length > 0 && { number }) };
}

function leftOutOf(template: Template, row: Indicator): LeftOut | undefined {
  if (row.notAdded !== undefined) return { why: 'notAdded', reason: row.notAdded };
  if (row.type === 'text' || row.type === 'date') return { why: row.type };
  if (!isRatio(row)) return undefined;
  const rule = ratioOf(template, row);
  if (!rule) return { why: 'percent' };
  if (rule.lessNote !== undefined) return { why: 'lessNote' };
  const part = [...rule.part, ...rule.whole].find((id) => !isAdded(template, id));
  return part === undefined ? undefined : { why: 'partNotAdded', part };
}

/** True for a figure of which several units have a sum. */
export function isAdded(template: Template, id: string): boolean {
  const row = template.byId.get(id);
  return row?.row === 'indicator' && !isRatio(row) && row.type !== 'choice' && row.notAdded === undefined;
}

/** The rule that says what a ratio is made of; one that reads a note only where there is no other. */
function ratioOf(template: Template, row: Indicator): RatioRule | undefined {
  if (!isRatio(row)) return undefined;
  const rules = (template.rulesOf.get(row.id) ?? []).filter(
    (rule): rule is RatioRule => rule.kind === 'ratio' && rule.value === row.id,
  );
  return rules.find((rule) => rule.lessNote === undefined) ?? rules[0];
}

function ratio(rule: RatioRule, sent: readonly Sent[]): Total {
  const parts = sent.flatMap(({ answers }) => {
    const [part, whole] = [numbersIn(answers, rule.part), numbersIn(answers, rule.whole)];
    return part && whole ? [{ part, whole }] : [];
  });
  const [part, whole] = [
    sumOf(parts.flatMap((each) => each.part)),
    sumOf(parts.flatMap((each) => each.whole)),
  ];
  const number = percentOf(part, whole, RATIO_DECIMALS);
  return { how: 'ratio', rule, units: parts.length, ...(number !== undefined && { number }) };
}

function countsOf(row: Indicator, sent: readonly Sent[]): Total {
  const codes = sent.flatMap(({ answers }) => {
    const value = answers[row.id]?.value;
    return value?.is === 'choice' ? [value.code] : [];
  });
  const counts = row.choices.map((choice) => ({
    choice,
    units: codes.filter((code) => code === choice.code).length,
  }));
  const known = counts.reduce((sum, { units }) => sum + units, 0);
  return { how: 'choice', counts, others: codes.length - known };
}

function tallyOf(row: Indicator, sent: readonly Sent[]): Tally {
  const tally = { given: 0, blank: 0, notApplicable: 0, pending: 0, other: 0, missing: 0 };
  for (const { answers } of sent) tally[keptAs(answers[row.id]?.value, row)] += 1;
  return tally;
}

function keptAs(value: Value | undefined, row: Indicator): keyof Tally {
  if (isOfKind(value, row)) return 'given';
  switch (value?.is) {
    case undefined:
      return 'missing';
    case 'blank':
    case 'notApplicable':
    case 'pending':
      return value.is;
    default:
      return 'other';
  }
}

/** All of these figures, or undefined when one of them is none. */
function numbersIn(answers: Answers, ids: readonly string[]): readonly Decimal[] | undefined {
  const numbers = ids.flatMap((id) => numberIn(answers, id) ?? []);
  return numbers.length === ids.length ? numbers : undefined;
}

function numberIn(answers: Answers, id: string): Decimal | undefined {
  const value = answers[id]?.value;
  return value?.is === 'number' ? value : undefined;
}
