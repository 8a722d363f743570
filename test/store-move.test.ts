// A store that has lived moves from a folder to PostgreSQL and back: the same sums, the same answers, and it goes on from there.
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../src/admin/command.ts';
import { commands } from '../src/admin/store.ts';
import { readConfig } from '../src/config.ts';
import { openLowdb } from '../storage/lowdb.ts';
import { type Part, type Sums, sumsOf } from '../storage/portable.ts';
import { readPortable, writePortable } from '../storage/portable-file.ts';
import { fillFolder, partsOfFolder } from '../storage/portable-folder.ts';
import { openPostgres } from '../storage/postgres.ts';
import { checkDatabase } from '../storage/postgres-check.ts';
import { fillDatabase } from '../storage/postgres-fill.ts';
import { openDatabase } from '../storage/postgres-pool.ts';
import { partsOfDatabase } from '../storage/postgres-portable.ts';
import type { Storage } from '../storage/storage.ts';
import { LAN, say, session, set, text, turn, unit, withReport } from './storage.samples.ts';
import { everythingIn, live } from './support/lived-store.ts';
import { postgresServer, type Server } from './support/postgres.ts';

let server: Server;
let root = '';
beforeAll(async () => {
  server = await postgresServer();
  root = await mkdtemp(join(tmpdir(), 'chitieu-move-'));
}, 60_000);
afterAll(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

/** Runs `store <verb> FILE` with these settings. */
async function store(verb: 'export' | 'import' | 'check', file: string, env: Record<string, string>) {
  const read = readConfig(env);
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  const args = { text: {}, flags: new Set<string>(), file };
  return commands[verb]?.run(args, { config: read.config, now: new Date() });
}
const kindsOf = (outcome: Outcome | undefined): Sums => {
  if (!outcome || 'faults' in outcome) throw new Error(outcome?.faults.join('\n'));
  return outcome.json.kinds as Sums;
};
const isDatabase = (place: string): boolean => place.startsWith('postgres:');
const settings = (place: string): Record<string, string> =>
  isDatabase(place) ? { DATABASE_URL: place, DATA_DIR: root } : { DATA_DIR: place };
const open = (place: string): Promise<Storage> =>
  isDatabase(place) ? openPostgres(place) : openLowdb(place);

async function everythingAt(place: string): Promise<Readonly<Record<string, unknown>>> {
  const storage = await open(place);
  try {
    return await everythingIn(storage);
  } finally {
    await storage.close();
  }
}

/** What happens next: a repeated event, an answer, one that is too late, and what became of a message. */
async function goOn(storage: Storage) {
  const report = (await storage.report('k1/x3')) ?? { id: '', rev: 0 };
  const other = (await storage.report('k1/x1')) ?? { id: '', rev: 0 };
  const next = {
    ...turn('after the move', {
      conversation: 'test:0',
      changes: [set(report.id, 'new', 1), set(other.id, 'new', 2), set(report.id, 'newer', 3)],
      outgoing: [{ conversation: 'test:Hoa', message: text('Đã chuyển') }],
      expects: { reports: { [report.id]: report.rev, [other.id]: other.rev } },
    }),
  };
  const old = turn('answers k0/cũ/x1 69', { conversation: 'test:0' });
  const outcomes = [await storage.commit(old), await storage.commit(next), await storage.commit(next)];
  outcomes.push(await storage.commit({ ...next, event: 'too late' }));
  await storage.markSent('troubles:0', { outcome: 'sent', platform: 'late' });
  const closed = (await storage.report('k0/cũ/x1')) ?? { id: '', rev: 0 };
  const changes = [set(closed.id, 'late', 9)];
  outcomes.push(
    await storage.commit(turn('late', { changes, expects: { reports: { [closed.id]: closed.rev } } })),
  );
  return outcomes;
}

describe.each([2, 4])('A store that has lived (%i)', (seed) => {
  it('moves from a folder to PostgreSQL and back with the same sums, answers the same, and goes on the same', async () => {
    const places = [
      join(root, `data-${seed}`),
      await server.freshUrl(),
      join(root, `back-${seed}`),
      await server.freshUrl(),
    ];
    await live(places[0] ?? '', seed);
    const sums: Sums[] = [];
    const seen: unknown[] = [];
    for (const [n, place] of places.entries()) {
      if (n > 0) {
        const file = join(root, `move-${seed}-${n}.jsonl`);
        sums.push(kindsOf(await store('export', file, settings(places[n - 1] ?? ''))));
        expect((await stat(file)).mode & 0o777).toBe(0o600);
        expect(kindsOf(await store('check', file, {}))).toEqual(sums.at(-1));
        sums.push(kindsOf(await store('import', file, settings(place))));
      }
      seen.push(await everythingAt(place));
    }
    for (const each of sums) expect(each).toEqual(sums[0]);
    for (const each of seen) expect(each).toEqual(seen[0]);
    const least = { units: 8, people: 5, campaigns: 2, invitations: 12, links: 1, channels: 1, reports: 5 };
    for (const [kind, count] of Object.entries({ ...least, history: 7, recent: 3, talks: 15 }))
      expect(sums[0]?.[kind as keyof Sums].count, kind).toBeGreaterThanOrEqual(count);

    const database = openDatabase(places[1] ?? '');
    expect((await checkDatabase(database)).discords).toEqual([]);
    await database.end();

    const after: unknown[] = [];
    for (const place of places) {
      const storage = await open(place);
      expect(await goOn(storage)).toEqual(['duplicate', 'done', 'duplicate', 'stale', 'done']);
      await storage.close();
      after.push(await everythingAt(place));
    }
    for (const each of after) expect(each).toEqual(after[0]);
  }, 120_000);
});

it('A store of release 0.1.0 moves as it is, and everybody in it can be changed there', async () => {
  const folder = join(root, 'older');
  const fixture = await readFile(new URL('./fixtures/data-0.1.0.json', import.meta.url), 'utf8');
  for (const [name, lines] of Object.entries(JSON.parse(fixture) as Record<string, string[]>)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), `${lines.join('\n')}\n`);
  }
  const file = join(root, 'older.jsonl');
  const url = await server.freshUrl();
  const sums = kindsOf(await store('export', file, settings(folder)));
  expect(kindsOf(await store('import', file, settings(url)))).toEqual(sums);
  const storage = await openPostgres(url);
  const [lan] = await storage.people();
  if (!lan) throw new Error('nobody came along');
  // What that release stored without a rev has none to lose.
  expect(await storage.campaigns()).toContainEqual(expect.objectContaining({ rev: 0 }));
  const change = turn('rename', { changes: [{ type: 'person_set', person: { ...lan, name: 'Lan Anh' } }] });
  expect(
    await storage.commit({ ...change, expects: { reports: {}, people: { [lan.id]: lan.rev ?? 0 } } }),
  ).toBe('done');
  expect((await storage.people()).find(({ id }) => id === lan.id)).toMatchObject({
    ...{ name: 'Lan Anh', rev: (lan.rev ?? 0) + 1 },
  });
  expect((await storage.history('2026-Q2/nga-nam')).length).toBeGreaterThan(0);
  expect((await storage.load({ conversation: LAN, event: 'x' })).previous['2026-Q3']?.report.rev).toBe(1);
  await storage.close();
});

