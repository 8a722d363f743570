// Where the lines of a paste belong: a line that fits one indicator is certain, one of several alike only by an unbroken order.
import type { Indicator } from '../../src/domain/template.ts';
import { type Labels, longerLabels } from './labels.ts';
import type { Draft, PlaceWhy } from './pasted.ts';

/** The place of a line, or why it has none; `candidates` are asked. */
export type Placing =
  | { readonly at: Indicator }
  | { readonly why: PlaceWhy; readonly candidates: readonly Indicator[] };

/** The places of the lines that name theirs, one for each, in the same order; undefined for lines that do not. */
export function placings(
  drafts: readonly Draft[],
  section: readonly Indicator[],
  labels: Labels,
): readonly (Placing | undefined)[] {
  const order = new Map(section.map((row, n) => [row.id, n]));
  const at = (row: Indicator): number => order.get(row.id) ?? -1;
  const inOrder = byWholeSection(drafts, section);
  if (inOrder) return inOrder;
  const places: (number | undefined)[] = drafts.map(({ fits: [only, ...more], above }) =>
    above ? at(above) - 0.5 : only && more.length === 0 ? at(only) : undefined,
  );
  const certain = isIncreasing(places) ? inRuns(drafts, completed(drafts, places, at), at) : places;
  const named = new Map<number, number>();
  for (const place of certain) if (place !== undefined) named.set(place, (named.get(place) ?? 0) + 1);
  const counted = isJustCounted(drafts);
  return drafts.map((draft, n) => {
    const nth = counted && draft.by === 'number' ? section[countOf(draft) - 1] : undefined;
    if (draft.fits.length === 0)
      return nth && draft.elsewhere.length === 0 ? { why: 'numberOrOrder', candidates: [nth] } : undefined;
    const place = certain[n];
    const row = place === undefined ? undefined : section[place];
    if (counted && draft.by === 'number' && nth !== row)
      return { why: 'numberOrOrder', candidates: [...new Set([...draft.fits, ...(nth ? [nth] : [])])] };
    if (!row) return { why: 'several', candidates: draft.fits };
    if ((named.get(place ?? -1) ?? 0) > 1) return { why: 'twice', candidates: draft.fits };
    const longer = isInOrder(certain, n) ? [] : longerLabels(labels, row);
    return longer.length > 0 ? { why: 'several', candidates: [row, ...longer] } : { at: row };
  });
}

/** Numbers repeat, but a number for every indicator of the section, each in its turn, is the whole section in paper order. */
function byWholeSection(
  drafts: readonly Draft[],
  section: readonly Indicator[],
): readonly (Placing | undefined)[] | undefined {
  const named = drafts.filter(({ by }) => by !== 'heading');
  const isWhole =
    named.length === section.length &&
    named.every(({ by, fits }, n) => {
      const row = section[n];
      return by === 'number' && row !== undefined && fits.includes(row);
    });
  if (!isWhole) return undefined;
  const turns = section.values();
  return drafts.map(({ by }) => {
    const row = by === 'heading' ? undefined : turns.next().value;
    return row && { at: row };
  });
}

/** Headings stand half a place before the first row under them; several may stand before the same one. */
const isIncreasing = (places: readonly (number | undefined)[]): boolean => {
  const known = places.filter((place) => place !== undefined);
  return known.every((place, n) => {
    const before = known[n - 1] ?? -1;
    return place > before || (place === before && !Number.isInteger(place));
  });
};

/** Labels that are printed several times, where every one of them has its line: the first is the first, if all stands in order. */
function completed(
  drafts: readonly Draft[],
  places: readonly (number | undefined)[],
  at: (row: Indicator) => number,
) {
  const lines = new Map<string, number[]>();
  for (const [n, { alike, fits, by }] of drafts.entries()) {
    const key = fits.map((row) => row.id).join(' ');
    if (alike && by !== 'number') lines.set(key, [...(lines.get(key) ?? []), n]);
  }
  const filled = [...places];
  for (const each of lines.values()) {
    const fits = drafts[each[0] ?? 0]?.fits ?? [];
    if (fits.length === each.length)
      for (const [n, line] of each.entries()) filled[line] = at(fits[n] as Indicator);
  }
  return isIncreasing(filled) ? filled : places;
}

/** A run of lines alike that fills the gap between its certain neighbours without a row left out. */
function inRuns(
  drafts: readonly Draft[],
  places: readonly (number | undefined)[],
  at: (row: Indicator) => number,
) {
  const filled = [...places];
  for (let from = 0; from < drafts.length; from++) {
    if (places[from] !== undefined || !drafts[from]?.alike) continue;
    let to = from;
    while (to < drafts.length && places[to] === undefined && drafts[to]?.alike) to++;
    const [before, behind] = [places[from - 1], places[to]];
    const first =
      before !== undefined
        ? Math.floor(before) + 1
        : behind !== undefined
          ? Math.ceil(behind) - (to - from)
          : undefined;
    const isClosed =
      to === drafts.length || (behind !== undefined && Math.ceil(behind) === (first ?? 0) + to - from);
    const fits = drafts
      .slice(from, to)
      .every((draft, n) => draft.fits.some((row) => at(row) === (first ?? -1) + n));
    const isOpen = from === 0 || before !== undefined;
    if (first !== undefined && isOpen && isClosed && fits)
      for (let n = from; n < to; n++) filled[n] = first + n - from;
    from = to;
  }
  return isIncreasing(filled) ? filled : places;
}

/** True when a line stands between the places of its neighbours. */
function isInOrder(places: readonly (number | undefined)[], n: number): boolean {
  const own = places[n] ?? -1;
  const before = places.slice(0, n).findLast((place) => place !== undefined) ?? -1;
  const behind = places.slice(n + 1).find((place) => place !== undefined) ?? Number.POSITIVE_INFINITY;
  return before < own && own < behind;
}

const countOf = ({ text }: Draft): number =>
  Number(/^\D*(\d+)\s*[.)]?\s*[:：=]/.exec(text)?.[1] ?? Number.NaN);

/** "1: 17", "2: 23", "3: 4" may be printed numbers, or just the lines counted. */
function isJustCounted(drafts: readonly Draft[]): boolean {
  const numbered = drafts.filter(({ by }) => by === 'number');
  return (
    numbered.length > 1 &&
    numbered.every((draft, n) => countOf(draft) === n + 1 && !/^\s*\S*[ivx]/i.test(draft.text))
  );
}
