// Who calls a webhook with the wrong secret again and again is told to slow down; whoever has the right one is always let in.
import type { Context } from 'hono';
import { createBuckets } from './limiter.ts';
import { addressOf } from './web-address.ts';

/** So many at once from one address, and one more every two seconds. */
const [BURST, PER_SECOND, ADDRESSES] = [30, 0.5, 10_000];
const WAIT_SECONDS = '60';

/** Gives the answer (429) to a request that came without the right secret when its address has sent too many; else undefined. */
export function createWrongSecrets(): (c: Context) => Response | undefined {
  const wrong = createBuckets(PER_SECOND, BURST, ADDRESSES);
  return (c) => {
    const address = addressOf(c);
    if (address === '' || wrong.take(address)) return undefined;
    return c.text('too many requests', 429, { 'Retry-After': WAIT_SECONDS });
  };
}
