// Which store the settings ask for: one line per store.
import { openLowdb } from './lowdb.ts';
import type { Storage } from './storage.ts';

/** Opens the store. Throws StorageError (storage/errors.ts), whose message tells the operator what is wrong and what to do. */
export function openStorage(config: { readonly dataDir: string }): Promise<Storage> {
  return openLowdb(config.dataDir);
}
