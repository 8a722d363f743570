// What a check can find in a report: a rule that does not hold, or something wrong with one row by itself.
import type { Rule, Severity } from './template.ts';

/**
 * A rule of the template that does not hold. `violated`: what was given contradicts the rule. `incomplete`: it cannot hold as
 * long as the cells in `missing` stay blank; never harder than soft, unless the rule says so for a missing total.
 * `left` and `right` are the two figures compared: atMost, equal, together: both sides; sum: parts, total; ratio: printed, exact
 * (no exact one when the whole is 0); range: value, limit broken; zeroWhen, blankWhen, filledWhen, impliesSome: `when`, and the
 * sum of the others; notCountOf: value, total; noteNumber: figure, number in the note; cumulative, change: now, before.
 */
export type RuleFinding = {
  readonly kind: 'rule';
  /** The rule's id. */
  readonly id: string;
  readonly severity: Severity;
  readonly state: 'violated' | 'incomplete';
  readonly rule: Rule;
  /** Every row that the rule reads, in the order in which the rule names them. */
  readonly rows: readonly string[];
  /** The figure in each of `rows`; undefined where there is none. */
  readonly figures: Readonly<Record<string, number | undefined>>;
  readonly left?: number;
  readonly right?: number;
  /** Rows whose blank cell is the trouble. */
  readonly missing: readonly string[];
  /** Rows that hold something they should not: filled against blankWhen, above 0 against zeroWhen and noteSaysNone. */
  readonly offending: readonly string[];
};

/** A check that every form has without a rule; its id is `<kind>:<row>`. */
export type RowFinding = {
  readonly id: string;
  readonly severity: Severity;
  /** The one row concerned. */
  readonly rows: readonly string[];
} & (
  | { readonly kind: 'noteInsteadOfValue'; readonly note: string }
  | { readonly kind: 'choiceBlank' }
  | { readonly kind: 'verbatimInFigure'; readonly text: string }
  | { readonly kind: 'tinyPercent'; readonly number: number }
  | { readonly kind: 'outOfRange'; readonly number: number }
  /** Chưa có số liệu: hard, but an explanation lets it pass. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'jump'; readonly number: number; readonly previous: number }
);

export type Finding = RuleFinding | RowFinding;

/** What evaluating a rule that does not hold gives for its finding; what is left out has its usual value. */
export type Outcome = Partial<
  Pick<RuleFinding, 'state' | 'severity' | 'left' | 'right' | 'missing' | 'offending'>
>;
