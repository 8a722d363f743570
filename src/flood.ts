// More than a person can write: one conversation that never stops is told so once, and then left aside until it is quiet.
import type { Event } from './domain/event.ts';

/** take: handle it. tell: leave it aside and say so. drop: leave it aside, it was said before. */
type Verdict = 'take' | 'tell' | 'drop';

export type Flood = {
  judge(event: Event): Verdict;
  /** It could not be said, or the event could not be stored: both will come again. */
  forget(event: Event, verdict: Verdict): void;
};

type Options = {
  /** How many a minute go on for ever. 0: there is no limit. */
  readonly perMinute: number;
  /** How many more there may be at once; nobody pastes or catches up on so many. */
  readonly burst: number;
  readonly now: () => number;
};

/** After being told, nothing is taken until nothing has come for so long: else single answers would slip to another question (ms). */
const QUIET = 10_000;
/** Whoever was quiet may go on with so many. */
const AFRESH = 60;
/** So many conversations are remembered, the longest unused are forgotten first. */
const CONVERSATIONS = 20_000;

/** What the platform or we ourselves say about a conversation is never left aside. */
const THEIRS: ReadonlySet<Event['type']> = new Set([
  ...(['text', 'edited', 'button', 'unsupported', 'file', 'contact'] as const),
]);

type Bucket = { left: number; at: number; isFlood: boolean };

/** Counts what people send, each conversation for itself. */
export function createFlood({ perMinute, burst, now }: Options): Flood {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (key: string): Bucket => {
    const at = now();
    const { left, at: before, isFlood } = buckets.get(key) ?? { left: burst, at, isFlood: false };
    const passed = Math.max(0, at - before);
    const filled = Math.min(burst, left + (passed / 60_000) * perMinute);
    const isOver = isFlood && passed >= QUIET;
    const bucket = { left: isOver ? Math.max(AFRESH, filled) : filled, at, isFlood: isFlood && !isOver };
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > CONVERSATIONS) buckets.delete(buckets.keys().next().value ?? key);
    return bucket;
  };
  return {
    judge({ type, conversation }) {
      if (perMinute === 0 || !THEIRS.has(type)) return 'take';
      const bucket = bucketOf(conversation);
      if (bucket.isFlood) return 'drop';
      if (bucket.left >= 1) {
        bucket.left -= 1;
        return 'take';
      }
      bucket.isFlood = true;
      return 'tell';
    },
    forget({ conversation }, verdict) {
      const bucket = buckets.get(conversation);
      if (!bucket) return;
      if (verdict === 'take') bucket.left += 1;
      else if (verdict === 'tell') bucket.isFlood = false;
    },
  };
}
