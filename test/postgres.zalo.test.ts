// Two of the real program over one database with Zalo: whichever gets an event, the refresh token, which works once, is spent once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { startZaloOa } from './stand-ins/zalo-oa.ts';
import { postgresServer } from './support/postgres.ts';
import { freePort, prepare, start } from './support/process.ts';
import { startRelay } from './support/relay.ts';
import { enter } from './support/zalo-office.ts';
import { zaloChat } from './support/zalo-officer.ts';

const FORM = 'so-cong-thuong-ha-nam';
const cleanup: (() => unknown)[] = [];
afterAll(async () => {
  for (const each of cleanup.reverse()) await each();
});

it('two instances that start and renew at the same time spend every refresh token once, and both go on sending', async () => {
  const server = await postgresServer();
  cleanup.push(() => server.stop());
  const root = await mkdtemp(join(tmpdir(), 'chitieu-zalo-two-'));
  cleanup.push(() => rm(root, { recursive: true, force: true }));
  const url = await server.freshUrl();
  const codeOf = (id: string): string => `code-for-${id}-with-22-letters`;
  const units = ['phong-1', 'phong-2', 'phong-3', 'phong-4'];
  const openings = units.map((id) => ({ id, template: FORM, unit: id, period: '2024-6T', code: codeOf(id) }));
  await prepare(join(root, 'unused'), openings, url);
  const zalo = await startZaloOa();
  cleanup.push(() => zalo.stop());
  const ports = [await freePort(), await freePort()];
  const address = await startRelay(ports.map((port) => `http://127.0.0.1:${port}`));
  cleanup.push(() => address.close());
  zalo.deliverTo(`${address.url}/webhook/zalo-oa`);
  const bots = await Promise.all(
    ports.map((port) =>
      start({
        ...{
          DATABASE_URL: url,
          DATA_DIR: join(root, String(port)),
          PORT: String(port),
          PUBLIC_URL: address.url,
        },
        ...{ ZALO_OA_ID: zalo.oaId, ZALO_APP_ID: zalo.appId, ZALO_APP_SECRET: zalo.appSecret },
        ...{ ZALO_OA_SECRET_KEY: zalo.oaSecret, ZALO_REFRESH_TOKEN: zalo.refreshToken },
        ...{ ZALO_API_ROOT: zalo.apiRoot, ZALO_OAUTH_ROOT: zalo.oauthRoot, ZALO_ZBS_ROOT: zalo.zbsRoot },
      }),
    ),
  );
  for (const bot of bots) cleanup.push(() => bot.kill());
  const officers = units.map(() => zaloChat(zalo.user(), { patience: 20_000 }));
  await Promise.all(officers.map((each, n) => enter(each, codeOf(units[n] ?? ''))));
  expect(zalo.tokens()).toMatchObject({ refreshes: 1, refused: 0 });

  zalo.advance(26 * 3_600_000);
  await Promise.all(officers.map((each) => each.say('12')));
  await Promise.all(officers.map((each) => each.hears(/^✓/)));
  expect(zalo.tokens()).toMatchObject({ refreshes: 2, refused: 0 });

  expect((await bots[0]?.stop())?.code).toBe(0);
  zalo.advance(26 * 3_600_000);
  await Promise.all(officers.map((each) => each.say('13')));
  await Promise.all(officers.map((each) => each.hears(/^✓/)));
  expect(zalo.tokens()).toMatchObject({ refreshes: 3, refused: 0 });
  expect((await bots[1]?.stop())?.code).toBe(0);
}, 60_000);
