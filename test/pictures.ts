// Makes the pictures of README and docs/huong-dan.md from the real program and the real page: `npm run pictures`.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launchBrowser } from './support/browser.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const PHONE = { width: 390, height: 844 };
const PORT = '3987';

/** Starts the bot in an empty folder and waits for the officer's link. */
function start(folder: string): Promise<{ link: string; stop: () => void }> {
  const bot = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: folder, PORT, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    bot.once('exit', () => reject(new Error('the bot did not start')));
    bot.stdout.on('data', (data: Buffer) => {
      const link = /http:\S+\/i\/\S+/.exec(data.toString())?.[0];
      if (link) resolve({ link, stop: () => bot.kill('SIGTERM') });
    });
  });
}

/** Types words and waits until something new was said. */
async function say(page: Page, words: string): Promise<void> {
  const said = await page.locator('#messages > li').count();
  await page.locator('#text').fill(words);
  await page.locator('#text').press('Enter');
  await page
    .locator('#messages > li')
    .nth(said + 1)
    .waitFor({ state: 'attached' });
  await page.waitForTimeout(400);
}

async function press(page: Page, label: string): Promise<void> {
  const said = await page.locator('#messages > li').count();
  await page.getByRole('button', { name: label }).last().click();
  await page.locator('#messages > li').nth(said).waitFor({ state: 'attached' });
  await page.waitForTimeout(600);
}

const picture = (page: Page, name: string) =>
  page.screenshot({ path: join(root, 'docs/anh', `${name}.png`) });

const folder = mkdtempSync(join(tmpdir(), 'chitieu-pictures-'));
const bot = await start(folder);
const browser = await launchBrowser();
try {
  const page = await browser.newPage({
    viewport: PHONE,
    deviceScaleFactor: 2,
    colorScheme: 'light',
    locale: 'vi-VN',
  });
  await page.goto(bot.link);
  await page.getByText('Chỉ tiêu 1/').waitFor();
  await page.waitForTimeout(600);
  await say(page, '60; lũy kế đến 14/9');
  await say(page, '25');
  await picture(page, 'cau-hoi');
  await say(page, '15 nhiệm vụ cụ thể');
  await picture(page, 'hoi-lai');
  await say(page, '26');
  await picture(page, 'canh-bao');
  await say(page, '/sua so nhiem vu da hoan thanh');
  await say(page, '15');
  await say(page, '/nop');
  await press(page, 'Để trống cả');
  await press(page, 'Đã kiểm tra, số liệu đúng');
  await press(page, 'Xác nhận nộp');
  await picture(page, 'bien-nhan');
} finally {
  await browser.close();
  bot.stop();
  rmSync(folder, { recursive: true, force: true });
}
