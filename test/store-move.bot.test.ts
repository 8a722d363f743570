// The real program moves: an officer answers on the folder, the store goes to PostgreSQL by the command line, and the same chat goes on there.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLowdb } from '../storage/lowdb.ts';
import { openPostgres } from '../storage/postgres.ts';
import type { Storage } from '../storage/storage.ts';
import { postgresServer, type Server } from './support/postgres.ts';
import { type Running, start } from './support/process.ts';
import { visit } from './support/visitor.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
let server: Server;
let folder = '';
const running: Running[] = [];
beforeAll(async () => {
  server = await postgresServer();
  folder = await mkdtemp(join(tmpdir(), 'chitieu-moving-'));
});
afterAll(async () => {
  await Promise.all(running.map((each) => each.kill()));
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function begin(env: Record<string, string>): Promise<Running> {
  const bot = await start(env);
  running.push(bot);
  return bot;
}

function admin(env: Record<string, string>, ...words: readonly string[]) {
  return new Promise<{ ok: boolean; out: string; err: string }>((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'src/admin.ts', ...words],
      { cwd: ROOT, env: { ...process.env, DATABASE_URL: '', ...env } },
      (error, out, err) => resolve({ ok: !error, out, err }),
    );
  });
}

async function numbersIn(storage: Storage): Promise<readonly unknown[]> {
  const [campaign] = await storage.campaigns();
  const [report] = await storage.reports(campaign?.id ?? '');
  await storage.close();
  return Object.values(report?.answers ?? {})
    .map(({ value }) => value?.is === 'number' && value.number)
    .sort();
}

it('an officer answers on the folder, goes on in PostgreSQL, and comes back, in the same browser', async () => {
  const [data, back, url] = [join(folder, 'data'), join(folder, 'back'), await server.freshUrl()];
  const places = [{ DATA_DIR: data }, { DATA_DIR: data, DATABASE_URL: url }, { DATA_DIR: back }];
  const file = (n: number): string => join(folder, `move-${n}.jsonl`);
  const first = await begin({ DATA_DIR: data });
  const code = /\/i\/([\w-]+)/.exec(first.lines.find((line) => line.includes('Cán bộ')) ?? '')?.[1];
  const officer = await visit(first.url);
  expect(await officer.post(first.url, '/api/start', { id: 'a1', code })).toBe(200);
  let bot = first;
  for (const [n, place] of places.entries()) {
    if (n > 0) {
      // Beside the running bot; what it is asked to do meanwhile it does.
      expect(
        await admin(places[n - 1] ?? {}, 'store', 'export', join(folder, `beside-${n}.jsonl`)),
      ).toMatchObject({ ok: true });
      expect((await bot.stop()).code).toBe(0);
      const exported = await admin(places[n - 1] ?? {}, 'store', 'export', file(n), '--json');
      const checked = await admin({}, 'store', 'check', file(n), '--json');
      const imported = await admin(place, 'store', 'import', file(n), '--json');
      const [kinds, ...others] = [exported, checked, imported].map(
        ({ out }) => (JSON.parse(out) as { kinds: unknown }).kinds,
      );
      for (const each of others) expect(each).toEqual(kinds);
      const again = await admin(place, 'store', 'import', file(n));
      expect(again).toMatchObject({ ok: false, out: '', err: expect.stringContaining('nên không nhập gì') });
      expect(again.err).not.toContain(':chitieu@');
      bot = await begin(place);
    }
    expect(await officer.post(bot.url, '/api/send', { id: `n${n}`, text: String(60 + n) })).toBe(200);
    // The browser sends again what it got no answer to before the move.
    expect(await officer.post(bot.url, '/api/send', { id: 'n0', text: '60' })).toBe(200);
  }
  expect((await bot.stop()).code).toBe(0);
  expect(await numbersIn(await openLowdb(data))).toEqual([60]);
  expect(await numbersIn(await openPostgres(url))).toEqual([60, 61]);
  expect(await numbersIn(await openLowdb(back))).toEqual([60, 61, 62]);
}, 120_000);
