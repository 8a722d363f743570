// Which rows of a form some words fit: whole labels first, then a part of one, compared without diacritics and marks.
import { ancestors } from '../../src/domain/progress.ts';
import type { Indicator, Row, Template } from '../../src/domain/template.ts';
import { fold } from '../../src/domain/words.ts';

/** Letters and digits only; i and y are one, as in "quí" and "quý". Words that a copy has run together compare equal. */
export const compact = (text: string): string => wordsOf(text).join('');

/** The words of a text, without diacritics. */
const wordsOf = (text: string): string[] =>
  fold(text)
    .replace(/y/g, 'i')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** A unit as it compares: "%" is one too. */
export const compactUnit = (unit: string): string => fold(unit).replace(/[\s;,.]+/g, '');

/** How well words fit: a whole label, words in a row, all words in the label, or in it and the headings above. */
export type Fit = { readonly level: 0 | 1 | 2 | 3 | 4; readonly rows: readonly Indicator[] };

type Entry = {
  readonly row: Indicator;
  readonly compact: string;
  readonly unit: string;
  readonly words: readonly string[];
  readonly inARow: string;
  readonly above: readonly string[];
};

/** The labels of a form, prepared once for a paste. */
export type Labels = {
  readonly entries: readonly Entry[];
  /** Every row (sections and groups too) by its whole label. */
  readonly whole: ReadonlyMap<string, readonly Row[]>;
};

const PREPARED = new WeakMap<Template, Labels>();

/** The labels of a form; a template never changes, so they are prepared once. */
export function labelsOf(template: Template): Labels {
  const known = PREPARED.get(template) ?? prepare(template);
  PREPARED.set(template, known);
  return known;
}

function prepare(template: Template): Labels {
  const whole = new Map<string, Row[]>();
  for (const row of template.rows) {
    const key = compact(row.label);
    if (key !== '') whole.set(key, [...(whole.get(key) ?? []), row]);
  }
  const entries = template.indicators.map((row) => ({
    row,
    compact: compact(row.label),
    unit: compact(row.unit),
    words: wordsOf(row.label),
    inARow: ` ${wordsOf(row.label).join(' ')} `,
    above: ancestors(template, row).flatMap((each) => wordsOf(each.label)),
  }));
  return { entries, whole };
}

/** The indicators among these parts of the form that the words fit; level 0: none. Fewer words than the label's always fit several if they can. */
export function fitLabel(labels: Labels, words: string, within: (row: Indicator) => boolean): Fit {
  const wanted = wordsOf(words);
  const joined = wanted.join('');
  if (!/[a-z]{2}/.test(joined)) return { level: 0, rows: [] };
  const mine = labels.entries.filter((each) => within(each.row));
  const find = (fits: (entry: Entry) => boolean): Indicator[] => mine.filter(fits).map(({ row }) => row);
  const whole = find((entry) => entry.compact === joined);
  if (whole.length > 0) return { level: 4, rows: whole };
  const all =
    wanted.length < 2 && !/[a-z]{3}/.test(joined)
      ? []
      : find((entry) => wanted.every((word) => entry.words.includes(word)));
  if (all.length > 0) {
    // Words in a row come first, but whatever has all the words fits too: a word may have been left out.
    const inARow = new Set(find((entry) => entry.inARow.includes(` ${wanted.join(' ')} `)));
    const rows = [...inARow, ...all.filter((row) => !inARow.has(row))];
    return { level: inARow.size > 0 ? 3 : 2, rows };
  }
  if (wanted.length < 2) return { level: 0, rows: [] };
  const above = find(
    (entry) =>
      wanted.some((word) => entry.words.includes(word)) &&
      wanted.every((word) => entry.words.includes(word) || entry.above.includes(word)),
  );
  return { level: above.length > 0 ? 1 : 0, rows: above };
}

/** True when several indicators are printed with one and the same label. */
export const sameLabel = (rows: readonly Indicator[]): boolean =>
  rows.length > 1 && new Set(rows.map((row) => compact(row.label))).size === 1;

/** Indicators of the same section whose label begins with the whole label of this one and goes on. */
export const longerLabels = (labels: Labels, row: Indicator): readonly Indicator[] => {
  const own = labels.entries.find((entry) => entry.row === row);
  return labels.entries
    .filter(
      (entry) =>
        own &&
        entry.row.section === row.section &&
        entry.inARow.startsWith(own.inARow) &&
        entry.inARow !== own.inARow,
    )
    .map((entry) => entry.row);
};

const NUMBERING = /^(?:[ivx]+|\d{1,2})(?:[./-]\d{1,2})*[.):]?\s+(?=\p{L}|-)/iu;

/** "1.1.1. Số nhiệm vụ", "a) Khác": the words without the number or mark before them. */
export const withoutNumber = (words: string): string =>
  words
    .replace(/^[\s•●▪◦*+–—-]+/, '')
    .replace(NUMBERING, '')
    .replace(/^[a-z]\)\s+/i, '');

/** All rows whose whole label these words are, also behind a number. */
export const wholeLabel = (labels: Labels, words: string): readonly Row[] =>
  labels.whole.get(compact(words)) ?? labels.whole.get(compact(withoutNumber(words))) ?? [];
