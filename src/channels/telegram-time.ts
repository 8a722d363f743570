// How long the Telegram channel waits for things, and waiting itself.
import { setTimeout as wait } from 'node:timers/promises';

/** `poll` and `request` in seconds, the others in milliseconds. An option, so that tests need not wait as long as the world. */
export type TelegramTimes = {
  /** How long Telegram holds a request open when there is nothing new. */
  readonly poll: number;
  /** The longest a call may take; longer than `poll`. */
  readonly request: number;
  /** How long `start` waits for Telegram before it goes on trying in the background. */
  readonly start: number;
  /** First and longest pause after a failure; it doubles in between. */
  readonly backoff: number;
  readonly longestBackoff: number;
  /** How often we look for other chats' updates while one is late. */
  readonly lookAgain: number;
};

export const USUAL_TIMES: TelegramTimes = {
  poll: 20,
  request: 30,
  start: 10_000,
  backoff: 500,
  longestBackoff: 30_000,
  lookAgain: 1000,
};

/** The time that updates in hand are given when we stop, in milliseconds. */
export const GRACE = 3500;

/** The pause before the next try, in milliseconds, after so many failures. */
export function backoff(times: TelegramTimes, failures: number): number {
  return Math.min(times.longestBackoff, times.backoff * 2 ** Math.min(failures, 20));
}

/** Sleeps; wakes early when the signal says so. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, signal ? { signal } : {}).catch(() => {});
}

/** Does the work, whose signal is aborted after `ms` milliseconds or with the outer signal; leaves no timer behind. */
export async function limited<T>(
  ms: number,
  outer: AbortSignal | undefined,
  work: (until: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const end = (): void => over.abort();
  const timer = setTimeout(end, outer?.aborted ? 0 : ms);
  outer?.addEventListener('abort', end);
  try {
    return await work(over.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', end);
  }
}

/** Waits for the work, at most `ms` milliseconds or until the signal. Rejects as the work does. */
export async function within(work: Promise<unknown>, ms: number, signal?: AbortSignal): Promise<void> {
  await limited(ms, signal, async (until) => {
    const over = new Promise((resolve) => until.addEventListener('abort', resolve));
    await Promise.race([work, over]);
  });
}
