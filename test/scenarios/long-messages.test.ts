// However much is wrong or explained, a message stays short enough for a phone and says how much more there is.
import { expect, it } from 'vitest';
import { fitChoices } from '../../src/channels/choices.ts';
import { buttonsOf, createWorld, plain, type Seen } from '../support/world.ts';

const LONGEST = 3500;

it('A coordinator asked about dozens of impossible figures reads and decides about five at a time', async () => {
  const world = await createWorld({
    template: 'ubnd-thi-xa-nga-nam',
    unit: 'UBND thị xã Ngã Năm',
    period: '2022-Q3',
    now: '2022-09-14T01:00:00Z',
  });
  const chief = await world.join('Sở', 'coordinator');
  const lan = await world.join('Lan');
  const seen: Seen[] = [];
  for (const [n] of world.template.indicators.entries()) {
    const said = await world.say(lan, String(1 + ((n * 37) % 97) + (n % 2) * 50));
    const isTaken = said.some(({ message }) => plain(message).startsWith('✓'));
    seen.push(...said, ...(isTaken ? [] : await world.press(lan, 'Để trống')));
  }
  await world.say(lan, '/nop');
  seen.push(...(await world.press(lan, 'Số liệu đúng, xin ý kiến đầu mối')));
  seen.push(...(await world.press(chief, 'Cho nộp (kèm lý do)')));
  const asked = plain(seen.at(-1)?.message ?? { text: [] });
  expect(asked).toMatch(/Trên đây là 5\/\d\d điểm/);
  seen.push(...(await world.say(chief, 'Đã đối chiếu với sổ theo dõi của đơn vị')));
  expect(Object.keys((await world.report()).overrides)).toHaveLength(5);
  const told = plain(world.transcript(lan).at(-1) ?? { text: [] });
  expect(told).toMatch(/đồng ý 5\/\d\d điểm; còn \d\d điểm, anh\/chị gõ \/nop để xem và xin ý kiến tiếp/);
  expect(Math.max(...seen.map(({ message }) => plain(message).length))).toBeLessThan(LONGEST);
});

it.each([
  ['ubnd-thi-xa-nga-nam', '2022-Q3'],
  ['so-ngoai-vu', '2023-9T'],
])(
  'Every page of the review of %s fits a phone, and no two choices of a message read the same',
  async (template, period) => {
    const world = await createWorld({ template, unit: 'Đơn vị', period, now: '2023-09-14T01:00:00Z' });
    const lan = await world.join('Lan');
    for (const [n] of world.template.indicators.entries()) {
      const said = await world.say(lan, String(1 + ((n * 37) % 97) + (n % 2) * 50));
      if (!said.some(({ message }) => plain(message).startsWith('✓'))) await world.press(lan, 'Để trống');
    }
    await world.say(lan, '/xemlai');
    const pages = () => world.transcript(lan).filter((each) => plain(each).startsWith('*Xem lại*'));
    const last = () => buttonsOf(pages().at(-1) ?? { text: [] }).map(({ label }) => label);
    while (last().some((label) => label.startsWith('Xem tiếp'))) await world.press(lan, 'Xem tiếp');
    expect(pages().length).toBeGreaterThan(3);
    // As it is listed where there are no buttons.
    const shown = pages().map((each) => plain({ text: fitChoices({ seq: 1, message: each }, 0).text }));
    expect(Math.max(...shown.map((each) => each.length))).toBeLessThan(1600);
    await world.say(lan, '/nop');
    for (const message of world.transcript(lan)) {
      const labels = buttonsOf(message).map(({ label }) => label);
      expect(new Set(labels).size, labels.join(' | ')).toBe(labels.length);
      expect(Math.max(0, ...labels.map((label) => label.length))).toBeLessThanOrEqual(60);
    }
  },
);

it('Words too long for a cell are refused whole instead of being cut, and the figure in front of them is kept', async () => {
  const world = await createWorld({
    template: 'ubnd-thi-xa-nga-nam',
    unit: 'UBND thị xã Ngã Năm',
    period: '2022-Q3',
    now: '2022-09-14T01:00:00Z',
  });
  const lan = await world.join('Lan');
  const long = 'Phòng đang tổng hợp. '.repeat(120);
  const refused = await world.say(lan, long);
  expect(refused.map(({ message }) => plain(message)).join()).toContain('dài quá 2.000 ký tự');
  expect(refused.flatMap(({ message }) => message.buttons ?? [])).toEqual([]);
  const kept = await world.say(lan, `60; ${long}`);
  expect(kept.map(({ message }) => plain(message)).join()).toContain('Ghi chú dài quá 2.000 ký tự');
  expect((await world.report()).answers['ke-hoach-ty-le']).toMatchObject({ value: { number: 60 } });
  expect((await world.report()).answers['ke-hoach-ty-le']?.note).toBeUndefined();
});
