// A copy of the data folder made while the bot writes, and names that are gone from the disk soon after somebody was forgotten.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { backup, examine } from '../storage/backup.ts';
import { openLowdb } from '../storage/lowdb.ts';
import type { Storage } from '../storage/storage.ts';
import { campaign, LAN, person, say, session, set, turn, withReport } from './storage.samples.ts';

const REPORT = '2026-Q3/nga-nam';
const root = await mkdtemp(join(tmpdir(), 'chitieu-backup-'));
let folder = '';
let made = 0;
beforeEach(() => {
  made += 1;
  folder = join(root, `data-${made}`);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const answer = (n: number) =>
  say(`e${n}`, `Đã ghi ${n}`, {
    changes: [set(REPORT, `row-${n}`, n)],
    ...(n === 0 ? { session: session(LAN, { person: 'lan' }) } : {}),
    expects: { reports: { [REPORT]: n + 1 } },
  });

/** Every file of a folder, as one text. */
async function allText(of: string): Promise<string> {
  const names = await readdir(of, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile());
  const texts = files.map((each) => readFile(join(each.parentPath, each.name), 'utf8').catch(() => ''));
  return (await Promise.all(texts)).join('\n');
}

describe('A backup of a running bot', () => {
  it('holds every answer acknowledged before it began, with nothing missing in between, however often a snapshot is written', async () => {
    const store = await openLowdb(folder, { snapshotEvery: 2 });
    await withReport(store);
    let acknowledged = 0;
    let writing = true;
    const writer = (async () => {
      for (let n = 0; writing; n += 1) {
        expect(await store.commit(answer(n))).toBe('done');
        acknowledged = n + 1;
      }
    })();
    const copies: { readonly path: string; readonly least: number }[] = [];
    for (let n = 0; n < 40; n += 1) {
      const path = join(root, `copy-${made}-${n}`);
      const least = acknowledged;
      await backup(folder, path);
      copies.push({ path, least });
    }
    writing = false;
    await writer;
    await store.close();
    expect(acknowledged).toBeGreaterThan(50);
    for (const { path, least } of copies) {
      const copy = await openLowdb(path);
      const recorded = (await copy.history(REPORT)).slice(1).map(({ change }) => change);
      expect(recorded.length).toBeGreaterThanOrEqual(least);
      expect(recorded).toMatchObject(recorded.map((_, n) => ({ indicator: `row-${n}` })));
      expect(Object.keys((await copy.report(REPORT))?.answers ?? {})).toHaveLength(recorded.length);
      await copy.close();
    }
  });

  it('has the files of closed periods, no lock, and nothing that others on the machine may read', async () => {
    const store = await openLowdb(folder, { snapshotEvery: 1 });
    await withReport(store);
    await store.commit(answer(0));
    const closed = campaign('2026-Q3', { closedAt: '2026-10-01T00:00:00Z' });
    await store.commit(turn('close', { changes: [{ type: 'campaign_set', campaign: closed }] }));
    // One snapshot at a time: whichever turn comes when none is being written begins the next.
    await vi.waitFor(async () => {
      await store.commit(turn(`later ${performance.now()}`));
      expect(await readdir(join(folder, 'closed'))).not.toEqual([]);
    });
    const path = join(root, `copy-${made}`);
    const counts = await backup(folder, path);
    expect(counts).toMatchObject({ units: 1, people: 1, campaigns: 1, reports: 1 });
    expect(await readdir(path)).not.toContain('lock');
    for (const name of (await readdir(path)).filter((each) => each !== 'closed'))
      expect((await stat(join(path, name))).mode & 0o077).toBe(0);
    const copy = await openLowdb(path);
    expect(await copy.history(REPORT)).toHaveLength(2);
    await copy.close();
    await store.close();
  });

  it('is not written over something else', async () => {
    const store = await openLowdb(folder);
    const path = join(root, `full-${made}`);
    await mkdir(path);
    await writeFile(join(path, 'mine'), 'x');
    await expect(backup(folder, path)).rejects.toThrow('not empty');
    expect(await readdir(path)).toEqual(['mine']);
    await store.close();
  });

  it('of a damaged folder is refused, naming the file', async () => {
    const store = await openLowdb(folder);
    await withReport(store);
    await store.close();
    await writeFile(join(folder, 'state.json'), '{');
    await expect(backup(folder, join(root, `bad-${made}`))).rejects.toThrow('state.json');
  });
});

describe('Looking into a data folder', () => {
  it('counts what a running bot has stored, and changes nothing', async () => {
    const store = await openLowdb(folder);
    await withReport(store);
    await store.commit(answer(0));
    const before = await readdir(folder);
    expect(await examine(folder)).toMatchObject({ units: 1, people: 1, reports: 1, waiting: 1 });
    expect(await readdir(folder)).toEqual(before);
    expect(await store.commit(answer(1))).toBe('done');
    await store.close();
  });
});

describe('Somebody who is forgotten', () => {
  const KIM = 'Trần Thị Kim Needle';
  const PHONE = '84912000111';

  async function withKim(store: Storage): Promise<void> {
    await withReport(store);
    const kim = person('kim', { name: KIM, phone: PHONE, conversations: ['web:kim'] });
    await store.commit(turn('kim', { conversation: 'cli', changes: [{ type: 'person_set', person: kim }] }));
    const outgoing = [
      { conversation: 'web:kim', message: { text: [`Xin chào ${KIM}`] } },
      { conversation: LAN, message: { text: [`${KIM} đã nhập`] } },
    ];
    await store.commit(turn('hi', { conversation: 'web:kim', outgoing }));
  }
  const forget = turn('forget', {
    ...{ conversation: 'web:kim', at: '2026-09-20T00:00:00Z' },
    changes: [{ type: 'person_forgotten', person: 'kim', at: '2026-09-20T00:00:00Z' }],
  });

  it('is gone from every file of the data folder soon, without a stop', async () => {
    const store = await openLowdb(folder);
    await withKim(store);
    expect(await allText(folder)).toContain(KIM);
    await store.commit(forget);
    await vi.waitFor(async () => expect(await allText(folder)).not.toContain(KIM), { timeout: 5_000 });
    expect(await allText(folder)).not.toContain(PHONE);
    expect(await allText(folder)).toContain('kim');
    await store.close();
  });

  it('is gone also when another snapshot, with the name in it, was being written at that moment', async () => {
    const store = await openLowdb(folder, { snapshotEvery: 4 });
    await withKim(store);
    void store.commit(turn('more'));
    await store.commit(forget);
    await vi.waitFor(async () => expect(await allText(folder)).not.toContain(KIM), { timeout: 5_000 });
    await store.close();
  });

  it('is gone as soon as the disk takes a snapshot again, with nothing else happening meanwhile', async () => {
    const store = await openLowdb(folder, { again: 50 });
    await withKim(store);
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    await mkdir(join(folder, 'state.json.tmp'));
    await store.commit(forget);
    await vi.waitFor(() => expect(warned.mock.calls.length).toBeGreaterThan(1));
    expect(await allText(folder)).toContain(KIM);
    await rm(join(folder, 'state.json.tmp'), { recursive: true });
    await vi.waitFor(async () => expect(await allText(folder)).not.toContain(KIM), { timeout: 5_000 });
    await store.close();
    vi.restoreAllMocks();
  });

  it('is gone soon after the next start when the power failed right after the word to forget', async () => {
    const store = await openLowdb(folder);
    await withKim(store);
    vi.spyOn(process, 'emitWarning').mockReturnValue();
    // No snapshot can take the place of the old one: a folder stands where it is written.
    await mkdir(join(folder, 'state.json.tmp'));
    await store.commit(forget);
    const after = join(root, `after-${made}`);
    await cp(folder, after, { recursive: true });
    await rm(join(after, 'lock'));
    await rm(join(after, 'state.json.tmp'), { recursive: true });
    expect(await allText(after)).toContain(KIM);
    const next = await openLowdb(after);
    await vi.waitFor(async () => expect(await allText(after)).not.toContain(KIM), { timeout: 5_000 });
    await next.close();
    await rm(join(folder, 'state.json.tmp'), { recursive: true });
    await store.close();
    vi.restoreAllMocks();
  });
});
