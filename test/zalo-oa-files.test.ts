// A message with a table on Zalo, which takes no spreadsheet: in which form it arrives, whatever Zalo refuses, and never without the words.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sending } from '../src/channels/channel.ts';
import { ZALO } from '../src/text/zalo.ts';
import type { ZaloUser } from './stand-ins/zalo-oa/people.ts';
import {
  type Bench,
  type BenchTable,
  CS,
  createTable,
  openBench,
  sending,
  shown,
} from './stand-ins/zalo-oa-bench.ts';

const FILE = '/v2.0/oa/upload/file';
const IMAGE = '/v2.0/oa/upload/image';
const LINK = 'https://cchc.example.vn/tep/Zm9v/phu-luc.xlsx';
const WORDS = `Bảng đây ạ\n\n${ZALO.link(LINK)}`;
const DAY = 24 * 3_600_000;

let bench: Bench;
let person: ZaloUser;
let message: Sending;
let table: BenchTable;

beforeEach(async () => {
  bench = await openBench();
  person = bench.zalo.user();
  person.say('/file');
  withTable({ link: LINK });
});
afterEach(() => bench.close());

function withTable(how: Parameters<typeof createTable>[0], more: Partial<Sending> = {}): void {
  table = createTable(how);
  message = sending(person.id, 'Bảng đây ạ', { table, ...more });
}
const send = (attempts = 0) => bench.channel.send({ ...message, attempts });
const seen = (): string[] => shown(person.messages());
const uploads = (path = FILE) => bench.zalo.calls(path).length;

describe('the pictures of a message', () => {
  const pages = [1, 2].map((n) => ({
    ...{ name: `${n}.png`, type: 'image/png' },
    bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, n]),
  }));
  const pictures = { make: async () => pages, link: async () => undefined };
  const SHOWN = [`image:${ZALO.picture(1, 2)}`, `image:${ZALO.picture(2, 2)}`];

  it('come after the words, and after the table where there is one', async () => {
    withTable({ link: LINK }, { pictures });
    expect(await send()).toMatchObject({ outcome: 'sent', platform: person.messages()[0]?.id });
    expect(seen()).toEqual([WORDS, 'file:phu-luc.pdf', ...SHOWN]);
    expect(person.messages()[3]?.image?.at(-1)).toBe(2);
  });

  it('go on where they stopped when Zalo failed half-way, and repeat nothing', async () => {
    withTable({ link: LINK }, { pictures });
    bench.zalo.fault(IMAGE, { kind: 'error', code: -200 });
    expect((await send()).outcome).toBe('retry');
    expect(await send(1)).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual([WORDS, 'file:phu-luc.pdf', ...SHOWN]);
    expect(person.messages()[3]?.image?.at(-1)).toBe(2);
    expect(uploads()).toBe(1);
  });

  it('that Zalo refuses cost neither the words nor what comes later', async () => {
    message = sending(person.id, 'Bảng tiến độ', { pictures });
    bench.zalo.fault(IMAGE, { kind: 'error', code: -201 }, 2);
    expect(await send()).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual(['Bảng tiến độ']);
  });
});

describe('the table', () => {
  it('comes as PDF after the words, which lead to the spreadsheet', async () => {
    const result = await send();
    expect(seen()).toEqual([WORDS, 'file:phu-luc.pdf']);
    expect(person.messages()[1]?.file?.bytes.subarray(0, 8).toString()).toBe('%PDF-1.7');
    expect(result).toEqual({ outcome: 'sent', platform: person.messages()[0]?.id });
    expect(table.asked).toEqual(['link xlsx', 'pdf']);
  });

  it('leaves the buttons under the words', async () => {
    withTable(
      { link: LINK },
      { message: { text: ['Bảng'], buttons: [[{ label: 'Nộp', action: 'submit' }]] } },
    );
    await send();
    expect(person.messages().map(({ buttons }) => buttons.length)).toEqual([1, 0]);
  });

  it('says where else the spreadsheet is when the server has no public address', async () => {
    withTable({});
    await send();
    expect(seen()).toEqual([`Bảng đây ạ\n\n${ZALO.noLink}`, 'file:phu-luc.pdf']);
  });

  it('goes out although no link can be made', async () => {
    const { link: _, ...others } = table;
    const link = () => Promise.reject(new Error('the disk is full'));
    message = { ...message, table: { ...others, link } };
    await send();
    expect(seen()).toEqual([`Bảng đây ạ\n\n${ZALO.noLink}`, 'file:phu-luc.pdf']);
  });
});

