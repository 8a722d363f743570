// The lock file of a data folder: one process at a time, and a process that died does not keep the folder.
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { StorageError, systemCode, unwritable } from './errors.ts';
import { lives, type ProcessId, thisPlace, thisProcess } from './process.ts';

/** `where` is the machine and its set of process ids: only there a pid means something. */
type Owner = ProcessId & { readonly where: string; readonly since: string };

/** How often the holder touches its lock, and how long an untouched lock of another machine is watched, in milliseconds. */
const BEAT = 1500;
const WATCH = 6000;

export type Lock = { release(): Promise<void> };

/**
 * Who holds the lock now, without taking it; undefined when nobody does. For a lock from another machine or container, whoever
 * touched it within the last seconds.
 */
export async function holderOf(path: string): Promise<{ pid: number; since: string } | undefined> {
  const text = await readFile(path, 'utf8').catch(gone);
  const owner = text === undefined ? undefined : parse(text);
  if (!owner) return undefined;
  const touched = (await stat(path).catch(gone))?.mtimeMs ?? 0;
  const isHeld = owner.where === (await thisPlace()) ? await lives(owner) : Date.now() - touched < WATCH;
  return isHeld ? { pid: owner.pid, since: owner.since } : undefined;
}

/**
 * Takes the lock, also from a process that no longer lives. For a lock from another machine or container (where a pid says nothing)
 * this takes some seconds: it counts as left behind when nobody touches it. Throws StorageError when another process holds it.
 */
export async function takeLock(path: string): Promise<Lock> {
  const where = await thisPlace();
  const own = JSON.stringify({ ...(await thisProcess()), where, since: new Date().toISOString() });
  while (!(await create(path, own))) {
    const text = await readFile(path, 'utf8')
      .catch(gone)
      .catch((error: unknown) => {
        throw unwritable(path, error);
      });
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

async function untouched(path: string): Promise<boolean> {
  const touched = async (): Promise<number | undefined> => (await stat(path).catch(gone))?.mtimeMs;
  const before = await touched();
  for (let waited = 0; waited < WATCH; waited += 250) {
    await pause(250);
    if ((await touched()) !== before) return false;
  }
  return true;
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
