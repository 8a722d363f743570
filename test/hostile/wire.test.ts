// The running program on the wire: requests that no browser sends, names that are not ours, and what every answer says about itself.
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createListeners } from '../../src/channels/web-stream.ts';
import { freePort, type Running, start } from '../support/process.ts';

let folder = '';
let bot: Running;
let [port, metricsPort] = [0, 0];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chitieu-wire-'));
  metricsPort = await freePort();
  bot = await start({ DATA_DIR: folder, METRICS_PORT: String(metricsPort) });
  port = Number(new URL(bot.url).port);
});
afterAll(async () => {
  await bot.kill();
  await rm(folder, { recursive: true, force: true });
});

/** Sends these lines as they are and gives everything that comes back until the connection is closed. */
function raw(lines: readonly string[], { to = port, body = '' } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(to, '127.0.0.1');
    let got = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      got += text;
    });
    socket.on('error', () => {}).on('close', () => resolve(got));
    socket.setTimeout(3_000, () => socket.destroy());
    socket.write(`${[...lines, '', ''].join('\r\n')}${body}`);
  });
}
const statusesIn = (answer: string): string[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status = '']) => status);
const ask = (path: string, ...more: string[]): Promise<string> =>
  raw([`GET ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close', ...more]);

describe('A request that means two things', () => {
  const second = 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
  it.each([
    ['two kinds of length', ['Content-Length: 4', 'Transfer-Encoding: chunked'], `0\r\n\r\n${second}`],
    ['two lengths', ['Content-Length: 4', 'Content-Length: 49'], `abcd${second}`],
    ['two lengths in one line', ['Content-Length: 4, 49'], `abcd${second}`],
    ['a length with a sign', ['Content-Length: +4'], `abcd${second}`],
    ['an unknown coding', ['Transfer-Encoding: xchunked'], `0\r\n\r\n${second}`],
    ['a coding after another', ['Transfer-Encoding: chunked, identity'], `0\r\n\r\n${second}`],
    ['a size that is no number', ['Transfer-Encoding: chunked'], `0x4\r\nabcd\r\n0\r\n\r\n${second}`],
    ['a name with a space before the colon', ['Content-Length : 4'], `abcd${second}`],
  ])('(%s) is refused whole; what hides behind it is not answered', async (_what, lines, body) => {
    const answer = await raw(['POST /webhook/zalo-oa HTTP/1.1', 'Host: 127.0.0.1', ...lines], { body });
    expect(statusesIn(answer)).toEqual(['400']);
  });

  it('(headers without end, another protocol, no HTTP at all) is refused, and the next one is served', async () => {
    expect(statusesIn(await ask('/', `X: ${'a'.repeat(20_000)}`))).toEqual(['431']);
    expect(statusesIn(await raw(['PRI * HTTP/2.0', '', 'SM', '']))).toEqual(['400']);
    expect(statusesIn(await raw(['\x16\x03\x01\x00\xa5\x01']))).toEqual(['400']);
    expect(statusesIn(await raw(['CONNECT evil.example:443 HTTP/1.1', 'Host: 127.0.0.1']))).toEqual([]);
    const upgraded = await ask('/', 'Upgrade: websocket', 'Sec-WebSocket-Key: x');
    expect(statusesIn(upgraded)).toEqual(['200']);
    expect(statusesIn(await ask('/health'))).toEqual(['200']);
  });
});

describe('A name that is not ours', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example', '0.0.0.0'])(
    '(%s) gets nothing from a server of this machine, nor from its metrics',
    async (host) => {
      const lines = ['HTTP/1.1', `Host: ${host}`, 'Connection: close'];
      for (const path of ['/', '/health', '/api/stream'])
        expect(statusesIn(await raw([`GET ${path} ${lines[0]}`, ...lines.slice(1)]))).toEqual(['403']);
      if (host === '0.0.0.0') return;
      const metrics = await raw([`GET /metrics ${lines[0]}`, ...lines.slice(1)], { to: metricsPort });
      expect(statusesIn(metrics)).toEqual(['403']);
      expect(metrics).not.toContain('chitieu_');
    },
  );

  it.each(['a b', 'x@127.0.0.1', '127.0.0.1/x?', '[::1', 'a<script>'])(
    '(%s) that is none is refused without a word',
    async (host) => {
      const answer = await raw(['GET / HTTP/1.1', `Host: ${host}`, 'Connection: close']);
      expect(statusesIn(answer)).toEqual(['400']);
      expect(answer).not.toContain(host);
    },
  );
});

describe('A path to somewhere else', () => {
  it.each([
    ...['/../../../../etc/passwd', '/..%2f..%2f..%2fetc%2fpasswd', '/page.js/../../../server.ts'],
    ...['/%2e%2e/package.json', '//etc/passwd', '/web/page.js', '/page.html', '/page.js%00.css', '/.env'],
    ...['/tep/../../.env', '/tep/%2e%2e/x', '/tep/__proto__/x', '/i/../page.html/x', '/\\..\\..\\.env'],
  ])('(%s) leads nowhere', async (path) => {
    const answer = await ask(path);
    expect(['400', '404']).toContain(statusesIn(answer).join());
    expect(answer).not.toMatch(/root:|createServer|DATA_DIR/);
  });
});

describe('Every answer of the running program', () => {
  it.each([
    ...['/', '/i/abc', '/page.css', '/page.js', '/page-list.js', '/health', '/ready', '/nope', '/metrics'],
    ...['/tep/abc/x.xlsx', '/api/stream', '/api/file/1', '/api/pictures/1', '/api/pictures/1/0'],
    ...['/webhook/telegram', '/webhook/zalo-bot', '/webhook/zalo-oa', '/favicon.ico', '/robots.txt'],
  ])('to %s, by every method, is no page for a frame and nothing to guess a kind of', async (path) => {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      const answer = await raw([`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close']);
      const [head = ''] = answer.split('\r\n\r\n');
      expect(Number(statusesIn(answer)[0]), method).toBeLessThan(500);
      for (const line of [
        /^x-content-type-options: nosniff$/im,
        /^referrer-policy: no-referrer$/im,
        /^content-security-policy: default-src 'none';.*frame-ancestors 'none'/im,
        /^cache-control: .*(no-store|no-cache)/im,
      ])
        expect(head, `${method} ${path}`).toMatch(line);
      expect(head).not.toMatch(/^(server|x-powered-by|access-control-[\w-]+):/im);
    }
  });

  it('of the metrics is so too, and names nobody', async () => {
    for (const path of ['/metrics', '/x']) {
      const answer = await raw([`GET ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close'], {
        to: metricsPort,
      });
      for (const line of ['nosniff', 'no-referrer', "frame-ancestors 'none'", 'no-store'])
        expect(answer).toContain(line);
      expect(answer).not.toMatch(/web:[0-9a-f]{8}|Ngã Năm/);
    }
  });
});

describe('Open pages', () => {
  it('of one address leave room for everybody else, whatever cookies they have', () => {
    const listeners = createListeners();
    const open = Array.from({ length: 600 }, (_, n) => listeners.open(`web:${n}`, '203.0.113.5'));
    expect(open.filter((each) => each !== undefined)).toHaveLength(500);
    expect(listeners.open('web:other', '203.0.113.6')).toBeDefined();
    expect(listeners.open('web:local')).toBeDefined();
    const [first] = open;
    if (!first) throw new Error('none was opened');
    listeners.close('web:0', first);
    listeners.close('web:0', first);
    expect(listeners.open('web:again', '203.0.113.5')).toBeDefined();
    expect(listeners.open('web:more', '203.0.113.5')).toBeUndefined();
  });
});
