// The Telegram channel as a whole: the common contract, starting, the webhook, and what may never be logged.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RATES } from '../src/channels/telegram-time.ts';
import { channelContract } from './channel.contract.ts';
import { startTelegram } from './stand-ins/telegram.ts';
import { type Bench, deferred, nobody, openBench, words } from './stand-ins/telegram-bench.ts';

const SECRET = 'a-secret_of-the-webhook';
let bench: Bench;
afterEach(() => bench?.close());

channelContract('telegram', async () => {
  const made = await openBench();
  const person = made.telegram.user(501);
  return {
    channel: made.channel,
    chat: '501',
    pace: RATES,
    say: (text) => void person.send(text),
    press: (label) => person.press(label),
    seen: async () =>
      person.messages
        .filter(({ from }) => from === 'bot')
        .map(({ text, buttons, document, photo }) => ({
          text,
          buttons: buttons.flat().map(({ label }) => label),
          ...(document ? { file: document } : {}),
          ...(photo ? { picture: photo.bytes } : {}),
        })),
    absence: { kind: 'blocks', block: () => person.block() },
    close: () => made.close(),
  };
});

describe('starting', () => {
  it('offers the commands and makes invitation links with the name of the bot', async () => {
    bench = await openBench();
    expect(bench.channel.inviteLink('ABC')).toBeUndefined();
    await bench.start();
    expect(bench.telegram.commands()).toEqual([{ command: 'batdau', description: 'Bắt đầu' }]);
    expect(bench.channel.inviteLink('AB-c_9')).toBe('https://t.me/chitieu_test_bot?start=AB-c_9');
    expect(bench.channel.inviteLink('has space')).toBeUndefined();
    expect(bench.channel.inviteLink('x'.repeat(65))).toBeUndefined();
  });

  it.each(['7000:AAwrong-token', 'not a token'])(
    'refuses to start with the wrong token %s',
    async (token) => {
      bench = await openBench({ token });
      await expect(bench.start()).rejects.toThrow(/Telegram refuses the bot token/);
    },
  );

  it('works without the menu of commands', async () => {
    bench = await openBench({ commands: [{ command: 'Viết Hoa', description: 'x' }] });
    await bench.start();
    expect(bench.log).toMatchObject([
      { level: 'warn', data: { why: expect.stringMatching(/BOT_COMMAND_INVALID/) } },
    ]);
  });

  it('takes an old webhook away before it polls, and keeps what waited there', async () => {
    bench = await openBench();
    const url = `${bench.telegram.apiRoot}/bot${bench.telegram.token}/setWebhook`;
    await fetch(url, { method: 'POST', body: JSON.stringify({ url: 'https://127.0.0.1:1/old' }) });
    bench.telegram.user(1).send('đã gửi từ trước');
    await bench.start();
    await vi.waitFor(() => expect(words(bench.events)).toEqual(['đã gửi từ trước']), 5000);
  });

  it('goes on in the background when Telegram cannot be reached, and receives once it can', async () => {
    bench = await openBench();
    bench.telegram.fault('getMe', { kind: 'drop-before' }, 2);
    bench.telegram.fault('getMe', { kind: 'gateway' });
    bench.telegram.user(1).send('có ai không');
    await bench.start();
    expect(bench.channel.inviteLink('A')).toBeUndefined();
    await vi.waitFor(() => expect(words(bench.events)).toEqual(['có ai không']), 5000);
    expect(bench.channel.inviteLink('A')).toMatch(/^https:/);
  });

  it('does not wait longer than its time for a Telegram that is silent', async () => {
    bench = await openBench({ times: { start: 200 } });
    bench.telegram.fault('getMe', { kind: 'hang' }, 1);
    const before = performance.now();
    await bench.start();
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it('stops while it is still trying to connect', async () => {
    bench = await openBench({
      apiRoot: await nobody(),
      times: { backoff: 60_000, longestBackoff: 60_000 },
    });
    await bench.start();
    const before = performance.now();
    await bench.channel.stop();
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

describe('the webhook', () => {
  const update = (id: number, text: string): object => ({
    update_id: id,
    message: { message_id: id, date: 1_700_000_000, chat: { id: 5, type: 'private' }, from: { id: 5 }, text },
  });
  const post = async (body: string, secret = SECRET): Promise<number> => {
    const headers = { 'X-Telegram-Bot-Api-Secret-Token': secret };
    return (await bench.app.request('/webhook/telegram', { method: 'POST', headers, body })).status;
  };
  const open = async (turn?: Parameters<Bench['start']>[0]): Promise<void> => {
    bench = await openBench({ mode: 'webhook', webhookSecret: SECRET, publicUrl: 'https://bot.example.vn/' });
    await bench.start(turn);
  };

  it('is told to Telegram with its secret', async () => {
    await open();
    expect(bench.telegram.webhook()).toEqual({
      url: 'https://bot.example.vn/webhook/telegram',
      secret: SECRET,
      connections: 40,
    });
    expect(bench.telegram.calls('getUpdates')).toEqual([]);
  });

  it('needs a secret and an address, and an address that Telegram takes', async () => {
    bench = await openBench({ mode: 'webhook', publicUrl: 'https://bot.example.vn' });
    await expect(bench.start()).rejects.toThrow(/needs a webhook secret and the public address/);
    await bench.close();
    bench = await openBench({ mode: 'webhook', webhookSecret: SECRET, publicUrl: 'http://bot.example.vn' });
    await expect(bench.start()).rejects.toThrow(/An HTTPS URL must be provided/);
  });

  it('lets nobody in without the secret', async () => {
    await open();
    for (const secret of ['', 'wrong', SECRET.slice(1), `${SECRET}x`])
      expect(await post(JSON.stringify(update(1, 'giả')), secret)).toBe(401);
    expect((await bench.app.request('/webhook/telegram', { method: 'POST', body: '{}' })).status).toBe(401);
    expect(bench.events).toEqual([]);
    // Once for all of them: the operator should know, and nobody fills the log.
    expect(bench.log.filter(({ text }) => text.includes('without the right secret'))).toHaveLength(1);
  });

  it('answers 200 only when the turn is durable', async () => {
    const stored = deferred();
    await open(() => stored.promise);
    const posted = post(JSON.stringify(update(1, 'chậm')));
    const early = await Promise.race([posted, new Promise((resolve) => setTimeout(resolve, 100, 'waiting'))]);
    expect(early).toBe('waiting');
    stored.resolve();
    expect(await posted).toBe(200);
    expect(words(bench.events)).toEqual(['chậm']);
  });

  it('answers 400 to what is no update, 413 to what is too long, 200 to an update of no concern', async () => {
    await open();
    for (const body of ['{', '[]', 'null', '{"update_id":"1"}']) expect(await post(body)).toBe(400);
    expect(await post(JSON.stringify(update(1, 'x'.repeat(1024 * 1024))))).toBe(413);
    expect(await post('{"update_id":7,"poll":{}}')).toBe(200);
    expect(bench.events).toEqual([]);
  });

  it('has Telegram repeat what could not be stored, and takes it then, in order', async () => {
    const telegram = await startTelegram({ retryMilliseconds: 20 });
    const { serve } = await import('@hono/node-server');
    const { Hono } = await import('hono');
    const app = new Hono();
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const publicUrl = `http://127.0.0.1:${port}`;
    bench = await openBench({ mode: 'webhook', webhookSecret: SECRET, publicUrl }, telegram);
    bench.channel.routes(app);
    let failures = 2;
    await bench.start(() => {
      if (failures-- > 0) throw new Error('the disk is full');
    });
    for (const text of ['một', 'hai', 'ba']) telegram.user(9).send(text);
    await vi.waitFor(() => expect(words(bench.events)).toEqual(['một', 'hai', 'ba']), 5000);
    await vi.waitFor(() => expect(telegram.unconfirmed()).toEqual([]), 5000);
    await new Promise((resolve) => server.close(resolve));
  });
});

it('never writes the token or the secret into the log or into a result', async () => {
  const webhookSecret = SECRET;
  bench = await openBench({ webhookSecret });
  const { token } = bench.telegram;
  const half = token.split(':')[1] ?? '';
  const leak = (kind: string) =>
    ({ kind: 'refuse', code: 500, description: `${kind} /bot${token}/x ${SECRET}` }) as const;
  bench.telegram.fault('getMe', leak('me'));
  bench.telegram.fault('setMyCommands', leak('commands'));
  bench.telegram.fault('getUpdates', leak('updates'));
  bench.telegram.fault('sendMessage', leak('send'));
  bench.telegram.fault('sendMessage', { kind: 'drop-before' });
  bench.telegram.user(1).send('xin chào');
  let failed = false;
  await bench.start(() => {
    if (failed) return;
    failed = true;
    throw new Error(`cannot store https://api.telegram.org/bot${token}/getUpdates`);
  });
  await vi.waitFor(() => expect(bench.events).toHaveLength(1), 5000);
  const sending = { id: '1', seq: 1, chat: '1', message: { text: ['x'] } };
  const results = [await bench.channel.send(sending), await bench.channel.send(sending)];
  expect(results).toMatchObject([{ outcome: 'retry' }, { outcome: 'unknown' }]);
  expect(bench.log.length).toBeGreaterThanOrEqual(4);
  const written = JSON.stringify([bench.log, results]);
  expect(written).toContain('<secret>');
  for (const secret of [token, half, SECRET]) expect(written).not.toContain(secret);
});
