// Values of the last period that may be kept for this one: which of them fit the form, and how many a report holds.
import type { Answers } from './given.ts';
import type { Unit } from './people.ts';
import type { Answer, Report, Value } from './report.ts';
import type { Indicator, Template } from './template.ts';

/** An indicator and what is to be written there. `parts`: the units whose figures it is the sum of. */
export type Proposed = {
  readonly indicator: Indicator;
  readonly value: Value;
  readonly note?: string;
  readonly parts?: readonly { readonly unit: Unit; readonly value?: Value }[];
};

/** True when the value is one that this row's type can hold; words kept as typed and figures still to come never are. */
function fitsRow(value: Value, { type, choices }: Indicator): boolean {
  switch (value.is) {
    case 'blank':
    case 'notApplicable':
      return true;
    case 'number':
      if (type === 'count') return Number.isInteger(value.number) && value.number >= 0;
      return type === 'decimal' || type === 'percent';
    case 'choice':
      return type === 'choice' && choices.some(({ code }) => code === value.code);
    case 'text':
    case 'date':
      return type === value.is;
    case 'verbatim':
    case 'pending':
      return false;
  }
}

/** What these indicators held in the last period and may hold again; older versions of a form know fewer of them. */
export const carriable = (wanted: readonly Indicator[], last: Answers): readonly Proposed[] =>
  wanted.flatMap((indicator) => {
    const { value, note } = (Object.hasOwn(last, indicator.id) && last[indicator.id]) || {};
    return value && fitsRow(value, indicator) ? [{ indicator, value, ...(note && { note }) }] : [];
  });

/** Ratios and dates belong to their own period; they are kept only where somebody says so. */
export const isOfItsPeriod = ({ type }: Indicator): boolean => type === 'percent' || type === 'date';

/** True when the answer holds a figure, a code, a date or words, and not one of the kinds of empty. */
export const isCounted = (answer: Answer | undefined): boolean => {
  const is = answer?.value?.is;
  return is !== undefined && is !== 'blank' && is !== 'notApplicable' && is !== 'pending';
};

/**
 * How many of a report's counted values were kept from an earlier period, of how many. `from`: that period's campaign, where all
 * are of the same one.
 */
export function carriedShare(
  template: Template,
  { answers }: Pick<Report, 'answers'>,
): { readonly carried: number; readonly total: number; readonly from?: string } {
  const counted = template.indicators.flatMap(({ id }) => {
    const answer = answers[id];
    return answer && isCounted(answer) ? [answer] : [];
  });
  const sources = counted.flatMap(({ carried }) => carried ?? []);
  const [from] = sources;
  const isOne = from !== undefined && sources.every((each) => each === from);
  return { carried: sources.length, total: counted.length, ...(isOne ? { from } : {}) };
}
