// The real program killed again and again while three officers answer: nothing they saw acknowledged is lost, nothing is written twice.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, it, vi } from 'vitest';
import type { Recorded } from '../src/domain/change.ts';
import type { Message, Text } from '../src/domain/conversation.ts';
import type { Template } from '../src/domain/template.ts';
import { echo } from '../src/text/fill.ts';
import { openStorage } from '../storage/open.ts';
import { startTelegram, type TelegramStandIn } from './stand-ins/telegram.ts';
import { readDocument, seeded } from './support/officer.ts';
import { postgresServer } from './support/postgres.ts';
import { prepare, type Running, start } from './support/process.ts';
import { visit } from './support/visitor.ts';
import { allTemplates } from './support/world.ts';

const FORM = 'ubnd-thi-xa-nga-nam';
/** Kills in one go; KILLS asks for so many in all, each ten over fresh forms. */
const ROUNDS = 10;
const GOES = Math.max(1, Math.ceil(Number(process.env.KILLS ?? 0) / ROUNDS));
/** KILL_STORE=postgres: the same over PostgreSQL (that of TEST_DATABASE_URL, or one of our own), each go in a store of its own. */
const server = process.env.KILL_STORE === 'postgres' ? await postgresServer() : undefined;
/** Telegram's pace of one message a second in a chat would let the officers see too little between two kills: its clock runs faster. */
const HASTE = `data:text/javascript,const now = performance.now.bind(performance); performance.now = () => now() * 50;`;

const cleanup: (() => unknown)[] = [];
afterAll(async () => {
  for (const each of cleanup.reverse()) await each();
  await server?.stop();
});

/** An officer who types one line of a paper form after the other, whatever the bot has said by then. */
type Officer = {
  readonly unit: string;
  /** Types the next line, or says it again when it was not acknowledged. */
  next(): Promise<void>;
  /** How many lines were typed and, as far as the officer can know, have arrived or will. */
  typed(): number;
  /** The newest message of the bot. */
  newest(): string;
  /** Echoes that stand in the chat, and what was acknowledged: the events of both must be stored. */
  echoes(): readonly string[];
  acknowledged(): readonly string[];
  /** The platform's ids of the typed messages that were not commands, as they are recorded. */
  messages(): readonly string[];
  /** A new process serves at this address. */
  serves(url: string): void;
};

const words = (text: Text): string =>
  text.map((span) => (typeof span === 'string' ? span : span.bold)).join('');
/** The echoes among messages, each of which stands above the next question. */
const echoesIn = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => text.split('\n\n')).filter((block) => block.startsWith('✓ '));

function onTelegram(telegram: TelegramStandIn, id: number, unit: string, plan: readonly string[]): Officer {
  const person = telegram.user(id);
  const bot = () => person.messages.filter(({ from }) => from === 'bot').map(({ text }) => text);
  const messages: string[] = [];
  let typed = 0;
  person.send(`/start ${codeOf(unit)}`);
  return {
    unit,
    async next() {
      const line = plan[typed++] ?? '';
      const message = person.send(line);
      if (!line.startsWith('/')) messages.push(`telegram:${id}:${message}`);
    },
    typed: () => typed,
    newest: () => bot().at(-1) ?? '',
    echoes: () => echoesIn(bot()),
    acknowledged: () => [],
    messages: () => messages,
    serves: () => {},
  };
}

async function onTheWeb(first: string, unit: string, plan: readonly string[]): Promise<Officer> {
  const visitor = await visit(first);
  cleanup.push(() => visitor.close());
  const bot = () => visitor.seen.map(({ message }) => message).filter(({ mine }: Message) => !mine);
  let url = first;
  let joined = false;
  const acknowledged: string[] = [];
  return {
    unit,
    async next() {
      const n = acknowledged.length;
      if (!joined)
        joined = (await visitor.post(url, '/api/start', { id: 'join', code: codeOf(unit) })) === 200;
      else if ((await visitor.post(url, '/api/send', { id: `n${n}`, text: plan[n] ?? '' })) === 200)
        acknowledged.push(`n${n}`);
    },
    typed: () => acknowledged.length,
    newest: () => words(bot().at(-1)?.text ?? []),
    echoes: () => echoesIn(bot().map(({ text }) => words(text))),
    acknowledged: () => acknowledged,
    messages: () => [],
    serves(next) {
      url = next;
      void visitor.listen(next);
    },
  };
}

const codeOf = (unit: string): string => `code-for-${unit}-with-22-letters`;

/** Reads a report's history from a copy of the folder as the kill left it. */
async function historiesIn(
  folder: string,
  units: readonly string[],
  database: string | undefined,
): Promise<Map<string, readonly Recorded[]>> {
  const copy = `${folder}-copy`;
  if (!database) await cp(folder, copy, { recursive: true });
  const storage = await openStorage({ dataDir: copy, databaseUrl: database });
  const found = new Map<string, readonly Recorded[]>();
  for (const unit of units) found.set(unit, await storage.history(`${unit}/${unit}`));
  await storage.close();
  await rm(copy, { recursive: true, force: true });
  return found;
}

