// A program under measure as a process of its own, and what the system says about it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PATIENCE = 60_000;

/** How a program is started: `node <args>` in the project's folder, nothing of this machine's settings in its environment. */
export type Command = {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it listens. */
  readonly port: number;
};

export type Child = {
  readonly pid: number;
  /** From the start until it answered on its port (ms). */
  readonly readyAfter: number;
  readonly printed: () => string;
  /** SIGTERM; resolves when it has ended. */
  stop(): Promise<void>;
  /** SIGKILL; resolves when it has ended. */
  kill(): Promise<void>;
};

/** Resolves once it answers a request. Rejects with what it printed when it ends first. */
export async function startChild({ args, env, port }: Command): Promise<Child> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      // Only the end is ever shown.
      printed = (printed + text).slice(-4000);
    });
  // Whoever ends in the middle must not leave it behind.
  const drop = () => child.kill('SIGKILL');
  process.once('exit', drop);
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => {
      process.off('exit', drop);
      resolve();
    }),
  );
  const end = (signal: NodeJS.Signals) => () => {
    child.kill(signal);
    return ended;
  };
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() - began > PATIENCE) {
      child.kill('SIGKILL');
      await ended;
      throw new Error(`the program did not start:\n${printed}`);
    }
    await pause(5);
  }
  return {
    pid: child.pid ?? 0,
    readyAfter: performance.now() - began,
    printed: () => printed,
    stop: end('SIGTERM'),
    kill: end('SIGKILL'),
  };
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health`);
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}

/** A port on this machine that nobody uses at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** What a process has used so far; `written` bytes handed to the disk, `rss` in bytes now. */
export type Usage = { readonly cpuMs: number; readonly written: number; readonly rss: number };

/** A clock tick of /proc in milliseconds, on every Linux that Node runs on. */
const TICK = 10;
const PAGE = 4096;

export function usageOf(pid: number): Usage {
  const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8');
  const [stats, io, statm] = [read('stat'), read('io'), read('statm')];
  // The name of the program, in brackets, may hold blanks.
  const fields = stats.slice(stats.lastIndexOf(')') + 2).split(' ');
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK,
    written: Number(/^write_bytes: (\d+)/m.exec(io)?.[1] ?? 0),
    rss: Number(statm.split(' ')[1]) * PAGE,
  };
}

/** Bytes of all files in a folder. */
export async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((each) => each.isFile())
    .map((each) =>
      stat(join(each.parentPath, each.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0);
}
