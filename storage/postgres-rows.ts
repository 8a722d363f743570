// What a turn has changed, as rows to be written: the turn is done to a small state as every store does it, and the difference taken.
import type { Recorded } from '../src/domain/change.ts';
import type { Message } from '../src/domain/conversation.ts';
import { isOverseer, type Person } from '../src/domain/people.ts';
import type { Answer, Report } from '../src/domain/report.ts';
import { conversationsForgottenBy } from './forget.ts';
import type { State } from './state.ts';
import type { Turn } from './storage.ts';
import { apply, prepare } from './turn.ts';

/** What a turn is judged by; `invitations` have a rev only in the database. */
export type Basis = { readonly state: State; readonly invitations: ReadonlyMap<string, number> };

/** The parameter of store_turn (migrations/002), the reports as they stand then, and the conversations of which something is taken away. */
export type Written = {
  readonly rows: Readonly<Record<string, unknown>>;
  readonly reports: readonly Report[];
  readonly reread: readonly string[];
};

/** Does the turn to the state. Throws, as `prepare` does, when it is for something that does not exist. */
export function write({ state, invitations }: Basis, turn: Turn): Written {
  const reports = prepare(state, turn);
  const before = copyOf(state);
  const forget = forgottenTalks(state, turn);
  apply(state, turn, reports);
  const next = {
    units: changed(before.units, state.units),
    people: changed(before.people, state.people),
    campaigns: changed(before.campaigns, state.campaigns),
    invitations: changed(before.invitations, state.invitations),
    links: changed(before.links, state.links),
  };
  const revs = {
    people: revsOf(before.people, next.people),
    campaigns: revsOf(before.campaigns, next.campaigns),
  };
  const old = next.invitations.map(([id]) => [id, invitations.get(id) ?? 0]);
  const reworded = forget.length > 0 ? rewordedIn(state, before.said, forget) : [];
  const rows = {
    ...headOf(turn, [...forget, ...reworded.map(({ conversation }) => conversation)]),
    ...(turn.session && { session: state.talks.get(turn.conversation)?.session }),
    ...((turn.session || turn.expects.session !== undefined) && { rev: before.rev(turn.conversation) }),
    ...given({
      seen: given({
        ...revs,
        ...{
          reports: turn.expects.reports,
          channels: turn.expects.channels,
          invitations: Object.fromEntries(old),
        },
      }),
      read: given({
        people: without(turn.expects.people, revs.people),
        campaigns: without(turn.expects.campaigns, revs.campaigns),
      }),
    }),
    ...(forget.length > 0 && { forget, reworded }),
    ...given({
      units: next.units.map(bodyRow),
      people: next.people.map(personRow),
      campaigns: next.campaigns.map(bodyRow),
      invitations: next.invitations.map(bodyRow),
      links: next.links.map(bodyRow),
      channels: changed(before.channels, state.channels).map(([name, memory]) => ({ name, ...memory })),
      reports: reports.map((report) => reportRow(before.reports.get(report.id), report)),
      records: recordsOf(state),
      messages: turn.outgoing.map(({ conversation, message }, n) => ({
        ...{ conversation, n, id: `${turn.event}:${n}`, body: message },
        ...(message.key !== undefined && { key: message.key }),
      })),
    }),
  };
  return {
    rows,
    reports,
    reread: [...new Set([...forget, ...reworded.map(({ conversation }) => conversation)])],
  };
}

type Revs = Readonly<Record<string, number>>;

function headOf({ event, at, by, conversation, outgoing }: Turn, others: readonly string[]) {
  const talks = [...new Set([...outgoing.map((each) => each.conversation), ...others])];
  return { ...{ event, at, by, conversation }, talks };
}

