// A Telegram channel connected to the stand-in, with what it received and logged, for the tests of the channel.
import { Hono } from 'hono';
import { createTelegramChannel } from '../../src/channels/telegram.ts';
import type { Event } from '../../src/domain/event.ts';
import type { Role } from '../../src/domain/people.ts';
import { startTelegram, type TelegramStandIn } from './telegram.ts';

type Options = Parameters<typeof createTelegramChannel>[0];
type Line = { level: 'info' | 'warn' | 'error'; data: object; text: string };

export type Bench = {
  readonly telegram: TelegramStandIn;
  readonly channel: ReturnType<typeof createTelegramChannel>;
  /** The web server's side of the channel. */
  readonly app: Hono;
  /** Events whose turn became durable, in that order. */
  readonly events: Event[];
  readonly log: Line[];
  /** Starts to receive; `turn` is what each event does before it is durable. */
  /** `roleOf`: who speaks after a turn. */
  start(turn?: (event: Event) => Promise<void> | void, roleOf?: () => Role | undefined): Promise<void>;
  close(): Promise<void>;
};

/** Pauses are short; everything else is as in production. */
const TIMES = { poll: 5, request: 8, start: 1000, backoff: 20, longestBackoff: 100, lookAgain: 50 };

export async function openBench(options: Partial<Options> = {}, telegram?: TelegramStandIn): Promise<Bench> {
  const there = telegram ?? (await startTelegram());
  const log: Line[] = [];
  const write =
    (level: Line['level']) =>
    (data: object, text: string): void => {
      log.push({ level, data, text });
    };
  const channel = createTelegramChannel({
    token: there.token,
    mode: 'polling',
    apiRoot: there.apiRoot,
    commands: [{ command: 'batdau', description: 'Bắt đầu' }],
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    ...options,
    times: { ...TIMES, ...options.times },
  });
  const events: Event[] = [];
  const app = new Hono();
  channel.routes(app);
  return {
    telegram: there,
    channel,
    app,
    events,
    log,
    start: (turn, roleOf) =>
      channel.start(async (event, after) => {
        await turn?.(event);
        events.push(event);
        if (roleOf) after?.(roleOf());
      }),
    async close() {
      await channel.stop();
      await there.stop();
    },
  };
}

/** What was said in text events, in order. */
export function words(events: readonly Event[]): string[] {
  return events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
}

/** A promise that the test resolves: a turn that takes its time. */
export function deferred(): { promise: Promise<void>; resolve(): void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** An address on this machine where nothing listens. */
export async function nobody(): Promise<string> {
  const closed = await startTelegram();
  await closed.stop();
  return closed.apiRoot;
}
