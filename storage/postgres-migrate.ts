// The tables of the database: made and changed by the files in migrations/, each once, in order, in a transaction of its own.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { StorageError } from './errors.ts';
import type { Database } from './postgres-pool.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

type Migration = {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly hash: string;
};

/** A migration that stands in the database. */
type Applied = { readonly number: number; readonly name: string; readonly hash: string };

/** What `migrate` found: names of the migrations that were there and that it applied, in order. */
export type Migrated = { readonly before: readonly string[]; readonly applied: readonly string[] };

/** The lock is named after the schema: databases with several may hold a store in each. */
const LOCK = `select pg_advisory_lock(hashtextextended('chitieu-bot migrations ' || current_schema(), 0))`;
const TABLE = `create table if not exists migrations (
  number integer primary key, name text not null, hash text not null, applied_at timestamptz not null default now())`;

/**
 * Brings the tables up to this program; of several that start at once one does it and the others wait. Throws StorageError:
 * 'newer' when the database has migrations that this program does not know, 'altered' when an old one is not as it was applied.
 */
export async function migrate(db: Database, folder: URL = FOLDER): Promise<Migrated> {
  const known = await readMigrations(folder);
  // A long migration must not be cut off, nor what waits for it.
  const client = await db.connect({ statement_timeout: 0, lock_timeout: 0 });
  try {
    await client.query(LOCK);
    await client.query(TABLE);
    const { rows } = await client.query<Applied>('select number, name, hash from migrations order by number');
    refuse(rows, known);
    const open = known.slice(rows.length);
    for (const { number, name, text, hash } of open) {
      await client.query('begin');
      try {
        await client.query(text);
        await client.query('insert into migrations (number, name, hash) values ($1, $2, $3)', [
          number,
          name,
          hash,
        ]);
        await client.query('commit');
      } catch (error) {
        throw new StorageError(
          'altered',
          `Migration ${name} failed and nothing of it was done: ${error instanceof Error ? error.message : String(error)}`,
          error,
        );
      }
    }
    return { before: rows.map(({ name }) => name), applied: open.map(({ name }) => name) };
  } finally {
    // Ends the lock and an open transaction with it.
    await client.end();
  }
}

/** What would keep the program from starting on this database, without changing anything; undefined: nothing. */
export async function pending(db: Database, folder: URL = FOLDER): Promise<readonly string[]> {
  const known = await readMigrations(folder);
  const client = await db.connect();
  try {
    const { rows: there } = await client.query<{ found: boolean }>(
      `select to_regclass('migrations') is not null as found`,
    );
    const { rows } = there[0]?.found
      ? await client.query<Applied>('select number, name, hash from migrations order by number')
      : { rows: [] };
    refuse(rows, known);
    return known.slice(rows.length).map(({ name }) => name);
  } finally {
    await client.end();
  }
}

function refuse(applied: readonly Applied[], known: readonly Migration[]): void {
  for (const [n, { name, hash }] of applied.entries()) {
    const ours = known[n];
    if (!ours) {
      throw new StorageError(
        'newer',
        `The database has the migration ${name}, which this release does not know: it was written by a newer release`,
      );
    }
    if (ours.name === name && ours.hash === hash) continue;
    throw new StorageError(
      'altered',
      ours.name === name
        ? `Migration ${name} was changed after it had been applied to this database`
        : `The database has the migration ${name} where this release has ${ours.name}`,
    );
  }
}

async function readMigrations(folder: URL): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{3}-.*\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = (await readFile(new URL(name, folder), 'utf8')).replaceAll('\r\n', '\n');
      return {
        number: Number(name.slice(0, 3)),
        name,
        text,
        hash: createHash('sha256').update(text).digest('hex'),
      };
    }),
  );
}
