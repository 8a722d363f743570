// What the token keeper of the Zalo Official Account remembers across restarts, and how each happening changes it. Pure.
import { createHash } from 'node:crypto';

/** An access token and the refresh token that came with it. `at`: when it was asked for, `until`: when the access ends (ISO). */
export type Pair = {
  readonly access: string;
  readonly refresh: string;
  readonly at: string;
  readonly until: string;
};

/** A refresh token that an operator gave us (by its hash) and what Zalo said; without `why`: it was accepted. */
type Tried = { readonly hash: string; readonly at: string; readonly why?: string };

/** The channel's memory under the key `tokens`. */
export type Tokens = {
  readonly pair?: Pair;
  /** The pair that `pair` replaced. */
  readonly before?: Pair;
  /** Handed in by the operator and not spent yet. */
  readonly next?: { readonly refresh: string; readonly at: string };
  /** Who spends a refresh token (`of`: its hash) now. After `until` that instance is taken for dead. */
  readonly refreshing?: { readonly by: string; readonly until: string; readonly of: string };
  /** Hash of a refresh token that was sent to Zalo without an answer coming back: it may be spent. */
  readonly doubt?: string;
  /** Zalo refused; only a new refresh token helps. `app`: with which settings it was asked (hash). */
  readonly rejected?: { readonly at: string; readonly why: string; readonly app: string };
  /** The newest last. */
  readonly tried?: readonly Tried[];
};

/** A refresh token about to be used. */
export type Spend = { readonly refresh: string; readonly from: 'pair' | 'next' | 'seed' };

/** How long an instance may take to spend a refresh token and store what came of it (ms). */
const LEASE = 60_000;
/** An access token counts as ending when less than this is left (ms), or a fifth of a short life. */
const MARGIN = 600_000;
const KEPT_TRIED = 20;

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const lifeOf = ({ at, until }: Pair): number => Date.parse(until) - Date.parse(at);

/** True when the access token is good for some minutes more. */
export const lasts = (pair: Pair, now: Date): boolean =>
  Date.parse(pair.until) - now.getTime() > Math.min(MARGIN, lifeOf(pair) / 5);

/** True when it has not ended yet. */
export const lives = (pair: Pair, now: Date): boolean => Date.parse(pair.until) > now.getTime();

/** True when four fifths of the life are over (20 of 25 hours). `jitter`, 0 to 1: instances do not all come at once. */
export const isDue = (pair: Pair, now: Date, jitter: number): boolean =>
  now.getTime() - Date.parse(pair.at) > lifeOf(pair) * (0.8 + 0.02 * jitter) || !lasts(pair, now);

/** Which refresh token to use next: a handed-in one, the stored one, or the seed of the settings, which is used once. */
export function candidate(tokens: Tokens, seed: string | undefined): Spend | undefined {
  if (tokens.next) return { refresh: tokens.next.refresh, from: 'next' };
  if (tokens.pair && !tokens.rejected) return { refresh: tokens.pair.refresh, from: 'pair' };
  if (seed === undefined || triedAs(tokens, hashOf(seed))) return undefined;
  return { refresh: seed, from: 'seed' };
}

/** What became of a token of the operator's; undefined: not tried. */
export const triedAs = (tokens: Tokens, hash: string): Tried | undefined =>
  tokens.tried?.findLast((each) => each.hash === hash);

/** True while another living instance spends a refresh token. A lease far in the future comes from a wrong clock. */
export function isLeased({ refreshing }: Tokens, by: string, now: Date): boolean {
  if (!refreshing || refreshing.by === by) return false;
  const left = Date.parse(refreshing.until) - now.getTime();
  return left > 0 && left <= 2 * LEASE;
}

/** Takes the lease. One that somebody else left behind means that this token may have been spent already. */
export function withLease(tokens: Tokens, { refresh }: Spend, by: string, now: Date): Tokens {
  const of = hashOf(refresh);
  const left = tokens.refreshing;
  const doubt = left && left.by !== by && left.of === of ? { doubt: of } : {};
  return {
    ...tokens,
    ...doubt,
    refreshing: { by, of, until: new Date(now.getTime() + LEASE).toISOString() },
  };
}

/** Gives the lease back after a try that Zalo did not answer; `isDoubtful`: the token may be spent. */
export function withoutLease(tokens: Tokens, { refresh }: Spend, by: string, isDoubtful: boolean): Tokens {
  const { refreshing, ...rest } = tokens;
  const doubt = isDoubtful ? { doubt: hashOf(refresh) } : {};
  return refreshing?.by === by ? { ...rest, ...doubt } : { ...tokens, ...doubt };
}

/** After Zalo gave a new pair. A younger one that somebody stored meanwhile, while we were taken for dead, stays in force. */
export function accepted(tokens: Tokens, spend: Spend, pair: Pair): Tokens {
  const { refreshing: _, rejected: _rejected, doubt: _doubt, next, pair: old, ...rest } = tokens;
  // The clock alone decides nothing: it may have been wrong when the old pair was stored.
  const isNext = !old || spend.from !== 'pair' || old.refresh === spend.refresh || old.at <= pair.at;
  const before = isNext ? old : pair;
  return {
    ...rest,
    pair: isNext ? pair : old,
    ...(before ? { before } : {}),
    ...(next && next.refresh !== spend.refresh ? { next } : {}),
    ...tried(tokens, spend, { at: pair.at }),
  };
}

/** After Zalo refused a refresh token: the end, unless another one is in force. */
export function refused(
  tokens: Tokens,
  spend: Spend,
  fact: { readonly at: string; readonly why: string; readonly app: string; readonly by: string },
): Tokens {
  const { next, ...rest } = withoutLease(tokens, spend, fact.by, false);
  const left: Tokens = next && next.refresh !== spend.refresh ? { ...rest, next } : rest;
  const isNewer = spend.from === 'pair' && tokens.pair?.refresh !== spend.refresh;
  const isWorking = spend.from !== 'pair' && tokens.pair !== undefined && !tokens.rejected;
  const why = tokens.doubt === hashOf(spend.refresh) ? `${fact.why}; ${SPENT}` : fact.why;
  const heard = { ...left, ...tried(tokens, spend, { at: fact.at, why }) };
  if (isNewer || isWorking) return heard;
  return { ...heard, rejected: { at: tokens.rejected?.at ?? fact.at, why, app: fact.app } };
}

/** With other settings of the application than those that were refused, everything refused gets one more try. */
export function reconsidered(tokens: Tokens, app: string): Tokens | undefined {
  const { rejected, tried: earlier = [], ...rest } = tokens;
  if (!rejected || rejected.app === app) return undefined;
  return { ...rest, tried: earlier.filter((each) => each.why === undefined) };
}

const SPENT = 'an earlier renewal with it ended without an answer, which has probably used it up';

function tried(
  { tried: earlier = [] }: Tokens,
  { refresh, from }: Spend,
  fact: { readonly at: string; readonly why?: string },
): Pick<Tokens, 'tried'> {
  if (from === 'pair') return {};
  return { tried: [...earlier, { hash: hashOf(refresh), ...fact }].slice(-KEPT_TRIED) };
}

/** The memory's state with the tokens, and what others keep in it. The keeper alone writes this key, so its shape is known. */
export const tokensIn = (state: Readonly<Record<string, unknown>>): Tokens => (state.tokens ?? {}) as Tokens;
