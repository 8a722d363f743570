// The doctor on a database: it counts what is there beside running instances, and never brings an old one up to this release.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkStore } from '../src/admin/doctor-store.ts';
import { commands } from '../src/admin/store.ts';
import { type Config, readConfig } from '../src/config.ts';
import { openPostgres } from '../storage/postgres.ts';
import { pending } from '../storage/postgres-migrate.ts';
import { openDatabase } from '../storage/postgres-pool.ts';
import { withReport } from './storage.samples.ts';
import { postgresServer, type Server } from './support/postgres.ts';

let server: Server;
let folder = '';
beforeAll(async () => {
  server = await postgresServer();
  folder = await mkdtemp(join(tmpdir(), 'chitieu-doctor-db-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

function settings(url: string): Config {
  const read = readConfig({ DATABASE_URL: url, DATA_DIR: folder });
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  return read.config;
}

it('a database that is not up to this release is said to be so, and left as it is', async () => {
  const url = await server.freshUrl();
  const db = openDatabase(url);
  const before = await pending(db);
  const { checks } = await checkStore(settings(url));
  expect(checks).toMatchObject([{ is: 'odd', what: expect.stringContaining(before[0] ?? '?') }]);
  expect(await pending(db)).toEqual(before);
  await db.end();
});

it('what running instances stored is counted, and a backup is left to the database’s own program', async () => {
  const url = await server.freshUrl();
  const store = await openPostgres(url);
  await withReport(store);
  const { checks } = await checkStore(settings(url));
  expect(checks.map(({ is }) => is)).toEqual(['ok', 'ok']);
  expect(checks[0]?.what).toBe('PostgreSQL đọc được: 1 đơn vị, 1 người, 1 kỳ, 1 báo cáo');
  const args = { text: {}, flags: new Set<string>(), file: join(folder, 'copy') };
  const backedUp = await commands.backup?.run(args, { config: settings(url), now: new Date() });
  expect(backedUp).toMatchObject({ faults: [expect.stringContaining('pg_dump')] });
  await store.close();
});

it('a database that is away is said to be so, without its password', async () => {
  const { checks } = await checkStore(settings('postgres://chitieu:needle-password@127.0.0.1:1/x'));
  expect(checks).toMatchObject([{ is: 'bad' }]);
  expect(JSON.stringify(checks)).not.toContain('needle');
});
