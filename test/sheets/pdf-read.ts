// Reads back a PDF as our library writes it: pages, words with their places and letters, ruled lines, fonts and metadata.
import { inflateSync } from 'node:zlib';

/** One run of words on one line; `x` and `y` are where its baseline begins, in points from the lower left corner. */
export type Run = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly font: string;
};
/** A straight line, in points from the upper left corner. */
type Rule = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
export type PdfPage = {
  readonly width: number;
  readonly height: number;
  readonly runs: readonly Run[];
  readonly rules: readonly Rule[];
};
type Font = {
  readonly name: string;
  readonly embedded: boolean;
  readonly text: ReadonlyMap<number, string>;
  readonly widths: readonly number[];
};
type Pdf = {
  readonly info: Readonly<Record<string, string>>;
  readonly fonts: readonly Font[];
  readonly pages: readonly PdfPage[];
};
type Objects = ReadonlyMap<number, { readonly head: string; readonly stream?: Buffer }>;

export function readPdf(bytes: Uint8Array): Pdf {
  const objects = objectsOf(Buffer.from(bytes).toString('latin1'));
  const get = (id: number) => objects.get(id) ?? { head: '' };
  const catalog = [...objects.values()].find(({ head }) => head.includes('/Type /Catalog'))?.head ?? '';
  const kids = /\/Kids \[([^\]]*)\]/.exec(get(refTo(catalog, 'Pages')).head)?.[1] ?? '';
  const fonts = new Map<number, Font>();
  const pages = [...kids.matchAll(/(\d+) 0 R/g)].map(([, id]) => {
    const { head } = get(Number(id));
    const [, , width = 0, height = 0] = numbers(/\/MediaBox \[([^\]]*)\]/.exec(head)?.[1]);
    const resources = get(refTo(head, 'Resources')).head;
    const names = [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', ref]) => {
      const font = fonts.get(Number(ref)) ?? fontOf(Number(ref), get);
      fonts.set(Number(ref), font);
      return [name, font] as const;
    });
    const content = get(refTo(head, 'Contents')).stream?.toString('latin1') ?? '';
    return { width, height, runs: runsOf(content, new Map(names)), rules: rulesOf(content) };
  });
  return { info: infoOf(bytes, objects), fonts: [...fonts.values()], pages };
}

function objectsOf(file: string): Objects {
  const objects = new Map<number, { head: string; stream?: Buffer }>();
  for (const start of file.matchAll(/(?<=^|\n)(\d+) 0 obj\n/g)) {
    const from = start.index + start[0].length;
    const end = file.indexOf('endobj', from);
    const data = file.indexOf('stream\n', from);
    const head = file.slice(from, data < 0 || data > end ? end : data);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const raw =
      data < 0 || data > end ? undefined : Buffer.from(file.slice(data + 7, data + 7 + length), 'latin1');
    const stream = raw && head.includes('FlateDecode') ? inflateSync(raw) : raw;
    objects.set(Number(start[1]), { head, ...(stream && { stream }) });
  }
  return objects;
}

const refTo = (head: string, key: string): number =>
  Number(new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(head)?.[1] ?? 0);
const numbers = (list = ''): number[] => list.trim().split(/\s+/).map(Number);

function fontOf(id: number, get: (id: number) => { head: string; stream?: Buffer }): Font {
  const { head } = get(id);
  const descendant = get(refTo(head, 'DescendantFonts')).head;
  const descriptor = get(refTo(descendant, 'FontDescriptor')).head;
  const file = get(refTo(descriptor, 'FontFile2')).stream;
  return {
    name: /\/BaseFont \/[A-Z]+\+(\S+)/.exec(head)?.[1] ?? '',
    embedded: (file?.length ?? 0) > 1000,
    text: unicodeOf(get(refTo(head, 'ToUnicode')).stream?.toString('latin1') ?? ''),
    widths: numbers(/\/W \[0 \[([^\]]*)\]/.exec(descendant)?.[1]),
  };
}

function unicodeOf(cmap: string): Map<number, string> {
  const text = new Map<number, string>();
  for (const [, from = '0', list = ''] of cmap.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g))
    [...list.matchAll(/<([^>]*)>/g)].forEach(([, units = ''], n) => {
      const codes = (units.match(/\w{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16));
      text.set(Number.parseInt(from, 16) + n, String.fromCharCode(...codes));
    });
  return text;
}

function runsOf(content: string, fonts: ReadonlyMap<string, Font>): Run[] {
  const pattern = /BT\n1 0 0 1 (\S+) (\S+) Tm\n\/(F\d+) (\S+) Tf\n([\s\S]*?)ET/g;
  return [...content.matchAll(pattern)].map(([, x, y, name = '', points, shown = '']) => {
    const font = fonts.get(name);
    const size = Number(points);
    let text = '';
    let width = 0;
    for (const [, hex, back] of shown.matchAll(/<([0-9a-f]*)>|(?<=> )(-?[\d.]+)/g)) {
      width -= Number(back ?? 0);
      for (const code of hex?.match(/.{4}/g) ?? []) {
        text += font?.text.get(Number.parseInt(code, 16)) ?? '';
        width += font?.widths[Number.parseInt(code, 16)] ?? 0;
      }
    }
    return { text, x: Number(x), y: Number(y), width: (width * size) / 1000, size, font: font?.name ?? '' };
  });
}

const rulesOf = (content: string): Rule[] =>
  [...content.matchAll(/(\S+) (\S+) m\n(\S+) (\S+) l\n/g)].map((found) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = found.slice(1).map(Number);
    return { x1, y1, x2, y2 };
  });

/** The cells of the ruled rows of a page, from top to bottom, the lines in a cell joined by spaces; [] for a page without a table. */
export function rowsOn({ height, runs, rules }: PdfPage): string[][] {
  const edges = (places: readonly number[]): number[] =>
    [...new Set(places.map((place) => Math.round(place)))].sort((a, b) => a - b);
  const columns = edges(rules.filter(({ x1, x2 }) => x1 === x2).map(({ x1 }) => x1));
  const lines = edges(rules.filter(({ y1, y2 }) => y1 === y2).map(({ y1 }) => y1));
  const rows = lines.slice(1).map(() => columns.slice(1).map(() => ''));
  for (const { text, x, y } of runs) {
    const row = rows[lines.findLastIndex((line) => line < height - y)];
    const col = columns.findLastIndex((column) => column <= x);
    if (row && col >= 0) row[col] = `${row[col] ?? ''} ${text}`.trim();
  }
  return rows;
}

/** The entries of the information dictionary, with dates as they are written. */
function infoOf(bytes: Uint8Array, objects: Objects): Record<string, string> {
  const trailer = Buffer.from(bytes).toString('latin1').split('trailer\n').at(-1) ?? '';
  const { head = '' } = objects.get(refTo(trailer, 'Info')) ?? {};
  return Object.fromEntries(
    [...head.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, key = '', id]) => {
      const raw = /\(([\s\S]*)\)/.exec(objects.get(Number(id))?.head ?? '')?.[1] ?? '';
      const plain = raw.replace(/\\([()\\nrtbf])/g, (_, mark: string) => ESCAPES[mark] ?? mark);
      if (!plain.startsWith('\xfe\xff')) return [key, plain];
      return [key, Buffer.from(plain.slice(2), 'latin1').swap16().toString('utf16le')];
    }),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
