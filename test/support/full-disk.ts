// A disk that is full while a file named by FULL_DISK exists; loaded before a program, for its tests.
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';

const flag = process.env.FULL_DISK ?? '';
const handle = await open(tmpdir(), 'r');
const files = Object.getPrototypeOf(handle) as Record<string, unknown>;
await handle.close();
for (const verb of ['write', 'writev', 'writeFile', 'appendFile', 'datasync', 'sync'] as const) {
  const usual = files[verb] as (...given: unknown[]) => Promise<unknown>;
  files[verb] = function (this: unknown, ...given: unknown[]): Promise<unknown> {
    if (!existsSync(flag)) return usual.apply(this, given);
    const full = new Error(`ENOSPC: no space left on device, ${verb}`);
    return Promise.reject(Object.assign(full, { code: 'ENOSPC' }));
  };
}
