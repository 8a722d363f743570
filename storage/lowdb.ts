// The store of a single process: state in memory, every turn a durable journal line, a readable snapshot through lowdb now and then.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Adapter, Low } from 'lowdb';
import type { Recorded } from '../src/domain/change.ts';
import type { Report } from '../src/domain/report.ts';
import { unwritable } from './errors.ts';
import { syncFolder } from './files.ts';
import { type Gate, gate } from './gate.ts';
import type { Journal } from './journal.ts';
import { keysOf } from './keys.ts';
import { takeLock } from './lock.ts';
import { loadedFrom, look, reportIdsOf, sessionsOf, transcriptOf, unsentOf } from './look.ts';
import { bringBack, type Entry, recover } from './recover.ts';
import { save } from './save.ts';
import { capture, type Saved } from './saved.ts';
import { takeDown } from './shelf.ts';
import { type SnapshotFile, snapshotFile } from './snapshot.ts';
import type { State } from './state.ts';
import type { Storage, Turn } from './storage.ts';
import { settle } from './talk.ts';
import { apply, prepare, refusal } from './turn.ts';

/** A snapshot is due when the journal has this many bytes, or half of the last snapshot's if that is more: the cost per turn stays flat. */
const JOURNAL_BYTES = 4 * 1024 * 1024;

type Store = {
  readonly folder: string;
  readonly state: State;
  readonly journal: Journal;
  readonly snapshot: SnapshotFile;
  readonly write: (saved: Saved) => Promise<void>;
  readonly gate: Gate;
  readonly snapshotEvery: number | undefined;
  /** The journal that continues the snapshot; a higher one is open when the last snapshot failed. */
  savedFrom: number;
  saving: Promise<void> | undefined;
  closed: boolean;
};

/**
 * Opens the data folder, making it when there is none. `snapshotEvery`: a snapshot after so many journal lines instead of by size.
 * Throws StorageError, whose message says what to do, when the folder cannot be written, is in use, or holds damaged or newer data.
 */
export async function openLowdb(folder: string, options: { snapshotEvery?: number } = {}): Promise<Storage> {
  await makeFolder(folder);
  const lock = await takeLock(join(folder, 'lock'));
  try {
    const snapshot = snapshotFile(join(folder, 'state.json'));
    const low = new Low<Saved | null>(adapterOf(snapshot), null);
    await low.read();
    const { state, journal } = await recover(folder, low.data);
    // From the first turn on there is a snapshot, so that a folder without one can only be new or damaged.
    const savedFrom = low.data?.journal || journal.number;
    if (!low.data?.journal) await writeThrough(low, capture(state, journal.number));
    low.data = null;
    const { snapshotEvery } = options;
    const store: Store = {
      ...{ folder, state, journal, snapshot, snapshotEvery, gate: gate() },
      write: (saved) => writeThrough(low, saved),
      savedFrom,
      saving: undefined,
      closed: false,
    };
    return storageOver(store, () => lock.release());
  } catch (error) {
    await lock.release();
    throw error;
  }
}

const adapterOf = (snapshot: SnapshotFile): Adapter<Saved | null> => ({
  read: () => snapshot.read(),
  write: async (saved) => {
    if (saved) await snapshot.write(saved);
  },
});

/** Hands a snapshot to lowdb for as long as the writing takes; in between nothing is held twice. */
async function writeThrough(low: Low<Saved | null>, saved: Saved): Promise<void> {
  low.data = saved;
  try {
    await low.write();
  } finally {
    low.data = null;
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    const made = await mkdir(folder, { recursive: true });
    if (made !== undefined) await syncFolder(dirname(made));
  } catch (error) {
    throw unwritable(folder, error);
  }
}

function storageOver(store: Store, release: () => Promise<void>): Storage {
  const { state } = store;
  let closing: Promise<void> | undefined;
  return {
    async load(ask) {
      const looked = look(state, ask);
      return loadedFrom(
        looked,
        await reportsOf(
          store,
          looked.previous.map(({ report }) => report),
        ),
      );
    },
    commit: (turn) => commit(store, turn),
    unsent: async () => unsentOf(state),
    async markSent(id, delivery) {
      refuseWhenClosed(store);
      const waiting = state.unsent.get(id);
      if (!waiting) return;
      const attempts = waiting.out.attempts + (delivery.outcome === 'retry' ? 1 : 0);
      settle(state, id, delivery, attempts);
      store.journal.later(JSON.stringify({ sent: id, delivery, attempts } satisfies Entry));
    },
    sentAs: async (conversation, key) => state.talks.get(conversation)?.platformIds.get(key)?.id,
    transcript: async (conversation, after, limit) =>
      transcriptOf(state.talks.get(conversation), after, limit),
    history: (report) => historyOf(store, report),
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
    close: () => (closing ??= close(store, release)),
  };
}

/**
 * The state changes only when the line is durable, so that a failed write leaves nothing to undo and nobody sees what may yet be lost.
 * Turns that touch the same conversation, report, campaign or invitation wait for each other (the later one must be judged by
 * what the earlier one left); all others go side by side and share a sync.
 */
async function commit(store: Store, turn: Turn): Promise<'done' | 'duplicate' | 'stale'> {
  refuseWhenClosed(store);
  const { state } = store;
  const text = JSON.stringify({ turn } satisfies Entry);
  // What is kept is what was written, not the caller's object, which may still change.
  const own = (JSON.parse(text) as { turn: Turn }).turn;
  return store.gate.run(keysOf(own), async () => {
    await bringBack(store.folder, state, own);
    const refused = refusal(state, own);
    if (refused) return refused;
    const reports = prepare(state, own);
    await store.journal.append(text, () => apply(state, own, reports));
    if (snapshotIsDue(store)) saveInBackground(store);
    return 'done';
  });
}

function refuseWhenClosed(store: Store): void {
  if (store.closed) throw new Error(`the store in ${store.folder} is closed`);
}

async function historyOf({ folder, state }: Store, id: string): Promise<readonly Recorded[]> {
  const card = state.shelved.get(id);
  if (!card) return [...(state.history.get(id) ?? [])];
  const [item] = await takeDown(folder, [card]);
  return item?.history ?? [];
}

/** Reports in the order asked for, from memory or from the shelf. */
async function reportsOf(store: Store, ids: readonly string[]): Promise<readonly (Report | undefined)[]> {
  const { reports, shelved } = store.state;
  const found = ids.map((id) => reports.get(id));
  const cards = ids.flatMap((id) => shelved.get(id) ?? []);
  if (cards.length === 0) return found;
  const down = new Map((await takeDown(store.folder, cards)).map(({ report }) => [report.id, report]));
  return ids.map((id, n) => found[n] ?? down.get(id));
}

function snapshotIsDue({ journal, snapshot, snapshotEvery }: Store): boolean {
  if (snapshotEvery !== undefined) return journal.lines >= snapshotEvery;
  return journal.bytes >= Math.max(JOURNAL_BYTES, snapshot.size() / 2);
}

/** Turns go on meanwhile. A snapshot that fails loses nothing: the journals stay, and the next one is tried when the new journal is full. */
function saveInBackground(store: Store): void {
  store.saving ??= save(store)
    .catch((error: unknown) => process.emitWarning(error instanceof Error ? error : String(error)))
    .finally(() => {
      store.saving = undefined;
    });
}

async function close(store: Store, release: () => Promise<void>): Promise<void> {
  store.closed = true;
  await store.gate.idle();
  await store.saving;
  try {
    if (store.journal.lines > 0 || store.journal.number !== store.savedFrom) await save(store);
  } finally {
    await store.journal.close();
    await release();
  }
}