describe('Taking a file in', () => {
  const file = () => join(root, 'small.jsonl');
  beforeAll(async () => {
    const folder = join(root, 'small');
    const storage = await openLowdb(folder);
    await withReport(storage);
    await storage.commit(say('hello', 'Xin chào'));
    await storage.close();
    await store('export', file(), settings(folder));
  });

  it('is refused where something is stored, in one Vietnamese sentence, and changes nothing', async () => {
    for (const place of [join(root, 'full'), await server.freshUrl()]) {
      const storage = await open(place);
      await storage.commit(turn('u', { changes: [{ type: 'unit_set', unit: unit('x') }] }));
      await storage.close();
      const before = await everythingAt(place);
      const refused = await store('import', file(), settings(place));
      expect(refused).toEqual({ faults: [expect.stringContaining('đã có dữ liệu nên không nhập gì')] });
      expect(await everythingAt(place)).toEqual(before);
    }
  });

  it('is possible where a store was opened and nothing was stored', async () => {
    for (const place of [join(root, 'opened'), await server.freshUrl()]) {
      await (await open(place)).close();
      kindsOf(await store('import', file(), settings(place)));
      const storage = await open(place);
      expect(await storage.history('2026-Q3/nga-nam')).toHaveLength(1);
      await storage.close();
    }
  });

  it('leaves nothing behind when what is read back is not what the file says', async () => {
    async function* altered(): AsyncGenerator<Part> {
      for await (const part of readPortable(file())) if (part.kind !== 'units') yield part;
    }
    const wanted = await sumsOf(readPortable(file()));
    const folder = join(root, 'altered');
    expect((await fillFolder(folder, altered(), wanted)).units.count).toBe(0);
    const url = await server.freshUrl();
    const db = openDatabase(url);
    expect((await fillDatabase(db, altered(), wanted)).units.count).toBe(0);
    await db.end();
    for (const place of [folder, url]) kindsOf(await store('import', file(), settings(place)));
  });

  it('leaves nothing behind when it breaks off half way', async () => {
    async function* broken(): AsyncGenerator<Part> {
      for await (const part of readPortable(file())) {
        if (part.kind === 'talks') throw new Error('power cut');
        yield part;
      }
    }
    const wanted = await sumsOf(readPortable(file()));
    const folder = join(root, 'broken');
    await expect(fillFolder(folder, broken(), wanted)).rejects.toThrow('power cut');
    const url = await server.freshUrl();
    const db = openDatabase(url);
    await expect(fillDatabase(db, broken(), wanted)).rejects.toThrow('power cut');
    await db.end();
    for (const place of [folder, url]) kindsOf(await store('import', file(), settings(place)));
  });

  it('lets a database forget the oldest events first, as it always does', async () => {
    const handled = Array.from({ length: 1_240 }, (_, n) => `e${n}`);
    async function* busy(): AsyncGenerator<Part> {
      yield {
        kind: 'talks',
        item: { conversation: LAN, handled, messages: [], nextSeq: 7, platformIds: [] },
      };
    }
    const url = await server.freshUrl();
    const db = openDatabase(url);
    await fillDatabase(db, busy(), await sumsOf(busy()));
    await db.end();
    const storage = await openPostgres(url);
    for (let n = 0; n < 20; n++) expect(await storage.commit(turn(`new ${n}`))).toBe('done');
    expect(await storage.commit(turn('e1239'))).toBe('duplicate');
    expect(await storage.commit(turn('e0'))).toBe('done');
    await storage.close();
  });

  it('is refused while a bot runs on the folder', async () => {
    const folder = join(root, 'running');
    const bot = await openLowdb(folder);
    await expect(store('import', file(), settings(folder))).rejects.toThrow('uses this data folder');
    await bot.close();
  });
});

