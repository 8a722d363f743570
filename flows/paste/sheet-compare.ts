// What a filled table would change in a report: every cell read as if it had been typed, beside what stands there. Pure.
import { canonical } from '../../src/domain/canonical.ts';
import type { Filled, FilledAnswer } from '../../src/domain/filled.ts';
import { type Answer, isAnswered, type Value } from '../../src/domain/report.ts';
import type { Indicator, Row } from '../../src/domain/template.ts';
import { clean, isMarkLike } from '../../src/domain/words.ts';
import { readAnswer, toCell } from '../../src/indicators/index.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import type { Reading } from '../../src/indicators/reading.ts';
import type { SheetDoubt, SheetItem, SheetPlan, SheetWhy } from '../../src/text/sheet.ts';
import { contextOf } from '../context.ts';
import type { Facts, Opened } from '../flow.ts';
import { LONGEST_NOTE } from '../record.ts';
import { ownNote } from './sheet-note.ts';

type Readable = Exclude<Filled, { fault: unknown }>;

/** The report, the file, and until when what was written stands in the file (ISO). */
type Side = {
  readonly facts: Facts;
  readonly opened: Opened;
  readonly isOurs: boolean;
  readonly until: string | undefined;
};
type Found = {
  readonly items: readonly SheetItem[];
  readonly doubts: readonly SheetDoubt[];
  readonly same: number;
};

/** Files date to the second, answers more finely. */
const SECOND = 1000;

export function compareSheet(filled: Readable, opened: Opened, facts: Facts): SheetPlan {
  const { kind, found, notes, conflicts, unplaced, madeAt } = filled;
  const until = madeAt === undefined ? undefined : new Date(Date.parse(madeAt) + SECOND - 1).toISOString();
  const side = { facts, opened, isOurs: kind.is === 'own' || kind.is === 'otherVersion', until };
  const all = opened.template.rows.flatMap((row): Found[] => {
    if (opened.part && !opened.part.rows.has(row.id)) return [];
    const twice = conflicts[row.id]?.[0];
    if (twice) return [unclear(row, twice, 'twice')];
    const answer = row.row === 'indicator' ? found[row.id] : notes[row.id];
    if (!answer) return [];
    return row.row === 'indicator' ? atIndicator(row, answer, side) : [atHeading(row, answer, side)];
  });
  return {
    kind,
    unplaced: unplaced.map((row) => (privacyFault(row.label) ? { ...row, label: '' } : row)),
    items: all.flatMap(({ items }) => items),
    doubts: all.flatMap(({ doubts }) => doubts),
    same: all.reduce((sum, { same }) => sum + same, 0),
    outside: outsideOf(filled, opened),
  };
}

/** How many figures stand in the file beside what was given to whoever sent it. */
const outsideOf = ({ found }: Readable, { part }: Opened): number =>
  part
    ? Object.entries(found).filter(([id, { cell }]) => cell.is !== 'empty' && !part.rows.has(id)).length
    : 0;

const NOTHING: Found = { items: [], doubts: [], same: 0 };
const SAME: Found = { ...NOTHING, same: 1 };
const taken = (item: SheetItem): Found => ({ ...NOTHING, items: [item] });

function unclear(row: Row, place: FilledAnswer, why: SheetWhy, readings: readonly Value[] = []): Found {
  const words = place.cell.is === 'empty' ? '' : place.cell.text;
  // What may not be kept is not repeated either: what we say stays in the chat.
  const text = privacyFault(words) ? '' : words;
  return { ...NOTHING, doubts: [{ row, place: placeOf(place), text, why, readings }] };
}

const placeOf = ({ sheet, row, hidden }: FilledAnswer): SheetItem['place'] => ({ sheet, row, hidden });

function atIndicator(row: Indicator, answer: FilledAnswer, side: Side): Found[] {
  const { opened, facts } = side;
  const was = opened.report.answers[row.id];
  const own = ownNote(answer.note, opened.report, side.isOurs);
  const { cell } = answer;
  const beside = noteAt(row, answer, own, side);
  if (cell.is === 'empty') return [beside];
  if (cell.is === 'unreadable') return [unclear(row, answer, 'unreadable'), beside];
  if (isPrinted(was?.value, cell, row)) return [SAME, beside];
  const refused = unkept(cell.text);
  if (refused) return [unclear(row, answer, refused), beside];
  // A row was matched by what it is, so that it cannot have slipped: figures of its neighbours say nothing against it.
  const reading = asStored(readAnswer(cell.text, row, { ...contextOf(facts, opened, row), peers: [] }), cell);
  if (reading.is !== 'accept') return [doubted(row, answer, reading), beside];
  const { value, note } = reading;
  if (value.is === 'text' && isMarkLike(cell.text))
    return [unclear(row, answer, 'weakWord', [value]), beside];
  if (cell.is === 'number' && cell.exact !== undefined)
    return [unclear(row, answer, 'rounded', [value]), beside];
  const together = note === undefined ? own : [note, own].filter((each) => each !== '').join('; ');
  return [valueAt(row, answer, value, side), noteAt(row, answer, together, side)];
}

