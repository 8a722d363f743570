// Where somebody can be reached: blocked and found again, a phone number shared, a group that is none of our business.
import type { Session } from '../src/domain/conversation.ts';
import type { Event } from '../src/domain/event.ts';
import type { Person } from '../src/domain/people.ts';
import { unsupported } from '../src/text/menu.ts';
import { CONTACT } from '../src/text/person.ts';
import type { Facts, Outcome, Turn } from './flow.ts';

const GROUP_PAUSE = 3_600_000;
const LONGEST_NAME = 100;

/** Groups get one polite line an hour; no figures are ever taken or shown there. */
export function inGroup(session: Session, facts: Facts): Outcome {
  const quiet =
    session.lastAt !== undefined && Date.parse(facts.now) - Date.parse(session.lastAt) < GROUP_PAUSE;
  return quiet ? {} : { say: [{ text: [unsupported('group')] }] };
}

/** What a platform says about whether this person can be written to. */
export function reachability(conversation: string, reachable: boolean, { person }: Facts): Outcome {
  if (!person) return {};
  return { changes: [{ type: 'person_set', person: withReach(person, conversation, reachable) }] };
}

/** Whoever writes can be written to, whatever a platform said before. */
export function reachableAgain({ conversation }: Event, { person }: Facts, outcome: Outcome): Outcome {
  const changes = outcome.changes ?? [];
  if (!person?.unreachable.includes(conversation)) return outcome;
  if (changes.some((each) => each.type === 'person_set' || each.type === 'person_forgotten')) return outcome;
  const known = withReach(person, conversation, true);
  return { ...outcome, changes: [{ type: 'person_set', person: known }, ...changes] };
}

function withReach(person: Person, conversation: string, reachable: boolean): Person {
  const others = person.unreachable.filter((each) => each !== conversation);
  return { ...person, unreachable: reachable ? others : [...others, conversation] };
}

/** A name or phone number that the person gave the platform for us; a name we were told by the inviting office stays. */
export function shared(
  { conversation, name, phone }: Extract<Event, { type: 'contact' }>,
  { facts }: Turn,
): Outcome {
  const { person } = facts;
  if (!person) return {};
  const next: Person = {
    ...withReach(person, conversation, true),
    name: person.name || (name ?? '').trim().slice(0, LONGEST_NAME),
    ...(phone === undefined ? {} : { phone }),
  };
  return {
    say: [{ text: [phone === undefined ? CONTACT.thanks : CONTACT.phoneKept] }],
    changes: [{ type: 'person_set', person: next }],
  };
}
