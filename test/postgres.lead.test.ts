// What only one of several instances may do: one leads, and another follows when it ends, dies or loses the database.
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whileLeading } from '../src/channels/leading.ts';
import { openPostgres } from '../storage/postgres.ts';
import { createLeading } from '../storage/postgres-lead.ts';
import { openDatabase } from '../storage/postgres-pool.ts';
import type { Storage } from '../storage/storage.ts';
import { postgresServer, type Server } from './support/postgres.ts';

let server: Server;
beforeAll(async () => {
  server = await postgresServer();
});
afterAll(() => server.stop());

/** Asks for a task and notes what it was told. */
function asking(store: Storage, task: string) {
  const told: boolean[] = [];
  return { told, giveUp: store.lead(task, (leads) => told.push(leads)) };
}

async function until(isSo: () => boolean, ms = 10_000): Promise<void> {
  for (const end = Date.now() + ms; !isSo() && Date.now() < end; ) await pause(20);
  expect(isSo()).toBe(true);
}

/** Ends the connections on which locks are held, as a network does. */
async function cut(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()`,
  );
  await client.end();
}

describe('A task that one instance may do', () => {
  it('is done by one of two, and by the other when the first gives it up or ends', async () => {
    const url = await server.freshUrl();
    const [one, other] = [await openPostgres(url), await openPostgres(url)];
    const first = asking(one, 'polling');
    await until(() => first.told.at(-1) === true);
    const second = asking(other, 'polling');
    await pause(2_500);
    expect(second.told).toEqual([]);
    await first.giveUp();
    await until(() => second.told.at(-1) === true);
    const again = asking(one, 'polling');
    await other.close();
    await until(() => again.told.at(-1) === true);
    await one.close();
  });

  it('is lost at once with the connection, and somebody has it again within ten seconds', async () => {
    const url = await server.freshUrl();
    const [one, other] = [await openPostgres(url), await openPostgres(url)];
    const first = asking(one, 'polling');
    await until(() => first.told.at(-1) === true);
    const second = asking(other, 'polling');
    await cut(url);
    await until(() => first.told.includes(false));
    await until(() => [first, second].filter(({ told }) => told.at(-1) === true).length === 1);
    await Promise.all([one.close(), other.close()]);
  });

  it('is not kept by an instance that gave it up in the very moment in which it got it', async () => {
    const url = await server.freshUrl();
    const db = openDatabase(url);
    let giveUp: (() => Promise<void>) | undefined;
    const leading = createLeading({
      ...db,
      async connect(settings, begin) {
        const client = await db.connect(settings, begin);
        const query = client.query.bind(client) as (...given: unknown[]) => Promise<pg.QueryResult>;
        const slow = async (...given: unknown[]) => {
          const done = await query(...given);
          if (String(given[0]).includes('pg_try_advisory_lock')) void giveUp?.();
          return done;
        };
        return Object.assign(client, { query: slow });
      },
    });
    const told: boolean[] = [];
    giveUp = leading.lead('polling', (leads) => told.push(leads));
    await pause(500);
    const other = await openPostgres(url);
    const second = asking(other, 'polling');
    await until(() => second.told.at(-1) === true);
    expect(told).toEqual([]);
    await leading.close();
    await Promise.all([db.end(), other.close()]);
  });

  it('is asked for once: asking again would never be heard', async () => {
    const store = await openPostgres(await server.freshUrl());
    const { giveUp } = asking(store, 'polling');
    expect(() => asking(store, 'polling')).toThrow('polling');
    await giveUp();
    const again = asking(store, 'polling');
    await until(() => again.told.at(-1) === true);
    await store.close();
  });

  it('leaves no connection open that could not begin as it should', async () => {
    const url = await server.freshUrl();
    const db = openDatabase(url);
    const begin = (client: pg.Client) => client.query('select 1 / 0');
    await expect(db.connect({ application_name: 'begins badly' }, begin)).rejects.toThrow('division');
    const client = await db.connect();
    const count = async () => {
      const named = `select 1 from pg_stat_activity where application_name = 'begins badly'`;
      return (await client.query(named)).rowCount;
    };
    for (const end = Date.now() + 5_000; (await count()) !== 0 && Date.now() < end; ) await pause(20);
    expect(await count()).toBe(0);
    await client.end();
    await db.end();
  });

  it('says nothing of other tasks, nor of other stores in the same database', async () => {
    const [here, there] = [
      await openPostgres(await server.freshUrl()),
      await openPostgres(await server.freshUrl()),
    ];
    const all = [asking(here, 'a'), asking(here, 'b'), asking(there, 'a')];
    await until(() => all.every(({ told }) => told.at(-1) === true));
    await Promise.all([here.close(), there.close()]);
  });
});

describe('Work that runs while an instance leads', () => {
  it('begins anew only when the run before has ended, and gives the task up after its end', async () => {
    const events: string[] = [];
    let tell: (leads: boolean) => void = () => {};
    const stop = whileLeading(
      (_, listener) => {
        tell = listener;
        return async () => void events.push('given up');
      },
      'polling',
      () => {
        events.push('begun');
        return async () => {
          await pause(20);
          events.push('ended');
        };
      },
    );
    tell(true);
    tell(false);
    tell(true);
    await stop();
    expect(events.filter((each) => each === 'begun').length).toBe(
      events.filter((each) => each === 'ended').length,
    );
    expect(events.join(' ')).not.toContain('begun begun');
    expect(events.at(-1)).toBe('given up');
  });
});
