// What this process knows of the tokens, and whether the Official Account can be used with them.
import { NO_TOKEN, ZaloDisconnected } from './zalo-token-renewal.ts';
import { candidate, type Pair, type Tokens } from './zalo-token-state.ts';

type Options = {
  readonly seed: string | undefined;
  /** ISO; since when it counts when there never was a token. */
  readonly began: string;
  readonly log: { info(data: object, text: string): void; error(data: object, text: string): void };
  readonly learn: (secret: string) => void;
  readonly onDisconnected: (why: string) => void;
  readonly onConnected: () => void;
};

export type Status = {
  /** As last read or stored; undefined before that. */
  tokens(): Tokens | undefined;
  /** Takes over what is stored, and says so once when the access is lost or back. */
  adopt(tokens: Tokens): void;
  disconnected(): { readonly since: string; readonly why: string } | undefined;
  /** The pair in force if it is good enough. Throws ZaloDisconnected. */
  inForce(good: (pair: Pair) => boolean): Pair | undefined;
};

const HELP =
  'Zalo: the Official Account is disconnected and nothing can be sent. Get a new refresh token (developers.zalo.me, the application, API Explorer) and hand it in with: npm run admin -- zalo token. If Zalo named the application or its secret, correct the settings first and restart';

export function createStatus({ seed, began, log, learn, onDisconnected, onConnected }: Options): Status {
  let kept: Tokens | undefined;
  let isTold = false;
  const troubleIn = (tokens: Tokens) => {
    if (tokens.rejected) return { since: tokens.rejected.at, why: tokens.rejected.why };
    return candidate(tokens, seed) ? undefined : { since: began, why: NO_TOKEN };
  };
  const disconnected = () => kept && troubleIn(kept);
  return {
    tokens: () => kept,
    disconnected,
    adopt(tokens) {
      kept = tokens;
      for (const secret of secretsIn(tokens)) learn(secret);
      const trouble = troubleIn(tokens);
      if (isTold === (trouble !== undefined)) return;
      isTold = trouble !== undefined;
      if (trouble) {
        log.error(trouble, HELP);
        onDisconnected(trouble.why);
      } else {
        log.info({}, 'Zalo: the Official Account is connected again');
        onConnected();
      }
    },
    inForce(good) {
      const trouble = disconnected();
      if (trouble) throw new ZaloDisconnected(`Zalo: only a new refresh token helps (${trouble.why})`);
      return kept?.pair && good(kept.pair) ? kept.pair : undefined;
    },
  };
}

/** Everything that must never be printed. */
export const secretsIn = ({ pair, before, next }: Tokens): string[] =>
  [pair?.access, pair?.refresh, before?.access, before?.refresh, next?.refresh].filter(
    (each) => each !== undefined,
  );
