// Files that people send on Zalo: fetched from Zalo's servers alone, within limits, and never by a detour.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LARGEST_FILE } from '../src/channels/channel.ts';
import { createZaloFiles } from '../src/channels/zalo-file.ts';

let server: Server;
let root: string;
let asked: string[];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const status = Number(/status=(\d+)/.exec(request.url ?? '')?.[1] ?? 200);
    if (request.url?.includes('cut')) return void request.socket.destroy();
    if (request.url?.includes('large')) return void response.end(Buffer.alloc(LARGEST_FILE + 1));
    if (status >= 300 && status < 400) response.setHeader('location', 'http://169.254.169.254/');
    response.writeHead(status).end('%PDF-1.4 nội dung');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  asked = [];
});

/** Fetches an address; what was found good is led to the server of this test. */
let found: string[] = [];
const fetchFile = (source: string) =>
  createZaloFiles({
    at: (address) => {
      found.push(address);
      return root + new URL(address).pathname + new URL(address).search;
    },
  })(source);

describe('A file on Zalo', () => {
  beforeEach(() => {
    found = [];
  });

  it('is fetched whole, by https even when its address is a plain one', async () => {
    const file = await fetchFile('http://f9-zdn.zdn.vn/abc/bang.pdf?x=1');
    expect(found).toEqual(['https://f9-zdn.zdn.vn/abc/bang.pdf?x=1']);
    expect('bytes' in file && Buffer.from(file.bytes).toString()).toBe('%PDF-1.4 nội dung');
  });

  it.each([
    'http://127.0.0.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://zdn.vn.evil.example/x',
    'https://evilzdn.vn/x',
    'https://f.zdn.vn@evil.example/x',
    'https://user:pass@f.zdn.vn/x',
    'https://f.zdn.vn:8443/x',
    'file:///etc/passwd',
    'ftp://f.zdn.vn/x',
    'javascript:alert(1)',
    '//f.zdn.vn/x',
    'không phải địa chỉ',
    '',
  ])('is not fetched from %s, nor is anything asked there', async (source) => {
    expect(await fetchFile(source)).toEqual({ fault: 'foreign' });
    expect(asked).toEqual([]);
    expect(found).toEqual([]);
  });

  it('that leads elsewhere is not followed', async () => {
    expect(await fetchFile('https://f.zdn.vn/x?status=302')).toEqual({ fault: 'foreign' });
    expect(asked).toHaveLength(1);
  });

  it('that is larger than we take is given up', async () => {
    expect(await fetchFile('https://f.zdn.vn/large')).toEqual({ fault: 'tooBig' });
  });

  it('that is gone stays gone; one that cannot be had just now may be tried again, without its address in the words', async () => {
    expect(await fetchFile('https://f.zdn.vn/x?status=404')).toEqual({ fault: 'gone' });
    for (const path of ['secret?status=503', 'secret-cut']) {
      const refused = await fetchFile(`https://f.zdn.vn/${path}`).catch((error: unknown) => String(error));
      expect(refused).toContain('could not be fetched');
      expect(refused).not.toContain('secret');
    }
  });
});
