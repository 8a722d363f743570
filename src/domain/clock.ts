// Days and hours as an office sees them: an instant (ISO, UTC) in the office's time zone.
import { TZDate } from '@date-fns/tz';
import { differenceInCalendarDays, format, isValid } from 'date-fns';

/** The local day (YYYY-MM-DD), hour and minute (HH:MM) of an instant. */
export function localTime(instant: string, timezone: string): { day: string; time: string } {
  const local = new TZDate(instant, timezone);
  return { day: format(local, 'yyyy-MM-dd'), time: format(local, 'HH:mm') };
}

/** Whole days from one day to another (YYYY-MM-DD); negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => differenceInCalendarDays(to, from);

/** A local day and hour ("2022-09-16T16:00") as an instant; undefined when it is no such day. */
export function instantOf(local: string, timezone: string): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/.exec(local);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  const date = new TZDate(year, month - 1, day, hour, minute, timezone);
  // 31/2 would roll over into March: only a day that reads back as it was written exists.
  if (!isValid(date) || format(date, "yyyy-MM-dd'T'HH:mm") !== local) return undefined;
  return new Date(date.getTime()).toISOString();
}
