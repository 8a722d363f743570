// Two of the real program behind one address, over one database: killed in turn under load, then restarted one after the other.
// INSTANCE_KILLS: so many kills, each five over fresh forms.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgres } from '../../storage/postgres.ts';
import { startTelegram, type TelegramStandIn } from '../stand-ins/telegram.ts';
import { codeOf, copy, expectKept, onTelegram, onTheWeb } from '../support/busy-officer.ts';
import { moveClock } from '../support/moved-clock.ts';
import { postgresServer, type Server } from '../support/postgres.ts';
import { freePort, prepare, type Running, start } from '../support/process.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { allTemplates } from '../support/world.ts';

const FORM = 'ubnd-thi-xa-nga-nam';
const KILLS = Number(process.env.INSTANCE_KILLS ?? 3);
const KILLS_A_GO = 5;
const GOES = Array.from({ length: Math.ceil(KILLS / KILLS_A_GO) }, (_, go) => go);
/** Monday, 7:00 in Viet Nam; in a period that ends three days later the first reminder is due at 8:00. */
const MORNING = Date.parse('2026-11-16T00:00:00Z');
const HOUR = 3_600_000;
const CLOCK = new URL('../support/moved-clock.ts', import.meta.url).href;
/** Slow enough that nobody comes to the end of the form before the last kill (ms). */
const THINK = 400;

