// Several instances on one database: one order in every chat, nothing sent twice, nothing lost when one is killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../src/domain/change.ts';
import { openPostgres } from '../storage/postgres.ts';
import type { Storage } from '../storage/storage.ts';
import { LAN, MINH, person, say, session, set, text, turn, withReport } from './storage.samples.ts';
import { postgresServer, type Server } from './support/postgres.ts';

let server: Server;
let folder: string;
const children = new Set<ChildProcess>();
beforeAll(async () => {
  server = await postgresServer();
  folder = await mkdtemp(join(tmpdir(), 'chitieu-instances-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Two open stores on one empty database. */
async function two(): Promise<{ one: Storage; other: Storage; close(): Promise<void> }> {
  const url = await server.freshUrl();
  const one = await openPostgres(url);
  const other = await openPostgres(url);
  return {
    one,
    other,
    close: async () => {
      await one.close();
      await other.close();
    },
  };
}

const ids = async (store: Storage) => (await store.unsent()).map(({ id }) => id);

async function eventually<T>(ask: () => Promise<T>, wanted: T, ms = 8_000): Promise<void> {
  for (const until = Date.now() + ms; ; await pause(20)) {
    const got = await ask();
    if (JSON.stringify(got) === JSON.stringify(wanted) || Date.now() > until)
      return expect(got).toEqual(wanted);
  }
}

describe('Two instances on one database', () => {
  it('judge a turn by what the other one stored, also when they believe they know better', async () => {
    const { one, other, close } = await two();
    const report = await withReport(one);
    await other.load({ conversation: LAN, event: 'e' });
    const change = (event: string, rev: number) =>
      turn(event, {
        ...{ session: session(LAN, { person: 'lan' }), changes: [set(report, event, rev)] },
        expects: { session: rev, reports: { [report]: rev } },
      });
    expect(await one.commit(change('e1', 1))).toBe('done');
    expect(await other.commit(change('e2', 1))).toBe('stale');
    expect(await other.commit(change('e1', 1))).toBe('duplicate');
    expect((await other.load({ conversation: LAN, event: 'e2' })).reports[0]?.rev).toBe(2);
    expect(await other.commit(change('e2', 2))).toBe('done');
    const seen = await one.load({ conversation: LAN, event: 'e3' });
    expect(Object.keys(seen.reports[0]?.answers ?? {}).sort()).toEqual(['e1', 'e2']);
    expect(seen.session?.rev).toBe(3);
    await close();
  });

  it('of which both store at once in 10 chats and 1 report: everything lands once', async () => {
    const { one, other, close } = await two();
    const report = await withReport(one);
    const insist = async (store: Storage, n: number): Promise<void> => {
      for (;;) {
        const rev = (await store.report(report))?.rev ?? 0;
        const changes = [set(report, `a${n}`, n)];
        const outgoing = [{ conversation: LAN, message: text(String(n)) }];
        const outcome = await store.commit(
          turn(`e${n}`, {
            conversation: `web:${n % 10}`,
            changes,
            outgoing,
            expects: { reports: { [report]: rev } },
          }),
        );
        if (outcome !== 'stale') return;
      }
    };
    await Promise.all(Array.from({ length: 40 }, (_, n) => Promise.all([insist(one, n), insist(other, n)])));
    expect(await one.report(report)).toMatchObject({ rev: 41 });
    expect(await other.history(report)).toHaveLength(41);
    const transcript = await other.transcript(LAN, 0, 60);
    expect(transcript.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(new Set(transcript.map(({ id }) => id)).size).toBe(40);
    await close();
  });

  it('share out the chats: whoever has one in hand sends it to the end, and hears of what the other stored', async () => {
    const { one, other, close } = await two();
    const news: (string | undefined)[] = [];
    one.onNews((heard) => void news.push(heard));
    await one.commit(say('e1', 'một'));
    await other.commit(say('e2', 'hai', { session: session(LAN) }));
    await other.commit(
      turn('e3', { conversation: MINH, outgoing: [{ conversation: MINH, message: text('x') }] }),
    );
    await eventually(() => ids(one), ['e1:0', 'e2:0']);
    expect(await ids(other)).toEqual(['e3:0']);
    await eventually(async () => news.includes(LAN), true);
    await one.markSent('e1:0', { outcome: 'sent' });
    await one.markSent('e2:0', { outcome: 'sent' });
    await other.commit(say('e4', 'ba'));
    expect(await ids(other)).toEqual(['e3:0', 'e4:0']);
    expect(await ids(one)).toEqual([]);
    await close();
  });

  it('leave their chats to the other when they stop, and may not go on with them', async () => {
    const { one, other, close } = await two();
    await one.commit(say('e1', 'một'));
    await one.markSent('e1:0', { outcome: 'held', hold: 'window', why: '', at: '2026-09-12T00:00:00Z' });
    await one.commit(say('e2', 'hai'));
    await one.close();
    await eventually(() => ids(other), ['e1:0', 'e2:0']);
    expect((await other.unsent())[0]).toMatchObject({ seq: 1, held: { hold: 'window' } });
    await close();
  });

  it('refuse to note anything about a message that the other one sends, except that it is gone', async () => {
    const { one, other, close } = await two();
    for (const event of ['e1', 'e2']) await one.commit(say(event, event));
    const at = '2026-09-12T00:00:00Z';
    await expect(other.markSent('e1:0', { outcome: 'begun', at })).rejects.toThrow('another instance');
    await expect(other.markSent('e1:0', { outcome: 'retry', why: '' })).rejects.toThrow('another instance');
    expect((await one.unsent())[0]).toMatchObject({ id: 'e1:0', attempts: 0 });
    await expect(other.markSent('e1:0', { outcome: 'sent' })).rejects.toThrow('another instance');
    await eventually(() => ids(one), ['e2:0']);
    await close();
  });

  it('send nothing any more to somebody whom the other one has forgotten', async () => {
    const { one, other, close } = await two();
    const lan = person('lan');
    const changes: Change[] = [{ type: 'person_set', person: lan }];
    await one.commit(say('e1', 'một', { changes }));
    await one.commit(
      turn('e2', {
        conversation: MINH,
        outgoing: [{ conversation: MINH, message: text(`${lan.name} hỏi`) }],
      }),
    );
    const coordinator = person('chi', { role: 'coordinator', conversations: [MINH] });
    await other.commit(
      turn('e3', { conversation: 'cli', changes: [{ type: 'person_set', person: coordinator }] }),
    );
    const forget: Change = { type: 'person_forgotten', person: 'lan', at: '2026-09-12T00:00:00Z' };
    await other.commit(turn('e4', { conversation: 'cli', changes: [forget] }));
    await eventually(async () => (await one.unsent()).map(({ message }) => message.text), [['… hỏi']]);
    await close();
  });
});

type Instance = { readonly name: string; readonly child: ChildProcess; readonly said: () => string };

async function start(
  url: string,
  name: string,
  file: string,
  chats: string,
  events: number,
): Promise<Instance> {
  const script = fileURLToPath(new URL('./stand-ins/instance.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, url, name, file, chats, String(events)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  let said = '';
  child.stdout?.on('data', (data: Buffer) => {
    said += data.toString();
  });
  await eventually(async () => said.includes('opened'), true, 15_000);
  return { name, child, said: () => said };
}

async function kill({ child }: Instance): Promise<void> {
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
  children.delete(child);
}

/** What was sent, in the order of the file. */
async function sendsIn(file: string) {
  const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
  return lines.map((line) => {
    const [instance = '', id = '', chat = '', seq = ''] = line.split(' ');
    return { instance, id, chat, seq: Number(seq) };
  });
}

it('two instances take the same events while one of them is killed again and again: all is stored and sent, in order, once', async () => {
  const url = await server.freshUrl();
  const file = join(folder, 'sent');
  await writeFile(file, '');
  const [chats, events] = [['a', 'b', 'c', 'd'], 60];
  const said: (() => string)[] = [];
  const run = async (name: string) => {
    const instance = await start(url, name, file, chats.join(), events);
    said.push(instance.said);
    return instance;
  };
  const steady = await run('steady');
  const killed: string[] = [];
  let last: Instance | undefined;
  for (let n = 1; n <= 4; n++) {
    last = await run(`mortal${n}`);
    await pause(100 + Math.random() * 300);
    if (n === 4) break;
    await kill(last);
    killed.push(last.name);
  }
  for (const each of [steady, last])
    await eventually(async () => each?.said().includes('took everything'), true, 20_000);
  const total = chats.length * events * 2;
  await eventually(async () => new Set((await sendsIn(file)).map(({ id }) => id)).size, total, 15_000);

  const store = await openPostgres(url);
  for (const chat of chats) {
    const conversation = `post:${chat}`;
    expect((await store.session(conversation))?.rev).toBe(events);
    expect(await store.report(`q3/${chat}`)).toMatchObject({ rev: events });
    const history = await store.history(`q3/${chat}`);
    expect(history.map(({ id }) => id.split(':')[0])).toEqual(
      ['1', ...Array.from({ length: events }, (_, n) => String(n + 1))].map((n) => `${chat}-${n}`),
    );
  }
  const acknowledged = said.flatMap((each) => each().split('\n')).filter((line) => line.includes('-'));
  expect(new Set(acknowledged).size).toBe(acknowledged.length);

  const sends = await sendsIn(file);
  for (const chat of [...chats, 'all']) {
    const here = sends.filter((each) => each.chat === chat);
    const first = here.filter(({ id }, n) => here.findIndex((each) => each.id === id) === n);
    expect(first.map(({ seq }) => seq)).toEqual(first.map((_, n) => n + 1));
    for (const [n, again] of here.entries()) {
      const before = here.findIndex(({ id }) => id === again.id);
      if (before === n) continue;
      // Nobody can know whether the last message of a killed instance went out; but then only that one is sent again.
      expect(chat).not.toBe('all');
      expect(killed).toContain(here[before]?.instance);
      const { instance } = here[before] ?? {};
      expect(here.slice(before + 1).some((each) => each.instance === instance)).toBe(false);
    }
  }
  await store.close();
  for (const each of [steady, last]) if (each) await kill(each);
});

it('what an instance had in hand that nobody sees any more is sent by another within seconds', async () => {
  const url = await server.freshUrl();
  const store = await openPostgres(url);
  await store.commit(say('e1', 'một'));
  // As if another machine had taken the chat and lost its power.
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `insert into instances values ('gone', now() + interval '8 seconds', 'another machine', '{}')`,
  );
  await client.query(`update conversations set owner = 'gone'`);
  await client.end();
  await eventually(() => ids(store), []);
  await eventually(() => ids(store), ['e1:0'], 20_000);
  await store.close();
});
