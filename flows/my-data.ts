// What is stored about the person who asks, told to them.
import { isSent, valueWriter } from '../src/domain/report.ts';
import { myData } from '../src/text/my-data.ts';
import type { Outcome, Turn } from './flow.ts';

/** Everything a turn can know of it; the operator's export has the rest, word for word. */
export function aboutMyData({ facts, session }: Turn): Outcome {
  const { person, units, reports, now, timezone } = facts;
  if (!person) return {};
  const mine = (by: string): boolean => by === person.id;
  const answers = reports.flatMap((report) => Object.values(report.answers));
  const sent = reports.filter(isSent).flatMap(({ submissions }) => submissions);
  const snoozed = Object.values(session.snoozed ?? {}).filter((until) => until > now);
  const { pausedUntil } = session;
  const known = {
    ...{ person, unit: units.find((each) => each.id === person.unit), snoozed, timezone },
    values: answers.filter((each) => each.value !== undefined && mine(valueWriter(each))).length,
    sent: sent.filter(({ by }) => mine(by)).length,
    pausedUntil: pausedUntil !== undefined && pausedUntil > now ? pausedUntil : undefined,
  };
  return { say: [{ text: myData(known) }] };
}
