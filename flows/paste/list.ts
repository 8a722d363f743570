// A list of bare figures in paper order: where it may begin, and which line then answers which indicator.
import type { Indicator } from '../../src/domain/template.ts';
import { isGap } from './named.ts';
import type { Draft, FigureList, PastePlace, Start } from './pasted.ts';

/** The list, and the indicators by the number of their line where its beginning is certain (or was chosen). */
export type Listed = {
  readonly list: Omit<FigureList, 'shifted'>;
  readonly at: ReadonlyMap<number, Indicator>;
};

/** `bare`: the lines without names, blank ones among them keep their place. `isForeign`: a heading of another section stands above. */
export function listed(
  bare: readonly Draft[],
  section: readonly Indicator[],
  place: PastePlace,
  chosen: Start | undefined,
  isForeign: boolean,
): Listed {
  const current = section.findIndex((row) => row.id === place.indicator);
  const rows: Readonly<Record<Start, readonly Indicator[]>> = {
    first: section,
    current: current < 0 ? [] : section.slice(current),
  };
  const forms = waysToCount(bare);
  const exact = (['first', 'current'] as const).flatMap((start) =>
    start === 'current' && current === 0
      ? []
      : forms.filter((form) => form.length === rows[start].length).map((form) => ({ start, form })),
  );
  const shortest = forms.reduce((a, b) => (b.length < a.length ? b : a), bare);
  const starts = isForeign
    ? []
    : (['first', 'current'] as const).filter(
        (start) => !(start === 'current' && current === 0) && shortest.length <= rows[start].length,
      );
  const [only] = exact.length === 1 && !isForeign ? exact : [];
  const start = chosen !== undefined && starts.includes(chosen) ? chosen : only?.start;
  const lines = exact.find((each) => each.start === start)?.form ?? shortest;
  const counts = { lines: lines.length, inSection: section.length, left: rows.current.length, starts };
  const at = new Map(start === undefined ? [] : lines.flatMap((line, n) => pair(line, rows[start][n])));
  return { list: { ...counts, ...(start !== undefined && { start }) }, at };
}

const pair = (line: Draft, row: Indicator | undefined): [number, Indicator][] => (row ? [[line.n, row]] : []);

/**
 * Blank lines keep their place, but those at the end may be an accident, and one after every figure only parts them:
 * the lines in each of these ways, different lengths only.
 */
function waysToCount(bare: readonly Draft[]): readonly (readonly Draft[])[] {
  const trimmed = bare.slice(0, bare.findLastIndex((line) => line.typed !== '') + 1);
  const isSpaced = trimmed.length > 2 && trimmed.every((line, n) => (line.typed === '') === (n % 2 === 1));
  // What stands behind the last break is a line only if it is needed.
  const ended = bare.at(-1)?.typed === '' ? bare.slice(0, -1) : bare;
  const ways = [ended, bare, trimmed, ...(isSpaced ? [trimmed.filter((line) => !isGap(line.typed))] : [])];
  return ways.filter((way, n) => ways.findIndex((other) => other.length === way.length) === n);
}
