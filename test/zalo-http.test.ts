// Calls to Zalo over real connections: what is sent, and how "answered", "a stranger answered", "never sent" and "perhaps sent" are told apart.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRedact, createZaloHttp, type ZaloReply } from '../src/channels/zalo-http.ts';

const open: (Server | TcpServer)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of open) if ('closeAllConnections' in server) server.closeAllConnections();
  await Promise.all(open.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen(server: Server | TcpServer): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const serve = async (answer: RequestListener) => `http://127.0.0.1:${await listen(createServer(answer))}`;

const client = (root: string, timeout = 5_000, signal?: AbortSignal) =>
  createZaloHttp(root, { timeout, redact: createRedact([]).redact, ...(signal ? { signal } : {}) });

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('latin1');
}

/** Serves what came in as the answer. */
const mirror = () =>
  serve(async (request, response) => {
    const { method, url, headers } = request;
    response.setHeader('X-RateLimit-Limit', '4000');
    response.end(JSON.stringify({ method, url, headers, body: await bodyOf(request) }));
  });

type Mirrored = { method: string; url: string; headers: Record<string, string>; body: string };

function mirrored(reply: ZaloReply): Mirrored {
  if (reply.kind !== 'answer') throw new Error(`${reply.kind}: ${reply.why}`);
  return reply.body as Mirrored;
}

describe('A call to Zalo', () => {
  it('carries JSON, its headers and an encoded query', async () => {
    const http = client(`${await mirror()}/`);
    const reply = await http({
      method: 'POST',
      path: '/v3.0/oa/message/cs',
      headers: { access_token: 'abc' },
      json: { text: 'Đã nhận' },
    });
    const { method, url, headers, body } = mirrored(reply);
    expect([method, url, headers['content-type'], headers.access_token]).toEqual([
      'POST',
      '/v3.0/oa/message/cs',
      'application/json',
      'abc',
    ]);
    expect(JSON.parse(Buffer.from(body, 'latin1').toString('utf8'))).toEqual({ text: 'Đã nhận' });
    const asked = mirrored(
      await http({ method: 'GET', path: '/v3.0/oa/user/detail', query: { data: '{"a":"&?"}' } }),
    );
    expect(new URL(asked.url, 'http://zalo').searchParams.get('data')).toBe('{"a":"&?"}');
    expect(asked.body).toBe('');
  });

  it('carries a form', async () => {
    const http = client(await mirror());
    const { headers, body } = mirrored(
      await http({
        method: 'POST',
        path: '/v4/oa/access_token',
        form: { app_id: '1', refresh_token: 'a+b/c=' },
      }),
    );
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(new URLSearchParams(body).get('refresh_token')).toBe('a+b/c=');
  });

  it('carries a file, byte for byte and with its length', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, n) => n % 256);
    const http = client(await mirror());
    const upload = { field: 'file', name: 'phu-luc.pdf', type: 'application/pdf', bytes };
    const { headers, body } = mirrored(await http({ method: 'POST', path: '/v2.0/oa/upload/file', upload }));
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(Number(headers['content-length'])).toBe(body.length);
    expect(body).toContain('name="file"; filename="phu-luc.pdf"');
    expect(body).toContain('Content-Type: application/pdf');
    expect(body).toContain(Buffer.from(bytes).toString('latin1'));
  });

  it('is answered by any JSON object, also one with an HTTP error, and its headers come in lower case', async () => {
    const root = await serve((_request, response) => {
      response.writeHead(401, { 'X-RateLimit-Remaining': '0' }).end('{"error":-216}');
    });
    const reply = await client(root)({ method: 'GET', path: '/' });
    expect(reply).toMatchObject({ kind: 'answer', status: 401, body: { error: -216 } });
    expect(reply.kind === 'answer' && reply.headers['x-ratelimit-remaining']).toBe('0');
  });

  it.each([
    ['a web page', 502, '<html>Bad Gateway</html>'],
    ['nothing', 200, ''],
    ['a list', 200, '[]'],
    ['half an object', 200, '{"error":0,'],
  ])('takes %s for a stranger’s answer, and repeats none of it', async (_what, status, body) => {
    const root = await serve((_request, response) => response.writeHead(status).end(body));
    expect(await client(root)({ method: 'GET', path: '/' })).toEqual({
      kind: 'foreign',
      status,
      why: `HTTP ${status} without a JSON object`,
    });
  });

  it('does not follow a redirect', async () => {
    let calls = 0;
    const root = await serve((_request, response) => {
      calls += 1;
      response.writeHead(302, { Location: '/login' }).end('{"error":0}');
    });
    expect(await client(root)({ method: 'GET', path: '/' })).toMatchObject({ kind: 'foreign', status: 302 });
    expect(calls).toBe(1);
  });

  it('goes past the proxies of the environment', async () => {
    for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) vi.stubEnv(name, 'http://127.0.0.1:9');
    expect(await client(await mirror())({ method: 'GET', path: '/' })).toMatchObject({ kind: 'answer' });
  });

  it('uses one connection for calls after each other', async () => {
    const ports = new Set<number | undefined>();
    const root = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{}');
    });
    const http = client(root);
    await http({ method: 'GET', path: '/' });
    await http({ method: 'GET', path: '/' });
    expect(ports.size).toBe(1);
  });
});

