// An answer may carry a note: "5.971; tính đến 14/9", "12 – đã gửi", or on a line of its own.

import { proposal } from './kind.ts';
import { looksLikeFigure } from './numerals.ts';
import type { Reading } from './reading.ts';

export type Parts = { readonly value: string; readonly note?: string };

/**
 * The value and the note of a cleaned message. The first `;`, line end, tab, dash with spaces around it or "ghi chú:" separates them;
 * everything after it is the note, further separators included. A dash between two figures is a range and stays in the value.
 */
export function splitNote(text: string): Parts {
  // "- đang thực hiện": the dash is the answer, the words explain it. "- 5" is left whole: a figure below zero.
  if (/^[-–—] +[^\s\d]/.test(text)) return parts('-', text.slice(1));
  for (const match of text.matchAll(/[;；\n\t]| [-–—] | (?=ghi ch[úu] ?:)/gi)) {
    const value = text.slice(0, match.index);
    const note = text.slice(match.index + match[0].length);
    if (match[0].length === 3 && (value === '' || looksLikeRange(value, note))) return { value: text };
    return parts(value, note);
  }
  // A dash with nothing behind it is no note.
  return { value: text.replace(/(\S) [-–—]$/, '$1') };
}

/** "10 - 15" and "từ 10 - 15 hồ sơ" are ranges; "12 - 02 hồ sơ quá hạn" is too close to one to be decided here. */
const looksLikeRange = (left: string, right: string): boolean =>
  /\d\s*%?$/.test(left)
    ? /^\d/.test(right.trim()) && !/^\s*\d+\s*\//.test(right)
    : looksLikeFigure(left) && looksLikeFigure(right);

function parts(value: string, note: string): Parts {
  const words = note.replace(/^[\s;；]+(?:ghi ch[úu] ?:)?|^ghi ch[úu] ?:/i, '').trim();
  return words ? { value: value.trim(), note: words } : { value: value.trim() };
}

/** The same reading with the officer's note behind the note that the reading itself proposes. */
export function withNote(reading: Reading, note: string | undefined): Reading {
  if (note === undefined) return reading;
  switch (reading.is) {
    case 'accept':
    case 'confirm':
      return { ...reading, note: joined(reading.note, note) };
    case 'ask':
      return {
        ...reading,
        note,
        readings: reading.readings.map((one) => proposal(one.value, joined(one.note, note))),
      };
    case 'reject':
      return { ...reading, note };
  }
}

const joined = (first: string | undefined, second: string): string =>
  first ? `${first}; ${second}` : second;
