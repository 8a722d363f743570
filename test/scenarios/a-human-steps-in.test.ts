// When somebody of the office writes to an officer under the bot's name, the bot steps aside and offers to go on.
import { beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, createWorld, plain, type World } from '../support/world.ts';

const SETUP = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-16T01:00:00Z',
};
let world: World;
let lan: string;
const at = (minutes: number): string => new Date(Date.parse(SETUP.now) + minutes * 60_000).toISOString();

beforeEach(async () => {
  world = await createWorld(SETUP);
  lan = await world.join('lan');
});
const human = () => world.send({ id: world.nextId(), conversation: lan, at: at(1), type: 'takenOver' });
const answers = async () => Object.keys((await world.storage.report('k1/u1'))?.answers ?? {});

describe('While a human speaks', () => {
  it('says once that it steps aside, and how to go on', async () => {
    const [offer] = await human();
    expect(plain(offer?.message ?? { text: [] })).toContain('tạm dừng');
    expect(buttonsOf(offer?.message ?? { text: [] }).map(({ label }) => label)).toEqual(['Tiếp tục']);
    expect(await human()).toEqual([]);
  });

  it('takes nothing the officer types for an answer, and keeps silent', async () => {
    await human();
    expect(await world.say(lan, '12')).toEqual([]);
    expect(await answers()).toEqual([]);
  });

  it('asks the open question again on the button, and then takes answers', async () => {
    await human();
    const seen = await world.press(lan, 'Tiếp tục');
    expect(plain(seen[0]?.message ?? { text: [] })).toContain('Chỉ tiêu 1/');
    await world.say(lan, '12');
    expect(await answers()).toHaveLength(1);
  });

  it('goes on by itself after an hour of quiet, without taking the first words for an answer', async () => {
    await human();
    world.setNow(at(59));
    expect(await world.say(lan, 'vâng')).toEqual([]);
    world.setNow(at(61));
    const seen = await world.say(lan, '5');
    expect(seen.map(({ message }) => plain(message)).join('\n')).toMatch(
      /Trợ lý tiếp tục[\s\S]*Chỉ tiêu 1\//,
    );
    expect(await answers()).toEqual([]);
    await world.say(lan, '5');
    expect(await answers()).toHaveLength(1);
  });

  it('obeys commands at once', async () => {
    await human();
    expect((await world.say(lan, '/muc')).length).toBe(1);
    await world.say(lan, '12');
    expect(await answers()).toHaveLength(1);
  });
});
