// The answers that rules are checked against: sums of several, and what is blank or still waiting for an answer.
import { type Answer, figure } from './report.ts';
import type { Term } from './template.ts';

/** Answers by the ids of their rows. */
export type Answers = Readonly<Record<string, Answer>>;

/**
 * `only`: just the rules that read one of these rows. `notes`: notes on groups and sections, by row.
 * `previous`: answers of the last period of the same kind. `earlier`: answers of the last period inside the same year (luỹ kế).
 */
export type RuleOptions = {
  readonly only?: readonly string[];
  readonly notes?: Readonly<Record<string, string>>;
  readonly previous?: Answers;
  readonly earlier?: Answers;
};

/** What every rule is evaluated against. */
export type Given = { readonly answers: Answers; readonly options: RuleOptions };

/** Figures are compared with this slack, because sums of decimals are not exact in binary. */
export const SLACK = 1e-9;

/** A term's figures: their sum, how many there are, the cells left blank and those still waiting for an answer. */
type Sum = {
  readonly known: number;
  readonly filled: number;
  readonly blank: readonly string[];
  readonly waiting: readonly string[];
};

/** The figures of these rows added up; a number in place of rows is a sum that is complete. */
export function add(term: Term | number, answers: Answers): Sum {
  if (typeof term === 'number') return { known: term, filled: 1, blank: [], waiting: [] };
  const figures = term.flatMap((id) => figure(answers[id]) ?? []);
  const empty = term.filter((id) => figure(answers[id]) === undefined);
  return {
    known: figures.reduce((total, each) => total + each, 0),
    filled: figures.length,
    blank: empty.filter((id) => !isWaiting(answers[id])),
    waiting: empty.filter((id) => isWaiting(answers[id])),
  };
}

export const isComplete = (sum: Sum): boolean => sum.blank.length === 0 && sum.waiting.length === 0;
/** Not answered yet, or the figure is still to come. */
export const isWaiting = (answer: Answer | undefined): boolean =>
  answer?.value === undefined || answer.value.is === 'pending';
export const isBlank = (answer: Answer | undefined): boolean => answer?.value?.is === 'blank';
/** Holds nothing, for whatever reason. */
export const isEmpty = (answer: Answer | undefined): boolean =>
  isWaiting(answer) || isBlank(answer) || answer?.value?.is === 'notApplicable';
export const isZeroOrEmpty = (answer: Answer | undefined): boolean => isEmpty(answer) || figure(answer) === 0;
