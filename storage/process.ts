// Which process this is, and whether another one on this machine still runs.
import { randomUUID } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { systemCode } from './errors.ts';

/** `start` tells two processes with the same pid apart (undefined where the system does not say). */
export type ProcessId = { readonly pid: number; readonly start?: string };

/** This process, for `lives`. */
export async function thisProcess(): Promise<ProcessId> {
  const start = await startOf(process.pid);
  return { pid: process.pid, ...(start && { start }) };
}

/** False when that process of this machine and of this set of process ids has surely ended. */
export async function lives({ pid, start }: ProcessId): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    if (systemCode(error) !== 'EPERM') return false;
  }
  const now = await startOf(pid);
  return start === undefined || now === undefined || now === start;
}

/** The machine and its set of process ids: only there a pid means something. */
export async function thisPlace(): Promise<string> {
  const processes = await readlink('/proc/self/ns/pid').catch(() => '');
  return `${hostname()} ${processes}`.trim();
}

/** The same, told apart also from other machines of the same name; different every time where the system has no such number. */
export async function thisPlaceOnly(): Promise<string> {
  return `${await thisPlace()} ${(await bootOf().catch(() => undefined)) ?? randomUUID()}`;
}

const bootOf = async (): Promise<string> =>
  (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();

/** Boot and clock tick at which a process started; undefined where there is no /proc. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await bootOf();
    // The name in brackets may hold spaces; the state is the first field after it, the start time the 20th.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'dead' : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}
