// What every answer says about itself, whatever was asked and by whom.
import { describe, expect, it } from 'vitest';
import { openHouse } from './house.ts';

const PATHS: readonly (readonly [method: string, path: string])[] = [
  ...(['/', '/i/MA', '/page.js', '/page.css', '/health', '/api/stream', '/api/file/1', '/nope'] as const).map(
    (path) => ['GET', path] as const,
  ),
  ...(['/api/pictures/1/0', '/webhook/zalo-oa', '/..%2f..%2fetc/passwd', '/__proto__'] as const).map(
    (path) => ['GET', path] as const,
  ),
  ...(['/api/hello', '/api/send', '/api/press', '/api/start', '/api/upload?id=1'] as const).map(
    (path) => ['POST', path] as const,
  ),
  ...(['/webhook/telegram', '/webhook/zalo-bot', '/webhook/zalo-oa', '/nope'] as const).map(
    (path) => ['POST', path] as const,
  ),
  ...(['DELETE', 'PUT', 'PATCH', 'OPTIONS', 'PROPFIND'] as const).map(
    (method) => [method, '/api/send'] as const,
  ),
];

describe('Every answer', () => {
  it.each(PATHS)(
    'to %s %s forbids sniffing, framing and leaking where one came from',
    async (method, path) => {
      const house = await openHouse();
      const response = await house.request(path, { method });
      expect(response.status).toBeLessThan(500);
      const { headers } = response;
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers.get('cache-control')).toMatch(/no-store|no-cache/);
      // Nobody else's page may read anything, and nobody learns what we are made of.
      for (const name of ['access-control-allow-origin', 'server', 'x-powered-by'])
        expect(headers.has(name)).toBe(false);
    },
  );

  it('to a hello gives a cookie that no script and no other site can use', async () => {
    const house = await openHouse();
    const headers = { 'content-type': 'application/json', 'x-chitieu': '1', origin: 'http://localhost' };
    const { headers: given } = await house.request('/api/hello', { method: 'POST', headers, body: '{}' });
    const cookie = given.get('set-cookie') ?? '';
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(part);
    expect(/ct=([^;]+)/.exec(cookie)?.[1]?.length).toBe(32);
  });
});
