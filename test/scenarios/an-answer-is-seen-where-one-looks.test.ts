// A typed answer is said with the next question; a tap changes the question that was tapped, unless something was said after it.
import { expect, it } from 'vitest';
import { createWorld, plain } from '../support/world.ts';

const setup = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-14T01:00:00Z',
};

it('says a typed answer and the next question in one message', async () => {
  const world = await createWorld(setup);
  const lan = await world.join('Lan');
  const said = await world.say(lan, '60');
  expect(said).toHaveLength(1);
  expect(said[0]?.message.replaces).toBeUndefined();
  expect(plain(said[0]?.message ?? { text: [] })).toMatch(/^✓ .+: \*60 %\*\n\n[\s\S]*Chỉ tiêu 2\//);
});

it('says below what was typed what has buttons of its own, and changes nothing above', async () => {
  const world = await createWorld(setup);
  const lan = await world.join('Lan');
  const said = await world.say(lan, '/cho Phòng Nội vụ đến thứ sáu');
  expect(said).toHaveLength(2);
  expect(said.map(({ message }) => message.replaces)).toEqual([undefined, undefined]);
});

it('changes the question that is tapped, and leaves what was said above it', async () => {
  const world = await createWorld(setup);
  const lan = await world.join('Lan');
  const [asked] = await world.say(lan, '60');
  const [echo, next] = await world.press(lan, 'Để trống');
  expect(echo?.message.replaces).toBe(asked?.message.key);
  expect(plain(echo?.message ?? { text: [] })).toMatch(/^✓ .+: \*60 %\*\n\n✓ [^\n]+$/);
  expect(plain(next?.message ?? { text: [] })).toContain('Chỉ tiêu 3/');
});

it('says the answer as a message of its own when a list came after the question', async () => {
  const world = await createWorld(setup);
  const lan = await world.join('Lan');
  for (const list of ['/muc', '/sua nhiem vu qua han', '/baocao', '/ghichumuc Kế hoạch số 5']) {
    await world.say(lan, list);
    const [tapped] = await world.press(lan, 'Để trống');
    expect(tapped?.message.replaces, list).toBeUndefined();
    expect(plain(tapped?.message ?? { text: [] }), list).toMatch(/^✓ .+: \*để trống/);
    await world.say(lan, list);
    const [echo] = await world.say(lan, '4');
    expect(plain(echo?.message ?? { text: [] }), list).toMatch(/^✓ .+: \*4/);
  }
});
