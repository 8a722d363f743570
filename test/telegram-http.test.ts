// The HTTP client under the Telegram channel: kept connections, no redirects, and errors that tell "never sent" from "may have arrived".
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSocketServer, type Server } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp, type HttpCall } from '../src/channels/telegram-http.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

async function serving(answer: RequestListener): Promise<{ host: string; connections: () => number }> {
  const server = createServer(answer);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const host = await listening(server);
  closing.push(async () => server.closeAllConnections());
  return { host, connections: () => connections };
}

const call = (body: HttpCall['body'], signal = new AbortController().signal): HttpCall => ({
  ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body, signal },
});

/** What a call that must fail rejects with. */
const failureOf = (made: Promise<unknown>): Promise<unknown> =>
  made.then(
    () => expect.fail('the call succeeded'),
    (error: unknown) => error,
  );

describe('The HTTP client', () => {
  it('sends words and streams whole, and keeps its connection', async () => {
    const heard: string[] = [];
    const { host, connections } = await serving((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.on('end', () => {
        heard.push(body);
        response.end('Đã nhận');
      });
    });
    const http = createHttp();
    const said = await http(`http://${host}/`, call('một hai'));
    await http(`http://${host}/`, call(Readable.from(['ba ', 'bốn'])));
    expect(said).toEqual({ status: 200, text: 'Đã nhận' });
    expect({ heard, connections: connections() }).toEqual({ heard: ['một hai', 'ba bốn'], connections: 1 });
  });

  it('takes a redirect as the answer', async () => {
    const { host } = await serving((_, response) => {
      response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end('đi chỗ khác');
    });
    expect(await createHttp()(`http://${host}/`, call('x'))).toEqual({ status: 302, text: 'đi chỗ khác' });
  });

  it('says that nothing was sent when the connection is refused', async () => {
    const host = await listening(createServer());
    await closing.pop()?.();
    const failure = await failureOf(createHttp()(`http://${host}/`, call('x')));
    expect(failure).toMatchObject({ syscall: 'connect', code: 'ECONNREFUSED' });
  });

  it('says that nothing was sent when the other side breaks off the TLS handshake', async () => {
    const host = await listening(createSocketServer((socket) => socket.once('data', () => socket.destroy())));
    const failure = await failureOf(createHttp()(`https://${host}/`, call('x')));
    expect(failure).toMatchObject({ syscall: 'connect' });
  });

  it('does not say so when the connection breaks before or in the answer', async () => {
    const { host } = await serving((request, response) => {
      if (request.url === '/before') request.socket.destroy();
      else response.writeHead(200, { 'Content-Length': 100 }).write('nửa', () => request.socket.destroy());
    });
    const http = createHttp();
    for (const path of ['before', 'within']) {
      const failure = await failureOf(http(`http://${host}/${path}`, call('x')));
      expect(failure).toBeInstanceOf(Error);
      expect(failure).not.toHaveProperty('syscall', 'connect');
    }
  });

  it('ends at once when it is told to', async () => {
    const { host } = await serving(() => {});
    const ending = new AbortController();
    const failure = failureOf(createHttp()(`http://${host}/`, call('x', ending.signal)));
    setTimeout(() => ending.abort(), 20);
    expect(await failure).toMatchObject({ message: 'aborted' });
    expect(await failureOf(createHttp()(`http://${host}/`, call('x', ending.signal)))).toBeInstanceOf(Error);
  });

  it('gives up when what is to be sent cannot be read', async () => {
    const { host } = await serving((request, response) => {
      request.resume().on('end', () => response.end());
    });
    const broken = new Readable({
      read() {
        this.destroy(new Error('the file is gone'));
      },
    });
    expect(await failureOf(createHttp()(`http://${host}/`, call(broken)))).toMatchObject({
      message: 'the file is gone',
    });
  });
});
