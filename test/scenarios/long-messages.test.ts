// However much is wrong or explained, a message stays short enough for a phone and says how much more there is.
import { expect, it } from 'vitest';
import { createWorld, plain, type Seen } from '../support/world.ts';

const LONGEST = 3500;

it('A coordinator asked about dozens of impossible figures reads and decides about eight at a time', async () => {
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
  expect(asked).toMatch(/Trên đây là 8\/\d\d điểm/);
  seen.push(...(await world.say(chief, 'Đã đối chiếu với sổ theo dõi của đơn vị')));
  expect(Object.keys((await world.report()).overrides)).toHaveLength(8);
  expect(Math.max(...seen.map(({ message }) => plain(message).length))).toBeLessThan(LONGEST);
});

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
