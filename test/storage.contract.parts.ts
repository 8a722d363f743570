// What every store promises about a part of a report that is given to a colleague.
import { expect, it } from 'vitest';
import type { Assignment } from '../src/domain/report.ts';
import type { Storage } from '../storage/storage.ts';
import { invitation, LAN, person, turn, withTwoUnits } from './storage.samples.ts';

const REPORT = 'early/nga-nam';
const AN = 'web:an';
const CODE = invitation('code', { role: 'helper', name: 'An' });
const PART: Assignment = {
  ...{
    by: 'lan',
    at: '2026-09-10T08:00:00Z',
    event: 'e1',
    id: 'g1',
    rows: ['iii', 'iv'],
    invitation: 'code',
  },
};
const given = (assignment: Assignment) => ({ type: 'assignment_set', report: REPORT, assignment }) as const;

export function parts(current: () => Storage): void {
  it('a part given with a code is there for whoever opens it, and taken in the same turn', async () => {
    await withTwoUnits(current());
    const before = await current().report(REPORT);
    await current().commit(
      turn('e1', {
        changes: [given(PART), { type: 'invitation_set', invitation: CODE }],
        expects: { reports: { [REPORT]: before?.rev ?? 0 } },
      }),
    );
    const seen = await current().load({ conversation: AN, event: 'e2', invitation: 'code' });
    const report = seen.reports.find(({ id }) => id === REPORT);
    expect(report?.assignments).toEqual({ g1: PART });
    expect(seen.invitations).toEqual([]);
    const taken = { ...PART, person: 'an' };
    const an = person('an', { role: 'helper', conversations: [AN] });
    const join = turn('e2', {
      ...{ conversation: AN, by: 'an' },
      changes: [
        { type: 'person_set', person: an },
        { type: 'invitation_set', invitation: { ...CODE, usedAt: PART.at, usedBy: 'an' } },
        given(taken),
      ],
      expects: { reports: { [REPORT]: report?.rev ?? 0 } },
    });
    expect(await current().commit(join)).toBe('done');
    // A second one who opens the same code at the same moment was too slow.
    const late = { ...join, event: 'e3', conversation: 'web:other' };
    expect(await current().commit(late)).toBe('stale');
    const own = await current().load({ conversation: AN, event: 'e4' });
    expect(own.person).toMatchObject({ id: 'an', role: 'helper' });
    expect(own.reports.map(({ assignments }) => assignments).filter(Boolean)).toEqual([{ g1: taken }]);
    expect(own.invitations).toEqual([]);
    expect((await current().history(REPORT)).slice(-1)).toMatchObject([{ by: 'an', change: given(taken) }]);
  });

  it('an officer is shown the open codes of helpers of the own unit, and no others', async () => {
    await withTwoUnits(current());
    const other = invitation('other', { role: 'helper', unit: 'xa-b' });
    await current().commit(
      turn('e1', {
        changes: [CODE, other, invitation('officer')].map(
          (each) => ({ type: 'invitation_set', invitation: each }) as const,
        ),
      }),
    );
    const seen = async (conversation: string) =>
      (await current().load({ conversation, event: 'e' })).invitations.map(({ id }) => id);
    expect(await seen(LAN)).toEqual(['code']);
    expect(await seen('telegram:2')).toEqual(['other']);
  });
}
