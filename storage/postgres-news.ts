// What instances tell each other through the database: that one has stored something another has to send.
import type pg from 'pg';
import type { Database } from './postgres-pool.ts';
import { fromJson } from './postgres-text.ts';

/** `to`: an instance, or anyone. `heard`: the person of the conversation has just written. */
export type News = { readonly to: string; readonly conversation?: string; readonly heard?: boolean };

export type Ear = {
  /** Listens again if the connection was lost. */
  restore(): void;
  close(): Promise<void>;
};

/** Listens on a connection of its own. What is told while it is away is lost. Throws StorageError 'away'. */
export async function hear(db: Database, listener: (news: News) => void): Promise<Ear> {
  let closed = false;
  let client: pg.Client | undefined;
  let opening: Promise<void> | undefined;

  async function open(): Promise<void> {
    const next = await db.connect({}, (begun) => {
      begun.on('notification', ({ payload }) => listener(fromJson(payload ?? '{"to":""}') as News));
      return begun.query('listen chitieu');
    });
    next.on('end', () => {
      if (client === next) client = undefined;
    });
    if (closed) await next.end();
    else client = next;
  }

  await open();
  return {
    restore() {
      if (client || opening || closed) return;
      opening = open()
        .catch(() => {})
        .finally(() => {
          opening = undefined;
        });
    },
    async close() {
      closed = true;
      await opening;
      await client?.end();
    },
  };
}
