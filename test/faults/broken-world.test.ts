// The real program in a world that breaks around it: a full disk, a clock that jumps, a platform that hangs, a form taken away.
import { cp, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import { openStorage } from '../../storage/open.ts';
import { startTelegram } from '../stand-ins/telegram.ts';
import { moveClock } from '../support/moved-clock.ts';
import { prepare, type Running, runToEnd, start } from '../support/process.ts';
import { type Visitor, visit } from '../support/visitor.ts';
import { plain } from '../support/world.ts';

const FORM = 'ubnd-thi-xa-nga-nam';
const HOUR = 3_600_000;
const FULL_DISK = new URL('../support/full-disk.ts', import.meta.url).href;
const CLOCK = new URL('../support/moved-clock.ts', import.meta.url).href;

const root = await mkdtemp(join(tmpdir(), 'chitieu-broken-'));
const cleanup: (() => unknown)[] = [];
afterAll(async () => {
  for (const each of cleanup.reverse()) await each();
  await rm(root, { recursive: true, force: true });
});

const codeOf = (unit: string): string => `code-for-${unit}-with-22-letters`;

/** A folder with an open period for each of these units. */
async function folderFor(name: string, units: readonly string[]): Promise<string> {
  const folder = join(root, name);
  await prepare(
    folder,
    units.map((id) => ({ id, template: FORM, unit: `UBND ${id}`, period: '2026-Q1', code: codeOf(id) })),
  );
  return folder;
}

async function run(
  env: Readonly<Record<string, string>>,
  preloads: readonly string[] = [],
): Promise<Running> {
  const bot = await start(env, preloads);
  cleanup.push(() => bot.kill());
  return bot;
}

/** Lets the officer of a unit in. */
async function letIn(bot: Running, unit: string): Promise<Visitor> {
  const visitor = await visit(bot.url);
  cleanup.push(() => visitor.close());
  void visitor.listen(bot.url);
  expect(await visitor.post(bot.url, '/api/start', { id: 'join', code: codeOf(unit) })).toBe(200);
  return visitor;
}

/** The notes written into a report, in order. The program must have ended. */
async function notesOf(folder: string, unit: string): Promise<string[]> {
  const storage = await openStorage({ dataDir: folder });
  const history = await storage.history(`${unit}/${unit}`);
  await storage.close();
  return history.flatMap(({ change }) => (change.type === 'answer_set' ? [change.answer.note ?? ''] : []));
}

const note = (bot: Running, who: Visitor, text: string): Promise<number> =>
  who.post(bot.url, '/api/send', { id: Buffer.from(text).toString('base64url'), text: `/ghichu ${text}` });
const newest = ({ seen }: Visitor): string => plain(seen.at(-1)?.message ?? { text: [] });

it('while the disk is full nothing is acknowledged and everything else goes on; afterwards each answer is stored once', async () => {
  const folder = await folderFor('full', ['xa-1', 'xa-2']);
  const flag = join(root, 'disk-is-full');
  const bot = await run({ DATA_DIR: folder, FULL_DISK: flag }, [FULL_DISK]);
  const [one, two] = [await letIn(bot, 'xa-1'), await letIn(bot, 'xa-2')];
  expect(await note(bot, one, 'trước')).toBe(200);
  await writeFile(flag, '');
  for (let n = 0; n < 5; n++)
    expect(await Promise.all([note(bot, one, 'trong'), note(bot, two, 'lúc đầy')])).toEqual([503, 503]);
  expect((await fetch(`${bot.url}/health`)).status).toBe(200);
  expect((await one.get(bot.url, '/')).status).toBe(200);
  await rm(flag);
  expect(await Promise.all([note(bot, one, 'trong'), note(bot, two, 'lúc đầy')])).toEqual([200, 200]);
  expect(await note(bot, one, 'sau')).toBe(200);
  await vi.waitFor(() => expect(newest(one)).toContain('sau'), { timeout: 5_000 });
  expect((await bot.stop()).code, bot.lines.join('\n')).toBe(0);
  expect(await notesOf(folder, 'xa-1')).toEqual(['trước', 'trong', 'sau']);
  expect(await notesOf(folder, 'xa-2')).toEqual(['lúc đầy']);
}, 60_000);

it('killed while the disk was full, the program starts again with everything that was acknowledged', async () => {
  const folder = await folderFor('full-killed', ['xa-1']);
  const flag = join(root, 'disk-is-full-too');
  const bot = await run({ DATA_DIR: folder, FULL_DISK: flag }, [FULL_DISK]);
  const one = await letIn(bot, 'xa-1');
  for (let n = 0; n < 20; n++) expect(await note(bot, one, `số ${n}`)).toBe(200);
  await writeFile(flag, '');
  expect(await note(bot, one, 'mất')).toBe(503);
  await bot.kill();
  const again = await run({ DATA_DIR: folder });
  void one.listen(again.url);
  expect(await note(again, one, 'mất')).toBe(200);
  expect((await again.stop()).code).toBe(0);
  expect(await notesOf(folder, 'xa-1')).toEqual([...Array.from({ length: 20 }, (_, n) => `số ${n}`), 'mất']);
}, 60_000);

it('a clock that jumps back a day and ahead by ten loses, repeats and silences nothing', async () => {
  const folder = await folderFor('clock', ['xa-1']);
  const clock = moveClock(join(root, 'clock-offset'));
  cleanup.push(() => clock.restore());
  const began = Date.now();
  const bot = await run({ DATA_DIR: folder, ...clock.env }, [CLOCK]);
  const one = await letIn(bot, 'xa-1');
  const expected: string[] = [];
  for (const hours of [0, -24, 0.5, 240, -1, 1]) {
    await clock.set(began + hours * HOUR);
    for (let n = 0; n < 3; n++) {
      const text = `lúc ${hours} lần ${n}`;
      expected.push(text);
      expect(await note(bot, one, text)).toBe(200);
      await vi.waitFor(() => expect(newest(one)).toContain(text), { timeout: 5_000 });
    }
  }
  expect((await bot.stop()).code, bot.lines.join('\n')).toBe(0);
  expect(await notesOf(folder, 'xa-1')).toEqual(expected);
}, 60_000);

it('a platform that hangs keeps neither its own people’s answers nor other channels waiting, and is caught up with after a kill', async () => {
  const folder = await folderFor('hanging', ['xa-1', 'xa-2']);
  const telegram = await startTelegram();
  cleanup.push(() => telegram.stop());
  const env = { DATA_DIR: folder, TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot };
  const bot = await run(env);
  const lan = telegram.user(801);
  lan.send(`/start ${codeOf('xa-1')}`);
  await vi.waitFor(() => expect(lan.messages.at(-1)?.text).toContain('Chỉ tiêu 1/'), { timeout: 10_000 });
  telegram.fault('sendMessage', { kind: 'hang' });
  for (let n = 0; n < 5; n++) lan.send(`/ghichu tin ${n}`);
  const minh = await letIn(bot, 'xa-2');
  for (let n = 0; n < 10; n++) {
    expect(await note(bot, minh, `web ${n}`)).toBe(200);
    await vi.waitFor(() => expect(newest(minh)).toContain(`web ${n}`), { timeout: 5_000 });
  }
  await vi.waitFor(() => expect(telegram.unconfirmed()).toEqual([]), { timeout: 5_000 });
  await bot.kill();
  const again = await run(env);
  lan.send('/ghichu sau cùng');
  const heard = () => lan.messages.filter(({ from }) => from === 'bot').map(({ text }) => text);
  await vi.waitFor(() => expect(heard().join('\n')).toContain('sau cùng'), { timeout: 30_000 });
  expect((await again.stop()).code, again.lines.join('\n')).toBe(0);
  expect(await notesOf(folder, 'xa-1')).toEqual([...[0, 1, 2, 3, 4].map((n) => `tin ${n}`), 'sau cùng']);
}, 90_000);

it('a form taken away while it is in use is needed no sooner than at the next start, which names it', async () => {
  const folder = await folderFor('forms', ['xa-1']);
  const forms = join(root, 'forms-folder');
  await cp(fileURLToPath(new URL('../../templates', import.meta.url)), forms, { recursive: true });
  const file = (await readdir(forms)).find((name) => name === `${FORM}.v1.yaml`) ?? '';
  const env = { DATA_DIR: folder, TEMPLATES_DIR: forms };
  const bot = await run(env);
  const one = await letIn(bot, 'xa-1');
  await rename(join(forms, file), join(root, file));
  expect(await note(bot, one, 'vẫn ghi')).toBe(200);
  expect((await bot.stop()).code).toBe(0);
  const refused = await runToEnd(env);
  expect(refused.code).toBe(1);
  expect(refused.lines.join('\n')).toContain(file);
  await rename(join(root, file), join(forms, file));
  const again = await run(env);
  expect(await note(again, one, 'lại ghi')).toBe(200);
  expect((await again.stop()).code).toBe(0);
  expect(await notesOf(folder, 'xa-1')).toEqual(['vẫn ghi', 'lại ghi']);
}, 60_000);
