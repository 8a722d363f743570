// Token buckets: how much of something one person or one address may still have.

export type Limiter = {
  /** Takes one and tells whether there was one. */
  take(key: string): boolean;
  /** Tells whether there is one. */
  has(key: string): boolean;
};

/**
 * Buckets by key: `perSecond` refill, `burst` at most. At most `keys` are remembered, the longest unused are forgotten first.
 * `now` in milliseconds.
 */
export function createBuckets(
  perSecond: number,
  burst: number,
  keys: number,
  now: () => number = Date.now,
): Limiter {
  const buckets = new Map<string, { left: number; at: number }>();
  const leftIn = (key: string): number => {
    const { left, at } = buckets.get(key) ?? { left: burst, at: now() };
    return Math.min(burst, left + (Math.max(0, now() - at) / 1000) * perSecond);
  };
  return {
    take(key) {
      const left = leftIn(key);
      buckets.delete(key);
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now() });
      if (buckets.size > keys) buckets.delete(buckets.keys().next().value ?? key);
      return left >= 1;
    },
    has: (key) => leftIn(key) >= 1,
  };
}
