// units import, units list: the table of reporting units.
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { sha256 } from '../codes.ts';
import { readTable, type Table } from '../sheets/xlsx-read.ts';
import { UNITS } from '../text/admin.ts';
import { type Command, type Context, issueLine, type Outcome, store, table, withStore } from './command.ts';
import { compareUnits, readUnits } from './units-table.ts';

/** A larger file is not even opened (bytes); readTable has the exact limit. */
const MOST_BYTES = 20 * 1024 * 1024;

const importUnits: Command = {
  options: {},
  file: true,
  async run({ file }, context) {
    const name = basename(file);
    const read = await readInput(file);
    if ('why' in read)
      return { faults: [issueLine({ file: name, line: 0, path: '', message: UNITS.noFile(read.why) })] };
    const { content } = read;
    if ('fault' in content) {
      const message = UNITS.file(content.fault, 0);
      return { faults: [issueLine({ file: name, line: content.line, path: '', message })] };
    }
    return withStore(context, async (storage) => {
      const stored = await storage.units();
      const { units, issues, notes } = readUnits(content.rows, stored, name);
      if (issues.length > 0) return { faults: issues.map(issueLine) };
      const { added, changed, same } = compareUnits(units, stored);
      const changes = [...added, ...changed].map((unit) => ({ type: 'unit_set', unit }) as const);
      const event = `units:${read.hash}:${context.now.toISOString()}`;
      const fault = changes.length > 0 ? await store(storage, event, changes, context) : undefined;
      if (fault !== undefined) return { faults: [fault] };
      const others = stored.length - changed.length - same.length;
      const counts = { new: added.length, changed: changed.length, unchanged: same.length };
      return {
        lines: [UNITS.imported(counts.new, counts.changed, counts.unchanged)],
        json: counts,
        notes: [...notes, ...(others > 0 ? [UNITS.notInFile(others)] : [])],
      };
    });
  },
};

async function readInput(file: string): Promise<{ content: Table; hash: string } | { why: string }> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return { why: 'EISDIR' };
    if (found.size > MOST_BYTES) return { content: { fault: 'tooBig', line: 0 }, hash: '' };
    const bytes = await readFile(file);
    return { content: await readTable(bytes), hash: sha256(bytes.toString('base64')).slice(0, 16) };
  } catch (error) {
    return { why: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}

const listUnits: Command = {
  options: {},
  run: (_args, context: Context): Promise<Outcome> =>
    withStore(context, async (storage) => {
      const units = [...(await storage.units())].sort((a, b) => (a.id < b.id ? -1 : 1));
      const rows = units.map(({ id, name, kind, province }) => [id, name, kind, province ?? '']);
      return { lines: rows.length > 0 ? table(UNITS.columns, rows) : [UNITS.none], json: { units } };
    }),
};

export const commands: Readonly<Record<string, Command>> = { import: importUnits, list: listUnits };
