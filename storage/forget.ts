// Forgetting a person: what goes, and what stays so that figures and events are still told apart.
import { isOverseer, type Person } from '../src/domain/people.ts';
import { type State, setPerson } from './state.ts';
import type { Turn } from './storage.ts';
import { forgetTalk, leaveOut } from './talk.ts';

/** Ids of the people whom a turn forgets. */
export const forgottenBy = (turn: Turn): string[] =>
  turn.changes.flatMap((change) => (change.type === 'person_forgotten' ? [change.person] : []));

/** Conversations that a turn empties, as far as its people have them now. */
export const conversationsForgottenBy = (state: State, turn: Turn): string[] =>
  forgottenBy(turn).flatMap((id) => state.people.get(id)?.conversations ?? []);

/** Throws when a turn forgets somebody who is unknown and whom it does not let in itself. */
export function checkForgotten(state: State, turn: Turn): void {
  const unknown = forgottenBy(turn).find(
    (id) =>
      !state.people.has(id) &&
      !turn.changes.some((change) => change.type === 'person_set' && change.person.id === id),
  );
  if (unknown === undefined) return;
  throw new Error(`change person_forgotten for person ${unknown}, who does not exist`);
}

/**
 * Takes away the person's name, phone, conversations, links, everything said there, and the name where colleagues were told it;
 * `at` is when the person left, unless that was earlier (ISO). Reports and their history stay as they are. From the files it is gone with the next snapshot.
 */
export function forgetPerson(state: State, id: string, at: string): void {
  const person = state.people.get(id);
  if (!person) return;
  const { unit, role, joinedAt, leftAt = at } = person;
  const rev = (person.rev ?? 0) + 1;
  const nameless = { id, name: '', unit, role, conversations: [], unreachable: [], joinedAt, leftAt, rev };
  setPerson(state, nameless);
  for (const invitation of state.invitations.values()) {
    if (invitation.usedBy !== id && invitation.person !== id) continue;
    state.invitations.set(invitation.id, { ...invitation, name: '' });
  }
  const conversations = new Set(person.conversations);
  for (const link of state.links.values()) {
    if (conversations.has(link.conversation)) state.links.delete(link.id);
  }
  for (const conversation of conversations) forgetTalk(state, conversation);
  for (const other of readersOf(state, person)) leaveOut(state, other, [person.name, person.phone ?? '']);
}

/** Conversations in which this person may have been named: those of the unit and of every overseer; an overseer's name goes to everybody. */
function readersOf(state: State, { unit, role }: Person): string[] {
  const near = new Set([...(state.peopleOfUnit.get(unit) ?? []), ...state.overseers]);
  const readers = isOverseer(role) ? state.people.keys() : near;
  return [...readers].flatMap((id) => state.people.get(id)?.conversations ?? []);
}
