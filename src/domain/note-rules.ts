// Rules about what stands in a note: a figure that must be there too, or words that say there is nothing.
import type { Outcome } from './finding.ts';
import { add, type Given, isComplete, isZeroOrEmpty, SLACK } from './given.ts';
import type { Of } from './relations.ts';
import { fold } from './words.ts';

/** What is wrong with a note and the figures beside it; undefined when nothing is. */
export function noted(relation: Of<'noteNumber' | 'noteSaysNone'>, given: Given): Outcome | undefined {
  const note = fold(noteOf(relation.note, given));
  if (relation.kind === 'noteSaysNone') {
    const said = placesOf(relation.words, note).length > 0;
    const offending = said ? relation.zero.filter((id) => !isZeroOrEmpty(given.answers[id])) : [];
    return offending.length > 0 ? { offending } : undefined;
  }
  const right = numberBeside(note, relation.near, relation.side);
  const [value, minus] = [add(relation.value, given.answers), add(relation.minus ?? 0, given.answers)];
  if (right === undefined || !isComplete(value) || !isComplete(minus)) return undefined;
  const left = value.known - minus.known;
  return Math.abs(left - right) > SLACK ? { left, right } : undefined;
}

/** The first figure in the note of a row; 0 without one. */
export const firstNumberIn = (row: string, given: Given): number =>
  numbersIn(fold(noteOf(row, given)))[0]?.number ?? 0;

const noteOf = (row: string, { answers, options }: Given): string =>
  answers[row]?.note ?? options.notes?.[row] ?? '';

/** Where whole words stand in a folded text. */
function placesOf(words: string, folded: string): { start: number; end: number }[] {
  const pattern = fold(words).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const places = folded.matchAll(new RegExp(`(?<![a-z0-9])${pattern}(?![a-z0-9])`, 'g'));
  return [...places].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** The number nearest to the first mention of `near` that has one on that side. */
function numberBeside(note: string, near: string, side: 'after' | 'before'): number | undefined {
  const numbers = numbersIn(note);
  for (const { start, end } of placesOf(near, note)) {
    const found =
      side === 'after'
        ? numbers.find((each) => each.start >= end)
        : numbers.findLast((each) => each.end <= start);
    if (found) return found.number;
  }
  return undefined;
}

/** Dates, years and document numbers (18/KH-SCT) are no figures; 5.949 and 5,949 are five thousand, 92,94 has decimals. */
function numbersIn(folded: string): { number: number; start: number; end: number }[] {
  const skip = String.raw`\d+[/-]\d+[/-]\d+|\d+\/[a-z][\w/-]*|(?:ngay|thang) \d+(?:\/\d+)+|nam \d{4}\b`;
  const pattern = new RegExp(
    String.raw`(?<![a-z\d])(?:${skip}|(\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?))`,
    'g',
  );
  return [...folded.matchAll(pattern)].flatMap((match) => {
    const text = match[1];
    if (text === undefined) return [];
    const grouped = /^\d{1,3}([.,]\d{3})+$/.test(text);
    const number = Number(grouped ? text.replace(/[.,]/g, '') : text.replace(',', '.'));
    return [{ number, start: match.index, end: match.index + match[0].length }];
  });
}
