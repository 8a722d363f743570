// Figures with decimals and no bounds (money, averages). "1.234" may be 1234 or 1,234 and is asked.

import { findFigure } from './figure.ts';
import { emptyPhrase, fromDoubt, fromWords } from './found.ts';
import type { IndicatorKind } from './kind.ts';
import { accept, confirm, number, plain, plainCell, reject, ZERO } from './kind.ts';
import type { Figured, Numeral } from './numerals.ts';
import { asDecimal, isAmbiguous } from './numerals.ts';
import { readCommonPhrase, readPhrase } from './phrases.ts';

export const decimal: IndicatorKind = {
  parse(text, indicator, context) {
    const phrase = readPhrase(text, indicator);
    if (phrase)
      return (
        readCommonPhrase(phrase, context) ??
        (phrase.means === 'none' || phrase.means === 'noCases' ? confirm('none', ZERO) : emptyPhrase(phrase))
      );
    const found = findFigure(text, indicator, asEither);
    if (!found) return fromWords(text);
    if (found.is === 'doubt') return fromDoubt(found);
    if (found.is === 'fraction') return confirm('fraction', number(found.part), found.note);
    if (found.percent && !indicator.unit.includes('%')) return reject('percentInCount');
    const value = number(found.number, found.decimals);
    return found.why ? confirm(found.why, value, found.note) : accept(value);
  },
  format: plain,
  toCell: plainCell,
  example: () => '1,5',
  note: 'split',
};

/** Both readings of a lone mark before three digits, thousands first. */
function asEither(numeral: Numeral): Figured {
  const read = asDecimal(numeral);
  if (read.is === 'fault' || !isAmbiguous(numeral)) return read;
  return {
    is: 'fault',
    why: 'threeDecimals',
    maybe: [
      { number: Number(numeral.runs.join('')), decimals: 0 },
      { number: read.number, decimals: read.decimals },
    ],
  };
}
