// The HTTP server: its health page, the names and ports it answers to, and a stop that does not wait for open streams.
import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createServer } from '../src/server.ts';
import { cookieOf, GOOD, openOffice } from './support/web-office.ts';

describe('the server', () => {
  const log = { error: () => {} };
  const plain = { routes: [], health: () => ({ unsent: 3 }), port: 0, log };

  it('says how it is, and plainly that a page does not exist', async () => {
    const { app } = createServer({ ...plain, host: '127.0.0.1' });
    expect(await (await app.request('/health')).json()).toEqual({ status: 'ok', unsent: 3 });
    const missing = await app.request('/wp-login.php');
    expect([missing.status, await missing.text()]).toEqual([404, 'Không tìm thấy trang này.']);
  });

  it('answers on this machine only to its own names', async () => {
    const local = createServer({ ...plain, host: '127.0.0.1', publicUrl: 'https://chitieu.example.vn' });
    const ask = async (app: Hono, host: string) => (await app.request(`http://${host}/health`)).status;
    for (const host of ['localhost:8080', '127.0.0.1', '[::1]:99', 'chitieu.example.vn'])
      expect(await ask(local.app, host)).toBe(200);
    expect(await ask(local.app, 'evil.example:8080')).toBe(403);
    expect(await ask(createServer({ ...plain, host: '0.0.0.0' }).app, '10.0.0.5:8080')).toBe(200);
  });

  it('names the port that is taken and what to do', async () => {
    const first = await createServer({ ...plain, host: '127.0.0.1' }).listen();
    const port = Number(new URL(first.url).port);
    const second = createServer({ ...plain, host: '127.0.0.1', port }).listen();
    await expect(second).rejects.toThrow(
      new RegExp(`Cổng ${port} đang được chương trình khác sử dụng.*PORT`),
    );
    await first.close();
  });

  it('closes within two seconds although a stream is open, and the stream is given up on both sides', async () => {
    const chat = await openOffice();
    const server = await createServer({ ...plain, host: '127.0.0.1', routes: [chat.channel] }).listen();
    const hello = await fetch(`${server.url}/api/hello`, {
      method: 'POST',
      headers: { ...GOOD, origin: server.url },
      body: '{}',
    });
    const cookie = cookieOf(hello);
    const pages = await Promise.all(
      Array.from({ length: 12 }, () => fetch(`${server.url}/api/stream`, { headers: { cookie } })),
    );
    expect((await fetch(`${server.url}/api/stream`, { headers: { cookie } })).status).toBe(503);
    await pages[0]?.body?.cancel();
    await expect
      .poll(async () => (await fetch(`${server.url}/api/stream`, { headers: { cookie } })).status, {
        timeout: 10_000,
      })
      .toBe(200);
    const began = Date.now();
    await server.close();
    expect(Date.now() - began).toBeLessThan(2_000);
    await expect(fetch(`${server.url}/health`)).rejects.toThrow();
  });
});
