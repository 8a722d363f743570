// The same mark typed twice: a slow platform and an impatient thumb send things twice, and the second must decide nothing.
import type { Event, Session } from '../src/domain/conversation.ts';
import { fold } from '../src/domain/words.ts';
import { readAction, type Verb } from './actions.ts';
import type { Facts } from './flow.ts';

/** So soon after a choice the same words are more likely a repetition (ms). */
const SOON = 10_000;
/** What cannot simply be done again or undone by the next tap. */
const DECISIVE: ReadonlySet<Verb> = new Set([
  ...(['sign', 'blankRest', 'withdraw', 'amend', 'accept', 'override', 'confirmed', 'leave'] as const),
]);

/** What is remembered of a choice that was typed; said once, it is forgotten. */
export function pickedBy(event: Event, session: Session, facts: Facts): Pick<Session, 'picked'> {
  if (event.type !== 'button' || event.typed === undefined || isAgain(event, session, facts)) return {};
  return { picked: fold(event.typed) };
}

/** True when these words chose something a moment ago, and would now decide or be recorded. */
export function isAgain(event: Event, { picked, lastAt }: Session, { now }: Facts): boolean {
  if (picked === undefined || lastAt === undefined || Date.parse(now) - Date.parse(lastAt) > SOON)
    return false;
  if (event.type === 'text') return fold(event.text) === picked;
  if (event.type !== 'button' || event.typed === undefined || fold(event.typed) !== picked) return false;
  const verb = readAction(event.action)?.verb;
  return verb !== undefined && DECISIVE.has(verb);
}
