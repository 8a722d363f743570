// Sends what the outbox holds: in order within a chat, chats side by side, each message until it is dealt with.
import type { Delivery, Outgoing } from '../storage/storage.ts';
import type { SendResult } from './channels/channel.ts';
import { createParking } from './deliver-parked.ts';
import type { Hold } from './domain/channel-state.ts';
import { type SendingParts, sendOne } from './sending.ts';

export type Deliverer = {
  /** Looks for new messages now; what was held in a conversation that was just heard from is tried again. */
  readonly wake: (heard?: string) => void;
  /** A channel that could not send works again: nothing of it waits any longer, what is held is tried again. */
  readonly resume: (channel: string) => void;
  /** Ends after the sends in hand, at most `limit` ms. */
  readonly stop: (limit: number) => Promise<void>;
};

/** First and longest pause between two attempts at the same message (ms). */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 60_000;
/** How often a message that failed is looked at again even without news (ms). */
const TICK = 5_000;

/** Starts delivering at once: what an earlier run left unsent goes out first. */
export function createDeliverer(parts: SendingParts): Deliverer {
  const busy = new Map<string, Promise<void>>();
  const pauses = new Map<string, Pause>();
  const parked = createParking(() => wake());
  let running = true;
  let planned = false;
  let looking = false;
  let again = false;
  const timer = setInterval(() => wake(), TICK);
  timer.unref();

  async function look(): Promise<void> {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    do {
      again = false;
      for (const [conversation, messages] of byConversation(await parts.storage.unsent())) {
        if (!running || busy.has(conversation) || mustWait(pauses.get(conversation), messages)) continue;
        if (messages.every(({ id }) => parked.has(conversation, id))) continue;
        const work = chat(conversation, messages)
          .catch((error: unknown) => {
            pauses.set(conversation, { until: Date.now() + TICK });
            parts.log.error({ conversation, err: error }, 'what became of a message could not be recorded');
          })
          .finally(() => {
            busy.delete(conversation);
            if (running) wake();
          });
        busy.set(conversation, work);
      }
    } while (again && running);
    looking = false;
  }

  /** One chat's messages in order; stops at the first that must be tried again later. */
  async function chat(conversation: string, messages: readonly Outgoing[]): Promise<void> {
    for (const message of messages) {
      if (!running) return;
      if (isSuperseded(message, messages)) {
        await parts.storage.markSent(message.id, { outcome: 'never', why: 'a newer one took its place' });
        continue;
      }
      if (message.message.once && message.begun !== undefined) {
        const why = 'the program ended while it was on its way, and it must not come twice';
        await parts.storage.markSent(message.id, { outcome: 'unknown', why });
        continue;
      }
      if (parked.has(conversation, message.id)) continue;
      const doubtful = pauses.get(conversation)?.doubtful === message.id;
      if (doubtful && movedOn(message.id, messages)) {
        await parts.storage.markSent(message.id, { outcome: 'unknown', why: 'the person went on meanwhile' });
        continue;
      }
      const result = await sendOne(parts, message, knockedLast(messages));
      if (result.outcome === 'held') {
        parked.add(conversation, message.id, result.seconds);
        if (UNREACHABLE.has(result.hold)) tellUnreachable(parts, conversation, message.id);
      }
      const repeat = result.outcome === 'unknown' && isAwaited(message) && !doubtful;
      await parts.storage.markSent(
        message.id,
        repeat ? { outcome: 'retry', why: result.why } : deliveryOf(result, new Date().toISOString()),
      );
      if (result.outcome === 'sent') parts.log.debug({ message: message.id }, 'sent');
      else
        parts.log.warn(
          { message: message.id, outcome: result.outcome, why: result.why },
          'a message was not sent',
        );
      if (result.outcome !== 'retry' && !repeat) continue;
      const pause = repeat ? DOUBT_PAUSE : pauseAfter(result, message.attempts);
      pauses.set(conversation, { until: Date.now() + pause, ...(repeat ? { doubtful: message.id } : {}) });
      setTimeout(() => wake(), pause + 5).unref();
      return;
    }
    pauses.delete(conversation);
  }

  /** Whoever just wrote is waiting for an answer: a long pause for the sake of an earlier message must not delay it. */
  function hear(conversation: string): void {
    parked.release(conversation);
    if (pauses.get(conversation)?.doubtful === undefined) pauses.delete(conversation);
  }

  function wake(heard?: string): void {
    if (!running) return;
    if (heard !== undefined) hear(heard);
    if (planned) return;
    planned = true;
    // The whole outbox is read each time: whatever becomes news in this turn of the event loop is looked at together.
    setImmediate(() => {
      planned = false;
      look().catch((error: unknown) => {
        looking = false;
        parts.log.error({ err: error }, 'the outbox could not be read');
      });
    });
  }

  parts.storage.onNews(wake);
  wake();
  return {
    wake,
    resume(channel) {
      for (const conversation of new Set([...pauses.keys(), ...parked.conversations()]))
        if (conversation.startsWith(`${channel}:`)) hear(conversation);
      wake();
    },
    async stop(limit) {
      running = false;
      clearInterval(timer);
      await Promise.race([
        Promise.all(busy.values()),
        new Promise((resolve) => setTimeout(resolve, limit).unref()),
      ]);
    },
  };
}

