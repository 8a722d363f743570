// Keeping last period's values, for one indicator, a group, a section or all that waits: listed first, confirmed by a tap, taken back at once.
import { beforeEach, describe, expect, it } from 'vitest';
import { fitChoices } from '../../src/channels/choices.ts';
import type { Change } from '../../src/domain/change.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import type { Value } from '../../src/domain/report.ts';
import type { Indicator } from '../../src/domain/template.ts';
import { labels, said } from '../support/said.ts';
import { createWorld, plain, type Seen, type World } from '../support/world.ts';

let world: World;
let lan: string;

const valueFor = ({ type }: Indicator, n: number): Value => {
  if (type === 'choice') return { is: 'choice', code: 1 };
  if (type === 'text') return { is: 'text', text: 'Không có' };
  if (type === 'date') return { is: 'date', date: '2022-06-01' };
  return { is: 'number', number: n % 7, decimals: 0 };
};

async function lastPeriod(values: (row: Indicator, n: number) => Value | undefined): Promise<void> {
  const { campaign, template, storage } = world;
  const period = parsePeriod('2022-Q2');
  if (!period) throw new Error('no period');
  const report = 'k0/u1';
  const stamp = { by: 'test', at: campaign.createdAt, event: 'old' };
  const changes: Change[] = [
    {
      type: 'campaign_set',
      campaign: { ...campaign, id: 'k0', period, cutoff: '2022-06-14', closedAt: campaign.createdAt },
    },
    { type: 'report_started', report, campaign: 'k0', unit: 'u1', template: campaign.template },
    ...template.indicators.flatMap((row, n): Change[] => {
      const value = values(row, n);
      return value
        ? [{ type: 'answer_set', report, indicator: row.id, answer: { ...stamp, value }, was: null }]
        : [];
    }),
  ];
  await storage.commit({
    ...{ event: 'old', at: campaign.createdAt, by: 'test', conversation: 'operator:test' },
    ...{ changes, outgoing: [], expects: { reports: { [report]: 0 } } },
  });
}

beforeEach(async () => {
  world = await createWorld({
    ...{ template: 'ubnd-thi-xa-nga-nam', unit: 'UBND thị xã Ngã Năm', period: '2022-Q3' },
    now: '2022-09-14T01:00:00.000Z',
  });
});

const linesIn = (seen: readonly Seen[]) =>
  said(seen)
    .split('\n')
    .filter((line) => line.startsWith('· '));
const answers = async () => (await world.storage.report('k1/u1'))?.answers ?? {};
const label = (seen: readonly Seen[], start: string): string =>
  labels(seen).find((each) => each.startsWith(start)) ?? `no ${start} in ${labels(seen).join(' | ')}`;