let server: Server;
let root: string;
const cleanup: (() => unknown)[] = [];
beforeAll(async () => {
  server = await postgresServer();
  root = await mkdtemp(join(tmpdir(), 'chitieu-two-'));
});
afterAll(async () => {
  for (const each of cleanup.reverse()) await each();
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

/** A message that an instance handed to Telegram. */
type Send = { readonly instance: string; readonly chat: string; readonly text: string };

type Instance = { readonly name: string; readonly running: Running };

/** One of two places for an instance behind the address: whoever runs there has its own way to Telegram, which notes what it sends. */
type Place = { begin(): Promise<Instance>; now(): Instance };

async function place(
  name: string,
  port: number,
  env: Readonly<Record<string, string>>,
  telegram: TelegramStandIn,
  sends: Send[],
): Promise<Place> {
  let generation = 0;
  let instance: Instance | undefined;
  cleanup.push(() => instance?.running.kill());
  return {
    async begin() {
      generation += 1;
      const own = `${name}${generation}`;
      const way = await startRelay([telegram.apiRoot], ({ path, body }) => {
        if (!path.endsWith('/sendMessage')) return;
        const { chat_id, text } = JSON.parse(body) as { chat_id: number | string; text: string };
        sends.push({ instance: own, chat: String(chat_id), text });
      });
      cleanup.push(() => way.close());
      const running = await start(
        { ...env, PORT: String(port), TELEGRAM_API_ROOT: way.url, DATA_DIR: join(root, name) },
        [CLOCK],
      );
      instance = { name: own, running };
      return instance;
    },
    now() {
      if (!instance) throw new Error(`nothing runs at ${name}`);
      return instance;
    },
  };
}

/** Nothing went out twice, but for the last message that a killed instance had in hand in a chat. */
function expectNothingDoubled(sends: readonly Send[], killed: ReadonlySet<string>): void {
  for (const chat of new Set(sends.map((each) => each.chat))) {
    const here = sends.filter((each) => each.chat === chat);
    for (const [n, again] of here.entries()) {
      const before = here.findIndex(({ text }) => text === again.text);
      if (before === n) continue;
      const { instance = '' } = here[before] ?? {};
      expect(killed, `${chat}: ${again.text}`).toContain(instance);
      expect(here.slice(before + 1).filter((each) => each.instance === instance)).toEqual([]);
    }
  }
}

it.each(GOES)(
  'two instances behind one address, killed in turn and restarted (%i), keep every answer once, ask on, and remind once',
  async (go) => {
    const kills = Math.min(KILLS_A_GO, KILLS - go * KILLS_A_GO);
    const clock = moveClock(join(root, `clock-${go}`));
    try {
      await clock.set(MORNING);
      await live(go, kills, clock.env, () => clock.set(MORNING + HOUR + 5_000));
    } finally {
      clock.restore();
    }
  },
  240_000,
);

async function live(
  go: number,
  kills: number,
  clock: Readonly<Record<string, string>>,
  eight: () => Promise<void>,
): Promise<void> {
  const telegram = await startTelegram();
  cleanup.push(() => telegram.stop());
  const template = (await allTemplates()).find(({ id }) => id === FORM);
  if (!template) throw new Error(`no form ${FORM}`);
  const url = await server.freshUrl();
  const units = Array.from({ length: 14 }, (_, n) => `xa-${go}-${n}`);
  await prepare(
    join(root, 'unused'),
    units.map((id) => ({ id, template: FORM, unit: `UBND ${id}`, period: '2026-Q3', code: codeOf(id) })),
    url,
  );
  const [portA, portB] = [await freePort(), await freePort()];
  const address: Relay = await startRelay([portA, portB].map((port) => `http://127.0.0.1:${port}`));
  cleanup.push(() => address.close());
  const sends: Send[] = [];
  const env = {
    ...{ ...clock, DATABASE_URL: url, PUBLIC_URL: address.url, TELEGRAM_BOT_TOKEN: telegram.token },
    ...{ TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-the-tests' },
    ...{ TELEGRAM_CHAT_PER_MINUTE: '6000', TELEGRAM_PER_SECOND: '500', EVENTS_PER_MINUTE: '0' },
  };
  const places = [
    await place('a', portA, env, telegram, sends),
    await place('b', portB, env, telegram, sends),
  ];
  for (const each of places) await each.begin();

  const officers = await Promise.all(
    units.map((unit, n) =>
      n % 2 === 0 ? onTelegram(telegram, 600 + go * 20 + n, unit) : onTheWeb(address.url, unit),
    ),
  );
  cleanup.push(() => {
    for (const each of officers) each.leave();
  });
  // Four have joined and do nothing: they are to be reminded. The others would be in the middle of their work.
  const idle = officers.slice(10);
  await Promise.all(idle.map((each) => copy(each, template, { goesOn: () => false })));
  let goesOn = true;
  const copying = Promise.all(
    officers.slice(0, 10).map((each) => copy(each, template, { think: THINK, goesOn: () => goesOn })),
  );
  copying.catch(() => {});

  const killed = new Set<string>();
  for (let n = 0; n < kills; n++) {
    await pause(200 + Math.random() * 800);
    const own = places[n % 2];
    if (!own) throw new Error('no place');
    if (n === 0) await Promise.all([eight(), pause(Math.random() * 1_500)]);
    killed.add(own.now().name);
    await own.now().running.kill();
    await pause(Math.random() * 400);
    await own.begin();
  }
  for (const each of places) {
    await pause(300);
    const old = each.now().running;
    expect((await old.stop()).code, old.lines.join('\n')).toBe(0);
    await each.begin();
  }
  await pause(300);
  goesOn = false;
  const typed = await copying;

  const store = await openPostgres(url);
  for (const [n, officer] of officers.slice(0, 10).entries())
    expectKept(
      officer,
      await store.history(`${officer.unit}/${officer.unit}`),
      template,
      typed[n] ?? 0,
      true,
    );
  expect(Math.min(...typed)).toBeGreaterThan(kills);
  for (const officer of idle) {
    const isReminder = (text: string) => text.includes('chỉ tiêu chưa có số liệu');
    await expect.poll(() => officer.heard().filter(isReminder).length, { timeout: 20_000 }).toBe(1);
    const stored = (await store.transcript(officer.conversation, 0, 100)).filter(({ message }) =>
      isReminder(message.text.map((span) => (typeof span === 'string' ? span : span.bold)).join('')),
    );
    expect(stored).toHaveLength(1);
  }
  await store.close();
  expectNothingDoubled(sends, killed);
  for (const each of places) {
    const { running } = each.now();
    expect((await running.stop()).code, running.lines.join('\n')).toBe(0);
    expect(running.lines.join('\n')).not.toMatch(/unhandled/i);
  }
  for (const each of officers) each.leave();
  console.info(
    `${kills} kills, ${typed.reduce((sum, each) => sum + each, 0)} answers, ${sends.length} sends of Telegram, ` +
      `${sends.length - new Set(sends.map(({ chat, text }) => `${chat} ${text}`)).size} of them again, posts not taken: ` +
      JSON.stringify(officers.flatMap((each) => each.refusals())),
  );
}
