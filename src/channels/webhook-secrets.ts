// Who calls a webhook with the wrong secret again and again is told to slow down; whoever has the right one is always let in.
import type { Context } from 'hono';
import { createBuckets } from './limiter.ts';
import { addressOf } from './web-address.ts';

/** So many at once from one address, and one more every two seconds. */
const [BURST, PER_SECOND, ADDRESSES] = [30, 0.5, 10_000];
const WAIT_SECONDS = '60';

/** The operator is told at most once in so long (ms): a secret that was set wrongly looks like an attack. */
const TELL_EVERY = 60_000;

type Log = { warn(data: object, text: string): void };

/**
 * Gives the answer (429) to a request that came without the right secret when its address has sent too many; else undefined. `log`:
 * left out where the channel tells the operator itself.
 */
export function createWrongSecrets(log?: Log): (c: Context) => Response | undefined {
  const wrong = createBuckets(PER_SECOND, BURST, ADDRESSES);
  let calls = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = (path: string): void => {
    calls += 1;
    if (performance.now() - toldAt < TELL_EVERY) return;
    log?.warn({ path, calls }, 'webhook calls without the right secret were refused');
    toldAt = performance.now();
    calls = 0;
  };
  return (c) => {
    tell(c.req.path);
    const address = addressOf(c);
    if (address === '' || wrong.take(address)) return undefined;
    return c.text('too many requests', 429, { 'Retry-After': WAIT_SECONDS });
  };
}
