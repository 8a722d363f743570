// Addresses and answers made to lead the program somewhere else, or to drown it, when it fetches a file that somebody sent.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createZaloFiles } from '../../src/channels/zalo-file.ts';

const MB = 1024 * 1024;
let server: Server;
let root = '';
let sent = 0;
beforeAll(async () => {
  const packed = gzipSync(Buffer.alloc(300 * MB));
  server = createServer((request, response) => {
    if (request.url?.includes('packed'))
      return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    if (request.url?.includes('lying')) {
      response.writeHead(200, { 'content-length': '10' });
      return void response.end(Buffer.alloc(10));
    }
    const more = () => {
      sent += MB;
      if (!response.destroyed) response.write(Buffer.alloc(MB), more);
    };
    response.on('error', () => {});
    more();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

describe('A link to a file on Zalo', () => {
  it.each([
    ...['https://2130706433/x', 'https://0x7f000001/x', 'https://0177.0.0.1/x', 'https://127.1/x'],
    ...['https://[::1]/x', 'https://[::ffff:127.0.0.1]/x', 'https://[::ffff:7f00:1]/x', 'https://0/x'],
    ...[
      'https://localtest.me/x',
      'https://127.0.0.1.nip.io/x',
      'https://zdn.vn.nip.io/x',
      'https://zdn.vn./x',
    ],
    ...['https://zdn.vn:443@127.0.0.1/x', 'https://127.0.0.1#.zdn.vn/x', 'https://127.0.0.1?.zdn.vn/x'],
    ...['https://127.0.0.1\\.zdn.vn/x', 'https://evil.example/.zdn.vn', 'https://f.zdn.vn:22/x'],
    ...['https://ⓩdn.vn.evil.example/', 'https://xn--zdn-x.vn/x', 'https://f.zdn.vn%2f@evil.example/x'],
    ...['gopher://f.zdn.vn/x', 'data:text/csv,ma', 'https:f.zdn.vn:80/x', 'http://f.zdn.vn:80@0/x'],
  ])('is not followed to %s', async (source) => {
    const asked: string[] = [];
    const fetchFile = createZaloFiles({ at: (address) => `${root}/${asked.push(address)}` });
    expect(await fetchFile(source)).toEqual({ fault: 'foreign' });
    expect(asked).toEqual([]);
  });

  it('gives no more than we take, whatever it sends and however it is packed', async () => {
    const fetchFile = createZaloFiles({ at: (address) => root + new URL(address).pathname });
    const before = process.memoryUsage.rss();
    expect(await fetchFile('https://f.zdn.vn/packed')).toEqual({ fault: 'tooBig' });
    expect(await fetchFile('https://f.zdn.vn/endless')).toEqual({ fault: 'tooBig' });
    expect(process.memoryUsage.rss() - before).toBeLessThan(150 * MB);
    expect(sent).toBeLessThan(40 * MB);
    expect(await fetchFile('https://f.zdn.vn/lying')).toEqual({ bytes: new Uint8Array(10) });
  });
});
