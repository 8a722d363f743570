// Moving through the form: on to the next gap, to a chosen indicator and back, and past one for later.
import { nextIndicator } from '../src/domain/progress.ts';
import type { Indicator } from '../src/domain/template.ts';
import { FILL } from '../src/text/fill.ts';
import { askedHere } from './asked.ts';
import { type At, indicatorOf, type Opened, type Outcome, type Turn } from './flow.ts';
import { nextPoint, pointsOf } from './returned.ts';
import { stale } from './stale.ts';

/** To the question of this indicator; to the review where none is left to ask. */
export const toGap = (report: string, next: Indicator | undefined): At<'fill'> | At<'review'> =>
  next ? { flow: 'fill', report, indicator: next.id } : { flow: 'review', report, page: 0 };

/**
 * Where to go after an indicator: back to where a correction was begun, else the next gap, else the review. In a report that was
 * returned point by point, to the next of these and to no other; then to sending.
 */
export function goOn(
  opened: Opened,
  indicator: Indicator,
  waiting: At<'fill'>,
): At<'fill'> | At<'review'> | At<'submit'> {
  const report = opened.report.id;
  const back = waiting.back;
  if (pointsOf(opened).length > 0) return nextPoint(opened, indicator, back, true);
  if (
    back !== undefined &&
    opened.report.answers[back]?.value === undefined &&
    indicatorOf(opened.template, back)
  ) {
    return { flow: 'fill', report, indicator: back };
  }
  return toGap(report, nextIndicator(opened, back ?? indicator.id));
}

/** Leaves an indicator for later: no value is stored. */
export function skip(opened: Opened, waiting: At<'fill'>): Outcome {
  const indicator = indicatorOf(opened.template, waiting.indicator);
  if (!indicator) return stale;
  // Of what was returned, a point left for later is offered again before sending, not round and round.
  const go =
    pointsOf(opened).length > 0
      ? nextPoint(opened, indicator, waiting.back, false)
      : goOn(opened, indicator, waiting);
  return { say: [{ text: FILL.skipped(indicator) }], go };
}

/** To an indicator, remembering the question that was open, so that the dialog goes on there afterwards. */
export function goTo(opened: Opened, indicator: string, turn: Turn): At<'fill'> {
  const waiting = askedHere(opened, turn);
  const from = waiting?.back ?? waiting?.indicator;
  const back = from !== undefined && from !== indicator ? { back: from } : {};
  return { flow: 'fill', report: opened.report.id, indicator, ...back };
}
