// Whether Zalo lets us write to a person now: free for 48 hours after their last word, for money until the seventh day, then not at all.
import type { Sending, SendResult } from './channel.ts';
import { createHalfSent } from './in-parts.ts';
import type { Template } from './zalo-oa-template.ts';

const HOUR = 3_600_000;
export const FREE_HOURS = 48;
export const PAID_HOURS = 168;
/** How often a person is told that something waits, at most (ms). */
const KNOCK_EVERY = 20 * HOUR;

type Parts = {
  /** Messages that cost money may be sent. */
  readonly paid: boolean;
  readonly template: Template;
  readonly now: () => Date;
};

export type Window = {
  /** Undefined while the person may be written to, or when it is not known when they were last heard from. */
  closed(sending: Sending): Promise<SendResult | undefined>;
  /** Holds the message, and tells the person by a template message that something waits when that is due. */
  hold(sending: Sending, why: string): Promise<SendResult>;
};

export function createWindow({ paid, template, now }: Parts): Window {
  /** When we knocked, by chat: several messages may be held before the first knock is known to the sender. */
  const knocks = createHalfSent<number>();

  const isKnocked = ({ chat, knockedAt }: Sending): boolean => {
    const own = knocks.take(chat);
    if (own !== undefined) knocks.keep(chat, own);
    const last = Math.max(own ?? 0, knockedAt === undefined ? 0 : Date.parse(knockedAt));
    return now().getTime() - last < KNOCK_EVERY;
  };

  const hold = async (sending: Sending, why: string): Promise<SendResult> => {
    const held: SendResult = { outcome: 'held', hold: 'window', why };
    if (isKnocked(sending)) return held;
    const knocked = await template.knock(sending);
    if (knocked === 'impossible') return held;
    // Not at this hour, or not just now: it is held all the same, and the coordinator sees it.
    if (knocked !== 'knocked')
      return knocked.outcome === 'retry' && knocked.seconds !== undefined
        ? { ...held, seconds: knocked.seconds }
        : knocked;
    knocks.keep(sending.chat, now().getTime());
    return { ...held, knocked: true };
  };

  return {
    hold,
    async closed(sending) {
      if (sending.heardAt === undefined) return undefined;
      const hours = (now().getTime() - Date.parse(sending.heardAt)) / HOUR;
      if (hours <= (paid ? PAID_HOURS : FREE_HOURS)) return undefined;
      return await hold(sending, `the person was last heard from ${Math.floor(hours)} hours ago`);
    },
  };
}
