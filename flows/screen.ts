// Indicators that are answered on one screen, and several values typed at once for them. Pure; nothing is stored here.
import type { Doubt } from '../src/domain/conversation.ts';
import { isEditable, type Value } from '../src/domain/report.ts';
import type { Indicator } from '../src/domain/template.ts';
import type { Waiting } from '../src/domain/waiting.ts';
import { clean } from '../src/domain/words.ts';
import { readAnswer } from '../src/indicators/index.ts';
import { privacyFault } from '../src/indicators/privacy.ts';
import type { Context, Reading } from '../src/indicators/reading.ts';
import { type At, type Facts, indicatorOf, type Opened, openReport } from './flow.ts';
import { pointsOf } from './returned.ts';

const MOST_ROWS = 8;

/** Two codes to choose from, or figures to be counted; undefined: asked alone. */
export function kindOf({ type, choices }: Indicator): 'choices' | 'counts' | undefined {
  if (type === 'count') return 'counts';
  return type === 'choice' && choices.length === 2 ? 'choices' : undefined;
}

/** The indicators that belong on one screen with this one, in printed order; fewer than two: it is asked alone. */
function screenRows(opened: Opened, first: Indicator): readonly Indicator[] {
  const { template, report } = opened;
  const kind = kindOf(first);
  if (kind === undefined || pointsOf(opened).length > 0 || !isEditable(report)) return [];
  const from = template.indicators.findIndex(({ id }) => id === first.id);
  const next = template.indicators.slice(from, from + MOST_ROWS);
  const end = next.findIndex(
    (row) =>
      row.parent !== first.parent ||
      row.section !== first.section ||
      kindOf(row) !== kind ||
      opened.away?.has(row.id) ||
      report.answers[row.id]?.value !== undefined,
  );
  return end < 0 ? next : next.slice(0, end);
}

/** Where a question is about to be asked, with the indicators that are shown with it. */
export function withScreen(waiting: Waiting, facts: Facts): Waiting {
  if (waiting.flow !== 'fill') return waiting;
  const { screen: _, chosen: __, ...place } = waiting;
  const opened = openReport(facts, place.report);
  const first = opened && indicatorOf(opened.template, place.indicator);
  const rows = first && place.back === undefined ? screenRows(opened, first) : [];
  return rows.length < 2 ? place : { ...place, screen: rows.map(({ id }) => id) };
}

/** Everything on the screen as it was shown; [] when the indicator is asked alone. */
export const rowsShown = ({ template }: Opened, { screen = [] }: At<'fill'>): readonly Indicator[] =>
  screen.flatMap((id) => indicatorOf(template, id) ?? []);

/** Those of them that were shown without a value. */
export const openShown = (opened: Opened, waiting: At<'fill'>): readonly Indicator[] =>
  rowsShown(opened, waiting).filter(({ id }) => !waiting.chosen?.includes(id));

/**
 * Several values typed at once. plain: one for each row, each certain. meant: so many values, but they may also be `one` answer,
 * or are not certain enough to be stored without asking. unsure: so many words, of which some are no plain value. miscounted:
 * plain values, but not one for each row.
 */
export type Listed =
  | { readonly is: 'plain'; readonly values: readonly Value[] }
  | { readonly is: 'meant'; readonly values: readonly Value[]; readonly one?: Doubt['readings'][number] }
  | { readonly is: 'unsure'; readonly tokens: readonly string[] }
  | { readonly is: 'miscounted'; readonly count: number };

/** The words between spaces, or between commas with a space; [] where something else parts them. */
export const tokensOf = (typed: string): readonly string[] =>
  /[;；]/.test(typed)
    ? []
    : clean(typed)
        .split(/,?\s+/)
        .filter((token) => token !== '');

/** Reads typed words as one value for each of these rows, in their order; undefined when they are an answer of another kind. */
export function readList(
  typed: string,
  rows: readonly Indicator[],
  context: (row: Indicator) => Context,
): Listed | undefined {
  const tokens = tokensOf(typed);
  const [first] = rows;
  if (!first || tokens.length < 2 || privacyFault(typed)) return undefined;
  const one = asOne(readAnswer(typed, first, context(first)));
  const read = tokens.map((token, n) => {
    const row = rows[n] ?? first;
    return readAnswer(token, row, context(row));
  });
  const plain = read.flatMap((each) => (each.is === 'accept' && !each.note ? [each.value] : []));
  const isPlain = plain.length === tokens.length;
  if (tokens.length !== rows.length)
    return isPlain && !one ? { is: 'miscounted', count: tokens.length } : undefined;
  if (isPlain)
    return one || mayBeGrouped(typed, first)
      ? { is: 'meant', values: plain, ...(one && { one }) }
      : { is: 'plain', values: plain };
  const weak = read.flatMap((each) => (isWeak(each) ? [each.value] : []));
  if (weak.length === tokens.length) return { is: 'meant', values: weak, ...(one && { one }) };
  return !one && tokens.every((token, n) => isCell(token, read[n])) ? { is: 'unsure', tokens } : undefined;
}

/** What all the words together say, where that is one value. */
function asOne(reading: Reading): Doubt['readings'][number] | undefined {
  if (reading.is !== 'accept' && reading.is !== 'confirm') return undefined;
  // A figure with words or another figure behind it is not one value.
  if (reading.is === 'confirm' && (reading.why === 'strippedText' || reading.why === 'severalNumbers'))
    return undefined;
  return { value: reading.value, ...(reading.note ? { note: reading.note } : {}) };
}

/** "5971 1 200": two of the figures may be one, 1.200. */
const mayBeGrouped = (typed: string, { type }: Indicator): boolean =>
  type === 'count' && /(?<!\S)[1-9]\d{0,2}[ \u00a0]\d{3}(?!\S)/.test(clean(typed));

const isWeak = (reading: Reading): reading is Extract<Reading, { value: Value }> =>
  (reading.is === 'accept' && !reading.note) ||
  (reading.is === 'confirm' && reading.why === 'weakWord' && !reading.note);

/** Something that may stand alone in a cell: a figure of whatever kind, a dash, or a word for a code. */
const isCell = (token: string, reading: Reading | undefined): boolean =>
  /\d/.test(token) || /^[-–—x]$/i.test(token) || (reading !== undefined && isWeak(reading));
