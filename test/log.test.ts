// What the log gives away: nothing that opens a door, and nothing that a person wrote.
import { PassThrough } from 'node:stream';
import { AxiosError } from 'axios';
import { GrammyError } from 'grammy';
import { describe, expect, it } from 'vitest';
import { freshCode } from '../src/codes.ts';
import { readConfig, secretsOf } from '../src/config.ts';
import { createLog } from '../src/log.ts';

/** Everything a logger with these secrets wrote. */
function written(secrets: readonly string[], write: (log: ReturnType<typeof createLog>) => void): string {
  const out = new PassThrough();
  write(createLog('trace', secrets, out));
  return String(out.read() ?? '');
}

const TOKEN = '7000123:AAneedle_token-0123456789abcdefgh';

describe('The log', () => {
  it('hides every secret of the settings, wherever in a line it stands and however it is encoded', () => {
    const read = readConfig({
      ...{ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_SECRET: 'needle-webhook-secret' },
      ...{ ZALO_OA_ID: '123456', ZALO_APP_ID: '654321', ZALO_APP_SECRET: 'needle/app+secret' },
      ...{ ZALO_OA_SECRET_KEY: 'needle-oa-key', ZALO_REFRESH_TOKEN: 'needle-refresh' },
      ...{ ZALO_BOT_TOKEN: '42:needle-zalo-bot', ZALO_BOT_SECRET: 'needle-bot-secret' },
    });
    if ('faults' in read) throw new Error(read.faults.join());
    const secrets = secretsOf(read.config);
    expect(secrets).toHaveLength(7);
    const text = written(secrets, (log) => {
      for (const secret of secrets) {
        log.info(
          { why: `asked /bot${secret}/getMe?x=${encodeURIComponent(secret)}`, deep: { er: secret } },
          secret,
        );
        log.error({ err: new Error(`no ${secret}`, { cause: new Error(secret) }) }, 'failed');
      }
      log.info({ why: `half a token: ${TOKEN.split(':')[1]}` }, 'x');
    });
    expect(text).toContain('<secret>');
    expect(text).not.toContain('needle');
  });

  it('hides a bot’s token that is in no setting, and codes, phones and cookies by their names', () => {
    const text = written([], (log) => {
      log.warn({ why: `GET https://api.example/bot${TOKEN}/x` }, 'odd');
      log.warn({ code: 'needle', phone: 'needle', token: 'needle', at: { code: 'needle' } }, 'odd');
      log.warn({ headers: { cookie: 'ct=needle', authorization: 'needle' } }, 'odd');
    });
    expect(text).toContain('[hidden]');
    expect(text).not.toMatch(/needle/);
  });

  it('keeps of a platform’s error what went wrong and where, not what was sent', () => {
    const sent = { chat_id: 501, text: 'Trần Văn Kim nhập 77123' };
    const grammy = new GrammyError(
      "Call to 'sendMessage' failed!",
      { ok: false, error_code: 400, description: 'Bad Request: message is too long' },
      'sendMessage',
      sent,
    );
    const config = {
      data: JSON.stringify(sent),
      headers: { access_token: 'needle' },
      url: 'https://x/?t=needle',
    };
    const axios = new AxiosError('timeout of 5 ms', 'ECONNABORTED', config as never, { path: '/needle' });
    const text = written([], (log) => {
      for (const err of [grammy, axios]) log.error({ err }, 'failed');
    });
    expect(text).toContain("Call to 'sendMessage' failed!");
    expect(text).toContain('"errorCode":"ECONNABORTED"');
    expect(text).toContain('log.test.ts');
    expect(text).not.toMatch(/Kim|77123|needle|501/);
  });

  it('leaves out what an error quotes: words that could not be read, a code, a phone number', () => {
    const code = freshCode();
    let parsing: unknown;
    try {
      JSON.parse('Kim 77123');
    } catch (error) {
      parsing = error;
    }
    const errors = [
      parsing,
      new Error(`no invitation ${code}`),
      new Error('somebody at +84 912 345 678', { cause: new Error('said “Kim 77123”') }),
      'a thrown text with "Kim"',
    ];
    const text = written([], (log) => {
      for (const err of errors) log.error({ err }, 'a flow threw; the position is kept');
    });
    expect(text.split('\n').filter((line) => line !== '')).toHaveLength(errors.length);
    expect(text).toContain('is not valid JSON');
    expect(text).not.toMatch(/Kim|77123|912/);
    expect(text).not.toContain(code);
  });
});
