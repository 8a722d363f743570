// Coming to the page in a real browser: an invitation, no invitation, a link on another site, a lost cookie, a file, reading back.
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { NO_BROWSER } from './support/browser.ts';
import { usePhone } from './support/web-phone.ts';

describe.skipIf(NO_BROWSER)('a visit to the web chat', () => {
  const open = usePhone();

  it('by an invitation uses it once, takes the code out of the address, and shows the first question', async () => {
    const { bot, page, sees, texts, bubbles, picture, complaints, asked } = await open();
    await sees('II.1');
    expect(new URL(page.url()).pathname).toBe('/');
    expect(texts()).toEqual(['/start MA-MOI-1']);
    await page.reload();
    await sees('II.1');
    expect(texts()).toEqual(['/start MA-MOI-1']);
    expect(await page.locator('#messages strong').first().textContent()).toBe('Lan');
    expect(await page.locator('#state').textContent()).toBe('Đã kết nối');
    expect(await bubbles()).not.toContain('/start MA-MOI-1');
    await picture('question');
    expect(complaints).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(`${bot.url}/`) && !url.startsWith('data:'))).toEqual([]);
  });

  it('without a code explains the page, and the bot answers', async () => {
    const { page, sees, texts, picture, complaints } = await open('/');
    await page.getByRole('heading', { name: 'Xin chào anh/chị' }).waitFor();
    await picture('welcome');
    expect(texts()).toEqual([]);
    await page.getByRole('button', { name: 'Bắt đầu' }).click();
    await sees('Anh/chị chưa được mời');
    expect(await page.locator('#welcome').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('knows the visitor again who comes by a link on another site', async () => {
    const { bot, context, page, sees, holds } = await open();
    await sees('II.1');
    expect(await context.cookies()).toMatchObject([{ name: 'ct', sameSite: 'Strict', httpOnly: true }]);
    const elsewhere = createHttpServer((_, response) =>
      response.setHeader('content-type', 'text/html').end(`<a href="${bot.url}/i/MA-MOI-1">x</a>`),
    );
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    await page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`);
    // The link must really be one of another site: the page itself is asked for without the cookie.
    const coming = page.waitForRequest(`${bot.url}/i/MA-MOI-1`);
    await page.locator('a').click();
    expect((await (await coming).allHeaders()).cookie).toBeUndefined();
    await holds('document.querySelectorAll("#messages .mine").length === 2');
    elsewhere.closeAllConnections();
    elsewhere.close();
    expect(new Set([...bot.handled.values()].map((event) => event.conversation)).size).toBe(1);
  });

  it('says hello before anything else, and asks again until the server answers', async () => {
    const { bot, page, asked, sees, texts } = await open('/health');
    const paths = () => asked.map((url) => new URL(url).pathname);
    let away = true;
    await page.route('**/api/hello', (route) =>
      away ? route.fulfill({ status: 502, body: '<html>Bad gateway</html>' }) : route.continue(),
    );
    await page.goto(`${bot.url}/i/MA-MOI-2`);
    const hellos = () => paths().filter((path) => path === '/api/hello').length;
    await expect.poll(hellos, { timeout: 10_000 }).toBeGreaterThan(1);
    expect(paths()).not.toContain('/api/stream');
    expect(paths()).not.toContain('/api/start');
    away = false;
    await sees('II.1');
    expect(texts()).toEqual(['/start MA-MOI-2']);
    expect(bot.stored.size).toBe(1);
  });

  it('says that the server refuses this page, as it does when its public address is set wrongly', async () => {
    const { bot, page } = await open('/health');
    await page.route('**/api/hello', (route) => route.fulfill({ status: 403, json: { error: 'forbidden' } }));
    await page.goto(`${bot.url}/i/MA-MOI-2`);
    await page.locator('#state', { hasText: 'Máy chủ từ chối' }).waitFor();
    await page.locator('.refused', { hasText: 'Máy chủ không nhận tin từ trang này.' }).waitFor();
  });

  it('shows nothing of the old conversation after the cookie was lost', async () => {
    const { bot, context, sees, type, holds, mine } = await open();
    await sees('II.1');
    await context.clearCookies();
    await type('23');
    await holds(
      'document.querySelectorAll("#messages .mine").length === 1 && document.querySelector("#pending").childElementCount === 0',
    );
    expect(await mine()).toEqual(['23']);
    expect(bot.stored.size).toBe(2);
  });

  it('gets a new cookie by itself when the live connection has to be made anew without one', async () => {
    const { bot, context, page, sees, holds } = await open();
    await sees('II.1');
    await context.clearCookies();
    await bot.stop();
    await bot.start();
    await page.getByRole('heading', { name: 'Xin chào anh/chị' }).waitFor();
    await holds('document.querySelector("#state").dataset.state === "open"');
    expect(await page.locator('#messages > *').count()).toBe(0);
    expect((await context.cookies()).map(({ name }) => name)).toEqual(['ct']);
  });

  it('sends a quick command under its Vietnamese name and offers the file as a card that downloads', async () => {
    const { bot, page, sees, settled, mine, picture } = await open();
    await sees('II.1');
    await page.locator('#menu-button').click();
    await picture('menu');
    await page.getByRole('button', { name: 'Tải bảng' }).click();
    await sees('Bảng số liệu của anh/chị');
    await settled();
    expect((await mine()).at(-1)).toBe('Tải bảng');
    const coming = page.waitForEvent('download');
    await page.locator('.file').click();
    expect((await coming).suggestedFilename()).toBe('phu-luc.xlsx');
    await picture('file');
    bot.files = false;
    await page.locator('.file').click();
    await page.locator('.file', { hasText: 'Anh/chị không còn tải được bảng này.' }).waitFor();
    await page.route('**/api/file/**', (route) => route.fulfill({ status: 503 }));
    await page.locator('.file').click();
    await page.locator('.file', { hasText: 'Chưa tải được' }).waitFor();
  });

  it('keeps its place when somebody reads back, and offers the way to the newest message', async () => {
    const { bot, context, page, sees, settled, type } = await open();
    await sees('II.1');
    await type('/dai');
    await sees('Dòng 60');
    await settled();
    await page.evaluate('document.querySelector("#log").scrollTop = 0');
    await page.waitForTimeout(100);
    const other = await context.newPage();
    await other.goto(bot.url);
    await other.getByRole('button', { name: 'Giữ nguyên 12', exact: true }).click();
    await page.locator('#newest').waitFor();
    expect(await page.evaluate('document.querySelector("#log").scrollTop')).toBe(0);
    await page.locator('#newest').click();
    await page.locator('#newest').waitFor({ state: 'hidden' });
    expect(
      await page.evaluate(
        '(l => l.scrollHeight - l.scrollTop - l.clientHeight < 5)(document.querySelector("#log"))',
      ),
    ).toBe(true);
  });
});
