// Fills an empty database with parts, all of them or none, and reads them back before it is for good.
import type pg from 'pg';
import { differing, type Part, PortableError, type Sums, sumsOf } from './portable.ts';
import { createFiller } from './postgres-filler.ts';
import { migrate } from './postgres-migrate.ts';
import type { Database } from './postgres-pool.ts';
import { partsIn } from './postgres-portable.ts';

/** Whatever is stored has its row in one of these. */
const TABLES = [
  ...['units', 'people', 'campaigns', 'reports', 'answers', 'submissions', 'history', 'invitations', 'links'],
  ...['channels', 'conversations', 'handled', 'messages', 'sent_keys'],
];

/**
 * Makes the tables when there are none and fills them, unless what is read back has not the sums that are wanted: then nothing is
 * stored. Returns the sums that were read back. Throws StorageError; PortableError when the database is not empty.
 */
export async function fillDatabase(db: Database, parts: AsyncIterable<Part>, wanted: Sums): Promise<Sums> {
  await migrate(db);
  const client = await db.connect();
  try {
    await client.query('begin');
    // An instance that has just begun may want to store its sample: it waits, and finds units.
    await client.query(`lock table ${TABLES.join(', ')} in share row exclusive mode`);
    if (!(await isEmpty(client))) throw new PortableError({ is: 'notEmpty' });
    const filler = createFiller(client);
    for await (const part of parts) await filler.add(part);
    await filler.end();
    const read = await sumsOf(partsIn(client));
    if (differing(read, wanted).length > 0) return read;
    await client.query('commit');
    // Without it the first questions would be planned for empty tables.
    await client.query(`analyze ${TABLES.join(', ')}`);
    return read;
  } finally {
    // Takes back what was not committed.
    await client.end();
  }
}

async function isEmpty(client: pg.Client): Promise<boolean> {
  const some = TABLES.map((table) => `exists (select 1 from ${table})`).join(' or ');
  const { rows } = await client.query<{ some: boolean }>(`select ${some} as some`);
  return rows[0]?.some === false;
}
