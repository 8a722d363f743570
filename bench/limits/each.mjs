// The limit with every answer durable by an fdatasync of its own, one after the other.
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from './shared.mjs';

const file = openSync(join(process.env.FOLDER, 'answers.log'), 'a');
process.on('exit', () => closeSync(file));

serve(async (line) => {
  writeSync(file, `${line}\n`);
  fdatasyncSync(file);
});
