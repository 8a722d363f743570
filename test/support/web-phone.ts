// A person with a phone in front of the web chat: opens the page of a bot in Chromium, presses, types and looks.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type Bot, createBot } from './web-bot.ts';

/** A folder for pictures of the page, when somebody wants to look at it. */
const PICTURES = process.env.WEB_PICTURES;

export type Phone = {
  readonly bot: Bot;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser wrote to its console. */
  readonly complaints: readonly string[];
  /** Every address that the page asked for. */
  readonly asked: readonly string[];
  bubbles(): Promise<string[]>;
  /** The words of the person that have come back from the server. */
  mine(): Promise<string[]>;
  press(label: string): Promise<void>;
  type(words: string): Promise<void>;
  /** Waits for a message with these words. */
  sees(words: string): Promise<void>;
  /** Waits until a JavaScript expression is true on the page. */
  holds(expression: string): Promise<void>;
  /** Waits until nothing is on its way to the server. */
  settled(): Promise<void>;
  /** The texts that the bot was sent, and the types of its other events. */
  texts(): string[];
  picture(name: string): Promise<void>;
};

/** Starts one browser for the tests of a suite; the function it gives opens a page on a bot of its own. */
export function usePhone(): (path?: string, options?: BrowserContextOptions) => Promise<Phone> {
  let browser: Browser | undefined;
  let opened: { bot: Bot; context?: BrowserContext } | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await opened?.context?.close();
    await opened?.bot.stop();
    opened = undefined;
  });
  return async (path = '/i/MA-MOI-1', options = {}) => {
    if (!browser) throw new Error('the browser is not started');
    const bot = createBot();
    opened = { bot };
    await bot.start();
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      ...options,
    });
    opened = { bot, context };
    return visit(bot, context, path);
  };
}

async function visit(bot: Bot, context: BrowserContext, path: string): Promise<Phone> {
  const page = await context.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (line) => line.type() !== 'log' && complaints.push(line.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(bot.url + path);
  const box = page.locator('#text');
  // The page's content policy forbids Playwright's own way of polling.
  const holds = (expression: string) =>
    expect.poll(() => page.evaluate(expression).catch(() => false), { timeout: 10_000 }).toBe(true);
  return {
    bot,
    context,
    page,
    complaints,
    asked,
    bubbles: () => page.locator('#messages .bubble').allTextContents(),
    mine: () => page.locator('#messages .mine .bubble').allTextContents(),
    press: (name) => page.getByRole('button', { name, exact: true }).last().click(),
    async type(words) {
      await box.fill(words);
      await box.press('Enter');
    },
    sees: (words) => page.locator('#messages .bubble', { hasText: words }).last().waitFor(),
    holds,
    settled: () => holds('document.querySelector("#pending").childElementCount === 0'),
    texts: () => [...bot.handled.values()].map((event) => (event.type === 'text' ? event.text : event.type)),
    async picture(name) {
      if (PICTURES) await page.screenshot({ path: `${PICTURES}/web-${name}.png` });
    },
  };
}
