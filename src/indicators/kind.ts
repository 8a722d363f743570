// The shape that every indicator type has, and the few values and number formats that all of them use.

import type { Value } from '../domain/report.ts';
import type { Indicator } from '../domain/template.ts';
import type { Context, Reading, Why } from './reading.ts';

/** What a spreadsheet cell holds; an empty cell is undefined. `decimals` chooses the number format. */
export type Cell = { readonly number: number; readonly decimals: number } | { readonly text: string };

export type IndicatorKind = {
  /** Reads the value part of an answer (cleaned, the note already taken off). Never throws. */
  readonly parse: (text: string, indicator: Indicator, context: Context) => Reading;
  /** A value as the officer sees it; the three kinds of empty and plain texts are worded elsewhere. */
  readonly format: (value: Value, indicator: Indicator) => string;
  readonly toCell: (value: Value) => Cell | undefined;
  /** Something that may be typed and is accepted. */
  readonly example: (indicator: Indicator) => string;
  /** Where a note may follow: 'never' for texts, 'unlessAccepted' where a value itself may hold " – " ("1 – Có"). */
  readonly note: 'split' | 'never' | 'unlessAccepted';
};

export type Proposal = { readonly value: Value; readonly note?: string };

export const BLANK: Value = { is: 'blank' };
export const NOT_APPLICABLE: Value = { is: 'notApplicable' };
export const PENDING: Value = { is: 'pending' };
export const number = (figure: number, decimals = 0): Value => ({ is: 'number', number: figure, decimals });
export const ZERO: Value = number(0);

/** A value with its note, leaving the key out when there is no note. */
export const proposal = (value: Value, note?: string): Proposal => (note ? { value, note } : { value });

export const accept = (value: Value): Reading => ({ is: 'accept', value });
export const confirm = (why: Why, value: Value, note?: string): Reading => ({
  is: 'confirm',
  why,
  ...proposal(value, note),
});
export const ask = (why: Why, readings: readonly Proposal[]): Reading => ({ is: 'ask', why, readings });
export const reject = (why: Why): Reading => ({ is: 'reject', why });

/** Vietnamese marks: 5971 → "5.971", 99.98 with 2 decimals → "99,98". */
function formatNumber(figure: number, decimals: number): string {
  const [whole = '', fraction] = figure.toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, '.');
  return fraction ? `${grouped},${fraction}` : grouped;
}

/** 2023-06-30 → "30/06/2023". */
const formatDate = (date: string): string => date.split('-').reverse().join('/');

/** Any value in words that need nothing of its indicator: the common ground of all formats. */
export function plain(value: Value): string {
  switch (value.is) {
    case 'number':
      return formatNumber(value.number, value.decimals);
    case 'choice':
      return String(value.code);
    case 'date':
      return formatDate(value.date);
    case 'text':
    case 'verbatim':
      return value.text;
    case 'blank':
      return 'để trống';
    case 'notApplicable':
      return 'không áp dụng';
    case 'pending':
      return 'chưa có số liệu';
  }
}

/** The cell of any value: figures stay numbers, the three kinds of empty leave the cell empty. */
export function plainCell(value: Value): Cell | undefined {
  switch (value.is) {
    case 'number':
      return { number: value.number, decimals: value.decimals };
    case 'choice':
      return { number: value.code, decimals: 0 };
    case 'date':
    case 'text':
    case 'verbatim':
      return { text: plain(value) };
    case 'blank':
    case 'notApplicable':
    case 'pending':
      return undefined;
  }
}
