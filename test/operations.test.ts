// The real program as its operator sees it: is it alive, is it ready, what does it count, and what does its log give away.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTelegram, type TelegramStandIn } from './stand-ins/telegram.ts';
import { startZaloBot } from './stand-ins/zalo-bot.ts';
import { freePort, prepare, type Running, start } from './support/process.ts';
import { visit } from './support/visitor.ts';

const FORM = 'ubnd-thi-xa-nga-nam';
const CODE = 'needle-Code_0123456789ab';
let root = '';
const running: Running[] = [];
const standIns: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chitieu-operations-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.kill()));
  await Promise.all(standIns.splice(0).map((each) => each.stop()));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function begin(env: Parameters<typeof start>[0]): Promise<Running> {
  const started = await start(env);
  running.push(started);
  return started;
}

async function telegram(): Promise<TelegramStandIn> {
  const standIn = await startTelegram();
  standIns.push(standIn);
  return standIn;
}

/** A folder in which one officer is invited with CODE. */
async function office(name: string): Promise<string> {
  const folder = join(root, name);
  await prepare(folder, [{ template: FORM, unit: 'UBND phường Kim', period: '2026-Q1', code: CODE }]);
  return folder;
}

const json = async (url: string): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(url);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('Health, readiness and metrics of the running program', () => {
  it('a default start answers all three on its own address, and says which release it is', async () => {
    const { url } = await begin({ DATA_DIR: join(root, 'default') });
    const health = await json(`${url}/health`);
    expect(health).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(health.body.version).toMatch(/^\d+\.\d+\.\d+/);
    const ready = await json(`${url}/ready`);
    expect(ready).toMatchObject({ status: 200, body: { ready: true, store: 'ok', channels: { web: 'up' } } });
    expect(ready.body.templates).toBeGreaterThan(0);
    const metrics = await fetch(`${url}/metrics`);
    expect(metrics.headers.get('content-type')).toContain('version=0.0.4');
    expect(await metrics.text()).toContain(`chitieu_info{version="${health.body.version}"} 1`);
  });

  it('an answer shows in the counts: one turn stored, one value, one commit, and messages sent', async () => {
    const { url } = await begin({ DATA_DIR: await office('counts') });
    const officer = await visit(url);
    await officer.post(url, '/api/start', { id: 's1', code: CODE });
    await officer.post(url, '/api/send', { id: 'a1', text: '60' });
    await officer.post(url, '/api/send', { id: 'a1', text: '60' });
    const text = async () => (await fetch(`${url}/metrics`)).text();
    await vi.waitFor(async () =>
      expect(await text()).toContain('chitieu_outbox_messages{state="waiting"} 0'),
    );
    const counted = await text();
    expect(counted).toContain('chitieu_turns_total{channel="web",outcome="stored"} 2');
    expect(counted).toContain('chitieu_turns_total{channel="web",outcome="repeated"} 1');
    expect(counted).toContain('chitieu_answers_total{channel="web"} 1');
    expect(counted).toContain('chitieu_turn_seconds_count 2');
    expect(counted).toMatch(/chitieu_store_commits_total\{outcome="done"\} [1-9]/);
    expect(counted).toMatch(/chitieu_sends_total\{channel="web",outcome="sent"\} [1-9]/);
    expect(counted).not.toContain('Kim');
  });

  it('what a proxy on the same machine asks for somebody else gets no metrics', async () => {
    const { url } = await begin({ DATA_DIR: join(root, 'proxy') });
    for (const headers of [
      { 'x-forwarded-for': '203.0.113.9' },
      { forwarded: 'for=1.2.3.4' },
      { via: '1.1 x' },
    ])
      expect((await fetch(`${url}/metrics`, { headers })).status).toBe(404);
  });

  it('with a public address there are none on it at all, only on the listener of their own', async () => {
    const metricsPort = await freePort();
    const { url, stop } = await begin({
      ...{ DATA_DIR: join(root, 'public'), PUBLIC_URL: 'https://chitieu.example.vn' },
      METRICS_PORT: String(metricsPort),
    });
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    const own = `http://127.0.0.1:${metricsPort}`;
    expect(await (await fetch(`${own}/metrics`)).text()).toContain('chitieu_turns_total');
    expect((await fetch(`${own}/`)).status).toBe(404);
    expect((await fetch(`${own}/metrics`, { method: 'POST' })).status).toBe(404);
    expect((await stop()).code).toBe(0);
  });
});

