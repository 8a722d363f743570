// A data folder that may not be written while a file named by READ_ONLY exists; loaded before a program, for its tests. In the file:
// EROFS, as when the system mounts a failing disk anew: nothing can be written. EACCES: open files go on, names cannot be made or moved.
import fs, { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { resolve, sep } from 'node:path';

type Calls = Record<string, (...given: unknown[]) => Promise<unknown>>;

const folder = resolve(process.env.DATA_DIR ?? '');
const probe = await fs.promises.open(tmpdir(), 'r');
const files = Object.getPrototypeOf(probe) as Calls;
await probe.close();

function code(): string | undefined {
  try {
    return readFileSync(process.env.READ_ONLY ?? '', 'utf8');
  } catch {
    return undefined;
  }
}

const isOurs = (path: unknown): boolean => `${resolve(String(path))}${sep}`.startsWith(`${folder}${sep}`);

/** Lets a call fail as long as `refuses` says so. */
function guard(
  calls: Calls,
  verb: string,
  refuses: (given: readonly unknown[], why: string) => boolean,
): void {
  const usual = calls[verb];
  calls[verb] = function (this: unknown, ...given: unknown[]): Promise<unknown> {
    const why = code();
    if (why === undefined || !refuses(given, why)) return usual?.apply(this, given) ?? Promise.resolve();
    const words = why === 'EROFS' ? 'read-only file system' : 'permission denied';
    return Promise.reject(Object.assign(new Error(`${why}: ${words}, ${verb}`), { code: why }));
  };
}

for (const verb of ['write', 'writev', 'writeFile', 'appendFile', 'truncate'])
  guard(files, verb, (_, why) => why === 'EROFS');
for (const verb of ['rename', 'rm', 'unlink', 'mkdir', 'writeFile', 'copyFile', 'utimes'])
  guard(fs.promises as unknown as Calls, verb, ([path]) => isOurs(path));
guard(fs.promises as unknown as Calls, 'open', ([path, flags = 'r'], why) => {
  if (!isOurs(path) || flags === 'r') return false;
  return why === 'EROFS' || !fs.existsSync(String(path));
});
syncBuiltinESMExports();
