// How much one person and one address may send: who is told to slow down, who never is, and that nothing acknowledged is lost by it.
import type { Hono } from 'hono';
import { describe, expect, it, vi } from 'vitest';
import { createBuckets } from '../../src/channels/limiter.ts';
import { addressOf, isProxy } from '../../src/channels/web-address.ts';
import { createFlood } from '../../src/flood.ts';
import { createServer } from '../../src/server.ts';
import { TROUBLE } from '../../src/text/menu.ts';
import { openHouse, SECRET_HEADERS } from './house.ts';

const plain = (out: { message: { text: readonly unknown[] } }): string => out.message.text.join('');

/** A request as it comes over a connection from this address. */
const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } });

describe('A conversation that never stops', () => {
  const open = async (clock = { now: 0 }) => {
    const flood = createFlood({ perMinute: 60, burst: 100, now: () => clock.now });
    return { clock, house: await openHouse({ flood }) };
  };
  const notes = async (house: Awaited<ReturnType<typeof openHouse>>): Promise<number> =>
    (await house.history('officer', 'telegram')).filter(({ change }) => change.type === 'answer_set').length;

  it('is told so once; what was acknowledged before is stored, what comes after changes nothing', async () => {
    const { house } = await open();
    const statuses = new Set<number>();
    for (let n = 0; n < 300; n++) statuses.add(await house.say('telegram', 'officer', `/ghichu số ${n}`));
    expect(statuses).toEqual(new Set([200]));
    // One of a hundred was spent on joining.
    expect(await notes(house)).toBe(99);
    const said = (await house.heard()).map(plain);
    expect(said.filter((each) => each === TROUBLE.tooFast)).toHaveLength(1);
    expect(said.at(-1)).toBe(TROUBLE.tooFast);
  });

  it('keeps nobody else waiting, and is heard again after ten quiet seconds', async () => {
    const { house, clock } = await open();
    for (let n = 0; n < 150; n++) await house.say('telegram', 'officer', `/ghichu số ${n}`);
    expect(await house.say('telegram', 'honest', '/ghichu của tôi')).toBe(200);
    expect(JSON.stringify(await house.history('honest', 'telegram'))).toContain('của tôi');
    clock.now = 9_000;
    await house.say('telegram', 'officer', '/ghichu còn sớm');
    clock.now = 18_000;
    await house.say('telegram', 'officer', '/ghichu vẫn sớm');
    expect(await notes(house)).toBe(99);
    clock.now = 28_100;
    await house.say('telegram', 'officer', '/ghichu đã yên');
    expect(await notes(house)).toBe(100);
    await house.heard();
    for (let n = 0; n < 100; n++) await house.say('telegram', 'officer', `/ghichu lại ${n}`);
    expect((await house.heard()).map(plain).filter((each) => each === TROUBLE.tooFast)).toHaveLength(1);
  });

  it('is told again when that could not be stored, and what could not be stored counts for nothing', async () => {
    const { house } = await open();
    for (let n = 0; n < 99; n++) await house.say('telegram', 'officer', `/ghichu số ${n}`);
    house.storeIsAway(true);
    for (let n = 0; n < 50; n++) expect(await house.say('telegram', 'officer', '/ghichu x')).toBe(500);
    house.storeIsAway(false);
    await house.heard();
    expect(await house.say('telegram', 'officer', '/ghichu x')).toBe(200);
    expect((await house.heard()).map(plain)).toEqual([TROUBLE.tooFast]);
  });

  it('is not one that catches up with two thousand answers at once, as the program is set', async () => {
    const flood = createFlood({ perMinute: 300, burst: 2_000, now: () => 0 });
    const event = { id: 'e', conversation: 'telegram:1', at: '', type: 'text', text: '1' } as const;
    const verdicts = Array.from({ length: 2_002 }, () => flood.judge(event));
    expect(verdicts.slice(0, 2_000).every((each) => each === 'take')).toBe(true);
    expect(verdicts.slice(2_000)).toEqual(['tell', 'drop']);
    expect(flood.judge({ ...event, type: 'forget' })).toBe('take');
    const free = createFlood({ perMinute: 0, burst: 1, now: () => 0 });
    expect([free.judge(event), free.judge(event), free.judge(event)]).toEqual(['take', 'take', 'take']);
  });
});

