// Opening a data folder as the store of a single process; the readable snapshot in it goes through lowdb.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Adapter, Low } from 'lowdb';
import { unwritable } from './errors.ts';
import { storageOver } from './file-store.ts';
import { syncFolder } from './files.ts';
import { gate } from './gate.ts';
import { takeLock } from './lock.ts';
import { recover } from './recover.ts';
import { capture, type Saved } from './saved.ts';
import { AGAIN, createSaver } from './saver.ts';
import { type SnapshotFile, snapshotFile } from './snapshot.ts';
import type { Storage } from './storage.ts';

/**
 * Opens the data folder, making it when there is none. `snapshotEvery`: a snapshot after so many journal lines instead of by size; `again`:
 * how long after a failure it is tried again (ms).
 * Throws StorageError, whose message says what to do, when the folder cannot be written, is in use, or holds damaged or newer data.
 */
export async function openLowdb(
  folder: string,
  options: { snapshotEvery?: number; again?: number } = {},
): Promise<Storage> {
  await makeFolder(folder);
  const lock = await takeLock(join(folder, 'lock'));
  try {
    const snapshot = snapshotFile(join(folder, 'state.json'));
    const low = new Low<Saved | null>(adapterOf(snapshot), null);
    await low.read();
    const { state, journal, forgets, isOlder } = await recover(folder, low.data);
    // From the first turn on there is a snapshot, so that a folder without one can only be new or damaged.
    const savedFrom = low.data?.journal || journal.number;
    if (!low.data?.journal) await writeThrough(low, capture(state, journal.number));
    low.data = null;
    const { snapshotEvery, again = AGAIN } = options;
    const own = gate();
    const saver = createSaver({
      ...{ folder, state, journal, snapshot, snapshotEvery, again, gate: own, savedFrom },
      write: (saved) => writeThrough(low, saved),
    });
    // The first word of this release must not stand in a file that an earlier one would read on from.
    if (isOlder) await saver.saveNow();
    // It died before the snapshot without the name was written.
    else if (forgets) saver.saveAnew();
    const store = { folder, state, journal, saver, gate: own, closed: false, warned: new Set<string>() };
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
    // For the bot alone, as the files in it are.
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) await syncFolder(dirname(made));
  } catch (error) {
    throw unwritable(folder, error);
  }
}
