// The file store on a disk that fails or is slow: failed turns leave nothing behind, and turns that wait share one sync.
import { cp, type FileHandle, mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StorageError } from '../storage/errors.ts';
import { openLowdb } from '../storage/lowdb.ts';
import type { Storage } from '../storage/storage.ts';
import { LAN, say, session, set, turn, withReport } from './storage.samples.ts';

const REPORT = '2026-Q3/nga-nam';
const root = await mkdtemp(join(tmpdir(), 'chitieu-disk-'));
/** What all open files have in common, so that a test can let any of them fail. */
const files = await open(root, 'r').then(async (handle) => {
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
});
const full = (): Error =>
  Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

let folder = '';
let store: Storage;
let made = 0;
beforeEach(async () => {
  made += 1;
  folder = join(root, `data-${made}`);
  store = await openLowdb(folder);
  await withReport(store);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await store.close();
});
afterAll(() => rm(root, { recursive: true, force: true }));

const answer = (event: string, rev: number) =>
  say(event, 'Đã ghi', {
    changes: [set(REPORT, event, rev)],
    session: session(LAN, { person: 'lan' }),
    expects: { reports: { [REPORT]: rev } },
  });

/** Nothing but the first turn is there, in memory and after a restart; then the store takes turns as before. */
async function expectOnlyTheFirstTurn(): Promise<void> {
  expect(await store.report(REPORT)).toMatchObject({ rev: 1, answers: {} });
  expect(await store.history(REPORT)).toHaveLength(1);
  expect(await store.unsent()).toEqual([]);
  expect(await store.load({ conversation: LAN, event: 'e1' })).toMatchObject({
    handled: false,
    session: { rev: 1 },
  });
  expect(await store.commit(answer('e1', 1))).toBe('done');
  await store.close();
  store = await openLowdb(folder);
  expect(await store.history(REPORT)).toHaveLength(2);
  expect(await store.unsent()).toHaveLength(1);
}

it('a turn for which the disk had room for half a line is refused and leaves nothing behind', async () => {
  const write = files.write as (
    bytes: Uint8Array,
    from: number,
    length: number,
    at: number,
  ) => Promise<unknown>;
  let failures = 0;
  vi.spyOn(files, 'write').mockImplementation(async function (this: FileHandle, ...given: unknown[]) {
    const [bytes, from, length, at] = given as [Uint8Array, number, number, number];
    failures += 1;
    if (failures === 1) return (await write.call(this, bytes, from, Math.floor(length / 2), at)) as never;
    throw full();
  });
  const refused = store.commit(answer('e1', 1));
  await expect(refused).rejects.toThrow(StorageError);
  await expect(refused).rejects.toThrow(/journal-000001.log.*no space.*dung lượng đĩa/);
  expect(failures).toBe(2);
  vi.restoreAllMocks();
  await expectOnlyTheFirstTurn();
});

it('a turn that could not be synced is refused and leaves nothing behind', async () => {
  vi.spyOn(files, 'datasync').mockRejectedValueOnce(full());
  await expect(store.commit(answer('e1', 1))).rejects.toThrow('no space');
  await expectOnlyTheFirstTurn();
});

it('while the file cannot even be repaired every turn is refused, and the first one after that is stored', async () => {
  vi.spyOn(files, 'datasync').mockRejectedValue(full());
  vi.spyOn(files, 'truncate').mockRejectedValue(full());
  await expect(store.commit(answer('e1', 1))).rejects.toThrow('no space');
  await expect(store.commit(answer('e1', 1))).rejects.toThrow('no space');
  vi.restoreAllMocks();
  await expectOnlyTheFirstTurn();
});

it('what became of a message survives a full disk', async () => {
  await store.commit(answer('e1', 1));
  await store.markSent('e1:0', { outcome: 'sent', platform: '5' });
  vi.spyOn(files, 'datasync').mockRejectedValueOnce(full());
  await expect(store.commit(turn('e2'))).rejects.toThrow('no space');
  expect(await store.commit(turn('e3'))).toBe('done');
  const crashed = join(root, 'crashed');
  await cp(folder, crashed, { recursive: true });
  await rm(join(crashed, 'lock'));
  const second = await openLowdb(crashed);
  expect(await second.unsent()).toEqual([]);
  await second.close();
});

it('two turns of different conversations share a sync; two of the same conversation do not', async () => {
  const synced = vi.spyOn(files, 'datasync');
  const both = (a: string, b: string) =>
    Promise.all([
      store.commit(turn(`${a} 1`, { conversation: a })),
      store.commit(turn(`${b} 2`, { conversation: b })),
    ]);
  await both('web:1', 'web:2');
  expect(synced).toHaveBeenCalledTimes(1);
  await both('web:3', 'web:3');
  expect(synced).toHaveBeenCalledTimes(3);
});

it('100 turns that arrive while the disk is slow need a handful of syncs', async () => {
  const synced = vi.spyOn(files, 'datasync');
  await Promise.all(
    Array.from({ length: 100 }, (_, n) => store.commit(turn(`e${n}`, { conversation: `web:${n % 50}` }))),
  );
  expect(synced.mock.calls.length).toBeLessThanOrEqual(4);
});

it('a turn is not visible before it is durable', async () => {
  let release = (): void => {};
  const blocked = new Promise<void>((resolve) => {
    release = resolve;
  });
  let reached = (): void => {};
  const syncing = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const datasync = files.datasync;
  vi.spyOn(files, 'datasync').mockImplementationOnce(async function (this: FileHandle) {
    reached();
    await blocked;
    return datasync.call(this);
  });
  const first = store.commit(answer('e1', 1));
  await syncing;
  const again = store.commit(answer('e1', 1));
  const slow = store.commit({ ...answer('e2', 1), conversation: 'web:2', session: session('web:2') });
  expect((await store.report(REPORT))?.rev).toBe(1);
  expect((await store.load({ conversation: LAN, event: 'e1' })).handled).toBe(false);
  release();
  expect(await Promise.all([first, again, slow])).toEqual(['done', 'duplicate', 'stale']);
});

it('while no new journal can be made turns go on, the operator is warned once, and a snapshot follows when it can be', async () => {
  await store.close();
  store = await openLowdb(folder, { snapshotEvery: 2, again: 200 });
  const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
  const journals = async () => (await readdir(folder)).filter((name) => name.startsWith('journal-'));
  const [last = ''] = await journals();
  const next = join(
    folder,
    last.replace(/\d+/, (n) => String(Number(n) + 1).padStart(n.length, '0')),
  );
  await mkdir(next);
  for (let n = 1; n <= 10; n++) expect(await store.commit(turn(`e${n}`))).toBe('done');
  await vi.waitFor(() => expect(warned).toHaveBeenCalled());
  for (let n = 11; n <= 20; n++) expect(await store.commit(turn(`e${n}`))).toBe('done');
  expect(warned).toHaveBeenCalledTimes(1);
  await rm(next, { recursive: true });
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(await store.commit(turn('e21'))).toBe('done');
  await vi.waitFor(async () => expect(await journals()).not.toContain(last));
});
