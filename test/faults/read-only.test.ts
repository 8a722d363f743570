// The real program when its data folder becomes read-only under it: nothing is acknowledged that is not stored, and it goes on by itself.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { ME } from '../../src/text/person.ts';
import { openStorage } from '../../storage/open.ts';
import { startTelegram } from '../stand-ins/telegram.ts';
import { prepare, type Running, start } from '../support/process.ts';
import { type Visitor, visit } from '../support/visitor.ts';
import { buttonsOf, plain } from '../support/world.ts';

const FORM = 'ubnd-thi-xa-nga-nam';
const READ_ONLY = new URL('../support/read-only.ts', import.meta.url).href;
const SECRET = 'mot-khoa-bi-mat-dai-0123456789';

const root = await mkdtemp(join(tmpdir(), 'chitieu-read-only-'));
const cleanup: (() => unknown)[] = [];
afterAll(async () => {
  for (const each of cleanup.reverse()) await each();
  await rm(root, { recursive: true, force: true });
});

const codeOf = (unit: string): string => `code-for-${unit}-with-22-letters`;

/** The program over a folder of these units that is read-only while `flag` exists. */
async function begin(name: string, units: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const folder = join(root, name);
  const flag = join(root, `${name}-is-read-only`);
  await prepare(
    folder,
    units.map((id) => ({ id, template: FORM, unit: `UBND ${id}`, period: '2026-Q1', code: codeOf(id) })),
  );
  const bot = await start({ DATA_DIR: folder, READ_ONLY: flag, ...more }, [READ_ONLY]);
  cleanup.push(() => bot.kill());
  return { folder, flag, bot };
}

async function letIn({ url }: Running, unit: string): Promise<Visitor> {
  const visitor = await visit(url);
  cleanup.push(() => visitor.close());
  void visitor.listen(url);
  expect(await visitor.post(url, '/api/start', { id: 'join', code: codeOf(unit) })).toBe(200);
  return visitor;
}

const note = (bot: Running, who: Visitor, text: string): Promise<number> =>
  who.post(bot.url, '/api/send', { id: Buffer.from(text).toString('base64url'), text: `/ghichu ${text}` });
const newest = ({ seen }: Visitor): string => plain(seen.at(-1)?.message ?? { text: [] });

/** All that the files of a folder hold. */
async function bytesIn(folder: string): Promise<string> {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

async function notesOf(folder: string, unit: string): Promise<string[]> {
  const storage = await openStorage({ dataDir: folder });
  const history = await storage.history(`${unit}/${unit}`);
  await storage.close();
  return history.flatMap(({ change }) => (change.type === 'answer_set' ? [change.answer.note ?? ''] : []));
}

it('while nothing can be written no channel acknowledges anything and /ready says why; then all goes on without a restart', async () => {
  const telegram = await startTelegram();
  cleanup.push(() => telegram.stop());
  const { folder, flag, bot } = await begin('whole', ['xa-1', 'xa-2', 'xa-3'], {
    ...{ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot },
  });
  const [one, two] = [await letIn(bot, 'xa-1'), await letIn(bot, 'xa-2')];
  const lan = telegram.user(811);
  const heard = () => lan.messages.filter(({ from }) => from === 'bot').map(({ text }) => text);
  lan.send(`/start ${codeOf('xa-3')}`);
  await vi.waitFor(() => expect(heard().at(-1)).toContain('Chỉ tiêu 1/'), { timeout: 10_000 });
  expect(await note(bot, one, 'trước')).toBe(200);

  await writeFile(flag, 'EROFS');
  const before = heard().length;
  lan.send('/ghichu qua Telegram');
  for (let n = 0; n < 5; n++)
    expect(await Promise.all([note(bot, one, 'trong'), note(bot, two, 'lúc không ghi được')])).toEqual([
      503, 503,
    ]);
  const ready = await fetch(`${bot.url}/ready`);
  expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('the last write failed')]);
  expect((await fetch(`${bot.url}/health`)).status).toBe(200);
  expect((await one.get(bot.url, '/')).status).toBe(200);
  expect(telegram.unconfirmed()).toHaveLength(1);
  expect(heard()).toHaveLength(before);

  await rm(flag);
  expect(await Promise.all([note(bot, one, 'trong'), note(bot, two, 'lúc không ghi được')])).toEqual([
    200, 200,
  ]);
  expect(await note(bot, one, 'trong')).toBe(200);
  expect((await fetch(`${bot.url}/ready`)).status).toBe(200);
  await vi.waitFor(() => expect(telegram.unconfirmed()).toEqual([]), { timeout: 20_000 });
  await vi.waitFor(() => expect(heard().join('\n')).toContain('qua Telegram'), { timeout: 10_000 });
  expect(await note(bot, one, 'sau')).toBe(200);
  await vi.waitFor(() => expect(newest(one)).toContain('sau'), { timeout: 5_000 });
  expect((await bot.stop()).code, bot.lines.join('\n')).toBe(0);
  expect(await notesOf(folder, 'xa-1')).toEqual(['trước', 'trong', 'sau']);
  expect(await notesOf(folder, 'xa-2')).toEqual(['lúc không ghi được']);
  expect(await notesOf(folder, 'xa-3')).toEqual(['qua Telegram']);
}, 90_000);

