// Work in order per key (a conversation), side by side between keys, and never stuck behind one that hangs.

/** Runs `work` after everything queued before under the same key. A step that takes longer than `limit` ms no longer holds up the next. */
export type Queue = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Makes a queue; memory is used only for keys that have work. */
export function createQueue(limit: number): Queue & { idle(): Promise<void> } {
  const tails = new Map<string, Promise<void>>();
  const queue = <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const before = tails.get(key) ?? Promise.resolve();
    const result = before.then(work);
    // The time counts from when the step begins: what only waits behind a slow one keeps its place.
    const tail = before
      .then(() => withinLimit(result, limit))
      .finally(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
    tails.set(key, tail);
    return result;
  };
  return Object.assign(queue, { idle: async () => void (await Promise.all(tails.values())) });
}

function withinLimit(work: Promise<unknown>, limit: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, limit);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    work.then(done, done);
  });
}
