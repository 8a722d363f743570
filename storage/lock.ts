// The lock file of a data folder: one process at a time, and a process that died does not keep the folder.
import { readFile, readlink, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { StorageError, systemCode, unwritable } from './errors.ts';

/**
 * `where` is the machine and its set of process ids: only there a pid means something. `start` tells two processes with the
 * same pid apart (undefined where the system does not say).
 */
type Owner = {
  readonly pid: number;
  readonly start?: string;
  readonly where: string;
  readonly since: string;
};

/** How often the holder touches its lock, and how long an untouched lock of another machine is watched, in milliseconds. */
const BEAT = 1500;
const WATCH = 6000;

export type Lock = { release(): Promise<void> };

/**
 * Takes the lock, also from a process that no longer lives. For a lock from another machine or container (where a pid says nothing)
 * this takes some seconds: it counts as left behind when nobody touches it. Throws StorageError when another process holds it.
 */
export async function takeLock(path: string): Promise<Lock> {
  const where = await thisPlace();
  const start = await startOf(process.pid);
  const own = JSON.stringify({
    pid: process.pid,
    ...(start && { start }),
    where,
    since: new Date().toISOString(),
  });
  while (!(await create(path, own))) {
    const text = await readFile(path, 'utf8').catch(gone);
    if (text === undefined) continue;
    const owner = parse(text);
    const abandoned = owner?.where === where ? !(await lives(owner)) : await untouched(path);
    if (!abandoned) throw held(path, owner);
    await moveAway(path, text);
  }
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), BEAT);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      if ((await readFile(path, 'utf8').catch(gone)) === own) await rm(path, { force: true });
    },
  };
}

async function create(path: string, own: string): Promise<boolean> {
  try {
    await writeFile(path, own, { flag: 'wx' });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw unwritable(path, error);
  }
}

function held(path: string, owner: Owner | undefined): StorageError {
  const who = owner ? `process ${owner.pid} on ${owner.where} (since ${owner.since})` : 'another process';
  return new StorageError(
    'locked',
    `${path}: ${who} uses this data folder. Stop it first: the embedded store serves one process`,
  );
}

/** Renaming first shows whose lock was moved: when a third process took it over meanwhile, it gets it back. */
async function moveAway(path: string, judged: string): Promise<void> {
  const aside = `${path}.${process.pid}.stale`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw unwritable(path, error);
  }
  const moved = await readFile(aside, 'utf8');
  if (moved !== judged) {
    await rename(aside, path);
    throw held(path, parse(moved));
  }
  await rm(aside, { force: true });
}

async function lives(owner: Owner): Promise<boolean> {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    if (systemCode(error) !== 'EPERM') return false;
  }
  const start = await startOf(owner.pid);
  return owner.start === undefined || start === undefined || start === owner.start;
}

async function untouched(path: string): Promise<boolean> {
  const touched = async (): Promise<number | undefined> => (await stat(path).catch(gone))?.mtimeMs;
  const before = await touched();
  for (let waited = 0; waited < WATCH; waited += 250) {
    await pause(250);
    if ((await touched()) !== before) return false;
  }
  return true;
}

/** Boot and clock tick at which a process started; undefined where there is no /proc. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    // The name in brackets may hold spaces; the state is the first field after it, the start time the 20th.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'dead' : `${boot.trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

async function thisPlace(): Promise<string> {
  const processes = await readlink('/proc/self/ns/pid').catch(() => '');
  return `${hostname()} ${processes}`.trim();
}

function parse(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<Owner> | null;
    return typeof owner?.pid === 'number' && typeof owner.where === 'string' ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

function gone(error: unknown): undefined {
  if (systemCode(error) === 'ENOENT') return undefined;
  throw error;
}
