// The error of every store: what is wrong with the stored data or its folder, and what the operator can do.
import { type StoreFault, storeFault } from '../src/text/store-errors.ts';

/** `message` is for the operator: the file and what to do in English, then one sentence in Vietnamese. */
export class StorageError extends Error {
  readonly fault: StoreFault;

  constructor(fault: StoreFault, what: string, cause?: unknown) {
    super(`${what} (${storeFault(fault)})`, cause === undefined ? undefined : { cause });
    this.name = 'StorageError';
    this.fault = fault;
  }
}

/** The error for a file that is not as we left it. `where` may add a line. */
export const damaged = (path: string, where: string, whatToDo: string, cause?: unknown): StorageError =>
  new StorageError(
    'damaged',
    `${path}${where}. Nothing was changed. Keep a copy of the whole data folder first. ${whatToDo}`,
    cause,
  );

/** True when something stored is not as we left it: trying again is of no use. */
export const isDamage = (error: unknown): boolean =>
  error instanceof StorageError && error.fault === 'damaged';

/** The error for a file or folder that cannot be written or made; the reason is the system's own. */
export function unwritable(path: string, cause: unknown): StorageError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StorageError(
    'unwritable',
    `Cannot write ${path}: ${why}. Check DATA_DIR, free space and the rights of the folder`,
    cause,
  );
}

/** The error for a file that is there but not ours to read; undefined for any other error. */
export function unreadable(path: string, cause: unknown): StorageError | undefined {
  const code = systemCode(cause);
  return code === 'EACCES' || code === 'EPERM'
    ? new StorageError(
        'unwritable',
        `Cannot read ${path}: ${code}. Nothing was changed. Check who owns DATA_DIR and the files in it`,
        cause,
      )
    : undefined;
}

/** The system's code of an error ("ENOENT"); undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
