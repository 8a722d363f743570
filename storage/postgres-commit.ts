// Storing a turn: what it is judged by is read (or known), the pure functions say what it changes, and one statement writes that.
import type { Campaign } from '../src/domain/campaign.ts';
import type { Session } from '../src/domain/conversation.ts';
import type { Invitation, Person } from '../src/domain/people.ts';
import { systemCode } from './errors.ts';
import { keysOf } from './keys.ts';
import type { Known } from './postgres-known.ts';
import { type FoundReport, reportOf } from './postgres-load.ts';
import type { Outbox } from './postgres-outbox.ts';
import type { Database } from './postgres-pool.ts';
import { type Basis, type Written, write } from './postgres-rows.ts';
import { BASIS, FORGOTTEN, STORE } from './postgres-sql.ts';
import { plain, toJson } from './postgres-text.ts';
import { type ChannelMemory, emptyState, setCampaign, setPerson, setReport } from './state.ts';
import type { Outgoing, Turn } from './storage.ts';
import { talkOf } from './talk.ts';
import { refusal } from './turn.ts';

export type Committing = { readonly db: Database; readonly known: Known; readonly outbox: Outbox };

/** How often a turn is judged again because something changed between reading and writing. */
const MOST_RACES = 50;
/** What store_turn raises then, and what two get who put in the same thing at once. */
const CHANGED = new Set(['CT001', '23505']);

/**
 * One round trip where everything the turn was judged by is known and still stands, otherwise two; each race costs two more.
 * Throws StorageError 'away'; whether the turn is stored then shows when its event comes again.
 */
export async function commit(parts: Committing, turn: Turn): Promise<'done' | 'duplicate' | 'stale'> {
  const supposed = supposedWrite(parts.known, turn);
  if (supposed && (await stored(parts, turn, supposed))) return 'done';
  for (let race = 0; race < MOST_RACES; race++) {
    const basis = await read(parts.db, turn);
    const refused = refusal(basis.state, turn);
    if (refused) return refused;
    if (await stored(parts, turn, write(basis, turn))) return 'done';
  }
  throw new Error(`turn ${turn.event}: what it is judged by changed ${MOST_RACES} times while it was stored`);
}

/** False when something has changed since it was read; then nothing was stored. */
async function stored({ db, known, outbox }: Committing, turn: Turn, written: Written): Promise<boolean> {
  let mine: readonly Pick<Outgoing, 'id' | 'conversation' | 'seq'>[];
  try {
    const { me, mayTakeOver } = outbox.claimant();
    const heard = turn.session !== undefined;
    mine = (await db.ask<typeof mine>(STORE, [toJson({ ...written.rows, me, mayTakeOver, heard })])) ?? [];
  } catch (error) {
    if (CHANGED.has(systemCode(error) ?? '')) return false;
    throw error;
  }
  for (const report of written.reports) known.reports.put(report);
  for (const conversation of written.reread) outbox.drop(conversation);
  outbox.add(mine.map((each) => outgoingOf(turn, each)));
  return true;
}

function outgoingOf(turn: Turn, place: Pick<Outgoing, 'id' | 'conversation' | 'seq'>): Outgoing {
  const given = turn.outgoing[Number(place.id.slice(place.id.lastIndexOf(':') + 1))];
  if (!given) throw new Error(`message ${place.id} is not of the turn it was stored with`);
  return { ...place, message: given.message, createdAt: turn.at, attempts: 0 };
}

/**
 * The turn done to what it says it has read, when that is known and it changes nothing but reports: the database then only has to
 * agree. Undefined in every other case, also when the turn would be refused.
 */
function supposedWrite(known: Known, turn: Turn): Written | undefined {
  const { session, reports, channels, campaigns, people } = turn.expects;
  if (![channels, campaigns, people].every((revs) => Object.keys(revs ?? {}).length === 0)) return undefined;
  if (turn.session && session === undefined) return undefined;
  if (!turn.changes.every((change) => 'report' in change)) return undefined;
  const state = emptyState();
  for (const [id, rev] of Object.entries(reports)) {
    const report = rev === 0 ? undefined : known.reports.get(id);
    if (report?.rev !== (rev === 0 ? undefined : rev)) return undefined;
    if (report) setReport(state, report);
  }
  if (session) {
    const { conversation } = turn;
    talkOf(state, conversation).session = {
      conversation,
      waiting: { flow: 'menu' },
      doubts: [],
      rev: session,
    };
  }
  try {
    return refusal(state, turn) ? undefined : write({ state, invitations: new Map() }, turn);
  } catch {
    return undefined;
  }
}

type Found = {
  readonly handled: boolean;
  readonly session: Session | null;
  readonly reports: readonly FoundReport[];
  readonly campaigns: readonly Campaign[];
  readonly people: readonly Person[];
  readonly invitations: readonly { readonly rev: number; readonly body: Invitation }[];
  readonly channels: readonly (ChannelMemory & { readonly name: string })[];
};

/** Everything that decides about the turn; whom it forgets costs a second round trip. */
async function read(db: Database, turn: Turn): Promise<Basis> {
  const state = emptyState();
  const invitations = new Map<string, number>();
  const idsOf = idsIn(turn);
  const found = await db.ask<Found>(BASIS, [
    ...[plain(turn.conversation), plain(turn.event)],
    ...['report', 'campaign', 'person', 'invitation', 'channel'].map(idsOf),
  ]);
  if (!found) throw new Error('the database gave no answer to a question that always has one');
  const talk = talkOf(state, turn.conversation);
  if (found.session) talk.session = found.session;
  if (found.handled) talk.handled.add(turn.event);
  for (const report of found.reports) setReport(state, reportOf(report));
  for (const campaign of found.campaigns) setCampaign(state, campaign);
  for (const person of found.people) setPerson(state, person);
  for (const { name, ...memory } of found.channels) state.channels.set(name, memory);
  for (const { rev, body } of found.invitations) {
    state.invitations.set(body.id, body);
    invitations.set(body.id, rev);
  }
  await readForgotten(db, turn, { state, invitations });
  return { state, invitations };
}

type Forgotten = Pick<Found, 'people' | 'invitations'> & {
  readonly messages: readonly {
    readonly out: Omit<Outgoing, 'message'>;
    readonly message: Outgoing['message'];
  }[];
};

async function readForgotten(
  db: Database,
  { changes }: Turn,
  { state, invitations }: Basis & { invitations: Map<string, number> },
): Promise<void> {
  const ids = changes.flatMap((each) => (each.type === 'person_forgotten' ? [plain(each.person)] : []));
  if (ids.length === 0) return;
  const found = await db.ask<Forgotten>(FORGOTTEN, [ids]);
  for (const person of found?.people ?? []) if (!state.people.has(person.id)) setPerson(state, person);
  for (const { rev, body } of found?.invitations ?? []) {
    state.invitations.set(body.id, body);
    invitations.set(body.id, rev);
  }
  for (const { out, message } of found?.messages ?? []) {
    talkOf(state, out.conversation).messages.push({ out: { ...out, message }, dealt: false });
  }
}

/** The ids of one kind that a turn names among what keeps turns apart. */
function idsIn(turn: Turn): (kind: string) => readonly string[] {
  const keys = keysOf(emptyState(), turn);
  return (kind) =>
    keys.flatMap((key) => (key.startsWith(`${kind} `) ? [plain(key.slice(kind.length + 1))] : []));
}
