// Reads a Word document back for the tests: the parts of the zip file, their XML, and the tables with what matters in print.
import { crc32, inflateRawSync } from 'node:zlib';

type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
};
type WordCell = {
  readonly text: string;
  readonly span: number;
  /** restart, continue, or undefined for a cell of a single row. */
  readonly merge: string | undefined;
  readonly width: number;
  readonly align: string | undefined;
  readonly vertical: string | undefined;
  readonly bold: boolean;
  /** In points; undefined where the letters are as usual. */
  readonly size: number | undefined;
};
type WordRow = {
  readonly repeats: boolean;
  readonly whole: boolean;
  /** On one page with the row below. */
  readonly keepsNext: boolean;
  readonly cells: readonly WordCell[];
};
type WordSection = {
  readonly titles: readonly {
    text: string;
    bold: boolean;
    italic: boolean;
    size: number | undefined;
    align?: string | undefined;
  }[];
  readonly grid: readonly number[];
  readonly layout: string | undefined;
  readonly borders: Readonly<Record<string, string | undefined>>;
  readonly rows: readonly WordRow[];
  readonly paper: Readonly<Record<string, string>>;
  readonly margins: Readonly<Record<string, string>>;
  readonly begins: string | undefined;
  /** The kinds of pages that have a header, or a footer. */
  readonly headers: readonly (string | undefined)[];
  readonly footers: readonly (string | undefined)[];
  /** Whether its first page has headers of its own. */
  readonly ownFirstPage: boolean;
  /** Where the page numbers begin anew; undefined when they count on. */
  readonly firstNumber: string | undefined;
};

/** The entries of a zip file by name. Throws when the content of one is damaged. */
export function unzip(bytes: Uint8Array): Map<string, { readonly text: string; readonly time: number }> {
  const file = Buffer.from(bytes);
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const entries = new Map<string, { text: string; time: number }>();
  let at = file.readUInt32LE(end + 16);
  for (let n = file.readUInt16LE(end + 10); n > 0; n--) {
    const [nameSize, extraSize, noteSize] = [28, 30, 32].map((field) => file.readUInt16LE(at + field));
    const local = file.readUInt32LE(at + 42);
    const name = file.toString('utf8', at + 46, at + 46 + (nameSize ?? 0));
    const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(begin, begin + file.readUInt32LE(at + 20));
    const content = file.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed;
    if (crc32(content) !== file.readUInt32LE(at + 16)) throw new Error(`${name} is damaged`);
    const times = [file.readUInt32LE(at + 12), file.readUInt32LE(local + 10)];
    if (times[0] !== times[1]) throw new Error(`${name} has two times`);
    entries.set(name, { text: content.toString('utf8'), time: times[0] ?? 0 });
    at += 46 + (nameSize ?? 0) + (extraSize ?? 0) + (noteSize ?? 0);
  }
  return entries;
}

