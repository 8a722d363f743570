// Runs the storage contract against every store, and the file store also in the ways in which its memory could differ from its files.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openLowdb } from '../storage/lowdb.ts';
import { memoryStorage } from '../storage/memory.ts';
import { openStorage } from '../storage/open.ts';
import type { Storage, Turn } from '../storage/storage.ts';
import { storageContract } from './storage.contract.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chitieu-store-'));
  folders.push(folder);
  return folder;
}

storageContract('memory', async () => memoryStorage());
storageContract('lowdb', async () => openLowdb(await newFolder()));
storageContract('lowdb with a snapshot after every third line', async () =>
  openLowdb(await newFolder(), { snapshotEvery: 3 }),
);
storageContract('lowdb closed and opened again before every question', async () =>
  reopening(await newFolder()),
);

it('the settings choose the store and its folder', async () => {
  const store = await openStorage({ dataDir: join(await newFolder(), 'data') });
  expect(await store.units()).toEqual([]);
  await store.close();
});

/** Answers every question from a store that was just started on the files of the one that took the turns. */
async function reopening(folder: string): Promise<Storage> {
  let store = await openLowdb(folder);
  let storing = 0;
  let ready: Promise<void> = Promise.resolve();
  const restart = async (): Promise<void> => {
    if (storing > 0) return;
    await store.close();
    store = await openLowdb(folder);
  };
  const fresh = async (): Promise<Storage> => {
    ready = ready.then(restart);
    await ready;
    return store;
  };
  const commit = async (turn: Turn): Promise<'done' | 'duplicate' | 'stale'> => {
    storing += 1;
    try {
      await ready;
      return await store.commit(turn);
    } finally {
      storing -= 1;
    }
  };
  return {
    exclusive: true,
    load: async (ask) => (await fresh()).load(ask),
    commit: (turn) => commit(structuredClone(turn)),
    unsent: async () => (await fresh()).unsent(),
    onNews: () => {},
    lead: (task, listener) => store.lead(task, listener),
    markSent: (id, delivery) => store.markSent(id, delivery),
    fate: async (conversation, id) => (await fresh()).fate(conversation, id),
    sentAs: async (conversation, key) => (await fresh()).sentAs(conversation, key),
    transcript: async (conversation, after, limit) => (await fresh()).transcript(conversation, after, limit),
    history: async (report) => (await fresh()).history(report),
    recent: async (unit) => (await fresh()).recent(unit),
    report: async (id) => (await fresh()).report(id),
    reports: async (campaign) => (await fresh()).reports(campaign),
    campaign: async (id) => (await fresh()).campaign(id),
    campaigns: async () => (await fresh()).campaigns(),
    unit: async (id) => (await fresh()).unit(id),
    units: async () => (await fresh()).units(),
    people: async () => (await fresh()).people(),
    invitations: async () => (await fresh()).invitations(),
    sessions: async () => (await fresh()).sessions(),
    session: async (conversation) => (await fresh()).session(conversation),
    link: async (id) => (await fresh()).link(id),
    channelState: async (channel) => (await fresh()).channelState(channel),
    close: () => store.close(),
  };
}
