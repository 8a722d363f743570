// The officer's side of a returned report: the indicators that the coordinator wants looked at again, one after the other.
import { canonical } from '../src/domain/canonical.ts';
import type { Message, Text } from '../src/domain/conversation.ts';
import { openPoints, type ReturnPoint } from '../src/domain/report.ts';
import type { Indicator } from '../src/domain/template.ts';
import type { Place } from '../src/domain/waiting.ts';
import { lines } from '../src/text/common.ts';
import { RETURN } from '../src/text/return.ts';
import { button } from './actions.ts';
import { indicatorOf, type Opened } from './flow.ts';

const inOrder = ({ template }: Opened, points: readonly ReturnPoint[]): readonly ReturnPoint[] =>
  template.indicators.flatMap((row) => points.filter(({ indicator }) => indicator === row.id));

/** Everything that was to be looked at again in a report that lies with the unit, in the order of the form. */
export const pointsOf = (opened: Opened): readonly ReturnPoint[] =>
  opened.report.status === 'returned' ? inOrder(opened, opened.report.returned?.points ?? []) : [];

/** Those of them that nobody has answered yet. */
export const openOf = (opened: Opened): readonly ReturnPoint[] => inOrder(opened, openPoints(opened.report));

export const pointAbout = (opened: Opened, indicator: Indicator): ReturnPoint | undefined =>
  pointsOf(opened).find((each) => each.indicator === indicator.id);

/**
 * Where to go after an indicator of a report that was returned point by point: back to the point from which a correction was
 * begun, else the next open point; once none is left, to sending. `wrap`: points in front count as well.
 */
export function nextPoint(
  opened: Opened,
  after: Indicator,
  back: string | undefined,
  wrap: boolean,
): Extract<Place, { flow: 'fill' | 'submit' }> {
  const { template, report } = opened;
  const place = (id: string) => template.indicators.findIndex((row) => row.id === id);
  const from = place(back ?? after.id);
  const open = openOf(opened).filter(
    ({ indicator }) => indicator !== after.id && !opened.away?.has(indicator),
  );
  const next =
    open.find(({ indicator }) => indicator === back) ??
    open.find(({ indicator }) => place(indicator) > from) ??
    (wrap ? open[0] : undefined);
  return next
    ? { flow: 'fill', report: report.id, indicator: next.indicator }
    : { flow: 'submit', report: report.id };
}

/** What the officer is told: each point with the value as sent and the coordinator's line, and one way to begin. */
export function returnedMessage(
  { template, campaign, report }: Opened,
  points: readonly ReturnPoint[],
  text: string,
): Message {
  const sent = report.submissions.at(-1)?.answers ?? report.answers;
  return {
    text: RETURN.told(template, sent, campaign, points, text),
    buttons: [[button(RETURN.begin, 'open', report.id)]],
  };
}

/** Which of the points of the last return came back with the same value, for the coordinator; undefined when none did. */
export function unchanged(opened: Opened): Text | undefined {
  const { template, report } = opened;
  const last = report.submissions.at(-1);
  if (!last || !report.returned || report.returned.at < last.at) return undefined;
  const same = inOrder(opened, report.returned.points ?? []).flatMap(({ indicator }) => {
    const row = indicatorOf(template, indicator);
    const [was, now] = [last.answers[indicator]?.value, report.answers[indicator]?.value];
    return row && canonical(was) === canonical(now) ? [row] : [];
  });
  if (same.length === 0) return undefined;
  const more = same.length - MOST_UNCHANGED;
  return lines(
    RETURN.unchanged(same.length),
    ...same.slice(0, MOST_UNCHANGED).map((row) => RETURN.unchangedLine(template, report.answers, row)),
    more > 0 ? RETURN.moreUnchanged(more) : undefined,
  );
}
const MOST_UNCHANGED = 5;
