// db migrate, db check: bringing the database up to this release, and looking whether everything in it fits together.
import { placeOfStore } from '../../storage/open.ts';
import { checkDatabase } from '../../storage/postgres-check.ts';
import { migrate, pending } from '../../storage/postgres-migrate.ts';
import { type Database, openDatabase } from '../../storage/postgres-pool.ts';
import { DATABASE } from '../text/admin-db.ts';
import { type Command, type Context, type Outcome, table } from './command.ts';

/** Uses the database of DATABASE_URL without opening the store, which would change it. */
async function withDatabase(
  { config }: Context,
  use: (db: Database, place: string) => Promise<Outcome>,
): Promise<Outcome> {
  const databaseUrl = config.DATABASE_URL;
  if (databaseUrl === undefined) return { faults: [DATABASE.notSet] };
  const db = openDatabase(databaseUrl);
  try {
    return await use(db, placeOfStore({ dataDir: config.DATA_DIR, databaseUrl }));
  } finally {
    await db.end();
  }
}

const bringUp: Command = {
  options: {},
  run: (_, context) =>
    withDatabase(context, async (db, place) => {
      const { before, applied } = await migrate(db);
      const line = applied.length > 0 ? DATABASE.migrated(place, applied) : DATABASE.current(place);
      return { lines: [line], json: { before, applied } };
    }),
};

const check: Command = {
  options: {},
  run: (_, context) =>
    withDatabase(context, async (db, place) => {
      const open = await pending(db);
      if (open.length > 0) return { faults: [DATABASE.pending(open)] };
      const { tables, discords } = await checkDatabase(db);
      if (discords.length > 0) {
        const wrong = discords.map(({ what, count, example }) => DATABASE.wrong(what, count, example));
        return { faults: [...wrong, DATABASE.restore] };
      }
      const rows = tables.map((each) => [each.table, String(each.rows), each.digest]);
      return {
        lines: [DATABASE.current(place), ...table(DATABASE.columns, rows), DATABASE.sound],
        json: { tables },
      };
    }),
};

export const commands: Readonly<Record<string, Command>> = { migrate: bringUp, check };
