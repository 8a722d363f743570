// The running bot's side of the handover: a token that the operator left goes into the memory, and the command gets its answer.
import { type HandedIn, leaveResult, takeToken } from './zalo-handover.ts';
import type { TokenMemory } from './zalo-token-memory.ts';
import { hashOf, type Tokens, triedAs } from './zalo-token-state.ts';

type Options = {
  /** The data folder. */
  readonly folder: string;
  readonly memory: TokenMemory;
  readonly now: () => Date;
  readonly learn: (secret: string) => void;
  readonly log: { info(data: object, text: string): void; warn(data: object, text: string): void };
};

export type Mailbox = {
  /** Takes a token that was left; true when there was one, durable then. `isStart`: also what a crash left behind. */
  take(isStart: boolean): Promise<boolean>;
  /** Answers the command, once it is known what became of its token. `trouble`: why Zalo could not be asked. */
  answer(tokens: Tokens, trouble: string | undefined): Promise<void>;
};

export function createMailbox({ folder, memory, now, learn, log }: Options): Mailbox {
  /** Kept until it is durable elsewhere, also when the store fails at first. */
  let inHand: HandedIn | undefined;
  let waiting: { readonly token: string; wasTold: boolean } | undefined;
  const tell = (token: string, outcome: 'taken' | 'refused' | 'unavailable' | 'unreadable', why?: string) =>
    leaveResult(folder, token, { outcome, at: now().toISOString(), ...(why === undefined ? {} : { why }) });
  return {
    async take(isStart) {
      inHand ??= await takeToken(folder, isStart);
      if (!inHand) return false;
      const { token, done } = inHand;
      if (token === undefined) {
        log.warn(
          {},
          'Zalo: the file that was handed in holds no refresh token, or may not be read; it was removed',
        );
        await tell('', 'unreadable');
      } else {
        learn(token);
        log.info({}, 'Zalo: the operator handed in a new refresh token');
        await memory.update((tokens) => withNext(tokens, token, now()));
        waiting = { token, wasTold: false };
      }
      await done();
      inHand = undefined;
      return token !== undefined;
    },
    async answer(tokens, trouble) {
      if (!waiting) return;
      const { token, wasTold } = waiting;
      if (tokens.next?.refresh === token) {
        if (trouble !== undefined && !wasTold) await tell(token, 'unavailable', trouble);
        waiting.wasTold ||= trouble !== undefined;
        return;
      }
      const tried = triedAs(tokens, hashOf(token));
      // Not tried: a newer one came before its turn.
      if (tried) await tell(token, tried.why === undefined ? 'taken' : 'refused', tried.why);
      waiting = undefined;
    },
  };
}

/** A crash may bring the same file twice: what Zalo accepted once and still is in force need not be tried again. */
function withNext(tokens: Tokens, token: string, now: Date): Tokens | undefined {
  const tried = triedAs(tokens, hashOf(token));
  const isInForce = tried !== undefined && tried.why === undefined && !tokens.rejected;
  if (isInForce || tokens.next?.refresh === token) return undefined;
  return { ...tokens, next: { refresh: token, at: now.toISOString() } };
}
