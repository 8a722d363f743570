// store backup: a copy of the data folder from which a bot can start, also while the bot runs; export, import, check: see store-move.ts.
import { stat } from 'node:fs/promises';
import { backup } from '../../storage/backup.ts';
import { StorageError } from '../../storage/errors.ts';
import { BACKUP } from '../text/admin.ts';
import type { Command, Outcome } from './command.ts';
import { checkFile, exportStore, importStore } from './store-move.ts';

const backUp: Command = {
  options: {},
  file: true,
  async run({ file }, { config }): Promise<Outcome> {
    if (config.DATABASE_URL !== undefined) return { faults: [BACKUP.database] };
    if (!(await stat(config.DATA_DIR).catch(() => undefined)))
      return { faults: [BACKUP.noData(config.DATA_DIR)] };
    try {
      const counts = await backup(config.DATA_DIR, file);
      return { lines: [BACKUP.made(file, counts), BACKUP.secrets], json: { folder: file, ...counts } };
    } catch (error) {
      if (error instanceof StorageError) throw error;
      return { faults: [BACKUP.failed(file, error instanceof Error ? error.message : String(error))] };
    }
  },
};

export const commands: Readonly<Record<string, Command>> = {
  backup: backUp,
  export: exportStore,
  import: importStore,
  check: checkFile,
};
