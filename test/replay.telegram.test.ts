// The five documents filled end to end through the real program, long polling a strict Telegram that repeats updates and breaks connections.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from './stand-ins/telegram/people.ts';
import type { Fault } from './stand-ins/telegram/world.ts';
import { startTelegram, type TelegramStandIn } from './stand-ins/telegram.ts';
import { type Chat, differences, fillForm, readDocument, type Told } from './support/officer.ts';
import { type Bot, prepare, recordedIn, startBot } from './support/process.ts';
import { allTemplates } from './support/world.ts';

const CODES = {
  'ubnd-thi-xa-nga-nam': 'nganam-code-of-24-letters',
  'so-ngoai-vu': 'ngoaivu-code-of-24-letters',
  'so-cong-thuong-soc-trang': 'soctrang-code-24-letters-',
  'so-cong-thuong-ha-nam': 'hanam-code-of-24-letters--',
  'so-tai-chinh-soc-trang': 'taichinh-code-24-letters-',
};
type Id = keyof typeof CODES;
const IDS = Object.keys(CODES) as Id[];

/**
 * Telegram allows one message a second in a chat, and the program keeps to it; an officer who types for hours never notices, but
 * this one would need ten minutes. Only the clock of that pace (performance.now) runs faster here; all other times are real.
 */
const HASTE = `data:text/javascript,${encodeURIComponent('const now = performance.now.bind(performance); performance.now = () => now() * 200;')}`;

const busy: Fault = {
  kind: 'refuse',
  code: 429,
  description: 'Too Many Requests: retry after 1',
  retryAfter: 1,
};
const broken: Fault = { kind: 'refuse', code: 500, description: 'Internal Server Error' };
/** What goes wrong while the n-th thing is said to the bot. A question lost on its way is asked for again by the officer. */
const TROUBLES: Readonly<Record<number, readonly [string, Fault]>> = {
  10: ['sendMessage', busy],
  20: ['sendMessage', broken],
  30: ['getUpdates', { kind: 'drop-after' }],
  40: ['sendMessage', { kind: 'drop-after' }],
  50: ['editMessageText', busy],
  60: ['getUpdates', broken],
  70: ['sendMessage', { kind: 'drop-before' }],
  80: ['editMessageText', { kind: 'drop-before' }],
  90: ['getUpdates', { kind: 'gateway' }],
  100: ['sendMessage', { kind: 'gateway' }],
  110: ['getUpdates', { kind: 'drop-before' }],
  120: ['editMessageText', { kind: 'drop-after' }],
  130: ['getUpdates', busy],
};

/** The person's side; silence is what a person would call it, longer than Telegram's own pauses. */
function chatOf(person: Person, before: () => void): Chat {
  const fromBot = () => person.messages.filter(({ from }) => from === 'bot');
  return {
    said: () =>
      fromBot().map(({ text, bold, buttons }) => ({
        ...{ text, bold },
        buttons: buttons.flat().map(({ label, data }) => ({ label, action: data })),
      })),
    async say(text) {
      before();
      person.send(text);
    },
    async press(action) {
      before();
      person.press(action);
    },
    async news() {
      // An edit is news as well: a screen of several indicators changes in its place.
      const texts = () => fromBot().map(({ text }) => text);
      const seen = texts().join();
      for (let waited = 0; waited < 3_000; waited += 5) {
        await pause(5);
        if (texts().join() !== seen) return true;
      }
      return false;
    },
  };
}

describe('Five officers on Telegram', () => {
  const told = new Map<Id, Told>();
  const people = new Map<Id, Person>();
  let folder = '';
  let telegram: TelegramStandIn | undefined;
  let bot: Bot | undefined;
  let ending: { code: number | null; ms: number } | undefined;
  let left: number[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chitieu-telegram-'));
    const documents = IDS.map(readDocument);
    const templates = await allTemplates();
    await prepare(
      folder,
      documents.map(({ id, unit, period }) => ({ template: id, unit, period, code: CODES[id as Id] })),
    );
    const standIn = await startTelegram();
    telegram = standIn;
    standIn.redeliver();
    const settings = { TELEGRAM_BOT_TOKEN: standIn.token, TELEGRAM_API_ROOT: standIn.apiRoot };
    bot = await startBot(folder, settings, [HASTE]);
    let acts = 0;
    const trouble = (): void => {
      acts += 1;
      const [method, fault] = TROUBLES[acts] ?? [];
      if (method && fault) standIn.fault(method, fault);
    };
    await Promise.all(
      IDS.map(async (id, n) => {
        const person = standIn.user(101 + n);
        people.set(id, person);
        const chat = chatOf(person, trouble);
        const [document, template] = [documents[n], templates.find((each) => each.id === id)];
        if (!document || !template) throw new Error(`no document or form ${id}`);
        await chat.say(`/start ${CODES[id]}`);
        told.set(id, await fillForm(chat, template, document, 40 + n));
        await chat.say('/file');
        while (!person.messages.some((each) => each.document)) if (!(await chat.news())) break;
      }),
    );
    // Repeated updates arrive with the next poll; what they might do wrong would show now.
    await pause(300);
    ending = await bot.stop();
    left = standIn.unconfirmed();
  }, 90_000);

  afterAll(async () => {
    bot?.kill();
    await telegram?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(IDS)('%s: every indicator is asked once, in printed order', async (id) => {
    const template = (await allTemplates()).find((each) => each.id === id);
    expect(told.get(id)?.asked).toEqual(template?.indicators.map((row) => row.id));
  });

  it.each(IDS)('%s: the file in the chat is the document, cell by cell, and comes once', async (id) => {
    const files = people.get(id)?.messages.flatMap((each) => each.document ?? []) ?? [];
    expect(files.map(({ name }) => name)).toEqual([expect.stringMatching(/^phu-luc-cchc_.+\.xlsx$/)]);
    const template = (await allTemplates()).find((each) => each.id === id);
    if (!files[0] || !template) throw new Error('nothing to compare');
    expect(await differences(files[0].bytes, readDocument(id), template)).toEqual([]);
  });

  it.each(IDS)('%s: no answer is recorded twice although every update came twice', async (id) => {
    expect(await recordedIn(folder, `${id}/${id}`)).toEqual([...(told.get(id)?.given ?? [])].sort());
  });

  it('meets every trouble, and at most the one lost message had to be asked for again', () => {
    const met = bot?.output().match(/a message was not sent|updates could not be fetched/g) ?? [];
    expect(met, bot?.output()).toHaveLength(Object.keys(TROUBLES).length);
    // What was lost on its way may have been a warning, which nobody waits for.
    expect([...told.values()].reduce((sum, each) => sum + each.nudges, 0)).toBeLessThanOrEqual(1);
  });

  it('ends by SIGTERM with code 0 within 5 seconds, with nothing left at Telegram', () => {
    expect(ending?.code, bot?.output()).toBe(0);
    expect(ending?.ms).toBeLessThan(5_000);
    expect(left).toEqual([]);
  });
});
