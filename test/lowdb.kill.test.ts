// Kills a writing process again and again: every turn it was told is stored must be there, once and whole.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { openLowdb } from '../storage/lowdb.ts';
import type { Storage } from '../storage/storage.ts';

const CHATS = ['web:1', 'web:2', 'web:3'];
const root = await mkdtemp(join(tmpdir(), 'chitieu-kill-'));
const children = new Set<ChildProcess>();
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(root, { recursive: true, force: true });
});

/** Lets a writer work for a random moment and kills it; gives the events it said were stored. */
async function writeAndDie(folder: string, round: number): Promise<string[]> {
  const writer = fileURLToPath(new URL('./stand-ins/writer.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', writer, 'write', folder, `r${round}`]);
  children.add(child);
  let said = '';
  const ended = new Promise((resolve) => child.once('close', resolve));
  const opened = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      if (said.includes('\n')) resolve();
    });
  });
  await Promise.race([opened, ended]);
  await pause(Math.random() * 150);
  child.kill('SIGKILL');
  await ended;
  children.delete(child);
  const [first, ...events] = said.split('\n').slice(0, -1);
  expect(first).toBe('opened');
  return events;
}

async function expectWhole(store: Storage, chat: string): Promise<string[]> {
  const report = await store.report(`q3/${chat}`);
  const history = await store.history(`q3/${chat}`);
  const perTurn = new Map<string, number>();
  for (const { id } of history) {
    const event = id.replace(/:\d+$/, '');
    perTurn.set(event, (perTurn.get(event) ?? 0) + 1);
  }
  const names = [...perTurn.keys()];
  // The first turn starts the report as well.
  expect([...perTurn.values()]).toEqual(names.map((_, n) => (n === 0 ? 3 : 2)));
  expect(report?.rev ?? 0).toBe(names.length);
  expect(report?.answers.a).toEqual(report?.answers.b);
  const session = (await store.sessions()).find(({ conversation }) => conversation === chat);
  expect(session?.rev ?? 0).toBe(names.length);
  const last = names.at(-1);
  if (last) expect((await store.load({ conversation: chat, event: last })).handled).toBe(true);
  const transcript = await store.transcript(chat, 0, 60);
  expect(transcript.map(({ message }) => message.text[0])).toEqual(
    transcript.map(({ seq }) => names[seq - 1]),
  );
  expect(transcript.at(-1)?.seq ?? 0).toBe(names.length);
  return names;
}

it('after ten kills at random moments every acknowledged turn is there once, and nothing is half', async () => {
  const folder = join(root, 'data');
  const acknowledged: string[] = [];
  for (let round = 1; round <= 10; round += 1) {
    acknowledged.push(...(await writeAndDie(folder, round)));
    const store = await openLowdb(folder);
    const stored = (await Promise.all(CHATS.map((chat) => expectWhole(store, chat)))).flat();
    expect(new Set(stored).size).toBe(stored.length);
    expect(acknowledged.filter((event) => !stored.includes(event))).toEqual([]);
    const shared = (await store.unsent()).filter(({ conversation }) => conversation === 'web:all');
    expect(shared.map(({ message }) => message.text[0]).sort()).toEqual([...stored].sort());
    expect(shared.map(({ seq }) => seq)).toEqual(stored.map((_, n) => n + 1));
    await store.close();
  }
  expect(acknowledged.length).toBeGreaterThan(50);
}, 120_000);
