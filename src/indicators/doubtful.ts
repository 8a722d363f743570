// Answers that look like figures and are none, or not certainly: dates, ranges, estimates, negatives, letters among the digits.
import type { Indicator } from '../domain/template.ts';
import { fold } from '../domain/words.ts';
import { isDenied, isEstimate } from './estimate.ts';
import type { Found, ReadNumeral } from './found.ts';
import { readNumberWords } from './number-words.ts';
import { looksLikeFigure, splitNumeral } from './numerals.ts';
import type { Why } from './reading.ts';
import { onlyUnit } from './words-around.ts';

type Doubt = Found | undefined;
const none = (why: Why): Found => ({ is: 'doubt', why, maybe: [] });

/** Why the text is not taken as a figure, with what may have been meant; undefined when it may be one. */
export function refusal(text: string, indicator: Indicator, read: ReadNumeral): Doubt {
  const folded = fold(text);
  if (isDate(folded)) return none('dateInCount');
  if (/^\d[\d.,]*e[+-]?\d+$/.test(folded) || /^\d+\s*(?:\^|\*\*)\s*\d+$/.test(folded))
    return none('exponent');
  return (
    range(text, folded, indicator, read) ??
    (isEstimate(text) ? none('estimate') : undefined) ??
    (isDenied(text) || /\d\s*[¼-¾⅐-⅞]/.test(text) ? none('notUnderstood') : undefined) ??
    (/^[-–—−]\s*[\d(.,]/.test(folded) || /^(?:am|tru) \d/.test(folded) ? none('negative') : undefined) ??
    growth(text, folded, read) ??
    wrapped(text, read) ??
    itemNumber(text, read) ??
    lookalikes(text, read)
  );
}

function isDate(folded: string): boolean {
  return (
    /^(?:ngay )?\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})$/.test(folded) ||
    /^\d{4}([/-])\d{1,2}\1\d{1,2}$/.test(folded) ||
    /^(?:ngay )?\d{1,2} thang \d{1,2}(?: nam \d{4})?$/.test(folded)
  );
}

/** "10 - 15", "từ 10 đến 15 hồ sơ". Behind a spaced dash, words of their own make the second figure part of a note: confirmed. */
function range(text: string, folded: string, indicator: Indicator, read: ReadNumeral): Doubt {
  const digits =
    /^(tu )?(\d[\d.,]*)\s*%?\s*(-|–|—|−|~|\.\.+|…|->|→|den|toi)\s*(\d[\d.,]*)(?![\d/]*\/\s*[a-z])\s*%?(.*)$/.exec(
      folded,
    );
  if (digits) {
    const dash = / [-–—] (\d.*)$/s.exec(text);
    const numeral = splitNumeral(digits[2] ?? '');
    const value = numeral && read(numeral);
    if (digits[1] || !dash?.[1] || value?.is !== 'figure' || onlyUnit(digits[5] ?? '', indicator))
      return none('range');
    return { ...value, percent: /^\S+\s*%/.test(text), why: 'range', note: dash[1] };
  }
  if (/^tu \d.* den \d/.test(folded) || /^(?:tu|den) \d[\d.,]*%?$/.test(folded)) return none('range');
  const [left = '', right = '', ...more] = folded.replace(/^tu /, '').split(/ (?:-|–|—|den|toi) /);
  return more.length === 0 &&
    left !== 'khong' &&
    looksLikeFigure(left) &&
    (looksLikeFigure(right) || readNumberWords(right))
    ? none('range')
    : undefined;
}

/** "tăng 5%" is a change, not the figure itself. */
function growth(text: string, folded: string, read: ReadNumeral): Doubt {
  const match = /^(?:da )?(?:tang|giam)(?: them)? (\d[\d.,]*)/.exec(folded);
  const numeral = match && splitNumeral((match[1] ?? '').replace(/[.,]+$/, ''));
  const value = numeral && read(numeral);
  return match
    ? { is: 'doubt', why: 'growth', maybe: value?.is === 'figure' ? [{ ...value, note: text }] : [] }
    : undefined;
}

/** "(5)": accountants write figures below zero this way. */
function wrapped(text: string, read: ReadNumeral): Doubt {
  const numeral = splitNumeral(/^[([]\s*([\d.,' ]+?)\s*%?\s*[)\]]\s*%?$/.exec(text)?.[1] ?? '');
  const value = numeral && read(numeral);
  if (!value) return undefined;
  return { is: 'doubt', why: 'brackets', maybe: value.is === 'figure' ? [value] : [] };
}

/** "3) 25", "mục 3: 25", "III.3: 25": the first figure may be the number of the row. */
function itemNumber(text: string, read: ReadNumeral): Doubt {
  const match =
    /^(?:mục |muc |stt |dòng |dong )?(?:\d{1,2}|[ivx]+)(?:\.\d{1,2})*\s*(?:[):]|\.\)) ?(\d[\d.,]*)$/i.exec(
      text,
    );
  const numeral = splitNumeral(match?.[1] ?? '');
  const value = numeral && read(numeral);
  return match ? { is: 'doubt', why: 'itemNumber', maybe: value?.is === 'figure' ? [value] : [] } : undefined;
}

/** "1l2", "O7": letters that look like digits; any other letter among digits is asked without a proposal. */
function lookalikes(text: string, read: ReadNumeral): Doubt {
  const bare = text.replace(/\s*%$/, '');
  if (!/^[\dlI|oO.,]+$/.test(bare) || !/\d/.test(bare) || !/[lI|oO]/.test(bare))
    return /^\d+\p{L}\d*$/u.test(bare) && !/đ$/i.test(bare) && !readNumberWords(bare)
      ? none('letterInNumber')
      : undefined;
  const numeral = splitNumeral(bare.replace(/[lI|]/g, '1').replace(/[oO]/g, '0'));
  const value = numeral && read(numeral);
  return { is: 'doubt', why: 'letterInNumber', maybe: value?.is === 'figure' ? [value] : [] };
}
