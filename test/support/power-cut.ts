// The disk as a power cut may leave it: what was synced is there; of all else any part may be, writes torn, names old or new.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Deed } from './power-cut-recorder.ts';

type Change =
  | { readonly since: number; readonly at: number; readonly bytes: Buffer }
  | { readonly since: number; readonly size: number };
type File = { readonly is: 'file'; lasting: Buffer; pending: Change[] };
type Names = readonly (readonly [string, Entry | undefined])[];
type Folder = {
  readonly is: 'folder';
  readonly now: Map<string, Entry>;
  readonly lasting: Map<string, Entry>;
  pending: { readonly since: number; readonly names: Names }[];
};
type Entry = File | Folder;

/** What becomes of the things that were not synced. `name`: is this change of names there? `parts`: which bytes of a write are. */
export type Fate = {
  name(): boolean;
  parts(length: number): readonly (readonly [from: number, to: number])[];
};

export type Disk = {
  /** The next deed is done. */
  take(deed: Deed): void;
  /** What would be lost now at the worst: so many writes and changes of names that were not synced. */
  pending(): { readonly writes: number; readonly names: number };
  /** The files below the folder, by path, as a power cut of this fate leaves them; undefined for a folder. */
  after(fate: Fate): Map<string, Buffer | undefined>;
};

const folder = (): Folder => ({ is: 'folder', now: new Map(), lasting: new Map(), pending: [] });

/** An empty folder, which itself is sure to last. */
export function emptyDisk(): Disk {
  const root = folder();
  const handles = new Map<string, Entry>();
  const syncs = new Map<string, number>();
  let time = 0;
  const within = (path: string): { parent: Folder; name: string } => {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    let parent = root;
    for (const part of parts) {
      const next = parent.now.get(part);
      if (next?.is !== 'folder') throw new Error(`${path}: there is no folder ${part}`);
      parent = next;
    }
    return { parent, name };
  };
  const change = (parent: Folder, names: Names): void => {
    for (const [name, entry] of names) {
      if (entry) parent.now.set(name, entry);
      else parent.now.delete(name);
    }
    parent.pending.push({ since: time, names });
  };
  const put = (path: string, entry: Entry | undefined): void => {
    const { parent, name } = within(path);
    change(parent, [[name, entry]]);
  };
  const entryAt = (path: string): Entry | undefined => {
    if (path === '') return root;
    const { parent, name } = within(path);
    return parent.now.get(name);
  };
  const fileOf = (handle: string): File => {
    const entry = handles.get(handle);
    if (entry?.is !== 'file') throw new Error(`${handle} is no open file`);
    return entry;
  };
  const open = (path: string, handle: string, cut: boolean): void => {
    let entry = entryAt(path);
    if (!entry) {
      const { parent, name } = within(path);
      entry = { is: 'file', lasting: Buffer.alloc(0), pending: [] };
      change(parent, [[name, entry]]);
    } else if (cut && entry.is === 'file') entry.pending.push({ since: time, size: 0 });
    handles.set(handle, entry);
  };
  const rename = (from: string, to: string): void => {
    const [old, fresh] = [within(from), within(to)];
    const entry = old.parent.now.get(old.name);
    if (!entry || old.parent !== fresh.parent) throw new Error(`${from} was renamed to ${to}`);
    change(old.parent, [
      [old.name, undefined],
      [fresh.name, entry],
    ]);
  };
  const take = (deed: Deed): void => {
    time += 1;
    switch (deed.did) {
      case 'open':
        open(deed.path, deed.handle, deed.cut);
        break;
      case 'write':
        fileOf(deed.handle).pending.push({
          since: time,
          at: deed.at,
          bytes: Buffer.from(deed.bytes, 'base64'),
        });
        break;
      case 'truncate':
        fileOf(deed.handle).pending.push({ since: time, size: deed.size });
        break;
      case 'syncing':
        syncs.set(deed.sync, time);
        break;
      case 'synced': {
        const [entry, began] = [handles.get(deed.handle), syncs.get(deed.sync)];
        if (!entry || began === undefined) throw new Error(`${deed.handle} was synced before it began`);
        settle(entry, began);
        break;
      }
      case 'rename':
        rename(deed.from, deed.to);
        break;
      case 'remove':
        put(deed.path, undefined);
        break;
      case 'folder':
        put(deed.path, folder());
        break;
      case 'told':
    }
  };
  return { take, pending: () => pendingIn(root), after: (fate) => filesOf(root, fate) };
}

