// The live side of the web chat: one listener per open page, fed by pushes and, where a push is missing, by the transcript.
import type { Message } from '../domain/conversation.ts';

/** A message as the page receives it. `seq` grows by one within a conversation. */
export type WebMessage = {
  readonly id: string;
  readonly seq: number;
  readonly createdAt: string;
  readonly message: Message;
};

/** The newest messages of a conversation with seq greater than `after`, at most `limit`, oldest first. */
export type Transcript = (
  conversation: string,
  after: number,
  limit: number,
) => Promise<readonly WebMessage[]>;

export type Listener = {
  /** Messages pushed and not yet written. */
  readonly queue: WebMessage[];
  ended: boolean;
  wake: () => void;
};

/** What a listener writes to its page; each resolves when there is room for more. */
export type Writer = {
  /** `count` messages of history follow. `startsOver`: what the page shows is not what is known here. */
  hello(count: number, startsOver: boolean): Promise<unknown>;
  message(message: WebMessage): Promise<unknown>;
  beat(): Promise<unknown>;
};

const BEAT_MS = 20_000;
const SHOWN_AT_FIRST = 60;
/** A page that reads slowly has its queue dropped here and catches up from the transcript. */
const LONGEST_QUEUE = 100;
const MOST_PER_CHAT = 12;
const MOST_IN_ALL = 5_000;
/** One address may be a whole office, but must not take what everybody needs: anybody has as many cookies as they like. */
const MOST_PER_ADDRESS = 500;

/** All open listeners by conversation. `open` gives undefined when there are too many; an empty address is nobody's. */
export function createListeners() {
  const open = new Map<string, Set<Listener>>();
  const addresses = new Map<Listener, string>();
  const perAddress = new Map<string, number>();
  const counted = (address: string, by: number): void => {
    const now = (perAddress.get(address) ?? 0) + by;
    if (address !== '' && now > 0) perAddress.set(address, now);
    else perAddress.delete(address);
  };
  return {
    open(conversation: string, address = ''): Listener | undefined {
      const listeners = open.get(conversation) ?? new Set<Listener>();
      if (listeners.size >= MOST_PER_CHAT || addresses.size >= MOST_IN_ALL) return undefined;
      if ((perAddress.get(address) ?? 0) >= MOST_PER_ADDRESS) return undefined;
      const listener: Listener = { queue: [], ended: false, wake: () => {} };
      open.set(conversation, listeners.add(listener));
      addresses.set(listener, address);
      counted(address, 1);
      return listener;
    },
    close(conversation: string, listener: Listener): void {
      end(listener);
      const listeners = open.get(conversation);
      if (!listeners?.delete(listener)) return;
      counted(addresses.get(listener) ?? '', -1);
      addresses.delete(listener);
      if (listeners.size === 0) open.delete(conversation);
    },
    push(conversation: string, message: WebMessage): void {
      for (const listener of open.get(conversation) ?? []) {
        if (listener.queue.length >= LONGEST_QUEUE) listener.queue.length = 0;
        listener.queue.push(message);
        listener.wake();
      }
    },
    closeAll(): void {
      for (const listeners of open.values()) for (const listener of listeners) end(listener);
    },
  };
}

/**
 * Writes everything after `after` to one page, each message once and in order, until the listener ends. The listener is already
 * open, so what is committed while the transcript is being read waits in its queue. A gap in the pushes (another instance sent,
 * a queue was dropped) is filled from the transcript, at the latest with the next heartbeat.
 */
export async function follow(
  listener: Listener,
  writer: Writer,
  from: {
    readonly conversation: string;
    readonly after: number;
    readonly transcript: Transcript;
    readonly beatMs?: number;
  },
): Promise<void> {
  let last = from.after;
  const write = async (messages: readonly WebMessage[]): Promise<void> => {
    for (const message of messages) {
      if (message.seq <= last || listener.ended) continue;
      last = message.seq;
      await writer.message(message);
    }
  };
  const missed = () => from.transcript(from.conversation, last, SHOWN_AT_FIRST);
  const isAhead = last > 0 && (await newestSeq(from)) < last;
  if (isAhead) last = 0;
  const history = await missed();
  await writer.hello(history.length, isAhead);
  await write(history);
  while (!listener.ended) {
    const next = listener.queue.shift();
    if (next !== undefined) {
      if (next.seq > last + 1) await write(await missed());
      await write([next]);
    } else if (await quietFor(listener, from.beatMs ?? BEAT_MS)) {
      await writer.beat();
      await write(await missed());
    }
  }
}

/**
 * 0 without messages. Below what a page has seen when a backup was restored under it, or the person was forgotten: an answer to what it
 * still shows would go to another question.
 */
async function newestSeq({
  conversation,
  transcript,
}: {
  readonly conversation: string;
  readonly transcript: Transcript;
}): Promise<number> {
  return (await transcript(conversation, 0, 1)).at(-1)?.seq ?? 0;
}

function end(listener: Listener): void {
  listener.ended = true;
  listener.wake();
}

/** True when nothing woke the listener in that time. */
function quietFor(listener: Listener, ms: number): Promise<boolean> {
  if (listener.ended || listener.queue.length > 0) return Promise.resolve(false);
  return new Promise((resolve) => {
    const done = (quiet: boolean) => {
      clearTimeout(timer);
      listener.wake = () => {};
      resolve(quiet);
    };
    const timer = setTimeout(done, ms, true);
    listener.wake = () => done(false);
  });
}
