// A data folder as parts, also beside a running bot; and an empty folder filled with parts.
import { join } from 'node:path';
import { stateBeside } from './backup.ts';
import { forgetOldest } from './history.ts';
import { takeLock } from './lock.ts';
import { openLowdb } from './lowdb.ts';
import { differing, type History, type Part, PortableError, type Sums, sumsOf } from './portable.ts';
import { capture, type Saved } from './saved.ts';
import { type Shelf, shelve, takeDown } from './shelf.ts';
import { snapshotFile } from './snapshot.ts';
import type { Shelved, State } from './state.ts';

/** So many reports of closed periods are in memory at once. */
const AT_ONCE = 100;

/** Everything as it stood at one moment after the call; takes no lock and changes nothing. Throws StorageError. */
export async function* partsOfFolder(folder: string): AsyncGenerator<Part> {
  const state = await stateBeside(folder);
  const saved = capture(state, 0);
  for (const item of saved.units) yield { kind: 'units', item };
  for (const person of saved.people) yield { kind: 'people', item: { rev: 0, ...person } };
  for (const campaign of saved.campaigns) yield { kind: 'campaigns', item: { rev: 0, ...campaign } };
  for (const item of saved.invitations) yield { kind: 'invitations', item };
  for (const item of state.links.values()) yield { kind: 'links', item };
  for (const item of saved.channels) yield { kind: 'channels', item };
  for (const item of saved.reports) {
    yield { kind: 'reports', item };
    yield* recordsOf(item.id, state.history.get(item.id));
  }
  for (let from = 0; from < saved.shelved.length; from += AT_ONCE)
    for (const { report, history } of await takeDown(folder, saved.shelved.slice(from, from + AT_ONCE))) {
      yield { kind: 'reports', item: report };
      yield* recordsOf(report.id, history);
    }
  for (const { report: of, records } of saved.history)
    if (!state.reports.has(of)) yield* recordsOf(of, records);
  for (const { unit, records } of saved.recent) {
    const newest = [...records];
    forgetOldest(newest);
    if (newest.length > 0) yield { kind: 'recent', item: { unit, records: newest } };
  }
  for (const talk of saved.talks) {
    // In the order of a database, which forgets the lowest first.
    const platformIds = [...talk.platformIds].sort((a, b) => a.seq - b.seq || (a.key < b.key ? -1 : 1));
    yield { kind: 'talks', item: { ...talk, platformIds } };
  }
}

function* recordsOf(of: string, records: History['records'] = []): Generator<Part> {
  if (records.length > 0) yield { kind: 'history', item: { of, records } };
}

/**
 * Fills a folder, made when there is none, in which nothing is stored yet: with everything, or with nothing when what is read back
 * has not the sums that are wanted. Returns the sums that were read back. Throws StorageError; PortableError when it is not empty.
 */
export async function fillFolder(folder: string, parts: AsyncIterable<Part>, wanted: Sums): Promise<Sums> {
  // From here on there is a whole snapshot to fall back on, of nothing.
  await (await openLowdb(folder)).close();
  const lock = await takeLock(join(folder, 'lock'));
  try {
    const snapshot = snapshotFile(join(folder, 'state.json'));
    const before = await snapshot.read();
    if (!before || !isEmpty(await stateBeside(folder))) throw new PortableError({ is: 'notEmpty' });
    await snapshot.write(await savedFrom(folder, parts, before));
    let read: Sums | undefined;
    try {
      read = await sumsOf(partsOfFolder(folder));
      return read;
    } finally {
      if (!read || differing(read, wanted).length > 0) await snapshot.write(before);
    }
  } finally {
    await lock.release();
  }
}

const isEmpty = (state: State): boolean => {
  const { units, people, campaigns, invitations, reports, shelved, history, links, channels, talks } = state;
  const all = [units, people, campaigns, invitations, reports, shelved, history, links, channels, talks];
  return all.every(({ size }) => size === 0);
};

/** The snapshot of all parts; reports of closed campaigns go to the shelf at once, where nothing counts that no snapshot names. */
async function savedFrom(folder: string, parts: AsyncIterable<Part>, empty: Saved): Promise<Saved> {
  const lists = {
    ...{ units: [], people: [], campaigns: [], invitations: [], links: [], channels: [] },
    ...{ reports: [], history: [], recent: [], talks: [] },
  } as { [K in Part['kind']]: Extract<Part, { kind: K }>['item'][] };
  const shelved: Shelved[] = [];
  const closed = new Set<string>();
  let leaving: Shelf[] = [];
  const put = async (): Promise<void> => {
    for (const campaign of new Set(leaving.map(({ report }) => report.campaign)))
      shelved.push(
        ...(await shelve(
          folder,
          campaign,
          leaving.filter(({ report }) => report.campaign === campaign),
        )),
      );
    leaving = [];
  };
  for await (const { kind, item } of parts) {
    if (kind === 'campaigns' && item.closedAt !== undefined) closed.add(item.id);
    if (kind === 'reports' && closed.has(item.campaign)) {
      if (leaving.length >= AT_ONCE) await put();
      leaving.push({ report: item, history: [] });
      continue;
    }
    const last = leaving.at(-1);
    if (kind === 'history' && item.of === last?.report.id)
      leaving[leaving.length - 1] = { report: last.report, history: item.records };
    else (lists[kind] as unknown[]).push(item);
  }
  await put();
  const history = lists.history.map(({ of, records }) => ({ report: of, records }));
  return { ...empty, ...lists, history, shelved, savedAt: new Date().toISOString() };
}
