// The shelf: reports of closed campaigns with their history, one file per campaign, read one report at a time when somebody asks.
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Recorded } from '../src/domain/change.ts';
import type { Report } from '../src/domain/report.ts';
import { damaged, systemCode, unwritable } from './errors.ts';
import { syncFolder, writeAll } from './files.ts';
import type { Place, Shelved } from './state.ts';

/** A report as it lies on the shelf. */
export type Shelf = { readonly report: Report; readonly history: readonly Recorded[] };

/** Our own files: <campaign>.<number>.jsonl; numbers are never used again while a file with them exists. */
const OURS = /\.(\d{6,})\.jsonl$/;

const closedFolder = (folder: string): string => join(folder, 'closed');

/**
 * Writes reports of one campaign into a new file, one line each, durable when it resolves. A file is never changed or written
 * over, so that a snapshot can rely on those it names. Throws StorageError.
 */
export async function shelve(
  folder: string,
  campaign: string,
  items: readonly Shelf[],
): Promise<readonly Shelved[]> {
  const numbers = (await shelfFiles(folder)).map((name) => Number(OURS.exec(name)?.[1]));
  const number = String(Math.max(0, ...numbers) + 1).padStart(6, '0');
  const name = `${fileName(campaign)}.${number}.jsonl`;
  const path = join(closedFolder(folder), name);
  const shelved: Shelved[] = [];
  try {
    if (await mkdir(closedFolder(folder), { recursive: true })) await syncFolder(folder);
    const file = await open(path, 'wx', 0o600);
    try {
      let at = 0;
      for (const item of items) {
        const bytes = Buffer.from(`${JSON.stringify(item)}\n`);
        await writeAll(file, bytes, at);
        shelved.push(cardOf(item.report, { file: name, at, bytes: bytes.length, crc: crc32(bytes) }));
        at += bytes.length;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(dirname(path));
    return shelved;
  } catch (error) {
    throw unwritable(path, error);
  }
}

const cardOf = ({ id, campaign, unit, template, status, rev }: Report, place: Place): Shelved => ({
  id,
  campaign,
  unit,
  template,
  status,
  rev,
  place,
});

/** Reads reports in the order asked for, opening each file once. Throws StorageError when a file is missing or damaged. */
export async function takeDown(folder: string, cards: readonly Shelved[]): Promise<readonly Shelf[]> {
  const items = new Map<Shelved, Shelf>();
  for (const name of new Set(cards.map(({ place }) => place.file))) {
    const path = join(closedFolder(folder), name);
    const file = await open(path, 'r').catch((error: unknown) => {
      throw damaged(path, ' cannot be opened', WHAT_TO_DO, error);
    });
    try {
      for (const card of cards.filter(({ place }) => place.file === name)) {
        const bytes = Buffer.alloc(card.place.bytes);
        await file.read(bytes, 0, bytes.length, card.place.at);
        if (crc32(bytes) !== card.place.crc) {
          throw damaged(path, ` is damaged at byte ${card.place.at} (report ${card.id})`, WHAT_TO_DO);
        }
        items.set(card, JSON.parse(bytes.toString('utf8')) as Shelf);
      }
    } finally {
      await file.close();
    }
  }
  return cards.flatMap((card) => items.get(card) ?? []);
}

/** Throws StorageError when a file is missing or shorter than what it should hold, so that this shows at start and not in a chat. */
export async function checkShelf(folder: string, cards: readonly Shelved[]): Promise<void> {
  const ends = new Map<string, number>();
  for (const { place } of cards)
    ends.set(place.file, Math.max(ends.get(place.file) ?? 0, place.at + place.bytes));
  for (const [name, end] of ends) {
    const path = join(closedFolder(folder), name);
    const { size } = await stat(path).catch((error: unknown) => {
      throw damaged(path, ' cannot be opened', WHAT_TO_DO, error);
    });
    if (size < end) throw damaged(path, ` is cut off: ${size} of ${end} bytes`, WHAT_TO_DO);
  }
}

const WHAT_TO_DO = 'Then restore this file from a backup';

/** Removes the files that no snapshot names: left by a crash before the snapshot, or emptied since. Only at start, when nobody reads. */
export async function sweepShelf(folder: string, inUse: ReadonlySet<string>): Promise<void> {
  for (const name of await shelfFiles(folder)) {
    if (!inUse.has(name)) await rm(join(closedFolder(folder), name), { force: true });
  }
}

/** Names of the files on the shelf. */
export async function shelfFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(closedFolder(folder)).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => OURS.test(name));
}

/** A campaign id as a file name: unchanged when it is a plain word, otherwise made plain and told apart by a checksum. */
function fileName(campaign: string): string {
  if (/^[A-Za-z0-9_-]{1,80}$/.test(campaign)) return campaign;
  const plain = campaign.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 60);
  return `${plain}.${crc32(campaign).toString(16)}`;
}
