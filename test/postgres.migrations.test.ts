// The tables of the database: made once, by one of several, and never on what this program does not know.
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgres } from '../storage/postgres.ts';
import { checkDatabase } from '../storage/postgres-check.ts';
import { migrate, pending } from '../storage/postgres-migrate.ts';
import { type Database, openDatabase } from '../storage/postgres-pool.ts';
import { say, set, withReport, withTwoUnits } from './storage.samples.ts';
import { postgresServer, type Server } from './support/postgres.ts';

const OURS = fileURLToPath(new URL('../storage/migrations', import.meta.url));
let server: Server;
const folders: string[] = [];
beforeAll(async () => {
  server = await postgresServer();
});
afterAll(async () => {
  await server.stop();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

/** A copy of our migrations, as another release might have them. */
async function otherRelease(more: Record<string, string> = {}): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'chitieu-migrations-'));
  folders.push(folder);
  for (const name of await readdir(OURS)) await copyFile(join(OURS, name), join(folder, name));
  for (const [name, text] of Object.entries(more)) await writeFile(join(folder, name), text);
  return pathToFileURL(`${folder}/`);
}

async function withDatabase<T>(use: (db: Database, url: string) => Promise<T>): Promise<T> {
  const url = await server.freshUrl();
  const db = openDatabase(url);
  try {
    return await use(db, url);
  } finally {
    await db.end();
  }
}

async function query(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

it('an empty database gets everything, and the second time there is nothing to do', () =>
  withDatabase(async (db) => {
    const names = (await readdir(OURS)).sort();
    expect(await pending(db)).toEqual(names);
    expect(await migrate(db)).toEqual({ before: [], applied: names });
    expect(await migrate(db)).toEqual({ before: names, applied: [] });
    expect(await pending(db)).toEqual([]);
  }));

it('of several that start at once one makes the tables and all of them work', async () => {
  const url = await server.freshUrl();
  const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgres(url)));
  const outcomes = await Promise.all(stores.map((store, n) => store.commit(say(`e${n}`, 'chào'))));
  expect(outcomes).toEqual(['done', 'done', 'done', 'done']);
  for (const store of stores) await store.close();
});

it('a later release applies only what is new, and the earlier one then refuses to start', () =>
  withDatabase(async (db, url) => {
    await migrate(db);
    const later = await otherRelease({ '900-later.sql': 'create table later (id text);' });
    expect((await migrate(db, later)).applied).toEqual(['900-later.sql']);
    await expect(openPostgres(url)).rejects.toMatchObject({
      fault: 'newer',
      message: expect.stringContaining('900-later'),
    });
  }));

it('a migration that was changed after it had been applied is refused, and named', () =>
  withDatabase(async (db) => {
    await migrate(db);
    const [first = ''] = await readdir(OURS);
    const changed = await otherRelease({ [first]: 'select 1;' });
    await expect(migrate(db, changed)).rejects.toMatchObject({
      fault: 'altered',
      message: expect.stringContaining(first),
    });
    await expect(pending(db, changed)).rejects.toMatchObject({ fault: 'altered' });
  }));

it('a migration that fails is not done by half', () =>
  withDatabase(async (db) => {
    const broken = await otherRelease({ '900-broken.sql': 'create table half (id text); select wrong;' });
    await expect(migrate(db, broken)).rejects.toMatchObject({
      message: expect.stringContaining('900-broken'),
    });
    expect(await pending(db, broken)).toEqual(['900-broken.sql']);
    expect(await db.ask({ name: 'half', text: `select to_json(to_regclass('half') is null)` }, [])).toBe(
      true,
    );
  }));

it('what the bot has stored fits together, and what somebody changed by hand is found', () =>
  withDatabase(async (db, url) => {
    const store = await openPostgres(url);
    await withTwoUnits(store);
    await store.commit(
      say('e1', 'x', {
        changes: [set('early/nga-nam', 'a', 1)],
        expects: { reports: { 'early/nga-nam': 1 } },
      }),
    );
    await store.close();
    const { tables, discords } = await checkDatabase(db);
    expect(discords).toEqual([]);
    expect(tables.find(({ table }) => table === 'reports')).toMatchObject({ rows: 6 });
    await query(
      url,
      `update reports set status = 'accepted' where id = 'early/nga-nam'`,
      `delete from units where id = 'xa-b'`,
      `delete from history where change->>'type' = 'answer_set'`,
    );
    const after = await checkDatabase(db);
    expect(after.discords.map(({ what, count }) => [what, count])).toEqual([
      ['reportWithoutUnit', 3],
      ['personWithoutUnit', 1],
      ['reportColumns', 1],
      ['sentWithoutVersion', 1],
      ['answerWithoutHistory', 1],
    ]);
    const digest = (checked: typeof after, table: string) =>
      checked.tables.find((each) => each.table === table)?.digest;
    expect(digest(after, 'reports')).not.toBe(digest({ tables, discords }, 'reports'));
    expect(digest(after, 'people')).toBe(digest({ tables, discords }, 'people'));
  }));

it('a store with what an officer has done is opened again as it was', async () => {
  const url = await server.freshUrl();
  const store = await openPostgres(url);
  const report = await withReport(store);
  const before = await store.report(report);
  await store.close();
  const again = await openPostgres(url);
  expect(await again.report(report)).toEqual(before);
  await again.close();
});