describe('Giving a file out while turns are stored', () => {
  const REPORT = '2026-Q3/nga-nam';
  const answer = (n: number) =>
    say(`e${n}`, `Đã ghi ${n}`, {
      changes: [set(REPORT, `row-${n}`, n)],
      session: session(LAN, { person: 'lan' }),
      expects: { session: n + 1, reports: { [REPORT]: n + 1 } },
    });

  /** The report, its history, and the conversation in which it is answered. */
  async function readBack(file: string) {
    const parts: Part[] = [];
    for await (const part of readPortable(file)) parts.push(part);
    const [report] = parts.flatMap(({ kind, item }) => (kind === 'reports' ? [item] : []));
    const [history] = parts.flatMap(({ kind, item }) =>
      kind === 'history' && item.of === REPORT ? [item.records] : [],
    );
    const [talk] = parts.flatMap(({ kind, item }) => (kind === 'talks' ? [item] : []));
    if (!report || !history || !talk) throw new Error(`something is missing in ${file}`);
    return { report, history, talk };
  }

  it.each(['folder', 'database'])(
    'gives one moment: each report and its history agree (%s)',
    async (kind) => {
      const place = kind === 'folder' ? join(root, 'busy') : await server.freshUrl();
      const storage =
        kind === 'folder' ? await openLowdb(place, { snapshotEvery: 5 }) : await openPostgres(place);
      const db = kind === 'folder' ? undefined : openDatabase(place);
      await withReport(storage);
      let isWriting = true;
      let acknowledged = 0;
      const writing = (async () => {
        for (let n = 0; isWriting; n++) {
          expect(await storage.commit(answer(n))).toBe('done');
          acknowledged = n + 1;
        }
      })();
      try {
        for (let n = 0; n < 15 || acknowledged < 30; n++) {
          const least = acknowledged;
          const file = join(root, `${kind}-${n}.jsonl`);
          await writePortable(file, db ? partsOfDatabase(db) : partsOfFolder(place), 'now');
          const { report, history, talk } = await readBack(file);
          expect(report.rev - 1).toBeGreaterThanOrEqual(least);
          expect(history).toHaveLength(report.rev);
          expect(Object.keys(report.answers)).toHaveLength(report.rev - 1);
          expect(talk).toMatchObject({ nextSeq: report.rev, session: { rev: report.rev } });
          expect(talk.messages.at(-1)?.seq ?? 0).toBe(report.rev - 1);
        }
      } finally {
        isWriting = false;
        await writing;
        await db?.end();
        await storage.close();
      }
    },
    60_000,
  );
});
