// The real program while somebody's words make a flow throw, and while two devices send a hundred messages at once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, it, vi } from 'vitest';
import { TROUBLE } from '../../src/text/menu.ts';
import { ME } from '../../src/text/person.ts';
import { openStorage } from '../../storage/open.ts';
import { startTelegram, type TelegramStandIn } from '../stand-ins/telegram.ts';
import { prepare, type Running, start } from '../support/process.ts';
import { type Visitor, visit } from '../support/visitor.ts';
import { buttonsOf, plain } from '../support/world.ts';

const FORM = 'ubnd-thi-xa-nga-nam';
const POISON = new URL('../support/poison.ts', import.meta.url).href;
/** Telegram's pace of one message a second in a chat would make these tests long: its clock runs faster. */
const HASTE = `data:text/javascript,const now = performance.now.bind(performance); performance.now = () => now() * 50;`;

const root = await mkdtemp(join(tmpdir(), 'chitieu-trouble-'));
const cleanup: (() => unknown)[] = [];
afterAll(async () => {
  for (const each of cleanup.reverse()) await each();
  await rm(root, { recursive: true, force: true });
});

const codeOf = (unit: string): string => `code-for-${unit}-with-22-letters`;

async function folderFor(name: string, units: readonly string[]): Promise<string> {
  const folder = join(root, name);
  await prepare(
    folder,
    units.map((id) => ({ id, template: FORM, unit: `UBND ${id}`, period: '2026-Q1', code: codeOf(id) })),
  );
  return folder;
}

type Env = Readonly<Record<string, string>>;
async function run(env: Env, preloads: readonly string[] = []): Promise<Running> {
  const bot = await start(env, preloads);
  cleanup.push(() => bot.kill());
  return bot;
}

async function telegramFor(): Promise<{ telegram: TelegramStandIn; env: Env }> {
  const telegram = await startTelegram();
  cleanup.push(() => telegram.stop());
  return {
    telegram,
    env: {
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      EVENTS_PER_MINUTE: '6000',
    },
  };
}

async function letIn({ url }: Running, unit: string): Promise<Visitor> {
  const visitor = await visit(url);
  cleanup.push(() => visitor.close());
  void visitor.listen(url);
  expect(await visitor.post(url, '/api/start', { id: 'join', code: codeOf(unit) })).toBe(200);
  return visitor;
}

type Person = ReturnType<TelegramStandIn['user']>;
const heard = (person: Person): string[] =>
  person.messages.filter(({ from }) => from === 'bot').map(({ text }) => text);
const hears = (person: Person, words: string, timeout = 20_000): Promise<void> =>
  vi.waitFor(() => expect(heard(person).join('\n')).toContain(words), { timeout, interval: 50 });

async function notesOf(folder: string, unit: string): Promise<string[]> {
  const storage = await openStorage({ dataDir: folder });
  const history = await storage.history(`${unit}/${unit}`);
  await storage.close();
  return history.flatMap(({ change }) => (change.type === 'answer_set' ? [change.answer.note ?? ''] : []));
}

