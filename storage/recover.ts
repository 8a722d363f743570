// Starting from a data folder: the snapshot, then the journals after it, or an error that names what is damaged.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CHANGES } from '../src/domain/change.ts';
import { damaged, StorageError, unwritable } from './errors.ts';
import { syncPath } from './files.ts';
import { forgottenBy } from './forget.ts';
import { Journal } from './journal.ts';
import { damagedLine, JOURNAL_VERSION, type JournalText, journalPath, readJournal } from './journal-file.ts';
import { restore, type Saved, VERSION } from './saved.ts';
import { checkShelf, shelfFiles, sweepShelf, takeDown } from './shelf.ts';
import { emptyState, type State, setReport } from './state.ts';
import type { Delivery, Turn } from './storage.ts';
import { settle } from './talk.ts';
import { apply, prepare, reportsChangedBy } from './turn.ts';

/** What a journal line holds: a stored turn, or what became of a message (`attempts` in all, so that reading it twice is harmless). */
export type Entry =
  | { readonly turn: Turn }
  | { readonly sent: string; readonly delivery: Delivery; readonly attempts: number };

const JOURNAL = /^journal-(\d{6,})\.log$/;

/** What a folder holds: the state, its journals and the last of them, and whether a snapshot still has names in it that must go. */
type Stored = {
  readonly state: State;
  readonly numbers: readonly number[];
  readonly tail: JournalText;
  readonly forgets: boolean;
};

/**
 * Brings back what was stored in `folder` and opens its journal for more. `saved` is the snapshot, null when there is none.
 * Leaves out a torn last write, which was never acknowledged. `isOlder`: an earlier release wrote it. Throws StorageError for any
 * other damage, having changed nothing.
 */
export async function recover(
  folder: string,
  saved: Saved | null,
): Promise<{ state: State; journal: Journal; forgets: boolean; isOlder: boolean }> {
  const { state, numbers, tail, forgets } = await readStored(folder, saved);
  const number = numbers.at(-1) ?? 1;
  // Whoever was killed may have left names that are not durable yet: nothing is built on them, or removed, before they are.
  await syncPath(folder).catch((error: unknown) => {
    throw unwritable(folder, error);
  });
  const journal = await Journal.open(folder, number, tail.bytes, tail.entries.length);
  await removeJournalsBefore(folder, numbers[0] ?? 1);
  await sweepShelf(folder, new Set(saved?.shelved.map(({ place }) => place.file)));
  const isOlder = tail.version < JOURNAL_VERSION || (saved?.version ?? VERSION) < VERSION;
  return { state, journal, forgets, isOlder };
}

/** The same without changing or opening anything for writing. Throws StorageError for damage, as `recover` does. */
export async function readStored(folder: string, saved: Saved | null): Promise<Stored> {
  const present = await journalsIn(folder);
  const numbers = await journalsAfter(folder, saved, present);
  await checkShelf(folder, saved?.shelved ?? []);
  const state = saved ? restore(saved) : emptyState();
  let tail: JournalText = { version: JOURNAL_VERSION, bytes: 0, entries: [] };
  let forgets = false;
  for (const number of numbers) {
    const last = number === numbers.at(-1);
    // A snapshot names only a journal that was made whole before; one after it may have been in the making.
    const unfinished = last && number !== saved?.journal;
    tail = await readJournal(journalPath(folder, number), number, { last, unfinished });
    if (!saved && tail.entries.length > 0) throw snapshotIsMissing(folder);
    await replay(folder, state, number, tail);
    forgets ||= tail.entries.some(({ content }) => 'turn' in (content as Entry) && isForgetting(content));
  }
  return { state, numbers, tail, forgets };
}

const isForgetting = (content: unknown): boolean =>
  forgottenBy((content as Extract<Entry, { turn: Turn }>).turn).length > 0;

/** Removes the journals whose content the snapshot holds. */
export async function removeJournalsBefore(folder: string, number: number): Promise<void> {
  for (const old of await journalsIn(folder)) {
    if (old < number) await rm(journalPath(folder, old), { force: true });
  }
}

async function journalsIn(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder);
  return names
    .flatMap((name) => JOURNAL.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** The journals to read, which must follow each other without a gap; none in a folder that is new. */
async function journalsAfter(
  folder: string,
  saved: Saved | null,
  present: readonly number[],
): Promise<readonly number[]> {
  const first = saved?.journal || 1;
  const numbers = present.filter((number) => number >= first);
  const gap = numbers.findIndex((number, n) => number !== first + n);
  if (numbers.length > 0 && gap < 0) return numbers;
  const missing = first + Math.max(gap, 0);
  const isNew =
    present.length === 0 && (saved ? saved.journal === 0 : (await shelfFiles(folder)).length === 0);
  if (isNew) return [];
  if (!saved) throw snapshotIsMissing(folder);
  throw damaged(
    journalPath(folder, missing),
    ' is missing',
    'Then restore it from a backup. Without a backup: move the other journals away, set "journal" to 0 in state.json, and remove its line with "crc" and the comma before it; ' +
      `what was answered after ${saved.savedAt} must be entered anew`,
  );
}

const snapshotIsMissing = (folder: string): StorageError =>
  damaged(
    join(folder, 'state.json'),
    ' is missing, though there are files that belong to it',
    'Then restore the folder from a backup',
  );

async function replay(folder: string, state: State, number: number, { entries }: JournalText): Promise<void> {
  for (const { line, content } of entries) {
    const entry = content as Entry;
    if ('sent' in entry) {
      settle(state, entry.sent, entry.delivery, entry.attempts);
      continue;
    }
    const path = journalPath(folder, number);
    const unknown = entry.turn.changes.find(({ type }) => !Object.hasOwn(CHANGES, type));
    if (unknown) throw writtenByNewer(path, line, unknown.type);
    await bringBack(folder, state, entry.turn);
    try {
      // What was accepted once stays accepted: revs are not compared again.
      apply(state, entry.turn, prepare(state, entry.turn));
    } catch (error) {
      throw damagedLine(path, line, error);
    }
  }
}

/** Its line is whole: whoever left it out would lose what it holds. */
const writtenByNewer = (path: string, line: number, type: string): StorageError =>
  new StorageError(
    'newer',
    `${path} holds in line ${line} a change "${type}" that this release does not know. Nothing was changed. Install the newer release again`,
  );

/** Takes the reports that a turn changes, or whose campaign it opens again, from the shelf back into memory. */
export async function bringBack(folder: string, state: State, turn: Turn): Promise<void> {
  if (state.shelved.size === 0) return;
  const reopened = turn.changes.flatMap((change) =>
    change.type === 'campaign_set' && change.campaign.closedAt === undefined ? [change.campaign.id] : [],
  );
  const ids = [
    ...reportsChangedBy(turn),
    ...reopened.flatMap((campaign) => [...(state.reportsOfCampaign.get(campaign) ?? [])]),
  ];
  const cards = ids.flatMap((id) => state.shelved.get(id) ?? []);
  if (cards.length === 0) return;
  for (const { report, history } of await takeDown(folder, cards)) {
    // Another turn may have brought it back, and changed it, while the file was read.
    if (!state.shelved.delete(report.id)) continue;
    state.history.set(report.id, [...history]);
    setReport(state, report);
  }
}
