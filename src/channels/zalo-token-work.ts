// When renewals happen inside one process: one at a time, with pauses after failures, and a regular look at what is due.
import { pause } from './waiting.ts';
import { type Renew, ZaloDisconnected } from './zalo-token-renewal.ts';
import type { Pair } from './zalo-token-state.ts';

type Log = { warn(data: object, text: string): void };

export type Work = {
  /** Joins the renewal in hand, or starts one. */
  run(good: (pair: Pair) => boolean): Promise<void>;
  isBusy(): boolean;
  /** True for a while after a failure: Zalo is not to be asked again yet. */
  isResting(): boolean;
  /** Why the last renewal failed; undefined after a success. */
  trouble(): string | undefined;
  /** Resolves when nothing is in hand. */
  finished(): Promise<void>;
};

/** First and longest pause after a failure (ms). */
const BACKOFF = 1_000;
const LONGEST_BACKOFF = 300_000;

export function createWork(renew: Renew, log: Log, signal: AbortSignal): Work {
  let inHand: Promise<void> | undefined;
  let failures = 0;
  let rests = 0;
  let trouble: string | undefined;

  const fail = (error: unknown): void => {
    if (error instanceof ZaloDisconnected || signal.aborted) return;
    trouble = error instanceof Error ? error.message : String(error);
    const ms = Math.min(LONGEST_BACKOFF, BACKOFF * 2 ** Math.min(failures++, 20)) * (0.5 + Math.random() / 2);
    rests = performance.now() + ms;
    log.warn(
      { why: trouble, retryInSeconds: Math.ceil(ms / 1000) },
      'Zalo: the tokens could not be renewed; trying again',
    );
  };
  const start = async (good: (pair: Pair) => boolean): Promise<void> => {
    try {
      await renew(good);
      failures = 0;
      rests = 0;
      trouble = undefined;
    } catch (error) {
      fail(error);
      throw error;
    } finally {
      inHand = undefined;
    }
  };
  return {
    run(good) {
      inHand ??= start(good);
      return inHand;
    },
    isBusy: () => inHand !== undefined,
    isResting: () => performance.now() < rests,
    trouble: () => trouble,
    finished: async () => void (await inHand?.catch(() => {})),
  };
}

/** Looks again and again until the signal; the promise resolves after the first look, `stopped` after the last. */
export function keepLooking(
  look: () => Promise<void>,
  every: () => number,
  log: Log,
  signal: AbortSignal,
): { first: Promise<void>; stopped: Promise<void> } {
  let said = '';
  const once = async (): Promise<void> => {
    try {
      await look();
      said = '';
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      // The same trouble every few seconds is said once.
      if (why !== said) log.warn({ why }, 'Zalo: looking after the tokens failed; trying again');
      said = why;
    }
  };
  const first = once();
  const go = async (): Promise<void> => {
    await first;
    while (!signal.aborted) {
      await pause(every(), signal);
      if (!signal.aborted) await once();
    }
  };
  return { first, stopped: go() };
}

/** So many access tokens may be refused in so many ms: more, and it is not the tokens that are wrong. */
const MOST_REFUSED = 3;
const REFUSED_WITHIN = 600_000;

/** Counts refused access tokens; true when renewing once more would only burn refresh tokens. */
export function createRefusals(): (refused: string) => boolean {
  const seen = new Map<string, number>();
  return (refused) => {
    const now = performance.now();
    for (const [token, at] of seen) if (now - at > REFUSED_WITHIN) seen.delete(token);
    if (!seen.has(refused) && seen.size >= MOST_REFUSED) return true;
    if (!seen.has(refused)) seen.set(refused, now);
    return false;
  };
}
