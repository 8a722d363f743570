// The store in a PostgreSQL database, which any number of instances may share.
import type { Campaign } from '../src/domain/campaign.ts';
import type { Recorded } from '../src/domain/change.ts';
import type { Hold } from '../src/domain/channel-state.ts';
import type { Message, Session } from '../src/domain/conversation.ts';
import type { Link } from '../src/domain/link.ts';
import type { Invitation, Person, Unit } from '../src/domain/people.ts';
import { gate } from './gate.ts';
import { forgetOldest } from './history.ts';
import { keysOf } from './keys.ts';
import { type Committing, commit } from './postgres-commit.ts';
import { createKnown, type Known } from './postgres-known.ts';
import { createLeading } from './postgres-lead.ts';
import { type FoundReport, load, reportOf, reportsOf } from './postgres-load.ts';
import { migrate } from './postgres-migrate.ts';
import { openOutbox } from './postgres-outbox.ts';
import { type Database, openDatabase } from './postgres-pool.ts';
import { ASK, REPORTS } from './postgres-sql.ts';
import { plain } from './postgres-text.ts';
import { type ChannelMemory, emptyState } from './state.ts';
import type { Fate, Outgoing, Storage, Turn } from './storage.ts';

/**
 * Opens the database (`url`: postgres://user:password@host:port/name), bringing its tables up to this program first. Throws
 * StorageError: 'away', 'newer' or 'altered'. Once open, every verb throws 'away' while the database does not answer, and works again
 * when it does.
 */
export async function openPostgres(url: string): Promise<Storage> {
  const db = openDatabase(url);
  try {
    await migrate(db);
    const outbox = await openOutbox(db);
    return storageOver({ db, outbox, known: createKnown() });
  } catch (error) {
    await db.end();
    throw error;
  }
}

function storageOver(parts: Committing): Storage {
  const { db, known, outbox } = parts;
  const commitInTurn = inTurn(parts);
  const leading = createLeading(db);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await commitInTurn.idle();
    await leading.close();
    await outbox.close();
    await db.end();
  };
  return {
    exclusive: false,
    load: (ask) => load(db, known, ask),
    commit: commitInTurn.commit,
    unsent: async () => outbox.unsent(),
    onNews: outbox.onNews,
    markSent: (id, delivery) => outbox.settle(id, delivery),
    ...asks(db, known),
    lead: leading.lead,
    close: () => (closing ??= close()),
  };
}

/**
 * Turns of this instance that touch the same things are stored in the order in which they came, as in every store; one that forgets
 * somebody touches conversations that only the database knows, so that all later ones wait for it.
 */
function inTurn(parts: Committing): Pick<Storage, 'commit'> & { idle(): Promise<void> } {
  const { run, idle } = gate();
  let forgetting: Promise<unknown> | undefined;
  return {
    idle,
    async commit(turn) {
      // What is kept is the turn as it was handed over, whatever becomes of the caller's object.
      const own = JSON.parse(JSON.stringify(turn)) as Turn;
      const keys = keysOf(emptyState(), own);
      const forgets = own.changes.some(({ type }) => type === 'person_forgotten');
      while (forgetting) await forgetting;
      const stored = run(keys, () => commit(parts, own));
      if (!forgets) return stored;
      forgetting = stored.catch(() => {}).finally(() => (forgetting = undefined));
      return stored;
    },
  };
}

type FoundFate = {
  readonly state: string;
  readonly hold: Hold | null;
  readonly knocked: boolean;
  readonly why: string;
};
type FoundMessage = { readonly out: Omit<Outgoing, 'message'>; readonly message: Message };

/** The verbs that only ask. */
function asks(
  db: Database,
  known: Known,
): Omit<Storage, 'exclusive' | 'load' | 'commit' | 'unsent' | 'onNews' | 'markSent' | 'lead' | 'close'> {
  const one = async <T>(
    statement: (typeof ASK)[keyof typeof ASK],
    ...values: unknown[]
  ): Promise<T | undefined> => (await db.ask<T | null>(statement, values)) ?? undefined;
  const all = async <T>(
    statement: (typeof ASK)[keyof typeof ASK],
    ...values: unknown[]
  ): Promise<readonly T[]> => (await db.ask<readonly T[]>(statement, values)) ?? [];
  return {
    fate: async (conversation, id) => {
      const found = await one<FoundFate>(ASK.fate, plain(conversation), plain(id));
      return found && fateOf(found);
    },
    sentAs: (conversation, key) => one<string>(ASK.sentAs, plain(conversation), plain(key)),
    transcript: async (conversation, after, limit) => {
      if (limit <= 0) return [];
      const found = await all<FoundMessage>(ASK.transcript, plain(conversation), after, limit);
      return found.map(({ out, message }) => ({ ...out, message }));
    },
    history: (of) => all<Recorded>(ASK.history, plain(of)),
    recent: async (unit) => {
      const recent = [...(await all<Recorded>(ASK.recent, plain(unit)))];
      forgetOldest(recent);
      return recent.reverse();
    },
    report: async (id) => {
      const [found] = (await db.ask<readonly FoundReport[]>(REPORTS, [[plain(id)]])) ?? [];
      return found && reportOf(found);
    },
    reports: (campaign) => reportsOf(db, known, campaign),
    campaign: (id) => one<Campaign>(ASK.campaign, plain(id)),
    campaigns: () => all<Campaign>(ASK.campaigns),
    unit: (id) => one<Unit>(ASK.unit, plain(id)),
    units: () => all<Unit>(ASK.units),
    people: () => all<Person>(ASK.people),
    invitations: () => all<Invitation>(ASK.invitations),
    sessions: () => all<Session>(ASK.sessions),
    session: (conversation) => one<Session>(ASK.session, plain(conversation)),
    link: (id) => one<Link>(ASK.link, plain(id)),
    channelState: (channel) => one<ChannelMemory>(ASK.channelState, plain(channel)),
  };
}

function fateOf({ state, hold, knocked, why }: FoundFate): Fate {
  if (hold !== null) return { is: 'held', hold, knocked };
  switch (state) {
    case 'sent':
    case 'unknown':
      return { is: state };
    case 'never':
      return { is: 'never', why };
    default:
      return { is: 'waiting' };
  }
}
