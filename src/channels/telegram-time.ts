// How long the Telegram channel waits for things.
import type { Rates } from './pace.ts';

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

/** So many calls a second in all and new messages a minute in each chat, after a burst of a fifth of a second and of ten seconds. */
export const ratesOf = (perSecond: number, chatPerMinute: number): Rates => ({
  all: { perMinute: perSecond * 60, burst: Math.max(1, Math.round(perSecond / 5)) },
  chat: { perMinute: chatPerMinute, burst: Math.max(1, Math.round(chatPerMinute / 6)) },
});

/**
 * About 25 calls a second in all and two new messages a second in each chat. Telegram advises one a second but bears bursts, and
 * an officer answers slower than that; a 429 is obeyed at once.
 */
export const RATES: Rates = ratesOf(25, 120);

/** The time that updates in hand are given when we stop, in milliseconds. */
export const GRACE = 3500;

/** The pause before the next try, in milliseconds, after so many failures. */
export function backoff(times: TelegramTimes, failures: number): number {
  return Math.min(times.longestBackoff, times.backoff * 2 ** Math.min(failures, 20));
}
