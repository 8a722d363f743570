// Moments of the whole-period test at which reminders may be due: who is to get one is worked out, awaited, and kept for the judge.
import { setTimeout as pause } from 'node:timers/promises';
import { reminderAt } from './calendar.ts';
import { until } from './chat.ts';
import { ROWS } from './form.ts';
import { isUnfinished, type Unit } from './officers.ts';
import type { Town } from './town.ts';

const REMINDER = /^Nhắc nộp báo cáo CCHC/;
const FREE_MS = 48 * 3_600_000;
/** Long enough for the program to look at the clock, where nothing shows that it has; and for what would follow at once. */
const LOOKS_MS = 1_200;
const FOLLOWS_MS = 200;

/** The reminders that stand in a unit's chat. */
export const remindersOf = (unit: Unit) => unit.chat?.said().filter(({ text }) => REMINDER.test(text)) ?? [];

/** Zalo lets the program write for 48 hours after the person's last word. */
const isOutOfWindow = (unit: Unit, now: number): boolean =>
  (unit.chat?.conversation.startsWith('zalo-oa:') ?? false) && now - unit.lastAt > FREE_MS;

/** Adds what is due now to what is to stand in the chats; the units that get something. */
function dueNow(units: readonly Unit[]): readonly Unit[] {
  const now = Date.now();
  return units.filter((unit) => {
    if (!unit.chat) return false;
    const moment = reminderAt(now, { ...unit, isUnfinished: isUnfinished(unit) });
    const known = [...unit.reminders, ...unit.held];
    if (moment === undefined || known.some((each) => each.moment === moment)) return false;
    const list = isOutOfWindow(unit, now) ? unit.held : unit.reminders;
    list.push({ moment, from: now, missing: ROWS.length - unit.answers.size });
    return list === unit.reminders;
  });
}

const isThere = (unit: Unit): boolean => remindersOf(unit).length >= unit.reminders.length;

/** Waits for what is due now, if anything is, and then a little longer for what should not come. */
export async function remindersCome(units: readonly Unit[]): Promise<readonly Unit[]> {
  const waiting = dueNow(units);
  await until(
    'the reminders',
    () => (waiting.every(isThere) ? true : undefined),
    () => `still without: ${waiting.filter((unit) => !isThere(unit)).map(({ name }) => name)}`,
  );
  await pause(waiting.length > 0 ? FOLLOWS_MS : LOOKS_MS);
  return waiting;
}

/** The same with a power cut when so many of them have come. */
export async function remindersComeThroughKill(
  units: readonly Unit[],
  town: Town,
  after: number,
): Promise<readonly Unit[]> {
  const waiting = dueNow(units);
  await until('the first reminders', () => (waiting.filter(isThere).length >= after ? true : undefined));
  await town.kill();
  await town.start();
  await until(
    'the reminders after the power cut',
    () => (waiting.every(isThere) ? true : undefined),
    () => `still without: ${waiting.filter((unit) => !isThere(unit)).map(({ name }) => name)}`,
  );
  await pause(waiting.length > 0 ? FOLLOWS_MS : LOOKS_MS);
  return waiting;
}
