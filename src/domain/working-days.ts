// Which days an office works: not at weekends, not on public holidays, but on a Saturday that makes up for one.

/** Days (YYYY-MM-DD) of one year: off besides the weekends, and days of a weekend on which work is done instead. */
type YearOfHolidays = { readonly off: readonly string[]; readonly work: readonly string[] };

/** By year ("2026"). In a year that is not there, only the holidays with a fixed date are known. */
export type Holidays = Readonly<Record<string, YearOfHolidays>>;

/** Month and day of the holidays that do not move. */
const FIXED: ReadonlySet<string> = new Set(['01-01', '04-30', '05-01', '09-02', '11-24']);
const DAY = 86_400_000;

/** The day so many days later; earlier when `days` is negative. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** True for a Saturday or a Sunday. */
export const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

export function isWorkingDay(day: string, holidays: Holidays): boolean {
  const year = holidays[day.slice(0, 4)];
  if (year?.work.includes(day)) return true;
  if (isWeekend(day)) return false;
  return year ? !year.off.includes(day) : !FIXED.has(day.slice(5));
}

/** The last working day before this one. */
export const previousWorkingDay = (day: string, holidays: Holidays): string =>
  lastWorkingDay(daysAfter(day, -1), holidays);

/** The day itself when work is done on it, else the last working day before it. */
export function lastWorkingDay(day: string, holidays: Holidays): string {
  let at = day;
  while (!isWorkingDay(at, holidays)) at = daysAfter(at, -1);
  return at;
}
