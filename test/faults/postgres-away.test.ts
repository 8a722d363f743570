// The real program whose database is gone for a while: nothing is acknowledged that is not stored, it says that it cannot serve, and goes
// on by itself when the database is back. DATABASE_AWAY: it is gone for so many seconds (10).
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { visit } from '../support/visitor.ts';
import {
  connections,
  everybodyHears,
  expectGoodEnd,
  type House,
  isReady,
  leaveHouse,
  MOST_CONNECTIONS,
  openHouse,
  statusOf,
  worldOn,
} from './database-world.ts';

const AWAY_MS = Number(process.env.DATABASE_AWAY ?? 10) * 1_000;
const PATIENCE = AWAY_MS + 40_000;

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => leaveHouse(house));
afterAll(() => house.server.stop());

it(
  'a server that is gone for a while, in the middle of turns, costs nobody anything but time',
  async () => {
    const { bot, officers, work } = await worldOn(house, { mode: 'polling', patience: PATIENCE });
    const working = work();
    await everybodyHears(officers);
    for (const away of [300, AWAY_MS, 300]) {
      await house.server.kill();
      const until = performance.now() + away;
      if (away > 5_000) {
        await isReady(bot, 503);
        expect(await statusOf(bot, '/health')).toBe(200);
        expect(await statusOf(bot, '/')).toBe(200);
        const visitor = await visit(bot.url);
        const post = { id: 'p1', text: 'xin chào' };
        expect(await visitor.post(bot.url, '/api/send', post)).toBe(503);
        expect(await visitor.upload(bot.url, 'u1', 'a.csv', new Uint8Array(5))).toBe(503);
      }
      await pause(Math.max(0, until - performance.now()));
      await house.server.start();
      await isReady(bot, 200);
      await everybodyHears(officers);
    }
    expect(await connections(house)).toBeLessThanOrEqual(MOST_CONNECTIONS);
    await working.stop();
    expect(new Set(officers.flatMap((each) => each.refusals()))).toEqual(new Set([503]));
    await expectGoodEnd(bot);
  },
  120_000 + 2 * AWAY_MS,
);

it('a program that is told to end while the database is gone ends all the same', async () => {
  const { bot, officers, work } = await worldOn(house, { mode: 'polling', patience: PATIENCE });
  void work()
    .stop()
    .catch(() => {});
  await everybodyHears(officers);
  await house.server.kill();
  await isReady(bot, 503);
  const { code } = await bot.stop();
  await house.server.start();
  expect(code, bot.lines.join('\n')).not.toBeNull();
  expect(bot.lines.join('\n')).not.toMatch(/unhandled/i);
}, 60_000);
