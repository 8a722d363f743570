// One unit with two open periods of the same form: every question and list says which one it speaks of.
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import { buttonsOf, createWorld, plain, type Seen, type World } from '../support/world.ts';

const words = (seen: readonly Seen[]): string =>
  seen
    .flatMap(({ message }) => [plain(message), ...buttonsOf(message).map(({ label }) => `[${label}]`)])
    .join('\n');

let stored = 0;

async function setCampaign(world: World, campaign: Campaign): Promise<void> {
  stored += 1;
  await world.storage.commit({
    ...{ event: `campaign:${stored}`, at: campaign.createdAt, by: 'test', conversation: 'operator:test' },
    ...{ changes: [{ type: 'campaign_set', campaign }], outgoing: [], expects: { reports: {} } },
  });
}

async function twoPeriods(): Promise<{ world: World; nine: Campaign }> {
  const world = await createWorld({
    template: 'ubnd-thi-xa-nga-nam',
    unit: 'UBND thị xã Ngã Năm',
    period: '2022-Q3',
    now: '2022-09-14T01:00:00Z',
  });
  const nine: Campaign = { ...world.campaign, id: 'k9', period: { kind: 'nineMonths', year: 2022 } };
  await setCampaign(world, nine);
  return { world, nine };
}

describe('A unit with two open periods', () => {
  it('reads in every question which report it belongs to, and an older button answers its own report', async () => {
    const { world } = await twoPeriods();
    const lan = await world.join('Lan');
    await world.press(lan, 'Bắt đầu: 9 tháng');
    const pressed = buttonsOf(world.transcript(lan).at(-1) ?? { text: [] });
    const [blank, skip] = ['Để trống', 'Để sau'].map(
      (label) => pressed.find((each) => each.label === label)?.action,
    );
    await world.say(lan, '/baocao');
    expect(words(await world.press(lan, 'Bắt đầu: Quý III'))).toContain(
      'Báo cáo Quý III năm 2022\nI Công tác',
    );
    const skipped = words(await world.press(lan, skip ?? ''));
    expect(skipped).toContain('câu cũ');
    const said = words(await world.press(lan, blank ?? ''));
    expect(said).toContain('(báo cáo 9 tháng đầu năm 2022), không phải câu đang hỏi');
    expect((await world.storage.report('k9/u1'))?.answers).toHaveProperty('ke-hoach-ty-le');
    expect(await world.storage.report('k1/u1')).toBeUndefined();
    expect(words(await world.say(lan, '/xemlai'))).toContain('Quý III năm 2022');
  });

  it('stands on two boards: the coordinator chooses the period first, and each unit’s button opens the report of that period', async () => {
    const { world } = await twoPeriods();
    await world.join('Sở', 'coordinator');
    const periods = words(await world.say('test:Sở', '/baocao'));
    expect(periods).toContain('[Quý III năm 2022]');
    expect(periods).toContain('[9 tháng đầu năm 2022]');
    const board = words(await world.press('test:Sở', '9 tháng đầu năm 2022'));
    expect(board).toContain('UBND thị xã Ngã Năm: chưa bắt đầu');
    expect(words(await world.press('test:Sở', 'UBND thị xã Ngã Năm'))).toContain(
      '9 tháng đầu năm 2022: chưa bắt đầu',
    );
    await world.say('test:Sở', '/tiendo');
    await world.press('test:Sở', 'Quý III năm 2022');
    expect(words(await world.press('test:Sở', 'UBND thị xã Ngã Năm'))).toContain(
      'Quý III năm 2022: chưa bắt đầu',
    );
  });

  it('hears that a period was closed when something is typed for it, and goes on with the other', async () => {
    const { world, nine } = await twoPeriods();
    const lan = await world.join('Lan');
    await world.press(lan, 'Bắt đầu: 9 tháng');
    await setCampaign(world, { ...nine, closedAt: nine.createdAt });
    const said = words(await world.say(lan, '70'));
    expect(said).toContain('đã đóng');
    expect(said).toContain('chưa được ghi');
    expect(said).toContain('[Bắt đầu: Quý III năm 2022]');
  });
});
