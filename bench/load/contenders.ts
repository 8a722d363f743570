// Who is measured: our own bot over each store, the limits, and the peers, all started and answered through the same few functions.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '../../storage/storage.ts';
import { type Command, ROOT, sizeOf } from './child.ts';
import type { AnswerTo } from './driver.ts';
import { answerOurs, codeOf, compare, prepareOffice } from './office.ts';
import { lowdbStores, postgresStores, type Stores } from './stores.ts';

const TOKEN = '4242:AAbench_abcdefghijklmnopqrstuvwxyz0123';
export const SECRET = 'bench-secret-0123456789';

/** A place to run in: a folder or database with nothing in it but what the contender needs for these chats. */
export type Place = {
  /** Bytes on the disk. */
  size(): Promise<number>;
  command(port: number, apiRoot: string): Command;
  /** What of the acknowledged answers is not stored; undefined where that is found out by asking the bot. */
  readonly lostOf?: (works: readonly { chat: number; acknowledged: readonly string[] }[]) => Promise<number>;
  drop(): Promise<void>;
};

export type Contender = {
  readonly name: string;
  readonly kind: 'ours' | 'limit' | 'peer';
  /** Path of its webhook. */
  readonly path: string;
  readonly hello: (chat: number) => string;
  readonly answerTo: AnswerTo;
  /** The number of the question that a message asks, from 1; undefined when it asks none. */
  readonly questionNumber: (text: string) => number | undefined;
  /** `fill` puts more into the store of our own bot. */
  place(chats: readonly number[], fill?: (storage: Storage) => Promise<void>): Promise<Place>;
};

/** Our own bot, as `npm start` runs it. `nodeArgs`: further options of Node, e.g. --cpu-prof. */
export const ours = (stores: Stores, nodeArgs: readonly string[] = []): Contender => ({
  name: `ours/${stores.name}`,
  kind: 'ours',
  path: '/webhook/telegram',
  hello: (chat) => `/start ${codeOf(chat)}`,
  answerTo: answerOurs,
  questionNumber: (text) => {
    const filled = /cả báo cáo [□■]{10} (\d+)\/\d+/.exec(text)?.[1];
    return filled === undefined ? undefined : Number(filled) + 1;
  },
  async place(chats, fill) {
    const store = await stores.make();
    const storage = await store.open();
    await prepareOffice(storage, chats);
    await fill?.(storage);
    await storage.close();
    return {
      size: store.size,
      command: (port, apiRoot) => ({
        args: [...nodeArgs, '--import', 'tsx', 'src/main.ts'],
        port,
        env: { ...settings(port, apiRoot), ...store.env },
      }),
      async lostOf(works) {
        const read = await store.open();
        try {
          const kept = await Promise.all(works.map((each) => compare(read, each.chat, each.acknowledged)));
          return kept.reduce((sum, { lost }) => sum + lost, 0);
        } finally {
          await read.close();
        }
      },
      drop: store.drop,
    };
  },
});

const settings = (port: number, apiRoot: string): Record<string, string> => ({
  PORT: String(port),
  LOG_LEVEL: 'warn',
  TELEGRAM_BOT_TOKEN: TOKEN,
  TELEGRAM_MODE: 'webhook',
  TELEGRAM_WEBHOOK_SECRET: SECRET,
  TELEGRAM_API_ROOT: apiRoot,
  // The stand-in bears any pace, and officers here are faster than people.
  EVENTS_PER_MINUTE: '0',
  TELEGRAM_PER_SECOND: '1000000',
  TELEGRAM_CHAT_PER_MINUTE: '1000000',
  PUBLIC_URL: `http://127.0.0.1:${port}`,
});

/** The words of the question that limits and peers ask: "Câu 7/130: …". */
const numberOf = (text: string): number | undefined => {
  const number = /^Câu (\d+)\//.exec(text)?.[1];
  return number === undefined ? undefined : Number(number);
};

/** A program of the bench itself: it takes its settings from the environment and keeps what it keeps in one folder. */
const script = (name: string, kind: 'limit' | 'peer', file: string): Contender => ({
  ...{ name, kind, path: '/', hello: () => '/start', questionNumber: numberOf },
  answerTo: ({ text }) => (text.startsWith('Câu ') || text.startsWith('Xong') ? { text: '0' } : undefined),
  async place() {
    const folder = await mkdtemp(join(tmpdir(), 'chitieu-bench-'));
    return {
      size: () => sizeOf(folder),
      command: (port, apiRoot) => ({
        args: [file],
        port,
        env: { PORT: String(port), API_ROOT: apiRoot, FOLDER: folder, TOKEN, SECRET },
      }),
      drop: () => rm(folder, { recursive: true, force: true }),
    };
  },
});

export const GROUP_COMMIT = 'limit: group commit';
export const LIMITS: readonly Contender[] = [
  script('limit: bare', 'limit', 'bench/limits/bare.mjs'),
  script('limit: fdatasync each', 'limit', 'bench/limits/each.mjs'),
  script(GROUP_COMMIT, 'limit', 'bench/limits/group.mjs'),
];

/** Empty when they are not installed (npm ci --prefix bench/peers). */
export const PEERS: readonly Contender[] = existsSync(join(ROOT, 'bench/peers/node_modules'))
  ? [
      script('Telegraf wizard, session file', 'peer', 'bench/peers/telegraf-wizard.mjs'),
      script('grammY session, file', 'peer', 'bench/peers/grammy-file.mjs'),
      script('grammY session, SQLite FULL', 'peer', 'bench/peers/grammy-sqlite.mjs'),
      script('grammY conversations, file', 'peer', 'bench/peers/grammy-conversations.mjs'),
    ]
  : [];

/** The stores there are to measure over. */
export const STORES: readonly Stores[] = [lowdbStores, postgresStores()];
export const OURS: readonly Contender[] = STORES.map((each) => ours(each));
