// What instances tell each other through the database: that one has stored something another has to send.
import type pg from 'pg';
import type { Database } from './postgres-pool.ts';
import { fromJson } from './postgres-text.ts';

/** `to`: an instance, or anyone. `heard`: the person of the conversation has just written. */
export type News = { readonly to: string; readonly conversation?: string; readonly heard?: boolean };

export type Ear = {
  /** To be called again and again: makes sure that the connection is alive, and listens again if it was lost. */
  restore(): void;
  close(): Promise<void>;
};

/** A connection that says nothing for so long when it is asked is lost, whatever the network makes of it (ms). */
const PATIENCE = 3_000;

/** Listens on a connection of its own. What is told while it is away is lost. Throws StorageError 'away'. */
export async function hear(db: Database, listener: (news: News) => void): Promise<Ear> {
  let closed = false;
  let client: pg.Client | undefined;
  let restoring: Promise<void> | undefined;

  async function open(): Promise<void> {
    const next = await db.connect({ query_timeout: PATIENCE }, (begun) => {
      begun.on('notification', ({ payload }) => listener(fromJson(payload ?? '{"to":""}') as News));
      return begun.query('listen chitieu');
    });
    next.on('end', () => {
      if (client === next) client = undefined;
    });
    if (closed) await next.end();
    else client = next;
  }

  /** Whoever only listens hears nothing of a line that is dead. */
  async function look(): Promise<void> {
    const own = client;
    if (!own) return open();
    await own.query('select 1').catch(() => {
      if (client === own) client = undefined;
      void own.end().catch(() => {});
    });
    if (!client) await open();
  }

  await open();
  return {
    restore() {
      if (restoring || closed) return;
      restoring = look()
        .catch(() => {})
        .finally(() => {
          restoring = undefined;
        });
    },
    async close() {
      closed = true;
      await restoring;
      await client?.end();
    },
  };
}