describe('when Zalo does not take', () => {
  it('PDF, the table comes as DOCX', async () => {
    bench.zalo.set({ uploads: 'pdfRefused' });
    expect(await send()).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual([WORDS, 'file:phu-luc.docx']);
  });

  it('files, the table comes as pictures', async () => {
    bench.zalo.fault(FILE, { kind: 'error', code: -201, message: 'file is invalid!' }, 2);
    expect(await send()).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual([WORDS, `image:${ZALO.picture(1, 2)}`, `image:${ZALO.picture(2, 2)}`]);
    expect(person.messages()[1]?.image?.subarray(1, 4).toString()).toBe('PNG');
  });

  it('files, at most six pictures come, and that there are more is said', async () => {
    withTable({ link: LINK, pages: 8 });
    bench.zalo.fault(FILE, { kind: 'error', code: -201 }, 2);
    await send();
    expect(seen().slice(1, 7)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `image:${ZALO.picture(n, 8)}`));
    expect(seen().slice(7)).toEqual([ZALO.morePictures(6, 8)]);
  });

  it.each(['refused', 'emptyData'] as const)('uploads at all (%s), a line says so', async (how) => {
    bench.zalo.set({ uploads: how });
    expect(await send()).toMatchObject({ outcome: 'sent', platform: person.messages()[0]?.id });
    expect(seen()).toEqual([WORDS, ZALO.fileRefused]);
    expect(table.asked).toEqual(['link xlsx', 'pdf', 'docx', 'pictures']);
  });

  it('uploads and there is no link either, another line says so', async () => {
    withTable({});
    bench.zalo.set({ uploads: 'refused' });
    await send();
    expect(seen()[1]).toBe(ZALO.fileRefusedNoLink);
  });

  it.each([-211, -212, -223, -299])('uploads for the reason %i, nothing waits for them', async (code) => {
    bench.zalo.fault(FILE, { kind: 'error', code }, 2);
    bench.zalo.fault(IMAGE, { kind: 'error', code });
    expect(await send()).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual([WORDS, ZALO.fileRefused]);
    expect(bench.channel.notices()).toEqual([]);
  });

  it('files or pictures of this size, they are not even uploaded', async () => {
    withTable({ link: LINK, size: 5 * 1024 * 1024 + 1 });
    await send();
    expect(seen()).toEqual([WORDS, ZALO.fileRefused]);
    expect(uploads() + uploads(IMAGE)).toBe(0);
  });

  it('the message with the uploaded file, the next form is tried', async () => {
    bench.zalo.fault(CS, { kind: 'slow', ms: 1 });
    bench.zalo.fault(CS, { kind: 'error', code: -233 });
    await send();
    expect(seen()).toEqual([WORDS, 'file:phu-luc.docx']);
  });

  it('a form that cannot even be made, the next one is tried', async () => {
    const make = async (format: 'pdf' | 'docx') => {
      if (format === 'pdf') throw new Error('no font');
      return table.make(format);
    };
    message = { ...message, table: { ...table, make } };
    await send();
    expect(seen()).toEqual([WORDS, 'file:phu-luc.docx']);
  });
});

describe('a repetition', () => {
  it('uploads again what met a trouble that passes, and repeats no words', async () => {
    bench.zalo.fault(FILE, { kind: 'gateway' });
    bench.zalo.fault(FILE, { kind: 'drop-after' });
    expect(await send()).toMatchObject({ outcome: 'retry' });
    expect(await send(1)).toMatchObject({ outcome: 'retry' });
    expect(seen()).toEqual([WORDS]);
    expect(await send(2)).toMatchObject({ outcome: 'sent', platform: person.messages()[0]?.id });
    expect(seen()).toEqual([WORDS, 'file:phu-luc.pdf']);
    expect(table.asked.filter((each) => each.startsWith('link'))).toHaveLength(1);
  });

  it('does not upload twice, unless Zalo has thrown it away', async () => {
    bench.zalo.fault(CS, { kind: 'slow', ms: 1 });
    bench.zalo.fault(CS, { kind: 'gateway' }, 3);
    await send();
    expect(await send(1)).toMatchObject({ outcome: 'retry' });
    bench.zalo.advance(5 * DAY);
    expect(await send(2)).toMatchObject({ outcome: 'retry' });
    expect(uploads()).toBe(1);
    bench.zalo.advance(2 * DAY);
    person.say('bảng đâu rồi');
    expect(await send(3)).toMatchObject({ outcome: 'sent' });
    expect(uploads()).toBe(2);
    expect(seen()).toEqual([WORDS, 'file:phu-luc.pdf']);
  });

  it('uploads once more when Zalo says that the file is gone, and then takes the next form', async () => {
    bench.zalo.fault(CS, { kind: 'slow', ms: 1 });
    bench.zalo.fault(CS, { kind: 'error', code: -100, message: 'attachment_id was expired' }, 2);
    expect(await send()).toMatchObject({ outcome: 'sent' });
    expect(bench.zalo.calls(FILE).map(({ body }) => body)).toMatchObject(
      ['pdf', 'pdf', 'docx'].map((type) => ({ file: { name: `phu-luc.${type}` } })),
    );
    expect(seen()).toEqual([WORDS, 'file:phu-luc.docx']);
  });

  it('goes on at the picture where it stopped', async () => {
    withTable({ link: LINK, pages: 3 });
    bench.zalo.fault(FILE, { kind: 'error', code: -201 }, 2);
    bench.zalo.fault(IMAGE, { kind: 'slow', ms: 1 });
    bench.zalo.fault(IMAGE, { kind: 'gateway' });
    expect(await send()).toMatchObject({ outcome: 'retry' });
    expect(await send(1)).toMatchObject({ outcome: 'sent' });
    expect(seen()).toEqual([WORDS, ...[1, 2, 3].map((n) => `image:${ZALO.picture(n, 3)}`)]);
    expect(uploads(IMAGE)).toBe(4);
  });

  it('does not go on for ever where uploads never succeed', async () => {
    bench.zalo.fault(FILE, { kind: 'gateway' }, 20);
    bench.zalo.fault(IMAGE, { kind: 'gateway' }, 20);
    let attempts = 0;
    while ((await send(attempts)).outcome === 'retry') attempts += 1;
    expect(attempts).toBeLessThan(10);
    expect(seen()).toEqual([WORDS, ZALO.fileRefused]);
  });

  it('is not made when the message with the file may have arrived', async () => {
    bench.zalo.fault(CS, { kind: 'slow', ms: 1 });
    bench.zalo.fault(CS, { kind: 'drop-after' });
    expect(await send()).toMatchObject({ outcome: 'unknown' });
    expect(seen()).toEqual([WORDS, 'file:phu-luc.pdf']);
  });
});
