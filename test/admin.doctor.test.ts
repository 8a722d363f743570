// The doctor of the command line, beside a running bot and alone: what it finds well, what it finds wrong, and what it says to do.
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkNetwork } from '../src/admin/doctor-channels.ts';
import { checkSettings } from '../src/admin/doctor-settings.ts';
import { type Config, readConfig } from '../src/config.ts';
import { openStorage } from '../storage/open.ts';
import { startTelegram } from './stand-ins/telegram.ts';
import { startZaloBot } from './stand-ins/zalo-bot.ts';
import { startZaloOa } from './stand-ins/zalo-oa.ts';
import { freePort, prepare, type Running, start } from './support/process.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
let root = '';
const running: Running[] = [];
const standIns: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chitieu-doctor-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.kill()));
  await Promise.all(standIns.splice(0).map((each) => each.stop()));
});
afterAll(() => rm(root, { recursive: true, force: true }));

type Ran = { readonly code: number; readonly out: string };

function doctor(env: Readonly<Record<string, string>>): Promise<Ran> {
  const whole = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env };
  return new Promise((resolve) => {
    const words = ['--import', 'tsx', 'src/admin.ts', 'doctor'];
    execFile(process.execPath, words, { cwd: ROOT, env: whole }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out: out + err }),
    );
  });
}

const linesWith = (out: string, mark: string): string[] =>
  out.split('\n').filter((line) => line.trimStart().startsWith(mark));

async function folderWithWork(name: string): Promise<string> {
  const folder = join(root, name);
  await prepare(folder, [{ template: 'ubnd-thi-xa-nga-nam', unit: 'x', period: '2026-Q1', code: 'a-code' }]);
  await chmod(folder, 0o700);
  return folder;
}

function settings(env: Record<string, string>): Config {
  const read = readConfig(env);
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  return read.config;
}

describe('The doctor', () => {
  it('beside a running bot finds store, forms, channels and clock well, spends no token and shows none', async () => {
    const [telegram, bot, oa] = await Promise.all([startTelegram(), startZaloBot(), startZaloOa()]);
    standIns.push(telegram, bot, oa);
    const env = {
      ...{ DATA_DIR: await folderWithWork('well'), PORT: String(await freePort()) },
      ...{ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot },
      ...{ ZALO_BOT_TOKEN: bot.token, ZALO_BOT_API_ROOT: bot.apiRoot },
      ...{ ZALO_OA_ID: oa.oaId, ZALO_APP_ID: oa.appId, ZALO_APP_SECRET: oa.appSecret },
      ...{ ZALO_OA_SECRET_KEY: oa.oaSecret, ZALO_REFRESH_TOKEN: oa.refreshToken },
      ...{ ZALO_API_ROOT: oa.apiRoot, ZALO_OAUTH_ROOT: oa.oauthRoot, ZALO_ZBS_ROOT: oa.zbsRoot },
    };
    running.push(await start(env));
    const before = oa.tokens().refreshes;
    expect(before).toBeGreaterThan(0);
    const { code, out } = await doctor(env);
    // Without a public address Zalo's account cannot reach us, which is said; nothing else is wrong.
    expect(linesWith(out, '✗').map((line) => line.trim())).toEqual([
      '✗ Zalo Official Account chỉ nhận tin qua webhook nhưng chưa đặt PUBLIC_URL',
    ]);
    expect(code).toBe(1);
    const well = linesWith(out, '✓').join('\n');
    for (const words of [
      'Bot đang chạy (tiến trình ',
      'trả lời /ready: sẵn sàng',
      '1 đơn vị, 0 người, 1 kỳ, 0 báo cáo',
      `Telegram: @${telegram.username}`,
      'Zalo Bot: ',
      'Zalo OA: token làm mới lúc ',
      'Đồng hồ khớp',
      'biểu mẫu đọc được',
    ])
      expect(well).toContain(words);
    for (const secret of [telegram.token, bot.token, oa.appSecret, oa.tokens().access, oa.tokens().refresh])
      expect(out).not.toContain(secret);
    expect(oa.tokens().refreshes).toBe(before);
  });

  it('without a bot and without trouble ends with 0 and changes nothing', async () => {
    const folder = await folderWithWork('alone');
    const before = await readdir(folder);
    const { code, out } = await doctor({ DATA_DIR: folder });
    expect(out).toContain('Bot hiện không chạy trên thư mục này');
    expect(linesWith(out, '✗')).toEqual([]);
    expect(code).toBe(0);
    expect(await readdir(folder)).toEqual(before);
    await (await openStorage({ dataDir: folder })).close();
  });

  it('names what is broken and what to do about it: data, token, a platform that is away', async () => {
    const telegram = await startTelegram();
    standIns.push(telegram);
    const folder = await folderWithWork('broken');
    await writeFile(join(folder, 'state.json'), '{');
    const { code, out } = await doctor({
      ...{ DATA_DIR: folder, TELEGRAM_BOT_TOKEN: '1:very-wrong-token-needle' },
      ...{ TELEGRAM_API_ROOT: telegram.apiRoot, ZALO_BOT_TOKEN: '1:nobody-answers-needle' },
      ...{ ZALO_BOT_API_ROOT: `http://127.0.0.1:${await freePort()}`, TEMPLATES_DIR: join(root, 'none') },
    });
    expect(code).toBe(1);
    const wrong = linesWith(out, '✗').join('\n');
    expect(wrong).toContain('state.json');
    expect(wrong).toMatch(/Telegram từ chối: 401/);
    expect(wrong).toContain('Zalo Bot không trả lời (ECONNREFUSED)');
    expect(out).toContain('@BotFather');
    expect(out).not.toContain('needle');
    expect(linesWith(out, '→').length).toBeGreaterThanOrEqual(linesWith(out, '✗').length);
  });

  it('says everything that is wrong with settings that cannot be read', async () => {
    const { code, out } = await doctor({ PORT: 'abc', TIMEZONE: 'Mars/X', DATA_DIR: join(root, 'no') });
    expect(code).toBe(1);
    expect(out).toContain('PORT');
    expect(out).toContain('TIMEZONE');
  });
});

