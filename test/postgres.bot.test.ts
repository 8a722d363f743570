// The real program on a database: two of them serve the same officer, one is killed, and the command line looks after the tables.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { UNIT_LIST } from '../src/text/unit-list.ts';
import { openPostgres } from '../storage/postgres.ts';
import { postgresServer, type Server } from './support/postgres.ts';
import { type Running, runToEnd, start } from './support/process.ts';
import { visit } from './support/visitor.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
let server: Server;
let folder: string;
let running: Running[] = [];
beforeAll(async () => {
  server = await postgresServer();
  folder = await mkdtemp(join(tmpdir(), 'chitieu-database-'));
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.kill()));
  running = [];
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function begin(url: string, name = 'data'): Promise<Running> {
  const bot = await start({ DATABASE_URL: url, DATA_DIR: join(folder, name) });
  running.push(bot);
  return bot;
}

function admin(
  url: string,
  ...words: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, DATABASE_URL: url, DATA_DIR: folder };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'src/admin.ts', ...words],
      { cwd: ROOT, env },
      (error, out, err) => resolve({ code: error ? 1 : 0, out, err }),
    );
  });
}

it('an officer answers through two bots on one database, one is killed, and everything that was acknowledged is there', async () => {
  const url = await server.freshUrl();
  const first = await begin(url);
  expect(first.lines.join('\n')).not.toContain(':chitieu@');
  const second = await begin(url);
  // The sample's newest links are those that count.
  const code = /\/i\/([\w-]+)/.exec(second.lines.find((line) => line.includes('Cán bộ')) ?? '')?.[1];
  const officer = await visit(first.url);
  expect(await officer.post(first.url, '/api/start', { id: 'a1', code })).toBe(200);
  expect(await officer.post(second.url, '/api/send', { id: 'a2', text: '60' })).toBe(200);
  expect(await officer.post(first.url, '/api/send', { id: 'a3', text: '61' })).toBe(200);
  // The platform that got no answer asks somebody else.
  expect(await officer.post(second.url, '/api/send', { id: 'a3', text: '61' })).toBe(200);
  await first.kill();
  expect(await officer.post(second.url, '/api/send', { id: 'a4', text: '62' })).toBe(200);

  const store = await openPostgres(url);
  const [campaign] = await store.campaigns();
  const [report] = await store.reports(campaign?.id ?? '');
  const numbers = Object.values(report?.answers ?? {}).map(
    ({ value }) => value?.is === 'number' && value.number,
  );
  expect(numbers.sort()).toEqual([60, 61, 62]);
  await store.close();
  expect((await second.stop()).code).toBe(0);

  const checked = await admin(url, 'db', 'check');
  expect(checked).toMatchObject({ code: 0, err: '' });
  expect(checked.out).toMatch(/answers\s+3 /);
  expect((await admin(url, 'units', 'list')).out).toContain('Ngã Năm');
});

it('a list of units that one bot was sent is read again by another one, with a disk of its own, after the first was killed', async () => {
  const url = await server.freshUrl();
  const first = await begin(url, 'one');
  const second = await begin(url, 'other');
  const code = /\/i\/([\w-]+)/.exec(second.lines.find((line) => line.includes('Đầu mối')) ?? '')?.[1];
  const coordinator = await visit(first.url);
  expect(await coordinator.post(first.url, '/api/start', { id: 'a1', code })).toBe(200);
  const list = new TextEncoder().encode('ma,ten,loai,tinh\nxa-moi,UBND xã Mới,xã,Sóc Trăng\n');
  expect(await coordinator.upload(first.url, 'f1', 'don-vi.csv', list)).toBe(200);
  void coordinator.listen(second.url);
  const take = () =>
    coordinator.seen
      .flatMap(({ message }) => (message.buttons ?? []).flat())
      .find(({ label }) => label === UNIT_LIST.apply(1))?.action;
  await expect.poll(take, { timeout: 10_000 }).toBeDefined();
  await first.kill();
  expect(await coordinator.post(second.url, '/api/press', { id: 'p1', action: take() })).toBe(200);
  const store = await openPostgres(url);
  await expect.poll(async () => (await store.unit('xa-moi'))?.name, { timeout: 10_000 }).toBe('UBND xã Mới');
  await store.close();
  coordinator.close();
});

it('the command line makes the tables, says when there is nothing to do, and what is not there yet', async () => {
  const url = await server.freshUrl();
  expect(await admin(url, 'db', 'check')).toMatchObject({
    code: 1,
    err: expect.stringContaining('db migrate'),
  });
  expect((await admin(url, 'db', 'migrate')).out).toContain('001-tables.sql');
  expect((await admin(url, 'db', 'migrate')).out).toContain('đúng phiên bản');
  expect(await admin('', 'db', 'check')).toMatchObject({
    code: 1,
    err: expect.stringContaining('DATABASE_URL'),
  });
});

it('a bot whose database is out of reach does not start, says why, and never shows the password', async () => {
  const DATABASE_URL = 'postgres://chitieu:matkhau-bi-mat@127.0.0.1:1/chitieu';
  const { code, lines } = await runToEnd({ DATABASE_URL, DATA_DIR: folder });
  expect(code).toBe(1);
  expect(lines.join('\n')).toContain('127.0.0.1:1/chitieu');
  expect(lines.join('\n')).toContain('Cơ sở dữ liệu không trả lời');
  expect(lines.join('\n')).not.toContain('bi-mat');
});
