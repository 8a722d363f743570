// What a command of the command line is: what it takes, and what it gives back to be printed.
import { openStorage } from '../../storage/open.ts';
import type { Storage, Turn } from '../../storage/storage.ts';
import { loadTemplates } from '../../templates/load.ts';
import type { Config } from '../config.ts';
import type { Change } from '../domain/change.ts';
import type { Issue } from '../domain/result.ts';
import type { Template } from '../domain/template.ts';
import { INVITE, USAGE } from '../text/admin.ts';
import { START } from '../text/operator.ts';

/** How an option is given: `--force`, `--id X`, or `--unit X` that must not be missing. */
export type OptionKind = 'flag' | 'text' | 'required';

/** The words behind a command. `flags` are those given; `file` is the one word without a dash. */
export type Args = {
  readonly text: Readonly<Record<string, string>>;
  readonly flags: ReadonlySet<string>;
  readonly file: string;
};

export type Context = { readonly config: Config; readonly now: Date };

/**
 * Faults: nothing was done, every reason at once, one line each. Otherwise `lines` for a person, `json` for a machine, and `notes`
 * that a person should see but that are no fault. `failed`: it was done, and what it found is bad.
 */
export type Outcome =
  | { readonly faults: readonly string[] }
  | {
      readonly lines: readonly string[];
      readonly json: Readonly<Record<string, unknown>>;
      readonly notes?: readonly string[];
      readonly failed?: true;
    };

/** `file`: takes exactly one file name. */
export type Command = {
  readonly options: Readonly<Record<string, OptionKind>>;
  readonly file?: true;
  run(args: Args, context: Context): Promise<Outcome>;
};

/** Opens the store for one command and always closes it. Throws StorageError, for example while the bot is running. */
export async function withStore<T>({ config }: Context, use: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await openStorage({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL });
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
}

/** A list of what belongs to units: of all of them, or of the one that `--unit` names. `nameOf`: a unit as it is listed. */
export const listByUnit = (
  context: Context,
  named: string | undefined,
  list: (
    storage: Storage,
    isWanted: (of: { readonly unit: string }) => boolean,
    nameOf: (unit: string) => string,
  ) => Promise<Outcome>,
): Promise<Outcome> =>
  withStore(context, async (storage) => {
    const units = new Map((await storage.units()).map((unit) => [unit.id, unit]));
    if (named !== undefined && !units.has(named)) return { faults: [INVITE.unknownUnit(named)] };
    return list(
      storage,
      ({ unit }) => named === undefined || unit === named,
      (unit) => `${units.get(unit)?.name ?? ''} (${unit})`,
    );
  });

/** Stores changes of the operator and what people are told, all or nothing; a fault when somebody else was faster. `event` must be unique for ever. */
export async function store(
  storage: Storage,
  event: string,
  changes: readonly Change[],
  { now }: Context,
  outgoing: Turn['outgoing'] = [],
): Promise<string | undefined> {
  const outcome = await storage.commit({
    ...{ event, changes, at: now.toISOString(), by: 'operator', conversation: 'operator:admin' },
    outgoing,
    expects: { reports: {} },
  });
  return outcome === 'done' ? undefined : USAGE.stale;
}

/** The forms of TEMPLATES_DIR, or every fault in them: with a faulty form the bot would not start either. */
export async function templatesOf({
  config,
}: Context): Promise<{ templates: readonly Template[] } | { faults: readonly string[] }> {
  const { templates, issues } = await loadTemplates(config.TEMPLATES_DIR);
  if (issues.length > 0) return { faults: issues.map(issueLine) };
  return templates.length > 0 ? { templates } : { faults: [START.noTemplates(config.TEMPLATES_DIR)] };
}

/** "file:line path – message". */
export function issueLine({ file, line, path, message }: Issue): string {
  return `${file}${line > 0 ? `:${line}` : ''}${path === '' ? '' : ` ${path}`} – ${message}`;
}

/** Rows under a heading with aligned columns; the last column is not padded. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [heading, ...rows];
  const widths = heading.map((_, n) => Math.max(...all.map((row) => widthOf(row[n] ?? ''))));
  return all.map((row) =>
    row
      .map((cell, n) => cell + ' '.repeat(n === row.length - 1 ? 0 : (widths[n] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

/** Vietnamese letters in composed form take one place each. */
const widthOf = (text: string): number => [...text.normalize('NFC')].length;
