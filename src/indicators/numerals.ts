// Figures written with digits: which marks separate thousands and which one the decimals. The type of the row decides, not the look.

import { readNumberWords } from './number-words.ts';
import type { Why } from './reading.ts';

/** Runs of digits and the marks between them: "1.234,5" → runs 1 234 5, marks . , ; spaced: "5. 971". */
export type Numeral = {
  readonly runs: readonly string[];
  readonly marks: readonly string[];
  readonly spaced: boolean;
};

/** A figure with the doubt that must be confirmed, or a fault with what may have been meant. */
export type Figured =
  | { readonly is: 'figure'; readonly number: number; readonly decimals: number; readonly why?: Why }
  | {
      readonly is: 'fault';
      readonly why: Why;
      readonly maybe: readonly { readonly number: number; readonly decimals: number }[];
    };

const LIMIT = 1e15;

/** Full-width and Arabic digits and marks as the ordinary ones; keycap signs without their frame. */
export function plainDigits(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[，．％／；：（）＋－]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replace(/[\ufe0f\u20e3]/g, '');
}

/** The runs and marks of a text that is one figure and nothing else; undefined for anything else. */
export function splitNumeral(text: string): Numeral | undefined {
  if (!/^[.,]?\d+(?: ?[.,'’] ?\d+| \d+)*$/.test(text)) return undefined;
  const whole = /^\d/.test(text) ? text : `0${text}`;
  const gaps = whole.match(/\D+/g) ?? [];
  return {
    runs: whole.split(/\D+/),
    marks: gaps.map((gap) => (gap.trim() === '’' ? "'" : gap.trim() || ' ')),
    spaced: gaps.some((gap) => gap.length > 1),
  };
}

/** True for a figure in digits or in words, with or without a percent sign. */
export const looksLikeFigure = (text: string): boolean =>
  splitNumeral(text.trim().replace(/\s*%$/, '')) !== undefined || readNumberWords(text)?.rest === '';

/** A count: marks are grouping, in groups of exactly three; anything else is refused, never guessed. */
export function asCount({ runs, marks, spaced }: Numeral): Figured {
  const [first = '', ...others] = runs;
  const last = runs.at(-1) ?? '';
  if (runs.length === 1) return whole(first);
  if (same(marks) && grouped(runs)) return whole(runs.join(''), spaced ? 'spacedGrouping' : undefined);
  if (marks.every((mark) => mark === ' ') || (spaced && marks.every((mark) => mark === ',')))
    return several(runs);
  if (spaced && runs.length === 2) return { is: 'fault', why: 'itemNumber', maybe: several([last]).maybe };
  const decimalMark = marks.at(-1) ?? '';
  const front = runs.slice(0, -1);
  const couldBeDecimals =
    /[.,]/.test(decimalMark) &&
    (front.length === 1 || (grouped(front) && same(marks.slice(0, -1)) && marks[0] !== decimalMark));
  if (couldBeDecimals && /^0+$/.test(last)) return whole(front.join(''), 'zeroDecimals');
  const notWhole = couldBeDecimals && (front.length > 1 || decimalMark === ',') && others.length > 0;
  return { is: 'fault', why: notWhole ? 'notWhole' : 'badGrouping', maybe: [] };
}

/** A figure with decimals: one mark alone is the decimal mark, whichever it is; two kinds of marks are grouping, then decimals. */
export function asDecimal({ runs, marks, spaced }: Numeral): Figured {
  const last = runs.at(-1) ?? '';
  const front = runs.slice(0, -1);
  const mark = marks.at(-1);
  const doubt: Why | undefined = spaced ? 'spacedGrouping' : undefined;
  if (runs.length === 1) return whole(last);
  if (
    /[.,]/.test(mark ?? '') &&
    (front.length === 1 || (grouped(front) && same(marks.slice(0, -1)) && marks[0] !== mark))
  )
    return decimal(front.join(''), last, doubt);
  if (same(marks) && grouped(runs)) return whole(runs.join(''), doubt);
  if (marks.every((one) => one === ' ')) return several(runs);
  return { is: 'fault', why: 'badGrouping', maybe: [] };
}

/** True when both readings of the single mark are possible: "1.234" is 1234 or 1,234. */
export const isAmbiguous = ({ runs, marks }: Numeral): boolean =>
  runs.length === 2 && /[.,]/.test(marks[0] ?? '') && grouped(runs);

const same = (marks: readonly string[]): boolean => marks.every((mark) => mark === marks[0]);

const grouped = ([first = '', ...others]: readonly string[]): boolean =>
  /^[1-9]\d{0,2}$/.test(first) && others.every((run) => run.length === 3);

function whole(digits: string, why?: Why): Figured {
  const figure = Number(digits);
  if (!(figure <= LIMIT)) return { is: 'fault', why: 'tooBig', maybe: [] };
  return { is: 'figure', number: figure, decimals: 0, ...(why && { why }) };
}

/** Beyond six decimals a figure is rounded to six: nobody prints more, and a binary tail ("92.94478527607362") is noise. Rounding is confirmed. */
function decimal(front: string, fraction: string, why?: Why): Figured {
  const decimals = Math.min(fraction.length, 6);
  const figure = Number(Number(`${front}.${fraction}`).toFixed(decimals));
  const doubt = why ?? (fraction.length > 6 ? 'manyDecimals' : undefined);
  if (!(figure <= LIMIT)) return { is: 'fault', why: 'tooBig', maybe: [] };
  return { is: 'figure', number: figure, decimals, ...(doubt && { why: doubt }) };
}

function several(runs: readonly string[]): Extract<Figured, { is: 'fault' }> {
  const figures = [...new Set(runs.map(Number))].filter((figure) => figure <= LIMIT).slice(0, 4);
  return {
    is: 'fault',
    why: 'severalNumbers',
    maybe: figures.map((figure) => ({ number: figure, decimals: 0 })),
  };
}
