// Files of the web chat in the database, so that whichever instance reads one has it, wherever it came in.
import { conversationOfSource, type UploadPlace } from '../src/domain/uploads.ts';
import { openDatabase, type Statement } from './postgres-pool.ts';

/** Large files must not take the connections that turns are stored through. */
const CONNECTIONS = 2;
/** What comes is handed over in pieces of about this many bytes: nobody's slow line keeps a whole file in memory, or a connection. */
const PIECE = 512 * 1024;

const statement = (name: string, text: string): Statement => ({ name: `upload ${name}`, text });

const SQL = {
  begin: statement('begin', 'insert into uploads (source, conversation) values ($1, $2) returning id::text'),
  piece: statement('piece', 'insert into upload_pieces (upload, nth, bytes) values ($1, $2, $3)'),
  /** Nothing when it has been forgotten or swept meanwhile. */
  end: statement(
    'end',
    `with before as (delete from uploads where source = $2 and id <> $1 and whole)
    update uploads set whole = true where id = $1 returning true`,
  ),
  drop: statement('drop', 'delete from uploads where id = $1'),
  get: statement(
    'get',
    `select coalesce(string_agg(p.bytes, ''::bytea order by p.nth), ''::bytea)
    from (select id from uploads where source = $1 and whole order by id desc limit 1) u
    left join upload_pieces p on p.upload = u.id group by u.id`,
  ),
  of: statement(
    'of',
    `select coalesce(jsonb_agg(distinct source), '[]') from uploads where conversation = $1`,
  ),
  forget: statement('forget', 'delete from uploads where conversation = any($1)'),
  sweep: statement('sweep', `delete from uploads where at < now() - $1 * interval '1 millisecond'`),
} as const;

/**
 * Connects when the first file comes; the tables must be there (see openPostgres). Whoever is forgotten takes their files along in
 * the same transaction (migrations/005). Verbs throw StorageError 'away'.
 */
export function uploadsDatabase(url: string): UploadPlace {
  const db = openDatabase(url, CONNECTIONS);
  return {
    async put(source, bytes) {
      const id = await db.ask<string>(SQL.begin, [source, conversationOfSource(source)]);
      try {
        let nth = 0;
        for await (const piece of piecesOf(bytes)) await db.ask(SQL.piece, [id, nth++, piece]);
        if (!(await db.ask<boolean>(SQL.end, [id, source])))
          throw new Error(`upload ${source}: it was taken away while it came`);
      } catch (error) {
        // What cannot be removed now is swept.
        await db.ask(SQL.drop, [id]).catch(() => {});
        throw error;
      }
    },
    async get(source) {
      const found = await db.ask<Buffer>(SQL.get, [source]);
      return found && new Uint8Array(found);
    },
    of: async (conversation) => (await db.ask<readonly string[]>(SQL.of, [conversation])) ?? [],
    async forget(conversations) {
      await db.ask(SQL.forget, [conversations]);
    },
    async sweep(age) {
      await db.ask(SQL.sweep, [age]);
    },
    close: () => db.end(),
  };
}

async function* piecesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const each of bytes) {
    waiting.push(each);
    size += each.length;
    if (size < PIECE) continue;
    yield Buffer.concat(waiting);
    [waiting, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(waiting);
}
