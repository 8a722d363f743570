// The power fails under the real program while officers answer, one leaves, it is killed, started again and stopped: what was answered 200 is there.
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { button as actionButton } from '../../flows/actions.ts';
import { ME } from '../../src/text/person.ts';
import { openLowdb } from '../../storage/lowdb.ts';
import { seeded } from '../support/officer.ts';
import { ALL, deedsFor, emptyDisk, fates, layOut } from '../support/power-cut.ts';
import type { Deed } from '../support/power-cut-recorder.ts';
import { prepare, type Running, start } from '../support/process.ts';

const FORM = 'ubnd-thi-xa-nga-nam';
const RECORDER = new URL('../support/power-cut-recorder.ts', import.meta.url).href;
const UNITS = ['xa-1', 'xa-2', 'xa-3'];
/** Of the moments at which nothing but answers is written, so many are tried; POWER_CUTS asks for more. */
const MOMENTS = 60 * Number(process.env.POWER_CUTS ?? 1);

const root = await mkdtemp(join(tmpdir(), 'chitieu-power-process-'));
const cleanup: (() => unknown)[] = [];
afterAll(async () => {
  vi.restoreAllMocks();
  for (const each of cleanup.reverse()) await each();
  await rm(root, { recursive: true, force: true });
});

const codeOf = (unit: string): string => `code-for-${unit}-with-22-letters`;

/** A page of the web chat that says with each post by what it knows the answer. */
async function page(url: string) {
  const headers = { 'content-type': 'application/json', 'x-chitieu': '1' };
  const hello = await fetch(`${url}/api/hello`, { method: 'POST', headers, body: '{}' });
  const cookie = hello.headers.get('set-cookie')?.split(';')[0] ?? '';
  return async (
    to: string,
    path: string,
    body: { id: string; [field: string]: unknown },
  ): Promise<number> => {
    const response = await fetch(to + path, {
      method: 'POST',
      headers: { ...headers, cookie, 'x-note': body.id },
      body: JSON.stringify(body),
    }).catch(() => undefined);
    await response?.text();
    return response?.status ?? 0;
  };
}
type Page = Awaited<ReturnType<typeof page>>;

/** Every file below a folder. */
const filesIn = (folder: string): Map<string, Buffer | undefined> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => [
        name,
        statSync(join(folder, name)).isFile() ? readFileSync(join(folder, name)) : undefined,
      ]),
  );

/** Notes one after the other, from a number on; stops when one is not acknowledged. */
async function noting(at: Page, bot: Running, unit: string, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n += 1)
    if ((await at(bot.url, '/api/send', { id: `${unit}-${n}`, text: `/ghichu ${unit}-${n}` })) !== 200)
      return;
}

/** The notes of a unit in the store over a folder that was cut off its power. */
async function notesIn(folder: string): Promise<Map<string, string[]>> {
  const lock = join(folder, 'lock');
  // The machine was switched on again: the lock is of an earlier boot, or torn, which another test waits for.
  if (existsSync(lock)) rmSync(lock);
  const store = await openLowdb(folder);
  const found = new Map<string, string[]>();
  for (const unit of UNITS) {
    const history = await store.history(`${unit}/${unit}`);
    found.set(
      unit,
      history.flatMap(({ change }) => (change.type === 'answer_set' ? [change.answer.note ?? ''] : [])),
    );
  }
  await store.close();
  return found;
}

