// Where the files of the web chat lie: beside the embedded store in a folder, else in the database that all instances share.
import { join } from 'node:path';
import type { UploadPlace } from '../src/domain/uploads.ts';
import type { Storage } from './storage.ts';
import { uploadsFolder } from './uploads-folder.ts';

type Settings = { readonly dataDir: string; readonly databaseUrl?: string | undefined };

/** In DATA_DIR. */
const FOLDER = 'tep-gui';

/** Asks nothing of the disk or the database before the first file comes. The store must have been opened before. */
export async function openUploads({ dataDir, databaseUrl }: Settings): Promise<UploadPlace> {
  if (databaseUrl === undefined) return uploadsFolder(join(dataDir, FOLDER));
  const { uploadsDatabase } = await import('./postgres-uploads.ts');
  return uploadsDatabase(databaseUrl);
}

/** The same store; whoever is forgotten takes their files in `place` along. What cannot be removed then is swept a day later. */
export const forgettingUploads = (storage: Storage, place: UploadPlace): Storage => ({
  ...storage,
  async commit(turn) {
    const gone = new Set(
      turn.changes.flatMap((each) => (each.type === 'person_forgotten' ? [each.person] : [])),
    );
    if (gone.size === 0) return storage.commit(turn);
    const letIn = turn.changes.flatMap((each) => (each.type === 'person_set' ? [each.person] : []));
    const people = [...(await storage.people()), ...letIn].filter(({ id }) => gone.has(id));
    const outcome = await storage.commit(turn);
    if (outcome === 'done') await place.forget(people.flatMap((each) => each.conversations)).catch(() => {});
    return outcome;
  },
});
