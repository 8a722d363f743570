// Posts to the web chat without a socket: which are refused, and what becomes of the others.
import { describe, expect, it } from 'vitest';
import { createBuckets } from '../src/channels/limiter.ts';
import { GOOD, HOME, openOffice } from './support/web-office.ts';

describe('a post', () => {
  it('is refused unless our own page sent it', async () => {
    const chat = await openOffice({ publicUrl: 'https://chitieu.example.vn' });
    const cookie = await chat.visit();
    const body = { id: 'c1', text: '5' };
    const tries: [Record<string, string>, number][] = [
      [{ 'content-type': 'application/json', origin: HOME }, 403],
      [{ 'x-chitieu': '1', 'content-type': 'text/plain', origin: HOME }, 403],
      [{ ...GOOD, origin: 'https://evil.example' }, 403],
      [{ ...GOOD, origin: 'http://localhost:8080' }, 403],
      [{ ...GOOD, origin: 'null' }, 403],
      [{ ...GOOD, 'sec-fetch-site': 'cross-site' }, 403],
      [{ ...GOOD, 'sec-fetch-site': 'same-site' }, 403],
    ];
    for (const [headers, status] of tries)
      expect([headers, (await chat.post('/api/send', body, cookie, headers)).status]).toEqual([
        headers,
        status,
      ]);
    expect(chat.events).toEqual([]);
    expect(chat.refusals).toContainEqual({
      from: 'https://evil.example',
      expected: 'https://chitieu.example.vn',
    });
    for (const headers of [
      GOOD,
      { ...GOOD, origin: 'https://chitieu.example.vn', 'sec-fetch-site': 'same-origin' },
      { 'content-type': 'application/json; charset=utf-8', 'x-chitieu': '1' },
    ])
      expect((await chat.post('/api/send', body, cookie, headers)).status).toBe(200);
    expect(chat.events).toHaveLength(3);
  });

  it('without a cookie is answered 401, so that the page says hello again', async () => {
    const chat = await openOffice();
    expect((await chat.post('/api/send', { id: 'c1', text: '5' })).status).toBe(401);
    expect((await chat.post('/api/send', { id: 'c1', text: '5' }, 'ct=short')).status).toBe(401);
    expect(chat.events).toEqual([]);
  });

  it('is refused when it is too large, and a text when it is too long', async () => {
    const chat = await openOffice();
    const cookie = await chat.visit();
    expect(
      (await chat.post('/api/send', { id: 'c1', text: 'x', more: 'y'.repeat(65 * 1024) }, cookie)).status,
    ).toBe(413);
    expect((await chat.post('/api/send', { id: 'c1', text: 'ệ'.repeat(8001) }, cookie)).status).toBe(413);
    expect((await chat.post('/api/send', { id: 'c1', text: 'ệ'.repeat(8000) }, cookie)).status).toBe(200);
  });

  it('is refused when it is not what our page sends', async () => {
    const chat = await openOffice();
    const cookie = await chat.visit();
    const wrong: [string, unknown][] = [
      ['/api/send', '{"id":'],
      ['/api/send', null],
      ['/api/send', { text: '5' }],
      ['/api/send', { id: 'a:b', text: '5' }],
      ['/api/send', { id: 'c1', text: 5 }],
      ['/api/send', { id: 'c1', text: ' \u0000\n ' }],
      ['/api/press', { id: 'c1', action: '' }],
      ['/api/press', { id: 'c1', action: 'x'.repeat(65) }],
      ['/api/press', { id: 'c1', action: 'có' }],
      ['/api/press', { id: 'c1', action: 'a\nb' }],
      ['/api/start', { id: 'c1', code: 'a b' }],
    ];
    for (const [path, body] of wrong)
      expect([path, body, (await chat.post(path, body, cookie)).status]).toEqual([path, body, 400]);
    expect(chat.events).toEqual([]);
  });

  it('becomes an event whose id is the same when the page repeats itself', async () => {
    const chat = await openOffice();
    const cookie = await chat.visit();
    await chat.post('/api/send', { id: 'c1', text: ' 5.971;\r\ntính đến 14/9 ' }, cookie);
    await chat.post('/api/send', { id: 'c1', text: ' 5.971;\r\ntính đến 14/9 ' }, cookie);
    await chat.post('/api/press', { id: 'c2', action: 'v:1', label: 'Có' }, cookie);
    const conversation = chat.events[0]?.conversation;
    expect(chat.events.map(({ at, ...event }) => event)).toEqual([
      { id: `${conversation}:c1`, conversation, type: 'text', text: '5.971;\ntính đến 14/9' },
      { id: `${conversation}:c1`, conversation, type: 'text', text: '5.971;\ntính đến 14/9' },
      { id: `${conversation}:c2`, conversation, type: 'button', action: 'v:1' },
    ]);
  });

  it('leaves out what a database could not store', async () => {
    const chat = await openOffice();
    await chat.post('/api/send', '{"id":"c1","text":"a\\u0000b\\ud800c\\u0007"}', await chat.visit());
    expect(chat.events).toMatchObject([{ text: 'ab\ufffdc' }]);
  });

  it('is answered only when the turn is stored, and 503 when it could not be', async () => {
    const chat = await openOffice();
    const cookie = await chat.visit();
    let stored = () => {};
    chat.world.receive = () => new Promise<void>((resolve) => (stored = resolve));
    let answered = false;
    const waiting = Promise.resolve(chat.post('/api/send', { id: 'c1', text: '5' }, cookie)).then(
      (response) => {
        answered = true;
        return response.status;
      },
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(answered).toBe(false);
    stored();
    expect(await waiting).toBe(200);
    chat.world.receive = () => Promise.reject(new Error('the disk is full'));
    expect((await chat.post('/api/send', { id: 'c2', text: '5' }, cookie)).status).toBe(503);
    await chat.channel.stop();
    expect((await chat.post('/api/send', { id: 'c3', text: '5' }, cookie)).status).toBe(503);
  });

  it('is refused after a burst, for one visitor and for one address, and allowed again later', async () => {
    const chat = await openOffice();
    const cookie = await chat.visit();
    const statuses: number[] = [];
    for (let n = 0; n < 170; n += 1)
      statuses.push((await chat.post('/api/send', { id: `c${n}`, text: '5' }, cookie)).status);
    expect(statuses.slice(0, 140).every((status) => status === 200)).toBe(true);
    expect(statuses).toContain(429);
    let now = 0;
    const { take: allow } = createBuckets(20, 3, 2, () => now);
    expect([allow('a'), allow('a'), allow('a'), allow('a'), allow('b')]).toEqual([
      true,
      true,
      true,
      false,
      true,
    ]);
    now = 50;
    expect([allow('a'), allow('a')]).toEqual([true, false]);
    // Only two keys are remembered: "a" was used longest ago and starts anew.
    allow('b');
    allow('c');
    expect([allow('a'), allow('a')]).toEqual([true, true]);
  });
});
