// What the search for a figure brings back, and the answers that the figure types share: doubts, empties, plain words.
import { fold } from '../domain/words.ts';
import { ask, BLANK, NOT_APPLICABLE, number, PENDING, proposal, reject, ZERO } from './kind.ts';
import type { Figured, Numeral } from './numerals.ts';
import type { Phrase } from './phrases.ts';
import type { Reading, Why } from './reading.ts';

export type Found =
  /** `percent`: a % sign stood behind it. `digits`: what was typed, when it was digits and nothing else. */
  | {
      readonly is: 'figure';
      readonly number: number;
      readonly decimals: number;
      readonly percent: boolean;
      readonly digits?: string;
      readonly why?: Why;
      readonly note?: string;
    }
  | { readonly is: 'fraction'; readonly part: number; readonly whole: number; readonly note: string }
  | {
      readonly is: 'doubt';
      readonly why: Why;
      readonly maybe: readonly {
        readonly number: number;
        readonly decimals: number;
        readonly note?: string;
      }[];
    };

export type ReadNumeral = (numeral: Numeral) => Figured;

/** A dash or "chưa": which of the empties, or zero? Shared by the types that are figures. */
export function emptyPhrase({ means, says }: Phrase): Reading {
  switch (means) {
    case 'notYet':
      return ask('notYet', [proposal(ZERO, says), proposal(PENDING, says)]);
    case 'dash':
      return ask('dash', [proposal(ZERO), proposal(BLANK), proposal(NOT_APPLICABLE)]);
    case 'cross':
      return ask('cross', [proposal(BLANK), proposal(NOT_APPLICABLE)]);
    case 'noCases':
      return ask('noCases', [proposal(NOT_APPLICABLE, says), proposal(ZERO, says)]);
    default:
      return ask('none', [proposal(ZERO, says), proposal(NOT_APPLICABLE, says)]);
  }
}

/** Faults that never have a proposal are refused; what a person may have meant otherwise is asked. */
export function fromDoubt({ why, maybe }: Extract<Found, { is: 'doubt' }>): Reading {
  const asked =
    maybe.length > 0 ||
    why === 'dateInCount' ||
    why === 'letterInNumber' ||
    why === 'growth' ||
    why === 'itemNumber';
  if (!asked) return reject(why);
  return ask(
    why,
    maybe.map((one) => proposal(number(one.number, one.decimals), one.note)),
  );
}

/** A sentence where a figure belongs goes to the note; as typed it may stand in the cell only when the officer insists. */
export function fromWords(text: string): Reading {
  if (text === '' || !isSentence(text)) return reject('notUnderstood');
  if (text.length > 2000) return reject('tooBig');
  return ask('notUnderstood', [proposal(BLANK, text), proposal({ is: 'verbatim', text })]);
}

/** True when the text is a sentence rather than a slip of the fingers. */
export const isSentence = (text: string): boolean =>
  fold(text)
    .split(' ')
    .filter((word) => /\p{L}{2}/u.test(word)).length >= 2;