/** A number of the sheet has no marks that might be misread: where the figure meant is among the readings, it is that. */
function asStored(reading: Reading, cell: FilledAnswer['cell']): Reading {
  if (cell.is !== 'number' || (reading.is !== 'ask' && reading.is !== 'confirm')) return reading;
  if (reading.why !== 'threeDecimals' && reading.why !== 'zeroDecimals') return reading;
  const readings = reading.is === 'confirm' ? [reading] : reading.readings;
  const own = readings.find(({ value }) => value.is === 'number' && value.number === cell.number);
  return own ? { is: 'accept', value: own.value } : reading;
}

function doubted(row: Row, answer: FilledAnswer, reading: Exclude<Reading, { is: 'accept' }>): Found {
  const why = reading.why === 'help' ? 'notUnderstood' : reading.why;
  if (reading.is === 'confirm') return unclear(row, answer, why, [reading.value]);
  return unclear(row, answer, why, reading.is === 'ask' ? reading.readings.map(({ value }) => value) : []);
}

function valueAt(row: Indicator, answer: FilledAnswer, value: Value, side: Side): Found {
  const was = side.opened.report.answers[row.id];
  if (was?.value && isSame(was.value, value)) return SAME;
  const { formula } = answer.cell;
  return taken({
    ...{ row, place: placeOf(answer), value, is: isAnswered(was) ? newerOr(was, side) : 'fresh' },
    ...(was?.value && { was: was.value }),
    ...(formula && { formula }),
  });
}

/** Changed where the file was handed out with what stood there; otherwise it may have been written since. */
const newerOr = (was: Answer | undefined, { until }: Side): 'changed' | 'newer' =>
  until !== undefined && (was?.valueAt ?? was?.at ?? '') <= until ? 'changed' : 'newer';

function noteAt(row: Row, answer: FilledAnswer, note: string, side: Side): Found {
  const was = side.opened.report.answers[row.id];
  if (note === '' || flat(note) === flat(was?.note ?? '')) return NOTHING;
  const refused = unkept(note);
  if (refused) return unclear(row, { ...answer, cell: { is: 'text', text: note } }, refused);
  const isOlder = side.until !== undefined && (was?.at ?? '') <= side.until;
  const is = was?.note === undefined ? 'fresh' : isOlder ? 'changed' : 'newer';
  return taken({ row, place: placeOf(answer), note, is, ...(was?.note && { was: was.note }) });
}

/** When a note on a heading was written is not known. */
function atHeading(row: Row, answer: FilledAnswer, side: Side): Found {
  const note = ownNote(answer.note, side.opened.report, side.isOurs);
  const was = side.opened.report.notes[row.id] ?? '';
  if (note === '' || flat(note) === flat(was)) return NOTHING;
  const refused = unkept(note);
  if (refused) return unclear(row, { ...answer, cell: { is: 'text', text: note } }, refused);
  return taken({
    row,
    place: placeOf(answer),
    note,
    is: was === '' ? 'fresh' : 'newer',
    ...(was && { was }),
  });
}

function unkept(words: string): 'private' | 'tooLong' | undefined {
  if (privacyFault(words)) return 'private';
  return words.length > LONGEST_NOTE ? 'tooLong' : undefined;
}

/** True when our own table prints that value just so: no reading is needed to see that it is unchanged. */
function isPrinted(value: Value | undefined, cell: FilledAnswer['cell'], indicator: Indicator): boolean {
  const printed = value && toCell(value, indicator);
  if (!printed || cell.is === 'empty' || cell.is === 'unreadable') return false;
  if ('number' in printed) return cell.is === 'number' && cell.number === printed.number;
  return flat(printed.text) === flat(cell.text);
}

const flat = (text: string): string => clean(text).replace(/\s+/g, ' ');

/** However many zeros were written behind the comma. */
function isSame(one: Value, other: Value): boolean {
  if (one.is === 'number') return other.is === 'number' && one.number === other.number;
  return canonical(one) === canonical(other);
}
