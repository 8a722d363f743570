// The pictures of a message in a real browser: shown in a strip that keeps its height, opened large by a tap, asked for only when seen.
import { describe, expect, it } from 'vitest';
import { appendixSheets } from '../src/sheets/layout.ts';
import { drawPictures } from '../src/sheets/picture.ts';
import { campaignOf, shortForm } from './sheets/documents.ts';
import { NO_BROWSER } from './support/browser.ts';
import { usePhone } from './support/web-phone.ts';

/** Two pages of a small form. */
async function drawn() {
  const template = shortForm();
  const report = { answers: {}, notes: {}, explanations: {}, overrides: {} };
  const unit = { id: 'u1', name: 'UBND thị xã Ngã Năm', kind: 'thị xã' };
  const sheets = appendixSheets({ template, report, unit, campaign: campaignOf(template, '2026-Q1') });
  const [page] = await drawPictures(sheets);
  if (!page) throw new Error('nothing was drawn');
  return [1, 2].map((n) => ({ name: `${n}.png`, type: 'image/png', bytes: page }));
}

describe.skipIf(NO_BROWSER)('the pictures of a message on the page', () => {
  const open = usePhone();

  it('stand below its words, and open large on a page of their own', async () => {
    const { bot, context, page, sees, type, holds, picture, complaints } = await open();
    const pages = await drawn();
    bot.draw = async () => pages;
    await sees('II.1');
    await type('/anh');
    await sees('Ảnh bảng đây ạ.');
    await holds(
      '[...document.querySelectorAll(".pictures img")].filter((each) => each.naturalWidth === 1080).length === 2',
    );
    expect(await page.locator('.pictures img').first().getAttribute('alt')).toBe('Ảnh bảng số liệu 1/2');
    await picture('pictures');
    const opening = context.waitForEvent('page');
    await page.locator('.picture').first().click();
    const large = await opening;
    await large.waitForLoadState();
    expect(new URL(large.url()).pathname).toMatch(/^\/api\/pictures\/\d+\/0$/);
    expect(complaints).toEqual([]);
  });

  it('are not asked for before somebody looks at them', async () => {
    const { asked, page, sees, type, settled, holds } = await open();
    await sees('II.1');
    await type('/anh');
    await holds('document.querySelector(".pictures") === null');
    await type('/anh');
    await type('/dai');
    await sees('Dòng 60');
    await settled();
    const before = asked.filter((url) => url.includes('/api/pictures/')).length;
    await page.reload();
    await sees('Dòng 60');
    await page.waitForTimeout(200);
    expect(asked.filter((url) => url.includes('/api/pictures/'))).toHaveLength(before);
  });

  it('say when they cannot be had, now or any more', async () => {
    const { bot, page, sees, type } = await open();
    bot.draw = async () => {
      throw new Error('no fonts');
    };
    await sees('II.1');
    await type('/anh');
    const again = page.getByRole('button', { name: 'Chưa tải được ảnh. Bấm để thử lại.' });
    await again.waitFor();
    bot.draw = async () => undefined;
    await again.click();
    await page.getByText('Anh/chị không còn xem được ảnh này.').waitFor();
  });
});
