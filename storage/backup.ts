// Copies a data folder, also of a running bot, so that the copy opens and holds everything up to one moment; and looks into a folder without opening it.
import { copyFile, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelState } from '../src/domain/channel-state.ts';
import type { TemplateRef } from '../src/domain/template.ts';
import { StorageError, systemCode } from './errors.ts';
import { syncFolder, syncPath } from './files.ts';
import { readStored } from './recover.ts';
import type { Saved } from './saved.ts';
import { snapshotFile } from './snapshot.ts';
import type { State } from './state.ts';

/** How much a data folder holds. `savedAt`: of the snapshot; undefined in a folder that is new. */
export type Counts = {
  readonly savedAt: string | undefined;
  readonly units: number;
  readonly people: number;
  readonly campaigns: number;
  readonly reports: number;
  readonly waiting: number;
};

/** What channels remember, secrets included, and which forms open campaigns use. */
export type Examined = Counts & {
  readonly channels: Readonly<Record<string, ChannelState>>;
  readonly forms: readonly TemplateRef[];
};

/** Another try when the bot writes a snapshot meanwhile, which takes it a second or two at most. */
const TRIES = 8;
const PAUSE = 250;

/**
 * Reads a data folder as a start would, taking no lock and changing nothing, also while the bot runs on it.
 * Throws StorageError when it is damaged or was written by a newer release.
 */
export const examine = (folder: string): Promise<Examined> => trying(() => look(folder));

/** The same, all of it; files of closed periods that it names stay where they are while the bot runs. */
export const stateBeside = (folder: string): Promise<State> =>
  trying(async () => (await readStored(folder, await snapshotOf(folder))).state);

const snapshotOf = (folder: string): Promise<Saved | null> => snapshotFile(join(folder, 'state.json')).read();

async function look(folder: string): Promise<Examined> {
  const saved = await snapshotOf(folder);
  const { state } = await readStored(folder, saved);
  const open = [...state.campaigns.values()].filter(({ closedAt }) => closedAt === undefined);
  return {
    channels: Object.fromEntries([...state.channels].map(([name, memory]) => [name, memory.state])),
    forms: open.map(({ template }) => template),
    savedAt: saved?.savedAt,
    units: state.units.size,
    people: [...state.people.values()].filter(({ leftAt }) => leftAt === undefined).length,
    campaigns: state.campaigns.size,
    reports: state.reports.size + state.shelved.size,
    waiting: state.unsent.size,
  };
}

/**
 * Copies what a restored bot needs from `folder` into `target`, a new or empty folder, durable when it resolves. What was
 * acknowledged before the call is in the copy. Throws StorageError, or an Error that says what is in the way.
 */
export async function backup(folder: string, target: string): Promise<Counts> {
  await mkdir(target, { recursive: true, mode: 0o700 });
  if ((await readdir(target)).length > 0) throw new Error(`${target} is not empty`);
  return trying(async () => {
    await rm(join(target, 'closed'), { recursive: true, force: true });
    for (const name of await readdir(target)) await rm(join(target, name));
    // The order matters. The snapshot first: it names the oldest journal and the files of closed periods that belong to it. Then
    // the journals, the newest first: by then the older ones are complete. Files of closed periods never change.
    await copy(folder, target, 'state.json');
    const journals = (await readdir(folder)).filter((name) => /^journal-\d{6,}\.log$/.test(name)).sort();
    for (const name of journals.reverse()) await copy(folder, target, name);
    const closed = await readdir(join(folder, 'closed')).catch(() => []);
    if (closed.length > 0) await mkdir(join(target, 'closed'), { mode: 0o700 });
    for (const name of closed) await copy(folder, target, join('closed', name));
    if (closed.length > 0) await syncFolder(join(target, 'closed'));
    await syncPath(target);
    const { channels: _, forms: _forms, ...counts } = await look(target);
    return counts;
  });
}

async function copy(from: string, to: string, name: string): Promise<void> {
  const path = join(to, name);
  await copyFile(join(from, name), path);
  const file = await open(path, 'r+');
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** While a snapshot takes the place of the one before, its journals go: what was read then does not fit together, and is read anew. */
async function trying<T>(work: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n += 1) {
    try {
      return await work();
    } catch (error) {
      const mayPass =
        (error instanceof StorageError && error.fault === 'damaged') || systemCode(error) === 'ENOENT';
      if (!mayPass || n === TRIES) throw error;
      await pause(PAUSE);
    }
  }
}
