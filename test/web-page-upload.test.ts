// Sending files on the page in a real browser: by the keyboard, by dropping, too large, and while the server is away.
import { describe, expect, it } from 'vitest';
import { NO_BROWSER } from './support/browser.ts';
import { usePhone } from './support/web-phone.ts';

describe.skipIf(NO_BROWSER)('a file on the page', () => {
  const open = usePhone();
  const LIST = { name: 'đơn vị <b>1</b>.csv', mimeType: 'text/csv', buffer: Buffer.from('ma,ten\n1,A\n') };

  it('is chosen with the keyboard, sent once, and shown by its name as plain text', async () => {
    const { bot, page, sees, mine, settled, complaints, picture } = await open();
    await sees('II.1');
    const button = page.getByRole('button', { name: 'Gửi tệp' });
    await settled();
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.press('Enter')]);
    await chooser.setFiles({ ...LIST, name: 'don-vi.csv' });
    await expect.poll(mine).toContain('📎 don-vi.csv');
    await settled();
    expect([...bot.uploaded.values()].map((bytes) => Buffer.from(bytes).toString())).toEqual([
      'ma,ten\n1,A\n',
    ]);
    await picture('upload');
    await page.locator('#chosen').setInputFiles({ ...LIST, name: '<b>ảnh.csv' });
    await expect.poll(mine).toContain('📎 <b>ảnh.csv');
    expect(await page.locator('#messages .mine b').count()).toBe(0);
    expect(complaints).toEqual([]);
    const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(wide).toBe(false);
  });

  it('is dropped on the page, which says where', async () => {
    const { bot, page, sees, mine } = await open();
    await sees('II.1');
    const data = await page.evaluateHandle(
      '(() => { const data = new DataTransfer(); data.items.add(new File(["ma,ten"], "tha.csv")); return data; })()',
    );
    await page.dispatchEvent('body', 'dragover', { dataTransfer: data });
    expect(await page.getByText('Thả tệp vào đây').isVisible()).toBe(true);
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
    expect(await page.getByText('Thả tệp vào đây').isVisible()).toBe(false);
    await expect.poll(mine).toContain('📎 tha.csv');
    expect(bot.uploaded.size).toBe(1);
  });

  it('that is too large says so and is not sent; one that could not be sent can be sent again', async () => {
    const { bot, page, sees, mine } = await open();
    await sees('II.1');
    await page.locator('#chosen').setInputFiles({ ...LIST, buffer: Buffer.alloc(10 * 1024 * 1024 + 1) });
    await page.locator('.refused', { hasText: 'lớn quá 10 MB' }).waitFor();
    expect(bot.uploaded.size).toBe(0);
    bot.turn = () => Promise.reject(new Error('the disk is full'));
    await page.locator('#chosen').setInputFiles({ ...LIST, name: 'lai.csv' });
    const refused = page.locator('.refused', { hasText: 'Chưa gửi được tệp' });
    await refused.waitFor();
    bot.turn = async () => {};
    await refused.getByRole('button', { name: 'Gửi lại' }).click();
    await expect.poll(mine).toContain('📎 lai.csv');
    await page.locator('.refused').getByRole('button', { name: 'Gửi lại' }).first().waitFor();
    expect(await page.locator('.refused').count()).toBe(1);
  });
});
