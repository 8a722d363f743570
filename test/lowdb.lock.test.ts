// One data folder, one process: a second one is refused, and a process that died does not keep the folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../storage/errors.ts';
import { openLowdb } from '../storage/lowdb.ts';

const root = await mkdtemp(join(tmpdir(), 'chitieu-lock-'));
const children = new Set<ChildProcess>();
let folder = '';
let lock = '';
let made = 0;
beforeEach(async () => {
  made += 1;
  folder = join(root, `data-${made}`);
  lock = join(folder, 'lock');
  await mkdir(folder);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(root, { recursive: true, force: true });
});

/** Starts a process on the folder; `said` resolves with its first line, `ended` with its exit code. */
function start(what: 'try' | 'write'): {
  child: ChildProcess;
  said: Promise<string>;
  ended: Promise<number | null>;
} {
  const writer = fileURLToPath(new URL('./stand-ins/writer.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', writer, what, folder, 'w']);
  children.add(child);
  const said = new Promise<string>((resolve) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString().split('\n')[0] ?? ''));
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      children.delete(child);
      resolve(code);
    });
  });
  return { child, said, ended };
}

const refusal = (): Promise<unknown> =>
  openLowdb(folder).then(
    () => undefined,
    (error: unknown) => error,
  );
const owner = async (): Promise<Record<string, unknown>> => JSON.parse(await readFile(lock, 'utf8'));

it('a second process is refused with the pid of the first and what to do, and works after the first has stopped', async () => {
  const store = await openLowdb(folder);
  const second = start('try');
  const message = await second.said;
  expect(await second.ended).toBe(1);
  for (const words of [lock, `process ${process.pid} `, 'Stop it first', 'one process', 'anh/chị']) {
    expect(message).toContain(words);
  }
  expect(await store.units()).toEqual([]);
  await store.close();
  await expect(access(lock)).rejects.toThrow('ENOENT');
  const third = start('try');
  expect(await third.said).toBe('opened');
  expect(await third.ended).toBe(0);
});

it('the same process cannot open a folder twice', async () => {
  const store = await openLowdb(folder);
  expect(await refusal()).toMatchObject({ fault: 'locked' });
  await store.close();
});

it('the lock of a process that was killed is taken over', async () => {
  const writer = start('write');
  expect(await writer.said).toBe('opened');
  expect(await refusal()).toMatchObject({ fault: 'locked' });
  writer.child.kill('SIGKILL');
  await writer.ended;
  expect((await owner()).pid).toBe(writer.child.pid);
  const store = await openLowdb(folder);
  expect((await owner()).pid).toBe(process.pid);
  await store.close();
});

it('the lock of a dead process whose pid now belongs to another is taken over', async () => {
  const store = await openLowdb(folder);
  const own = await owner();
  await store.close();
  await writeFile(lock, JSON.stringify({ ...own, start: 'another boot 1' }));
  const second = await openLowdb(folder);
  expect((await owner()).start).toBe(own.start);
  await second.close();
});

it('a folder stays free after a start that failed', async () => {
  await writeFile(join(folder, 'state.json'), '');
  expect(await refusal()).toBeInstanceOf(StorageError);
  await rm(join(folder, 'state.json'));
  await (await openLowdb(folder)).close();
});

describe('a lock from another machine or container, where a pid says nothing', () => {
  it('holds while somebody touches it', async () => {
    await writeFile(lock, JSON.stringify({ pid: process.pid, where: 'elsewhere', since: 'yesterday' }));
    const beat = setInterval(() => void utimes(lock, new Date(), new Date()), 400);
    const error = await refusal();
    clearInterval(beat);
    expect(error).toMatchObject({ fault: 'locked' });
    expect((error as Error).message).toContain('on elsewhere (since yesterday)');
  });

  it.each([
    [
      'of a container that is gone',
      JSON.stringify({ pid: process.pid, where: 'elsewhere', since: 'yesterday' }),
    ],
    ['that a crash left half written', '{"pid":'],
  ])('%s is taken over after some seconds', async (_, text) => {
    await writeFile(lock, text);
    const store = await openLowdb(folder);
    expect((await owner()).pid).toBe(process.pid);
    await store.close();
  });

  it('is touched by its holder all the time', async () => {
    const store = await openLowdb(folder);
    const past = new Date(0);
    await utimes(lock, past, past);
    await expect
      .poll(async () => (await stat(lock)).mtimeMs, { timeout: 5000 })
      .toBeGreaterThan(Date.now() - 60_000);
    await store.close();
  });
});
