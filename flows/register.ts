// Letting a person in by an invitation code, and nobody without one.
import type { Change } from '../src/domain/change.ts';
import { invitationFault, type Person } from '../src/domain/people.ts';
import { REGISTER, welcome } from '../src/text/person.ts';
import { takenBy, taking } from './assign/take.ts';
import { factsAfter } from './facts-after.ts';
import type { Facts, Flow, Outcome, Turn } from './flow.ts';
import { arrive } from './menu.ts';

const MOST_ATTEMPTS = 5;
const HOUR = 3_600_000;

export const register: Flow<'register'> = {
  prompt: () => [{ text: [REGISTER.stranger] }],
  answer: () => ({ say: [{ text: [REGISTER.stranger] }] }),
};

/**
 * `/start CODE`. Somebody who is in already uses no code up, so that it still serves whom it was meant for; a used code of
 * one's own (a link opened again) simply goes on. Wrong codes are counted per conversation; nothing about units is ever said
 * to someone unknown.
 */
export function join(turn: Turn): Outcome {
  const { facts, session } = turn;
  const { invitation, person } = facts;
  const attempts =
    session.attempts && Date.parse(facts.now) - Date.parse(session.attempts.since) < HOUR
      ? session.attempts
      : undefined;
  if (!person && attempts && attempts.count >= MOST_ATTEMPTS) return { say: [{ text: [REGISTER.tooMany] }] };
  const fault = invitationFault(invitation, facts.now) ?? (hasLeft(turn) ? 'revoked' : undefined);
  if (fault === 'used' && person && invitation?.usedBy === person.id) return arrive(facts);
  if (fault || !invitation) {
    const count = { since: attempts?.since ?? facts.now, count: (attempts?.count ?? 0) + 1 };
    return { say: [{ text: [REGISTER.fault[fault ?? 'unknown']] }], attempts: count };
  }
  if (!person) return welcomeIn(turn, invitation, personFor(turn));
  const unit = facts.units.find((each) => each.id === person.unit)?.name ?? person.unit;
  const given = taking(turn, invitation, person);
  if (given) return given;
  if (person.unit !== invitation.unit || person.role !== invitation.role)
    return { say: [{ text: [REGISTER.inUse(person, unit)] }] };
  const arrival = arrive(facts);
  return { ...arrival, say: [{ text: [REGISTER.already(person, unit)] }, ...(arrival.say ?? [])] };
}

/** A code for a further device of somebody who has left since: coming back needs an invitation of one's own. */
const hasLeft = ({ facts: { invitation, people } }: Turn): boolean =>
  invitation?.person !== undefined &&
  people.some((each) => each.id === invitation.person && each.leftAt !== undefined);

/** The person this invitation is for: an existing one on a further device, or a new one. */
function personFor({ facts, session, event }: Turn): Person {
  const { invitation } = facts;
  const known = facts.people.find((each) => each.id === invitation?.person);
  const base: Person = known ?? {
    id: `p${facts.digest(event).slice(0, 12)}`,
    name: invitation?.name ?? '',
    unit: invitation?.unit ?? '',
    role: invitation?.role ?? 'officer',
    conversations: [],
    unreachable: [],
    joinedAt: facts.now,
  };
  const others = base.conversations.filter((each) => each !== session.conversation);
  return { ...base, conversations: [...others, session.conversation] };
}

function welcomeIn(turn: Turn, invitation: NonNullable<Facts['invitation']>, person: Person): Outcome {
  const { facts } = turn;
  const changes: Change[] = [
    { type: 'person_set', person },
    { type: 'invitation_set', invitation: { ...invitation, usedAt: facts.now, usedBy: person.id } },
  ];
  const given = takenBy(facts, invitation, person);
  if (given) changes.push(given.change);
  const unit = facts.units.find((each) => each.id === person.unit);
  const arrival = arrive(factsAfter({ ...facts, person }, changes));
  return {
    ...arrival,
    say: [...(unit ? [{ text: welcome(person, unit) }] : []), ...(given?.say ?? []), ...(arrival.say ?? [])],
    changes,
    ...(given && { tell: given.tell }),
    person: person.id,
    // Words typed here by somebody else, who has left, are nothing to this person.
    doubts: [],
  };
}
