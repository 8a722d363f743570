// When reminders of a period are due: the days and hours that follow from a deadline, the plan and the working days.
import { type Campaign, planOf } from './domain/campaign.ts';
import { instantOf, localTime } from './domain/clock.ts';
import {
  daysAfter,
  type Holidays,
  isWorkingDay,
  lastWorkingDay,
  previousWorkingDay,
} from './domain/working-days.ts';

/** A moment (ms since 1970) at which something is due, and the name by which it is remembered. */
export type Slot = { readonly name: string; readonly at: number };

/** Now (ms), as the office sees it. */
export type Clock = {
  readonly now: number;
  readonly today: string;
  readonly time: string;
  readonly timezone: string;
  readonly holidays: Holidays;
};

/** The working hours; what was missed is made up only within them. */
const OPENS = '08:00';
const CLOSES = '17:30';
/** When something is told whose own hour is outside the working hours. */
const INSTEAD = '16:00';
const HOUR = 3_600_000;

export function clockAt(now: string, timezone: string, holidays: Holidays): Clock {
  const { day, time } = localTime(now, timezone);
  return { now: Date.parse(now), today: day, time, timezone, holidays };
}

/** True from this hour (HH:MM) of a working day until the office closes; an hour set later than that ends with the day. */
export const isOpenFrom = (hour: string, { today, time, holidays }: Clock): boolean =>
  isWorkingDay(today, holidays) && time >= hour && (time < CLOSES || hour >= CLOSES);

/** True within the working hours. */
export const isOpen = (clock: Clock): boolean => isOpenFrom(OPENS, clock);

/**
 * The newest reminder of a deadline that has come; undefined when none has. Before the deadline the days of the plan, each
 * brought forward to the last working day; after it today, when that is a later working day.
 */
export function newestSlot(campaign: Campaign, clock: Clock): Slot | undefined {
  const due = Date.parse(campaign.due);
  const slots = clock.now < due ? slotsBefore(campaign, clock) : lateSlots(campaign, clock);
  return slots.filter(({ at }) => at <= clock.now).at(-1);
}

/** Oldest first. Of several that fall on one day, the one nearest to the deadline. */
function slotsBefore(campaign: Campaign, clock: Clock): readonly Slot[] {
  const { before, at } = planOf(campaign);
  const dueDay = localTime(campaign.due, clock.timezone).day;
  const byDay = new Map<string, string>();
  for (const n of [...before].sort((a, b) => b - a))
    byDay.set(lastWorkingDay(daysAfter(dueDay, -n), clock.holidays), `T-${n}@${dueDay}`);
  return [...byDay].flatMap(([day, name]) => slotOn(day, at, name, clock)).sort((a, b) => a.at - b.at);
}

function lateSlots(campaign: Campaign, clock: Clock): readonly Slot[] {
  const { overdue, at } = planOf(campaign);
  const { today, holidays } = clock;
  const isLater = today > localTime(campaign.due, clock.timezone).day;
  return overdue && isLater && isWorkingDay(today, holidays) ? slotOn(today, at, `late@${today}`, clock) : [];
}

function slotOn(day: string, hour: string, name: string, { timezone }: Clock): readonly Slot[] {
  const at = instantOf(`${day}T${hour}`, timezone);
  return at === undefined ? [] : [{ name, at: Date.parse(at) }];
}

/**
 * When coordinators and leaders are told what is missing before this deadline (ms); undefined: not at all. Outside the working
 * hours it is the last 16:00 of a working day before.
 */
export function escalationAt(campaign: Campaign, clock: Clock): number | undefined {
  const hours = planOf(campaign).escalate;
  if (hours <= 0) return undefined;
  const wanted = Date.parse(campaign.due) - hours * HOUR;
  const { day, time } = localTime(new Date(wanted).toISOString(), clock.timezone);
  const works = isWorkingDay(day, clock.holidays);
  if (works && time >= OPENS && time <= CLOSES) return wanted;
  const on = works && time > CLOSES ? day : previousWorkingDay(day, clock.holidays);
  return slotOn(on, INSTEAD, '', clock)[0]?.at;
}

/** The newest reminder of the office's own deadline that has come, on the working day before it and on the day itself. */
export function newestPassOn(campaign: Campaign, passOnBy: string, clock: Clock): Slot | undefined {
  const day = localTime(passOnBy, clock.timezone).day;
  if (clock.today > day) return undefined;
  const days = [previousWorkingDay(day, clock.holidays), lastWorkingDay(day, clock.holidays)];
  return days
    .flatMap((on, n) => slotOn(on, planOf(campaign).at, `T-${1 - n}@${day}`, clock))
    .filter(({ at }) => at <= clock.now)
    .at(-1);
}
