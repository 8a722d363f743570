// Two communes became one: its officer is offered what both had together, each sum with its arithmetic, and nothing that cannot be added.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../src/domain/change.ts';
import type { Unit } from '../../src/domain/people.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import type { Value } from '../../src/domain/report.ts';
import { appendixOf } from '../../src/files/appendix.ts';
import { labels, said } from '../support/said.ts';
import { allTemplates, createWorld, type World } from '../support/world.ts';

let world: World;
let lan: string;

const figure = (number: number): Value => ({ is: 'number', number, decimals: 0 });
const gone = (id: string, name: string): Unit => ({
  ...{ id, name, kind: 'xã', parent: 'so', validTo: '2022-06-30', mergedInto: 'u1' },
});

/** Stores what the two communes gave in Quý II; `own`: the unit's own report of that period. */
async function lastPeriod(of: Readonly<Record<string, Readonly<Record<string, Value>>>>): Promise<void> {
  const { campaign, storage } = world;
  const period = parsePeriod('2022-Q2');
  if (!period) throw new Error('no period');
  const stamp = { by: 'test', at: campaign.createdAt, event: 'old' };
  const old = { ...campaign, id: 'k0', period, cutoff: '2022-06-14', closedAt: campaign.createdAt };
  const changes: Change[] = [
    ...[gone('xa-a', 'Xã A'), gone('xa-b', 'Xã B')].map((unit): Change => ({ type: 'unit_set', unit })),
    { type: 'campaign_set', campaign: { ...old, units: ['xa-a', 'xa-b', ...Object.keys(of)] } },
    ...Object.entries(of).flatMap(([unit, answers]): Change[] => [
      ...([
        { type: 'report_started', report: `k0/${unit}`, campaign: 'k0', unit, template: campaign.template },
      ] as const),
      ...Object.entries(answers).map(
        ([indicator, value]): Change => ({
          ...{ type: 'answer_set', report: `k0/${unit}`, indicator, answer: { ...stamp, value }, was: null },
        }),
      ),
    ]),
  ];
  const reports = Object.fromEntries(Object.keys(of).map((unit) => [`k0/${unit}`, 0]));
  expect(
    await storage.commit({
      ...{ event: 'old', at: campaign.createdAt, by: 'test', conversation: 'operator:test' },
      ...{ changes, outgoing: [], expects: { reports } },
    }),
  ).toBe('done');
}

const [PLANNED, DONE, SHARE, ISSUED] = [
  ...(['nhiem-vu-de-ra', 'nhiem-vu-hoan-thanh', 'ke-hoach-ty-le', 'van-ban-chi-dao'] as const),
];
const BOTH = {
  'xa-a': { [PLANNED]: figure(12), [DONE]: figure(10), [SHARE]: figure(80), [ISSUED]: figure(3) },
  'xa-b': { [PLANNED]: figure(5), [DONE]: figure(5), [SHARE]: figure(80), [ISSUED]: { is: 'blank' } },
} as const;

beforeEach(async () => {
  world = await createWorld({
    ...{ template: 'ubnd-thi-xa-nga-nam', unit: 'Xã Mới', period: '2022-Q3' },
    now: '2022-09-14T01:00:00.000Z',
  });
});

const answer = async (id: string) => (await world.report()).answers[id];

