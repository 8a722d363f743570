// What the unit answered in the last period on the same form, and its value under a question that has none yet.
import { canonical } from '../src/domain/canonical.ts';
import { carriable, carriedShare, type Proposed } from '../src/domain/carry.ts';
import type { Button } from '../src/domain/conversation.ts';
import { shortHash } from '../src/domain/hash.ts';
import { type Previous, valuesOf } from '../src/domain/merged.ts';
import type { Indicator } from '../src/domain/template.ts';
import { asBefore, carriedWords, MANY } from '../src/text/many.ts';
import { mergedLine, previousLine } from '../src/text/previous.ts';
import { button } from './actions.ts';
import type { Facts, Opened } from './flow.ts';

/** The unit's report of the last period, or what the units merged into it had together; undefined when there is none. */
export function lastOf(facts: Facts, { report, campaign }: Opened): Previous | undefined {
  // To whoever looks after many units, what is known of an earlier period may be another unit's.
  const known = facts.previous[campaign.id];
  return known?.report.unit === report.unit ? known : undefined;
}

/** What of these indicators may be kept; sums of merged units with what they were made of. */
export const carriableOf = (wanted: readonly Indicator[], { report, parts }: Previous): readonly Proposed[] =>
  carriable(wanted, report.answers).map((each) =>
    parts && each.value.is === 'number' ? { ...each, parts: valuesOf(parts, each.indicator) } : each,
  );

/** Last period's value of one indicator, when it may be kept, and the campaign it is from. */
export function keptValue(
  facts: Facts,
  opened: Opened,
  indicator: Indicator,
): (Proposed & { readonly carried: string }) | undefined {
  const last = lastOf(facts, opened);
  const [kept] = last ? carriableOf([indicator], last) : [];
  return last && kept && { ...kept, carried: last.campaign.id };
}

/** The line of the question that says what was given last period, by the unit or by those merged into it; undefined: nothing was. */
export function beforeLine(facts: Facts, opened: Opened, indicator: Indicator): string | undefined {
  const last = lastOf(facts, opened);
  if (!last) return undefined;
  const period = MANY.period(last.campaign.period, opened.template);
  const value = last.report.answers[indicator.id]?.value;
  if (!last.parts) return value && previousLine(period, indicator, value);
  const parts = valuesOf(last.parts, indicator);
  return parts.some((part) => part.value) ? mergedLine(period, indicator, parts, value) : undefined;
}

/** Tells this value from another one that may stand there later. */
export const keptCode = ({ value }: Proposed): string => shortHash(canonical(value));

/** Under a question without an answer: the value of the last period, whose period the question names. */
export function asBeforeButton(facts: Facts, opened: Opened, indicator: Indicator): Button[] {
  const kept = keptValue(facts, opened, indicator);
  if (!kept || opened.report.answers[indicator.id]?.value !== undefined) return [];
  // Every question has these two anyway.
  if (kept.value.is === 'blank' || kept.value.is === 'notApplicable') return [];
  return [button(asBefore(kept), 'carry', opened.report.id, indicator.id, `one.${keptCode(kept)}`)];
}

/** How much of the report was kept from earlier periods, in words; undefined when nothing was. */
export function carriedLine(facts: Facts, opened: Opened): string | undefined {
  const { carried, total, from } = carriedShare(opened.template, opened.report);
  const last = lastOf(facts, opened)?.campaign;
  const period = last && last.id === from ? MANY.period(last.period, opened.template) : undefined;
  return carried === 0 ? undefined : carriedWords(carried, total, period);
}
