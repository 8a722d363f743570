// The power fails at every moment of the file store's life, snapshots, closed periods and forgetting included: what was acknowledged is there.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Change } from '../../src/domain/change.ts';
import { backup } from '../../storage/backup.ts';
import { openLowdb } from '../../storage/lowdb.ts';
import type { Storage, Turn } from '../../storage/storage.ts';
import { campaign, person, session } from '../storage.samples.ts';
import { seeded } from '../support/officer.ts';
import { ALL, type Disk, emptyDisk, fates, layOut } from '../support/power-cut.ts';
import { type Deed, recordDeeds } from '../support/power-cut-recorder.ts';

/** By chance, so many fates of the disk at each moment; POWER_CUTS asks for more. */
const CHANCES = Number(process.env.POWER_CUTS ?? 2);
/** Three folders, none of which is there before. */
const DATA = 'var/lib/data';
const CHATS = ['web:1', 'web:2', 'web:3'];
const SECRET = 'Nguyễn Thị Bí Mật';
const AT = '2026-09-10T08:00:00Z';

const root = await mkdtemp(join(tmpdir(), 'chitieu-power-'));
let files: FileHandle;
beforeAll(async () => {
  const handle = await open(root, 'r');
  files = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  // The disk of these tests is made of what was recorded: the real one need not keep up.
  for (const sync of ['sync', 'datasync'] as const) vi.spyOn(files, sync).mockResolvedValue(undefined);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true, force: true });
});
let made = 0;
const fresh = (): string => {
  made += 1;
  return join(root, `disk-${made}`);
};

const bare = (event: string, changes: readonly Change[], reports: Record<string, number> = {}): Turn => ({
  ...{ event, at: AT, by: 'lan', conversation: 'operator:test', changes, outgoing: [], expects: { reports } },
});
const start = (report: string, of: string): Change => ({
  ...{
    type: 'report_started',
    report,
    campaign: of,
    unit: 'nga-nam',
    template: { id: 'phu-luc', version: 1 },
  },
});
const set = (report: string, indicator: string, number: number, event: string): Change => ({
  ...{ type: 'answer_set', report, indicator, was: null },
  answer: { by: 'lan', at: AT, event, value: { is: 'number', number, decimals: 0 } },
});

/** The n-th turn of a conversation: two answers with the same figure, the session, a message. */
async function turnOf(store: Storage, chat: string, n: number): Promise<Turn> {
  const report = `q3/${chat}`;
  const event = `${chat} ${n}`;
  return {
    ...{ event, at: AT, by: 'lan', conversation: chat, session: session(chat) },
    changes: [
      ...(n === 1 ? [start(report, 'q3')] : []),
      set(report, 'a', n, event),
      set(report, 'b', n, event),
    ],
    outgoing: [{ conversation: chat, message: { text: [event] } }],
    expects: { session: n - 1, reports: { [report]: (await store.report(report))?.rev ?? 0 } },
  };
}

type Tell = (what: string) => void;

async function write(store: Storage, tell: Tell, chat: string, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n += 1) {
    expect(await store.commit(await turnOf(store, chat, n))).toBe('done');
    tell(`${chat} ${n}`);
    if (n % 2 === 0) await store.markSent(`${chat} ${n}:0`, { outcome: 'sent' });
  }
}

/** Three officers answer while periods are closed and opened again, and somebody asks to be forgotten. */
async function live(store: Storage, tell: Tell): Promise<void> {
  const operator = async (...given: Parameters<typeof bare>): Promise<void> => {
    expect(await store.commit(bare(...given))).toBe('done');
    tell(given[0]);
  };
  await Promise.all(CHATS.map((chat) => write(store, tell, chat, 1, 4)));
  const secret = person('gone', { name: SECRET, conversations: ['web:gone'] });
  await operator('hello', [{ type: 'person_set', person: secret }]);
  for (const period of ['q1', 'q2'])
    await operator(
      `old ${period}`,
      [
        { type: 'campaign_set', campaign: campaign(period) },
        start(`${period}/x`, period),
        set(`${period}/x`, 'a', 7, period),
      ],
      { [`${period}/x`]: 0 },
    );
  const closing = (async () => {
    await operator('close q1', [{ type: 'campaign_set', campaign: campaign('q1', { closedAt: AT }) }]);
    await write(store, tell, 'web:4', 1, 5);
    await operator('forget', [{ type: 'person_forgotten', person: 'gone', at: AT }]);
    await operator('close q2', [{ type: 'campaign_set', campaign: campaign('q2', { closedAt: AT }) }]);
    await write(store, tell, 'web:4', 6, 9);
    await operator('open q1', [{ type: 'campaign_set', campaign: campaign('q1') }]);
  })();
  await Promise.all([closing, ...CHATS.map((chat) => write(store, tell, chat, 5, 12))]);
}