/** Strict about what these files hold: throws at a character or a tag that XML does not allow. */
export function parseXml(text: string): Element {
  const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (illegal) throw new Error(`XML cannot hold the character at ${illegal.index}`);
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  for (const [token] of text.replace(/^<\?xml[^>]*\?>/, '').matchAll(/<[^<>]*>|[^<]+/g)) {
    const parent = open.at(-1) ?? root;
    const tag = /^<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>$/.exec(token);
    if (!tag) {
      if (token.startsWith('<')) throw new Error(`no tag: ${token}`);
      parent.children.push(decoded(token));
      continue;
    }
    const [, closes, name = '', attributes = '', empty] = tag;
    if (closes) {
      if (open.pop()?.name !== name || open.length === 0) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const pairs = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
      key,
      decoded(value),
    ]);
    const element: Element = { name, attributes: Object.fromEntries(pairs), children: [] };
    parent.children.push(element);
    if (!empty) open.push(element);
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.name}> stays open`);
  const [first] = all(root);
  if (!first) throw new Error('the XML is empty');
  return first;
}

const MARKS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (/&(?!(amp|lt|gt|quot|apos);)/.test(text)) throw new Error(`a bare & in ${text}`);
  return text.replace(/&(\w+);/g, (_, name: string) => MARKS[name] ?? '');
}

const all = (parent: Element, name?: string): Element[] =>
  parent.children
    .filter((child) => typeof child !== 'string')
    .filter((child) => !name || child.name === name);

/** The first element at the end of a path; an empty one where there is none. */
const find = (parent: Element, ...path: string[]): Element =>
  path.reduce<Element>((at, name) => all(at, name)[0] ?? { name: '', attributes: {}, children: [] }, parent);
const has = (parent: Element, ...path: string[]): boolean => find(parent, ...path).name !== '';
const value = (parent: Element, ...path: string[]): string | undefined =>
  find(parent, ...path).attributes['w:val'];

/** Whether a property like "bold" is there and not switched off again. */
const on = (parent: Element, ...path: string[]): boolean =>
  has(parent, ...path) && !['false', '0', 'off'].includes(value(parent, ...path) ?? '');

/** The sections of a document, each with one table. Throws when it is built otherwise. */
export function readDocument(bytes: Uint8Array): WordSection[] {
  const body = find(parseXml(unzip(bytes).get('word/document.xml')?.text ?? ''), 'w:body');
  const sections: WordSection[] = [];
  let parts: Element[] = [];
  for (const part of all(body)) {
    const last = part.name === 'w:sectPr';
    const setup = last ? part : find(part, 'w:pPr', 'w:sectPr');
    if (!last) parts.push(part);
    if (!setup.name) continue;
    sections.push(sectionOf(parts, setup));
    parts = [];
  }
  if (parts.length > 0) throw new Error('the last section has no setup');
  return sections;
}

function sectionOf(parts: readonly Element[], setup: Element): WordSection {
  const [end, table, ...titles] = [...parts].reverse();
  if (end?.name !== 'w:p' || wordsOf(end) !== '' || table?.name !== 'w:tbl')
    throw new Error('a section does not end with a table and an empty paragraph');
  const properties = find(table, 'w:tblPr');
  const borders = all(find(properties, 'w:tblBorders')).map(({ name, attributes }) => [
    name.slice(2),
    attributes['w:val'],
  ]);
  return {
    titles: titles.reverse().map((line) => ({
      ...{ text: wordsOf(line), align: value(line, 'w:pPr', 'w:jc') },
      ...lettersOf(line),
    })),
    grid: all(find(table, 'w:tblGrid')).map(({ attributes }) => Number(attributes['w:w'])),
    layout: find(properties, 'w:tblLayout').attributes['w:type'],
    borders: Object.fromEntries(borders),
    rows: all(table, 'w:tr').map((row) => ({
      repeats: on(row, 'w:trPr', 'w:tblHeader'),
      whole: on(row, 'w:trPr', 'w:cantSplit'),
      keepsNext: all(row, 'w:tc').every((cell) =>
        all(cell, 'w:p').every((p) => on(p, 'w:pPr', 'w:keepNext')),
      ),
      cells: all(row, 'w:tc').map(cellOf),
    })),
    ...{ paper: find(setup, 'w:pgSz').attributes, margins: find(setup, 'w:pgMar').attributes },
    begins: value(setup, 'w:type'),
    headers: all(setup, 'w:headerReference').map(({ attributes }) => attributes['w:type']),
    footers: all(setup, 'w:footerReference').map(({ attributes }) => attributes['w:type']),
    ownFirstPage: on(setup, 'w:titlePg'),
    firstNumber: find(setup, 'w:pgNumType').attributes['w:start'],
  };
}

function cellOf(cell: Element): WordCell {
  const properties = find(cell, 'w:tcPr');
  const { bold, size } = lettersOf(find(cell, 'w:p'));
  if (all(cell, 'w:p').length !== 1) throw new Error('a cell has not one paragraph');
  return {
    text: wordsOf(find(cell, 'w:p')),
    span: Number(value(properties, 'w:gridSpan') ?? 1),
    merge: has(properties, 'w:vMerge') ? (value(properties, 'w:vMerge') ?? 'continue') : undefined,
    width: Number(find(properties, 'w:tcW').attributes['w:w']),
    align: value(cell, 'w:p', 'w:pPr', 'w:jc'),
    vertical: value(properties, 'w:vAlign'),
    ...{ bold, size },
  };
}

/** How all the runs of a paragraph are written. Throws when they differ. */
function lettersOf(paragraph: Element): { bold: boolean; italic: boolean; size: number | undefined } {
  const letters = all(paragraph, 'w:r').map((run) => {
    const size = value(run, 'w:rPr', 'w:sz');
    const [bold, italic] = [on(run, 'w:rPr', 'w:b'), on(run, 'w:rPr', 'w:i')];
    return { bold, italic, size: size === undefined ? undefined : Number(size) / 2 };
  });
  const [first = { bold: false, italic: false, size: undefined }] = letters;
  if (letters.some((each) => JSON.stringify(each) !== JSON.stringify(first))) throw new Error('runs differ');
  return first;
}

/** What a reader sees: spaces count only where the file says so, and anything but words, tabs and line breaks is an error. */
const wordsOf = (paragraph: Element): string =>
  all(paragraph, 'w:r')
    .flatMap((run) => all(run).filter(({ name }) => name !== 'w:rPr'))
    .map(({ name, attributes, children }) => {
      if (name === 'w:br') return '\n';
      if (name === 'w:tab') return '\t';
      if (name !== 'w:t') throw new Error(`a run holds ${name}`);
      const text = children.join('');
      return attributes['xml:space'] === 'preserve' ? text : text.trim();
    })
    .join('');
