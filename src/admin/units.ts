// units import, units list: the table of reporting units.
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { sha256 } from '../codes.ts';
import { localTime } from '../domain/clock.ts';
import type { Table } from '../domain/table.ts';
import type { LineFault } from '../domain/unit-line.ts';
import { planUnits, type UnitsPlan } from '../domain/units-plan.ts';
import { columnWord } from '../domain/units-table.ts';
import { readTable } from '../sheets/xlsx-read.ts';
import { planLines, tableFault, UNITS, unitFault, unitNote } from '../text/units.ts';
import { type Command, type Context, issueLine, type Outcome, store, table, withStore } from './command.ts';

/** A larger file is not even opened (bytes); readTable has the exact limit. */
const MOST_BYTES = 20 * 1024 * 1024;

const importUnits: Command = {
  options: { 'dry-run': 'flag' },
  file: true,
  async run({ file, flags }, context) {
    const name = basename(file);
    const read = await readInput(file);
    if ('why' in read) return { faults: [inFile(name, 0, UNITS.noFile(read.why))] };
    const { content, hash } = read;
    if ('fault' in content) return { faults: [inFile(name, content.line, tableFault(content.fault, 0))] };
    return withStore(context, async (storage) => {
      const stored = await storage.units();
      const today = localTime(context.now.toISOString(), context.config.TIMEZONE).day;
      const plan = planUnits(content.rows, stored, today);
      if (plan.faults.length > 0) return { faults: plan.faults.map((each) => faultOf(name, each)) };
      const counts = { new: plan.added.length, changed: plan.changed.length, unchanged: plan.same };
      if (flags.has('dry-run'))
        return { lines: [UNITS.tried, ...planLines(plan)], json: { ...counts, dryRun: true } };
      const fault = await storePlan(plan, `units:${hash}:${context.now.toISOString()}`, storage, context);
      if (fault !== undefined) return { faults: [fault] };
      const others = stored.length - counts.changed - counts.unchanged;
      return {
        lines: [UNITS.imported(counts.new, counts.changed, counts.unchanged)],
        json: counts,
        notes: [...plan.notes.map(unitNote), ...(others > 0 ? [UNITS.notInFile(others)] : [])],
      };
    });
  },
};

async function storePlan(
  { added, changed }: UnitsPlan,
  event: string,
  storage: Parameters<typeof store>[0],
  context: Context,
): Promise<string | undefined> {
  const units = [...added, ...changed.map(({ unit }) => unit)];
  if (units.length === 0) return undefined;
  return store(
    storage,
    event,
    units.map((unit) => ({ type: 'unit_set', unit })),
    context,
  );
}

const inFile = (file: string, line: number, message: string): string =>
  issueLine({ file, line, path: '', message });

const faultOf = (file: string, { line, field, fault }: LineFault): string =>
  issueLine({ file, line, path: field ? columnWord(field) : '', message: unitFault(fault) });

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
