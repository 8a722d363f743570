// Reads what an officer pasted into a section: line by line what it was understood as. Pure; nothing is stored here.
import type { Answer, Report } from '../../src/domain/report.ts';
import type { Indicator } from '../../src/domain/template.ts';
import { draftsOf } from './drafts.ts';
import { labelsOf } from './labels.ts';
import { type Listed, listed } from './list.ts';
import { isGap } from './named.ts';
import type { Draft, PasteChoice, Pasted, PastedLine, PastePlace, PlaceWhy } from './pasted.ts';
import { type Placing, placings } from './place.ts';
import type { Form } from './rows.ts';
import { homeOnly } from './sections.ts';
import { textLines } from './text-lines.ts';
import { lineAt, readerAt } from './values.ts';

/**
 * What every line of a pasted text says, in its own order. `chosen`: what the officer has decided since, as the result
 * before asked: the same text read again with it. Never throws, whatever the text.
 */
export function readPaste(text: string, place: PastePlace, chosen: PasteChoice = {}): Pasted {
  const { template, section } = place;
  const form: Form = { template, labels: labelsOf(template), section };
  const { drafts: said, columns } = draftsOf(textLines(text), form, place, chosen.column);
  const { drafts, isForeign } = homeOnly(said, template);
  const rows = template.indicators.filter((row) => row.section === section);
  const isNamed = drafts.some(
    ({ by }) => by === 'number' || by === 'label' || by === 'row' || by === 'nothing',
  );
  const bare = isNamed ? [] : drafts.filter(({ by }) => by === 'bare');
  // Where the place of every line is known there is no list to begin anywhere.
  const list = bare.some(({ typed, n }) => typed !== '' && chosen.at?.[n] === undefined)
    ? listed(bare, rows, place, chosen.start, isForeign)
    : undefined;
  const placing = placingsOf(drafts, rows, list, place, chosen);
  const settledDrafts = drafts.map((draft) => settled(isNamed ? amongNamed(draft) : draft, chosen));
  const lines = withoutEnd(read(settledDrafts, placing, place, rows));
  const shifted = list !== undefined && isShifted(lines);
  return {
    lines: shifted ? lines.map((line) => doubted(line, 'shifted')) : lines,
    ...(list && { list: { ...list.list, shifted } }),
    ...(columns && { columns }),
  };
}

/** Without the blank line behind a break at the end, where it has no place in a list. */
const withoutEnd = (lines: readonly PastedLine[]): readonly PastedLine[] => {
  const last = lines.at(-1);
  return lines.length > 1 && last?.is === 'blank' && last.text === '' && !last.indicator
    ? lines.slice(0, -1)
    : lines;
};

/** A bare figure between lines that name their row: whose it is is not guessed. */
const amongNamed = (draft: Draft): Draft => (draft.by === 'bare' ? { ...draft, doubt: 'amongNamed' } : draft);

/** A line whose place the officer has chosen is no fragment any more; which of its cells counts is still asked. */
function settled(draft: Draft, chosen: PasteChoice): Draft {
  if (chosen.at?.[draft.n] === undefined || draft.cells) return draft;
  const { doubt: _, ...others } = draft;
  return others;
}

type Places = readonly (Placing | undefined)[];

function placingsOf(
  drafts: readonly Draft[],
  rows: readonly Indicator[],
  list: Listed | undefined,
  place: PastePlace,
  chosen: PasteChoice,
): Places {
  const picked = (draft: Draft): Indicator | undefined => {
    const row = place.template.byId.get(chosen.at?.[draft.n] ?? '');
    return row?.row === 'indicator' ? row : undefined;
  };
  // Blank lines and column headings stand between rows without parting them.
  const standing = drafts.filter(
    (draft) =>
      !(draft.by === 'bare' && isGap(draft.typed)) &&
      !(draft.by === 'heading' && !draft.above && draft.elsewhere.length === 0),
  );
  const named = new Map(
    placings(
      standing.map((draft) => fixed(draft, picked(draft))),
      rows,
      labelsOf(place.template),
    ).map((placing, n) => [standing[n], placing]),
  );
  return drafts.map((draft) => {
    const own = picked(draft);
    if (own) return { at: own };
    const listed = list?.at.get(draft.n);
    return listed ? { at: listed } : named.get(draft);
  });
}

