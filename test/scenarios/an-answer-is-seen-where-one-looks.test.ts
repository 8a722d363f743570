// An answer takes its question's place only when the question was said last; after a list it is said anew, in plain sight.
import { expect, it } from 'vitest';
import { createWorld, plain } from '../support/world.ts';

const setup = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-14T01:00:00Z',
};

it('edits the question just asked', async () => {
  const world = await createWorld(setup);
  const lan = await world.join('Lan');
  const [echo] = await world.say(lan, '60');
  expect(echo?.message.replaces).toMatch(/^q\//);
});

it('says the answer as a message of its own when a list came after the question', async () => {
  const world = await createWorld(setup);
  const lan = await world.join('Lan');
  for (const list of ['/muc', '/sua nhiem vu qua han', '/baocao', '/ghichumuc Kế hoạch số 5']) {
    await world.say(lan, list);
    const [echo] = await world.say(lan, '4');
    expect(echo?.message.replaces, list).toBeUndefined();
    expect(plain(echo?.message ?? { text: [] }), list).toMatch(/^✓ .+: \*4/);
  }
});
