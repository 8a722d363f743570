// The database goes away: what was acknowledged is there afterwards, once, and everything goes on by itself.
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StorageError } from '../storage/errors.ts';
import { openPostgres } from '../storage/postgres.ts';
import type { Storage } from '../storage/storage.ts';
import { LAN, say, session, set, turn, withReport } from './storage.samples.ts';
import { type OwnServer, ownServer } from './support/postgres.ts';

let server: OwnServer;
beforeAll(async () => {
  server = await ownServer();
});
afterAll(() => server.stop());

const isAway = (error: unknown): boolean => error instanceof StorageError && error.fault === 'away';

/** The outcome, asked again as long as the database is away, as platforms do. */
async function insist<T>(ask: () => Promise<T>, away: () => void): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isAway(error)) throw error;
      away();
      await pause(20);
    }
  }
}

/** Stores the chat's turns one after the other, each setting one answer and saying one thing. */
async function write(store: Storage, chat: string, turns: number, away: () => void): Promise<void> {
  const conversation = `web:${chat}`;
  const report = `q3/${chat}`;
  for (let n = 1; n <= turns; n++) {
    const event = `${chat}-${n}`;
    const template = { id: 'phu-luc', version: 1 };
    const start = { type: 'report_started', report, campaign: 'q3', unit: chat, template } as const;
    const outcome = await insist(
      () =>
        store.commit(
          say(event, event, {
            ...{ conversation, session: session(conversation) },
            changes: [...(n === 1 ? [start] : []), set(report, `a${n}`, n)],
            expects: { session: n - 1, reports: { [report]: n - 1 } },
          }),
        ),
      away,
    );
    // What was stored when the connection broke is not stored again.
    expect(['done', 'duplicate']).toContain(outcome);
  }
}

it('a server that is killed in the middle of turns loses nothing that was stored, and nothing is stored twice', async () => {
  const store = await openPostgres(await server.freshUrl());
  let away = 0;
  const chats = Array.from({ length: 8 }, (_, n) => `c${n}`);
  const writing = Promise.all(chats.map((chat) => write(store, chat, 60, () => (away += 1))));
  for (let n = 0; n < 3; n++) {
    await pause(150 + Math.random() * 150);
    await server.kill();
    await pause(100);
    await server.start();
  }
  await writing;
  expect(away).toBeGreaterThan(0);
  for (const chat of chats) {
    expect(await store.report(`q3/${chat}`)).toMatchObject({ rev: 60 });
    const events = (await store.history(`q3/${chat}`)).map(({ id }) => id.split(':')[0]);
    expect(events.slice(1)).toEqual(Array.from({ length: 60 }, (_, n) => `${chat}-${n + 1}`));
    expect((await store.session(`web:${chat}`))?.rev).toBe(60);
  }
  // What was stored while nobody could be told so is found all the same.
  const waiting = async () => (await store.unsent()).length;
  for (const until = Date.now() + 10_000; (await waiting()) < 8 * 60 && Date.now() < until; ) await pause(50);
  const unsent = await store.unsent();
  expect(new Set(unsent.map(({ id }) => id)).size).toBe(8 * 60);
  for (const { id } of unsent) await store.markSent(id, { outcome: 'sent' });
  expect(await store.unsent()).toEqual([]);
  await store.close();
});

it('while it is away every question says so, without the password; what was sent meanwhile is noted when it is back', async () => {
  const url = await server.freshUrl();
  const store = await openPostgres(url);
  const report = await withReport(store);
  await store.commit(say('e1', 'một'));
  await server.kill();
  const fault = await store.load({ conversation: LAN, event: 'e' }).catch((error: unknown) => error);
  expect(isAway(fault)).toBe(true);
  expect(String(fault)).toContain('127.0.0.1');
  expect(String(fault)).toContain('Cơ sở dữ liệu không trả lời');
  expect(String(fault)).not.toContain('chitieu:chitieu');
  await expect(store.commit(say('e2', 'hai'))).rejects.toSatisfy(isAway);
  await expect(store.report(report)).rejects.toSatisfy(isAway);
  await expect(openPostgres(url)).rejects.toSatisfy(isAway);
  await expect(store.markSent('e1:0', { outcome: 'begun', at: '2026-09-12T00:00:00Z' })).rejects.toSatisfy(
    isAway,
  );
  const noted = store.markSent('e1:0', { outcome: 'sent', platform: '77' });
  await pause(100);
  await server.start();
  await noted;
  expect(await store.fate(LAN, 'e1:0')).toEqual({ is: 'sent' });
  expect(await store.unsent()).toEqual([]);
  expect(
    await insist(
      () => store.commit(say('e2', 'hai')),
      () => {},
    ),
  ).toBe('done');
  await store.close();
});

it('a database that is too slow counts as away, and a turn that waited in vain is not stored', async () => {
  const url = await server.freshUrl();
  const store = await openPostgres(url);
  const report = await withReport(store);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('begin');
  await client.query('lock table answers');
  const slow = turn('e2', { changes: [set(report, 'a', 1)], expects: { reports: { [report]: 1 } } });
  await expect(store.commit(slow)).rejects.toSatisfy(isAway);
  await client.query('rollback');
  await client.end();
  expect(await store.report(report)).toMatchObject({ rev: 1, answers: {} });
  expect(await store.commit(slow)).toBe('done');
  await store.close();
});

it('a message that was sent is not sent again when the database forgets in a crash what became of it', async () => {
  // It writes such notes to its disk so late that the crash surely comes first.
  const forgetful = await ownServer(['-c', 'wal_writer_delay=10s']);
  const store = await openPostgres(await forgetful.freshUrl());
  await store.commit(say('e1', 'một'));
  await store.commit(say('e2', 'hai'));
  await store.markSent('e1:0', { outcome: 'sent', platform: '77' });
  await forgetful.kill();
  await forgetful.start();
  const offered = new Set<string>();
  const fate = async () => {
    for (const { id } of await store.unsent()) offered.add(id);
    return store.fate(LAN, 'e1:0').catch(() => undefined);
  };
  expect(
    await insist(
      () => store.fate(LAN, 'e1:0'),
      () => {},
    ),
  ).toEqual({ is: 'waiting' });
  await expect.poll(fate, { timeout: 10_000, interval: 20 }).toEqual({ is: 'sent' });
  await expect.poll(() => store.unsent().then((all) => all.map(({ id }) => id))).toEqual(['e2:0']);
  expect([...offered]).not.toContain('e1:0');
  await store.close();
  await forgetful.stop();
}, 30_000);
