// The real program over a damaged file of a closed period: nobody is kept from answering, and the operator is told.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import type { Change } from '../../src/domain/change.ts';
import { parsePeriod, usualCutoff } from '../../src/domain/period.ts';
import { openStorage } from '../../storage/open.ts';
import { startTelegram, type TelegramStandIn } from '../stand-ins/telegram.ts';
import { prepare, type Running, start } from '../support/process.ts';

const FORM = 'ubnd-thi-xa-nga-nam';
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

/** Gives a unit a report of an earlier, closed period, and damages the file in which it lies. */
async function damageEarlier(folder: string, unit: string): Promise<void> {
  const storage = await openStorage({ dataDir: folder });
  const period = parsePeriod('2025-Q4');
  if (!period) throw new Error('no period');
  const at = '2025-12-20T08:00:00Z';
  const template = { id: FORM, version: 1 };
  const report = `cu/${unit}`;
  const changes: Change[] = [
    {
      type: 'campaign_set',
      campaign: {
        id: 'cu',
        template,
        period,
        due: at,
        cutoff: usualCutoff(period),
        units: [unit],
        createdAt: at,
        closedAt: at,
      },
    },
    { type: 'report_started', report, campaign: 'cu', unit, template },
  ];
  const turn = { event: 'earlier', at, by: 'test', conversation: 'operator:test', changes, outgoing: [] };
  expect(await storage.commit({ ...turn, expects: { reports: { [report]: 0 } } })).toBe('done');
  await storage.close();
  const closed = join(folder, 'closed');
  const [name = ''] = await readdir(closed);
  const text = await readFile(join(closed, name), 'utf8');
  await writeFile(join(closed, name), text.replace('"rev":1', '"rev":7'));
}

it('an officer whose earlier report lies in a damaged file keeps no colleague waiting, however much they write', async () => {
  const folder = await folderFor('damaged', ['xa-1', 'xa-2']);
  await damageEarlier(folder, 'xa-1');
  const { telegram, env } = await telegramFor();
  const bot = await run({ DATA_DIR: folder, ...env }, [HASTE]);
  const [lan, minh] = [telegram.user(831), telegram.user(832)];
  lan.send(`/start ${codeOf('xa-1')}`);
  minh.send(`/start ${codeOf('xa-2')}`);
  await hears(minh, 'Chỉ tiêu 1/');
  const texts = Array.from({ length: 150 }, (_, n) => `số ${n}`);
  for (const text of texts) minh.send(`/ghichu ${text}`);
  await hears(minh, 'số 149', 40_000);
  lan.send('/ghichu cũng ghi được');
  await hears(lan, 'cũng ghi được');
  expect((await bot.stop()).code).toBe(0);
  expect(bot.lines.filter((line) => /closed.cu\.\d+\.jsonl is damaged/.test(line))).toHaveLength(1);
  expect(await notesOf(folder, 'xa-1')).toEqual(['cũng ghi được']);
  expect(await notesOf(folder, 'xa-2')).toEqual(texts);
}, 90_000);
