// Sending a table: a link in the words and pictures that Zalo fetches; what fails there never costs the words.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sending, TableSource } from '../src/channels/channel.ts';
import { listen } from './stand-ins/zalo-bot/bench.ts';
import { chatForEachTest } from './support/zalo-bot-chat.ts';

const chat = chatForEachTest();
const { refuse, seen, send, sending } = chat;

const PNG = Buffer.from('89504e470d0a1a0a00', 'hex');

describe('A table', () => {
  let files: Awaited<ReturnType<typeof listen>>;
  const made: string[] = [];
  const missing = new Set<string>();
  beforeEach(async () => {
    made.length = 0;
    missing.clear();
    files = await listen(({ url = '' }, response) => {
      if (missing.has(url)) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.concat([PNG, Buffer.from(url)]));
    });
  });
  afterEach(() => files.stop());

  const table = (pages: number, more: Partial<TableSource> = {}): TableSource => ({
    make: async () => {
      throw new Error('the platform takes no file');
    },
    pictures: async () =>
      Array.from({ length: pages }, (_, n) => ({ name: `${n}.png`, type: 'image/png', bytes: PNG })),
    link: async (format, page = 0) => {
      made.push(`${format} ${page}`);
      return `${files.url}/${format === 'xlsx' ? 'phu-luc.xlsx' : `${page}.png`}`;
    },
    ...more,
  });
  const withTable = (source: TableSource): Sending => sending('Bảng đây ạ', { table: source });
  const words = (): string =>
    `Bảng đây ạ\n\nBảng Excel (liên kết dùng được trong 2 giờ, sau đó gõ /file để lấy liên kết mới):\n${files.url}/phu-luc.xlsx`;
  const warnings = (): object[] =>
    chat.bench.log.filter(({ level }) => level === 'warn').map(({ data }) => data);

  it('is a link in the words and a picture of every page, which Zalo fetches', async () => {
    const result = await send(withTable(table(2)));
    expect(chat.user.messages()).toMatchObject([
      { kind: 'text', text: words() },
      { kind: 'photo', text: 'Ảnh chụp bảng, trang 1/2', photoUrl: `${files.url}/0.png` },
      { kind: 'photo', text: 'Ảnh chụp bảng, trang 2/2', photoUrl: `${files.url}/1.png` },
    ]);
    expect(chat.user.messages()[1]?.photo).toEqual(Buffer.concat([PNG, Buffer.from('/0.png')]));
    expect(result).toEqual({ outcome: 'sent', platform: chat.user.messages()[0]?.id });
    expect(made).toEqual(['xlsx 0', 'png 0', 'png 1']);
  });

  it('and other pictures besides come one after the other, none twice when one failed', async () => {
    const link = async (page: number) => `${files.url}/anh-${page}.png`;
    const pictures = { make: table(2).pictures, link };
    const message = sending('Bảng đây ạ', { table: table(1), pictures });
    expect(await send(message)).toMatchObject({ outcome: 'sent' });
    const urls = () => chat.user.messages().flatMap(({ photoUrl }) => photoUrl?.replace(files.url, '') ?? []);
    expect(urls()).toEqual(['/0.png', '/anh-0.png', '/anh-1.png']);
    refuse('sendPhoto', 500, 'Internal Server Error');
    const alone = sending('Bảng tiến độ', { pictures });
    expect(await send(alone)).toMatchObject({ outcome: 'retry' });
    expect(await send(alone)).toMatchObject({ outcome: 'sent' });
    expect(urls().slice(3)).toEqual(['/anh-0.png', '/anh-1.png']);
    expect(seen().filter((text) => text === 'Bảng tiến độ')).toHaveLength(1);
  });

  it('has its link before the choices', async () => {
    const buttons = [[{ label: 'Nộp báo cáo', action: 'submit' }]];
    const message = { text: ['Bảng đây ạ'], marks: 'number' as const, buttons };
    await send(sending('', { message, table: table(0) }));
    expect(seen()).toEqual([`${words()}\n\nGõ số để chọn:\n1. Nộp báo cáo`]);
  });

  it('of many pages shows six, and says where the rest is', async () => {
    await send(withTable(table(9)));
    const all = chat.user.messages();
    expect(all.map(({ kind }) => kind)).toEqual(['text', ...Array<string>(6).fill('photo'), 'text']);
    expect(all.at(-1)?.text).toBe(
      'Bảng có 9 trang; từ trang 7 anh/chị xem trong bảng Excel theo liên kết ở tin nhắn trên.',
    );
  });

  it('without a public address leaves the words, which say where else it is', async () => {
    expect(await send(withTable(table(2, { link: async () => undefined })))).toMatchObject({
      outcome: 'sent',
    });
    expect(seen()).toEqual([expect.stringMatching(/^Bảng đây ạ\n\n.*trang trò chuyện web.*PUBLIC_URL/)]);
  });

  it('whose link cannot be made leaves the words, which say how to ask again', async () => {
    const broken = table(2, { link: () => Promise.reject(new Error('the disk is full')) });
    expect(await send(withTable(broken))).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual([expect.stringMatching(/^Bảng đây ạ\n\n.*gõ \/file để thử lại/)]);
    expect(chat.bench.log).toMatchObject([{ level: 'error', data: { why: 'Error: the disk is full' } }]);
  });

  it('that cannot be drawn leaves the words with the link', async () => {
    const broken = table(2, { pictures: () => Promise.reject(new Error('no font')) });
    expect(await send(withTable(broken))).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual([words()]);
    expect(chat.bench.log).toMatchObject([{ level: 'error', data: { why: 'Error: no font' } }]);
  });

  it('goes on after a picture that Zalo cannot fetch, and the log says which', async () => {
    missing.add('/1.png');
    expect(await send(withTable(table(3)))).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual([words(), 'Ảnh chụp bảng, trang 1/3', 'Ảnh chụp bảng, trang 3/3']);
    expect(warnings()).toMatchObject([{ picture: 2, why: expect.stringMatching(/^400 .*not reachable/) }]);
  });

  it('goes on after a picture that may have arrived, without showing it twice', async () => {
    chat.bench.zalo.fault('sendPhoto', { kind: 'drop-after' });
    refuse('sendPhoto', 408, 'Request timeout');
    expect(await send(withTable(table(3)))).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual([words(), 'Ảnh chụp bảng, trang 1/3', 'Ảnh chụp bảng, trang 3/3']);
    expect(warnings()).toMatchObject([{ picture: 1 }, { picture: 2 }]);
  });

  it('goes on where it stopped, with the words said once', async () => {
    const each = withTable(table(3));
    refuse('sendPhoto', 500, 'Internal Server Error');
    expect(await send(each)).toMatchObject({ outcome: 'retry' });
    expect(seen()).toEqual([words()]);
    expect(await send({ ...each, attempts: 1 })).toMatchObject({
      outcome: 'sent',
      platform: chat.user.messages()[0]?.id,
    });
    expect(seen()).toHaveLength(4);
    expect(made).toEqual(['xlsx 0', 'png 0', 'png 0', 'png 1', 'png 2']);
  });

  it('does not hold up its chat for ever for a picture that fails every time', async () => {
    const each = withTable(table(2));
    refuse('sendPhoto', 500, 'Internal Server Error', 5);
    const results = [];
    for (let attempts = 0; attempts < 5; attempts++)
      results.push((await send({ ...each, attempts })).outcome);
    expect(results).toEqual(['retry', 'retry', 'retry', 'retry', 'sent']);
    expect(seen()).toEqual([words(), 'Ảnh chụp bảng, trang 2/2']);
  });

  it('waits for a person who blocks the bot between the words and the pictures', async () => {
    const each = withTable(table(1));
    refuse('sendPhoto', 403, 'Forbidden: blocked');
    expect(await send(each)).toMatchObject({ outcome: 'held', hold: 'blocked' });
    expect(await send(each)).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual([words(), 'Ảnh chụp bảng']);
  });
});
