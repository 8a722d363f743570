// Keeps the access of the Zalo Official Account alive: renews it in time, takes a new token from the operator, says when only that helps.
import { randomUUID } from 'node:crypto';
import type { ChannelMemory } from './channel.ts';
import { within } from './waiting.ts';
import { createRedact, type ZaloHttp } from './zalo-http.ts';
import { createMailbox, type Mailbox } from './zalo-token-mailbox.ts';
import { createTokenMemory, type TokenMemory } from './zalo-token-memory.ts';
import { createRenewal } from './zalo-token-renewal.ts';
import { candidate, hashOf, isDue, lasts, lives, type Pair, reconsidered } from './zalo-token-state.ts';
import { createStatus, type Status, secretsIn } from './zalo-token-status.ts';
import { createRefusals, createWork, keepLooking, type Work } from './zalo-token-work.ts';

export { ZaloDisconnected } from './zalo-token-renewal.ts';

export type ZaloTokens = {
  /**
   * An access token good for at least some minutes; renewed first when about to end. Rejects with ZaloDisconnected when only the
   * operator can help, with another Error when it is unavailable just now.
   */
  access(): Promise<string>;
  /** Zalo refused this access token: a newer one. Renews at most once however many ask, and not when a newer one is stored. Rejects like `access`. */
  renew(refused: string): Promise<string>;
  /** Since when (ISO) nothing can be sent, and why; undefined while connected. */
  disconnected(): { readonly since: string; readonly why: string } | undefined;
  /** Reads the memory and takes up what the operator gave us; rejects when the memory fails, never because Zalo does. */
  start(): Promise<void>;
  /** Finishes a renewal in hand. */
  stop(): Promise<void>;
};

type Log = {
  info(data: object, text: string): void;
  warn(data: object, text: string): void;
  error(data: object, text: string): void;
};

export type ZaloTokensOptions = {
  /** Calls of the OAuth host. They should not end when the bot stops: a refresh token without its answer is lost. */
  readonly http: ZaloHttp;
  readonly appId: string;
  readonly appSecret: string;
  /** A refresh token from the settings, used once. */
  readonly seed?: string;
  readonly memory: ChannelMemory;
  /** The folder in which the operator's command leaves a new token. */
  readonly handover: string;
  readonly now: () => Date;
  readonly log: Log;
  /** Told every secret that must never be printed. */
  readonly known: (secret: string) => void;
  /** When the access is lost, and when it is back after that. */
  readonly onDisconnected: (why: string) => void;
  readonly onConnected: () => void;
  /** How often to look for a handed-in token (ms). */
  readonly lookEvery?: number;
  /** Pause before a renewal whose answer was lost is repeated (ms). */
  readonly retryAfter?: number;
};

/** How long a caller, and the start, wait for a renewal (ms). */
const PATIENCE = 30_000;
const START_PATIENCE = 10_000;
/** How often to look for a handed-in token: more often while somebody may be waiting for it (ms). */
const LOOK = { connected: 5_000, disconnected: 2_000 };

/** The token keeper of one Official Account; several may share the memory. */
export function createZaloTokens(options: ZaloTokensOptions): ZaloTokens {
  const parts = assemble(options);
  const { memory, status, work, stopping, learn, appHash } = parts;
  const { now, log } = options;
  const look = createLook(options, parts);
  const areTooMany = createRefusals();
  let looking: ReturnType<typeof keepLooking> | undefined;
  return {
    disconnected: status.disconnected,
    async access() {
      try {
        return await ensure(parts, (pair) => lasts(pair, now()));
      } catch (error) {
        // It may not be renewed just now, but is good until it ends.
        const old = status.inForce((pair) => lives(pair, now()));
        if (old) return old.access;
        throw error;
      }
    },
    async renew(refused) {
      const isOther = ({ access }: Pair) => access !== refused;
      if (!status.inForce(isOther) && areTooMany(refused))
        throw new Error('Zalo refuses one access token after the other, although it has just given them');
      return ensure(parts, isOther);
    },
    async start() {
      const tokens = await memory.update((stored) => reconsidered(stored, appHash));
      for (const secret of secretsIn(tokens)) learn(secret);
      if (!tokens.rejected && tokens.pair && lasts(tokens.pair, now())) status.adopt(tokens);
      const every = () => options.lookEvery ?? LOOK[status.disconnected() ? 'disconnected' : 'connected'];
      looking = keepLooking(look, every, log, stopping.signal);
      if (!status.tokens()) await within(looking.first, START_PATIENCE);
    },
    async stop() {
      stopping.abort();
      await looking?.stopped;
      await work.finished();
    },
  };
}

type Parts = {
  readonly memory: TokenMemory;
  readonly status: Status;
  readonly work: Work;
  readonly mailbox: Mailbox;
  readonly stopping: AbortController;
  readonly appHash: string;
  readonly learn: (secret: string) => void;
};

function assemble(options: ZaloTokensOptions): Parts {
  const { http, appId, appSecret, seed, now, log, known, handover, retryAfter = 3_000 } = options;
  const memory = createTokenMemory(options.memory);
  const stopping = new AbortController();
  const { signal } = stopping;
  const appHash = hashOf(`${appId}:${appSecret}`);
  const { redact, add } = createRedact([]);
  const learn = (secret: string): void => {
    add(secret);
    known(secret);
  };
  for (const secret of [appSecret, seed]) if (secret !== undefined) learn(secret);
  const { onDisconnected, onConnected } = options;
  const began = now().toISOString();
  const status = createStatus({ seed, began, log, learn, onDisconnected, onConnected });
  const renew = createRenewal({
    ...{ http, memory, appHash, seed, now, signal, retryAfter, redact, log, learn },
    app: { appId, appSecret },
    by: randomUUID(),
    adopt: status.adopt,
  });
  const work = createWork(renew, log, signal);
  const mailbox = createMailbox({ folder: handover, memory, now, learn, log });
  return { memory, status, work, mailbox, stopping, appHash, learn };
}

/** A stored access token that is good enough, after one renewal of our own at most. */
async function ensure({ status, work }: Parts, good: (pair: Pair) => boolean): Promise<string> {
  const until = performance.now() + PATIENCE;
  for (let isOver = false; ; ) {
    const pair = status.inForce(good);
    if (pair) return pair.access;
    if (isOver || performance.now() >= until) throw new Error('Zalo: no access token just now');
    if (!work.isBusy() && work.isResting())
      throw new Error(`Zalo: no access token just now (${work.trouble()})`);
    isOver = !work.isBusy();
    await within(work.run(good), until - performance.now());
  }
}

/** One look at what is due: a handed-in token, a first token, an early renewal, and whether another instance is connected again. */
function createLook({ seed, now }: ZaloTokensOptions, parts: Parts): () => Promise<void> {
  const { memory, status, work, mailbox } = parts;
  const jitter = Math.random();
  let isStart = true;
  return async () => {
    const isNew = await mailbox.take(isStart);
    const known = status.tokens();
    const tokens = !known || isNew || status.disconnected() ? await memory.read() : known;
    const isStale = !tokens.pair || tokens.rejected || isDue(tokens.pair, now(), jitter);
    const isWanted = candidate(tokens, seed) && (tokens.next || isStale);
    const fresh = (pair: Pair) => !isDue(pair, now(), jitter);
    // A failure is logged where it happens.
    if (isWanted && (isNew || !work.isResting())) await work.run(fresh).catch(() => {});
    // Unless a renewal left something newer.
    if (status.tokens() === known) status.adopt(tokens);
    await mailbox.answer(status.tokens() ?? tokens, work.trouble());
    isStart = false;
  };
}
