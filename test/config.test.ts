// The settings: every fault is named at once, what is empty is not set, and .env.example tells the truth.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Config, loadEnvFile, readConfig } from '../src/config.ts';

function faultsOf(env: Record<string, string>): readonly string[] {
  const read = readConfig(env);
  return 'faults' in read ? read.faults : [];
}

function configOf(env: Record<string, string>): Config {
  const read = readConfig(env);
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  return read.config;
}

const names = (faults: readonly string[]): string[] => faults.map((each) => each.split(':')[0] ?? '').sort();

describe('Settings', () => {
  it('need nothing to be set', () => {
    expect(configOf({})).toEqual({
      DATA_DIR: './data',
      HOLIDAYS_FILE: './src/holidays.yaml',
      HOST: '127.0.0.1',
      PORT: 3000,
      METRICS_HOST: '127.0.0.1',
      EVENTS_PER_MINUTE: 300,
      TIMEZONE: 'Asia/Ho_Chi_Minh',
      LOG_LEVEL: 'info',
      TEMPLATES_DIR: './templates',
      TELEGRAM_MODE: 'polling',
      TELEGRAM_API_ROOT: 'https://api.telegram.org',
      TELEGRAM_PER_SECOND: 25,
      TELEGRAM_CHAT_PER_MINUTE: 120,
      ZALO_API_ROOT: 'https://openapi.zalo.me',
      ZALO_OAUTH_ROOT: 'https://oauth.zaloapp.com',
      ZALO_ZBS_ROOT: 'https://business.openapi.zalo.me',
      ZALO_BUTTONS: 'auto',
      ZALO_PAID_MESSAGES: 'off',
      ZALO_BOT_MODE: 'auto',
      ZALO_BOT_API_ROOT: 'https://bot-api.zaloplatforms.com',
      ZALO_BOT_QUOTA: 3000,
    });
  });

  it('count an empty variable as not set', () => {
    const empty = Object.fromEntries(Object.keys(configOf({})).map((name) => [name, '']));
    expect(configOf({ ...empty, PUBLIC_URL: ' ', TELEGRAM_BOT_TOKEN: '' })).toEqual(configOf({}));
  });

  it('are taken as they were meant', () => {
    const config = configOf({
      PORT: '8080',
      PUBLIC_URL: 'https://chitieu.example.vn/',
      TIMEZONE: 'Asia/Bangkok',
      TELEGRAM_BOT_TOKEN: '123:AA-b_c',
      TELEGRAM_API_ROOT: 'http://127.0.0.1:8081',
    });
    expect(config).toMatchObject({ PORT: 8080, TIMEZONE: 'Asia/Bangkok', TELEGRAM_BOT_TOKEN: '123:AA-b_c' });
    expect(config.PUBLIC_URL).toBe('https://chitieu.example.vn');
    expect(config.TELEGRAM_API_ROOT).toBe('http://127.0.0.1:8081');
  });

  it('name an address of the bot without anything behind its name, where links could not lead', () => {
    for (const PUBLIC_URL of ['https://a.vn/cchc', 'https://a.vn/?x=1', 'https://a.vn#x'])
      expect(names(faultsOf({ PUBLIC_URL }))).toEqual(['PUBLIC_URL']);
    expect(configOf({ PUBLIC_URL: 'https://a.vn:8443/' }).PUBLIC_URL).toBe('https://a.vn:8443');
  });

  it('in a file that is there but not ours to read stop the start, instead of being passed over', () => {
    const [before, folder] = [process.cwd(), mkdtempSync(join(tmpdir(), 'chitieu-env-'))];
    // What Node says of a file without the right to read it, which root cannot try.
    const load = vi.spyOn(process, 'loadEnvFile').mockImplementation(() => {
      throw Object.assign(new Error('.env not found'), { code: 'ENOENT' });
    });
    try {
      process.chdir(folder);
      expect(() => loadEnvFile()).not.toThrow();
      writeFileSync('.env', 'PORT=1');
      expect(() => loadEnvFile()).toThrow('.env nhưng không đọc được');
    } finally {
      process.chdir(before);
      load.mockRestore();
      rmSync(folder, { recursive: true });
    }
  });

  it('that are wrong are all named at once, each with what it should be', () => {
    const faults = faultsOf({
      PORT: 'abc',
      PUBLIC_URL: 'chitieu.example.vn',
      TIMEZONE: 'Mars/X',
      LOG_LEVEL: 'loud',
      TELEGRAM_BOT_TOKEN: 'bad',
      TELEGRAM_MODE: 'x',
      TELEGRAM_WEBHOOK_SECRET: 'short',
      TELEGRAM_API_ROOT: 'ftp://example.vn',
    });
    expect(names(faults)).toEqual([
      'LOG_LEVEL',
      'PORT',
      'PUBLIC_URL',
      'TELEGRAM_API_ROOT',
      'TELEGRAM_BOT_TOKEN',
      'TELEGRAM_MODE',
      'TELEGRAM_WEBHOOK_SECRET',
      'TIMEZONE',
    ]);
    for (const fault of faults) expect(fault).toMatch(/^[A-Z_]+: .*[à-ỹ].*/);
    expect(faults.join()).not.toContain('undefined');
  });

  it('that the webhook lacks are named together with whatever else is wrong', () => {
    const webhook = { TELEGRAM_BOT_TOKEN: '123:AA', TELEGRAM_MODE: 'webhook' };
    expect(names(faultsOf(webhook))).toEqual(['PUBLIC_URL', 'TELEGRAM_WEBHOOK_SECRET']);
    expect(names(faultsOf({ ...webhook, PORT: 'abc' }))).toEqual([
      'PORT',
      'PUBLIC_URL',
      'TELEGRAM_WEBHOOK_SECRET',
    ]);
    expect(names(faultsOf({ ...webhook, PUBLIC_URL: 'https://a.vn' }))).toEqual(['TELEGRAM_WEBHOOK_SECRET']);
    expect(faultsOf({ TELEGRAM_MODE: 'webhook' })).toEqual([]);
  });

  it('of a Zalo Official Account come together, and what one of them lacks is named', () => {
    expect(names(faultsOf({ ZALO_OA_ID: '4318657068771012646' }))).toEqual([
      'ZALO_APP_ID',
      'ZALO_APP_SECRET',
      'ZALO_OA_SECRET_KEY',
    ]);
    const bot = { ZALO_BOT_TOKEN: '123:abc', ZALO_BOT_MODE: 'webhook' };
    expect(names(faultsOf(bot))).toEqual(['PUBLIC_URL', 'ZALO_BOT_SECRET']);
    const secrets = { ZALO_APP_SECRET: 'hush hush', ZALO_REFRESH_TOKEN: 'hush', ZALO_BOT_TOKEN: 'hush' };
    expect(names(faultsOf(secrets))).toEqual(['ZALO_APP_SECRET', 'ZALO_BOT_TOKEN', 'ZALO_REFRESH_TOKEN']);
    expect(faultsOf(secrets).join()).not.toContain('hush');
  });

  it.each(['0', '-1', '65536', '80.5', '3000x'])('refuse the port %s', (port) => {
    expect(names(faultsOf({ PORT: port }))).toContain('PORT');
  });

  it('never show the secret that is wrong', () => {
    const faults = faultsOf({ TELEGRAM_BOT_TOKEN: 'hush hush', TELEGRAM_WEBHOOK_SECRET: 'hush!' });
    expect(faults).toHaveLength(2);
    expect(faults.join()).not.toContain('hush');
  });
});

