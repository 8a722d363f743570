// The connections to PostgreSQL: their limits, what they make of JSON, and what an error of theirs means.
import pg from 'pg';
import { databasePlace } from './address.ts';
import { StorageError, systemCode } from './errors.ts';
import { fromJson } from './postgres-text.ts';

/** A statement with a name is planned once for each connection. */
export type Statement = { readonly name: string; readonly text: string };

export type Database = {
  /** Runs a statement that gives one row with one column; undefined without a row. Throws StorageError 'away'. */
  readonly ask: <T>(statement: Statement, values: readonly unknown[]) => Promise<T | undefined>;
  /** A connection of its own, outside the pool, on which `begin` has been done. Throws StorageError 'away', and leaves none open then. */
  readonly connect: (
    settings?: pg.ClientConfig,
    begin?: (client: pg.Client) => unknown,
  ) => Promise<pg.Client>;
  readonly end: () => Promise<void>;
};

/** So many turns are stored side by side by one instance. */
const CONNECTIONS = 10;
/** How long the database may take to let us in, to do one statement, and to give a lock (ms). */
const LIMITS = { connecting: 5_000, statement: 10_000, lock: 3_000 };
/** A deadlock, or two who did the same at once: nothing was stored, and it is simply done again. */
const AGAIN = new Set(['40001', '40P01']);
const MOST_TRIES = 8;

const JSON_TYPES = new Set<number>([pg.types.builtins.JSON, pg.types.builtins.JSONB]);
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    JSON_TYPES.has(oid) ? fromJson : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** Connects when it is first asked, at most `connections` times. `url`: postgres://user:password@host:port/name */
export function openDatabase(url: string, connections = CONNECTIONS): Database {
  const settings: pg.PoolConfig = {
    ...{ connectionString: withOptions(url), types, keepAlive: true, application_name: 'chitieu-bot' },
    ...{ max: connections, connectionTimeoutMillis: LIMITS.connecting },
    ...{ statement_timeout: LIMITS.statement, lock_timeout: LIMITS.lock },
    // When the network swallows everything the server cannot tell us that time is up.
    query_timeout: LIMITS.statement + 2_000,
    idle_in_transaction_session_timeout: LIMITS.statement,
  };
  const pool = new pg.Pool(settings);
  // A connection that dies while nobody uses it: the next question opens another one.
  pool.on('error', () => {});
  const where = databasePlace(url);
  return {
    async ask<T>({ name, text }: Statement, values: readonly unknown[]) {
      for (let tries = 1; ; tries++) {
        try {
          const { rows } = await pool.query<unknown[]>({ name, text, values: [...values], rowMode: 'array' });
          return rows[0]?.[0] as T | undefined;
        } catch (error) {
          if (AGAIN.has(systemCode(error) ?? '') && tries < MOST_TRIES) continue;
          throw isAway(error) ? away(where, error) : error;
        }
      }
    },
    async connect(more = {}, begin = () => {}) {
      const { connectionString, types: parsers, keepAlive, application_name } = settings;
      const common = { connectionString, types: parsers, keepAlive, application_name };
      const client = new pg.Client({ ...common, connectionTimeoutMillis: LIMITS.connecting, ...more });
      client.on('error', () => {});
      try {
        await client.connect();
        await begin(client);
      } catch (error) {
        void client.end().catch(() => {});
        throw away(where, error);
      }
      return client;
    },
    end: () => pool.end(),
  };
}

/** The statements are few and go by indexes: planning them anew for every parameter costs more than doing them. */
const OPTIONS = '-c jit=off -c plan_cache_mode=force_generic_plan';

/** Options in an address count alone, so that ours must stand there too; those given come last and win. */
function withOptions(url: string): string {
  const address = new URL(url);
  const given = address.searchParams.get('options') ?? '';
  address.searchParams.set('options', `${OPTIONS} ${given}`.trim());
  return address.href;
}

const away = (where: string, cause: unknown): StorageError =>
  new StorageError(
    'away',
    `The database ${where} does not answer: ${reasonOf(cause)}. Check that it runs, DATABASE_URL and the network`,
    cause,
  );

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** Shutting down, starting, full, read-only, too slow, or out of reach: it may be better in a moment. */
function isAway(error: unknown): boolean {
  const code = systemCode(error) ?? '';
  if (/^(?:08...|53...|57P..|57014|55P03|25006|E[A-Z_]{4,})$/.test(code)) return true;
  const why = error instanceof Error ? error.message : '';
  return code === '' && /connection|terminated|timeout|not queryable|pool after calling end/i.test(why);
}
