// Figures that stand out: far from those of the other units, or far from the unit's own last period. Pure.
import type { Sent } from './consolidate.ts';
import type { Answers } from './given.ts';
import type { Unit } from './people.ts';
import type { Indicator, Template } from './template.ts';

/**
 * One odd figure. `z`: robust distance from the `median` of all units, where it is odd; `last`: the unit's figure of the last
 * period, and `times`: how many times the larger of both is the smaller (undefined when that is 0), where that is odd.
 */
export type OddValue = {
  readonly unit: Unit;
  readonly indicator: Indicator;
  readonly number: number;
  readonly decimals: number;
  readonly across?: { readonly z: number; readonly median: number };
  readonly before?: { readonly last: number; readonly decimals: number; readonly times?: number };
  /** How many times the limit it exceeds, by which the list is sorted. */
  readonly strength: number;
};

/** Of fewer units nobody can say what is usual. */
const FEWEST = 8;
/** Iglewicz and Hoaglin: beyond this a robust z is an outlier. */
const LIMIT = 3.5;
/** What makes the median of deviations, and their mean, comparable with a standard deviation. */
const MEDIAN_FACTOR = 0.6745;
const MEAN_FACTOR = 1.253314;
/** More than this many times the last figure, or less than its share; from 0 to this many, or back. */
const JUMP = 3;
const FROM_ZERO = 10;

/** The odd figures of what was sent, the oddest first. `previous`: the answers of the last period, by unit. */
export function oddValues(
  template: Template,
  sent: readonly Sent[],
  previous: Readonly<Record<string, Answers>> = {},
): OddValue[] {
  const found = template.indicators.flatMap((indicator) => {
    const given = sent.flatMap(({ unit, answers }) => {
      const value = figureIn(answers, indicator);
      return value ? [{ unit, ...value }] : [];
    });
    const distance = distanceIn(given.map(({ number }) => number));
    return given.flatMap(({ unit, number, decimals }): OddValue[] => {
      const across = distance?.(number);
      const before = jump(number, figureIn(previous[unit.id], indicator));
      if (!across && !before) return [];
      const strength = Math.max(Math.abs(across?.z ?? 0) / LIMIT, (before?.factor ?? 0) / JUMP);
      const odd = { unit, indicator, number, decimals, strength };
      return [{ ...odd, ...(across && { across }), ...(before && { before: before.shown }) }];
    });
  });
  return found.sort((one, other) => other.strength - one.strength);
}

function figureIn(answers: Answers | undefined, { id, type }: Indicator) {
  const value = answers?.[id]?.value;
  return type !== 'choice' && value?.is === 'number' ? value : undefined;
}

/** Tells how far a figure is from the others; undefined when they are too few, or all alike. */
function distanceIn(numbers: readonly number[]) {
  if (numbers.length < FEWEST) return undefined;
  const median = medianOf(numbers);
  const deviations = numbers.map((number) => Math.abs(number - median));
  const middle = medianOf(deviations);
  const mean = deviations.reduce((sum, each) => sum + each, 0) / deviations.length;
  const scale = middle > 0 ? middle / MEDIAN_FACTOR : mean * MEAN_FACTOR;
  if (scale === 0) return undefined;
  return (number: number) => {
    const z = (number - median) / scale;
    return Math.abs(z) > LIMIT ? { z, median } : undefined;
  };
}

function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}

function jump(number: number, last: { readonly number: number; readonly decimals: number } | undefined) {
  if (last === undefined) return undefined;
  const [low, high] = number < last.number ? [number, last.number] : [last.number, number];
  const odd = low === 0 ? high >= FROM_ZERO : high > low * JUMP;
  if (!odd) return undefined;
  const shown = { last: last.number, decimals: last.decimals };
  return low === 0 ? { factor: high, shown } : { factor: high / low, shown: { ...shown, times: high / low } };
}
