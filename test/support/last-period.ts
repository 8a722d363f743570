// A unit that has reported once before: every figure of its last period is 61.
import type { Change } from '../../src/domain/change.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { createWorld, type World } from './world.ts';

/** The office of the tests at the beginning of Quý III, with the report of Quý II (campaign "k0"). */
export async function withLastPeriod(): Promise<World> {
  const world = await createWorld({
    ...{ template: 'ubnd-thi-xa-nga-nam', unit: 'UBND thị xã Ngã Năm', period: '2022-Q3' },
    now: '2022-09-14T01:00:00.000Z',
  });
  const { campaign, template, storage } = world;
  const period = parsePeriod('2022-Q2');
  if (!period) throw new Error('no period');
  const report = 'k0/u1';
  const stamp = { by: 'test', at: campaign.createdAt, event: 'old' };
  const value = { is: 'number', number: 61, decimals: 0 } as const;
  const changes: Change[] = [
    {
      type: 'campaign_set',
      campaign: { ...campaign, id: 'k0', period, cutoff: '2022-06-14', closedAt: campaign.createdAt },
    },
    { type: 'report_started', report, campaign: 'k0', unit: 'u1', template: campaign.template },
    ...template.indicators
      .filter(({ type }) => type === 'count' || type === 'percent')
      .map(
        ({ id }): Change => ({
          type: 'answer_set',
          report,
          indicator: id,
          answer: { ...stamp, value },
          was: null,
        }),
      ),
  ];
  await storage.commit({
    ...{ event: 'old', at: campaign.createdAt, by: 'test', conversation: 'operator:test' },
    ...{ changes, outgoing: [], expects: { reports: { [report]: 0 } } },
  });
  return world;
}
