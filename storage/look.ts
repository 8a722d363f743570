// What a turn may see of the state, and the other questions a store answers from it.
import { type Campaign, unitsAbove } from '../src/domain/campaign.ts';
import type { Recorded } from '../src/domain/change.ts';
import type { Held } from '../src/domain/channel-state.ts';
import type { Session } from '../src/domain/conversation.ts';
import { type Invitation, isOverseer, type Person } from '../src/domain/people.ts';
import type { Report } from '../src/domain/report.ts';
import { type Looked, mergedOf, previousOf } from './look-before.ts';
import type { State, Talk } from './state.ts';
import type { Fate, Loaded, Outgoing } from './storage.ts';

export { loadedFrom, wantedBy } from './look-before.ts';

type Ask = { readonly conversation: string; readonly event: string; readonly invitation?: string };

/** Everything a turn may look at. The cost is that of what is returned and of the unit's own reports. */
export function look(state: State, ask: Ask): Looked {
  const talk = state.talks.get(ask.conversation);
  const person = personOf(state, ask.conversation, talk?.session);
  const invitation = ask.invitation === undefined ? undefined : state.invitations.get(ask.invitation);
  // Somebody with an invitation in hand is about to be let in, and the same turn already shows the unit's reports.
  const scope: Scope | undefined = person ?? invitation;
  const campaigns = scope ? campaignsFor(state, scope) : [];
  return {
    loaded: {
      handled: talk?.handled.has(ask.event) ?? false,
      ...(talk?.session && { session: talk.session }),
      ...(person && { person }),
      ...(invitation && { invitation }),
      units: scope ? unitsFor(state, scope) : [],
      campaigns,
      closed: scope && isOverseer(scope.role) ? closedIn(state) : [],
      reports: scope ? reportsFor(state, scope, campaigns) : [],
      people: scope ? peopleFor(state, scope) : [],
      invitations: scope ? invitationsFor(state, scope) : [],
      held: scope && isOverseer(scope.role) ? heldIn(state) : [],
    },
    previous: scope ? campaigns.flatMap((campaign) => previousOf(state, campaign, scope.unit)) : [],
    merged: scope ? mergedOf(state, campaigns, scope.unit) : [],
  };
}

/** Whose eyes a turn looks through. */
type Scope = Pick<Person, 'unit' | 'role'>;

/**
 * Who is talking: the session names the person, but only one who still has this conversation, so that taking a conversation
 * away closes every door at once. A lost session loses nothing: the conversation alone finds the person.
 */
function personOf(state: State, conversation: string, session: Session | undefined): Person | undefined {
  const here = [...(state.peopleOfConversation.get(conversation) ?? [])];
  const id = session ? here.find((candidate) => candidate === session.person) : here.at(-1);
  return id === undefined ? undefined : state.people.get(id);
}

/** An officer sees the own unit and those above it, which tell who coordinates it. */
const unitsFor = (state: State, person: Scope): Loaded['units'] =>
  isOverseer(person.role)
    ? [...state.units.values()]
    : found(
        state.units,
        unitsAbove(person.unit, (id) => state.units.get(id)),
      );

function campaignsFor(state: State, person: Scope): readonly Campaign[] {
  const ids = isOverseer(person.role) ? state.openCampaigns : state.openCampaignsOfUnit.get(person.unit);
  return found(state.campaigns, ids ?? []).sort((a, b) => compare(a.due, b.due) || compare(a.id, b.id));
}

const closedIn = (state: State): readonly Campaign[] =>
  [...state.campaigns.values()]
    .filter(({ closedAt }) => closedAt !== undefined)
    .sort((a, b) => compare(b.due, a.due) || compare(a.id, b.id));

function reportsFor(state: State, person: Scope, campaigns: readonly Campaign[]): readonly Report[] {
  if (isOverseer(person.role)) {
    return campaigns.flatMap(({ id }) => found(state.reports, state.reportsOfCampaign.get(id) ?? []));
  }
  const open = new Set(campaigns.map(({ id }) => id));
  return found(state.reports, state.reportsOfUnit.get(person.unit) ?? []).filter((report) =>
    open.has(report.campaign),
  );
}

function peopleFor(state: State, person: Scope): readonly Person[] {
  if (isOverseer(person.role)) return [...state.people.values()];
  return found(state.people, new Set([...(state.peopleOfUnit.get(person.unit) ?? []), ...state.overseers]));
}

function invitationsFor(state: State, person: Scope): Loaded['invitations'] {
  const isShown = ({ unit, role }: Invitation): boolean =>
    isOverseer(person.role) ||
    (unit === person.unit && (person.role === 'leader' || (person.role === 'officer' && role === 'helper')));
  return [...state.invitations.values()].filter(
    (each) => each.usedAt === undefined && each.revokedAt === undefined && isShown(each),
  );
}

/** The cost is that of the held messages, however many others wait. */
const heldIn = (state: State): readonly Held[] =>
  [...state.held]
    .flatMap(([conversation, ids]) => heldOf(state, conversation, ids))
    .sort((a, b) => compare(a.since, b.since) || compare(a.conversation, b.conversation));

function heldOf(state: State, conversation: string, ids: ReadonlySet<string>): readonly Held[] {
  const holds = found(state.unsent, ids)
    .sort((a, b) => a.out.seq - b.out.seq)
    .flatMap(({ out }) => out.held ?? []);
  const [oldest] = holds.sort((a, b) => compare(a.at, b.at));
  if (!oldest) return [];
  const person = personOf(state, conversation, state.talks.get(conversation)?.session);
  const { hold, at: since } = oldest;
  return [{ conversation, ...(person && { person: person.id }), hold, since, messages: holds.length }];
}

/** Messages not yet dealt with, in seq order per conversation. */
export const unsentOf = (state: State): readonly Outgoing[] =>
  [...state.unsent.values()].map((kept) => kept.out);

/** What became of a message so far. */
export function fateOf(state: State, conversation: string, id: string): Fate | undefined {
  const kept = state.talks
    .get(conversation)
    ?.messages.find(({ out }) => out.id === id || out.id.slice(0, out.id.lastIndexOf(':')) === id);
  if (!kept) return undefined;
  if (kept.dealt) return kept.failed ?? { is: 'sent' };
  const { held } = kept.out;
  return held ? { is: 'held', hold: held.hold, knocked: held.knockedAt !== undefined } : { is: 'waiting' };
}

/** At most `limit` of the newest remembered messages with seq greater than `after`, oldest first. */
export function transcriptOf(talk: Talk | undefined, after: number, limit: number): readonly Outgoing[] {
  const newer = (talk?.messages ?? []).map((kept) => kept.out).filter((out) => out.seq > after);
  return limit > 0 ? newer.slice(-limit) : [];
}

/** What the newest events changed in a unit's reports, newest first. */
export const recentIn = (state: State, unit: string): readonly Recorded[] =>
  [...(state.recent.get(unit) ?? [])].reverse();

/** Every stored session. */
export const sessionsOf = (state: State): readonly Session[] =>
  [...state.talks.values()].flatMap((talk) => (talk.session ? [talk.session] : []));

/** Ids of a campaign's reports, on the shelf or not, in a fixed order. */
export const reportIdsOf = (state: State, campaign: string): readonly string[] =>
  [...(state.reportsOfCampaign.get(campaign) ?? [])].sort(compare);

function found<T>(map: ReadonlyMap<string, T>, ids: Iterable<string>): T[] {
  return [...ids].flatMap((id) => {
    const value = map.get(id);
    return value === undefined ? [] : [value];
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