const eventOf = ({ id }: Recorded): string => id.replace(/:\d+$/, '');

/**
 * What the officer was told is stored; and what is stored are the lines of the form in their order, each once.
 * Gives the echoes of all that is stored.
 */
function expectKept(officer: Officer, history: readonly Recorded[], template: Template): string[] {
  const answers = history.flatMap(({ change }) => (change.type === 'answer_set' ? [change] : []));
  const order = template.indicators.slice(0, answers.length);
  expect(answers.map(({ indicator }) => indicator)).toEqual(order.map(({ id }) => id));
  expect(history.length).toBe(answers.length === 0 ? 0 : answers.length + 1);
  const echoes = answers.flatMap(({ indicator, answer }) => {
    const row = order.find(({ id }) => id === indicator);
    return row ? [words(echo(row, answer))] : [];
  });
  expect(officer.echoes().filter((seen) => !echoes.includes(seen))).toEqual([]);
  const events = history.map(eventOf).map((event) => event.split(':')[2]);
  expect(officer.acknowledged().filter((id) => !events.includes(id))).toEqual([]);
  const messages = answers.flatMap(({ answer }) => answer.message ?? []);
  expect(messages).toEqual(officer.messages().slice(0, messages.length));
  return echoes;
}

const goes = Array.from({ length: GOES }, (_, go) => go);
it.each(goes)(
  'killed ten times at random moments (%i), the program keeps every answer once and asks the next question',
  async (go) => {
    const random = seeded(20_260_331 + go);
    const root = await mkdtemp(join(tmpdir(), 'chitieu-killed-'));
    cleanup.push(() => rm(root, { recursive: true, force: true }));
    const folder = join(root, 'data');
    const telegram = await startTelegram();
    cleanup.push(() => telegram.stop());
    const template = (await allTemplates()).find(({ id }) => id === FORM);
    if (!template) throw new Error(`no form ${FORM}`);
    const document = readDocument(FORM);
    const plan = template.indicators.map(
      (row) => document.lines.find(({ id }) => id === row.id)?.value || '/trong',
    );
    const database = await server?.freshUrl();
    const units = ['1', '2', '3'].map((n) => `phuong-${go}-${n}`);
    await prepare(
      folder,
      units.map((id) => ({ id, template: FORM, unit: `UBND ${id}`, period: '2026-Q1', code: codeOf(id) })),
      database,
    );
    const env = {
      DATA_DIR: folder,
      DATABASE_URL: database ?? '',
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.apiRoot,
    };
    let bot: Running | undefined;
    cleanup.push(() => bot?.kill());
    const officers = [501, 502]
      .map((id) => id + go * 10)
      .map((id, n) => onTelegram(telegram, id, units[n] ?? '', plan));

    for (let round = 1; round <= ROUNDS; round++) {
      bot = await start(env, [HASTE]);
      if (round === 1) officers.push(await onTheWeb(bot.url, units[2] ?? '', plan));
      let dead = false;
      const typing = officers.map(async (officer) => {
        officer.serves(bot?.url ?? '');
        for (; !dead; await pause(random() * 150)) await officer.next();
      });
      await pause(150 + random() * 700);
      await bot.kill();
      dead = true;
      const echoes = officers.map((each) => each.echoes().length);
      await Promise.all(typing);
      const histories = await historiesIn(folder, units, database);
      for (const officer of officers) expectKept(officer, histories.get(officer.unit) ?? [], template);
      if (round === ROUNDS) for (const count of echoes) expect(count).toBeGreaterThan(ROUNDS);
    }

    bot = await start(env, [HASTE]);
    for (const officer of officers) officer.serves(bot.url);
    const isAsked = (officer: Officer) =>
      vi.waitFor(
        () => {
          const row = template.indicators[officer.typed()];
          // Alone, or as the first of several rows that are asked at once.
          const alone = [row?.stt, row?.label].filter(Boolean).join(' ');
          const lines = officer.newest().split('\n');
          expect(lines.includes(alone) || lines.includes(`1. ${row?.label}`), officer.newest()).toBe(true);
          expect(officer.newest()).toMatch(/^Chỉ tiêu \d+\/\d+ của mục/m);
        },
        { timeout: 20_000, interval: 100 },
      );
    await Promise.all(officers.map(isAsked));
    for (const officer of officers) await officer.next();
    await Promise.all(officers.map(isAsked));
    expect((await bot.stop()).code, bot.lines.join('\n')).toBe(0);
    const histories = await historiesIn(folder, units, database);
    for (const officer of officers) {
      const history = histories.get(officer.unit) ?? [];
      const echoes = expectKept(officer, history, template);
      expect(echoes).toHaveLength(officer.typed());
      expect(new Set(officer.echoes())).toEqual(new Set(echoes));
    }
  },
  300_000,
);