function copyOf(state: State) {
  const { units, people, campaigns, invitations, links, channels, reports, talks } = state;
  const revs = new Map([...talks].map(([id, { session }]) => [id, session?.rev ?? 0]));
  return {
    ...{ units: new Map(units), people: new Map(people), campaigns: new Map(campaigns) },
    ...{ invitations: new Map(invitations), links: new Map(links), channels: new Map(channels) },
    reports: new Map(reports),
    said: new Map(
      [...talks.values()].flatMap((talk) => talk.messages.map(({ out }) => [out.id, out.message])),
    ),
    rev: (conversation: string) => revs.get(conversation) ?? 0,
  };
}

/** Conversations that are emptied, also those that the turn itself gives to whom it forgets. */
function forgottenTalks(state: State, turn: Turn): readonly string[] {
  const ids = turn.changes.flatMap((each) => (each.type === 'person_forgotten' ? [each.person] : []));
  const theirs = turn.changes.flatMap((each) =>
    each.type === 'person_set' && ids.includes(each.person.id) ? each.person.conversations : [],
  );
  return [...new Set([...conversationsForgottenBy(state, turn), ...theirs])];
}

/** Entries that were put in or replaced: the values themselves never change. */
const changed = <T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): [string, T][] =>
  [...after].filter(([id, value]) => before.get(id) !== value);

const revsOf = (
  before: ReadonlyMap<string, { readonly rev?: number }>,
  next: readonly (readonly [string, unknown])[],
): Revs => Object.fromEntries(next.map(([id]) => [id, before.get(id)?.rev ?? 0]));

const without = (revs: Revs = {}, others: Revs): Revs =>
  Object.fromEntries(Object.entries(revs).filter(([id]) => !Object.hasOwn(others, id)));

/** Only those that have something in them. */
const given = (parts: Readonly<Record<string, object | undefined>>): Readonly<Record<string, object>> =>
  Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]) =>
      part !== undefined && Object.keys(part).length > 0 ? [[name, part]] : [],
    ),
  );

/** A row of put_office (migrations/003). */
export const bodyRow = ([id, body]: readonly [string, unknown]) => ({ id, body });

/** A row of put_office. */
export function personRow([id, body]: readonly [string, Person]) {
  const conversations = body.leftAt === undefined ? body.conversations : [];
  return { id, overseer: isOverseer(body.role), conversations, body };
}

/** A row of put_reports; of answers only those that changed; `sent`: how many versions there were before. */
export function reportRow(before: Report | undefined, { rev, answers, submissions, ...body }: Report) {
  const old: Readonly<Record<string, Answer>> = before?.answers ?? {};
  const was = (id: string) => (Object.hasOwn(old, id) ? old[id] : undefined);
  const sent = before?.submissions.length ?? 0;
  const gone = Object.keys(old).filter((id) => !Object.hasOwn(answers, id));
  return {
    ...{ id: body.id, rev, body },
    answers: Object.fromEntries(Object.entries(answers).filter(([id, answer]) => was(id) !== answer)),
    ...(gone.length > 0 && { gone }),
    ...(submissions.length > sent && { sent, submissions: submissions.slice(sent) }),
  };
}

/** The state knew no history before: what stands there now is the turn's. A unit's recent changes are those that can be undone. */
function recordsOf(state: State) {
  const units = new Map<Recorded, string>();
  for (const [unit, records] of state.recent) for (const record of records) units.set(record, unit);
  return [...state.history].flatMap(([of, records]) =>
    records.map((record) => {
      const unit = units.get(record);
      const n = Number(record.id.slice(record.id.lastIndexOf(':') + 1));
      return { of, n, change: record.change, ...(unit !== undefined && { unit }) };
    }),
  );
}

/** Messages that stay and from which a name was taken. */
function rewordedIn(state: State, said: ReadonlyMap<string, Message>, forget: readonly string[]) {
  return [...state.talks]
    .filter(([conversation]) => !forget.includes(conversation))
    .flatMap(([, { messages }]) => messages.map(({ out }) => out))
    .filter(({ id, message }) => {
      const before = said.get(id);
      return before !== undefined && JSON.stringify(before) !== JSON.stringify(message);
    })
    .map(({ conversation, seq, message }) => ({ conversation, seq, body: message }));
}
