// How events leave the Zalo stand-in: signed, each person's one after the other, and again up a ladder when they were not taken.
import { type Letter, type Posted, postLetter, sealed } from './letter.ts';
import type { Event, World } from './world.ts';

/** One attempt to deliver: what the webhook answered, or that it could not be reached or was late. `attempt` 0 is the first. */
export type Delivery = Posted & {
  readonly event: string;
  readonly id: string;
  readonly attempt: number;
};

/** Events kept back by `hold`. */
export type Held = {
  /** The id of what was done (the message's, when it was one). */
  readonly id: string;
  release(): void;
  /** Once more, the same bytes. */
  again(): void;
};

export type Webhook = {
  url: string | undefined;
  readonly deliveries: Delivery[];
  /** Everything that `act` makes happen is delivered at the same moment. */
  burst(act: () => void): void;
  hold(act: () => string): Held;
  settled(): Promise<void>;
  stop(): void;
};

type Waiting = { readonly letter: Letter; readonly attempt: number; moved: boolean };

/** Begins to deliver what the world emits; without an address events are lost, as for an app that did not subscribe. */
export function startWebhook(world: World): Webhook {
  const queues = new Map<string, Waiting[]>();
  const timers = new Set<NodeJS.Timeout>();
  let collecting: Letter[] | undefined;
  let pending = 0;
  let idle: (() => void)[] = [];
  let bursts = 0;

  const finish = (): void => {
    pending -= 1;
    if (pending > 0) return;
    for (const resolve of idle.splice(0)) resolve();
  };
  const enqueue = (letter: Letter, attempt = 0, queue = letter.queue): void => {
    pending += 1;
    const waiting = { letter, attempt, moved: false };
    const line = queues.get(queue);
    if (line) return void line.push(waiting);
    queues.set(queue, [waiting]);
    // Not at once: what happens in one breath waits together, so that it can be put in disorder.
    setImmediate(() => void drain(queue));
  };
  const drain = async (queue: string): Promise<void> => {
    const line = queues.get(queue) ?? [];
    for (let next = take(world, line); next; next = take(world, line)) await deliver(next, queue);
    queues.delete(queue);
  };
  const deliver = async ({ letter, attempt }: Waiting, queue: string): Promise<void> => {
    const { url } = webhook;
    if (url === undefined) return finish();
    const posted = await postLetter(world, url, letter, attempt);
    webhook.deliveries.push({ event: letter.event, id: letter.id, attempt, ...posted });
    if (isTaken(world, posted)) {
      if (world.options.duplicates && attempt === 0) enqueue(letter, 1, queue);
    } else retry(letter, attempt, url);
    finish();
  };
  const retry = (letter: Letter, attempt: number, url: string): void => {
    const { retryLadder: ladder, disables } = world.options;
    const pause = ladder[attempt] ?? (disables ? undefined : ladder.at(-1));
    if (pause === undefined) {
      if (webhook.url === url) webhook.url = undefined;
      return;
    }
    pending += 1;
    const timer = setTimeout(() => {
      timers.delete(timer);
      enqueue(letter, attempt + 1);
      finish();
    }, pause);
    timers.add(timer);
  };
  const collect = (act: () => unknown): { letters: Letter[]; id: string } => {
    if (collecting) throw new Error('hold and burst cannot be nested');
    collecting = [];
    try {
      const id = act();
      return { letters: collecting, id: typeof id === 'string' ? id : '' };
    } finally {
      collecting = undefined;
    }
  };

  world.emit = (event: Event) => {
    const letter = sealed(world, event);
    if (collecting) collecting.push(letter);
    else if (webhook.url !== undefined) enqueue(letter);
  };
  const webhook: Webhook = {
    url: undefined,
    deliveries: [],
    burst(act) {
      bursts += 1;
      for (const [n, letter] of collect(act).letters.entries())
        enqueue(letter, 0, `${letter.queue} burst ${bursts}.${n}`);
    },
    hold(act) {
      const { letters, id } = collect(act);
      const release = (): void => {
        for (const letter of letters) enqueue(letter);
      };
      return { id, release, again: release };
    },
    settled: () => (pending === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
    stop() {
      for (const timer of timers) clearTimeout(timer);
      webhook.url = undefined;
      for (const resolve of idle) resolve();
      idle = [];
    },
  };
  return webhook;
}

function take(world: World, line: Waiting[]): Waiting | undefined {
  const [first, second] = line;
  if (world.options.disorder && first && second && !first.moved) {
    first.moved = true;
    second.moved = true;
    line.splice(0, 2, second, first);
  }
  return line.shift();
}

function isTaken(world: World, { status }: Posted): boolean {
  return status === 200 || (world.options.retryOn === 'connection' && status !== 'failed');
}
