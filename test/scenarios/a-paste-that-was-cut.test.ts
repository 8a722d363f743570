// Telegram and Zalo cut a long paste into several messages: together they are one table again, shown and confirmed as a whole.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Indicator } from '../../src/domain/template.ts';
import { labels, said } from '../support/said.ts';
import { buttonsOf, createWorld, type World } from '../support/world.ts';

let world: World;
let lan: string;
let rows: readonly Indicator[];

beforeEach(async () => {
  world = await createWorld({
    ...{ template: 'ubnd-thi-xa-nga-nam', unit: 'UBND thị xã Ngã Năm', period: '2022-Q3' },
    now: '2022-09-14T01:00:00Z',
  });
  lan = await world.join('Lan');
  const section = world.template.indicators[0]?.section;
  rows = world.template.indicators.filter((row) => row.section === section && row.type === 'count');
});

/** "Label: 1234; note", long enough that Zalo cuts it in two. */
const line = (row: Indicator, n: number): string =>
  `${row.label}: ${1200 + n}; ${'số liệu do các phòng chuyên môn báo cáo, đã đối chiếu '.repeat(3)}`.trim();
const stored = async () =>
  Object.entries((await world.storage.report('k1/u1'))?.answers ?? {}).map(([id, { value }]) => [
    id,
    value?.is === 'number' ? value.number : value?.is,
  ]);
const wanted = (all: readonly Indicator[]) => all.map(({ id }, n) => [id, 1200 + n]);
const ZALO = 2000;

describe('A paste that the platform has cut', () => {
  it('is one table again, wherever it was cut, and what the cut leaves open is asked, not stored', async () => {
    const text = rows.map(line).join('\n');
    expect(text.length).toBeGreaterThan(ZALO);
    await world.say(lan, text.slice(0, ZALO));
    const shown = await world.say(lan, text.slice(ZALO).trim());
    expect(said(shown)).toContain('Nối 2 tin liền nhau');
    const write = labels(shown).find((label) => label.startsWith('Ghi ')) ?? '';
    await world.press(lan, write);
    const values = await stored();
    expect(values.length).toBeGreaterThanOrEqual(rows.length - 1);
    for (const value of values) expect(wanted(rows)).toContainEqual(value);
  });

  it('makes the buttons of the first part’s table stale', async () => {
    const text = rows.map(line).join('\n');
    const first = await world.say(lan, text.slice(0, ZALO));
    const [old] = first.flatMap(({ message }) => buttonsOf(message));
    await world.say(lan, text.slice(ZALO).trim());
    expect(said(await world.press(lan, old?.action ?? ''))).toContain('chưa ghi gì');
    expect(await stored()).toEqual([]);
  });

  it('may be taken apart again where the second message was meant alone', async () => {
    const text = rows.slice(0, 9).map(line).join('\n').slice(0, ZALO);
    await world.say(lan, text);
    const [one, two] = rows.slice(-2);
    const joined = await world.say(lan, `${one?.label}: 71\n${two?.label}: 72`);
    expect(labels(joined)).toContain('Không nối, chỉ đọc tin sau');
    const alone = await world.press(lan, 'Không nối');
    expect(said(alone)).toContain('Đọc được 2/2 dòng');
    await world.press(lan, 'Ghi 2');
    expect(Object.fromEntries(await stored())).toEqual({ [`${one?.id}`]: 71, [`${two?.id}`]: 72 });
  });

  it('joins a row that was broken off although the first message was short', async () => {
    const [one, two, three] = rows.map((row, n) => `${row.label}: ${1200 + n}`);
    await world.say(lan, `${one}\n${two}\n${three?.slice(0, 20)}`);
    expect(said(await world.say(lan, `${three?.slice(20)}`))).toContain('Nối 2 tin liền nhau');
  });

  it('leaves short pastes, later ones and typed words as they were', async () => {
    const [one, two, three, four] = rows.map((row, n) => `${row.label}: ${1200 + n}`);
    await world.say(lan, `${one}\n${two}`);
    expect(said(await world.say(lan, '25'))).toContain('Đoạn dán trước vẫn đang chờ');
    const second = await world.say(lan, `${three}\n${four}`);
    expect(said(second)).not.toContain('Nối 2');
    expect(said(second)).toContain('Đọc được 2/2 dòng');
    await world.say(lan, rows.map(line).join('\n').slice(0, ZALO));
    world.setNow('2022-09-14T02:00:00Z');
    expect(said(await world.say(lan, `${three}\n${four}`))).not.toContain('Nối 2');
  });
});