it('a webhook is answered with an error while nothing can be written, and with 200 when the repetition is stored', async () => {
  const telegram = await startTelegram();
  cleanup.push(() => telegram.stop());
  const { folder, flag, bot } = await begin('webhook', ['xa-1'], {
    ...{ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot },
    ...{
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_SECRET: SECRET,
      PUBLIC_URL: 'https://chitieu.example.vn',
    },
  });
  const update = async (id: number, text: string): Promise<number> => {
    const message = {
      ...{ message_id: id, date: Math.floor(Date.now() / 1000), text },
      ...{ from: { id: 812, is_bot: false, first_name: 'Lan' }, chat: { id: 812, type: 'private' } },
    };
    const response = await fetch(`${bot.url}/webhook/telegram`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': SECRET },
      body: JSON.stringify({ update_id: id, message }),
    });
    await response.text();
    return response.status;
  };
  expect(await update(1, `/start ${codeOf('xa-1')}`)).toBe(200);
  await writeFile(flag, 'EROFS');
  for (let n = 0; n < 3; n++) expect(await update(2, '/ghichu một')).toBeGreaterThanOrEqual(500);
  await rm(flag);
  expect(await update(2, '/ghichu một')).toBe(200);
  expect(await update(2, '/ghichu một')).toBe(200);
  expect((await bot.stop()).code, bot.lines.join('\n')).toBe(0);
  expect(await notesOf(folder, 'xa-1')).toEqual(['một']);
}, 60_000);

it('in a folder where only names cannot be changed answers go on, and whoever left is gone from it once they can be', async () => {
  const { folder, flag, bot } = await begin('names', ['xa-1', 'xa-2']);
  const [one, two] = [await letIn(bot, 'xa-1'), await letIn(bot, 'xa-2')];
  const saw = async (words: string): Promise<void> =>
    vi.waitFor(() => expect(newest(two)).toContain(words), { timeout: 5_000 });
  const press = async (label: string): Promise<void> => {
    const found = buttonsOf(two.seen.at(-1)?.message ?? { text: [] }).find((each) => each.label === label);
    expect(
      await two.post(bot.url, '/api/press', { id: label.length.toString(), action: found?.action }),
    ).toBe(200);
  };
  const words = 'lời riêng 4711';
  expect(await two.post(bot.url, '/api/send', { id: 'w1', text: words })).toBe(200);
  await writeFile(flag, 'EACCES');
  expect(await note(bot, one, 'vẫn ghi')).toBe(200);
  // Leaving is stored at once; the files without the words would have to be made now.
  expect(await two.post(bot.url, '/api/send', { id: 'w2', text: '/toi' })).toBe(200);
  await saw('xa-2');
  await press(ME.leave);
  await saw(ME.confirmLeave);
  await press(ME.confirm);
  await saw(ME.left);
  expect(await note(bot, one, 'ghi tiếp')).toBe(200);
  expect(await bytesIn(folder)).toContain(words);
  const { code, ms } = await bot.stop();
  expect([code, ms < 5_000]).toEqual([1, true]);
  expect(bot.lines.join('\n')).toMatch(/Cannot write .*permission denied.*quyền ghi của thư mục/);

  await rm(flag);
  const again = await start({ DATA_DIR: folder });
  cleanup.push(() => again.kill());
  void one.listen(again.url);
  expect(await note(again, one, 'sau')).toBe(200);
  expect((await again.stop()).code, again.lines.join('\n')).toBe(0);
  expect(await bytesIn(folder)).not.toContain(words);
  expect(await notesOf(folder, 'xa-1')).toEqual(['vẫn ghi', 'ghi tiếp', 'sau']);
}, 60_000);