/** Runs `work` over the folder `at` and gives all that was done to the disk and told to people, in order. */
async function record(at: string, work: (tell: Tell) => Promise<void>): Promise<Deed[]> {
  const deeds: Deed[] = [];
  const note = (deed: Deed): void => void deeds.push(deed);
  const stop = await recordDeeds(at, note);
  try {
    await work((what) => note({ did: 'told', what }));
  } finally {
    stop();
  }
  return deeds;
}

/** The lock that a machine finds when it is switched on again is of an earlier boot. */
function switchOn(folder: string): void {
  const lock = join(folder, 'lock');
  try {
    const owner = JSON.parse(readFileSync(lock, 'utf8')) as object;
    writeFileSync(lock, JSON.stringify({ ...owner, start: 'the boot before' }));
  } catch {
    // Torn, which costs a start some seconds of watching: that is tested once, elsewhere.
    rmSync(lock, { force: true });
  }
}

/** All bytes below a folder. */
const allBytes = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

/** How many turns of a conversation there are: whole ones, each once, from the first on. */
async function turnsIn(store: Storage, chat: string): Promise<number> {
  const history = await store.history(`q3/${chat}`);
  const count = history.filter(({ change }) => change.type === 'answer_set').length / 2;
  const events = history.map(({ id }) => id.replace(/:\d+$/, ''));
  const whole = Array.from({ length: count }, (_, n) => `${chat} ${n + 1}`);
  expect(events).toEqual(whole.flatMap((event, n) => (n === 0 ? [event, event, event] : [event, event])));
  const report = await store.report(`q3/${chat}`);
  expect([report?.rev ?? 0, (await store.session(chat))?.rev ?? 0]).toEqual([count, count]);
  expect(report?.answers.a).toEqual(report?.answers.b);
  const said = (await store.transcript(chat, 0, 60)).map(({ message }) => message.text[0]);
  expect(said).toEqual(whole);
  return count;
}

/** Everything that was told is in the store over `folder`, once; and it goes on from there. */
async function expectKept(folder: string, told: readonly string[]): Promise<void> {
  switchOn(folder);
  const store = await openLowdb(folder);
  for (const chat of [...CHATS, 'web:4']) {
    const turns = await turnsIn(store, chat);
    expect(turns, chat).toBeGreaterThanOrEqual(told.filter((what) => what.startsWith(`${chat} `)).length);
    expect(await store.commit(await turnOf(store, chat, turns + 1))).toBe('done');
    if (turns > 0) expect(await store.commit(await turnOf(store, chat, turns))).toBe('duplicate');
  }
  for (const period of ['q1', 'q2']) {
    if (!told.includes(`old ${period}`)) continue;
    expect((await store.report(`${period}/x`))?.answers.a?.value).toMatchObject({ number: 7 });
    expect(await store.history(`${period}/x`)).toHaveLength(2);
    expect(await store.reports(period)).toHaveLength(1);
  }
  for (const event of ['hello', 'forget', 'open q1'].filter((each) => told.includes(each)))
    expect((await store.load({ conversation: 'operator:test', event })).handled, event).toBe(true);
  await store.close();
  if (told.includes('forget')) expect(allBytes(folder)).not.toContain(SECRET);
  const again = await openLowdb(folder);
  expect((await again.report('q3/web:1'))?.answers.a).toBeDefined();
  await again.close();
}

