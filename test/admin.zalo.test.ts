// "zalo token" as a real process beside a token keeper that runs: the new refresh token goes from standard input to Zalo.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelMemory } from '../src/channels/channel.ts';
import { readToken } from '../src/channels/zalo-handover.ts';
import { createZaloHttp } from '../src/channels/zalo-http.ts';
import { createZaloTokens, type ZaloTokens } from '../src/channels/zalo-token.ts';
import type { ChannelState } from '../src/domain/channel-state.ts';
import { startZaloOa, type ZaloOa } from './stand-ins/zalo-oa.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
let oa: ZaloOa;
let folder: string;
let dataDir: string;
let bot: ZaloTokens | undefined;

beforeEach(async () => {
  oa = await startZaloOa();
  folder = await mkdtemp(join(tmpdir(), 'chitieu-admin-zalo-'));
  dataDir = join(folder, 'data');
});
afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await oa.stop();
  await rm(folder, { recursive: true, force: true });
});

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs `npm run admin -- zalo token …` without npm, with this on its standard input. */
function zaloToken(input: string, ...words: readonly string[]): Promise<Ran> {
  const env = { ...process.env, DATA_DIR: dataDir };
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/admin.ts', 'zalo', 'token', ...words], {
    cwd: root,
    env,
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

/** The part of a running bot that takes the token. */
async function startBot(): Promise<ZaloTokens> {
  let kept: { state: ChannelState; rev: number } = { state: {}, rev: 0 };
  const memory: ChannelMemory = {
    exclusive: true,
    read: async () => kept,
    async write(state, rev) {
      if (rev !== kept.rev) return 'stale';
      kept = { state, rev: rev + 1 };
      return 'done';
    },
  };
  const quiet = () => {};
  bot = createZaloTokens({
    http: createZaloHttp(oa.oauthRoot, { timeout: 5_000, redact: (text) => text }),
    ...{ appId: oa.appId, appSecret: oa.appSecret, memory, handover: dataDir, lookEvery: 50 },
    now: () => new Date(oa.now()),
    log: { info: quiet, warn: quiet, error: quiet },
    ...{ known: quiet, onDisconnected: quiet, onConnected: quiet },
  });
  await bot.start();
  return bot;
}

describe('Handing a new token to the running bot', () => {
  it('connects it again without a restart', async () => {
    const tokens = await startBot();
    expect(tokens.disconnected()).toBeDefined();
    const ran = await zaloToken(`${oa.refreshToken}\n`);
    expect(ran).toEqual({
      code: 0,
      out: 'Zalo đã chấp nhận token mới; bot kết nối lại và gửi tiếp các tin đang chờ.\n',
      err: '',
    });
    expect(await tokens.access()).toBe(oa.tokens().access);
  });

  it('answers a machine too', async () => {
    await startBot();
    const { code, out } = await zaloToken(oa.refreshToken, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ ok: true, outcome: 'taken', at: expect.stringMatching(/^\d{4}-/) });
  });

  it('says what to do when Zalo refuses the token', async () => {
    await startBot();
    const { code, out, err } = await zaloToken('a-refresh-token-that-was-used');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(
      /^Zalo từ chối token này \(HTTP 200, error -14014.*\)\.\nHãy kiểm tra: đúng refresh token/,
    );
    expect(err).not.toContain('a-refresh-token');
  });

  it('leaves the token for the next start when the bot does not run', async () => {
    const ran = await zaloToken(oa.refreshToken, '--wait', '0');
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toContain('token được giữ lại và sẽ được nhận khi bot khởi động');
    const tokens = await startBot();
    expect(await tokens.access()).toBe(oa.tokens().access);
    expect(await readdir(dataDir)).toEqual(['zalo-oa.token.result']);
    expect(await readFile(join(dataDir, 'zalo-oa.token.result'), 'utf8')).not.toContain(oa.refreshToken);
  });

  it.each([
    ['nothing', '  \n', 'Chưa nhận được token'],
    ['two words', 'refresh token', 'không phải refresh token'],
    ['JSON without a refresh token', `{"access_token":"${'a'.repeat(40)}"}`, 'không phải refresh token'],
    ['a whole page', 'x'.repeat(20_000), 'không phải refresh token'],
  ])('leaves nothing when it is given %s', async (_what, input, fault) => {
    const { code, err } = await zaloToken(input);
    expect(code).toBe(1);
    expect(err).toContain(fault);
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes no token as a word of the command, and no strange time to wait', async () => {
    const token = 'y'.repeat(40);
    expect(await zaloToken('', token)).toMatchObject({ code: 1, err: expect.stringContaining('Thừa') });
    for (const wait of ['lâu', '-1', '601']) {
      const { code, err } = await zaloToken(token, `--wait=${wait}`);
      expect([code, err]).toEqual([1, `--wait: "${wait}" không phải số giây từ 0 đến 600\n`]);
    }
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('Reading what was pasted', () => {
  const token = 'Abc-_123.'.repeat(5);
  it.each([
    ['the token alone', `\ufeff ${token}\r\n`],
    ['in quotes', `"${token}"`],
    ['the answer of the API Explorer', `{"access_token":"${'z'.repeat(30)}","refresh_token":"${token}"}`],
  ])('finds the token: %s', (_what, text) => expect(readToken(text)).toBe(token));

  it.each(['', 'short', `${token} ${token}`, 'mã'.repeat(20), '{}', '{"refresh_token":7}', '{'])(
    'finds none in "%s"',
    (text) => expect(readToken(text)).toBeUndefined(),
  );
});
