// A Zalo Bot channel connected to the stand-in, with what it received, logged and remembered, for the tests of the channel.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { ChannelMemory } from '../../src/channels/channel.ts';
import { createZaloBotChannel } from '../../src/channels/zalo-bot.ts';
import type { ChannelState, Notice } from '../../src/domain/channel-state.ts';
import type { Event } from '../../src/domain/event.ts';
import { startZaloBot, type ZaloBotStandIn } from './zalo-bot.ts';

type Options = Parameters<typeof createZaloBotChannel>[0];
type Line = { level: 'info' | 'warn' | 'error'; data: object; text: string };

export const SECRET = 'a-secret_of-the-webhook';
/** An address that the stand-in finds on this machine. */
export const PUBLIC_URL = 'https://bot.example.vn';

export type Memory = ChannelMemory & {
  state(): ChannelState;
  /** Something else is written by another instance. */
  put(state: ChannelState): void;
  /** Reading and writing fail until it is called with false. */
  fail(isFailing: boolean): void;
  /** How often it was written. */
  writes(): number;
};

export type Bench = {
  readonly zalo: ZaloBotStandIn;
  readonly channel: ReturnType<typeof createZaloBotChannel>;
  /** The web server's side of the channel, also found under PUBLIC_URL. */
  readonly app: Hono;
  /** Events whose turn became durable, in that order. */
  readonly events: Event[];
  readonly log: Line[];
  readonly alarms: Notice[];
  readonly memory: Memory;
  /** Starts to receive; `turn` is what each event does before it is durable. */
  start(turn?: (event: Event) => Promise<void> | void): Promise<void>;
  close(): Promise<void>;
};

export function createMemory(initial: ChannelState = {}): Memory {
  let [state, rev, writes, isFailing] = [initial, 0, 0, false];
  const check = (): void => {
    if (isFailing) throw new Error('the disk is full');
  };
  return {
    exclusive: true,
    async read() {
      check();
      return { state, rev };
    },
    async write(next, from) {
      check();
      if (from !== rev) return 'stale';
      [state, rev] = [next, rev + 1];
      writes += 1;
      return 'done';
    },
    state: () => state,
    put(next) {
      [state, rev] = [next, rev + 1];
    },
    fail: (fails) => {
      isFailing = fails;
    },
    writes: () => writes,
  };
}

/** Pauses are short; everything else is as in production. */
const TIMES = { poll: 1, longPoll: 1, idle: 10, request: 3000, pollRequest: 3000, start: 1000 };
const PAUSES = { backoff: 10, longestBackoff: 50, look: 60_000, answer: 300, turn: 5000, save: 20 };

/** `there`: a stand-in that an earlier bench left running. */
export async function openBench(
  options: Partial<Options> & { readonly memory?: Memory } = {},
  there?: ZaloBotStandIn,
): Promise<Bench> {
  const app = new Hono();
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const zalo = there ?? (await startZaloBot({ pollMs: 100, retryLadder: [20, 20, 20, 20] }));
  zalo.set({ hosts: { [PUBLIC_URL]: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } });
  const [log, alarms, events]: [Line[], Notice[], Event[]] = [[], [], []];
  const write =
    (level: Line['level']) =>
    (data: object, text: string): void => {
      log.push({ level, data, text });
    };
  const memory = options.memory ?? createMemory();
  const channel = createZaloBotChannel({
    ...{ token: zalo.token, mode: 'polling', apiRoot: zalo.apiRoot, quota: 3000 },
    ...{ webhookSecret: SECRET, publicUrl: PUBLIC_URL, timezone: 'Asia/Ho_Chi_Minh', memory },
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    alarm: (notice) => alarms.push(notice),
    ...options,
    times: { ...TIMES, ...PAUSES, ...options.times },
  });
  channel.routes(app);
  return {
    ...{ zalo, channel, app, events, log, alarms, memory },
    start: (turn) =>
      channel.start(async (event) => {
        await turn?.(event);
        events.push(event);
      }),
    async close() {
      await channel.stop();
      await zalo.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What was said in text events, in order. */
export const words = (events: readonly Event[]): string[] =>
  events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
