// Measures the parts named on the command line, or all of them; each prints a table and leaves bench/results/<part>.json. With
// --quick in less time and less exactly, where a part can.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { files } from './files.ts';
import { load } from './load.ts';
import { messages } from './messages.ts';

/** A part prints what it measured and returns it. */
const PARTS: Readonly<Record<string, (options: { quick: boolean }) => Promise<unknown>>> = {
  messages,
  files,
  load,
};

const quick = process.argv.includes('--quick');
const asked = process.argv.slice(2).filter((each) => each !== '--quick');
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}; there are: ${Object.keys(PARTS).join(', ')}`);
  process.exit(1);
}
const results = join(import.meta.dirname, 'results');
await mkdir(results, { recursive: true });
for (const [name, measure] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n== ${name}`);
  const measured = await measure({ quick });
  await writeFile(join(results, `${name}.json`), `${JSON.stringify(measured, null, 2)}\n`);
}
