// Counts: whole numbers from zero. "5.971", "5 971" and "5971" are the same; a fraction gives its numerator.

import type { Indicator } from '../domain/template.ts';
import { findFigure } from './figure.ts';
import type { Found } from './found.ts';
import { emptyPhrase, fromDoubt, fromWords } from './found.ts';
import type { IndicatorKind } from './kind.ts';
import { accept, ask, BLANK, confirm, number, plain, plainCell, proposal, reject, ZERO } from './kind.ts';
import { asCount } from './numerals.ts';
import type { Phrase } from './phrases.ts';
import { readCommonPhrase, readPhrase } from './phrases.ts';
import type { Reading } from './reading.ts';

export const count: IndicatorKind = {
  parse(text, indicator, context) {
    const phrase = readPhrase(text, indicator);
    if (phrase) return readCommonPhrase(phrase, context) ?? fromPhrase(phrase);
    const found = findFigure(text, indicator, asCount);
    return (found && (besidePercent(found, text, indicator) ?? fromFigure(found))) ?? fromWords(text);
  },
  format: plain,
  toCell: plainCell,
  example: () => '12',
  note: 'split',
};

function fromFigure(found: Found): Reading {
  switch (found.is) {
    case 'figure':
      if (found.percent) return reject('percentInCount');
      return found.why ? confirm(found.why, number(found.number), found.note) : accept(number(found.number));
    case 'fraction':
      return confirm('fraction', number(found.part), found.note);
    case 'doubt':
      return fromDoubt(found);
  }
}

/** "26/26 đạt 100%", "12 nhiệm vụ (60%)": the count beside a percentage, with the whole as its note. */
function besidePercent(found: Found, text: string, indicator: Indicator): Reading | undefined {
  if (found.is !== 'figure' || !found.percent) return undefined;
  const others = text.replace(PERCENTAGE, '').trim();
  const counted = /^\d/.test(others) && others !== text ? findFigure(others, indicator, asCount) : undefined;
  if (counted?.is === 'fraction') return confirm('fraction', number(counted.part), text);
  return counted?.is === 'figure'
    ? confirm(counted.why ?? 'strippedText', number(counted.number), text)
    : undefined;
}

const PERCENTAGE =
  /\s*[(,=]?\s*(?:(?:đạt|chiếm|bằng|tỷ lệ|dat|chiem|bang|ty le)\s+)*\d[\d.,]*\s*(?:%|phần trăm|phan tram)\)?/giu;

/** Words where "không" is zero for certain enough to propose it. */
function fromPhrase({ means, says }: Phrase): Reading {
  switch (means) {
    case 'none':
    case 'noCases':
      return confirm('none', ZERO, means === 'noCases' && says ? longer(says) : undefined);
    case 'cross':
      return ask('cross', [proposal(ZERO), proposal(number(1)), proposal(BLANK)]);
    default:
      return emptyPhrase({ means, ...(says && { says }) });
  }
}

/** "không phát sinh" is just zero; "không phát sinh hồ sơ trong quý" is worth a note. */
const longer = (says: string): string | undefined => (says.split(/\s+/).length > 3 ? says : undefined);
