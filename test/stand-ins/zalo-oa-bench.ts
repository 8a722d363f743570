// A Zalo channel connected to the stand-in, with its memory, its webhook and what it logged, for the tests of the channel.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { ChannelMemory, Sending, TableSource } from '../../src/channels/channel.ts';
import { createZaloOaChannel } from '../../src/channels/zalo-oa.ts';
import type { ChannelState, Notice } from '../../src/domain/channel-state.ts';
import type { Event } from '../../src/domain/event.ts';
import type { Seen } from './zalo-oa/world.ts';
import { startZaloOa, type ZaloOa } from './zalo-oa.ts';

type Options = Parameters<typeof createZaloOaChannel>[0];
type Line = { level: 'info' | 'warn' | 'error'; data: object; text: string };
/** A memory that goes through JSON, as every store does. */
type BenchMemory = ChannelMemory & { state(): ChannelState };

export type Bench = {
  readonly zalo: ZaloOa;
  readonly channel: ReturnType<typeof createZaloOaChannel>;
  readonly memory: BenchMemory;
  /** Events whose turn became durable. */
  readonly events: Event[];
  readonly log: Line[];
  readonly alarms: Notice[];
  /** Starts to receive; `turn` is what each event does before it is durable. */
  start(turn?: (event: Event) => Promise<void> | void): Promise<void>;
  /** Leaves Zalo and the memory as they are and stops only the channel. */
  stop(): Promise<void>;
  close(): Promise<void>;
};

/** 20 November 2026, 10:00:05 in Viet Nam: by day, and early in a minute. */
const MORNING = Date.parse('2026-11-20T03:00:05Z');
export const CS = '/v3.0/oa/message/cs';
export const HOUR = 3_600_000;

function createMemory(): BenchMemory {
  let stored = '{}';
  let rev = 0;
  return {
    exclusive: true,
    state: () => JSON.parse(stored),
    read: async () => ({ state: JSON.parse(stored), rev }),
    async write(state, seen) {
      if (seen !== rev) return 'stale';
      stored = JSON.stringify(state);
      rev += 1;
      return 'done';
    },
  };
}

/** `refreshToken`: '' for none. `from`: an earlier bench whose Zalo and memory go on, as after a restart. */
export async function openBench(options: Partial<Options> = {}, from?: Bench): Promise<Bench> {
  const { refreshToken, ...others } = options;
  const zalo = from?.zalo ?? (await startZaloOa({ at: MORNING }));
  const memory = from?.memory ?? createMemory();
  const handover = await mkdtemp(join(tmpdir(), 'zalo-oa-'));
  const log: Line[] = [];
  const alarms: Notice[] = [];
  const write =
    (level: Line['level']) =>
    (data: object, text: string): void => {
      log.push({ level, data, text });
    };
  const channel = createZaloOaChannel({
    ...{ oaId: zalo.oaId, appId: zalo.appId, appSecret: zalo.appSecret, oaSecret: zalo.oaSecret },
    ...{ apiRoot: zalo.apiRoot, oauthRoot: zalo.oauthRoot, zbsRoot: zalo.zbsRoot },
    ...(refreshToken === '' ? {} : { refreshToken: refreshToken ?? zalo.refreshToken }),
    ...{ buttons: 'auto', paid: false, memory, handover },
    ...{ timezone: 'Asia/Ho_Chi_Minh', now: () => new Date(zalo.now()) },
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    alarm: (notice) => alarms.push(notice),
    times: { request: 1000, backoff: 20, longestBackoff: 100 },
    ...others,
  });
  const events: Event[] = [];
  const app = new Hono();
  channel.routes(app);
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  zalo.deliverTo(`http://127.0.0.1:${port}/webhook/zalo-oa`);
  const stop = async (): Promise<void> => {
    await channel.stop();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(handover, { recursive: true, force: true });
  };
  return {
    ...{ zalo, channel, memory, events, log, alarms, stop },
    start: (turn) =>
      channel.start(async (event) => {
        await turn?.(event);
        events.push(event);
      }),
    async close() {
      await stop();
      await zalo.stop();
    },
  };
}

let number = 0;

/** A message to the person with this id. */
export function sending(chat: string, text: string, more: Partial<Sending> = {}): Sending {
  number += 1;
  return { id: `out:${number}`, seq: number, chat, message: { text: [text] }, ...more };
}

/** What the person sees, in a few words: the text, or what else it is. */
export const shown = (messages: readonly Seen[]): string[] =>
  messages.map(({ kind, text, file }) => (kind === 'text' ? text : `${kind}:${file?.name ?? text}`));

const bytesOf = (head: string, size: number): Uint8Array => {
  const bytes = Buffer.alloc(size, 'x');
  bytes.write(head, 'latin1');
  return bytes;
};

export type BenchTable = TableSource & { /** What was asked for, in order. */ readonly asked: string[] };

/** A table whose files look like what they are. */
export function createTable(
  how: { readonly link?: string; readonly pages?: number; readonly size?: number } = {},
): BenchTable {
  const { link, pages = 2, size = 5000 } = how;
  const asked: string[] = [];
  return {
    asked,
    make: async (format) => {
      asked.push(format);
      const bytes = bytesOf(format === 'pdf' ? '%PDF-1.7' : 'PK\x03\x04 word/', size);
      return { name: `phu-luc.${format}`, type: 'application/octet-stream', bytes };
    },
    pictures: async () => {
      asked.push('pictures');
      const bytes = bytesOf('\x89PNG\r\n\x1a\n', size);
      return Array.from({ length: pages }, (_, n) => ({
        name: `trang-${n + 1}.png`,
        type: 'image/png',
        bytes,
      }));
    },
    link: async (format) => {
      asked.push(`link ${format}`);
      return link;
    },
  };
}
