// Who looks after which unit in which period, and who decides there.
import { describe, expect, it } from 'vitest';
import { type Campaign, covers, manages, sees } from '../../src/domain/campaign.ts';
import type { Person, Role, Unit } from '../../src/domain/people.ts';

/** A Sở Nội vụ with two communes, one of which has two rooms; another Sở beside it. */
const UNITS: readonly Unit[] = [
  { id: 'so', name: 'Sở Nội vụ', kind: 'sở' },
  { id: 'so2', name: 'Sở Tài chính', kind: 'sở' },
  { id: 'x1', name: 'UBND xã Phú Lộc', kind: 'xã', parent: 'so' },
  { id: 'x2', name: 'UBND xã Phú Tâm', kind: 'xã', parent: 'so' },
  { id: 'p1', name: 'Văn phòng', kind: 'phòng', parent: 'x1' },
  { id: 'p2', name: 'Phòng Kinh tế', kind: 'phòng', parent: 'x1' },
];
const person = (unit: string, role: Role = 'coordinator'): Person => ({
  ...{ id: unit, name: unit, unit, role, conversations: [], unreachable: [], joinedAt: '' },
});
const campaign = (units: readonly string[], office?: string): Campaign => ({
  ...{ id: 'k', template: { id: 't', version: 1 }, period: { kind: 'year', year: 2026 } },
  ...{ due: '', cutoff: '', createdAt: '', units, ...(office === undefined ? {} : { office }) },
});
const seen = (who: Person, of: Campaign) => of.units.filter((unit) => sees(who, unit, of, UNITS));
const covered = (who: Person, of: Campaign) => of.units.filter((unit) => covers(who, unit, of, UNITS));

describe('In a period that an office runs over its communes', () => {
  const communes = campaign(['x1', 'x2'], 'so');

  it('the office’s coordinators decide about all of them, and about the period', () => {
    expect(covered(person('so'), communes)).toEqual(['x1', 'x2']);
    expect(manages(person('so'), communes, UNITS)).toBe(true);
  });

  it('a commune’s coordinator sees the own report only and decides nothing: nobody receives what they send to another office', () => {
    expect(seen(person('x1'), communes)).toEqual(['x1']);
    expect(covered(person('x1'), communes)).toEqual([]);
    expect(manages(person('x1'), communes, UNITS)).toBe(false);
  });

  it('a commune’s coordinator decides about rooms that the office asks directly, but not about the period', () => {
    const rooms = campaign(['p1', 'p2'], 'so');
    expect(covered(person('x1'), rooms)).toEqual(['p1', 'p2']);
    expect(manages(person('x1'), rooms, UNITS)).toBe(false);
  });

  it('another office sees nothing, nor does anybody who only fills or has left', () => {
    expect(seen(person('so2'), communes)).toEqual([]);
    expect(seen(person('so', 'officer'), communes)).toEqual([]);
    expect(seen({ ...person('so'), leftAt: '2026-01-01' }, communes)).toEqual([]);
  });

  it('a viewer of the office sees all and decides nothing', () => {
    expect(seen(person('so', 'viewer'), communes)).toEqual(['x1', 'x2']);
    expect(covered(person('so', 'viewer'), communes)).toEqual([]);
  });
});

describe('In a period that a commune runs over its own rooms', () => {
  const rooms = campaign(['p1', 'p2', 'x1'], 'x1');

  it('the commune’s coordinator decides, also about the own report in it', () => {
    expect(covered(person('x1'), rooms)).toEqual(['p1', 'p2', 'x1']);
  });

  it('the office above is not bothered with it', () => {
    expect(seen(person('so'), rooms)).toEqual([]);
  });
});

describe('In a period of an earlier release, which names no office', () => {
  it('the own unit and those below it are looked after; in a flat list all, by who does not report', () => {
    expect(covered(person('so'), campaign(['x1', 'x2']))).toEqual(['x1', 'x2']);
    expect(covered(person('x1'), campaign(['x1', 'x2', 'p1']))).toEqual(['x1', 'p1']);
    const flat = UNITS.map(({ parent: _, ...unit }) => unit);
    const of = campaign(['x1', 'x2']);
    expect(of.units.filter((unit) => covers(person('so'), unit, of, flat))).toEqual(['x1', 'x2']);
    expect(of.units.filter((unit) => covers(person('x2'), unit, of, flat))).toEqual(['x2']);
  });
});
