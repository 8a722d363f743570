// Reads until when something is put off, as people write it: "2h", "15:30", "3 giờ chiều nay", "sáng mai", "thứ sáu lúc 9h", "10/9".
import { instantOf, localTime } from './clock.ts';
import { readTime } from './read-moment.ts';
import { takeWeekday, weekdayOf } from './read-weekday.ts';
import { fold } from './words.ts';
import { daysAfter } from './working-days.ts';

const MORNING = '08:00';
const AFTERNOON = '14:00';
const MINUTE = 60_000;

/** The instant (ms) that these words mean, seen at `now`; it may have passed. undefined: they do not say an hour. */
export function readLater(typed: string, now: string, timezone: string): number | undefined {
  const words = fold(typed);
  const { day, time } = localTime(now, timezone);
  const at = (on: string, hour: string | undefined): number | undefined => {
    const instant = hour === undefined ? undefined : instantOf(`${on}T${hour}`, timezone);
    return instant === undefined ? undefined : Date.parse(instant);
  };
  const span = spanOf(words);
  if (span !== undefined) return Math.floor(Date.parse(now) / MINUTE) * MINUTE + span;
  const tomorrow = restWithout(words, /\b(?:ngay )?mai\b/);
  if (tomorrow !== undefined) return at(daysAfter(day, 1), hourIn(tomorrow));
  const today = restWithout(words, /\b(?:ngay )?(?:hom )?nay\b/);
  if (today !== undefined) return at(day, today === '' ? undefined : hourIn(today));
  const named = takeWeekday(words);
  if (named) {
    const next = (named.weekday - weekdayOf(day) + 7) % 7 || 7;
    return at(daysAfter(day, next), hourIn(named.rest));
  }
  const date = /^(?:ngay )?(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?(?: (.+))?$/.exec(words);
  if (date) {
    const [, on = '', month = '', year = day.slice(0, 4), given = ''] = date;
    return at(`${year}-${month.padStart(2, '0')}-${on.padStart(2, '0')}`, hourIn(given));
  }
  const hour = words === '' ? undefined : hourIn(words);
  // An hour that has passed today is the same hour of the next day.
  return hour === undefined ? undefined : at(hour > time ? day : daysAfter(day, 1), hour);
}

/** What stands around these words; undefined when they are not there. */
function restWithout(words: string, what: RegExp): string | undefined {
  return what.test(words) ? words.replace(what, ' ').replace(/\s+/g, ' ').trim() : undefined;
}

/** "2h", "sau 3 gio", "30 phut" → ms. From 7 on, "8h" alone is an hour of the day, as people write it. */
function spanOf(words: string): number | undefined {
  const hours = /^(sau )?(\d{1,3}) ?(h|gio|tieng)(?: nua)?$/.exec(words);
  const certain = hours?.[1] !== undefined || hours?.[3] === 'tieng' || words.endsWith(' nua');
  if (hours && (certain || Number(hours[2]) < 7)) return Number(hours[2]) * 60 * MINUTE;
  const minutes = /^(?:sau )?(\d{1,4}) ?(?:p|ph|phut)(?: nua)?$/.exec(words);
  return minutes ? Number(minutes[1]) * MINUTE : undefined;
}

/** "15:30", "luc 15 gio", "8h sang", "chieu" → HH:MM, nothing said is the morning; undefined when it is no hour of a day. */
function hourIn(given: string): string | undefined {
  const words = given.replace(/^luc /, '').replace(/^(sang|chieu)(?: luc)? (\d.*)$/, '$2 $1');
  if (words === '' || words === 'sang') return MORNING;
  if (words === 'chieu') return AFTERNOON;
  // "15:3" was not typed to its end.
  return /(?::|(?::|h|g|gio) ?\d)$/.test(words) ? undefined : readTime(words);
}
