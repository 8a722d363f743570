// Which store the settings ask for: one line per store.
import { databasePlace } from './address.ts';
import { openLowdb } from './lowdb.ts';
import type { Storage } from './storage.ts';
import { forgettingUploads, openUploads } from './uploads.ts';

type Settings = { readonly dataDir: string; readonly databaseUrl?: string | undefined };

/** Opens the store. Throws StorageError (storage/errors.ts), whose message tells the operator what is wrong and what to do. */
export async function openStorage({ dataDir, databaseUrl }: Settings): Promise<Storage> {
  if (databaseUrl === undefined)
    return forgettingUploads(await openLowdb(dataDir), await openUploads({ dataDir }));
  // Whoever has no database need not load what speaks to one.
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(databaseUrl);
}

/** Where the data lies, as it may be shown. */
export const placeOfStore = ({ dataDir, databaseUrl }: Settings): string =>
  databaseUrl === undefined ? dataDir : databasePlace(databaseUrl);
