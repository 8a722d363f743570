// An office with many units for tests of the coordinator's side: units in any state, put there without a dialog.
import type { Change } from '../../src/domain/change.ts';
import type { Unit } from '../../src/domain/people.ts';
import type { Submission } from '../../src/domain/report.ts';
import { createWorld, plain, type Seen, type World } from './world.ts';

export const SETUP = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-14T01:00:00.000Z',
  due: '2022-09-16T09:00:00.000Z',
};

export const commune = (id: string, name: string, kind = 'xã'): Unit => ({ id, name, kind, parent: 'so' });

/** Where a unit's report stands. `answered`: so many indicators have a figure. */
export type Standing = {
  readonly answered?: number;
  readonly sent?: { readonly at: string; readonly warnings?: number; readonly overrides?: number };
  readonly accepted?: boolean;
};

export const openOffice = (units: readonly Unit[]): Promise<World> => createWorld({ ...SETUP, units });

let counter = 0;

/** Puts a unit's report there as if its officer had. */
export async function stand(
  world: Pick<World, 'campaign' | 'template' | 'storage'>,
  unit: string,
  { answered = 0, sent, accepted }: Standing,
): Promise<void> {
  const { campaign, template, storage } = world;
  const report = `${campaign.id}/${unit}`;
  counter += 1;
  const event = `stand:${counter}`;
  const stamp = { by: `p-${unit}`, at: sent?.at ?? SETUP.now, event };
  const rows = sent ? template.indicators : template.indicators.slice(0, answered);
  const submission: Omit<Submission, 'answers' | 'notes'> = {
    ...{ ...stamp, version: 1, values: rows.length, checkCode: 'K-1' },
    ...{ warnings: sent?.warnings ?? 0, overrides: sent?.overrides ?? 0 },
  };
  const changes: Change[] = [
    { type: 'report_started', report, campaign: campaign.id, unit, template: campaign.template },
    ...rows.map(
      (row): Change => ({
        ...{ type: 'answer_set', report, indicator: row.id, was: null },
        answer: { ...stamp, value: { is: 'number', number: 1, decimals: 0 } },
      }),
    ),
    ...(sent ? [{ type: 'submitted', report, submission } as const] : []),
    ...(accepted ? [{ type: 'accepted', report } as const] : []),
  ];
  await storage.commit({
    ...{ event, at: stamp.at, by: 'test', conversation: 'operator:test', changes },
    ...{ outgoing: [], expects: { reports: { [report]: 0 } } },
  });
}

/** What was said, as a person reads it, with the buttons in brackets. */
export const shown = (seen: readonly Seen[]): string =>
  seen
    .map(({ message }) =>
      [plain(message), ...(message.buttons ?? []).flat().map(({ label }) => `[${label}]`)].join('\n'),
    )
    .join('\n');
