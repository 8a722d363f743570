// Which units a coordinator may open a period for, how units are named, the usual deadlines, and what changes make of a period.
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import { choosableUnits, unitsNamed } from '../../src/domain/choosable.ts';
import { usualDue, usualPassOn } from '../../src/domain/deadlines.ts';
import type { Person, Unit } from '../../src/domain/people.ts';
import { extended, movedTo, withoutUnit, withUnits } from '../../src/domain/period-change.ts';

const unit = (id: string, kind: string, rest: Partial<Unit> = {}): Unit => ({
  ...{ id, name: `${kind} ${id}`, kind },
  ...rest,
});
const coordinator = (at: string, rest: Partial<Person> = {}): Person => ({
  ...{
    id: 'p',
    name: 'Bình',
    unit: at,
    role: 'coordinator',
    conversations: [],
    unreachable: [],
    joinedAt: '',
  },
  ...rest,
});
const campaign = (units: string[], rest: Partial<Campaign> = {}): Campaign => ({
  ...{ id: 'k', template: { id: 'f', version: 1 }, period: { kind: 'year', year: 2026 }, units },
  ...{ due: '2026-12-16T09:00:00.000Z', cutoff: '2026-12-14', createdAt: '' },
  ...rest,
});
const ids = (units: readonly Unit[]) => units.map(({ id }) => id);

describe('The units that a coordinator may open a period for', () => {
  const tree = [
    ...[unit('so', 'sở'), unit('a', 'xã', { parent: 'so' }), unit('b', 'phường', { parent: 'so' })],
    ...[unit('a1', 'phòng', { parent: 'a' }), unit('x', 'xã')],
  ];
  const flat = [
    unit('so', 'sở'),
    unit('a', 'xã'),
    unit('b', 'phường'),
    unit('yte', 'sở'),
    unit('a1', 'phòng', { parent: 'a' }),
  ];

  it('are those below the own unit, not the own one and no neighbour', () => {
    expect(ids(choosableUnits(coordinator('so'), tree, []))).toEqual(['a', 'b', 'a1']);
    expect(ids(choosableUnits(coordinator('a'), tree, []))).toEqual(['a1']);
    expect(ids(choosableUnits(coordinator('b'), tree, []))).toEqual([]);
  });

  it('are, in a list without a hierarchy, all without a parent for an office that never reports', () => {
    expect(ids(choosableUnits(coordinator('so'), flat, []))).toEqual(['a', 'b', 'yte']);
    expect(choosableUnits(coordinator('yte'), flat, [campaign(['a', 'b', 'yte'])])).toEqual([]);
  });

  it.each(['xã', 'Phường', 'đặc khu', 'PHÒNG', 'đơn vị sự nghiệp', 'UBND xã', ''])(
    'are never other units for a unit of the kind “%s”',
    (kind) => {
      const units = [unit('me', kind, { name: 'UBND xã Tân Long' }), unit('a', 'xã'), unit('b', 'xã')];
      expect(choosableUnits(coordinator('me'), units, [])).toEqual([]);
      expect(choosableUnits(coordinator('me'), units, [campaign(['a', 'b'], { office: 'so' })])).toEqual([]);
    },
  );

  it('are those of a period that was opened for the own office, also a commune’s rooms in a flat list', () => {
    const run = campaign(['b'], { office: 'a' });
    expect(ids(choosableUnits(coordinator('a'), flat.slice(0, 4), [run]))).toEqual(['b']);
  });

  it('leave out the sample, and are none for anybody but a coordinator who is here', () => {
    const made = [unit('dau-moi-mau', 'đầu mối'), unit('mau', 'mẫu', { parent: 'dau-moi-mau' })];
    const sample = campaign(['mau'], { sample: true });
    expect(ids(choosableUnits(coordinator('so'), [...flat, ...made], [sample]))).toEqual(['a', 'b', 'yte']);
    expect(choosableUnits(coordinator('so', { role: 'viewer' }), flat, [])).toEqual([]);
    expect(choosableUnits(coordinator('so', { leftAt: '2026-01-01' }), flat, [])).toEqual([]);
  });
});

