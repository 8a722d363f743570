// The real program whose line to the database is slow, breaks off or falls silent: nothing is lost, nothing comes twice, and it goes on.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { badLine } from '../support/bad-line.ts';
import { visit } from '../support/visitor.ts';
import {
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

/** How long the page waits for an answer to a post (ms). */
const PAGE_PATIENCE = 30_000;

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => leaveHouse(house));
afterAll(() => house.server.stop());

it('a line that is slow, breaks off in the middle of answers, and falls silent loses nothing and doubles nothing', async () => {
  const port = Number(new URL(await house.server.freshUrl()).port);
  const line = await badLine(port);
  house.cleanup.push(() => line.close());
  const { bot, officers, work } = await worldOn(house, {
    mode: 'webhook',
    through: line.through,
    patience: 60_000,
  });
  const working = work();
  await everybodyHears(officers);
  line.delay(150);
  await everybodyHears(officers);
  line.delay(0);
  line.breakWithin(20_000);
  await pause(4_000);
  line.breakWithin(undefined);
  await everybodyHears(officers);

  line.stall();
  const visitor = await visit(bot.url);
  const from = performance.now();
  const post = visitor.post(bot.url, '/api/send', { id: 'p1', text: 'xin chào' });
  await isReady(bot, 503);
  expect(await statusOf(bot, '/health')).toBe(200);
  expect(await post).toBe(503);
  expect(performance.now() - from).toBeLessThan(PAGE_PATIENCE);
  line.flow();
  await isReady(bot, 200);
  await everybodyHears(officers);

  line.freeze();
  await everybodyHears(officers);
  await isReady(bot, 200);
  await working.stop();
  expect(line.open()).toBeLessThanOrEqual(MOST_CONNECTIONS);
  await expectGoodEnd(bot);
}, 150_000);
