// What every store promises about units that were merged into another: whose reports stand for its last period.
import { expect, it } from 'vitest';
import type { Campaign } from '../src/domain/campaign.ts';
import type { Change } from '../src/domain/change.ts';
import type { Unit } from '../src/domain/people.ts';
import type { Storage } from '../storage/storage.ts';
import { answer, campaign, LAN, set, started, turn, unit, withReport } from './storage.samples.ts';

const closedAt = '2026-07-01T00:00:00Z';

/** Campaign q1 or q2 with these units, closed. */
const closed = (id: 'q1' | 'q2', units: readonly string[], more: Partial<Campaign> = {}): Change => {
  const quarter = id === 'q1' ? 1 : 2;
  const cutoff = id === 'q1' ? '2026-03-14' : '2026-06-14';
  const period = { kind: 'quarter', year: 2026, quarter } as const;
  return { type: 'campaign_set', campaign: campaign(id, { cutoff, closedAt, units, period, ...more }) };
};
const gone = (id: string, mergedInto: string): Change => ({
  type: 'unit_set',
  unit: { ...unit(id), mergedInto } satisfies Unit,
});

/** Stores these changes beside Lan's begun report of 2026-Q3, and what a turn of hers then knows of merged units. */
async function mergedAfter(store: Storage, changes: readonly Change[]) {
  await withReport(store);
  const reports = Object.fromEntries(
    changes.flatMap((change) => ('report' in change ? [[change.report, 0]] : [])),
  );
  expect(await store.commit(turn('merged', { changes, expects: { reports } }))).toBe('done');
  const { merged } = await store.load({ conversation: LAN, event: 'e' });
  return merged?.['2026-Q3'];
}

const named = (found: Awaited<ReturnType<typeof mergedAfter>>) => ({
  campaign: found?.campaign.id,
  parts: found?.parts.map(({ unit: { id }, report }) => [id, report?.id]),
});

/** Units merged into nga-nam. */
export function merged(current: () => Storage): void {
  it('a unit that has never reported gets the reports of those merged into it, also by way of another, and who gave none', async () => {
    const found = await mergedAfter(current(), [
      ...[gone('xa-a', 'nga-nam'), gone('xa-b', 'xa-a'), gone('xa-c', 'nga-nam'), gone('xa-d', 'nga-nam')],
      ...[closed('q1', ['xa-a', 'xa-d']), closed('q2', ['xa-a', 'xa-b', 'xa-c', 'xa-e'])],
      ...[started('q1', 'xa-d'), started('q2', 'xa-a'), started('q2', 'xa-b'), started('q2', 'xa-e')],
      set('q2/xa-a', 'a', 12),
    ]);
    expect(named(found)).toEqual({
      campaign: 'q2',
      parts: [
        ...[
          ['xa-a', 'q2/xa-a'],
          ['xa-b', 'q2/xa-b'],
        ],
        ['xa-c', undefined],
      ],
    });
    expect(found?.parts[0]?.report?.answers).toEqual({ a: answer(12, 'e') });
    expect(found?.campaign.closedAt).toBe(closedAt);
  });

  it('its own report of the same period is one of them, in whichever campaign', async () => {
    const found = await mergedAfter(current(), [
      gone('xa-a', 'nga-nam'),
      closed('q2', ['xa-a']),
      {
        type: 'campaign_set',
        campaign: campaign('q2b', {
          ...{ cutoff: '2026-06-14', closedAt, units: ['nga-nam'] },
          period: { kind: 'quarter', year: 2026, quarter: 2 },
        }),
      },
      ...[started('q2', 'xa-a'), started('q2b')],
    ]);
    expect(named(found).parts).toEqual([
      ['nga-nam', 'q2b/nga-nam'],
      ['xa-a', 'q2/xa-a'],
    ]);
  });

  it('nothing is said of merged units once its own report is newer, on another form, or while they report themselves', async () => {
    const store = current();
    expect(
      await mergedAfter(store, [
        ...[gone('xa-a', 'nga-nam'), gone('xa-b', 'nga-nam'), gone('xa-c', 'nga-nam')],
        ...[
          closed('q1', ['xa-a']),
          closed('q2', ['nga-nam', 'xa-b'], { template: { id: 'khac', version: 1 } }),
        ],
        { type: 'campaign_set', campaign: campaign('2026-Q3', { units: ['nga-nam', 'xa-c'] }) },
        {
          type: 'campaign_set',
          campaign: campaign('q2-c', { cutoff: '2026-06-14', units: ['xa-c', 'nga-nam'] }),
        },
        ...[started('q1', 'xa-a'), started('q2-c', 'xa-c'), started('q2-c')],
        {
          ...(started('q2', 'xa-b') as Change & { type: 'report_started' }),
          template: { id: 'khac', version: 1 },
        },
      ]),
    ).toBeUndefined();
    const { previous } = await store.load({ conversation: LAN, event: 'e' });
    expect(previous['2026-Q3']?.report.id).toBe('q2-c/nga-nam');
  });
}
