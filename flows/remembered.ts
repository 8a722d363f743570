// What is remembered of a conversation after a turn.
import type { Message, Session } from '../src/domain/conversation.ts';
import type { Event } from '../src/domain/event.ts';
import { codeOfValue } from './colleague.ts';
import type { Facts, Outcome } from './flow.ts';
import { pickedBy } from './picked.ts';
import { questionKey } from './question.ts';

/** A conversation nobody has spoken in yet. */
export const newSession = (conversation: string): Session => ({
  conversation,
  waiting: { flow: 'register' },
  doubts: [],
  rev: 0,
});

/** The session after a turn; `said` is everything said in it, the prompt of a new place included, `facts` as they are after it. */
export function remembered(
  before: Session,
  outcome: Outcome,
  said: readonly Message[],
  event: Event,
  facts: Facts,
): Session {
  const {
    person: _,
    attempts: __,
    asked: ___,
    pausedUntil: ____,
    picked: _____,
    shown: ______,
    ...rest
  } = before;
  const paused = outcome.pausedUntil === undefined ? before.pausedUntil : (outcome.pausedUntil ?? undefined);
  const heardAt = isHeard(event) && event.at > (before.heardAt ?? '') ? event.at : before.heardAt;
  const asked = said.length === 0 ? before.asked : said.at(-1)?.key;
  const person = outcome.person === undefined ? before.person : (outcome.person ?? undefined);
  const attempts = outcome.attempts ?? (outcome.person ? undefined : before.attempts);
  return {
    ...rest,
    ...(person === undefined ? {} : { person }),
    ...(attempts ? { attempts } : {}),
    ...(asked === undefined ? {} : { asked }),
    ...(paused === undefined ? {} : { pausedUntil: paused }),
    ...pickedBy(event),
    ...shownBy(before, outcome, said, facts),
    ...(heardAt === undefined ? {} : { heardAt }),
    ...(outcome.snoozed && { snoozed: outcome.snoozed }),
    waiting: outcome.go ?? before.waiting,
    doubts: outcome.doubts ?? before.doubts,
    lastAt: facts.now,
  };
}

/** What stands under the question that is being asked, as this turn showed it or, where it did not ask anew, as an earlier one did. */
function shownBy(
  before: Session,
  { go }: Outcome,
  said: readonly Message[],
  facts: Facts,
): { shown?: string } {
  if (!go) return before.shown === undefined ? {} : { shown: before.shown };
  if (go.flow !== 'fill') return {};
  const isAsked = said.some(({ key }) => key === questionKey(go.report, go.indicator));
  const report = isAsked ? facts.reports.find(({ id }) => id === go.report) : undefined;
  const shown = codeOfValue(report?.answers[go.indicator]?.value);
  return shown === undefined ? {} : { shown };
}

/** Something the person did, as against what the platform or the office did. */
const isHeard = (event: Event): boolean =>
  event.type === 'reachable' ? event.reachable : !['takenOver', 'forget', 'fetched'].includes(event.type);
