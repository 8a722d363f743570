// The tokens in the channel's memory: changed by compare-and-set, and whatever else is kept there stays as it is.
import type { ChannelMemory } from './channel.ts';
import { pause } from './waiting.ts';
import { type Tokens, tokensIn } from './zalo-token-state.ts';

export type TokenMemory = Pick<ChannelMemory, 'exclusive'> & {
  read(): Promise<Tokens>;
  /** Applies the change to what is stored now, again after every faster writer; undefined changes nothing. Gives what is stored then, durably. */
  update(change: (tokens: Tokens) => Tokens | undefined): Promise<Tokens>;
  /** Like `update`, but does not give up when the store fails: what it holds cannot be had again. Ends with the signal. */
  insist(
    change: (tokens: Tokens) => Tokens,
    failed: (error: unknown) => void,
    signal: AbortSignal,
  ): Promise<Tokens>;
};

/** How often somebody may be faster in a row; each of them got on, so more is a fault. */
const MOST_STALE = 100;
/** First and longest pause after the store failed (ms). */
const PAUSE = 500;
const LONGEST = 30_000;

export function createTokenMemory(memory: ChannelMemory): TokenMemory {
  const update: TokenMemory['update'] = async (change) => {
    for (let tries = 0; tries < MOST_STALE; tries++) {
      const { state, rev } = await memory.read();
      const before = tokensIn(state);
      const after = change(before);
      if (!after) return before;
      if ((await memory.write({ ...state, tokens: after }, rev)) === 'done') return after;
    }
    throw new Error('the memory of the Zalo channel is changed by others all the time');
  };
  return {
    exclusive: memory.exclusive,
    read: async () => tokensIn((await memory.read()).state),
    update,
    async insist(change, failed, signal) {
      for (let failures = 0; ; failures++) {
        try {
          return await update(change);
        } catch (error) {
          if (signal.aborted) throw error;
          failed(error);
          await pause(Math.min(LONGEST, PAUSE * 2 ** failures), signal);
        }
      }
    },
  };
}
