// People on the web chat who have not joined: each address may try so many words or codes, so that nobody guesses codes or fills the store.
import type { Context } from 'hono';
import { createBuckets } from './limiter.ts';
import { addressOf } from './web-address.ts';

/** So many at once of one address, which a whole office may share; then one a minute. Joining costs nothing. */
const [BURST, PER_SECOND, ADDRESSES] = [60, 1 / 60, 10_000];
/** People who were seen to have joined need not be looked up again; the longest unseen are forgotten first. */
const REMEMBERED = 20_000;

export type Strangers = {
  /** True when this address has tried too much and the visitor has not joined. */
  refuses(c: Context, conversation: string): Promise<boolean>;
  /** To be called when a post was handled. */
  count(c: Context, conversation: string): Promise<void>;
};

/** `isKnown`: whether somebody in this conversation has joined. */
export function createStrangers(isKnown: (conversation: string) => Promise<boolean>): Strangers {
  const tries = createBuckets(PER_SECOND, BURST, ADDRESSES);
  const joined = new Set<string>();
  const hasJoined = async (conversation: string): Promise<boolean> => {
    const is = joined.delete(conversation) || (await isKnown(conversation));
    if (is) joined.add(conversation);
    if (joined.size > REMEMBERED) joined.delete(joined.values().next().value ?? conversation);
    return is;
  };
  return {
    refuses: async (c, conversation) => {
      const address = addressOf(c);
      return address !== '' && !tries.has(address) && !(await hasJoined(conversation));
    },
    async count(c, conversation) {
      if (!(await hasJoined(conversation))) tries.take(addressOf(c));
    },
  };
}
