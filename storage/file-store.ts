// The store over an open data folder: state in memory, every turn a durable journal line, a snapshot now and then.
import type { Recorded } from '../src/domain/change.ts';
import type { Report } from '../src/domain/report.ts';
import { isDamage, StorageError } from './errors.ts';
import { forgottenBy } from './forget.ts';
import type { Gate } from './gate.ts';
import type { Journal } from './journal.ts';
import { keysOf } from './keys.ts';
import { leadAlone } from './lead-alone.ts';
import {
  fateOf,
  loadedFrom,
  look,
  recentIn,
  reportIdsOf,
  sessionsOf,
  transcriptOf,
  unsentOf,
  wantedBy,
} from './look.ts';
import { bringBack, type Entry } from './recover.ts';
import type { Saver } from './saver.ts';
import { takeDown } from './shelf.ts';
import type { State } from './state.ts';
import type { Storage, Turn } from './storage.ts';
import { settle } from './talk.ts';
import { apply, prepare, refusal } from './turn.ts';

export type FileStore = {
  readonly folder: string;
  readonly state: State;
  readonly journal: Journal;
  readonly gate: Gate;
  readonly saver: Saver;
  closed: boolean;
  /** Of which damage the operator was told. */
  readonly warned: Set<string>;
};

/** What the store answers, and how it takes turns; `release` frees the folder at the end. */
export function storageOver(store: FileStore, release: () => Promise<void>): Storage {
  const { state } = store;
  let closing: Promise<void> | undefined;
  return {
    // The folder has a lock.
    exclusive: true,
    async load(ask) {
      const looked = look(state, ask);
      try {
        return loadedFrom(looked, await reportsOf(store, wantedBy(looked)));
      } catch (error) {
        // Earlier reports only help to ask: one that cannot be read keeps nobody from answering.
        warnOfDamage(store, error);
        return loadedFrom({ ...looked, previous: [], merged: [] }, []);
      }
    },
    commit: (turn) => commit(store, turn),
    unsent: async () => unsentOf(state),
    onNews: () => {},
    lead: leadAlone,
    async markSent(id, delivery) {
      refuseWhenClosed(store);
      const waiting = state.unsent.get(id);
      if (!waiting) return;
      const attempts = waiting.out.attempts + (delivery.outcome === 'retry' ? 1 : 0);
      const line = JSON.stringify({ sent: id, delivery, attempts } satisfies Entry);
      if (delivery.outcome === 'begun')
        return store.journal.append(line, () => settle(state, id, delivery, attempts));
      settle(state, id, delivery, attempts);
      store.journal.later(line);
    },
    fate: async (conversation, id) => fateOf(state, conversation, id),
    sentAs: async (conversation, key) => state.talks.get(conversation)?.platformIds.get(key)?.id,
    transcript: async (conversation, after, limit) =>
      transcriptOf(state.talks.get(conversation), after, limit),
    history: (report) => historyOf(store, report),
    recent: async (unit) => recentIn(state, unit),
    report: async (id) => (await reportsOf(store, [id]))[0],
    reports: async (campaign) =>
      (await reportsOf(store, reportIdsOf(state, campaign))).flatMap((report) => report ?? []),
    campaign: async (id) => state.campaigns.get(id),
    campaigns: async () => [...state.campaigns.values()],
    unit: async (id) => state.units.get(id),
    units: async () => [...state.units.values()],
    people: async () => [...state.people.values()],
    invitations: async () => [...state.invitations.values()],
    sessions: async () => sessionsOf(state),
    session: async (conversation) => state.talks.get(conversation)?.session,
    link: async (id) => state.links.get(id),
    channelState: async (channel) => state.channels.get(channel),
    close: () => (closing ??= close(store, release)),
  };
}

/**
 * The state changes only when the line is durable, so that a failed write leaves nothing to undo and nobody sees what may yet be lost.
 * Turns that touch the same conversation, report, channel, campaign, person or invitation wait for each other (the later one must
 * be judged by what the earlier one left); all others go side by side and share a sync.
 */
async function commit(store: FileStore, turn: Turn): Promise<'done' | 'duplicate' | 'stale'> {
  refuseWhenClosed(store);
  const { state } = store;
  const text = JSON.stringify({ turn } satisfies Entry);
  // What is kept is what was written, not the caller's object, which may still change.
  const own = (JSON.parse(text) as { turn: Turn }).turn;
  const keys = keysOf(state, own);
  return store.gate.run(keys, async () => {
    await bringBack(store.folder, state, own);
    const refused = refusal(state, own);
    if (refused) return refused;
    // Whoever is to be forgotten has got a further conversation while this waited, whose turns did not wait for this one.
    if (keysOf(state, own).some((key) => !keys.includes(key))) return 'stale';
    const reports = prepare(state, own);
    await store.journal.append(text, () => apply(state, own, reports));
    if (forgottenBy(own).length > 0) store.saver.saveAnew();
    else store.saver.look();
    return 'done';
  });
}

function refuseWhenClosed(store: FileStore): void {
  if (store.closed) throw new Error(`the store in ${store.folder} is closed`);
}

/** Tells the operator once of each damage to files of closed periods; any other error is thrown. */
function warnOfDamage({ warned }: FileStore, error: unknown): void {
  if (!(error instanceof StorageError && isDamage(error))) throw error;
  if (warned.has(error.message)) return;
  warned.add(error.message);
  process.emitWarning(error);
}

async function historyOf({ folder, state }: FileStore, id: string): Promise<readonly Recorded[]> {
  const card = state.shelved.get(id);
  if (!card) return [...(state.history.get(id) ?? [])];
  const [item] = await takeDown(folder, [card]);
  return item?.history ?? [];
}

/** Reports in the order asked for, from memory or from the shelf. */
async function reportsOf(store: FileStore, ids: readonly string[]): Promise<readonly (Report | undefined)[]> {
  const { reports, shelved } = store.state;
  const found = ids.map((id) => reports.get(id));
  const cards = ids.flatMap((id) => shelved.get(id) ?? []);
  if (cards.length === 0) return found;
  const down = new Map((await takeDown(store.folder, cards)).map(({ report }) => [report.id, report]));
  return ids.map((id, n) => found[n] ?? down.get(id));
}

async function close(store: FileStore, release: () => Promise<void>): Promise<void> {
  store.closed = true;
  await store.gate.idle();
  try {
    await store.saver.close();
  } finally {
    await store.journal.close();
    await release();
  }
}
