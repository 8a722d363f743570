// How long the Zalo OA channel waits for things, and how fast it speaks.
import type { Rates } from './pace.ts';

/** In milliseconds. An option, so that tests need not wait as long as the world. */
export type ZaloOaTimes = {
  /** The longest a call may take. */
  readonly request: number;
  /** First and longest pause until the account is asked about again. */
  readonly backoff: number;
  readonly longestBackoff: number;
};

export const USUAL_TIMES: ZaloOaTimes = { request: 15_000, backoff: 2_000, longestBackoff: 300_000 };
/** The API takes 4,000 calls a minute from an application; in one chat, more than we ever say. */
export const RATES: Rates = {
  all: { perMinute: 4000, burst: 20 },
  chat: { perMinute: 300, burst: 20 },
};
