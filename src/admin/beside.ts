// Reading the store beside a running bot: the data folder from a copy of it, the database as it is.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backup } from '../../storage/backup.ts';
import { openStorage } from '../../storage/open.ts';
import type { Storage } from '../../storage/storage.ts';
import { type Context, withStore } from './command.ts';

/** For reading only: what is written to a copy is lost. The copy is for this user alone, and gone afterwards. Throws StorageError. */
export async function withStoreBeside<T>(
  context: Context,
  use: (storage: Storage) => Promise<T>,
): Promise<T> {
  const { DATA_DIR, DATABASE_URL } = context.config;
  if (DATABASE_URL !== undefined) return withStore(context, use);
  const folder = await mkdtemp(join(tmpdir(), 'chitieu-copy-'));
  try {
    await backup(DATA_DIR, folder);
    const storage = await openStorage({ dataDir: folder });
    try {
      return await use(storage);
    } finally {
      await storage.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
