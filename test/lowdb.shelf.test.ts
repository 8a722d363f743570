// Reports of closed campaigns lie in files of their own, and nobody notices except the memory.
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import type { Change } from '../src/domain/change.ts';
import { openLowdb } from '../storage/lowdb.ts';
import type { Storage } from '../storage/storage.ts';
import { campaign, LAN, set, started, turn, withReport } from './storage.samples.ts';

const root = await mkdtemp(join(tmpdir(), 'chitieu-shelf-'));
afterAll(() => rm(root, { recursive: true, force: true }));
const closed = campaign('2026/Q2', { cutoff: '2026-06-14', closedAt: '2026-07-01T00:00:00Z' });
const { closedAt: _, ...opened } = closed;
const OLD = '2026/Q2/nga-nam';
const OTHER = '2026/Q2/xa-b';

let folder = '';
let store: Storage;
let made = 0;
/** A store that was started again after a campaign was closed: its two reports lie on the shelf. */
beforeEach(async () => {
  made += 1;
  folder = join(root, `data-${made}`);
  store = await openLowdb(folder);
  await withReport(store);
  const changes: Change[] = [
    { type: 'campaign_set', campaign: closed },
    started('2026/Q2'),
    set(OLD, 'a', 1),
    started('2026/Q2', 'xa-b'),
    set(OTHER, 'a', 2),
  ];
  await store.commit(turn('q2', { changes, expects: { reports: { [OLD]: 0, [OTHER]: 0 } } }));
  await restart();
});
afterEach(() => store.close());

async function restart(): Promise<void> {
  await store.close();
  store = await openLowdb(folder);
}

const shelfFiles = async (): Promise<string[]> => (await readdir(join(folder, 'closed'))).sort();
const snapshot = () => readFile(join(folder, 'state.json'), 'utf8');
const change = (event: string, rev: number, more: Change[] = []): Promise<string> =>
  store.commit(turn(event, { changes: [set(OLD, event, 9), ...more], expects: { reports: { [OLD]: rev } } }));

it('closed campaigns leave the snapshot for a readable file named after them', async () => {
  const names = await shelfFiles();
  expect(names).toEqual([expect.stringMatching(/^2026_Q2\.[0-9a-f]+\.000001\.jsonl$/)]);
  const lines = (await readFile(join(folder, 'closed', names[0] ?? ''), 'utf8')).trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { report: { id: string } }).report.id)).toEqual([
    OLD,
    OTHER,
  ]);
  const saved = JSON.parse(await snapshot()) as { reports: { id: string }[]; history: { report: string }[] };
  expect(saved.reports.map(({ id }) => id)).toEqual(['2026-Q3/nga-nam']);
  const reports = saved.history.map(({ report }) => report).filter((each) => !each.startsWith('campaign:'));
  expect(reports).toEqual(['2026-Q3/nga-nam']);
});

it('a report on the shelf is found like any other: alone, in its campaign, with its history, as the previous one', async () => {
  expect(await store.report(OLD)).toMatchObject({
    id: OLD,
    rev: 1,
    answers: { a: { value: { number: 1 } } },
  });
  expect((await store.reports('2026/Q2')).map(({ id }) => id)).toEqual([OLD, OTHER]);
  expect((await store.history(OTHER)).map(({ id }) => id)).toEqual(['q2:3', 'q2:4']);
  const loaded = await store.load({ conversation: LAN, event: 'e' });
  expect(loaded.previous['2026-Q3']).toMatchObject({
    report: { id: OLD, answers: { a: {} } },
    campaign: closed,
  });
  expect((await store.recent('nga-nam')).map(({ id }) => id)).toEqual(['q2:2', 'q2:1', 'setup:3']);
  expect(loaded.reports.map(({ id }) => id)).toEqual(['2026-Q3/nga-nam']);
});

it('a report on the shelf can still be changed, is checked for its rev, and goes back there with its whole history', async () => {
  expect(await change('e1', 0)).toBe('stale');
  expect(await change('e2', 1)).toBe('done');
  expect(await change('e3', 1)).toBe('stale');
  expect((await store.history(OLD)).map(({ id }) => id)).toEqual(['q2:1', 'q2:2', 'e2:0']);
  await restart();
  expect(await shelfFiles()).toHaveLength(2);
  expect(await store.report(OLD)).toMatchObject({ rev: 2, answers: { a: {}, e2: {} } });
  expect((await store.history(OLD)).map(({ id }) => id)).toEqual(['q2:1', 'q2:2', 'e2:0']);
  expect((await store.reports('2026/Q2')).map(({ rev }) => rev)).toEqual([2, 1]);
});

