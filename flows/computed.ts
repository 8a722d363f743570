// A figure that follows from others of the report, offered as a choice under its question; never filled in silence.
import { type Computed, computedFor } from '../src/domain/computed.ts';
import type { Button } from '../src/domain/conversation.ts';
import { shortHash } from '../src/domain/hash.ts';
import type { Indicator } from '../src/domain/template.ts';
import { COMPUTED, computedValue } from '../src/text/computed.ts';
import { BUTTON } from '../src/text/fill.ts';
import { button } from './actions.ts';
import type { Opened } from './flow.ts';

/** What follows from the figures as they stand now. */
export const computedNow = ({ template, report }: Opened, indicator: Indicator): Computed | undefined =>
  computedFor(template, report.answers, indicator, report.notes);

/** Changes with the figure and with everything it was made of, so that what has changed since is not taken unseen. */
export const nameOfComputed = (computed: Computed): string => shortHash(JSON.stringify(computed));

/** The choice to take what follows from other figures, unless that stands there already; `isEmpty`: that there is no figure. */
export function computedButton(
  opened: Opened,
  indicator: Indicator,
): { readonly button: Button; readonly isEmpty: boolean } | undefined {
  const computed = computedNow(opened, indicator);
  const stored = opened.report.answers[indicator.id]?.value;
  if (!computed) return undefined;
  const value = computedValue(computed);
  const stands =
    value.is === 'number'
      ? stored?.is === 'number' && stored.number === value.number
      : stored?.is === value.is;
  if (stands) return undefined;
  const label = COMPUTED.take(opened.template, indicator, computed);
  const taken = button(label, 'computed', opened.report.id, indicator.id, nameOfComputed(computed));
  return computed.is === 'notApplicable'
    ? { button: { ...taken, typed: BUTTON.notApplicable.toLocaleLowerCase('vi') }, isEmpty: true }
    : { button: taken, isEmpty: false };
}
