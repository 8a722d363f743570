// Whose reports stand for the last period of a unit into which others were merged: the newest that they gave, while it is newer than its own.
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import { mergedBefore } from '../../src/domain/merged.ts';
import type { Unit } from '../../src/domain/people.ts';
import type { Status } from '../../src/domain/report.ts';

const FORM = { id: 'mau', version: 1 } as const;
const CUTOFFS = ['', '2026-03-14', '2026-06-14', '2026-09-14', '2026-12-14'];

/** Campaign q1 … q4 of these units. */
const quarter = (n: 1 | 2 | 3 | 4, units: readonly string[], more: Partial<Campaign> = {}): Campaign => ({
  ...{ id: `q${n}`, template: FORM, period: { kind: 'quarter', year: 2026, quarter: n }, units },
  ...{ due: '', cutoff: CUTOFFS[n] ?? '', createdAt: '' },
  ...more,
});
const gone = (id: string, mergedInto?: string): Unit => ({
  ...{ id, name: `Xã ${id}`, kind: 'xã' },
  ...(mergedInto !== undefined && { mergedInto }),
});

/** What stands for the last period of unit "moi" in the fourth quarter; reports by "campaign/unit". */
function standsFor(
  units: readonly Unit[],
  campaigns: readonly Campaign[],
  reports: Readonly<Record<string, Status>>,
  now: readonly string[] = ['moi'],
) {
  const reportsOf = (unit: string) =>
    Object.entries(reports).flatMap(([id, status]) => {
      const [campaign = '', of] = id.split('/');
      const template = campaigns.find((each) => each.id === campaign)?.template ?? FORM;
      return of === unit ? [{ id, campaign, status, template }] : [];
    });
  const current = quarter(4, now);
  const own = units.some(({ id }) => id === 'moi') ? [] : [gone('moi')];
  const known = { units: [...own, ...units], campaigns: [...campaigns, current], reportsOf };
  const found = mergedBefore(current, 'moi', known);
  return found && [found.campaign.id, ...found.parts.map(({ unit, report }) => report ?? `– ${unit.id}`)];
}

describe('The last period of a unit into which others were merged', () => {
  it('is the newest in which one of them reported, with those who took part and gave nothing', () => {
    const periods = [quarter(1, ['a']), quarter(2, ['a', 'b', 'khac'])];
    const reports = { 'q1/a': 'accepted', 'q2/a': 'accepted', 'q2/khac': 'accepted' } as const;
    expect(standsFor([gone('a', 'moi'), gone('b', 'moi'), gone('khac')], periods, reports)).toEqual([
      ...['q2', 'q2/a', '– b'],
    ]);
  });

  it('is its own again as soon as it has reported later than they did', () => {
    const periods = [quarter(2, ['a', 'moi']), quarter(3, ['moi'])];
    const given = { 'q2/a': 'accepted', 'q2/moi': 'accepted' } as const;
    expect(standsFor([gone('a', 'moi')], periods, given)).toEqual(['q2', 'q2/moi', 'q2/a']);
    expect(standsFor([gone('a', 'moi')], periods, { ...given, 'q3/moi': 'inProgress' })).toBeUndefined();
    // Taking part alone is no report yet.
    expect(standsFor([gone('a', 'moi')], periods, { ...given, 'q3/moi': 'notStarted' })?.[0]).toBe('q2');
  });

  it('leaves out a unit that still reports in this period, and whoever went into that one', () => {
    const periods = [quarter(2, ['a', 'b', 'c'])];
    const units = [gone('a', 'moi'), gone('b', 'moi'), gone('c', 'b')];
    const reports = { 'q2/a': 'accepted', 'q2/b': 'accepted', 'q2/c': 'accepted' } as const;
    expect(standsFor(units, periods, reports)).toEqual(['q2', 'q2/a', 'q2/b', 'q2/c']);
    expect(standsFor(units, periods, reports, ['moi', 'b'])).toEqual(['q2', 'q2/a']);
    expect(standsFor(units, periods, reports, ['moi', 'a', 'b'])).toBeUndefined();
  });

  it('follows a chain of mergers to its beginning, once round a circle', () => {
    const periods = [quarter(2, ['a', 'b', 'c'])];
    const reports = { 'q2/c': 'accepted' } as const;
    expect(standsFor([gone('a', 'moi'), gone('b', 'a'), gone('c', 'b')], periods, reports)).toEqual([
      ...['q2', '– a', '– b', 'q2/c'],
    ]);
    const circle = [gone('moi', 'a'), gone('a', 'moi')];
    const both = { 'q2/a': 'accepted', 'q2/moi': 'accepted' } as const;
    for (const now of [['moi'], []])
      expect(standsFor(circle, periods, both, now)).toEqual(['q2', 'q2/moi', 'q2/a']);
  });

  it('is of the same form, before this one, and of two that end on one day the same kind of period', () => {
    const other = quarter(3, ['a'], { template: { id: 'khac', version: 1 } });
    const half = quarter(2, ['a'], { id: 'h1', period: { kind: 'half', year: 2026 } });
    const all = {
      'q1/a': 'accepted',
      'q2/a': 'inProgress',
      'h1/a': 'inProgress',
      'q3/a': 'inProgress',
    } as const;
    const periods = [quarter(1, ['a']), half, quarter(2, ['a']), other];
    expect(standsFor([gone('a', 'moi')], periods, all)).toEqual(['q2', 'q2/a']);
    expect(standsFor([gone('a', 'moi')], periods.toReversed(), all)).toEqual(['q2', 'q2/a']);
    expect(
      standsFor([gone('a', 'moi')], [quarter(4, ['a'], { id: 'now' })], { 'now/a': 'inProgress' }),
    ).toBeUndefined();
  });
});
