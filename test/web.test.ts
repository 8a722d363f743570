// The web chat without a socket: who a visitor is, what every answer carries, and to whom a file is given.
import { describe, expect, it } from 'vitest';
import { conversationOf, cookieOf, GOOD, message, openOffice } from './support/web-office.ts';

describe('a visitor', () => {
  it('gets a random cookie with the first hello, is the same conversation ever after, and keeps it fresh', async () => {
    const chat = await openOffice();
    const first = await chat.hello();
    expect([first.status, await first.json()]).toEqual([200, { ok: true }]);
    const flags = first.headers.get('set-cookie') ?? '';
    expect(flags).toMatch(/^ct=[A-Za-z0-9_-]{32};/);
    expect(flags).toContain('HttpOnly');
    expect(flags).toContain('SameSite=Strict');
    expect(flags).toContain('Path=/');
    expect(flags).toContain('Max-Age=34560000');
    expect(flags).not.toContain('Secure');
    const again = await chat.hello(cookieOf(first));
    expect(again.headers.get('set-cookie')).toBe(flags);
    expect(await conversationOf(chat, cookieOf(first))).toMatch(/^web:[0-9a-f]{32}$/);
    expect(await conversationOf(chat, await chat.visit())).not.toBe(
      await conversationOf(chat, cookieOf(first)),
    );
  });

  it('gets no cookie from anything but a hello, above all not from the page behind a link', async () => {
    const chat = await openOffice();
    const cookie = await chat.visit();
    for (const path of ['/', '/i/x', '/page.js', '/api/stream', '/api/file/1', '/api/hello'])
      for (const headers of [{}, { cookie: 'ct=short' }, { cookie }]) {
        const response = await chat.app.request(path, { headers });
        expect([path, response.headers.get('set-cookie')]).toEqual([path, null]);
        await response.body?.cancel();
      }
    const sent = await chat.post('/api/send', { id: 'c1', text: '5' });
    expect([sent.status, sent.headers.get('set-cookie')]).toEqual([401, null]);
  });

  it('gets neither a stream nor a file without a usable cookie', async () => {
    const chat = await openOffice();
    for (const path of ['/api/stream', '/api/file/1'])
      for (const headers of [{}, { cookie: 'ct=short' }])
        expect([path, (await chat.app.request(path, { headers })).status]).toEqual([path, 401]);
  });

  it('gets no cookie by a hello that our own page did not say', async () => {
    const chat = await openOffice();
    const { 'x-chitieu': _, ...unmarked } = GOOD;
    for (const headers of [
      unmarked,
      { ...GOOD, 'content-type': 'text/plain' },
      { ...GOOD, origin: 'https://evil.example' },
      { ...GOOD, 'sec-fetch-site': 'cross-site' },
    ]) {
      const refused = await chat.hello(undefined, headers);
      expect([refused.status, refused.headers.get('set-cookie')]).toEqual([403, null]);
    }
  });

  it('gets a Secure cookie when the public address is https', async () => {
    const chat = await openOffice({ publicUrl: 'https://chitieu.example.vn' });
    expect((await chat.hello()).headers.get('set-cookie')).toContain('Secure');
    expect(chat.channel.inviteLink('AbC-1')).toBe('https://chitieu.example.vn/i/AbC-1');
  });

  it('gets a new cookie in place of one that is not ours', async () => {
    const chat = await openOffice();
    expect(cookieOf(await chat.hello('ct=short'))).toMatch(/^ct=[A-Za-z0-9_-]{32}$/);
  });

  it('does not use up an invitation by opening its link, only by the page posting it', async () => {
    const chat = await openOffice();
    const page = await chat.app.request('/i/SECRET-CODE');
    expect(page.status).toBe(200);
    expect(await page.text()).not.toContain('SECRET-CODE');
    expect(chat.events).toEqual([]);
    const posted = await chat.post('/api/start', { id: 'c1', code: 'SECRET-CODE' }, await chat.visit());
    expect(posted.status).toBe(200);
    expect(chat.events).toMatchObject([{ type: 'text', text: '/start SECRET-CODE' }]);
  });
});

