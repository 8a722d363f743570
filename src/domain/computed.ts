// What a figure must be where the form itself says how it follows from others: a percentage, or a total of all its parts.
import { type Decimal, percentOf, sumOf } from './exact.ts';
import type { Answers } from './given.ts';
import { firstNumberIn } from './note-rules.ts';
import type { Of } from './relations.ts';
import type { Indicator, Template } from './template.ts';

/** A figure of the report, with the row it stands in. */
export type Known = Decimal & { readonly row: string };

/** The figure and what it was made of, or why there is none. `less` was taken from the part because its note says so. */
export type Computed =
  | (Decimal & {
      readonly is: 'ratio';
      readonly part: readonly Known[];
      readonly whole: readonly Known[];
      readonly less: number;
    })
  | (Decimal & { readonly is: 'sum'; readonly parts: readonly Known[] })
  /** A share of nothing. */
  | { readonly is: 'notApplicable'; readonly whole: readonly Known[] };

/** Shares are printed with at most so many decimals. */
const DECIMALS = 2;

/**
 * What the form's rules make of the figures given so far; `notes`: notes on headings, by row. undefined: no rule says how the
 * indicator follows from others, one of these is not a figure yet, or the figures contradict each other.
 */
export function computedFor(
  template: Template,
  answers: Answers,
  indicator: Indicator,
  notes: Readonly<Record<string, string>> = {},
): Computed | undefined {
  const found = (template.rulesOf.get(indicator.id) ?? []).flatMap((rule): Computed[] => {
    if (rule.kind === 'ratio' && rule.value === indicator.id)
      return ratio(rule, answers, indicator, notes) ?? [];
    const isTotal = rule.kind === 'sum' && rule.exhaustive && rule.total === indicator.id;
    return isTotal ? (sum(rule.parts, answers, indicator) ?? []) : [];
  });
  const [first] = found;
  // Where two rules lead to two figures, nobody but the officer can know which is right.
  return first && found.every((each) => isSame(each, first)) ? first : undefined;
}

function ratio(
  rule: Of<'ratio'>,
  answers: Answers,
  indicator: Indicator,
  notes: Readonly<Record<string, string>>,
): [Computed] | undefined {
  const whole = knownOf(rule.whole, answers);
  if (indicator.type !== 'percent' || !whole) return undefined;
  const all = sumOf(whole);
  if (all.number === 0) return [{ is: 'notApplicable', whole }];
  const part = knownOf(rule.part, answers);
  if (!part) return undefined;
  const less =
    rule.lessNote === undefined ? 0 : firstNumberIn(rule.lessNote, { answers, options: { notes } });
  const share = percentOf(sumOf([...part, { number: -less, decimals: decimalsOf(less) }]), all, DECIMALS);
  const isPossible = share !== undefined && share >= 0 && (share <= 100 || indicator.mayExceed100);
  return isPossible
    ? [{ is: 'ratio', number: share, decimals: decimalsOf(share), part, whole, less }]
    : undefined;
}

function sum(term: readonly string[], answers: Answers, { type }: Indicator): [Computed] | undefined {
  const parts = knownOf(term, answers);
  const takesDecimals = type === 'percent' || type === 'decimal';
  if (!parts || (type !== 'count' && !takesDecimals)) return undefined;
  const { number } = sumOf(parts);
  const decimals = decimalsOf(number);
  return decimals === 0 || takesDecimals ? [{ is: 'sum', number, decimals, parts }] : undefined;
}

/** The figures of these rows; undefined when one of them has none. */
function knownOf(term: readonly string[], answers: Answers): readonly Known[] | undefined {
  const known = term.flatMap((row): Known[] => {
    const value = answers[row]?.value;
    return value?.is === 'number' ? [{ row, number: value.number, decimals: value.decimals }] : [];
  });
  return known.length === term.length && known.length > 0 ? known : undefined;
}

const decimalsOf = (number: number): number => String(number).split('.')[1]?.length ?? 0;

const isSame = (one: Computed, other: Computed): boolean =>
  one.is === 'notApplicable' || other.is === 'notApplicable'
    ? one.is === other.is
    : one.number === other.number;
