// A table for the contract of channels: its files and pictures, a server that its links lead to, and the form in which it must arrive.
import { expect } from 'vitest';
import type { Channel, PictureSource, SendFile, Sending, TableSource } from '../src/channels/channel.ts';
import { listen } from './stand-ins/zalo-bot/bench.ts';

/** A message of the bot as the person sees it now, after all edits. */
export type ContractSeen = {
  readonly text: string;
  readonly buttons: readonly string[];
  readonly file?: { readonly name: string; readonly bytes: Uint8Array };
  readonly picture?: Uint8Array;
  /** Where words and pictures are one message. */
  readonly pictures?: readonly Uint8Array[];
};

const HEADS = { xlsx: 'PK\x03\x04 xl/', pdf: '%PDF-1.7', docx: 'PK\x03\x04 word/' } as const;
type Format = keyof typeof HEADS;

export type ContractTable = {
  readonly files: Readonly<Record<Format, SendFile>>;
  readonly pages: readonly SendFile[];
  /** What was asked of the table, in order: 'pdf', 'docx', 'link xlsx', 'link png'. */
  readonly asked: readonly string[];
  /** The part of a sending that carries the table, as the shell gives it to a channel that takes these files. */
  carried(files: readonly string[]): Pick<Sending, 'file' | 'table'>;
  /** The same pictures, as a message brings them besides. */
  readonly pictures: PictureSource;
  close(): Promise<void>;
};

export async function openTable(): Promise<ContractTable> {
  const asked: string[] = [];
  const file = (format: Format): SendFile => made(`phu-luc.${format}`, HEADS[format], 5000);
  const files = { xlsx: file('xlsx'), pdf: file('pdf'), docx: file('docx') };
  const pages = [1, 2].map((page) => made(`trang-${page}.png`, '\x89PNG\r\n\x1a\n', 5000 + page));
  const server = await listen(({ url = '' }, response) => {
    const found = [...pages, files.xlsx].find(({ name }) => url === `/${name}`);
    if (!found) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': found.type }).end(found.bytes);
  });
  const table: TableSource = {
    make: async (format) => {
      asked.push(format);
      return files[format];
    },
    pictures: async () => pages,
    link: async (format, page = 0) => {
      asked.push(`link ${format}`);
      return `${server.url}/${format === 'xlsx' ? files.xlsx.name : pages[page]?.name}`;
    },
  };
  return {
    ...{ files, pages, asked },
    pictures: { make: table.pictures, link: (page) => table.link('png', page) },
    carried: (taken) => (taken.includes('xlsx') ? { file: files.xlsx } : { table }),
    close: () => server.stop(),
  };
}

/** Every byte there is comes in it, after the head that tells the type. */
function made(name: string, head: string, size: number): SendFile {
  const bytes = Buffer.from(Array.from({ length: size }, (_, n) => (n * 7) % 256));
  bytes.write(head, 'latin1');
  const type = name.endsWith('.png') ? 'image/png' : 'application/octet-stream';
  return { name, type, bytes: Uint8Array.from(bytes) };
}

/** The forms in which a channel declares to send a table, best first; a spreadsheet is never refused. */
export const formsOf = ({ can }: Channel) =>
  can.pictures === 'none' || can.files.includes('xlsx')
    ? can.files
    : [...can.files, `${can.pictures} pictures` as const];

/** The words came first, and then every picture, once and in order, in the way that the channel declares. */
export function expectPictures(
  { can }: Channel,
  words: string,
  seen: readonly ContractSeen[],
  sent: ContractTable,
): void {
  expect(seen[0]?.text).toBe(words);
  expect(seen.filter(({ file }) => file)).toEqual([]);
  const pictures = seen.flatMap(({ picture, pictures: more = [] }) => [
    ...(picture ? [picture] : []),
    ...more,
  ]);
  expect(pictures.map(hex)).toEqual(can.pictures === 'none' ? [] : sent.pages.map(({ bytes }) => hex(bytes)));
  expect(sent.asked).toEqual(can.pictures === 'link' ? sent.pages.map(() => 'link png') : []);
}

/** The words came first, and then the table in the channel's form number `n`, from 0, and in no other; after the last one, none. */
export function expectForm(
  channel: Channel,
  n: number,
  seen: readonly ContractSeen[],
  sent: ContractTable,
): void {
  const form = formsOf(channel)[n];
  expect(seen[0]?.text).toMatch(/^Biểu đây ạ/);
  const files = seen.flatMap(({ file }) => file ?? []).map(({ name, bytes }) => [name, hex(bytes)]);
  const pictures = seen.flatMap(({ picture }) => picture ?? []).map(hex);
  switch (form) {
    case 'xlsx':
    case 'pdf':
    case 'docx':
      expect(files).toEqual([[sent.files[form].name, hex(sent.files[form].bytes)]]);
      expect(pictures).toEqual([]);
      return;
    case 'upload pictures':
    case 'link pictures':
      expect(files).toEqual([]);
      expect(pictures).toEqual(sent.pages.map(({ bytes }) => hex(bytes)));
      expect(sent.asked.includes('link png')).toBe(form === 'link pictures');
      return;
    case undefined:
      expect([...files, ...pictures]).toEqual([]);
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