it('words that make a flow throw bring one apology, keep the question, and disturb nobody else, also over a kill', async () => {
  const folder = await folderFor('poison', ['xa-1', 'xa-2']);
  const { telegram, env } = await telegramFor();
  const bot = await run({ DATA_DIR: folder, ...env }, [POISON, HASTE]);
  const lan = telegram.user(821);
  lan.send(`/start ${codeOf('xa-1')}`);
  await hears(lan, 'Chỉ tiêu 1/');
  const minh = await letIn(bot, 'xa-2');
  const says = (id: string, text: string) => minh.post(bot.url, '/api/send', { id, text });
  const apologies = (texts: readonly string[]) =>
    texts.filter((text) => text.includes(TROUBLE.apology)).length;

  lan.send('POISON-4711 12');
  await hears(lan, TROUBLE.apology);
  expect(await says('p1', 'POISON-4711')).toBe(200);
  expect(await says('p1', 'POISON-4711')).toBe(200);
  for (let n = 0; n < 5; n++) expect(await says(`n${n}`, `/ghichu số ${n}`)).toBe(200);
  await vi.waitFor(() => expect(telegram.unconfirmed()).toEqual([]), { timeout: 10_000 });
  await bot.kill();

  const again = await run({ DATA_DIR: folder, ...env }, [POISON, HASTE]);
  void minh.listen(again.url);
  lan.send('/ghichu vẫn ở câu này');
  await hears(lan, 'vẫn ở câu này');
  await vi.waitFor(() => expect(plain(minh.seen.at(-1)?.message ?? { text: [] })).toContain('số 4'));
  expect(apologies(heard(lan))).toBe(1);
  expect(apologies(minh.seen.map(({ message }) => plain(message)))).toBe(1);
  expect((await again.stop()).code, again.lines.join('\n')).toBe(0);
  expect(await notesOf(folder, 'xa-1')).toEqual(['vẫn ở câu này']);
  expect(await notesOf(folder, 'xa-2')).toEqual([0, 1, 2, 3, 4].map((n) => `số ${n}`));
}, 60_000);

/** The words that let another device of the same person in. */
async function deviceCode(bot: Running, page: Visitor): Promise<string> {
  const newest = () => page.seen.at(-1)?.message ?? { text: [] };
  await page.post(bot.url, '/api/send', { id: 'd1', text: '/toi' });
  const button = () => buttonsOf(newest()).find(({ label }) => label === ME.device);
  await vi.waitFor(() => expect(button()).toBeDefined());
  await page.post(bot.url, '/api/press', { id: 'd2', action: button()?.action });
  const code = () => /^\/start \S+$/m.exec(plain(newest()))?.[0];
  await vi.waitFor(() => expect(code()).toBeDefined());
  return code() ?? '';
}

it('bursts of a hundred from two devices of one unit at once, doubled and out of order, are stored once each, and both are asked on', async () => {
  const folder = await folderFor('bursts', ['xa-1']);
  const { telegram, env } = await telegramFor();
  const bot = await run({ DATA_DIR: folder, ...env }, [HASTE]);
  const lan = telegram.user(841);
  const page = await letIn(bot, 'xa-1');
  lan.send(await deviceCode(bot, page));
  await hears(lan, 'Chỉ tiêu 1/');
  telegram.redeliver();
  const texts = Array.from({ length: 100 }, (_, n) => `tin ${n}`);
  for (const text of texts) lan.send(`/ghichu ${text}`);
  // A page that is told to be slower sends again a little later, as ours does.
  const post = async (n: number): Promise<number> => {
    for (;;) {
      const status = await page.post(bot.url, '/api/send', { id: `b${n}`, text: `/ghichu trang ${n}` });
      if (status !== 429) return status;
      await pause(200);
    }
  };
  const answers = await Promise.all(texts.flatMap((_, n) => [post(n), post(n)]));
  expect(new Set(answers)).toEqual(new Set([200]));
  await hears(lan, 'tin 99', 30_000);
  await vi.waitFor(() => expect(telegram.unconfirmed()).toEqual([]), { timeout: 20_000 });
  const asksOn = 'Mời anh/chị nhập tiếp số liệu';
  await vi.waitFor(() => expect(heard(lan).at(-1)).toContain(asksOn), { timeout: 20_000 });
  await vi.waitFor(() => expect(plain(page.seen.at(-1)?.message ?? { text: [] })).toContain(asksOn));
  expect((await bot.stop()).code, bot.lines.join('\n')).toBe(0);
  const notes = await notesOf(folder, 'xa-1');
  expect(notes.filter((each) => each.startsWith('tin '))).toEqual(texts);
  expect(notes.filter((each) => each.startsWith('trang ')).sort()).toEqual(
    texts.map((_, n) => `trang ${n}`).sort(),
  );
}, 90_000);
