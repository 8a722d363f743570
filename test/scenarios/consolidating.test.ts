// "/tonghop": what a coordinator is given, and that it is only of what has been sent.
import { beforeEach, describe, expect, it } from 'vitest';
import { commune, openOffice, SETUP, shown, stand } from '../support/office.ts';
import type { World } from '../support/world.ts';

let world: World;
let hoa: string;

beforeEach(async () => {
  world = await openOffice([commune('x1', 'UBND xã Phú Lộc'), commune('x2', 'Xã Phú Tâm')]);
  hoa = await world.join('Hoa', 'coordinator');
});

const files = (seen: Awaited<ReturnType<World['say']>>) => seen.map(({ message }) => message.file);

describe('The consolidated tables', () => {
  it('are not made of nothing', async () => {
    await stand(world, 'x1', { answered: 30 });
    const seen = await world.say(hoa, '/tonghop');
    expect(shown(seen)).toContain('Chưa có đơn vị nào nộp');
    expect(files(seen)).toEqual([undefined]);
  });

  it('are provisional, and say who is missing, until everybody was taken in', async () => {
    await stand(world, 'x1', { sent: { at: SETUP.now }, accepted: true });
    await stand(world, 'x2', { sent: { at: SETUP.now } });
    const seen = await world.say(hoa, '/tonghop');
    expect(shown(seen)).toContain('Tạm tính: 2/3 đơn vị đã nộp, trong đó 1 đã tiếp nhận');
    expect(shown(seen)).toContain('Chưa nộp (1): UBND thị xã Ngã Năm');
    const person = (await world.storage.people())[0]?.id;
    expect(files(seen)).toEqual([
      { campaign: 'k1', what: 'consolidated', person },
      { campaign: 'k1', what: 'level', person },
    ]);
    await stand(world, 'u1', { sent: { at: SETUP.now }, accepted: true });
    await world.say(hoa, '/tiendo');
    await world.press(hoa, 'Xã Phú Tâm');
    await world.press(hoa, 'Tiếp nhận');
    expect(shown(await world.say(hoa, '/tonghop'))).toContain('Cả 3 đơn vị đã được tiếp nhận');
  });

  it('are the overseer’s: an officer is given none', async () => {
    await stand(world, 'x1', { sent: { at: SETUP.now } });
    const lan = await world.join('Lan');
    expect(files(await world.say(lan, '/tonghop'))).toEqual([undefined]);
  });
});
