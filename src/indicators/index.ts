// The table of indicator types, and what the rest of the program asks of them: read an answer, show a value, fill a cell.
import type { Value } from '../domain/report.ts';
import type { Indicator, IndicatorType } from '../domain/template.ts';
import { clean } from '../domain/words.ts';
import { choice } from './choice.ts';
import { count } from './count.ts';
import { date } from './date.ts';
import { decimal } from './decimal.ts';
import type { Cell, IndicatorKind } from './kind.ts';
import { ask, reject } from './kind.ts';
import { splitNote, withNote } from './note.ts';
import { plainDigits } from './numerals.ts';
import { percent } from './percent.ts';
import type { Context, Reading } from './reading.ts';
import { text } from './text.ts';

const KINDS: { readonly [type in IndicatorType]: IndicatorKind } = {
  count,
  percent,
  decimal,
  choice,
  text,
  date,
};

/** Longer messages are not read at all: a chat message is at most a few thousand characters. */
const LONGEST = 20_000;

/**
 * Reads what an officer typed for an indicator. Never throws, whatever the text.
 * Every note is whole: a proposal that has words of its own already carries the officer's note behind them.
 * A note without a value asks (why notUnderstood, no readings, the note kept).
 */
export function readAnswer(typed: string, indicator: Indicator, context: Context): Reading {
  if (typed.length > LONGEST) return reject('tooBig');
  const message = clean(typed);
  const kind = KINDS[indicator.type];
  if (kind.note === 'never') return kind.parse(message, indicator, context);
  const parse = (value: string): Reading => kind.parse(plainDigits(value).trim(), indicator, context);
  if (kind.note === 'unlessAccepted') {
    const whole = /[;；\n\t]/.test(message) ? undefined : parse(message);
    if (whole?.is === 'accept') return whole;
  }
  const { value, note } = splitNote(message);
  if (value === '' && note !== undefined) return { ...ask('notUnderstood', []), note };
  const reading = parse(value);
  if (note === undefined) return reading;
  return withNote(isSecondAnswer(reading, parse(note), note) ? doubted(reading) : reading, note);
}

/** A "note" of figures only, or one accepted as another value ("12; 13", "1 - Không"), may be a second answer. */
function isSecondAnswer(first: Reading, second: Reading, note: string): boolean {
  if (first.is !== 'accept') return false;
  if (first.value.is === 'number' && /^[\d\s.,;%]+$/.test(note)) return true;
  if (second.is !== 'accept' || second.value.is !== first.value.is) return false;
  return JSON.stringify(first.value) !== JSON.stringify(second.value);
}

function doubted(reading: Reading): Reading {
  if (reading.is !== 'accept') return reading;
  const why = reading.value.is === 'choice' ? 'wordMeansOther' : 'severalNumbers';
  return { ...reading, is: 'confirm', why };
}

/** A value as the officer sees it, with Vietnamese marks and without the unit: "5.971", "99,98", "1 – Có", "30/06/2023", "để trống". */
export const formatValue = (value: Value, indicator: Indicator): string =>
  KINDS[indicator.type].format(value, indicator);

/** What the figure cell of a spreadsheet holds; undefined is an empty cell (blank, not applicable, pending). */
export const toCell = (value: Value, indicator: Indicator): Cell | undefined =>
  KINDS[indicator.type].toCell(value);

/** Something an officer may type for the indicator: "12", "99,98", "Có", "30/6/2023". */
export const example = (indicator: Indicator): string => KINDS[indicator.type].example(indicator);