describe('A webhook called with the wrong secret', () => {
  it.each(['telegram', 'zalo-oa', 'zalo-bot'] as const)(
    'of %s answers 429 after a while, to that address alone, and never to whoever has the right one',
    async (platform) => {
      const house = await openHouse();
      const body = JSON.stringify(house.typed(platform, 'stranger', 'xin chào'));
      const wrong = (address: string) =>
        house.post(platform, { body, headers: { [SECRET_HEADERS[platform]]: 'sai' }, env: from(address) });
      const statuses: number[] = [];
      for (let n = 0; n < 40; n++) statuses.push((await wrong('203.0.113.5')).status);
      const usual = platform === 'zalo-oa' ? 200 : 401;
      expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => usual));
      expect(statuses.at(-1)).toBe(429);
      expect((await wrong('203.0.113.5')).headers.get('retry-after')).toBe('60');
      expect((await wrong('203.0.113.6')).status).toBe(usual);
      expect((await house.post(platform, { body, env: from('203.0.113.5') })).status).toBe(200);
      expect(await house.heard()).toHaveLength(1);
    },
  );
});

describe('Somebody on the web who has not joined', () => {
  it('may try sixty times from one address, whatever cookie they take, and colleagues go on', async () => {
    const house = await openHouse();
    const env = from('203.0.113.9');
    const statuses: number[] = [];
    for (let n = 0; n < 70; n++) {
      const headers = { ...SECRET_HEADERS.web, cookie: `ct=visitor-number-${n}-of-this-address` };
      const body = JSON.stringify({ id: `g${n}`, code: `${'A'.repeat(20)}${n}` });
      statuses.push((await house.post('web', { body, path: '/api/start', headers, env })).status);
    }
    expect(statuses.slice(0, 60).every((each) => each === 200)).toBe(true);
    expect(statuses.slice(60)).toEqual(Array.from({ length: 10 }, () => 429));
    const body = JSON.stringify(house.typed('web', 'honest', '/ghichu của tôi'));
    expect((await house.post('web', { body, who: 'honest', env })).status).toBe(200);
    expect((await house.storage.sessions()).length).toBeLessThan(80);
  });
});

describe('The address of a visitor', () => {
  const found = async (peer: string, forwarded: string | undefined, proxies: readonly string[] = []) => {
    const routes = [{ routes: (app: Hono) => void app.get('/who', (c) => c.text(addressOf(c))) }];
    const { app } = createServer({
      ...{ routes, health: () => ({}), host: '0.0.0.0', port: 0, log: { error: () => {} } },
      trustedProxies: proxies,
    });
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
    return (await app.request('/who', { headers }, from(peer))).text();
  };

  it.each([
    ['203.0.113.5', '198.51.100.1', [], '203.0.113.5'],
    ['127.0.0.1', '198.51.100.1', [], '198.51.100.1'],
    ['::1', '198.51.100.1', [], '198.51.100.1'],
    ['::ffff:127.0.0.1', '1.1.1.1, 198.51.100.1', [], '198.51.100.1'],
    ['10.0.0.7', '198.51.100.1', [], '10.0.0.7'],
    ['10.0.0.7', '198.51.100.1', ['10.0.0.0/8'], '198.51.100.1'],
    ['10.0.0.7', '9.9.9.9, 198.51.100.1, 10.0.0.8', ['10.0.0.0/8'], '198.51.100.1'],
    ['127.0.0.1', 'unknown', [], '127.0.0.1'],
    ['127.0.0.1', undefined, [], '127.0.0.1'],
    ['127.0.0.1', '127.0.0.1', [], '127.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', undefined, [], '2001:db8:1:2::/64'],
    ['2001:db8::6', undefined, [], '2001:db8:0:0::/64'],
    ['fd00::2', '2001:db8::9', ['fd00::/8'], '2001:db8:0:0::/64'],
  ] as const)(
    '%s that forwards %s, with %j trusted, counts as %s',
    async (peer, forwarded, proxies, address) => {
      expect(await found(peer, forwarded, proxies)).toBe(address);
    },
  );

  it('is trusted only as an address or a network', () => {
    expect(['10.0.0.1', '10.0.0.0/8', 'fd00::/8', '::1'].every(isProxy)).toBe(true);
    expect(['proxy', '10.0.0.0/33', '10.0.0', '*', '10.0.0.1/8/8', ''].some(isProxy)).toBe(false);
  });
});

describe('What is remembered about who sent how much', () => {
  it('never grows beyond its bound', () => {
    const now = vi.fn(() => 0);
    const buckets = createBuckets(1, 1, 100, now);
    expect(buckets.take('first')).toBe(true);
    expect(buckets.take('first')).toBe(false);
    for (let n = 0; n < 100; n++) buckets.take(`address ${n}`);
    expect(buckets.has('first')).toBe(true);
  });
});
