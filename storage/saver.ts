// When a snapshot is made: the journal has grown enough, somebody was forgotten, or one that was owed has failed.
import { type Saving, save } from './save.ts';
import type { SnapshotFile } from './snapshot.ts';

/**
 * A snapshot is due when the journal has this many bytes, or as many as the last snapshot if that is more: the cost of a turn stays
 * flat, and a start reads at most about twice what is stored.
 */
const JOURNAL_BYTES = 16 * 1024 * 1024;
/** How long after a failure it is tried again, where nothing else leads to it (ms). */
export const AGAIN = 10_000;

export type Saver = {
  /** Makes one at once; rejects when it cannot be written. Not while another one is being made. */
  saveNow(): Promise<void>;
  /** Looks whether a snapshot is due; turns go on meanwhile. */
  look(): void;
  /** A snapshot without somebody who was forgotten: made as soon as it can be, also when one that still has them is being written. */
  saveAnew(): void;
  /** Makes the last one, unless everything is in one already. Nothing is begun any more; rejects when it cannot be written. */
  close(): Promise<void>;
};

type Parts = Saving & {
  readonly snapshot: SnapshotFile;
  /** A snapshot after so many journal lines instead of by size. */
  readonly snapshotEvery: number | undefined;
  /** AGAIN, for tests. */
  readonly again: number;
};

/** A snapshot that fails loses nothing: the journals stay, and the operator is warned. */
export function createSaver(parts: Parts): Saver {
  const { journal, snapshot, snapshotEvery, again } = parts;
  let saving: Promise<void> | undefined;
  let isOwed = false;
  let isClosed = false;
  /** The journal that could not be followed by a new one, and when that was tried. */
  let stuck: { readonly number: number; readonly at: number } | undefined;
  let timer: NodeJS.Timeout | undefined;

  const isDue = (): boolean =>
    snapshotEvery === undefined
      ? journal.bytes >= Math.max(JOURNAL_BYTES, snapshot.size())
      : journal.lines >= snapshotEvery;
  // Without a new journal every turn would try again, and warn.
  const mustWait = (): boolean =>
    stuck?.number === journal.number && performance.now() - (stuck?.at ?? 0) < again;

  function begin(): void {
    if (saving || isClosed) return;
    const owes = isOwed;
    isOwed = false;
    const { number } = journal;
    saving = save(parts)
      .catch((error: unknown) => {
        if (journal.number === number) stuck = { number, at: performance.now() };
        process.emitWarning(error instanceof Error ? error : String(error));
        if (!owes) return;
        isOwed = true;
        clearTimeout(timer);
        timer = setTimeout(begin, again).unref();
      })
      .finally(() => {
        saving = undefined;
      });
  }

  return {
    saveNow: () => save(parts),
    look() {
      if (isDue() && !mustWait()) begin();
    },
    saveAnew() {
      isOwed = true;
      if (saving) void saving.then(begin);
      else begin();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await saving;
      if (journal.lines > 0 || journal.number !== parts.savedFrom) await save(parts);
    },
  };
}
