// Reads for whom or what one waits, and until when, as people write it: "Phòng Nội vụ đến thứ sáu", "báo cáo xã, 2 ngày nữa".
import { instantOf, localTime } from './clock.ts';
import { readLater } from './read-later.ts';
import { readMoment } from './read-moment.ts';
import { takeWeekday, weekdayOf } from './read-weekday.ts';
import type { WaitsFor } from './report.ts';
import { clean, fold } from './words.ts';
import { daysAfter } from './working-days.ts';

/** The hour that is meant where only a day was given. */
const MORNING = '08:00';

/** A time is said in fewer words; further back none is looked for, however long the text is. */
const MOST_WORDS = 24;

/** Words that lead over to a time. */
const LEAD = /^(?:(?:cho )?(?:den|toi|truoc|vao|hen|khoang)(?: (?:het|khoang|luc|vao))? )+/;
/** What a time may begin with; without it words before a time would be taken for a part of it. */
const BEGINS = /^(?:\d|(?:ngay|thu|chu|sang|trua|chieu|toi|luc|sau|mai|hom|tuan|mot|hai|ba|cuoi)\b)/;
/** What leads over, left at the end of the words before a time. */
const LEADS_OVER = /(?:[\s,;:–-]|\b(?:cho đến|cho tới|đến|tới)$)+$/iu;

/** The words and the instant that they end with; without one when they say no time. The instant may have passed. */
export function readWaiting(typed: string, now: string, timezone: string): WaitsFor {
  const words = clean(typed).replace(/\s+/g, ' ');
  const tokens = words === '' ? [] : words.split(' ');
  for (let n = Math.max(0, tokens.length - MOST_WORDS); n < tokens.length; n++) {
    const before = tokens.slice(0, n);
    const until = isName(tokens, n) ? undefined : readUntil(tokens.slice(n).join(' '), now, timezone);
    if (until !== undefined)
      return {
        what: before.join(' ').replace(LEADS_OVER, ''),
        until: new Date(until).toISOString(),
      };
  }
  return { what: words };
}

/** "chị Mai" at the end is somebody, not a day. */
const isName = (tokens: readonly string[], n: number): boolean =>
  n > 0 &&
  n === tokens.length - 1 &&
  fold(tokens[n] ?? '') === 'mai' &&
  (tokens[n] !== 'mai' || /^(?:anh|chi|co|ba|em|bac|chu|ong|dong chi|d\/c)$/.test(fold(tokens[n - 1] ?? '')));

/** The instant (ms) that these words mean, all of them; undefined when they say no time. */
function readUntil(text: string, now: string, timezone: string): number | undefined {
  const folded = fold(text).replace(/[.,;!]+$/, '');
  const words = folded.replace(LEAD, '');
  const isLed = words !== folded;
  if (!BEGINS.test(words)) return undefined;
  const { day } = localTime(now, timezone);
  const at = (on: string, time = MORNING): number | undefined => {
    const instant = instantOf(`${on}T${time}`, timezone);
    return instant === undefined ? undefined : Date.parse(instant);
  };
  const counted = dayCounted(words, day);
  if (counted !== undefined) return at(counted);
  // "mục 3.2" and "1-2" are no days unless something says so.
  const isPlainDate = /^\d{1,2}[.-]\d{1,2}$/.test(words) && !isLed;
  const moment = isPlainDate ? undefined : readMoment(words, day);
  if (moment) return at(moment.day, moment.time);
  return isPlainDate ? undefined : readLater(words, now, timezone);
}

/** "2 ngay nua", "ngay kia", "tuan sau", "thu hai tuan sau" → the day; undefined when it is said otherwise. */
function dayCounted(words: string, today: string): string | undefined {
  const span = /^(sau |trong )?(\d{1,3}|mot|hai|ba) (ngay|hom|tuan)( nua| toi)?$/.exec(words);
  if (span && (span[1] !== undefined || span[4] !== undefined)) {
    const given = span[2] ?? '';
    const count = { mot: 1, hai: 2, ba: 3 }[given] ?? Number(given);
    return daysAfter(today, span[3] === 'tuan' ? count * 7 : count);
  }
  if (/^ngay (?:kia|mot)$/.test(words)) return daysAfter(today, 2);
  const monday = daysAfter(today, -((weekdayOf(today) + 6) % 7));
  const week = / ?\btuan (sau|toi|nay)$/.exec(words);
  if (!week) return undefined;
  const start = week[1] === 'nay' ? monday : daysAfter(monday, 7);
  const rest = words.slice(0, week.index);
  if (rest === '' || rest === 'dau') return week[1] === 'nay' ? undefined : start;
  if (rest === 'cuoi') return daysAfter(start, 4);
  const named = takeWeekday(rest);
  return named?.rest === '' ? daysAfter(start, (named.weekday + 6) % 7) : undefined;
}