/** Each different disk that a cut of the power may leave now is started from. */
function cutter(random: () => number, chances: number) {
  const seen = new Set<string>();
  return async (disk: Disk, told: readonly string[], when: string): Promise<void> => {
    const { writes, names } = disk.pending();
    const all = writes + names === 0 ? [ALL] : fates(random, chances);
    for (const [n, fate] of all.entries()) {
      const files = disk.after(fate);
      const hash = createHash('sha1').update(String(told.length));
      for (const [path, bytes] of files) hash.update(path).update(bytes ?? '');
      const key = hash.digest('hex');
      if (seen.has(key)) continue;
      seen.add(key);
      const at = fresh();
      layOut(at, files);
      try {
        await expectKept(join(at, DATA), told);
      } catch (error) {
        throw new Error(`${when}, fate ${n}: ${String(error)}\n${[...files.keys()].join('\n')}`, {
          cause: error,
        });
      }
      rmSync(at, { recursive: true, force: true });
    }
    return undefined;
  };
}

const toldIn = (deeds: readonly Deed[]): string[] =>
  deeds.flatMap((deed) => (deed.did === 'told' ? [deed.what] : []));
const life = async (at: string): Promise<Deed[]> =>
  record(at, async (tell) => {
    const store = await openLowdb(join(at, DATA), { snapshotEvery: 4 });
    await live(store, tell);
    await store.close();
  });
const shown = (deed: Deed): string => JSON.stringify(deed).slice(0, 120);
async function disk(): Promise<string> {
  const at = fresh();
  layOut(at, new Map());
  return at;
}

describe('When the power fails', () => {
  it('at any moment, whatever of the last writes reached the disk, all that was acknowledged is there once', async () => {
    const at = await disk();
    const deeds = await life(at);
    const now = emptyDisk();
    const cut = cutter(seeded(61), CHANCES);
    for (const [n, deed] of deeds.entries()) {
      now.take(deed);
      await cut(now, toldIn(deeds.slice(0, n + 1)), `after ${n} ${shown(deed)}`);
    }
    // The recording is whole: what it says is what lies there.
    const files = now.after(ALL);
    for (const [path, bytes] of files) if (bytes) expect(readFileSync(join(at, path))).toEqual(bytes);
    const names = readdirSync(join(at, DATA), { recursive: true, encoding: 'utf8' });
    expect(names.map((name) => `${DATA}/${name}`).sort()).toEqual(
      [...files.keys()].filter((path) => path.startsWith(`${DATA}/`)).sort(),
    );
  }, 120_000);

  it('after the program was killed at any moment and has started again, all that was acknowledged is there once', async () => {
    const first = await life(await disk());
    const random = seeded(62);
    const cut = cutter(random, CHANCES);
    const killed = emptyDisk();
    for (const [n, deed] of first.entries()) {
      killed.take(deed);
      if (killed.pending().names === 0 || !killed.after(ALL).has(DATA)) continue;
      const at = fresh();
      layOut(at, killed.after(ALL));
      switchOn(join(at, DATA));
      const told = toldIn(first.slice(0, n + 1));
      let store: Storage | undefined;
      const second = await record(at, async (tell) => {
        store = await openLowdb(join(at, DATA));
        const from = (await turnsIn(store, 'web:1')) + 1;
        await write(store, tell, 'web:1', from, from);
      });
      await store?.close();
      const now = emptyDisk();
      for (const each of first.slice(0, n + 1)) now.take(each);
      for (const each of second) now.take(each);
      await cut(now, [...told, ...toldIn(second)], `killed after ${n} ${shown(deed)}`);
    }
  }, 120_000);

  it('after a backup was reported as made, the backup is there whole, also in folders that were made for it', async () => {
    const at = await disk();
    const source = join(at, DATA);
    const before = await life(at);
    const target = 'backups/today';
    const backing = await record(at, async () => void (await backup(source, join(at, target))));
    const now = emptyDisk();
    for (const deed of [...before, ...backing]) now.take(deed);
    const copied = fresh();
    layOut(copied, now.after(fates(seeded(63), 0)[0] ?? ALL));
    for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' }))
      if (statSync(join(source, name)).isFile())
        expect(readFileSync(join(copied, target, name)), name).toEqual(readFileSync(join(source, name)));
  });
});
