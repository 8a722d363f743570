// Reads a day and an hour as an office writes them: "16h ngày 16/12", "16:00 16/12/2026", "ngày 16 tháng 12 lúc 4 giờ chiều".
import { daysBetween, instantOf } from './clock.ts';
import { takeWeekday, weekdayOf } from './read-weekday.ts';
import { fold } from './words.ts';

/** A local day (YYYY-MM-DD), and the hour (HH:MM) where one was given. */
export type ReadMoment = { readonly day: string; readonly time?: string };

/** Words around a day and an hour that add nothing to them. */
const FILLERS = /\b(?:truoc|luc|den|vao|han|hoi|nop|cho|het|ngay|lui|doi|gia han|thanh|moi|la)\b/g;

/**
 * A day with or without an hour; undefined when anything in the words is not understood, or there is no such day or hour.
 * Without a year the day nearest to `today` (YYYY-MM-DD) is meant. 24 giờ is the last minute of the day.
 */
export function readMoment(text: string, today: string): ReadMoment | undefined {
  const words = fold(text).replace(/[,()]/g, ' ');
  const named = takeWeekday(words);
  const found = takeDay(named?.rest ?? words, today);
  // A day of the week that is another one's shows that one of the two was mistyped.
  if (!found || (named && weekdayOf(found.day) !== named.weekday)) return undefined;
  const rest = found.rest.replace(FILLERS, ' ').replace(/\s+/g, ' ').trim();
  if (rest === '') return { day: found.day };
  const time = readTime(rest);
  return time === undefined ? undefined : { day: found.day, time };
}

const DAYS = [
  /(?<!\d)(?<year>\d{4})-(?<month>\d{1,2})-(?<date>\d{1,2})(?:t(?=\d)|(?!\d))/,
  /\bngay (?<date>\d{1,2}) thang (?<month>\d{1,2})(?: nam (?<year>\d{4}))?(?!\d)/,
  /(?<![\d:])(?<date>\d{1,2}) ?[/.-] ?(?<month>\d{1,2})(?: ?[/.-] ?(?<year>\d{4}|\d{2}))?(?![\d:])/,
];

function takeDay(words: string, today: string): { day: string; rest: string } | undefined {
  for (const pattern of DAYS) {
    const match = pattern.exec(words);
    if (!match) continue;
    const { year, month = '', date = '' } = match.groups ?? {};
    const day = dayOf(year, month, date, today);
    const rest = `${words.slice(0, match.index)} ${words.slice(match.index + match[0].length)}`;
    return day === undefined ? undefined : { day, rest };
  }
  return undefined;
}

function dayOf(year: string | undefined, month: string, date: string, today: string): string | undefined {
  const now = Number(today.slice(0, 4));
  const full = year?.length === 2 ? 2000 + Number(year) : Number(year);
  const days = (year === undefined ? [now, now - 1, now + 1] : [full])
    .map((each) => `${each}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`)
    .filter(isDay);
  return days.sort((a, b) => Math.abs(daysBetween(today, a)) - Math.abs(daysBetween(today, b)))[0];
}

const isDay = (day: string): boolean => instantOf(`${day}T00:00`, 'UTC') !== undefined;

/** "16h", "16h30", "16:30", "16 giờ 30", "4 giờ chiều", "8h sáng" → "16:00" …; undefined when it is no hour. */
export function readTime(text: string): string | undefined {
  const match = /^(\d{1,2}) ?(?:h|g|gio|:) ?(?:(\d{1,2})(?: ?(?:phut|p))?)? ?(sang|trua|chieu|toi)?$/.exec(
    fold(text),
  );
  if (!match) return undefined;
  const minute = Number(match[2] ?? 0);
  const given = Number(match[1]);
  const isLater = match[3] === 'chieu' || match[3] === 'toi' || (match[3] === 'trua' && given < 4);
  const hour = isLater && given < 12 ? given + 12 : given;
  if (match[3] === 'sang' && given > 12) return undefined;
  if (hour === 24 && minute === 0) return '23:59';
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
