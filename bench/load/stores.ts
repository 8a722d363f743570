// The stores over which our own bot is measured.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStorage } from '../../storage/open.ts';
import type { Storage } from '../../storage/storage.ts';
import { ownServer } from '../../test/support/postgres.ts';
import { sizeOf } from './child.ts';

/** One store with nothing in it. `env`: settings by which the program opens it. */
type Store = {
  readonly env: Readonly<Record<string, string>>;
  /** Opens it here, while no program has it open. */
  open(): Promise<Storage>;
  /** Bytes it takes on the disk. */
  size(): Promise<number>;
  drop(): Promise<void>;
};

export type Stores = {
  readonly name: string;
  /** Drafts are kept in the bot's own memory. */
  readonly embedded: boolean;
  make(): Promise<Store>;
  /** Ends what had to be started for it. */
  close(): Promise<void>;
};

/** The embedded store, in a folder of its own each time. */
export const lowdbStores: Stores = {
  name: 'lowdb',
  embedded: true,
  async make() {
    const folder = await mkdtemp(join(tmpdir(), 'chitieu-bench-'));
    return {
      env: { DATA_DIR: folder },
      size: () => sizeOf(folder),
      open: () => openStorage({ dataDir: folder }),
      drop: () => rm(folder, { recursive: true, force: true }),
    };
  },
  close: async () => {},
};

/** PostgreSQL as it comes, every commit durable; its server is started on first use. A schema of its own each time. */
export function postgresStores(): Stores {
  let server: ReturnType<typeof ownServer> | undefined;
  return {
    name: 'postgres',
    embedded: false,
    async make() {
      server ??= ownServer();
      const databaseUrl = await (await server).freshUrl();
      const folder = await mkdtemp(join(tmpdir(), 'chitieu-bench-'));
      return {
        env: { DATA_DIR: folder, DATABASE_URL: databaseUrl },
        size: () => databaseSize(databaseUrl),
        open: () => openStorage({ dataDir: folder, databaseUrl }),
        drop: () => rm(folder, { recursive: true, force: true }),
      };
    },
    async close() {
      await (await server)?.stop();
    },
  };
}

async function databaseSize(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query('select pg_database_size(current_database()) as bytes');
  await client.end();
  return Number(rows[0]?.bytes);
}
