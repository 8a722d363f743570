// The real program killed while it renews the access of the Official Account: started again, it renews at once and goes on sending.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { enter, openZaloOffice, type ZaloOffice } from './support/zalo-office.ts';

const TOKEN_PATH = '/v4/oa/access_token';
const UNIT = 'phong-1';

let office: ZaloOffice;
beforeAll(async () => {
  const form = { template: 'so-cong-thuong-ha-nam', period: '2024-6T' };
  office = await openZaloOffice([{ ...form, id: UNIT, unit: 'Phòng 1' }]);
});
afterAll(() => office?.close());

it('an officer who writes while the access is renewed is answered as soon as the program is back from a kill', async () => {
  const { zalo } = office;
  const code = await office.invite('Lan', UNIT);
  await office.start();
  const lan = office.person();
  await enter(lan, code);
  const before = zalo.calls(TOKEN_PATH).length;
  // The access token ends; the call that renews it never reaches Zalo's books, and never comes back.
  zalo.advance(26 * 3_600_000);
  zalo.fault(TOKEN_PATH, { kind: 'hang' });
  await lan.say('12');
  await vi.waitFor(() => expect(zalo.calls(TOKEN_PATH)).toHaveLength(before + 1), 10_000);
  await office.kill();
  const left = await office.look((storage) => storage.channelState('zalo-oa'));
  expect(left?.state).toMatchObject({ tokens: { refreshing: {} } });
  await office.start();
  // Far sooner than the lease of the dead process ends.
  await vi.waitFor(() => expect(zalo.tokens()).toMatchObject({ refreshes: 2, refused: 0 }), 15_000);
  await lan.hears(/^✓/);
});