describe('answers', () => {
  it('carry a strict content policy and forbid sniffing, framing and storing', async () => {
    const chat = await openOffice();
    for (const path of ['/', '/i/x', '/page.js', '/page.css', '/api/stream', '/api/file/1']) {
      const { headers } = await chat.app.request(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('cache-control')).toBe(path.startsWith('/page.') ? 'no-cache' : 'no-store');
    }
  });

  it('send a script again only when it has changed', async () => {
    const chat = await openOffice();
    const etag = (await chat.app.request('/page.js')).headers.get('etag') ?? '';
    const again = await chat.app.request('/page.js', { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('serve every file that the page and its scripts name', async () => {
    const chat = await openOffice();
    const html = await (await chat.app.request('/')).text();
    const named = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(4);
    for (const path of named) {
      const response = await chat.app.request(path);
      expect([path, response.status]).toEqual([path, 200]);
      const imports = [...(await response.text()).matchAll(/ from '\.(\/[^']+)'/g)].map((match) => match[1]);
      for (const file of imports) expect(named).toContain(file);
    }
  });
});

describe('the pictures of a message', () => {
  it('are counted for and given to the conversation it was sent to, and to nobody else', async () => {
    const chat = await openOffice();
    const [mine, other] = [await chat.visit(), await chat.visit()];
    const withPictures = (seq: number, report: string) => ({
      ...message(seq),
      message: { text: [], pictures: { report } },
    });
    const conversation = await conversationOf(chat, mine);
    chat.stored[conversation] = [
      message(1),
      withPictures(2, 'r1'),
      withPictures(3, 'gone'),
      withPictures(4, 'taken'),
    ];
    const get = (path: string, cookie?: string) =>
      chat.app.request(`/api/pictures/${path}`, cookie === undefined ? {} : { headers: { cookie } });
    expect(await (await get('2', mine)).json()).toEqual({ count: 2 });
    const picture = await get('2/0', mine);
    expect([picture.status, await picture.text()]).toEqual([200, 'r1']);
    expect(picture.headers.get('content-disposition')).toBe('inline');
    expect(picture.headers.get('cache-control')).toBe('no-store');
    for (const [path, cookie, status] of [
      ...([
        ['2/2', mine, 404],
        ['2/x', mine, 404],
        ['1', mine, 404],
        ['1/0', mine, 404],
      ] as const),
      ...([
        ['3', mine, 503],
        ['3/0', mine, 503],
        ['4', mine, 404],
        ['4/0', mine, 404],
      ] as const),
      ...([
        ['2', other, 404],
        ['2/0', other, 404],
        ['2', undefined, 401],
        ['2/0', undefined, 401],
      ] as const),
    ])
      expect([path, (await get(path, cookie)).status]).toEqual([path, status]);
  });
});

describe('a file', () => {
  it('is given to the conversation it was sent to, and to nobody else', async () => {
    const chat = await openOffice();
    const [mine, other] = [await chat.visit(), await chat.visit()];
    const withFile = (seq: number, report: string) => ({
      ...message(seq),
      message: { text: [], file: { report } },
    });
    const conversation = await conversationOf(chat, mine);
    chat.stored[conversation] = [message(1), withFile(2, 'r1'), withFile(3, 'gone'), withFile(4, 'taken')];
    const get = (seq: string, cookie: string) =>
      chat.app.request(`/api/file/${seq}`, { headers: { cookie } });
    const response = await get('2', mine);
    expect([response.status, await response.text()]).toEqual([200, 'r1']);
    expect(response.headers.get('content-type')).toBe('application/x-test');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="phu_l_c__1_.xlsx"');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await get('2', other)).status).toBe(404);
    for (const [seq, status] of [
      ['1', 404],
      ['9', 404],
      ['x', 404],
      ['3', 503],
      ['4', 404],
    ] as const)
      expect([seq, (await get(seq, mine)).status]).toEqual([seq, status]);
    // The maker is asked whether this conversation may still have it.
    expect(chat.filesFor).toEqual([conversation, conversation, conversation]);
  });
});
