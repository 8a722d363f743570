// The days of the whole-period test and the reminders that are due on them, worked out anew from the rules in words.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Public holidays around the period (src/holidays.yaml); Saturdays and Sundays are off too. */
const HOLIDAYS = ['2026-04-27', '2026-04-30', '2026-05-01'];

/** "2026-04-29 08:00" in Viet Nam as ms since 1970. */
export const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+07:00`);

/** The local day (YYYY-MM-DD) of an instant. */
const dayOf = (instant: number): string => new Date(instant + 7 * HOUR).toISOString().slice(0, 10);
const hourOf = (instant: number): string => new Date(instant + 7 * HOUR).toISOString().slice(11, 16);

function isOff(day: string): boolean {
  return HOLIDAYS.includes(day) || [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

const earlier = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY).toISOString().slice(0, 10);

/** Days off are brought forward to the last working day before; two on one day are one. All at 08:00. */
function momentsBefore(due: number): number[] {
  const days = [7, 3, 1, 0].map((n) => {
    let day = earlier(dayOf(due), n);
    while (isOff(day)) day = earlier(day, 1);
    return day;
  });
  return [...new Set(days)].map((day) => at(`${day} 08:00`));
}

/** Whoever may be reminded, as far as that decides it. Instants in ms. */
type Recipient = {
  readonly due: number;
  readonly joinedAt: number;
  readonly isReachable: boolean;
  readonly isUnfinished: boolean;
  /** When something was last said or pressed. */
  readonly lastAt: number;
  readonly snoozedUntil?: number;
  /** When the unit was last told of its deadline, and when its report last became unfinished again. */
  readonly toldAt: number;
  readonly reopenedAt: number;
};

/** The reminder that is to be there by now, by its moment; undefined when none is. */
export function reminderAt(now: number, whom: Recipient): number | undefined {
  const { snoozedUntil = 0 } = whom;
  const sinceLast = now - whom.lastAt;
  const isBusy = sinceLast >= 0 && sinceLast < 15 * MINUTE;
  if (!whom.isReachable || !whom.isUnfinished || isBusy || snoozedUntil > now) return undefined;
  const today = dayOf(now);
  const isOpen = !isOff(today) && hourOf(now) >= '08:00' && hourOf(now) < '17:30';
  const isLate = now >= whom.due;
  const moments = isLate
    ? today > dayOf(whom.due) && !isOff(today)
      ? [at(`${today} 08:00`)]
      : []
    : momentsBefore(whom.due);
  const known = Math.max(whom.joinedAt, whom.toldAt, whom.reopenedAt, snoozedUntil);
  const newest = Math.max(0, ...moments.filter((moment) => moment <= now && moment > known));
  if (newest > 0) return isOpen ? newest : undefined;
  const isChosen = snoozedUntil > Math.max(whom.toldAt, whom.reopenedAt);
  return isChosen && (isOpen || now - snoozedUntil < HOUR) ? snoozedUntil : undefined;
}
