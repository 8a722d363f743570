// Figures that stand out, by hand-made rows whose median and deviations can be worked out on paper.
import { describe, expect, it } from 'vitest';
import type { Sent } from '../../src/domain/consolidate.ts';
import { type OddValue, oddValues } from '../../src/domain/odd-values.ts';
import type { Value } from '../../src/domain/report.ts';
import { answersOf, code, figure, formOf, row } from './consolidation.ts';

const form = formOf([
  [row('a', 'count'), row('p', 'percent', { unit: '%' }), row('c', 'choice', { unit: 'Có = 1; Không = 0' })],
]);

const unit = (id: string, values: Readonly<Record<string, Value>>): Sent => ({
  unit: { id, name: `Xã ${id}`, kind: 'xã' },
  answers: answersOf(values),
});
const units = (figures: readonly number[], id = 'a'): Sent[] =>
  figures.map((each, n) => unit(`x${n}`, { [id]: figure(each) }));
const named = (found: readonly OddValue[]) => found.map((odd) => [odd.unit.id, odd.indicator.id, odd.number]);
const lastPeriod = (figures: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(figures).map(([id, each]) => [id, answersOf({ a: figure(each) })]));

describe('a figure among those of the other units', () => {
  it('is odd beyond 3,5 robust deviations from the median, on either side', () => {
    const found = oddValues(form, units([49, 51, 48, 52, 47, 53, 46, 100, 50, 5]));
    expect(named(found)).toEqual([
      ['x7', 'a', 100],
      ['x9', 'a', 5],
    ]);
    // Median 49,5; deviations 0,5 0,5 1,5 1,5 2,5 2,5 3,5 3,5 44,5 50,5 → 2,5.
    expect(found[0]?.across?.median).toBe(49.5);
    expect(found[0]?.across?.z).toBeCloseTo((0.6745 * 50.5) / 2.5, 6);
    expect(found[1]?.across?.z).toBeCloseTo((-0.6745 * 44.5) / 2.5, 6);
  });

  it('is not odd just below the limit', () => {
    // Median 10, deviations 0 1 1 1 1 2 2 x: their median is 1, so 3,5 deviations are 5,19.
    const rest = [10, 9, 11, 9, 11, 8, 12, 10];
    expect(named(oddValues(form, units([...rest, 15])))).toEqual([]);
    expect(named(oddValues(form, units([...rest, 16])))).toEqual([['x8', 'a', 16]]);
  });

  it('is measured by the mean deviation where more than half of the figures are alike', () => {
    const alike = Array.from({ length: 19 }, () => 7);
    const found = oddValues(form, units([...alike, 27]));
    // Mean deviation 20 / 20 = 1: z = 20 / 1,253314.
    expect(found[0]?.across?.z).toBeCloseTo(20 / 1.253314, 6);
    expect(oddValues(form, units(alike))).toEqual([]);
  });

  it('is compared with at least eight figures; blanks and other units do not count', () => {
    const seven = [1, 1, 2, 1, 2, 1, 900];
    const blank = unit('b', { a: { is: 'blank' } });
    expect(oddValues(form, [...units(seven), blank])).toEqual([]);
    expect(named(oddValues(form, [...units([...seven, 2]), blank]))).toEqual([['x6', 'a', 900]]);
  });

  it('may be a percentage, but no code of a choice', () => {
    const shares = units([90, 91, 92, 90, 93, 91, 92, 5], 'p');
    expect(named(oddValues(form, shares))).toEqual([['x7', 'p', 5]]);
    const codes = Array.from({ length: 20 }, (_, n) => unit(`c${n}`, { c: code(n === 0 ? 1 : 0) }));
    expect(oddValues(form, codes)).toEqual([]);
  });
});

describe("a figure beside the unit's own last period", () => {
  it('is odd beyond three times it or below a third, not at the limit itself', () => {
    const found = oddValues(
      form,
      units([31, 30, 3, 4, 10]),
      lastPeriod({ x0: 10, x1: 10, x2: 10, x3: 12, x5: 1 }),
    );
    expect(named(found)).toEqual([
      ['x2', 'a', 3],
      ['x0', 'a', 31],
    ]);
    expect(found[1]?.before).toEqual({ last: 10, decimals: 0, times: 3.1 });
    expect(found[0]?.before?.times).toBeCloseTo(10 / 3, 9);
  });

  it('is odd when it goes from 0 to 10 or back', () => {
    const found = oddValues(form, units([10, 9, 0, 0]), lastPeriod({ x0: 0, x1: 0, x2: 40, x3: 9 }));
    expect(named(found)).toEqual([
      ['x2', 'a', 0],
      ['x0', 'a', 10],
    ]);
    expect(found[0]?.before).toEqual({ last: 40, decimals: 0 });
  });

  it('says both when it is odd in both ways', () => {
    const found = oddValues(form, units([10, 11, 12, 10, 11, 12, 10, 90]), lastPeriod({ x7: 10 }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ before: { last: 10, times: 9 }, across: { median: 11 } });
  });
});