describe('The last period of a unit into which others were merged', () => {
  it('is offered as a sum with its arithmetic under the question, taken by a tap or corrected by typing', async () => {
    await lastPeriod(BOTH);
    lan = await world.join('Lan');
    const asked = await world.say(lan, '/sua so nhiem vu de ra');
    expect(said(asked)).toContain(
      'Kỳ trước (Quý II năm 2022), cộng các đơn vị đã nhập: Xã A 12 + Xã B 5 = 17',
    );
    expect(labels(asked)).toContain('Tổng kỳ trước: 17');
    await world.press(lan, 'Tổng kỳ trước: 17');
    expect(await answer(PLANNED)).toMatchObject({ value: figure(17), carried: 'k0' });
    await world.say(lan, '/sua so nhiem vu da hoan thanh');
    await world.say(lan, '16');
    expect(await answer(DONE)).toMatchObject({ value: figure(16) });
    expect((await answer(DONE))?.carried).toBeUndefined();
    const dau = await world.join('Đậu', 'coordinator');
    await world.say(lan, '/xemlai');
    expect(said([{ conversation: dau, message: world.transcript(lan).at(-1) ?? { text: [] } }])).toContain(
      '1/2 số liệu giữ nguyên kỳ trước (Quý II năm 2022)',
    );
  });

  it('offers no share, and no sum where one of the units gave no figure, but says what each gave', async () => {
    await lastPeriod(BOTH);
    lan = await world.join('Lan');
    const share = await world.say(lan, '/sua ty le hoan thanh ke hoach');
    expect(said(share)).toContain('từng đơn vị đã nhập: Xã A: 80 %; Xã B: 80 %');
    const issued = await world.say(lan, '/sua so van ban chi dao cchc da ban hanh');
    expect(said(issued)).toContain('từng đơn vị đã nhập: Xã A: 3 Văn bản; Xã B: để trống');
    expect(labels([...share, ...issued]).filter((label) => label.includes('kỳ trước'))).toEqual([]);
  });

  it('lists every sum with its arithmetic before many are kept at once', async () => {
    await lastPeriod(BOTH);
    lan = await world.join('Lan');
    const list = await world.say(lan, '/giunguyen cả báo cáo');
    expect(said(list)).toContain('Quý II năm 2022, cộng các đơn vị đã nhập');
    expect(said(list)).toMatch(/Số nhiệm vụ đề ra trong kế hoạch[^\n]*: Xã A 12 \+ Xã B 5 = 17/);
    expect(said(list)).not.toContain('Số văn bản');
    await world.press(lan, 'Giữ nguyên 2 dòng');
    expect(await answer(PLANNED)).toMatchObject({ value: figure(17), carried: 'k0' });
    expect(await answer(SHARE)).toBeUndefined();
  });

  it('takes over a choice only where all said the same, and adds the own report of that period', async () => {
    const [yesNo, other] = world.template.indicators.filter(({ type }) => type === 'choice');
    const code = (n: number | undefined): Value => ({ is: 'choice', code: n ?? -1 });
    const [one, two] = yesNo?.choices ?? [];
    await lastPeriod({
      u1: { [PLANNED]: figure(100), [yesNo?.id ?? '']: code(one?.code), [other?.id ?? '']: code(one?.code) },
      'xa-a': {
        [PLANNED]: figure(12),
        [yesNo?.id ?? '']: code(one?.code),
        [other?.id ?? '']: code(one?.code),
      },
      'xa-b': {
        [PLANNED]: figure(5),
        [yesNo?.id ?? '']: code(one?.code),
        [other?.id ?? '']: code(two?.code),
      },
    });
    lan = await world.join('Lan');
    const { previous } = await world.facts(lan);
    const answers = previous[world.campaign.id]?.report.answers ?? {};
    expect(answers[PLANNED]?.value).toEqual(figure(117));
    expect(answers[yesNo?.id ?? '']?.value).toEqual(code(one?.code));
    expect(answers[other?.id ?? '']).toBeUndefined();
  });

  it('is not proposed where one of them gave no report, and is compared with only where all did', async () => {
    await lastPeriod({ 'xa-a': BOTH['xa-a'] });
    lan = await world.join('Lan');
    const asked = await world.say(lan, '/sua so nhiem vu de ra');
    expect(said(asked)).toContain('Xã A: 12; Xã B: không có số liệu');
    await world.say(lan, '900');
    expect(said(await world.say(lan, '/xemlai'))).not.toContain('kỳ trước');
  });

  it('marks the same jumps in the pictures as in the chat', async () => {
    await lastPeriod(BOTH);
    lan = await world.join('Lan');
    await world.say(lan, '/sua so nhiem vu de ra');
    await world.say(lan, '900');
    const shown = await world.say(lan, '/anh hết');
    const request = shown.flatMap(({ message }) => message.pictures ?? [])[0];
    expect(request).toMatchObject({ previous: ['k0/xa-a', 'k0/xa-b'] });
    if (!request || !('report' in request)) throw new Error('no pictures');
    const templates = await allTemplates();
    const withSums = await appendixOf(world.storage, templates, request);
    const { previous: _, ...without } = request;
    const bare = await appendixOf(world.storage, templates, without);
    expect(withSums.table).not.toEqual(bare.table);
  });
});
