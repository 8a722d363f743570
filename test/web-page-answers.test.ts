// Answering in a real browser at the size of a phone: buttons, typed words, the keyboard, and how the page looks.
import { describe, expect, it } from 'vitest';
import { NO_BROWSER } from './support/browser.ts';
import { usePhone } from './support/web-phone.ts';

describe.skipIf(NO_BROWSER)('answering in the web chat', () => {
  const open = usePhone();

  it('with a button turns the question into its answer, and only the newest buttons stand out', async () => {
    const { page, press, sees, settled, bubbles, type, picture, complaints } = await open();
    await sees('II.1');
    await press('Giữ nguyên 12');
    await sees('II.2');
    await settled();
    expect((await bubbles()).filter((text) => text.includes('khảo sát'))).toEqual([
      '✓ Số cơ quan, đơn vị đã thực hiện khảo sát: Giữ nguyên 12',
    ]);
    expect(await page.locator('.asks').count()).toBe(1);
    await type('/start X');
    await settled();
    expect(await page.locator('.asks.current').count()).toBe(1);
    expect(await page.locator('.asks.current').textContent()).toContain('II.1');
    // Older buttons are quieter, yet dark enough to be read (a contrast of 4.5 : 1 with the ground).
    const [older, newest] = (await page.evaluate(`['.asks:not(.current)', '.asks.current'].map((place) => {
      const light = (color) => color.match(/[\\d.]+/g).slice(0, 3).map(Number)
        .map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
      const look = getComputedStyle(document.querySelector(place + ' .choice'));
      const ground = light(getComputedStyle(document.body).backgroundColor);
      return { weight: Number(look.fontWeight), contrast: (ground + 0.05) / (light(look.color) + 0.05),
        border: (ground + 0.05) / (light(look.borderColor) + 0.05) };
    })`)) as { weight: number; contrast: number; border: number }[];
    if (!older || !newest) throw new Error('there are no two questions');
    expect(older.contrast).toBeGreaterThan(4.5);
    expect(older.contrast).toBeLessThan(newest.contrast - 0.5);
    expect(older.border).toBeLessThan(newest.border / 2);
    expect(older.weight).toBeLessThan(newest.weight);
    await page.locator('.asks:not(.current)').getByRole('button', { name: 'Có', exact: true }).click();
    await sees('✓ Đã ban hành');
    await picture('answered');
    expect(complaints).toEqual([]);
  });

  it('with a button shows its words at once, and once only when the stored message takes their place', async () => {
    const { bot, page, press, sees, settled, mine, holds } = await open();
    await sees('II.1');
    let store = () => {};
    bot.turn = () => new Promise((resolve) => (store = resolve));
    await page.evaluate(`window.counts = new Set();
      new MutationObserver(() => window.counts.add(
        [...document.querySelectorAll('.mine .bubble')].filter((e) => e.textContent === 'Giữ nguyên 12').length))
        .observe(document.body, { childList: true, subtree: true })`);
    await press('Giữ nguyên 12');
    await page.locator('#pending .bubble', { hasText: 'Giữ nguyên 12' }).waitFor();
    expect(await mine()).toEqual(['Bắt đầu']);
    await holds('document.querySelector("#pending .mark").textContent === "Đang gửi…"');
    store();
    await sees('II.2');
    await settled();
    expect(await mine()).toEqual(['Bắt đầu', 'Giữ nguyên 12']);
    expect(await page.evaluate('[...window.counts]')).toEqual([1]);
    expect([...bot.handled.values()].at(-1)?.type).toBe('button');
    bot.turn = async () => {};
    await page.reload();
    await sees('II.2');
    expect(await mine()).toEqual(['Bắt đầu', 'Giữ nguyên 12']);
  });

  it('by typing sends several lines with Shift and Enter, and shows them at the right once', async () => {
    const { page, sees, settled, texts, mine, type, complaints } = await open();
    await sees('II.1');
    await page.locator('#text').pressSequentially('12; tính đến');
    await page.keyboard.press('Shift+Enter');
    await page.locator('#text').pressSequentially('ngày 14/9 <b>&amp;');
    await page.keyboard.press('Enter');
    await sees('II.2');
    await settled();
    expect(texts().at(-1)).toBe('12; tính đến\nngày 14/9 <b>&amp;');
    expect(await mine()).toEqual(['Bắt đầu', '12; tính đến\nngày 14/9 <b>&amp;']);
    expect(await page.locator('#text').inputValue()).toBe('');
    await type('x'.repeat(8001));
    expect(await page.locator('#problem').textContent()).toContain('8.000');
    expect((await page.locator('#text').inputValue()).length).toBe(8001);
    expect(complaints).toEqual([]);
  });

  it('does not send while an input method is composing a letter', async () => {
    const { page, sees, texts } = await open();
    await sees('II.1');
    await page.locator('#text').fill('tie');
    await page.locator('#text').dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    await page.locator('#text').press('Enter');
    await sees('II.2');
    expect(texts()).toEqual(['/start MA-MOI-1', 'tie']);
  });

  it('can be done with the keyboard alone', async () => {
    const { page, sees, holds, picture } = await open();
    await sees('II.1');
    expect(await page.evaluate('document.activeElement.id')).toBe('text');
    for (let n = 0; n < 7; n += 1) await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Giữ nguyên 12');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await picture('keyboard');
    await page.keyboard.press('Enter');
    await sees('II.2');
    // The pressed button is gone, and the focus went on to the next question.
    await holds('document.activeElement.textContent === "Có"');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await sees('II.3');
    for (let n = 0; n < 12 && (await page.evaluate('document.activeElement.id')) !== 'menu-button'; n += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await holds('document.activeElement.dataset.command === "/baocao"');
    await page.keyboard.press('Escape');
    expect(await page.locator('#menu').isVisible()).toBe(false);
    expect(await page.evaluate('document.activeElement.id')).toBe('menu-button');
  });

  it('fits a small phone in dark mode, with targets large enough to touch and no sideways scrolling', async () => {
    const { page, press, sees, settled, type, picture, complaints } = await open('/i/X', {
      viewport: { width: 360, height: 740 },
      colorScheme: 'dark',
      hasTouch: true,
      isMobile: true,
    });
    await sees('II.1');
    await press('Giữ nguyên 12');
    await sees('II.2');
    await type('Có, theo Kế hoạch số 15/KH-UBND ngày 14/01/2022 của UBND thị xã');
    await sees('II.3');
    await settled();
    await picture('dark');
    await page.locator('#menu-button').click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const small = await page.evaluate(
      `[...document.querySelectorAll('button, textarea, a')].filter((e) => e.offsetParent && e.offsetHeight < 44).length`,
    );
    expect(small).toBe(0);
    const fonts = await page.evaluate(
      `Math.min(...[...document.querySelectorAll('body *')].filter((e) => e.offsetParent && e.textContent.trim()).map((e) => parseFloat(getComputedStyle(e).fontSize)))`,
    );
    expect(fonts).toBeGreaterThanOrEqual(16);
    expect(complaints).toEqual([]);
  });
});
