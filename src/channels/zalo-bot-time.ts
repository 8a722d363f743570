// How long the Zalo Bot channel waits for things, and how fast it speaks.
import type { Rates } from './pace.ts';

/** In milliseconds, but `poll` and `longPoll` in seconds. An option, so that tests need not wait as long as the world. */
export type ZaloBotTimes = {
  /**
   * How long Zalo holds a request open when there is nothing new. Short, so that stopping can wait for its end: an update that
   * Zalo hands to a request we gave up is lost.
   */
  readonly poll: number;
  /** The same once Zalo said that we ask too often. */
  readonly longPoll: number;
  /** At least so long between two questions when the answer was empty, however fast it came. */
  readonly idle: number;
  /** The longest a call may take, and a poll. */
  readonly request: number;
  readonly pollRequest: number;
  /** How long `start` waits for Zalo before it goes on trying in the background. */
  readonly start: number;
  /** First and longest pause after a failure; it doubles in between. */
  readonly backoff: number;
  readonly longestBackoff: number;
  /** How often we look whether somebody registered a webhook, with which polls stay empty without an error. */
  readonly look: number;
  /** How long a webhook's answer may wait for its turn. */
  readonly answer: number;
  /** A turn that takes longer no longer keeps the next update waiting. */
  readonly turn: number;
  /** How long the count of sent messages may stay unwritten. */
  readonly save: number;
};

export const USUAL_TIMES: ZaloBotTimes = {
  poll: 3,
  longPoll: 30,
  idle: 1000,
  request: 30_000,
  // Longer than any poll: one that is given up may take an update with it.
  pollRequest: 60_000,
  start: 10_000,
  backoff: 500,
  longestBackoff: 30_000,
  look: 10 * 60_000,
  answer: 1700,
  turn: 60_000,
  save: 5000,
};

/** Zalo tells no rate; this is more than officers read and less than any platform minds. */
export const RATES: Rates = {
  all: { perMinute: 600, burst: 10 },
  chat: { perMinute: 200, burst: 20 },
};

/** The pause before the next try, in milliseconds, after so many failures. */
export const backoff = (times: ZaloBotTimes, failures: number): number =>
  Math.min(times.longestBackoff, times.backoff * 2 ** Math.min(failures, 20));
