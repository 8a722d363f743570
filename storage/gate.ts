// Lets works that touch the same things pass one after the other, in the order they came, and all others side by side.

export type Gate = {
  /** Runs `work` once every earlier work with one of these keys has ended, well or badly. */
  run<T>(keys: readonly string[], work: () => Promise<T>): Promise<T>;
  /** True while a work with this key runs or waits. */
  busy(key: string): boolean;
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>;
};

/** All keys of a work are taken at once, so that two works can never wait for each other. */
export function gate(): Gate {
  const last = new Map<string, Promise<void>>();
  return {
    busy: (key) => last.has(key),
    async run(keys, work) {
      const own = [...new Set(keys)];
      const earlier = own.map((key) => last.get(key));
      let leave = (): void => {};
      const left = new Promise<void>((resolve) => {
        leave = resolve;
      });
      for (const key of own) last.set(key, left);
      try {
        await Promise.all(earlier);
        return await work();
      } finally {
        for (const key of own) if (last.get(key) === left) last.delete(key);
        leave();
      }
    },
    async idle() {
      while (last.size > 0) await Promise.all(last.values());
    },
  };
}
