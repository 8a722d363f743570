// The value of a pasted line that has its place, read exactly as a typed answer would be.
import type { Report } from '../../src/domain/report.ts';
import type { Indicator } from '../../src/domain/template.ts';
import { isMarkLike } from '../../src/domain/words.ts';
import { readAnswer } from '../../src/indicators/index.ts';
import { withNote } from '../../src/indicators/note.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import type { Reading } from '../../src/indicators/reading.ts';
import { LONGEST_NOTE } from '../record.ts';
import type { Draft, PastedLine, PastePlace, PasteWhy, PlaceWhy, Proposed } from './pasted.ts';

type Read = (cell: string, indicator: Indicator) => Reading;

/** Reads values at a place, against the report as it stands. */
export const readerAt =
  (place: PastePlace, report: Report): Read =>
  (cell, indicator) =>
    readAnswer(cell, indicator, place.context(indicator, report));

/** A line at its indicator: placed, blank, or what is to be asked or mended. */
export function lineAt(draft: Draft, indicator: Indicator, read: Read): PastedLine {
  const base = { n: draft.n, text: draft.text, indicator };
  const note = draft.note === undefined ? {} : { note: draft.note };
  const fault = unkept(draft);
  if (fault) return { ...base, is: 'problem', why: fault };
  if (draft.cells)
    return {
      ...base,
      ...note,
      is: 'doubt',
      why: draft.doubt ?? 'oddRow',
      readings: ofCells(draft, indicator, read),
    };
  if (draft.typed === '') return { ...base, ...note, is: 'blank' };
  const reading = withNote(read(draft.typed, indicator), draft.note);
  return { ...base, ...understood(reading, draft.typed, draft.doubt) };
}

type Understood = Pick<PastedLine, 'is' | 'value' | 'note' | 'readings' | 'why'>;

function understood(reading: Reading, typed: string, doubt: PlaceWhy | undefined): Understood {
  const note = reading.note === undefined ? {} : { note: reading.note };
  const asked = (why: PasteWhy, value: Proposed): Understood => ({ is: 'doubt', why, readings: [value] });
  switch (reading.is) {
    case 'accept':
      if (doubt) return asked(doubt, proposed(reading));
      if (reading.value.is === 'text' && isMarkLike(typed)) return asked('weakWord', proposed(reading));
      return { is: 'placed', value: reading.value, ...note };
    case 'confirm':
      return asked(doubt ?? reading.why, proposed(reading));
    case 'ask':
      // "; ghi chú": a note without a figure.
      if (reading.readings.length === 0 && reading.note !== undefined && /^\s*[;；]/.test(typed))
        return { is: 'blank', ...note };
      if (reading.why === 'outsideCodes')
        return { is: 'problem', why: reading.why, readings: reading.readings, ...note };
      return { is: 'doubt', why: doubt ?? reading.why, readings: reading.readings, ...note };
    case 'reject':
      return { is: 'problem', why: reading.why, ...note };
  }
}

const proposed = ({ value, note }: Proposed): Proposed => (note === undefined ? { value } : { value, note });

/** What may not be kept, or not as long as it is. */
function unkept({ typed, note = '', cells = [] }: Draft): PlaceWhy | undefined {
  const words = [typed, note, ...cells];
  if (words.some((each) => privacyFault(each))) return 'private';
  return words.some((each) => each.length > LONGEST_NOTE) ? 'tooLong' : undefined;
}

/** What the cells may be that the value is one of, different values only. */
function ofCells({ cells = [], note }: Draft, indicator: Indicator, read: Read): readonly Proposed[] {
  const found = cells.flatMap((cell): Proposed[] => {
    const reading = withNote(read(cell, indicator), note);
    if (reading.is === 'accept' || reading.is === 'confirm') return [proposed(reading)];
    return [];
  });
  const key = ({ value }: Proposed): string => JSON.stringify(value);
  return found.filter((each, n) => found.findIndex((other) => key(other) === key(each)) === n);
}
