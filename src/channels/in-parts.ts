// What was already done of a message that takes several calls, so that a repetition goes on where it stopped.

/** Half-sent messages remembered at most; the oldest are forgotten first. */
const MOST = 1000;

type HalfSent<T> = {
  /** What was kept for the message; it is forgotten here. */
  take(id: string): T | undefined;
  keep(id: string, done: T): void;
};

export function createHalfSent<T>(): HalfSent<T> {
  const kept = new Map<string, T>();
  return {
    take(id) {
      const done = kept.get(id);
      kept.delete(id);
      return done;
    },
    keep(id, done) {
      const [oldest] = kept.keys();
      if (kept.size >= MOST && oldest !== undefined) kept.delete(oldest);
      kept.set(id, done);
    },
  };
}
