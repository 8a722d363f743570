// Days as people type them.
import { instantOf } from './clock.ts';

/** 2025-07-01, 01/07/2025, 1/7/2025, 1.7.2025 or 1-7-2025 → "2025-07-01"; undefined when it is no day of the calendar. */
export function readDay(text: string): string | undefined {
  const [, date = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  const day = year === '' ? text : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return instantOf(`${day}T00:00`, 'UTC') === undefined ? undefined : day;
}

/** The day before, both as YYYY-MM-DD. */
export const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
