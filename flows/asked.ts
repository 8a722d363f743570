// Which question is being asked, where it is one of this report.
import type { Indicator } from '../src/domain/template.ts';
import { type At, indicatorOf, type Opened, type Turn } from './flow.ts';

/** Where we wait, when it is a question of this report. */
export const askedHere = ({ report }: Opened, { session: { waiting } }: Turn): At<'fill'> | undefined =>
  waiting.flow === 'fill' && waiting.report === report.id ? waiting : undefined;

/** Where we wait, when it is the question of this very indicator. */
export function askedNow(opened: Opened, indicator: Indicator, turn: Turn): At<'fill'> | undefined {
  const waiting = askedHere(opened, turn);
  return waiting?.indicator === indicator.id ? waiting : undefined;
}

/** The indicator of this report that is being asked about. */
export function askedIn(opened: Opened, turn: Turn): Indicator | undefined {
  const waiting = askedHere(opened, turn);
  return waiting && indicatorOf(opened.template, waiting.indicator);
}
