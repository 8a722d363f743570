// What became of messages a moment ago: the database notes it without waiting for its disk, so that a crash of it may forget that.
import type { Delivery } from './storage.ts';

export type Settled = {
  note(id: string, delivery: Delivery): void;
  /** What became of a message that the database says still waits; undefined: nothing that we know of. */
  of(id: string): Delivery | undefined;
  /** A look at what waits, which began then (performance.now()), has come to its end: what was noted long before is safe. */
  looked(began: number): void;
};

/** Far longer than the database takes to write down what it noted (ms; three times its wal_writer_delay, which is 0.2 s and at most 10). */
const SAFE = 35_000;

export function createSettled(): Settled {
  const recent = new Map<string, { readonly delivery: Delivery; readonly at: number }>();
  return {
    note(id, delivery) {
      recent.delete(id);
      recent.set(id, { delivery, at: performance.now() });
    },
    of: (id) => recent.get(id)?.delivery,
    looked(began) {
      for (const [id, { at }] of recent) {
        if (at > began - SAFE) break;
        recent.delete(id);
      }
    },
  };
}