describe('The doctor on settings', () => {
  const TOKEN = '1:abcdefghij';
  it.each<[string, Record<string, string>, string]>([
    ['an open address without a public one', { HOST: '0.0.0.0' }, 'chưa đặt PUBLIC_URL'],
    ['a public address without https', { PUBLIC_URL: 'http://a.example.vn' }, 'không phải https'],
    ['metrics for everybody', { METRICS_HOST: '0.0.0.0', METRICS_PORT: '9464' }, 'mở ra ngoài'],
    ['metrics on the port of the chat', { METRICS_PORT: '3000' }, 'trùng PORT'],
    ['a secret without its token', { ZALO_BOT_SECRET: 'secret-secret' }, 'khi thiếu ZALO_BOT_TOKEN'],
    ['an app without its account', { ZALO_APP_ID: '123456' }, 'khi thiếu ZALO_OA_ID'],
    [
      'a secret that polling does not need',
      { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_SECRET: 'x'.repeat(16) },
      'TELEGRAM_MODE=polling',
    ],
    [
      'a webhook that nobody can call',
      {
        ...{ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_SECRET: 'x'.repeat(16) },
        PUBLIC_URL: 'http://127.0.0.1:3000',
      },
      'Telegram dùng webhook',
    ],
    ['a stand-in of a platform', { ZALO_API_ROOT: 'http://127.0.0.1:1' }, 'ZALO_API_ROOT'],
    ['a silent log', { LOG_LEVEL: 'silent' }, 'LOG_LEVEL=silent'],
  ])('points at %s', async (_, env, words) => {
    const found = (await checkSettings(settings(env))).filter(({ is }) => is !== 'ok');
    expect(found.map(({ what }) => what).join('\n')).toContain(words);
  });

  it('finds nothing in what the example of deploy/ sets', async () => {
    const env = {
      PUBLIC_URL: 'https://chitieu.example.vn',
      METRICS_PORT: '9464',
      DATA_DIR: '/var/lib/chitieu-bot',
    };
    const found = (await checkSettings(settings(env))).filter(
      ({ is, what }) => is !== 'ok' && !/root|\.env/.test(what),
    );
    expect(found).toEqual([]);
  });
});

describe('The doctor on the network', () => {
  it('says a clock that is more than 30 seconds off, by the nearest opinion', async () => {
    const said = async (skews: number[]) => (await checkNetwork(settings({}), skews)).at(-1);
    expect(await said([-2, 90])).toMatchObject({ is: 'ok' });
    expect(await said([31, 90])).toMatchObject({ is: 'bad', what: expect.stringContaining('31 giây') });
  });

  it('tells a public address behind which somebody else answers', async () => {
    const other: Server = createServer((_, response) => response.end('<html>not us</html>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    expect((await checkNetwork(settings({ PUBLIC_URL: url }), [0]))[0]).toMatchObject({ is: 'bad' });
    await new Promise((resolve) => other.close(resolve));
  });
});
