// Files of the web chat: the same promises in a folder and in a database, and who is forgotten takes them along.
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUploads } from '../src/channels/web-uploads.ts';
import type { UploadPlace } from '../src/domain/uploads.ts';
import { openStorage } from '../storage/open.ts';
import { openPostgres } from '../storage/postgres.ts';
import { uploadsDatabase } from '../storage/postgres-uploads.ts';
import { openUploads } from '../storage/uploads.ts';
import { person, turn } from './storage.samples.ts';
import { postgresServer, type Server } from './support/postgres.ts';

const [ANA, BINH] = ['a'.repeat(32), 'b'.repeat(32)];
const source = (chat: string, n: number): string => `${chat}-${String(n).padStart(32, '0')}`;
const DAY = 24 * 3_600_000;

let server: Server;
let root: string;
beforeAll(async () => {
  server = await postgresServer();
  root = await mkdtemp(join(tmpdir(), 'chitieu-uploads-'));
});
afterAll(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

async function* pieces(...given: readonly (Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const each of given) {
    if (each instanceof Error) throw each;
    yield each;
  }
}
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = async (place: UploadPlace, of: string): Promise<string | undefined> => {
  const found = await place.get(of);
  return found && new TextDecoder().decode(found);
};

/** A fresh place, and how to make everything in it that many ms older. */
type Fresh = { readonly place: UploadPlace; readonly settings: Settings; age(ms: number): Promise<void> };
type Settings = { readonly dataDir: string; readonly databaseUrl?: string };

async function inFolder(): Promise<Fresh> {
  const dataDir = await mkdtemp(join(root, 'data-'));
  const folder = join(dataDir, 'tep-gui');
  return {
    ...{ settings: { dataDir }, place: await openUploads({ dataDir }) },
    async age(ms) {
      const at = new Date(Date.now() - ms);
      for (const name of await readdir(folder)) await utimes(join(folder, name), at, at);
    },
  };
}

async function inDatabase(): Promise<Fresh> {
  const databaseUrl = await server.freshUrl();
  const settings = { dataDir: join(root, 'none'), databaseUrl };
  await (await openPostgres(databaseUrl)).close();
  return {
    ...{ settings, place: await openUploads(settings) },
    age: (ms) =>
      ask(databaseUrl, `update uploads set at = at - ${ms} * interval '1 millisecond'`).then(() => {}),
  };
}

async function ask(url: string, query: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(query);
  await client.end();
  return rows.flatMap((row) => Object.values(row));
}

describe.each([
  ['a folder', inFolder],
  ['a database', inDatabase],
])('Files of the web chat in %s', (_, fresh) => {
  it('are found again byte for byte, however they came, and the same source replaces what was there', async () => {
    const { place } = await fresh();
    const large = new Uint8Array(3 * 512 * 1024 + 7).map((_, n) => n % 251);
    await place.put(
      source(ANA, 1),
      pieces(large.subarray(0, 5), large.subarray(5, 900_000), large.subarray(900_000)),
    );
    expect(Buffer.compare((await place.get(source(ANA, 1))) ?? new Uint8Array(), large)).toBe(0);
    await place.put(source(ANA, 1), pieces(bytes('mới')));
    expect(await textOf(place, source(ANA, 1))).toBe('mới');
    expect(await place.get(source(ANA, 2))).toBeUndefined();
    expect(await place.of(`web:${ANA}`)).toEqual([source(ANA, 1)]);
    expect(await place.of(`web:${BINH}`)).toEqual([]);
    await place.close();
  });

  it('are not there when they break off, and what was there before is', async () => {
    const { place } = await fresh();
    await place.put(source(ANA, 1), pieces(bytes('cũ')));
    const broken = pieces(new Uint8Array(600_000), new Error('the line is down'));
    await expect(place.put(source(ANA, 1), broken)).rejects.toThrow('the line is down');
    await expect(place.put(source(ANA, 2), pieces(new Error('down')))).rejects.toThrow('down');
    expect(await textOf(place, source(ANA, 1))).toBe('cũ');
    expect(await place.get(source(ANA, 2))).toBeUndefined();
    expect(await place.of(`web:${ANA}`)).toEqual([source(ANA, 1)]);
    await place.close();
  });

  it('that come twice at once are kept once', async () => {
    const { place } = await fresh();
    await Promise.all([1, 2, 3].map(() => place.put(source(ANA, 1), pieces(bytes('một')))));
    expect(await textOf(place, source(ANA, 1))).toBe('một');
    expect(await place.of(`web:${ANA}`)).toEqual([source(ANA, 1)]);
    await place.close();
  });

  it('go when they are too old, also what never came to its end', async () => {
    const { place, age } = await fresh();
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(600_000);
      await held;
    }
    await place.put(source(ANA, 1), pieces(bytes('cũ')));
    const coming = place.put(source(ANA, 2), slow());
    await expect.poll(() => place.of(`web:${ANA}`)).toHaveLength(2);
    await age(DAY + 1000);
    await place.put(source(ANA, 3), pieces(bytes('mới')));
    await place.sweep(DAY);
    expect(await place.of(`web:${ANA}`)).toEqual([source(ANA, 3)]);
    release();
    await expect(coming).rejects.toThrow();
    expect(await place.get(source(ANA, 2))).toBeUndefined();
    await place.close();
  });

  it('of whoever is forgotten go with them, those of others stay', async () => {
    const { place, settings } = await fresh();
    const storage = await openStorage(settings);
    const unit = { id: 'u', name: 'Xã A', kind: 'xã' };
    const people = [ANA, BINH].map((chat, n) =>
      person(`p${n}`, { unit: 'u', conversations: [`web:${chat}`] }),
    );
    await storage.commit(
      turn('e1', {
        changes: [
          { type: 'unit_set', unit },
          ...people.map((each) => ({ type: 'person_set', person: each }) as const),
        ],
      }),
    );
    for (const chat of [ANA, BINH]) await place.put(source(chat, 1), pieces(bytes('x')));
    const forget = { type: 'person_forgotten', person: 'p0', at: '2026-09-12T00:00:00Z' } as const;
    expect(await storage.commit(turn('e2', { conversation: 'cli', changes: [forget] }))).toBe('done');
    expect(await place.get(source(ANA, 1))).toBeUndefined();
    expect(await textOf(place, source(BINH, 1))).toBe('x');
    await storage.close();
    await place.close();
  });

  it('are kept for the page’s own id, fifty a day, whichever instance has them', async () => {
    const { place, settings } = await fresh();
    const [one, other] = [createUploads(place), createUploads(await openUploads(settings))];
    const first = await one.save(ANA, 'id-1', pieces(bytes('x')));
    expect(await other.save(ANA, 'id-1', pieces(bytes('x')))).toEqual(first);
    expect(first).toMatchObject({ size: 1 });
    const kept = typeof first === 'string' ? '' : first.source;
    expect(await other.read(kept)).toEqual({ bytes: bytes('x') });
    for (let n = 2; n <= 50; n++) await one.save(ANA, `id-${n}`, pieces(bytes('x')));
    expect(await other.save(ANA, 'id-51', pieces(bytes('x')))).toBe('too-many');
    expect(await other.save(ANA, 'id-50', pieces(bytes('y')))).toMatchObject({ size: 1 });
    expect(await other.save(BINH, 'id-1', pieces(bytes('x')))).toMatchObject({ size: 1 });
    expect(await other.save(BINH, 'id-2', pieces())).toBe('empty');
    await place.close();
  });
});

it('a file that breaks off in the database leaves no piece behind', async () => {
  const url = await server.freshUrl();
  await (await openPostgres(url)).close();
  const place = uploadsDatabase(url);
  await expect(
    place.put(source(ANA, 1), pieces(new Uint8Array(600_000), new Error('down'))),
  ).rejects.toThrow();
  expect(await ask(url, 'select count(*)::int from upload_pieces')).toEqual([0]);
  await place.close();
});
