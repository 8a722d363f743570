// How fast a channel may speak: a place in line for every call, in its chat and among all chats, and silence when a platform asks for it.
import { setTimeout as pause } from 'node:timers/promises';

/** So many calls a minute, evenly, after a burst of so many at once. */
type Rate = { readonly perMinute: number; readonly burst: number };
export type Rates = { readonly all: Rate; readonly chat: Rate };

/** Longer waits are given back to the caller, who can do something else meanwhile. */
const LONGEST_WAIT = 15_000;
/** Chats remembered at most before the idle ones are forgotten. */
const CHATS = 1000;

/**
 * `turn` waits until a call in this chat is allowed and resolves to 0, or at once to the seconds to come back after when
 * that is too long to wait. An edit makes no new message and takes no place in the chat's own line; without a chat a call has
 * a place in the common line alone. `hold`: the platform asked for silence, in one chat or (without `chat`) altogether.
 */
export type Pace = {
  turn(chat?: string, edit?: boolean): Promise<number>;
  hold(seconds: number, chat?: string): void;
};

/**
 * A token bucket, told by a single number: `busy` is when the bucket would be full again. A call may go
 * when that is no further away than the burst allows, and moves it on by one interval.
 */
export function createPace(
  rates: Rates,
  now: () => number = () => performance.now(),
  sleep: (ms: number) => Promise<unknown> = pause,
): Pace {
  const chats = new Map<string, number>();
  let all = 0;
  let silent = 0;

  const take = (busy: number, rate: Rate): { at: number; busy: number } => {
    const at = Math.max(now(), busy - (rate.burst - 1) * every(rate));
    return { at, busy: Math.max(at, busy) + every(rate) };
  };

  return {
    async turn(chat, edit = false) {
      const slot = take((chat === undefined ? undefined : chats.get(chat)) ?? 0, rates.chat);
      const wait = Math.max(slot.at, silent) - now();
      if (wait > LONGEST_WAIT) return Math.ceil(wait / 1000);
      if (chats.size >= CHATS) forgetIdle(chats, now());
      if (chat !== undefined && !edit) chats.set(chat, slot.busy);
      if (wait > 0) await sleep(wait);
      // The place in the common line is taken only now, so that a waiting chat does not use up the others' turns.
      const common = take(all, rates.all);
      all = common.busy;
      if (common.at > now()) await sleep(common.at - now());
      return 0;
    },
    hold(seconds, chat) {
      const until = now() + seconds * 1000;
      if (chat === undefined) silent = Math.max(silent, until);
      else
        chats.set(chat, Math.max(chats.get(chat) ?? 0, until + (rates.chat.burst - 1) * every(rates.chat)));
    },
  };
}

/** Milliseconds between two calls. */
const every = (rate: Rate): number => 60_000 / rate.perMinute;

function forgetIdle(chats: Map<string, number>, now: number): void {
  for (const [chat, busy] of chats) if (busy <= now) chats.delete(chat);
}