/** The dialog learns that this person cannot be reached, once for a message. */
function tellUnreachable({ receive, log }: SendingParts, conversation: string, message: string): void {
  const base = { id: `${message}:unreachable`, conversation, at: new Date().toISOString() };
  receive({ ...base, type: 'reachable', reachable: false }).catch((error: unknown) =>
    log.error({ err: error }, 'unreachable was not recorded'),
  );
}

function byConversation(messages: readonly Outgoing[]): Map<string, Outgoing[]> {
  const sorted = new Map<string, Outgoing[]>();
  for (const message of messages) {
    const mine = sorted.get(message.conversation);
    if (mine) mine.push(message);
    else sorted.set(message.conversation, [message]);
  }
  return sorted;
}

/** Until when a chat is left alone; `doubtful`: its first message may have arrived already. */
type Pause = { readonly until: number; readonly doubtful?: string };

/** How long we wait for a sign that a question arrived before it is sent again (ms). */
const DOUBT_PAUSE = 2_000;

/**
 * A message that may have arrived is not sent again, except once one that waits for a tap or carries a table: an officer left
 * without the next question or the receipt is worse than one who sees it twice.
 */
const isAwaited = ({ message }: Outgoing): boolean =>
  !message.once && (message.buttons !== undefined || message.file !== undefined);

/** A newer turn asks something in the same chat: the person went on, so the doubtful question had arrived or no longer matters. */
const movedOn = (id: string, messages: readonly Outgoing[]): boolean =>
  messages.some((each) => turnOf(each.id) !== turnOf(id) && isAwaited(each));

/** Whoever comes back after a week reads one reminder, not five. */
const isSuperseded = ({ seq, message: { key } }: Outgoing, messages: readonly Outgoing[]): boolean =>
  key !== undefined && messages.some((each) => each.seq > seq && each.message.supersedes === key);

const turnOf = (id: string): string => id.slice(0, id.lastIndexOf(':'));

const mustWait = (pause: Pause | undefined, messages: readonly Outgoing[]): boolean =>
  pause !== undefined &&
  pause.until > Date.now() &&
  !(pause.doubtful !== undefined && movedOn(pause.doubtful, messages));

const pauseAfter = (result: SendResult, attempts: number): number =>
  result.outcome === 'retry' && result.seconds !== undefined
    ? result.seconds * 1000
    : Math.min(FIRST_PAUSE * 2 ** attempts, LONGEST_PAUSE);

/** With these the person is out of reach for everything, not only for this message at this hour. */
const UNREACHABLE: ReadonlySet<Hold> = new Set(['blocked', 'unfollowed', 'inactive']);

/** When the person was last told that something waits (ISO). */
const knockedLast = (messages: readonly Outgoing[]): string | undefined =>
  messages
    .flatMap(({ held }) => held?.knockedAt ?? [])
    .sort()
    .at(-1);

function deliveryOf(result: SendResult, at: string): Delivery {
  switch (result.outcome) {
    case 'sent':
      return result.platform === undefined
        ? { outcome: 'sent' }
        : { outcome: 'sent', platform: result.platform };
    case 'held': {
      const { hold, why, knocked } = result;
      return { outcome: 'held', hold, why, at, ...(knocked ? { knockedAt: at } : {}) };
    }
    default:
      return { outcome: result.outcome, why: result.why };
  }
}