const fixed = (draft: Draft, row: Indicator | undefined): Draft =>
  row ? { ...draft, fits: [row], alike: false } : draft;

/** Every line at its place, read in paper order, so that each value meets the ones before it as if they had been typed. */
function read(
  drafts: readonly Draft[],
  places: Places,
  place: PastePlace,
  rows: readonly Indicator[],
): readonly PastedLine[] {
  let report = place.report;
  const lines = new Map<Draft, PastedLine>();
  const order = (n: number): number => {
    const placing = places[n];
    return placing && 'at' in placing ? rows.indexOf(placing.at) : rows.length;
  };
  const sorted = drafts.map((draft, n) => ({ draft, n })).sort((a, b) => order(a.n) - order(b.n));
  for (const { draft, n } of sorted) {
    const line = lineOf(draft, places[n], place, report);
    if (line.is === 'placed' && line.indicator && line.value)
      report = withValue(report, line.indicator, { value: line.value });
    lines.set(draft, line);
  }
  return drafts.flatMap((draft) => lines.get(draft) ?? []);
}

const withValue = (
  report: Report,
  { id }: Indicator,
  { value }: Required<Pick<Answer, 'value'>>,
): Report => ({
  ...report,
  answers: { ...report.answers, [id]: { value, by: '', at: '', event: '' } },
});

function lineOf(draft: Draft, placing: Placing | undefined, place: PastePlace, report: Report): PastedLine {
  const base = { n: draft.n, text: draft.text };
  const elsewhere = draft.elsewhere.length > 0 ? { elsewhere: draft.elsewhere } : {};
  if (placing && 'at' in placing) {
    const typed = isGap(draft.typed) && draft.by === 'bare' ? '' : draft.typed;
    return lineAt({ ...draft, typed }, placing.at, readerAt(place, report));
  }
  if (draft.by === 'heading' && isGap(draft.typed)) return { ...base, is: 'heading' };
  if (draft.by === 'heading') return { ...base, is: 'unplaced', why: 'heading' };
  if (placing && draft.typed === '' && draft.note === undefined && !draft.cells)
    return { ...base, is: 'blank', candidates: placing.candidates };
  if (placing)
    return {
      ...base,
      is: 'doubt',
      ...placing,
      ...elsewhere,
      ...(draft.note !== undefined && { note: draft.note }),
    };
  if (draft.by === 'bare' && isGap(draft.typed)) return { ...base, is: 'blank' };
  return { ...base, is: 'unplaced', why: whyUnplaced(draft), ...elsewhere };
}

function whyUnplaced({ by, elsewhere, doubt }: Draft): PlaceWhy {
  if (doubt) return doubt;
  if (elsewhere.length > 0) return 'elsewhere';
  return by === 'bare' ? 'startUnknown' : 'notInForm';
}

/** Two values that cannot be, or one that is no value at all: the list has slipped, or a title stands in it. */
function isShifted(lines: readonly PastedLine[]): boolean {
  const isTitle = ({ why, text }: PastedLine): boolean => why === 'notUnderstood' && /\p{L}{2}/u.test(text);
  return (
    lines.filter(({ is }) => is === 'problem').length > 1 ||
    lines.some((line) => line.indicator && isTitle(line))
  );
}

function doubted(line: PastedLine, why: PlaceWhy): PastedLine {
  if (line.is !== 'placed' || !line.value) return line;
  const { value, note, ...others } = line;
  return { ...others, is: 'doubt', why, readings: [note === undefined ? { value } : { value, note }] };
}
