// A line to the database that falls silent without a word, as firewalls and dead machines leave it: everything goes on over new ones.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgres } from '../storage/postgres.ts';
import { LAN, say, session, text } from './storage.samples.ts';
import { badLine, type Line } from './support/bad-line.ts';
import { postgresServer, type Server } from './support/postgres.ts';

let server: Server;
beforeAll(async () => {
  server = await postgresServer();
});
afterAll(() => server.stop());

async function lineTo(url: string): Promise<Line> {
  return badLine(Number(new URL(url).port));
}

it('an instance whose lines all fell silent hears of the others again within seconds', async () => {
  const url = await server.freshUrl();
  const line = await lineTo(url);
  const one = await openPostgres(line.through(url));
  const other = await openPostgres(url);
  const heard: (string | undefined)[] = [];
  one.onNews((conversation) => void heard.push(conversation));
  let leads: boolean | undefined;
  one.lead('task', (now) => {
    leads = now;
  });
  await one.commit(say('e1', 'một'));
  await expect.poll(() => leads, { timeout: 5_000 }).toBe(true);
  line.freeze();
  // What another instance heard is told by the listening connection alone, and only to whoever has the chat in hand.
  let n = 0;
  await expect
    .poll(
      async () => {
        n += 1;
        const conversation = `web:${n}`;
        const outgoing = [{ conversation, message: text('x') }];
        const stored = await one.commit(say(`m${n}`, 'x', { conversation, outgoing })).catch(() => 'away');
        if (stored !== 'done') return false;
        await other.commit(say(`n${n}`, 'y', { conversation, session: session(conversation) }));
        await pause(300);
        return heard.includes(conversation);
      },
      { timeout: 30_000, interval: 200 },
    )
    .toBe(true);
  await expect.poll(() => leads, { timeout: 10_000 }).toBe(true);
  expect((await one.load({ conversation: LAN, event: 'x' })).handled).toBe(false);
  await one.close();
  await other.close();
  await line.close();
}, 60_000);
