// Long polling that confirms an update to Telegram only when its turn is durable.
//
// Why not @grammyjs/runner: it fetches the next batch with a moved offset while the updates before it are still being worked
// on (and swallows their errors), so a crash, or a turn that could not be stored, loses them: moving the offset is what tells
// Telegram to forget an update. Here the offset never passes the oldest update that is not durable yet. While one is late
// we look again from there, so that the other chats are served meanwhile, up to the 100 updates that Telegram shows at a time.
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Event } from '../domain/event.ts';
import { forGrammy, type ReadFailure, type TelegramLog } from './telegram-api.ts';
import { ALLOWED_UPDATES } from './telegram-events.ts';
import { backoff, GRACE, type TelegramTimes } from './telegram-time.ts';
import { limited, pause, within } from './waiting.ts';

export type PollingOptions = {
  readonly api: Api;
  readonly eventOf: (update: Update) => Event | null;
  /** Resolves when the turn is durable; a rejection is tried again until it is. */
  readonly receive: (update: Update, event: Event) => Promise<void>;
  readonly readFailure: ReadFailure;
  readonly log: TelegramLog;
  readonly times: TelegramTimes;
  /** Told after every request: why it failed, or undefined. */
  readonly tell: (trouble: string | undefined) => void;
};

/** Starts to poll. The result stops it: what is in hand is finished (within GRACE), what has not begun stays with Telegram. */
export function startPolling(options: PollingOptions): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const hands = createHands(options, signal);
  const polled = poll(options, hands, signal);
  return async () => {
    stopping.abort();
    await within(Promise.all([polled, hands.settled()]), GRACE);
    // What became durable since the last request need not come again. Not vital: repeated events change nothing.
    const confirm = { offset: hands.offset(), limit: 1, timeout: 0 };
    if (confirm.offset === 0) return;
    const asked = limited(500, undefined, (until) => options.api.getUpdates(confirm, forGrammy(until)));
    await asked.catch(() => {});
  };
}

async function poll(
  { api, readFailure, log, times, tell }: PollingOptions,
  hands: Hands,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const offset = hands.offset();
    // After a failure an answer at once shows that Telegram is back.
    const timeout = failures > 0 || hands.busy() ? 0 : times.poll;
    try {
      const updates = await api.getUpdates(
        { offset, limit: 100, timeout, allowed_updates: ALLOWED_UPDATES },
        forGrammy(signal),
      );
      if (failures > 0) log.info({}, 'Telegram: receiving again');
      failures = 0;
      tell(undefined);
      hands.take(updates);
      await within(hands.settled(), times.lookAgain, signal);
    } catch (error) {
      if (signal.aborted) return;
      const failure = readFailure(error);
      const asked = failure.kind === 'refused' ? (failure.seconds ?? 0) * 1000 : 0;
      const ms = Math.max(asked, backoff(times, failures++));
      tell(failure.why);
      log.warn(
        { why: failure.why, retryInSeconds: ms / 1000 },
        sentence(failure.kind === 'refused' ? failure.code : 0),
      );
      await pause(ms, signal);
    }
  }
}

function sentence(code: number): string {
  if (code === 409)
    return 'Telegram: another program receives with this token (a second instance, or a webhook that was set); only one may';
  if (code === 401 || code === 404)
    return 'Telegram: the token is no longer accepted; ask @BotFather for the current one';
  return 'Telegram: updates could not be fetched; trying again';
}

/** The updates we hold: which are durable, and per conversation the order they came in. */
type Hands = {
  take(updates: readonly Update[]): void;
  /** Where to ask Telegram from: the oldest update that is not durable, or after the last. 0: from whatever Telegram has. */
  offset(): number;
  busy(): boolean;
  /** Resolves when nothing is being worked on. */
  settled(): Promise<unknown>;
};

function createHands({ eventOf, receive, log, times }: PollingOptions, signal: AbortSignal): Hands {
  const durable = new Map<number, boolean>();
  const chains = new Map<string, Promise<void>>();

  const work = async (update: Update, event: Event): Promise<void> => {
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        await receive(update, event);
        durable.set(update.update_id, true);
        return;
      } catch (error) {
        const ms = backoff(times, failures);
        log.error(
          { event: event.id, why: String(error), retryInSeconds: ms / 1000 },
          'Telegram: a turn could not be stored',
        );
        await pause(ms, signal);
      }
    }
  };

  const begin = (update: Update): void => {
    const event = eventOf(update);
    durable.set(update.update_id, event === null);
    if (event === null) return;
    const before = chains.get(event.conversation) ?? Promise.resolve();
    const chain = before.then(() => work(update, event));
    chains.set(event.conversation, chain);
    void chain.then(() => chains.get(event.conversation) === chain && chains.delete(event.conversation));
  };

  return {
    take(updates) {
      // Once nothing is left to confirm we ask without an offset: after a quiet week Telegram numbers updates anew, maybe lower.
      if (updates.length === 0) durable.clear();
      for (const update of updates) if (!durable.has(update.update_id)) begin(update);
    },
    offset() {
      const late = [...durable].filter(([, done]) => !done).map(([id]) => id);
      const offset = late.length > 0 ? Math.min(...late) : Math.max(-1, ...durable.keys()) + 1;
      // The one just below stays, as the memory of where we are.
      for (const id of durable.keys()) if (id < offset - 1) durable.delete(id);
      return offset;
    },
    busy: () => chains.size > 0,
    settled: () => Promise.all(chains.values()),
  };
}