describe('Keeping the values of the last period', () => {
  it('offers the value of a single indicator under its question and marks it as kept', async () => {
    await lastPeriod(() => ({ is: 'number', number: 61, decimals: 0 }));
    lan = await world.join('Lan');
    const seen = await world.press(lan, 'Như kỳ trước: 61 %');
    expect(said(seen)).toContain('✓ Tỷ lệ hoàn thành');
    expect((await answers())['ke-hoach-ty-le']).toMatchObject({
      ...{ value: { is: 'number', number: 61, decimals: 0 }, carried: 'k0' },
    });
    await world.say(lan, '/ghichu số của quý trước');
    await world.say(lan, '/lui');
    await world.say(lan, '/ghichu đã rà soát lại');
    expect((await answers())['ke-hoach-ty-le']?.carried).toBe('k0');
    await world.say(lan, '62');
    expect((await answers())['ke-hoach-ty-le']?.carried).toBeUndefined();
  });

  it('marks a value kept by its words as well', async () => {
    await lastPeriod(() => ({ is: 'number', number: 61, decimals: 0 }));
    lan = await world.join('Lan');
    await world.say(lan, 'như kỳ trước');
    await world.say(lan, 'đúng');
    expect((await answers())['ke-hoach-ty-le']?.carried).toBe('k0');
  });

  it('lists a section with the old values and their period, stores nothing before the tap, and one undo takes all back', async () => {
    await lastPeriod(valueFor);
    lan = await world.join('Lan');
    await world.press(lan, 'Để trống');
    const before = await answers();
    const list = await world.say(lan, '/giunguyen');
    expect(said(list)).toContain('*Giữ nguyên kỳ trước (Quý II năm 2022)* – mục I');
    expect(await answers()).toEqual(before);
    expect(linesIn(list).length).toBeGreaterThan(10);
    expect(linesIn(list).length).toBeLessThanOrEqual(25);
    expect(linesIn(list).some((line) => line.includes('Tỷ lệ'))).toBe(false);
    const n = linesIn(list).length;
    const done = await world.press(lan, `Giữ nguyên ${n} dòng trên`);
    expect(said(done)).toContain(`✓ Đã *giữ nguyên ${n} số liệu của Quý II năm 2022*`);
    const kept = Object.values(await answers()).filter(({ carried }) => carried === 'k0');
    expect(kept).toHaveLength(n);
    const lanId = (await world.storage.people()).find(({ name }) => name === 'Lan')?.id;
    expect(kept.every(({ by }) => by === lanId)).toBe(true);
    await world.say(lan, '/hoantac');
    expect(Object.values(await answers()).filter(({ carried }) => carried === 'k0')).toHaveLength(0);
  });

  it('keeps a group alone, and never touches what is answered already', async () => {
    await lastPeriod(() => ({ is: 'number', number: 3, decimals: 0 }));
    lan = await world.join('Lan');
    await world.say(lan, '/sua phòng ban đã kiểm tra');
    await world.say(lan, '9');
    await world.say(lan, '/sua vấn đề phát hiện qua kiểm tra');
    await world.press(lan, 'I.2 · Số vấn đề phát hiện qua');
    const list = await world.say(lan, '/giunguyen');
    const group = await world.press(lan, label(list, 'Nhóm 2 Kiểm tra CCHC · 4'));
    expect(linesIn(group)).toHaveLength(4);
    await world.press(lan, 'Giữ nguyên 4 dòng trên');
    const now = await answers();
    expect(now['kiem-tra-phong-ban']?.value).toMatchObject({ number: 9 });
    expect(now['kiem-tra-xa']?.value).toMatchObject({ number: 3 });
    expect(Object.keys(now)).toHaveLength(5);
  });

  it('lists the whole report in one go before it decides for all, leaves ratios out unless they are asked for', async () => {
    await lastPeriod(valueFor);
    lan = await world.join('Lan');
    await world.say(lan, '/giunguyen');
    const page = await world.press(lan, 'Cả báo cáo');
    const { indicators } = world.template;
    const plainOnes = indicators.filter(({ type }) => type !== 'percent' && type !== 'date');
    expect(labels(page).some((each) => each.startsWith('Xem tiếp'))).toBe(false);
    const lines = linesIn(page);
    expect(lines).toHaveLength(plainOnes.length);
    expect(said(page)).toContain(`Chưa gồm ${indicators.length - plainOnes.length} tỷ lệ, ngày`);
    await world.press(lan, `Giữ nguyên ${plainOnes.length} dòng trên`);
    expect(Object.keys(await answers()).sort()).toEqual(plainOnes.map(({ id }) => id).sort());
    await world.say(lan, '/giunguyen');
    await world.press(lan, 'Gồm cả');
    await world.press(lan, 'Giữ nguyên');
    expect(Object.keys(await answers()).length).toBeGreaterThan(plainOnes.length);
    await world.say(lan, '/hoantac');
    await world.say(lan, '/hoantac');
    expect(Object.keys(await answers())).toHaveLength(0);
  });

  it('says how many points the kept values bring up, with the way to them', async () => {
    await lastPeriod(({ id }) => {
      if (id === 'tinh-giao-tong') return { is: 'number', number: 2, decimals: 0 };
      return id === 'tinh-giao-dung-han' ? { is: 'number', number: 5, decimals: 0 } : undefined;
    });
    lan = await world.join('Lan');
    await world.say(lan, '/giunguyen');
    const done = await world.press(lan, 'Giữ nguyên 2 dòng trên');
    expect(said(done)).toMatch(/[✗⚠] \d+ điểm .*Xem ở \/xemlai\./);
    expect(label(done, 'Xem lại')).toBe('Xem lại');
  });

  it('writes nothing when a colleague has answered since the list was shown', async () => {
    await lastPeriod(() => ({ is: 'number', number: 3, decimals: 0 }));
    lan = await world.join('Lan');
    const minh = await world.join('Minh');
    const list = await world.say(lan, '/giunguyen');
    await world.say(minh, '44');
    await world.say(minh, '45');
    const again = await world.press(lan, label(list, 'Giữ nguyên'));
    expect(said(again)).toContain('Số liệu đã thay đổi từ lúc anh/chị xem danh sách');
    expect(Object.keys(await answers())).toHaveLength(2);
  });

  it('takes only values that the row can hold now', async () => {
    await lastPeriod(({ id }) => {
      if (id === 'kiem-tra-xa') return { is: 'verbatim', text: 'khoảng 5' };
      if (id === 'kiem-tra-phong-ban') return { is: 'pending' };
      if (id === 'kiem-tra-truc-thuoc') return { is: 'number', number: 2.5, decimals: 1 };
      if (id === 'sang-kien') return { is: 'choice', code: 7 };
      return id === 'khen-thuong' ? { is: 'choice', code: 1 } : undefined;
    });
    lan = await world.join('Lan');
    const list = await world.say(lan, '/giunguyen');
    expect(linesIn(list)).toHaveLength(1);
    expect(linesIn(list)[0]).toContain('1 – Có');
  });

  it('goes to a section, a group or the whole report by its name', async () => {
    await lastPeriod(() => ({ is: 'number', number: 3, decimals: 0 }));
    lan = await world.join('Lan');
    expect(said(await world.say(lan, '/giunguyen II'))).toContain('– mục II Cải cách thể chế:');
    expect(said(await world.say(lan, '/giữ nguyên kiem tra CCHC'))).toContain('– nhóm 2 Kiểm tra CCHC:');
    expect(said(await world.say(lan, '/giunguyen cả báo cáo'))).toContain('– cả báo cáo:');
    expect(said(await world.say(lan, '/giunguyen bánh xèo'))).toContain('Chọn mục để giữ nguyên');
  });

  it('says so when there is no last period, and when nothing is left to keep', async () => {
    lan = await world.join('Lan');
    expect(said(await world.say(lan, '/giunguyen'))).toContain('Chưa có số liệu kỳ trước');
    expect(labels(await world.say(lan, '/muc'))).not.toContain('Giữ nguyên kỳ trước…');
    await lastPeriod(({ id }) =>
      id === 'ke-hoach-ty-le' ? undefined : id === 'khen-thuong' ? { is: 'choice', code: 1 } : undefined,
    );
    expect(labels(await world.say(lan, '/muc'))).toContain('Giữ nguyên kỳ trước…');
    await world.press(lan, 'Giữ nguyên kỳ trước…');
    await world.press(lan, 'Mục I');
    await world.press(lan, 'Giữ nguyên 1 dòng trên');
    expect(said(await world.say(lan, '/giunguyen'))).toContain('không còn chỉ tiêu nào chưa nhập');
  });

  it('tells the share in the review, and the coordinator on receiving', async () => {
    const so = await world.join('Sở', 'coordinator');
    await lastPeriod(({ id }) => (id === 'khen-thuong' ? { is: 'choice', code: 1 } : undefined));
    lan = await world.join('Lan');
    await world.say(lan, '60');
    await world.say(lan, '/giunguyen');
    await world.press(lan, 'Giữ nguyên 1 dòng trên');
    const words = '1/2 số liệu giữ nguyên kỳ trước (Quý II năm 2022)';
    expect(said(await world.say(lan, '/xemlai'))).toContain(words);
    await world.say(lan, '/nop');
    let seen = await world.press(lan, 'Để trống cả');
    for (let n = 0; labels(seen).some((each) => each.startsWith('Đã kiểm tra')) && n < 30; n++)
      seen = await world.press(lan, 'Đã kiểm tra');
    await world.press(lan, 'Xác nhận nộp');
    expect((await world.report()).status).toBe('submitted');
    expect(world.transcript(so).map(plain).join('\n')).toContain(words);
  });

  it('writes nothing in a report that was sent, and of a returned one only the open points', async () => {
    const so = await world.join('Sở', 'coordinator');
    await lastPeriod(() => ({ is: 'number', number: 3, decimals: 0 }));
    lan = await world.join('Lan');
    const list = await world.say(lan, '/giunguyen');
    const [first, second] = ['kiem-tra-xa', 'kiem-tra-phong-ban'];
    const stamp = { by: so, at: '2022-09-14T01:00:00.000Z', event: 'e' };
    const value: Value = { is: 'number', number: 8, decimals: 0 };
    const submission = { ...stamp, version: 1, values: 2, checkCode: 'AB-CD' };
    const commit = async (changes: Change[], event: string) =>
      world.storage.commit({
        ...{ event, at: stamp.at, by: so, conversation: 'operator:test', outgoing: [], changes },
        expects: { reports: { 'k1/u1': (await world.storage.report('k1/u1'))?.rev ?? 0 } },
      });
    const of = { report: 'k1/u1' } as const;
    await commit(
      [
        { type: 'report_started', ...of, campaign: 'k1', unit: 'u1', template: world.campaign.template },
        ...world.template.indicators.map(
          (row): Change => ({
            ...{ type: 'answer_set', ...of, indicator: row.id, answer: { ...stamp, value }, was: null },
          }),
        ),
        { type: 'submitted', ...of, submission },
      ],
      'sent',
    );
    expect(said(await world.press(lan, label(list, 'Giữ nguyên')))).toContain('Số liệu đang khóa');
    expect(said(await world.say(lan, '/giunguyen'))).toContain('Số liệu đang khóa');
    await commit(
      [
        {
          ...{ type: 'returned', ...of, explanation: { ...stamp, at: '2022-09-14T02:00:00.000Z', text: '' } },
          points: [{ indicator: first ?? '', text: 'xem lại' }],
        },
      ],
      'back',
    );
    world.setNow('2022-09-14T03:00:00.000Z');
    await world.say(lan, '/start');
    const open = await world.say(lan, '/giunguyen');
    expect(linesIn(open)).toHaveLength(1);
    expect(linesIn(open)[0]).toContain('(đang ghi 8');
    await world.press(lan, 'Giữ nguyên 1 dòng trên');
    const now = await answers();
    expect(now[first ?? '']).toMatchObject({ value: { number: 3 }, carried: 'k0' });
    expect(now[second ?? '']?.value).toMatchObject({ number: 8 });
    await world.say(lan, '/hoantac');
    expect((await answers())[first ?? '']?.value).toMatchObject({ number: 8 });
  });

  it('can be done where there are no buttons, by a code that no figure is taken for', async () => {
    await lastPeriod(() => ({ is: 'number', number: 3, decimals: 0 }));
    lan = await world.join('Lan', 'officer', 'u1', 'bare');
    await world.say(lan, '/giunguyen');
    const [last] = await world.storage.transcript(lan, 0, 1);
    const shown = last ? plain({ text: fitChoices(last, 0).text }) : '';
    const code = /^([a-z]\d+)\W+Giữ nguyên \d+ dòng trên/im.exec(shown)?.[1];
    expect(code, shown).toBeDefined();
    world.setNow('2022-09-14T01:01:00.000Z');
    await world.say(lan, code ?? '');
    expect(Object.values(await answers()).filter(({ carried }) => carried === 'k0').length).toBeGreaterThan(
      10,
    );
  });
});