it('at any moment of the real program’s life all that it answered with 200 is there once, in order', async () => {
  const disk = join(root, 'disk');
  const folder = join(disk, 'data');
  await mkdir(disk);
  await prepare(
    folder,
    UNITS.map((id) => ({ id, template: FORM, unit: `UBND ${id}`, period: '2026-Q1', code: codeOf(id) })),
  );
  const before = deedsFor(filesIn(disk));
  const log = join(root, 'log');
  const run = async (): Promise<Running> => {
    const bot = await start(
      { DATA_DIR: folder, POWER_CUT_ROOT: disk, POWER_CUT_LOG: log, EVENTS_PER_MINUTE: '6000' },
      [RECORDER],
    );
    cleanup.push(() => bot.kill());
    return bot;
  };

  let bot = await run();
  const pages = await Promise.all(UNITS.map(() => page(bot.url)));
  const all = (from: number, to: number) =>
    Promise.all(pages.map((each, n) => noting(each, bot, UNITS[n] ?? '', from, to)));
  for (const [n, each] of pages.entries())
    expect(await each(bot.url, '/api/start', { id: 'join', code: codeOf(UNITS[n] ?? '') })).toBe(200);
  await all(0, 12);
  // Somebody leaves, and a snapshot without their words is written while the others go on.
  const leaver = pages.pop();
  const going = all(12, 24);
  for (const [id, button] of [
    ['leave-1', actionButton(ME.leave, 'leave')],
    ['leave-2', actionButton(ME.confirm, 'leave', '', '', 'yes')],
  ] as const)
    expect(await leaver?.(bot.url, '/api/press', { id, action: button.action })).toBe(200);
  await going;
  const killing = all(24, 60);
  await vi.waitFor(() => expect(readFileSync(log, 'utf8')).toContain('xa-1-30'), {
    timeout: 10_000,
    interval: 5,
  });
  await bot.kill();
  await killing;
  bot = await run();
  await all(60, 70);
  expect((await bot.stop()).code, bot.lines.join('\n')).toBe(0);

  const deeds = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Deed);
  const files = await open(root, 'r').then(async (handle) => {
    await handle.close();
    return Object.getPrototypeOf(handle) as FileHandle;
  });
  for (const sync of ['sync', 'datasync'] as const) vi.spyOn(files, sync).mockResolvedValue(undefined);
  const now = emptyDisk();
  for (const deed of before) now.take(deed);
  const told: string[] = [];
  const random = seeded(91);
  const seen = new Set<string>();
  for (const [n, deed] of deeds.entries()) {
    now.take(deed);
    if (deed.did === 'told' && /^xa-\d-\d+$/.test(deed.what)) told.push(deed.what);
    if (now.pending().names === 0 && random() > MOMENTS / deeds.length) continue;
    for (const fate of fates(random, 1)) {
      const left = now.after(fate);
      const key = JSON.stringify([
        told.length,
        [...left].map(([path, bytes]) => [path, bytes?.toString('base64')]),
      ]);
      if (seen.has(key)) continue;
      seen.add(key);
      const at = join(root, 'cut');
      layOut(at, left);
      const notes = await notesIn(join(at, 'data')).catch((error: unknown) => {
        throw new Error(`after ${n} ${JSON.stringify(deed).slice(0, 120)}: ${String(error)}`, {
          cause: error,
        });
      });
      rmSync(at, { recursive: true, force: true });
      for (const unit of UNITS) {
        const stored = notes.get(unit) ?? [];
        const acknowledged = told.filter((each) => each.startsWith(`${unit}-`));
        expect(acknowledged.filter((each) => !stored.includes(each))).toEqual([]);
        expect(new Set(stored).size).toBe(stored.length);
        expect(stored).toEqual([...stored].sort((a, b) => Number(a.split('-')[2]) - Number(b.split('-')[2])));
      }
    }
  }
  // One snapshot because somebody left, one at the end.
  const snapshots = deeds.filter((deed) => deed.did === 'rename' && deed.to === 'data/state.json');
  expect(snapshots.length).toBeGreaterThanOrEqual(2);
  expect(told.length).toBeGreaterThan(80);
  expect(seen.size).toBeGreaterThan(100);
  // The recording is whole: what it says is what lies there.
  for (const [path, bytes] of now.after(ALL))
    if (bytes) expect(readFileSync(join(disk, path))).toEqual(bytes);
  expect([...now.after(ALL).keys()].sort()).toEqual([...filesIn(disk).keys()].sort());
}, 180_000);
