// What is remembered of a conversation after a turn.
import type { Message, Session } from '../src/domain/conversation.ts';
import type { Event } from '../src/domain/event.ts';
import type { Facts, Outcome } from './flow.ts';
import { pickedBy } from './picked.ts';

/** A conversation nobody has spoken in yet. */
export const newSession = (conversation: string): Session => ({
  conversation,
  waiting: { flow: 'register' },
  doubts: [],
  rev: 0,
});

/** The session after a turn; `said` is everything said in it, the prompt of a new place included. */
export function remembered(
  before: Session,
  outcome: Outcome,
  said: readonly Message[],
  event: Event,
  facts: Facts,
): Session {
  const { person: _, attempts: __, asked: ___, pausedUntil: ____, picked: _____, ...rest } = before;
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
    ...(heardAt === undefined ? {} : { heardAt }),
    ...(outcome.snoozed && { snoozed: outcome.snoozed }),
    waiting: outcome.go ?? before.waiting,
    doubts: outcome.doubts ?? before.doubts,
    lastAt: facts.now,
  };
}

/** Something the person did, as against what the platform or the office did. */
const isHeard = (event: Event): boolean =>
  event.type === 'reachable' ? event.reachable : !['takenOver', 'forget', 'fetched'].includes(event.type);
