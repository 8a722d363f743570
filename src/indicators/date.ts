// Dates, always day/month/year. Without a year the year of the report's period is proposed.
import type { Period } from '../domain/period.ts';
import { fold } from '../domain/words.ts';
import { fromWords } from './found.ts';
import type { IndicatorKind } from './kind.ts';
import {
  accept,
  ask,
  BLANK,
  confirm,
  NOT_APPLICABLE,
  PENDING,
  plain,
  plainCell,
  proposal,
  reject,
} from './kind.ts';
import type { Phrase } from './phrases.ts';
import { readCommonPhrase, readPhrase } from './phrases.ts';
import type { Reading } from './reading.ts';

const FULL = /^(?:ngay )?(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/;
const IN_WORDS = /^(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}|\d{2}))?$/;
const ISO = /^(\d{4})([/-])(\d{1,2})\2(\d{1,2})$/;
const NO_YEAR = /^(?:ngay )?(\d{1,2})[/.-](\d{1,2})$/;
const NO_DAY =
  /^(?:thang )?\d{1,2}[/.-]\d{4}$|^thang \d{1,2}(?: nam \d{4})?$|^(?:nam )?\d{4}$|^(?:quy|qui) .+$/;
const INSIDE =
  /(?<![\d/.\-lIO|])\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?![\d/])|ngày \d{1,2} tháng \d{1,2} năm \d{4}/gi;

export const date: IndicatorKind = {
  parse(text, indicator, context) {
    const phrase = readPhrase(text, indicator);
    if (phrase) return readCommonPhrase(phrase, context) ?? fromPhrase(phrase);
    return fromDate(text, context.period) ?? insideText(text, context.period) ?? fromWords(text);
  },
  format: plain,
  toCell: plainCell,
  example: () => '30/6/2023',
  note: 'unlessAccepted',
};

function fromDate(text: string, period: Period): Reading | undefined {
  const folded = fold(text)
    .replace(/^['"“”‘’]+|['"“”‘’.,]+$/g, '')
    .replace(/\s*([/.-])\s*/g, '$1')
    .replace(/^(\d{1,2}) (\d{1,2}) (\d{4})$/, '$1/$2/$3');
  if (folded.length > 60) return undefined;
  const full = FULL.exec(folded);
  if (full?.[4]?.length === 2) return inShortYear(full[4], full[3], full[1], period);
  if (full) return onDay(full[4], full[3], full[1]);
  const iso = ISO.exec(folded);
  if (iso) return onDay(iso[1], iso[3], iso[4]);
  const words = IN_WORDS.exec(folded);
  if (words?.[3]?.length === 2) return inShortYear(words[3], words[2], words[1], period);
  if (words) return words[3] ? onDay(words[3], words[2], words[1]) : withoutYear(words[1], words[2], period);
  const short = NO_YEAR.exec(folded);
  if (short) return withoutYear(short[1], short[2], period);
  return NO_DAY.test(folded) ? ask('dayMissing', []) : undefined;
}

function onDay(year: string | undefined, month: string | undefined, day: string | undefined): Reading {
  const found = calendarDay(year, month, day);
  return found ? accept({ is: 'date', date: found }) : reject('noSuchDay');
}

/** "30/6/23" is 2023; "30/6/99" may be either century, since 2099 is too far from the period. */
function inShortYear(
  year: string,
  month: string | undefined,
  day: string | undefined,
  period: Period,
): Reading {
  if (Number(`20${year}`) <= period.year + 10) return onDay(`20${year}`, month, day);
  const dates = [`19${year}`, `20${year}`].flatMap((whole) => calendarDay(whole, month, day) ?? []);
  return dates.length === 0
    ? reject('noSuchDay')
    : ask(
        'dayMissing',
        dates.map((one) => proposal({ is: 'date', date: one })),
      );
}

/** Periods run from 15/12 of the year before, so late December may belong to either year. */
function withoutYear(day: string | undefined, month: string | undefined, period: Period): Reading {
  const years = Number(month) === 12 && Number(day) >= 15 ? [period.year - 1, period.year] : [period.year];
  const dates = years.flatMap((year) => calendarDay(String(year), month, day) ?? []);
  const [first] = dates;
  if (!first) return reject('noSuchDay');
  if (dates.length > 1)
    return ask(
      'yearMissing',
      dates.map((one) => proposal({ is: 'date', date: one })),
    );
  return confirm('yearMissing', { is: 'date', date: first });
}

/** YYYY-MM-DD of a day that exists, between 1900 and 2100. */
function calendarDay(year = '', month = '', day = ''): string | undefined {
  const time = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = time.getUTCMonth() === Number(month) - 1 && time.getUTCDate() === Number(day);
  if (!exists || Number(year) < 1900 || Number(year) > 2100) return undefined;
  return time.toISOString().slice(0, 10);
}

/** "Quyết định ngày 30/6/2023": the only full date in a sentence, with the sentence as the note. */
function insideText(text: string, period: Period): Reading | undefined {
  const [only, ...more] = text.length <= 2000 ? (text.match(INSIDE) ?? []) : [];
  if (!only) return undefined;
  if (more.length > 0) return ask('severalNumbers', []);
  const before = fold(text);
  if (/^(?:khoang|tam|chung|truoc|sau|du kien)(?: ngay)? \d/.test(before)) return reject('estimate');
  if (/^(?:tu|den)(?: ngay)? \d/.test(before)) return reject('range');
  const read = fromDate(only, period);
  return read?.is === 'accept' ? confirm('strippedText', read.value, text) : read;
}

function fromPhrase({ means, says }: Phrase): Reading {
  switch (means) {
    case 'notYet':
      return ask('notYet', [proposal(PENDING, says), proposal(BLANK, says), proposal(NOT_APPLICABLE, says)]);
    case 'dash':
    case 'cross':
      return ask(means, [proposal(BLANK), proposal(NOT_APPLICABLE)]);
    default:
      return ask('none', [proposal(BLANK, says), proposal(NOT_APPLICABLE, says)]);
  }
}
