// Renewing the pair of tokens: one instance at a time, by a lease in the shared memory, and stored before anybody may use it.
import { pause } from './waiting.ts';
import type { ZaloHttp } from './zalo-http.ts';
import type { TokenMemory } from './zalo-token-memory.ts';
import { type Spent, spend, type ZaloApp } from './zalo-token-spend.ts';
import {
  accepted,
  candidate,
  hashOf,
  isLeased,
  type Pair,
  refused,
  type Spend,
  type Tokens,
  withLease,
  withoutLease,
} from './zalo-token-state.ts';

/** Only the operator can help, by handing in a new refresh token. The message says why, without secrets. */
export class ZaloDisconnected extends Error {}

export const NO_TOKEN = 'no refresh token was handed in yet';

type Options = {
  readonly http: ZaloHttp;
  readonly memory: TokenMemory;
  readonly app: ZaloApp;
  /** Hash of the application's settings. */
  readonly appHash: string;
  readonly seed: string | undefined;
  readonly now: () => Date;
  /** This instance among those that share the memory. */
  readonly by: string;
  readonly signal: AbortSignal;
  /** Pause before a renewal whose answer was lost is repeated (ms). */
  readonly retryAfter: number;
  readonly redact: (text: string) => string;
  readonly log: { error(data: object, text: string): void };
  /** A secret is about to be stored. */
  readonly learn: (secret: string) => void;
  /** What is stored when a renewal ends, well or not. */
  readonly adopt: (tokens: Tokens) => void;
};

/**
 * Resolves when the stored pair is `good` and no handed-in token waits; renews it first unless another instance does. Rejects
 * with ZaloDisconnected when no refresh token is left, with another Error (its message without secrets) when Zalo did not answer.
 */
export type Renew = (good: (pair: Pair) => boolean) => Promise<void>;

/** How often we look whether another instance is done, and how long at most: a little longer than its lease (ms). */
const LOOK = 500;
const LONGEST_WAIT = 75_000;

export function createRenewal(options: Options): Renew {
  const { memory, seed, now, by, signal, adopt } = options;
  return async (good) => {
    let latest: Tokens | undefined;
    const isEnough = (tokens: Tokens): boolean =>
      !tokens.next && !tokens.rejected && tokens.pair !== undefined && good(tokens.pair);
    const began = performance.now();
    try {
      while (!signal.aborted) {
        const plan: { spend?: Spend | undefined } = {};
        // Stored under the rev it was read with: with the lease in hand, what was read is still what is stored.
        latest = await memory.update((tokens) => {
          // Where nobody else can be alive, a lease that is not ours is a dead process's: its token may be spent, which withLease notes.
          const isFree = memory.exclusive || !isLeased(tokens, by, now());
          const isOurs = isFree && !isEnough(tokens);
          plan.spend = isOurs ? candidate(tokens, seed) : undefined;
          return plan.spend && withLease(tokens, plan.spend, by, now());
        });
        if (plan.spend) {
          const used = await use(plan.spend, options);
          latest = used.tokens;
          if (used.spent.kind === 'pair') return;
          if (used.spent.kind === 'later') throw new Error(used.spent.why);
          // Refused: perhaps another token is left.
        } else if (isEnough(latest)) return;
        else if (!candidate(latest, seed)) throw new ZaloDisconnected(latest.rejected?.why ?? NO_TOKEN);
        else if (performance.now() - began > LONGEST_WAIT) throw new Error('another instance is renewing');
        else await pause(Math.min(LOOK, options.retryAfter), signal);
      }
      throw new Error('stopped');
    } finally {
      if (latest) adopt(latest);
    }
  };
}

type Used = { readonly spent: Spent; readonly tokens: Tokens };

/** Spends the token, whose lease is ours, and stores what came of it. */
async function use(what: Spend, options: Options): Promise<Used> {
  const { memory, now, by, learn, log, redact, appHash, signal } = options;
  const spent = clean(await send(what, options), redact);
  if (spent.kind === 'pair') {
    learn(spent.pair.access);
    learn(spent.pair.refresh);
    const failed = (error: unknown) =>
      log.error(
        { err: error },
        'Zalo: the new tokens could not be stored yet and are not used before; trying again',
      );
    return {
      spent,
      tokens: await memory.insist((tokens) => accepted(tokens, what, spent.pair), failed, signal),
    };
  }
  if (spent.kind === 'later') {
    const { isDoubtful } = spent;
    return { spent, tokens: await memory.update((tokens) => withoutLease(tokens, what, by, isDoubtful)) };
  }
  const fact = { at: now().toISOString(), why: spent.why, app: appHash, by };
  return { spent, tokens: await memory.update((tokens) => refused(tokens, what, fact)) };
}

/** A second try when the answer was lost: either Zalo never saw the first, or it refuses and we know that the token is spent. */
async function send(what: Spend, options: Options): Promise<Spent> {
  const { http, app, memory, now, by, signal, retryAfter } = options;
  const first = await spend(http, app, what.refresh, now());
  if (first.kind !== 'later' || !first.isLost || signal.aborted) return first;
  const { refreshing } = await memory.update((tokens) => {
    const doubt = hashOf(what.refresh);
    return tokens.refreshing?.by === by ? { ...withLease(tokens, what, by, now()), doubt } : undefined;
  });
  await pause(retryAfter, signal);
  return refreshing?.by === by && !signal.aborted ? spend(http, app, what.refresh, now()) : first;
}

/** Zalo's own words may repeat what was sent to it. */
const clean = (spent: Spent, redact: (text: string) => string): Spent =>
  spent.kind === 'pair' ? spent : { ...spent, why: redact(spent.why) };
