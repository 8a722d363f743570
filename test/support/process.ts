// The real program as a process of its own, over a data folder that may be prepared before and read afterwards.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../src/codes.ts';
import type { Change } from '../../src/domain/change.ts';
import { parsePeriod, usualCutoff } from '../../src/domain/period.ts';
import { openStorage } from '../../storage/open.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PATIENCE_MS = 20_000;
const DAY_MS = 86_400_000;

/** Settings of the machine that runs the tests must not reach the program: an empty variable counts as not set. */
const UNSET = Object.fromEntries(
  [
    ...['DATA_DIR', 'DATABASE_URL', 'HOST', 'PORT', 'PUBLIC_URL', 'TIMEZONE', 'LOG_LEVEL', 'TEMPLATES_DIR'],
    ...['TELEGRAM_BOT_TOKEN', 'TELEGRAM_MODE', 'TELEGRAM_WEBHOOK_SECRET', 'TELEGRAM_API_ROOT'],
    ...['ZALO_OA_ID', 'ZALO_APP_ID', 'ZALO_APP_SECRET', 'ZALO_OA_SECRET_KEY', 'ZALO_REFRESH_TOKEN'],
    ...['ZALO_BUTTONS', 'ZALO_PAID_MESSAGES', 'ZALO_REMINDER_TEMPLATE_ID', 'ZALO_API_ROOT'],
    ...['ZALO_OAUTH_ROOT', 'ZALO_ZBS_ROOT', 'ZALO_BOT_TOKEN', 'ZALO_BOT_MODE', 'ZALO_BOT_SECRET'],
    ...['ZALO_BOT_QUOTA', 'ZALO_BOT_API_ROOT', 'TRUSTED_PROXY', 'EVENTS_PER_MINUTE'],
  ].map((name) => [name, '']),
);

/** Settings by name, e.g. DATA_DIR. */
type Env = Readonly<Record<string, string>>;
type Ended = { readonly code: number | null; readonly lines: readonly string[] };

export type Running = {
  /** Where the web chat is, e.g. http://127.0.0.1:41234 */
  readonly url: string;
  /** Everything printed so far, stdout and stderr. */
  readonly lines: readonly string[];
  /** Asks it to end (SIGTERM). `code` is its exit code; `ms` how long it took. */
  stop(): Promise<{ code: number | null; ms: number }>;
  /** Ends it as a power cut would (kill -9). */
  kill(): Promise<void>;
};

/**
 * Starts the program and resolves once it serves, all its first lines printed. Rejects with what it printed when it ends first.
 * `preloads`: modules (addresses) that Node loads before the program.
 */
export async function start(env: Env, preloads: readonly string[] = []): Promise<Running> {
  const port = env.PORT ?? String(await freePort());
  const { child, lines, ended } = launch({ ...env, PORT: port }, preloads);
  const url = `http://127.0.0.1:${port}`;
  const until = Date.now() + PATIENCE_MS;
  // The links are printed in one piece with the line that has the address.
  while (!lines.some((line) => line.includes(url))) {
    if (child.exitCode === null && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    child.kill('SIGKILL');
    await ended;
    throw new Error(`the program did not start:\n${lines.join('\n')}`);
  }
  return {
    url,
    lines,
    async stop() {
      const from = Date.now();
      child.kill('SIGTERM');
      const { code } = await ended;
      return { code, ms: Date.now() - from };
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Starts a program that is expected to end by itself. `code` is null when it had to be killed because it went on. */
export async function runToEnd(env: Env): Promise<Ended> {
  const { child, ended } = launch(env, []);
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const result = await ended;
  clearTimeout(timer);
  return result;
}

function launch(
  env: Env,
  preloads: readonly string[],
): { child: ChildProcess; lines: string[]; ended: Promise<Ended> } {
  const imports = ['tsx', ...preloads].flatMap((each) => ['--import', each]);
  const child = spawn(process.execPath, [...imports, 'src/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...UNSET, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) collect(stream, lines);
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, lines })));
  return { child, lines, ended };
}

function collect(stream: NodeJS.ReadableStream, lines: string[]): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.filter((line) => line !== ''));
  });
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

export type Bot = {
  /** Everything printed so far, as one text. */
  output(): string;
  stop(): Promise<{ code: number | null; ms: number }>;
  kill(): void;
};

/** The program over `folder` with these settings besides. */
export async function startBot(
  folder: string,
  settings: Env,
  preloads: readonly string[] = [],
): Promise<Bot> {
  const running = await start({ DATA_DIR: folder, ...settings }, preloads);
  return {
    output: () => running.lines.join('\n'),
    stop: running.stop,
    kill: () => void running.kill(),
  };
}

/** A unit with an open period of its own on `template`, and the invitation by which its officer comes in. */
type Opening = {
  readonly template: string;
  readonly unit: string;
  readonly period: string;
  readonly code: string;
  /** The id of the unit and of its campaign; the template's when left out. */
  readonly id?: string;
};

/** Opens these periods in a data folder, or in that database, due in three days. The report of an opening is `<id>/<id>`. */
export async function prepare(
  folder: string,
  openings: readonly Opening[],
  databaseUrl?: string,
): Promise<void> {
  const storage = await openStorage({ dataDir: folder, databaseUrl });
  const [at, due, expiresAt] = [0, 3, 7].map((days) => new Date(Date.now() + days * DAY_MS).toISOString());
  if (!at || !due || !expiresAt) throw new Error('no time');
  const changes = openings.flatMap(({ template, unit, period: name, code, id = template }): Change[] => {
    const period = parsePeriod(name);
    if (!period) throw new Error(`no period ${name}`);
    const form = { id: template, version: 1 };
    const campaign = {
      id,
      template: form,
      period,
      due,
      cutoff: usualCutoff(period),
      units: [id],
      createdAt: at,
    };
    const person = { unit: id, role: 'officer', name: 'Cán bộ' } as const;
    return [
      { type: 'unit_set', unit: { id, name: unit, kind: 'đơn vị' } },
      { type: 'campaign_set', campaign },
      { type: 'invitation_set', invitation: { id: sha256(code), ...person, createdAt: at, expiresAt } },
    ];
  });
  const turn = { event: `prepare ${openings[0]?.id ?? ''}`, at, by: 'test', conversation: 'operator:test' };
  await storage.commit({ ...turn, changes, outgoing: [], expects: { reports: {} } });
  await storage.close();
}

/** How often each indicator of a report was written, sorted by its id. The program must have ended. */
export async function recordedIn(folder: string, report: string): Promise<[string, number][]> {
  const storage = await openStorage({ dataDir: folder });
  const counts = new Map<string, number>();
  for (const { change } of await storage.history(report))
    if (change.type === 'answer_set') counts.set(change.indicator, (counts.get(change.indicator) ?? 0) + 1);
  await storage.close();
  return [...counts].sort();
}
