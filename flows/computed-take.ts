// The press that takes a figure following from others, as the officer's own answer.
import type { Indicator } from '../src/domain/template.ts';
import { COMPUTED, computedValue } from '../src/text/computed.ts';
import { REVIEW } from '../src/text/submit.ts';
import { button } from './actions.ts';
import { recordAnswer } from './answered.ts';
import { askedNow } from './asked.ts';
import { computedNow, nameOfComputed } from './computed.ts';
import type { Opened, Outcome, Turn } from './flow.ts';

/** Stores what the pressed button offered; nothing when one of the figures it was made of has changed since. */
export function takeComputed(opened: Opened, indicator: Indicator, arg: string, turn: Turn): Outcome {
  const computed = computedNow(opened, indicator);
  if (computed && nameOfComputed(computed) === arg)
    return recordAnswer(opened, indicator, { value: computedValue(computed) }, turn);
  const text = COMPUTED.changed(opened.template, indicator, computed);
  const waiting = askedNow(opened, indicator, turn);
  if (waiting) return { say: [{ text }], go: waiting };
  const there = button(REVIEW.goTo(opened.template, indicator), 'goTo', opened.report.id, indicator.id);
  return { say: [{ text, buttons: [[there]] }] };
}
