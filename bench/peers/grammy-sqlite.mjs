// grammY with its sessions in SQLite, every write durable (WAL, synchronous=FULL).
import { join } from 'node:path';
import Database from 'libsql';
import { run } from './grammy-form.mjs';

const db = new Database(join(process.env.FOLDER, 'sessions.db'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('create table if not exists sessions (key text primary key, value text not null)');
const get = db.prepare('select value from sessions where key = ?');
const put = db.prepare(
  'insert into sessions values (?, ?) on conflict (key) do update set value = excluded.value',
);
const del = db.prepare('delete from sessions where key = ?');

await run({
  read: (key) => {
    const row = get.get(key);
    return row && JSON.parse(row.value);
  },
  write: (key, value) => void put.run(key, JSON.stringify(value)),
  delete: (key) => void del.run(key),
});
