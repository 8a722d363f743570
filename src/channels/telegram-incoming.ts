// The way of an update into the house, the same for polling and webhook: read it, have the turn made durable, end the button's clock.
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Event } from '../domain/event.ts';
import type { Receive } from './channel.ts';
import type { TelegramLog } from './telegram-api.ts';
import { toEvent } from './telegram-events.ts';

/** `take` and `receive` resolve when the turn is durable and reject when it is not. */
export type Incoming = {
  /** From now on updates go to `receive`, and the bot is known by `username` once that is known. */
  open(receive: Receive): void;
  close(): void;
  known(username: string): void;
  eventOf(update: Update): Event | null;
  receive(update: Update, event: Event): Promise<void>;
  take(update: Update): Promise<void>;
  /** Resolves when no turn is being worked on. */
  settled(): Promise<unknown>;
};

export function createIncoming(api: Api, log: TelegramLog): Incoming {
  const inHand = new Set<Promise<void>>();
  let receiver: Receive | undefined;
  let username: string | undefined;

  /** An update that cannot be read is left out, for it would be no better the next time. */
  const eventOf = (update: Update): Event | null => {
    try {
      return toEvent(update, new Date().toISOString(), username);
    } catch (error) {
      log.error({ update: update.update_id, why: String(error) }, 'Telegram: an update could not be read');
      return null;
    }
  };

  const receive = async (update: Update, event: Event): Promise<void> => {
    if (!receiver) throw new Error('the Telegram channel is not running');
    const turn = receiver(event);
    inHand.add(turn);
    try {
      await turn;
    } finally {
      inHand.delete(turn);
    }
    // Ends the button's little clock. Nothing depends on it, so it is neither waited for nor repeated.
    if (update.callback_query) void api.answerCallbackQuery(update.callback_query.id).catch(() => {});
  };

  return {
    open: (to) => {
      receiver = to;
    },
    close: () => {
      receiver = undefined;
    },
    known: (name) => {
      username = name;
    },
    eventOf,
    receive,
    async take(update) {
      const event = eventOf(update);
      if (event) await receive(update, event);
    },
    settled: () => Promise.allSettled(inHand),
  };
}
