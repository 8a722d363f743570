// The page in a real browser when sending fails: a server that goes away, a store that fails, answers that are not ours, a refusal.
import { describe, expect, it } from 'vitest';
import { NO_BROWSER } from './support/browser.ts';
import { usePhone } from './support/web-phone.ts';

/** What a browser writes to its console about a server that is not there. */
const UNREACHABLE =
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|status of 503/;

describe.skipIf(NO_BROWSER)('the web chat when sending fails', () => {
  const open = usePhone();

  it('goes on when the server comes back, and then sends once what was typed meanwhile', async () => {
    const { bot, page, sees, settled, type, holds, texts, mine, picture, complaints } = await open();
    await sees('II.1');
    expect(complaints).toEqual([]);
    await bot.stop();
    await holds('document.querySelector("#state").dataset.state !== "open"');
    await type('17');
    await type('18');
    await page.locator('.mark', { hasText: 'Chưa gửi được, sẽ tự gửi lại' }).first().waitFor();
    await picture('server-down');
    // A reload forgets nothing that was not sent; the page itself needs the server, so only its storage is looked at.
    expect(await page.evaluate('JSON.parse(localStorage.getItem("chitieu-unsent")).length')).toBe(2);
    await bot.start();
    await sees('II.3');
    await settled();
    expect(texts().slice(1)).toEqual(['17', '18']);
    expect(await page.locator('#state').textContent()).toBe('Đã kết nối');
    expect(await mine()).toEqual(['Bắt đầu', '17', '18']);
    expect(complaints.filter((line) => !UNREACHABLE.test(line))).toEqual([]);
  });

  it('keeps a message that could not be stored, through a reload, and sends it when it can be', async () => {
    const { bot, page, sees, settled, type, texts } = await open();
    await sees('II.1');
    bot.turn = () => Promise.reject(new Error('the disk is full'));
    await type('19');
    await page.locator('.mark', { hasText: 'Chưa gửi được' }).waitFor();
    await page.reload();
    await page.locator('#pending .bubble', { hasText: '19' }).waitFor();
    bot.turn = async () => {};
    await sees('II.2');
    await settled();
    expect(texts().slice(1)).toEqual(['19']);
  });

  it('takes a message as sent only when our server says so', async () => {
    const { page, sees, type, texts } = await open();
    await sees('II.1');
    let lies = 2;
    await page.route('**/api/send', (route) => {
      lies -= 1;
      return lies >= 0
        ? route.fulfill({ status: lies === 1 ? 200 : 403, body: '<html>Đăng nhập wifi</html>' })
        : route.continue();
    });
    await type('20');
    await sees('II.2');
    expect(texts().slice(1)).toEqual(['20']);
  });

  it('says what was refused and gives the words back', async () => {
    const { page, sees, type } = await open();
    await sees('II.1');
    await page.route('**/api/send', (route) => route.fulfill({ status: 413, json: { error: 'too-long' } }));
    await type('21');
    await page.getByRole('button', { name: 'Sửa và gửi lại' }).click();
    expect(await page.locator('#text').inputValue()).toBe('21');
    expect(await page.locator('#pending > *').count()).toBe(0);
  });
});
