// Makes the pictures of README, docs/huong-dan.md and docs/huong-dan-dau-moi.md from the real program and the real page: `npm run pictures`.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { sha256 } from '../src/codes.ts';
import type { Campaign } from '../src/domain/campaign.ts';
import { instantOf, localTime } from '../src/domain/clock.ts';
import type { Unit } from '../src/domain/people.ts';
import { openStorage } from '../storage/open.ts';
import { launchBrowser } from './support/browser.ts';
import { stand } from './support/office.ts';
import { allTemplates, TIMEZONE } from './support/world.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const PHONE = { width: 390, height: 844 };
const PORT = '3987';

/** Starts the bot and waits until it says that it runs. */
function start(folder: string): Promise<{ said: string; stop: () => Promise<void> }> {
  const bot = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: folder, PORT, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => bot.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    bot.kill('SIGTERM');
    await ended;
  };
  return new Promise((resolve, reject) => {
    bot.once('exit', () => reject(new Error('the bot did not start')));
    bot.stdout.once('data', (data: Buffer) => resolve({ said: data.toString(), stop }));
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

const DAY = 86_400_000;

/** An office with communes in every state, put into the store before the bot starts; the code that lets its coordinator in. */
async function prepareOffice(dataDir: string): Promise<string> {
  const storage = await openStorage({ dataDir });
  const template = (await allTemplates()).find(({ id }) => id === 'ubnd-thi-xa-nga-nam');
  if (!template) throw new Error('the form is gone');
  const text = readFileSync(join(root, 'test/whole-period/communes.tsv'), 'utf8');
  const lines = text.split('\n').filter((line) => /^\d/.test(line));
  const office: Unit = { id: 'so-nv', name: 'Sở Nội vụ', kind: 'sở' };
  const units = lines.slice(0, 24).map((line): Unit => {
    const [id = '', name = '', kind = ''] = line.split('\t');
    return { id, name, kind, parent: office.id };
  });
  const now = Date.now();
  const at = (days: number) => new Date(now + days * DAY).toISOString();
  const due = instantOf(`${localTime(at(2), TIMEZONE).day}T16:00`, TIMEZONE) ?? at(2);
  const period = { kind: 'quarter', year: new Date(now).getFullYear(), quarter: 3 } as const;
  const campaign: Campaign = {
    ...{ id: 'ky', template: { id: template.id, version: template.version }, period, due },
    ...{ cutoff: `${period.year}-09-14`, createdAt: at(-9), office: office.id },
    units: units.map(({ id }) => id),
  };
  const code = randomBytes(16).toString('hex');
  await storage.commit({
    ...{ event: 'pictures', at: at(-9), by: 'operator', conversation: 'operator:pictures', outgoing: [] },
    changes: [
      ...[office, ...units].map((unit) => ({ type: 'unit_set', unit }) as const),
      { type: 'campaign_set', campaign },
      {
        type: 'invitation_set',
        invitation: {
          ...{ id: sha256(code), unit: office.id, role: 'coordinator', name: 'Trần Thị Hoa' },
          ...{ createdAt: at(0), expiresAt: at(1) },
        },
      },
    ],
    expects: { reports: {} },
  });
  for (const [n, { id }] of units.entries()) {
    if (n % 6 === 0) continue;
    if (n % 6 < 3) await stand({ storage, template, campaign }, id, { answered: 17 * (n % 10) + 20 });
    else
      await stand({ storage, template, campaign }, id, { sent: { at: at(-n / 24) }, accepted: n % 6 === 5 });
  }
  await storage.close();
  return code;
}

/** What a coordinator sees: the board in the chat, and its picture. */
async function coordinatorPictures(browser: Browser, code: string): Promise<void> {
  const page = await browser.newPage(VIEW);
  await page.goto(`http://127.0.0.1:${PORT}/i/${code}`);
  await page.getByText('Chọn một đơn vị').waitFor();
  await page.waitForTimeout(600);
  await page
    .locator('#messages > li')
    .last()
    .evaluate((last) => last.scrollIntoView({ block: 'start' }));
  await picture(page, 'tien-do');
  await page.close();
}

const VIEW = {
  viewport: PHONE,
  deviceScaleFactor: 2,
  colorScheme: 'light',
  locale: 'vi-VN',
} as const;
/** What an officer sees, on the sample that an empty store opens. */
async function officerPictures(browser: Browser, link: string): Promise<void> {
  const page = await browser.newPage(VIEW);
  await page.goto(link);
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
  await page.close();
}

/** Runs the bot on a folder of its own while `use` does something with it; `said` is what it printed at the start. */
async function withBot(folder: string, use: (said: string) => Promise<void>): Promise<void> {
  const bot = await start(folder);
  try {
    await use(bot.said);
  } finally {
    await bot.stop();
  }
}

const folders = ['officer', 'office'].map((name) => mkdtempSync(join(tmpdir(), `chitieu-pictures-${name}-`)));
const [sample = '', office = ''] = folders;
const browser = await launchBrowser();
try {
  await withBot(sample, (said) => officerPictures(browser, /http:\S+\/i\/\S+/.exec(said)?.[0] ?? ''));
  const code = await prepareOffice(office);
  await withBot(office, () => coordinatorPictures(browser, code));
} finally {
  await browser.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
