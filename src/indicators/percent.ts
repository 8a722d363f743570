// Percentages: "." and "," are the decimal mark. Looks for counts typed in a percentage row and for a lost comma.
import type { Indicator } from '../domain/template.ts';
import { findFigure } from './figure.ts';
import type { Found } from './found.ts';
import { emptyPhrase, fromDoubt, fromWords } from './found.ts';
import type { IndicatorKind } from './kind.ts';
import {
  accept,
  ask,
  confirm,
  NOT_APPLICABLE,
  number,
  plain,
  plainCell,
  proposal,
  reject,
  ZERO,
} from './kind.ts';
import { asDecimal } from './numerals.ts';
import { readCommonPhrase, readPhrase } from './phrases.ts';
import type { Context, Reading, Why } from './reading.ts';

type Figure = Extract<Found, { is: 'figure' }>;

export const percent: IndicatorKind = {
  parse(text, indicator, context) {
    const phrase = readPhrase(text, indicator);
    if (phrase) return readCommonPhrase(phrase, context) ?? emptyPhrase(phrase);
    const found = findFigure(text, indicator, asDecimal);
    if (!found) return fromWords(text);
    if (found.is === 'doubt')
      return fromDoubt({ ...found, maybe: found.maybe.filter((one) => one.number <= limitOf(indicator)) });
    if (found.is === 'fraction') return fromFraction(found, indicator);
    const read = fromFigure(found, indicator, context);
    const grows = /^\+\s*\d/.test(text) && (read.is === 'accept' || read.is === 'confirm');
    return grows ? ask('growth', [proposal(read.value, text)]) : read;
  },
  format: (value, indicator) =>
    value.is === 'number' && indicator.unit.trim() === '' ? `${plain(value)} %` : plain(value),
  // The form prints two decimals at most; the figure itself is kept.
  toCell: (value) =>
    value.is === 'number'
      ? { number: value.number, decimals: Math.min(value.decimals, 2) }
      : plainCell(value),
  example: () => '99,98',
  note: 'split',
};

const limitOf = ({ mayExceed100 }: Indicator): number => (mayExceed100 ? 1000 : 100);

function fromFigure(found: Figure, indicator: Indicator, context: Context): Reading {
  const { number: figure, decimals, note } = found;
  const value = number(figure, decimals);
  if (figure > limitOf(indicator)) {
    const meant = indicator.mayExceed100 ? [] : withComma(found);
    if (meant.length > 0) return ask('missingComma', meant);
    return indicator.mayExceed100 ? confirm('above100', value, note) : reject('above100');
  }
  if (figure > 0 && figure < 1) {
    const times100 = number(shifted(figure, 2), Math.max(0, decimals - 2));
    return ask('belowOne', [proposal(value, note), proposal(times100, note)]);
  }
  const why = doubtOf(found, context) ?? found.why;
  return why ? confirm(why, value, note) : accept(value);
}

/** Three decimals may be a count with a thousands mark; a small whole number may be a count of the row next to it. */
function doubtOf(
  { number: figure, decimals, percent: signed, why }: Figure,
  { peers }: Context,
): Why | undefined {
  if (decimals > 3) return 'manyDecimals';
  if (decimals === 3) return 'threeDecimals';
  if (why || signed || decimals > 0 || figure === 0 || figure === 100) return undefined;
  const like = peers.some(
    (peer) => peer.figure === figure || (peer.total && peer.figure >= figure && peer.figure < 100),
  );
  return like ? 'looksLikeCount' : undefined;
}

/** "9998" → 99,98; "1000" → 100,0. Of three digits only 9xx: "101" as 10,1 is far-fetched. */
function withComma({ digits, number: figure, note }: Figure): ReturnType<typeof proposal>[] {
  if (!digits || !/^(?:9\d{2}|[1-9]\d{3,4})$/.test(digits)) return [];
  const two = proposal(number(shifted(figure, 2 - digits.length), digits.length - 2), note);
  return /^100+$/.test(digits) && digits.length > 3 ? [proposal(number(100), note), two] : [two];
}

/** Moves the decimal mark without a binary tail: 0.9998 by 2 → 99.98. */
function shifted(figure: number, places: number): number {
  return Number(`${figure}e${places}`);
}

/** part/whole in per cent, to two decimals; never rounded up to a full 100. */
function fromFraction(
  { part, whole, note }: Extract<Found, { is: 'fraction' }>,
  indicator: Indicator,
): Reading {
  if (whole === 0) return ask('fraction', [proposal(NOT_APPLICABLE, note), proposal(ZERO, note)]);
  const rounded = Number(((part / whole) * 100).toFixed(2));
  const ratio = part < whole && rounded === 100 ? 99.99 : rounded;
  if (ratio > 100 && !indicator.mayExceed100) return reject('above100');
  return confirm('fraction', number(ratio, String(ratio).split('.')[1]?.length ?? 0), note);
}