describe('A call to Zalo that fails', () => {
  it('was never sent when nobody listens', async () => {
    const port = await listen(createTcpServer());
    await new Promise((resolve) => open.pop()?.close(resolve));
    const reply = await client(`http://127.0.0.1:${port}`)({ method: 'POST', path: '/?token=x', json: {} });
    expect(reply).toEqual({ kind: 'unsent', why: 'ECONNREFUSED' });
  });

  it('was never sent when the other side speaks no TLS, or never ends the handshake', async () => {
    const plain = await serve((_request, response) => response.end('{}'));
    const call = { method: 'POST', path: '/', json: {} } as const;
    expect(await client(plain.replace('http:', 'https:'))(call)).toMatchObject({ kind: 'unsent' });
    const silent = await listen(createTcpServer((socket) => void socket.on('error', () => {}).resume()));
    expect(await client(`https://127.0.0.1:${silent}`, 200)(call)).toEqual({
      kind: 'unsent',
      why: 'no answer in time',
    });
  });

  it('is lost when the connection breaks after the request went out', async () => {
    const root = await serve(async (request) => {
      await bodyOf(request);
      request.socket.destroy();
    });
    const reply = await client(root)({ method: 'POST', path: '/', json: { a: 1 } });
    expect(reply).toEqual({ kind: 'lost', why: 'ECONNRESET' });
  });

  it('is lost when the answer breaks off, or is longer than anything Zalo says', async () => {
    const torn = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"error":', () => request.socket.destroy());
    });
    expect(await client(torn)({ method: 'GET', path: '/' })).toMatchObject({ kind: 'lost' });
    const long = await serve((_request, response) => response.end(`{"a":"${'x'.repeat(5 * 1024 * 1024)}"}`));
    expect(await client(long)({ method: 'GET', path: '/' })).toMatchObject({ kind: 'lost' });
  });

  it('is lost when no answer comes in time, also while one trickles in', async () => {
    const silent = await serve(() => {});
    const lost = { kind: 'lost', why: 'no answer in time' };
    expect(await client(silent, 200)({ method: 'GET', path: '/' })).toEqual(lost);
    const slow = await serve((_request, response) => {
      response.write('{');
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    });
    expect(await client(slow, 300)({ method: 'GET', path: '/' })).toEqual(lost);
  });

  it('ends with the signal, and after it nothing is sent', async () => {
    const stopping = new AbortController();
    let calls = 0;
    const root = await serve(() => {
      calls += 1;
      stopping.abort();
    });
    const http = client(root, 5_000, stopping.signal);
    expect(await http({ method: 'GET', path: '/' })).toMatchObject({ kind: 'lost' });
    expect(await http({ method: 'GET', path: '/' })).toEqual({ kind: 'unsent', why: 'stopped' });
    expect(calls).toBe(1);
  });
});

describe('Taking secrets out of texts', () => {
  it('hides the known ones, those learned later, and their encoded forms', () => {
    const { redact, add } = createRedact(['s3cret', undefined, '']);
    add('a+b');
    add('a+b+longer');
    expect(redact('s3cret a+b+longer a+b a%2Bb')).toBe('<secret> <secret> <secret> <secret>');
  });

  it('hides query strings and what may be a phone number', () => {
    const { redact } = createRedact([]);
    expect(redact('GET /x?data=1&b=2 failed')).toBe('GET /x?… failed');
    for (const phone of [
      '0912345678',
      '84912345678',
      '+84 912 345 678',
      '0912.345.678',
      '7219384756102938401',
    ])
      expect(redact(`to ${phone}: error -201`)).toBe('to <number>: error -201');
    expect(redact('error -14014, HTTP 200, 127.0.0.1:8443')).toBe('error -14014, HTTP 200, 127.0.0.1:8443');
  });
});