/** What was done before `began` lasts. */
function settle(entry: Entry, began: number): void {
  const isDone = ({ since }: { since: number }): boolean => since < began;
  if (entry.is === 'file') {
    entry.lasting = contentOf(entry.lasting, entry.pending.filter(isDone), ALL);
    entry.pending = entry.pending.filter((each) => !isDone(each));
    return;
  }
  for (const { names } of entry.pending.filter(isDone)) apply(entry.lasting, names);
  entry.pending = entry.pending.filter((each) => !isDone(each));
}

function apply(entries: Map<string, Entry>, names: Names): void {
  for (const [name, entry] of names) {
    if (entry) entries.set(name, entry);
    else entries.delete(name);
  }
}

/** Everything reached the disk, as when a program is killed while the machine goes on. */
export const ALL: Fate = { name: () => true, parts: (length) => [[0, length]] };

function contentOf(lasting: Buffer, pending: readonly Change[], fate: Fate): Buffer {
  let content = lasting;
  for (const each of pending) {
    if ('size' in each) {
      if (!fate.name()) continue;
      const size = Buffer.alloc(each.size);
      content.copy(size);
      content = size;
      continue;
    }
    for (const [from, to] of fate.parts(each.bytes.length)) {
      if (from === to) continue;
      const next = Buffer.alloc(Math.max(content.length, each.at + to));
      content.copy(next);
      each.bytes.copy(next, each.at + from, from, to);
      content = next;
    }
  }
  return content;
}

function filesOf(of: Folder, fate: Fate, path = '', files = new Map<string, Buffer | undefined>()) {
  const entries = new Map(of.lasting);
  for (const { names } of of.pending) if (fate.name()) apply(entries, names);
  for (const [name, entry] of entries) {
    const at = path === '' ? name : `${path}/${name}`;
    files.set(at, entry.is === 'file' ? contentOf(entry.lasting, entry.pending, fate) : undefined);
    if (entry.is === 'folder') filesOf(entry, fate, at, files);
  }
  return files;
}

function pendingIn(entry: Entry, sum = { writes: 0, names: 0 }): { writes: number; names: number } {
  if (entry.is === 'file') return { ...sum, writes: sum.writes + entry.pending.length };
  return [...entry.now.values()].reduce((so, each) => pendingIn(each, so), {
    ...sum,
    names: sum.names + entry.pending.length,
  });
}

const SECTOR = 512;

/**
 * The fates worth trying: nothing of what was not synced, all of it, only the names, only the contents; and by chance each for
 * itself, writes torn at any byte or with any sector left out.
 */
export function fates(random: () => number, chances: number): readonly Fate[] {
  const none: Fate = { name: () => false, parts: () => [] };
  const torn = (length: number): (readonly [number, number])[] => [[0, Math.floor(random() * (length + 1))]];
  const holed = (length: number): (readonly [number, number])[] =>
    Array.from({ length: Math.ceil(length / SECTOR) }, (_, n) => n).flatMap((n) =>
      random() < 0.5 ? [[n * SECTOR, Math.min(length, (n + 1) * SECTOR)] as const] : [],
    );
  const chance = (): Fate => ({
    name: () => random() < 0.5,
    parts(length) {
      const what = random();
      if (what < 0.25) return [];
      if (what < 0.5) return [[0, length]];
      return what < 0.75 ? holed(length) : torn(length);
    },
  });
  return [
    none,
    ALL,
    { name: ALL.name, parts: none.parts },
    { name: none.name, parts: ALL.parts },
    { name: ALL.name, parts: torn },
    ...Array.from({ length: chances }, chance),
  ];
}

/** The deeds that would have made these files, all of them durable. */
export function deedsFor(files: ReadonlyMap<string, Buffer | undefined>): readonly Deed[] {
  const lasting = (handle: string): Deed[] => [
    { did: 'syncing', handle, sync: handle },
    { did: 'synced', handle, sync: handle },
  ];
  const made = [...files].flatMap(([path, bytes]): Deed[] =>
    bytes === undefined
      ? [{ did: 'folder', path }]
      : [
          { did: 'open', handle: path, path, cut: true },
          { did: 'write', handle: path, at: 0, bytes: bytes.toString('base64') },
          ...lasting(path),
        ],
  );
  const folders = ['', ...[...files].flatMap(([path, bytes]) => (bytes === undefined ? [path] : []))];
  return [
    ...made,
    ...folders.flatMap((path): Deed[] => [
      { did: 'open', handle: `folder ${path}`, path, cut: false },
      ...lasting(`folder ${path}`),
    ]),
  ];
}

/** Writes these files into a new folder. */
export function layOut(root: string, files: ReadonlyMap<string, Buffer | undefined>): void {
  mkdirSync(root, { recursive: true });
  for (const [path, bytes] of files) {
    if (bytes) writeFileSync(join(root, path), bytes);
    else mkdirSync(join(root, path), { recursive: true });
  }
}
