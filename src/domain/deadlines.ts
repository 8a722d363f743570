// The deadlines that are proposed for a new period; no text prescribes them below the ministry, so each can be changed.
import { instantOf, localTime } from './clock.ts';
import { daysAfter, type Holidays, isWorkingDay, lastWorkingDay } from './working-days.ts';

/** The end of the working day. */
export const USUAL_HOUR = '16:00';
/** Days after the cut-off: units by the 16th, the coordinator by the 18th, so that the ministry has it on the 20th. */
const UNITS_AFTER = 2;
const OFFICE_AFTER = 4;
/** Working days that units are left where the usual day has passed, and those the coordinator has beyond theirs. */
const LEAST = 5;
const OFFICE_LEAST = 2;

/** Where and in which year's holidays. */
type Office = { readonly timezone: string; readonly holidays: Holidays };

/** The units' deadline (an instant) for figures up to `cutoff`, as seen at `now`. */
export function usualDue(cutoff: string, now: string, office: Office): string {
  const wish = lastWorkingDay(daysAfter(cutoff, UNITS_AFTER), office.holidays);
  const due = instant(wish < cutoff ? workingDaysAfter(cutoff, 1, office) : wish, office);
  return due > now
    ? due
    : instant(workingDaysAfter(localTime(now, office.timezone).day, LEAST, office), office);
}

/** The coordinator's own deadline (an instant) where the units have theirs at `due`. */
export function usualPassOn(cutoff: string, due: string, office: Office): string {
  const { day } = localTime(due, office.timezone);
  const wish = lastWorkingDay(daysAfter(cutoff, OFFICE_AFTER), office.holidays);
  return instant(wish > day ? wish : workingDaysAfter(day, OFFICE_LEAST, office), office);
}

function workingDaysAfter(day: string, count: number, { holidays }: Office): string {
  let at = day;
  for (let left = count; left > 0; ) {
    at = daysAfter(at, 1);
    if (isWorkingDay(at, holidays)) left -= 1;
  }
  return at;
}

function instant(day: string, { timezone }: Office): string {
  const found = instantOf(`${day}T${USUAL_HOUR}`, timezone);
  if (found === undefined) throw new Error(`no such day or hour: ${day} ${USUAL_HOUR} in ${timezone}`);
  return found;
}