describe('The file .env', () => {
  const home = process.cwd();
  const before = { ...process.env };
  let folder = '';
  afterEach(async () => {
    process.chdir(home);
    process.env = { ...before };
    await rm(folder, { recursive: true, force: true });
  });

  it('is read when it is there, and the environment wins over it', async () => {
    folder = await mkdtemp(join(tmpdir(), 'chitieu-env-'));
    process.chdir(folder);
    expect(() => loadEnvFile()).not.toThrow();
    await writeFile('.env', '# comment\nPORT=4001\nHOST=0.0.0.0\nTIMEZONE=\n');
    process.env.PORT = '4002';
    delete process.env.HOST;
    loadEnvFile();
    const read = readConfig();
    expect('config' in read && read.config).toMatchObject({
      PORT: 4002,
      HOST: '0.0.0.0',
      TIMEZONE: 'Asia/Ho_Chi_Minh',
    });
  });
});

describe('.env.example', () => {
  const path = new URL('../.env.example', import.meta.url);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const lines = text.split('\n').flatMap((line, n, all) => {
    const [, off, name = '', value = ''] = /^(# )?([A-Z][A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name === '' ? [] : [{ name, value, set: off === undefined, above: all[n - 1] ?? '' }];
  });

  it('names every variable there is, once, with a line that says what it is for', () => {
    const source = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8');
    const known = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map((match) => match[1]);
    expect(known).toEqual(expect.arrayContaining(Object.keys(configOf({}))));
    expect(lines.map(({ name }) => name).sort()).toEqual(known.sort());
    for (const { name, above } of lines)
      expect([name, above]).toEqual([name, expect.stringMatching(/^# .{10}/)]);
  });

  it('copied as it is changes nothing', () => {
    const set = lines.filter((each) => each.set).map(({ name, value }) => [name, value]);
    const defaults = Object.entries(configOf({})).map(([name, value]) => [name, String(value)]);
    expect(set.sort()).toEqual(defaults.sort());
    expect(
      lines
        .filter((each) => !each.set)
        .map(({ value }) => value)
        .join(''),
    ).toBe('');
  });
});
