// Messages that are held: left alone until their person is heard from, their channel is resumed or their time comes.

type Parked = {
  readonly messages: Set<string>;
  /** When they are next tried without news (ms since 1970). */
  clock?: { readonly until: number; readonly timer: NodeJS.Timeout };
};

type Parking = {
  has(conversation: string, message: string): boolean;
  /** `seconds`: after which it is to be tried again without news; left out: only with news. */
  add(conversation: string, message: string, seconds: number | undefined): void;
  /** Everything of the conversation may be tried again. */
  release(conversation: string): void;
  conversations(): Iterable<string>;
};

/** Nothing is parked at first: after a start everything is tried once, for settings may have changed. `due`: some of it was released. */
export function createParking(due: () => void): Parking {
  const parked = new Map<string, Parked>();

  const release = (conversation: string): void => {
    clearTimeout(parked.get(conversation)?.clock?.timer);
    parked.delete(conversation);
  };

  return {
    release,
    has: (conversation, message) => parked.get(conversation)?.messages.has(message) ?? false,
    add(conversation, message, seconds) {
      const mine: Parked = parked.get(conversation) ?? { messages: new Set() };
      parked.set(conversation, mine);
      mine.messages.add(message);
      const until = Date.now() + (seconds ?? Number.POSITIVE_INFINITY) * 1000;
      // One clock for a conversation, the earliest: a clock for each message would wake the others over and over.
      if (until >= (mine.clock?.until ?? Number.POSITIVE_INFINITY)) return;
      clearTimeout(mine.clock?.timer);
      const ring = (): void => {
        release(conversation);
        due();
      };
      mine.clock = { until, timer: setTimeout(ring, until - Date.now()).unref() };
    },
    conversations: () => parked.keys(),
  };
}