it('a change to a report on the shelf survives a crash', async () => {
  await change('e2', 1);
  const copy = join(root, `crash-${made}`);
  await cp(folder, copy, { recursive: true });
  await rm(join(copy, 'lock'));
  const second = await openLowdb(copy);
  expect((await second.history(OLD)).map(({ id }) => id)).toEqual(['q2:1', 'q2:2', 'e2:0']);
  expect(await second.report(OLD)).toMatchObject({ rev: 2, answers: { a: {}, e2: {} } });
  await second.close();
});

it('opening a campaign again brings all its reports back, also after a crash, and closing it puts them away again', async () => {
  await store.commit(turn('open', { changes: [{ type: 'campaign_set', campaign: opened }] }));
  expect((await store.load({ conversation: LAN, event: 'e' })).reports.map(({ id }) => id).sort()).toEqual([
    '2026-Q3/nga-nam',
    OLD,
  ]);
  const copy = join(root, `crash-${made}`);
  await cp(folder, copy, { recursive: true });
  await rm(join(copy, 'lock'));
  const second = await openLowdb(copy);
  expect((await second.load({ conversation: LAN, event: 'e' })).reports).toHaveLength(2);
  await second.close();
  await restart();
  expect(await snapshot()).toContain('"reports": [\n{"id":"2026-Q3/nga-nam"');
  expect((await store.reports('2026/Q2')).map(({ id }) => id)).toEqual([OLD, OTHER]);
  await restart();
  expect(await shelfFiles()).toEqual([]);
  await store.commit(turn('close', { changes: [{ type: 'campaign_set', campaign: closed }] }));
  await restart();
  expect(await shelfFiles()).toHaveLength(1);
  expect(await store.history(OLD)).toHaveLength(2);
});

it('reports change, campaigns open and close while snapshots are taken all the time, and nothing is lost', async () => {
  await store.close();
  store = await openLowdb(folder, { snapshotEvery: 1 });
  const works: Promise<string>[] = [];
  const outcomes: string[] = [];
  for (let n = 1; n <= 60; n += 1) {
    works.push(
      change(`e${n}`, n, n % 7 === 0 ? [{ type: 'campaign_set', campaign: n % 2 ? opened : closed }] : []),
    );
    works.push(store.commit(turn(`other ${n}`, { conversation: `web:${n}` })));
    if (n % 5 === 0) outcomes.push(...(await Promise.all(works.splice(0))));
  }
  expect(outcomes).toEqual(Array(120).fill('done'));
  const ids = ['q2:1', 'q2:2', ...Array.from({ length: 60 }, (_, n) => `e${n + 1}:0`)];
  expect((await store.history(OLD)).map(({ id }) => id)).toEqual(ids);
  await restart();
  expect((await store.history(OLD)).map(({ id }) => id)).toEqual(ids);
  expect((await store.report(OLD))?.rev).toBe(61);
  expect(Object.keys((await store.report(OLD))?.answers ?? {})).toHaveLength(61);
});

it('files that no snapshot names, left by a crash, are removed at the start; other files are left alone', async () => {
  await writeFile(join(folder, 'closed', '2026_Q2.12345678.000009.jsonl'), 'half');
  await writeFile(join(folder, 'closed', 'ghi chú.txt'), 'của tôi');
  await restart();
  expect(await shelfFiles()).toEqual([expect.stringContaining('000001.jsonl'), 'ghi chú.txt']);
});

it('a file of the shelf that is missing or cut stops the start with its name; a changed one refuses the report', async () => {
  const [name = ''] = await shelfFiles();
  const path = join(folder, 'closed', name);
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace('"number":1', '"number":7'));
  await expect(store.report(OLD)).rejects.toThrow(`${name} is damaged at byte 0 (report ${OLD})`);
  expect(await store.report(OTHER)).toMatchObject({ id: OTHER });
  await writeFile(path, text);
  await store.close();
  await truncate(path, 50);
  await expect(openLowdb(folder)).rejects.toThrow(`${name} is cut off`);
  await rm(path);
  await expect(openLowdb(folder)).rejects.toThrow(`${name} cannot be opened`);
  await rm(join(folder, 'state.json'));
  for (const left of await readdir(folder)) if (left.startsWith('journal')) await rm(join(folder, left));
  await writeFile(path, text);
  await expect(openLowdb(folder)).rejects.toThrow('state.json is missing');
});
