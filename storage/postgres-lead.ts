// Tasks that one instance at a time may do: whoever holds the advisory lock, on a connection of its own that ends with the process.
import type pg from 'pg';
import type { Database } from './postgres-pool.ts';

type Listener = (leads: boolean) => void;

export type Leading = {
  /** As `Storage.lead`. Throws when the task was asked for here already and not given up. */
  lead(task: string, listener: Listener): () => Promise<void>;
  /** Gives up everything at once, also while the database is away; listeners hear nothing more. */
  close(): Promise<void>;
};

/** How often who does not lead asks, and who leads makes sure of it (ms). */
const LOOK = 2_000;
/** A holder who hears nothing for so long has lost it, before anybody else can get it (ms). */
const PATIENCE = 3_000;
/**
 * The server drops who is out of reach after 3 + 2 × 1 seconds, or who takes nothing for as long, where the network would keep the
 * connection open for hours; with LOOK that makes less than 10 seconds until another instance takes over.
 * (PostgreSQL: runtime-config-connection)
 */
const ALIVE =
  'set tcp_keepalives_idle = 3; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 2; set tcp_user_timeout = 5000';
/** Schemas of one database lead apart. */
const KEY = `hashtextextended('chitieu:' || current_schema() || ':' || $1, 0)`;
const TRY = `select pg_try_advisory_lock(${KEY}) as got`;
const GIVE_UP = `select pg_advisory_unlock(${KEY})`;

/** Listeners are called from a timer; nothing is asked of the database before the first task is named. */
export function createLeading(db: Database): Leading {
  const tasks = new Map<string, { leads: boolean; readonly listener: Listener }>();
  /** The tasks whose locks `client` has; those that were given up go at the next look. */
  const locked = new Set<string>();
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let closed = false;

  const set = (task: string, leads: boolean): void => {
    const known = tasks.get(task);
    if (!known || known.leads === leads) return;
    known.leads = leads;
    known.listener(leads);
  };
  const lose = (lost: pg.Client): void => {
    if (client !== lost) return;
    client = undefined;
    locked.clear();
    for (const task of tasks.keys()) set(task, false);
    void lost.end().catch(() => {});
  };

  async function connected(): Promise<pg.Client> {
    if (client) return client;
    const next = await db.connect({ query_timeout: PATIENCE }, (begun) => begun.query(ALIVE));
    client = next;
    next.on('end', () => lose(next));
    if (closed) lose(next);
    return next;
  }

  async function look(): Promise<void> {
    const own = await connected();
    try {
      // Asking is a sign of life as well: whoever leads already asks nothing else.
      await own.query('select 1');
      for (const task of tasks.keys()) {
        if (!locked.has(task)) {
          const { rows } = await own.query<{ got: boolean }>(TRY, [task]);
          if (rows[0]?.got && client === own) locked.add(task);
        }
        if (locked.has(task)) set(task, true);
      }
      for (const task of locked) {
        if (tasks.has(task)) continue;
        await own.query(GIVE_UP, [task]);
        locked.delete(task);
      }
    } catch {
      lose(own);
    }
  }
  /** Never rejects: while the database is away nobody leads here. */
  const lookSafely = (): Promise<void> => {
    looking ??= look()
      .catch(() => {})
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };

  return {
    lead(task, listener) {
      if (tasks.has(task)) throw new Error(`the task "${task}" was asked for already`);
      const own = { leads: false, listener };
      tasks.set(task, own);
      timer ??= setInterval(lookSafely, LOOK);
      void lookSafely();
      return async () => {
        if (tasks.get(task) === own) tasks.delete(task);
        // A look under way may have passed by; who has nothing need not wait for a database that may be away.
        if (locked.has(task)) await looking;
        if (locked.has(task) && !tasks.has(task)) await lookSafely();
      };
    },
    async close() {
      closed = true;
      clearInterval(timer);
      tasks.clear();
      await client?.end();
    },
  };
}