describe('A channel that is down', () => {
  it('does not stop the others: Telegram out of reach at the start, the web chat and the Zalo Bot go on', async () => {
    const zalo = await startZaloBot();
    standIns.push(zalo);
    const { url } = await begin({
      ...{ DATA_DIR: await office('down'), TELEGRAM_BOT_TOKEN: '7000:AAnobody-there_0000000000000000' },
      ...{ TELEGRAM_API_ROOT: `http://127.0.0.1:${await freePort()}` },
      ...{ ZALO_BOT_TOKEN: zalo.token, ZALO_BOT_API_ROOT: zalo.apiRoot },
    });
    const ready = await json(`${url}/ready`);
    expect(ready).toMatchObject({ status: 200, body: { ready: true } });
    expect(ready.body.channels).toMatchObject({ web: 'up', 'zalo-bot': 'up' });
    expect((ready.body.channels as Record<string, string>).telegram).toMatch(/^down: /);
    const officer = await visit(url);
    expect(await officer.post(url, '/api/start', { id: 's1', code: CODE })).toBe(200);
    zalo.user('u1').say('xin chào');
    await vi.waitFor(() => expect(zalo.calls('sendMessage')).not.toEqual([]), { timeout: 8_000 });
  });

  it('because its token is refused is named at the start, without the token, and the others go on', async () => {
    const standIn = await telegram();
    const { url, lines } = await begin({
      ...{ DATA_DIR: await office('refused'), TELEGRAM_BOT_TOKEN: '1:very-wrong' },
      TELEGRAM_API_ROOT: standIn.apiRoot,
    });
    expect(lines.join('\n')).toMatch(/Kênh telegram không chạy được: .*token.*@BotFather/);
    expect(lines.join('\n')).not.toContain('very-wrong');
    const { status, body } = await json(`${url}/ready`);
    expect(status).toBe(200);
    expect((body.channels as Record<string, string>).telegram).toMatch(/^down: .*token/);
    const officer = await visit(url);
    expect(await officer.post(url, '/api/start', { id: 's1', code: CODE })).toBe(200);
  });

  it('is shown as up again when it answers again', async () => {
    const standIn = await telegram();
    standIn.fault('getUpdates', { kind: 'gateway' }, 3);
    const { url } = await begin({
      ...{
        DATA_DIR: join(root, 'again'),
        TELEGRAM_BOT_TOKEN: standIn.token,
        TELEGRAM_API_ROOT: standIn.apiRoot,
      },
    });
    const seen = async () => ((await json(`${url}/ready`)).body.channels as Record<string, string>).telegram;
    await vi.waitFor(async () => expect(await seen()).toMatch(/^down: /), { timeout: 5_000, interval: 20 });
    await vi.waitFor(async () => expect(await seen()).toBe('up'), { timeout: 15_000 });
  });
});

describe('The log', () => {
  it('has a line for each turn with its event, and the sends of that turn carry the same event', async () => {
    const standIn = await telegram();
    const { lines } = await begin({
      ...{ DATA_DIR: await office('events'), LOG_LEVEL: 'debug' },
      ...{ TELEGRAM_BOT_TOKEN: standIn.token, TELEGRAM_API_ROOT: standIn.apiRoot },
    });
    standIn.user(501).send(`/start ${CODE}`);
    const told = () => lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    const turn = await vi.waitFor(() => {
      const found = told().find((line) => line.msg === 'turn');
      expect(found).toBeDefined();
      return found;
    });
    expect(turn).toMatchObject({ level: 30, channel: 'telegram', outcome: 'stored' });
    expect(turn.flow).toMatch(/^[a-z]/i);
    expect(turn.ms).toBeGreaterThan(0);
    expect(turn.event).toMatch(/^telegram:/);
    await vi.waitFor(() =>
      expect(
        told().filter(({ msg, message }) => msg === 'sent' && message.startsWith(`${turn.event}:`)),
      ).not.toEqual([]),
    );
  });

  it('never holds a figure, words, a name, a token or an invitation code, at any level and whatever fails', async () => {
    const standIn = await telegram();
    const secret = 'needle-webhook-secret';
    const { lines, url, stop } = await begin({
      ...{ DATA_DIR: await office('needles'), LOG_LEVEL: 'trace', TELEGRAM_WEBHOOK_SECRET: secret },
      ...{ TELEGRAM_BOT_TOKEN: standIn.token, TELEGRAM_API_ROOT: standIn.apiRoot },
      ...{ ZALO_OA_ID: '1234567', ZALO_APP_ID: '7654321', ZALO_APP_SECRET: 'needle-app-secret' },
      ...{ ZALO_OA_SECRET_KEY: 'needle-oa-secret', ZALO_REFRESH_TOKEN: 'needle-refresh-token-0123456789' },
      ...{ ZALO_OAUTH_ROOT: `http://127.0.0.1:${await freePort()}` },
    });
    const officer = standIn.user(501);
    officer.send(`/start ${CODE}`);
    await vi.waitFor(() => expect(standIn.calls('sendMessage').length).toBeGreaterThan(0));
    for (const method of ['sendMessage', 'editMessageText']) {
      standIn.fault(method, { kind: 'gateway' }, 2);
      standIn.fault(method, { kind: 'refuse', code: 400, description: 'Bad Request: message is too long' });
    }
    officer.send('77123; ghi chú của Trần Văn Kim');
    await vi.waitFor(() => expect(lines.join('\n')).toContain('a message was not sent'), { timeout: 8_000 });
    await fetch(`${url}/i/${CODE}`);
    await fetch(`${url}/webhook/zalo-oa`, { method: 'POST', body: '{"text":"Trần Văn Kim 77123"' });
    await stop();
    const text = lines.join('\n');
    expect(text.length).toBeGreaterThan(500);
    const half = standIn.token.split(':')[1] ?? '';
    for (const needle of ['77123', '77.123', 'Kim', 'Cán bộ', CODE, standIn.token, half, secret])
      expect(text).not.toContain(needle);
    expect(text).not.toMatch(/needle-/);
  });
});
