// store export, import, check: everything that is stored in one file, from one store to the other, and whether such a file is whole.
import { stat } from 'node:fs/promises';
import { systemCode } from '../../storage/errors.ts';
import { placeOfStore } from '../../storage/open.ts';
import { differing, KINDS, type Part, PortableError, type Sums } from '../../storage/portable.ts';
import { checkPortable, readPortable, writePortable } from '../../storage/portable-file.ts';
import { fillFolder, partsOfFolder } from '../../storage/portable-folder.ts';
import { fillDatabase } from '../../storage/postgres-fill.ts';
import { pending } from '../../storage/postgres-migrate.ts';
import { type Database, openDatabase } from '../../storage/postgres-pool.ts';
import { partsOfDatabase } from '../../storage/postgres-portable.ts';
import { BACKUP } from '../text/admin.ts';
import { DATABASE } from '../text/admin-db.ts';
import { STORE } from '../text/admin-store.ts';
import { type Command, type Context, type Outcome, table } from './command.ts';

/** The store of the settings: as a source, and as what is to be filled. */
type Place = {
  readonly name: string;
  /** Why nothing can be read from it. */
  readonly hindered: () => Promise<string | undefined>;
  readonly parts: () => AsyncIterable<Part>;
  readonly fill: (parts: AsyncIterable<Part>, wanted: Sums) => Promise<Sums>;
};

async function withPlace({ config }: Context, use: (place: Place) => Promise<Outcome>): Promise<Outcome> {
  const { DATA_DIR, DATABASE_URL } = config;
  const name = placeOfStore({ dataDir: DATA_DIR, databaseUrl: DATABASE_URL });
  if (DATABASE_URL === undefined)
    return use({
      name,
      hindered: async () =>
        (await stat(DATA_DIR).catch(() => undefined)) ? undefined : BACKUP.noData(DATA_DIR),
      parts: () => partsOfFolder(DATA_DIR),
      fill: (parts, wanted) => fillFolder(DATA_DIR, parts, wanted),
    });
  const db = openDatabase(DATABASE_URL);
  try {
    return await use(databasePlace(name, db));
  } finally {
    await db.end();
  }
}

const databasePlace = (name: string, db: Database): Place => ({
  name,
  hindered: async () => {
    const open = await pending(db);
    return open.length > 0 ? DATABASE.pending(open) : undefined;
  },
  parts: () => partsOfDatabase(db),
  fill: (parts, wanted) => fillDatabase(db, parts, wanted),
});

export const exportStore: Command = {
  options: {},
  file: true,
  run: ({ file }, context) =>
    withPlace(context, async ({ name, hindered, parts }) => {
      const hindrance = await hindered();
      if (hindrance !== undefined) return { faults: [hindrance] };
      try {
        const kinds = await writePortable(file, parts(), context.now.toISOString());
        return {
          lines: [STORE.exported(name, file), ...table(STORE.columns, rowsOf(kinds)), STORE.secrets],
          json: { file, place: name, kinds },
        };
      } catch (error) {
        const why = ofFile(error, file);
        if (why === undefined) throw error;
        return { faults: [STORE.cannotWrite(file, why)] };
      }
    }),
};

export const importStore: Command = {
  options: {},
  file: true,
  run: ({ file }, context) =>
    reading(file, context, () =>
      withPlace(context, async ({ name, fill }) => {
        // Read to its end first: what is damaged in the middle must not be found half way.
        const wanted = await checkPortable(file);
        const stored = await fill(readPortable(file), wanted);
        const different = differing(wanted, stored);
        const lines = table(STORE.bothColumns, rowsOfBoth(wanted, stored));
        if (different.length > 0) return { faults: [...lines, STORE.differs(different)] };
        return {
          lines: [...lines, STORE.imported(file, name), STORE.secrets],
          json: { file, place: name, kinds: stored },
        };
      }),
    ),
};

export const checkFile: Command = {
  options: {},
  file: true,
  run: ({ file }, context) =>
    reading(file, context, async () => {
      const kinds = await checkPortable(file);
      return { lines: [...table(STORE.columns, rowsOf(kinds)), STORE.sound(file)], json: { file, kinds } };
    }),
};

/** What is wrong with the file, or with the store that is to take it in, in a sentence. */
async function reading(file: string, { config }: Context, use: () => Promise<Outcome>): Promise<Outcome> {
  const place = placeOfStore({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL });
  try {
    return await use();
  } catch (error) {
    if (error instanceof PortableError) return { faults: [STORE.fault(file, place, error.fault)] };
    const why = ofFile(error, file);
    if (why === undefined) throw error;
    return { faults: [STORE.cannotRead(file, why)] };
  }
}

/** What the system says of this file; undefined for an error of something else. */
function ofFile(error: unknown, file: string): string | undefined {
  const code = systemCode(error);
  const isOfFile = error instanceof Error && 'path' in error && error.path === file;
  return isOfFile || code === 'ENOSPC' || code === 'EDQUOT' || code === 'EISDIR' ? code : undefined;
}

const rowsOf = (kinds: Sums): readonly (readonly string[])[] =>
  KINDS.map((kind) => [STORE.kind(kind), String(kinds[kind].count), kinds[kind].sha256]);

const rowsOfBoth = (file: Sums, store: Sums): readonly (readonly string[])[] =>
  KINDS.map((kind) => [
    STORE.kind(kind),
    ...[file, store].map((sums) => String(sums[kind].count)),
    ...[file, store].map((sums) => sums[kind].sha256),
  ]);
