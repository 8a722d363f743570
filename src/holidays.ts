// Reads the file of public holidays and reports all its faults at once, with file and line.
import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Locate, locator, type Path } from '../templates/locate.ts';
import type { Issue } from './domain/result.ts';
import { daysAfter, type Holidays, isWeekend } from './domain/working-days.ts';
import { HOLIDAYS } from './text/holidays.ts';
import { templateIssues } from './text/template-issues.ts';

const entries = z.array(
  z.strictObject(
    { day: z.string(HOLIDAYS.entry), name: z.string(HOLIDAYS.entry) },
    { error: wrong(HOLIDAYS.entry) },
  ),
  HOLIDAYS.list,
);
const file = z.record(
  z.string(),
  z.strictObject({ off: entries, work: entries.optional() }, { error: wrong(HOLIDAYS.shape) }),
  HOLIDAYS.shape,
);
type Years = z.output<typeof file>;

/** For how many days ahead the calendar should be known, so that the operator hears in time that a year is missing. */
const AHEAD = 60;

/**
 * The holidays in a file; `today` (YYYY-MM-DD) decides which years should be there, and `warnings` names those that are not.
 * With issues there are no holidays to go by: the start should end with them.
 */
export async function loadHolidays(
  path: string,
  today: string,
): Promise<{ holidays: Holidays; issues: readonly Issue[]; warnings: readonly string[] }> {
  const { years, issues } = await read(path);
  const holidays = Object.fromEntries(
    Object.entries(years).map(([year, { off, work = [] }]) => [
      year,
      { off: off.map(({ day }) => day), work: work.map(({ day }) => day) },
    ]),
  );
  const wanted = new Set([today, daysAfter(today, AHEAD)].map((day) => day.slice(0, 4)));
  const warnings = [...wanted].filter((year) => !holidays[year]).map(HOLIDAYS.missingYear);
  return { holidays, issues, warnings };
}

async function read(path: string): Promise<{ years: Years; issues: readonly Issue[] }> {
  const whole = (message: string) => ({ years: {}, issues: [{ file: path, line: 0, path: '', message }] });
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    return whole(HOLIDAYS.unreadable((cause as NodeJS.ErrnoException).code ?? String(cause)));
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    const issues = broken.map((each) => ({
      ...{ file: path, line: lines.linePos(each.pos[0]).line, path: '' },
      message: templateIssues.unreadableYaml(each.message),
    }));
    return { years: {}, issues };
  }
  const parsed = file.safeParse(document.toJS());
  // A year is written as a number there and is a word here.
  const at: Locate = (given) =>
    locator(
      path,
      document,
      lines,
    )(given.map((key, n) => (n === 0 && /^\d+$/.test(String(key)) ? Number(key) : key)));
  if (parsed.success) return { years: parsed.data, issues: faultsIn(parsed.data, at) };
  const issues = parsed.error.issues.map((each) => ({ ...at(each.path as Path), message: each.message }));
  return { years: {}, issues };
}

/** Words for what is not the wanted object, and for keys it does not have. */
function wrong(
  words: string,
): (issue: { readonly code?: string | undefined; readonly keys?: readonly string[] }) => string {
  return ({ code, keys }) =>
    code === 'unrecognized_keys' ? HOLIDAYS.unknown((keys ?? []).map((key) => `"${key}"`).join(', ')) : words;
}

/** What is wrong with days that have the right shape. */
function faultsIn(years: Years, at: Locate): Issue[] {
  return Object.entries(years).flatMap(([year, { off, work = [] }]) => {
    if (!/^\d{4}$/.test(year)) return [{ ...at([year]), message: HOLIDAYS.year }];
    const seen = new Set<string>();
    const faultOf = (day: string, list: 'off' | 'work'): string | undefined => {
      if (!isDay(day)) return HOLIDAYS.noDay(day);
      if (!day.startsWith(year)) return HOLIDAYS.otherYear(day, year);
      if (seen.has(day)) return HOLIDAYS.twice(day);
      seen.add(day);
      return list === 'work' && !isWeekend(day) ? HOLIDAYS.notWeekend(day) : undefined;
    };
    return (['off', 'work'] as const).flatMap((list) =>
      (list === 'off' ? off : work).flatMap(({ day }, n) => {
        const message = faultOf(day, list);
        return message === undefined ? [] : [{ ...at([year, list, n, 'day']), message }];
      }),
    );
  });
}

/** A day that exists: 31/2 would roll over into March. */
const isDay = (day: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) &&
  !Number.isNaN(Date.parse(day)) &&
  new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
