// A phone in front of the web chat of the running program: opens an invitation, types, presses, sends a file, is photographed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { smallPng } from './small-png.ts';

const FOLDER = fileURLToPath(new URL('../../docs/anh', import.meta.url));
const VIEW = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 1.5,
  colorScheme: 'light',
  locale: 'vi-VN',
} as const;
/** A phone with Android has this font; the machine that makes the pictures need not. */
const FONTS = fileURLToPath(new URL('../../node_modules/pdfmake/fonts/Roboto', import.meta.url));
/** On a busy machine a turn may take long. */
const PATIENCE_MS = 30_000;
/** What the page still moves after a message has come: fonts, the way down to it. */
const REST_MS = 700;
/** Room above what is shown, below it where more follows, and at the end of the talk (pixels). */
const [ABOVE, BELOW, AT_END] = [9, 6, 21];
/** The height of a tall phone, for what is just too long for the usual one. */
const TALLEST = 915;

export type Phone = {
  readonly page: Page;
  /** Waits for a message with these words. */
  sees(words: string): Promise<void>;
  /** Types words, sends them, and waits for the answer. */
  say(words: string): Promise<void>;
  /** Types words into the box and leaves them there. */
  draft(words: string): Promise<void>;
  /** Presses the newest button with this label and waits for what comes of it. */
  press(label: string | RegExp): Promise<void>;
  sendFile(name: string, bytes: Uint8Array): Promise<void>;
  /** The newest invitation link that was said. */
  linkSaid(): Promise<string>;
  /** The newest file that was offered. */
  fileSaid(): Promise<Uint8Array>;
  /** Writes docs/anh/<name>.png: the end of the talk, or what begins at the newest message with these words (to those words). */
  picture(name: string, from?: string, to?: string): Promise<void>;
  close(): Promise<void>;
};

/** Somebody opens this link on a phone and has been greeted. */
export async function openPhone(browser: Browser, link: string): Promise<Phone> {
  // The page's content policy would forbid the font.
  const context = await browser.newContext({ ...VIEW, bypassCSP: true });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(link);
  await page.addStyleTag({ content: phoneFont() });
  const messages = page.locator('#messages > li');
  const rest = () => page.waitForTimeout(REST_MS);
  /** Waits until the bot has answered what was just sent, and nothing is on its way any more. */
  const answered = async (before: number): Promise<void> => {
    await messages.nth(before).waitFor({ state: 'attached' });
    await page.locator('#pending:empty').waitFor({ state: 'attached' });
    await page.locator('#messages > li:last-child:not(.mine)').waitFor({ state: 'attached' });
    await rest();
  };
  const box = page.locator('#text');
  await page.locator('#messages > li:not(.mine)').first().waitFor();
  await rest();
  return {
    page,
    async sees(words) {
      await page.locator('#messages .bubble', { hasText: words }).last().waitFor();
      await rest();
    },
    async say(words) {
      const before = await messages.count();
      await box.fill(words);
      await box.press('Enter');
      await answered(before);
    },
    draft: (words) => box.fill(words),
    async press(label) {
      const before = await messages.count();
      await page.getByRole('button', { name: label }).last().click();
      // The answer may stand above, in the place of the question.
      await messages.nth(before).waitFor({ state: 'attached' });
      await page.locator('#pending:empty').waitFor({ state: 'attached' });
      await rest();
    },
    async sendFile(name, bytes) {
      const before = await messages.count();
      await page
        .locator('#chosen')
        .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
      await answered(before);
    },
    async linkSaid() {
      const said = await page.locator('#messages .bubble', { hasText: '/i/' }).last().textContent();
      return /http:\S+\/i\/\S+/.exec(said ?? '')?.[0] ?? '';
    },
    async fileSaid() {
      const address = await page.locator('#messages a.file').last().getAttribute('href');
      const response = await page.request.get(new URL(address ?? '', page.url()).href);
      return response.body();
    },
    async picture(name, from, to = '') {
      const item = from === undefined ? undefined : messages.filter({ hasText: from }).last();
      const last = page.locator('#messages').locator('.bubble, button').filter({ hasText: to }).last();
      if (item) await beginWith(page, item, last, to === '' ? AT_END : BELOW);
      writeFileSync(join(FOLDER, `${name}.png`), await smallPng(await page.screenshot()));
      await page.setViewportSize(VIEW.viewport);
    },
    close: () => context.close(),
  };
}

/** Brings this message to the upper edge; the page becomes as low as what is to be seen, so that nothing older or newer is. */
async function beginWith(page: Page, item: Locator, last: Locator, below: number): Promise<void> {
  const [top, around] = await item.evaluate((first): [number, number] => [
    first.getBoundingClientRect().top,
    innerHeight - (first.closest('#log')?.clientHeight ?? 0),
  ]);
  const end = await last.evaluate((element) => element.getBoundingClientRect().bottom);
  const height = Math.ceil(end - top) + around + ABOVE + below;
  await page.setViewportSize({ ...VIEW.viewport, height: Math.min(height, TALLEST) });
  await page.waitForTimeout(REST_MS);
  await item.evaluate((first, above) => {
    const log = first.closest('#log');
    log?.scrollBy(0, first.getBoundingClientRect().top - log.getBoundingClientRect().top - above);
  }, ABOVE);
  await page.waitForTimeout(REST_MS);
}

function phoneFont(): string {
  const face = (file: string, weight: string): string =>
    `@font-face { font-family: Roboto; font-weight: ${weight}; src: url(data:font/ttf;base64,${readFileSync(join(FONTS, file), 'base64')}); }`;
  return [
    face('Roboto-Regular.ttf', '400'),
    face('Roboto-Medium.ttf', '500 900'),
    'body { font-family: Roboto, sans-serif; }',
  ].join('\n');
}