describe('Units named in words', () => {
  const units = [
    unit('31732', 'phường', { name: 'UBND phường Ngã Năm' }),
    unit('31753', 'phường', { name: 'Phường Mỹ Quới' }),
    unit('31741', 'xã', { name: 'Xã Tân Long' }),
    unit('31000', 'xã', { name: 'Xã Mỹ Quới' }),
  ];
  const named = (words: string) => {
    const found = unitsNamed(words, units);
    return 'units' in found ? ids(found.units) : found.several.map(({ id }) => `?${id}`);
  };
  it.each([
    ['31732', ['31732']],
    ['phuong nga nam', ['31732']],
    ['Ngã Năm', ['31732']],
    ['xã mỹ quới', ['31000']],
    ['Mỹ Quới', ['?31753', '?31000']],
    ['các xã', ['31741', '31000']],
    ['tan long', ['31741']],
    ['Hà Nội', []],
    ['', []],
  ])('“%s”', (words, found) => {
    expect(named(words)).toEqual(found);
  });
});

describe('The usual deadlines', () => {
  const office = { timezone: 'Asia/Ho_Chi_Minh', holidays: {} };
  const at = (cutoff: string, now: string) => {
    const due = usualDue(cutoff, now, office);
    return [due, usualPassOn(cutoff, due, office)].map((each) => each.slice(0, 16));
  };
  it('are the 16th and the 18th at four o’clock, on a working day before where that is a weekend', () => {
    expect(at('2026-12-14', '2026-11-20T02:00:00Z')).toEqual(['2026-12-16T09:00', '2026-12-18T09:00']);
    // 16/5/2026 is a Saturday, 18/5 a Monday; 14/8/2027 is a Saturday, so nothing earlier than the cut-off is left.
    expect(at('2026-05-14', '2026-05-01T02:00:00Z')).toEqual(['2026-05-15T09:00', '2026-05-18T09:00']);
    expect(at('2027-08-14', '2027-08-01T02:00:00Z')).toEqual(['2027-08-16T09:00', '2027-08-18T09:00']);
  });
  it('leave five working days where the day has passed', () => {
    expect(at('2026-09-14', '2026-11-13T02:00:00Z')).toEqual(['2026-11-20T09:00', '2026-11-25T09:00']);
  });
});

describe('A change to a period', () => {
  const own = campaign(['a', 'b', 'c'], {
    extensions: { a: '2026-12-18T09:00:00.000Z', b: '2026-12-21T09:00:00.000Z' },
  });
  it('that moves the deadline keeps only later ones, and concerns everybody else', () => {
    const { campaign: next, concerned } = movedTo(own, '2026-12-18T09:00:00.000Z');
    expect(next).toMatchObject({
      due: '2026-12-18T09:00:00.000Z',
      extensions: { b: '2026-12-21T09:00:00.000Z' },
    });
    expect(Object.keys(next.extensions ?? {})).toEqual(['b']);
    expect(concerned).toEqual(['a', 'c']);
    expect(movedTo(own, '2027-01-01T09:00:00.000Z').campaign.extensions).toBeUndefined();
  });
  it('about one unit concerns that unit only', () => {
    expect(extended(own, 'a', undefined).campaign.extensions).toEqual({ b: '2026-12-21T09:00:00.000Z' });
    expect(withUnits(own, ['c', 'd', 'd'])).toMatchObject({
      campaign: { units: ['a', 'b', 'c', 'd'] },
      concerned: ['d'],
    });
    const { campaign: next } = withoutUnit(own, 'a');
    expect(next.units).toEqual(['b', 'c']);
    expect(next.extensions).toEqual({ b: '2026-12-21T09:00:00.000Z' });
  });
});
