// The real program over a database server of its own that can be hurt, with two officers on Telegram and two in the web chat.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect } from 'vitest';
import { openPostgres } from '../../storage/postgres.ts';
import { startTelegram } from '../stand-ins/telegram.ts';
import { codeOf, copy, expectKept, type Officer, onTelegram, onTheWeb } from '../support/busy-officer.ts';
import { type OwnServer, ownServer } from '../support/postgres.ts';
import { freePort, prepare, type Running, start } from '../support/process.ts';
import { allTemplates } from '../support/world.ts';

const FORM = 'ubnd-thi-xa-nga-nam';
/** Slow enough that nobody comes to the end of the form (ms). */
const THINK = 200;
const SECRET = 'a-secret-of-the-tests';
/** Turns, uploads, listening and leading. */
export const MOST_CONNECTIONS = 10 + 2 + 1 + 1;

/** A server, and what is to be done when a test has ended, the last first. */
export type House = { readonly server: OwnServer; readonly cleanup: (() => unknown)[] };

/** `through`: the address of the database that the bot is given; `patience`: how long an officer waits for a question (ms). */
type Wishes = {
  readonly mode: 'polling' | 'webhook';
  readonly through?: (url: string) => string;
  readonly patience: number;
};

export const openHouse = async (): Promise<House> => ({ server: await ownServer(), cleanup: [] });

export async function leaveHouse({ cleanup }: House): Promise<void> {
  for (const each of cleanup.splice(0).reverse()) await each();
}

type World = {
  readonly bot: Running;
  readonly officers: readonly Officer[];
  /** Lets the officers copy until `stop`, which resolves when everything they typed was found stored and said, once and in order. */
  work(): { stop(): Promise<void> };
};

/** A bot, its officers, and an open period for each of them. */
export async function worldOn(
  { server, cleanup }: House,
  { mode, through = (url) => url, patience }: Wishes,
): Promise<World> {
  const template = (await allTemplates()).find(({ id }) => id === FORM);
  if (!template) throw new Error(`no form ${FORM}`);
  const root = await mkdtemp(join(tmpdir(), 'chitieu-hurt-'));
  cleanup.push(() => rm(root, { recursive: true, force: true }));
  const url = await server.freshUrl();
  const telegram = await startTelegram();
  cleanup.push(() => telegram.stop());
  const units = ['xa-1', 'xa-2', 'xa-3', 'xa-4'];
  await prepare(
    join(root, 'unused'),
    units.map((id) => ({ id, template: FORM, unit: `UBND ${id}`, period: '2026-Q3', code: codeOf(id) })),
    url,
  );
  const port = await freePort();
  const bot = await start({
    ...{ DATABASE_URL: through(url), DATA_DIR: join(root, 'data'), PORT: String(port) },
    ...{ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot, TELEGRAM_MODE: mode },
    ...{ TELEGRAM_WEBHOOK_SECRET: SECRET, PUBLIC_URL: `http://127.0.0.1:${port}` },
    ...{ TELEGRAM_CHAT_PER_MINUTE: '6000', TELEGRAM_PER_SECOND: '500', EVENTS_PER_MINUTE: '0' },
  });
  cleanup.push(() => bot.kill());
  const officers = await Promise.all(
    units.map((unit, n) => (n < 2 ? onTelegram(telegram, 701 + n, unit) : onTheWeb(bot.url, unit))),
  );
  cleanup.push(() => {
    for (const each of officers) each.leave();
  });
  const work = () => {
    let goesOn = true;
    const manner = { goesOn: () => goesOn, think: THINK, patience };
    const copying = Promise.all(officers.map((each) => copy(each, template, manner)));
    copying.catch(() => {});
    return {
      async stop() {
        goesOn = false;
        const typed = await copying;
        const store = await openPostgres(url);
        for (const [n, officer] of officers.entries())
          expectKept(
            officer,
            await store.history(`${officer.unit}/${officer.unit}`),
            template,
            typed[n] ?? 0,
          );
        await store.close();
        expect(Math.min(...typed)).toBeGreaterThan(3);
        expect(Math.max(...typed)).toBeLessThan(template.indicators.length - 1);
      },
    };
  };
  return { bot, officers, work };
}

export const statusOf = async (bot: Running, path: string): Promise<number> => {
  const response = await fetch(bot.url + path);
  await response.text();
  return response.status;
};
export const isReady = (bot: Running, status: number) =>
  expect.poll(() => statusOf(bot, '/ready'), { timeout: 15_000, interval: 100 }).toBe(status);

/** Resolves when every officer has been told something that they had not been told before. */
export async function everybodyHears(officers: readonly Officer[]): Promise<void> {
  const before = officers.map((each) => each.heard().length);
  for (const [n, officer] of officers.entries())
    await expect
      .poll(() => officer.heard().length, { timeout: 20_000, interval: 50 })
      .toBeGreaterThan(before[n] ?? 0);
}

/** How many connections bots have to the server. */
export async function connections({ server }: House): Promise<number> {
  const client = new pg.Client({ connectionString: await server.freshUrl() });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where application_name = 'chitieu-bot'`,
  );
  await client.end();
  return rows[0]?.count ?? 0;
}

/** Ends it as the service manager does. */
export async function expectGoodEnd(bot: Running): Promise<void> {
  const { code } = await bot.stop();
  const said = bot.lines.join('\n');
  expect(code, said).toBe(0);
  expect(said).not.toMatch(/unhandled|MaxListeners/i);
  expect(said).not.toContain('chitieu:chitieu');
}
