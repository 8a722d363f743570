// Data of an earlier release opens as it is: nothing is lost, nothing must be converted, and what is new since then just is not there yet.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { openLowdb } from '../storage/lowdb.ts';
import { LAN, link, session, set, turn } from './storage.samples.ts';

const REPORT = '2026-Q3/nga-nam';
const OLD = '2026-Q2/nga-nam';
const root = await mkdtemp(join(tmpdir(), 'chitieu-older-'));
let folder = '';
let made = 0;
/** The files of a folder as release 0.1.0 left it in a crash: a snapshot, a journal after it, and a report on the shelf. */
beforeEach(async () => {
  made += 1;
  folder = join(root, `data-${made}`);
  const text = await readFile(new URL('./fixtures/data-0.1.0.json', import.meta.url), 'utf8');
  for (const [name, lines] of Object.entries(JSON.parse(text) as Record<string, string[]>)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), `${lines.join('\n')}\n`);
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));

it('snapshot, journal and shelf of release 0.1.0 open with everything in them', async () => {
  const store = await openLowdb(folder);
  const loaded = await store.load({ conversation: LAN, event: 'e4' });
  expect(loaded).toMatchObject({ handled: true, session: { person: 'lan', rev: 3 }, held: [] });
  expect(loaded.person).toMatchObject({ name: 'Lan', unreachable: [LAN] });
  expect(loaded.reports).toMatchObject([{ id: REPORT, rev: 3, answers: { a: {}, b: {} } }]);
  expect(loaded.previous['2026-Q3']?.report).toMatchObject({ id: OLD, rev: 1 });
  expect((await store.history(REPORT)).map(({ id }) => id)).toEqual(['setup:3', 'e1:0', 'e2:0']);
  expect((await store.unsent()).map(({ id, attempts }) => [id, attempts])).toEqual([['e2:0', 1]]);
  expect((await store.transcript(LAN, 0, 60)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(await store.sentAs(LAN, 'q1')).toBe('p1');
  expect(await store.invitations()).toMatchObject([{ id: 'hash', usedBy: 'lan' }]);
  expect(await store.link('x')).toBeUndefined();
  expect(await store.channelState('zalo')).toBeUndefined();
  expect(await store.commit(turn('e3'))).toBe('duplicate');
  await store.close();
});

it('such a folder goes on with what is new since then', async () => {
  const store = await openLowdb(folder);
  await store.markSent('e2:0', { outcome: 'held', hold: 'window', why: '', at: '2026-09-12T00:00:00Z' });
  const news = turn('e5', {
    session: session(LAN, { person: 'lan' }),
    changes: [
      { type: 'link_set', link: link('x') },
      { type: 'channel_set', channel: 'zalo', state: { refresh: 'a' } },
      { type: 'downloaded', report: OLD, link: 'x' },
      set(REPORT, 'c', 3),
    ],
    expects: { session: 3, reports: { [REPORT]: 3, [OLD]: 1 }, channels: { zalo: 0 } },
  });
  expect(await store.commit(news)).toBe('done');
  await store.close();
  const second = await openLowdb(folder);
  expect(await second.link('x')).toEqual(link('x'));
  expect(await second.channelState('zalo')).toEqual({ state: { refresh: 'a' }, rev: 1 });
  expect((await second.load({ conversation: 'web:3', event: 'e' })).held).toMatchObject([{ person: 'lan' }]);
  expect((await second.history(OLD)).map(({ id }) => id)).toEqual(['q2:1', 'q2:2', 'e5:2']);
  await second.close();
  expect(JSON.parse(await readFile(join(folder, 'state.json'), 'utf8'))).toMatchObject({ version: 2 });
});

it('from the start on the folder says that an earlier release must not go on with it, which would take what is new for damage', async () => {
  const store = await openLowdb(folder);
  const journals = (await readdir(folder)).filter((name) => name.startsWith('journal-'));
  expect(journals).toHaveLength(1);
  const [header = ''] = (await readFile(join(folder, journals[0] ?? ''), 'utf8')).split('\n');
  expect(JSON.parse(header.slice(9))).toMatchObject({ format: 'chitieu-bot journal', version: 2 });
  expect(JSON.parse(await readFile(join(folder, 'state.json'), 'utf8'))).toMatchObject({ version: 2 });
  await store.close();
});

it('a list that is new may be missing, but not be something else', async () => {
  const path = join(folder, 'state.json');
  const saved = JSON.parse(await readFile(path, 'utf8')) as object;
  await writeFile(path, JSON.stringify({ ...saved, channels: {} }));
  await expect(openLowdb(folder)).rejects.toThrow('"channels"');
});
