// The Zalo Bot stand-in as the reader of pictures: it is given an address and fetches it more than once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, call, listen } from './zalo-bot/bench.ts';
import { startZaloBot, type ZaloBotStandIn } from './zalo-bot.ts';

const PNG = Buffer.from('89504e470d0a1a0a00', 'hex');
const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');

let zalo: ZaloBotStandIn;
beforeEach(async () => {
  zalo = await startZaloBot();
});
afterEach(() => zalo.stop());

/** A person whom the bot may write to. */
function known() {
  const user = zalo.user();
  user.say('xin chào');
  return user;
}

describe('Sending a picture', () => {
  const fetched: string[] = [];
  let files: Awaited<ReturnType<typeof listen>>;
  beforeEach(async () => {
    fetched.length = 0;
    files = await listen(({ url = '', method }, response) => {
      fetched.push(`${method} ${url}`);
      const first = fetched.length === 1;
      if (url === '/a.png' || (url === '/once.png' && first))
        response.writeHead(200, { 'content-type': 'image/png' }).end(PNG);
      else if (url === '/a.jpg') response.writeHead(200, { 'content-type': 'image/jpeg' }).end(JPEG);
      else if (url === '/changing')
        response
          .writeHead(200, { 'content-type': 'image/png' })
          .end(Buffer.concat([PNG, Buffer.from([+first])]));
      else if (url === '/typeless') response.writeHead(200).end(PNG);
      else if (url === '/page.png') response.writeHead(200, { 'content-type': 'image/png' }).end('<html>');
      else response.writeHead(404).end();
    });
  });
  afterEach(() => files.stop());

  const photo = (chat_id: string, path: string, more: object = {}): Promise<Answer> =>
    call(zalo, 'sendPhoto', { chat_id, photo: `${files.url}${path}`, ...more });

  it('fetches it twice and shows it with its caption', async () => {
    const user = known();
    expect(await photo(user.id, '/a.png', { caption: 'Bảng *1*' })).toMatchObject({ ok: true });
    expect(await photo(user.id, '/a.jpg')).toMatchObject({ ok: true });
    expect(fetched).toEqual(['GET /a.png', 'GET /a.png', 'GET /a.jpg', 'GET /a.jpg']);
    expect(user.messages()).toMatchObject([
      { kind: 'photo', text: 'Bảng *1*', photoUrl: `${files.url}/a.png`, photo: PNG },
      { kind: 'photo', text: '', photo: JPEG },
    ]);
  });

  it.each(['/once.png', '/changing', '/typeless', '/page.png', '/missing'])('refuses %s', async (path) => {
    const user = known();
    expect(await photo(user.id, path)).toMatchObject({ ok: false, error_code: 400 });
    expect(user.messages()).toEqual([]);
  });

  it('refuses a caption that is empty or longer than 2,000 characters before it fetches anything', async () => {
    const user = known();
    expect(await photo(user.id, '/a.png', { caption: '' })).toMatchObject({ error_code: 400 });
    expect(await photo(user.id, '/a.png', { caption: 'a'.repeat(2001) })).toMatchObject({ error_code: 400 });
    expect(fetched).toEqual([]);
  });

  it('takes public addresses only: https that leads somewhere, or this machine when that is allowed', async () => {
    const user = known();
    const at = (url: string) => call(zalo, 'sendPhoto', { chat_id: user.id, photo: url });
    for (const url of [
      'a.png',
      'http://bot.example/a.png',
      'https://localhost/a.png',
      'https://bot.example/a.png',
    ])
      expect(await at(url)).toMatchObject({ ok: false, error_code: 400 });
    zalo.set({ local: false, hosts: { 'https://bot.example': files.url } });
    expect(await at(`${files.url}/a.png`)).toMatchObject({ ok: false, error_code: 400 });
    expect(await at('https://bot.example/a.png')).toMatchObject({ ok: true });
  });
});
