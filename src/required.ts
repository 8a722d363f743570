// What must be in order before the program serves anybody; otherwise it ends with lines that say what to do.
import type { Storage } from '../storage/storage.ts';
import { loadTemplates } from '../templates/load.ts';
import type { Config } from './config.ts';
import { localTime } from './domain/clock.ts';
import type { Issue } from './domain/result.ts';
import type { Template } from './domain/template.ts';
import type { Holidays } from './domain/working-days.ts';
import { loadHolidays } from './holidays.ts';
import { HOLIDAYS } from './text/holidays.ts';
import { START } from './text/operator.ts';

/** Ends the process with lines that say what to do. */
export function fail(...lines: readonly string[]): never {
  for (const line of lines) console.error(line);
  process.exit(1);
}

const lineOf = ({ file, line, path, message }: Issue): string =>
  `  ${file}${line > 0 ? `:${line}` : ''} ${path} – ${message}`;

/** Every form of TEMPLATES_DIR; ends the process when one of them has a fault, or there is none. */
export async function templatesOrFail({ TEMPLATES_DIR }: Config): Promise<readonly Template[]> {
  const { templates, issues } = await loadTemplates(TEMPLATES_DIR);
  if (issues.length > 0) {
    fail(START.badTemplates, ...issues.map(lineOf));
  }
  if (templates.length === 0) fail(START.noTemplates(TEMPLATES_DIR));
  return templates;
}

/**
 * A report whose form is gone would vanish from every list: better not to start than to hide it. Rejects with a sentence that names
 * the files.
 */
export async function requireForms(storage: Storage, templates: readonly Template[]): Promise<void> {
  const open = (await storage.campaigns()).filter((each) => each.closedAt === undefined);
  const reports = (await Promise.all(open.map((each) => storage.reports(each.id)))).flat();
  const used = [...open, ...reports].map((each) => each.template);
  const gone = used.filter(
    (ref) => !templates.some((each) => each.id === ref.id && each.version === ref.version),
  );
  const names = [...new Set(gone.map((ref) => `${ref.id}.v${ref.version}.yaml`))];
  if (names.length > 0) throw new Error(START.missingForms(names));
}

export type Calendar = { readonly holidays: Holidays; readonly warnings: readonly string[] };

/** The days off of HOLIDAYS_FILE, and what the operator should know of them; ends the process when the file has a fault. */
export async function calendarOrFail({ HOLIDAYS_FILE, TIMEZONE }: Config): Promise<Calendar> {
  const today = localTime(new Date().toISOString(), TIMEZONE).day;
  const { issues, ...calendar } = await loadHolidays(HOLIDAYS_FILE, today);
  if (issues.length > 0) {
    fail(HOLIDAYS.bad, ...issues.map(lineOf));
  }
  return calendar;
}
