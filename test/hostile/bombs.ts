// Files that are small and ask for very much: of time, of memory, or of patience.
import { deflateRawSync } from 'node:zlib';

type Part = {
  readonly name: string;
  readonly data: string | Uint8Array;
  /** The size that the archive says it has (bytes); its own when left out. */
  readonly claims?: number;
};

/** An archive of these parts. */
function zip(parts: readonly Part[]): Uint8Array {
  const [files, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const { name, data, claims } of parts) {
    const raw = Buffer.from(data);
    const packed = deflateRawSync(raw);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(at, 42);
    for (const [record, from] of [
      [head, 8],
      [entry, 10],
    ] as const) {
      record.writeUInt16LE(8, from);
      record.writeUInt32LE(packed.length, from + 10);
      record.writeUInt32LE(claims ?? raw.length, from + 14);
      record.writeUInt16LE(Buffer.byteLength(name), from + 18);
    }
    files.push(head, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    at += head.length + Buffer.byteLength(name) + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...files, ...directory, end]));
}

const OFFICE = 'http://schemas.openxmlformats.org';
const MAIN = `xmlns="${OFFICE}/spreadsheetml/2006/main"`;
const RELATIONS = `xmlns="${OFFICE}/package/2006/relationships"`;
const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${OFFICE}/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
const cell = (ref: string, text: string): string => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
const HEADING = ['ma', 'ten', 'loai', 'tinh'].map((text, n) => cell(`${'ABCD'[n]}1`, text)).join('');
const HEAD = `<row r="1">${HEADING}</row>`;

const sheetOf = (rows: string, after = ''): string =>
  `<worksheet ${MAIN}><sheetData>${HEAD}${rows}</sheetData>${after}</worksheet>`;

type Book = {
  readonly sheet?: string;
  readonly shared?: string;
  readonly styles?: string;
  readonly sheets?: string;
  readonly relations?: string;
};

/** A workbook whose first sheet begins as a list of units. */
function book({
  sheet = sheetOf(''),
  shared = '',
  styles = '',
  sheets = '',
  relations = '',
}: Book): Uint8Array {
  return zip([
    {
      name: '[Content_Types].xml',
      data: `<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      data: `<Relationships ${RELATIONS}>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      data: `<workbook ${MAIN} xmlns:r="${OFFICE}/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/>${sheets}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships ${RELATIONS}>${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation('r2', 'sharedStrings', 'sharedStrings.xml')}${relation('r3', 'styles', 'styles.xml')}${relations}</Relationships>`,
    },
    { name: 'xl/sharedStrings.xml', data: `<sst ${MAIN}>${shared}</sst>` },
    { name: 'xl/styles.xml', data: `<styleSheet ${MAIN}><cellXfs>${styles}</cellXfs></styleSheet>` },
    { name: 'xl/worksheets/sheet1.xml', data: sheet },
  ]);
}

const MB = 1024 * 1024;
const times = (text: string, bytes = 31 * MB): string => text.repeat(Math.floor(bytes / text.length));
const csv = (text: string): Uint8Array => new TextEncoder().encode(`ma,ten,loai\n${text}`);
/** Rows whose every cell is the one shared text. */
const sharing = (rows: number): string =>
  Array.from(
    { length: rows },
    (_, n) => `<row r="${n + 2}">${'<c t="s"><v>0</v></c>'.repeat(30)}</row>`,
  ).join('');
const ENTITIES = Array.from(
  { length: 20 },
  (_, n) => `<!ENTITY e${n} "${(n === 0 ? 'ha' : `&e${n - 1};`).repeat(10)}">`,
);

/** Each by what it is full of. All are under 5 MB, so that no limit on the file itself speaks first. */
export const BOMBS: Readonly<Record<string, () => Uint8Array>> = {
  'texts that no cell has': () => book({ shared: times('<si/>') }),
  'runs of one text': () => book({ shared: `<si>${times('<r><t>a</t></r>')}</si>` }),
  'formats of cells': () => book({ styles: times('<xf/>') }),
  'marks in marks': () => book({ shared: times('<a>') }),
  'attributes of one row': () => book({ sheet: sheetOf(`<row ${times('a="1" ')}></row>`) }),
  'different attributes of one row': () =>
    book({
      sheet: sheetOf(`<row ${Array.from({ length: 2_000_000 }, (_, n) => `a${n}="" `).join('')}></row>`),
    }),
  'marks that never end': () => book({ sheet: sheetOf(times('<')) }),
  'rows that never end': () => book({ sheet: sheetOf(times('<row ')) }),
  'remarks that never end': () => book({ sheet: sheetOf(times('<!--')) }),
  'raw text that never ends': () => book({ sheet: sheetOf(times('<![CDATA[')) }),
  'letters written as words': () =>
    book({ sheet: sheetOf(`<row r="2">${cell('A2', times('&amp;'))}</row>`) }),
  'words made of words': () =>
    book({
      sheet: `<!DOCTYPE x [${ENTITIES.join('')}]>${sheetOf(`<row r="2">${cell('A2', '&e19;')}</row>`)}`,
    }),
  'worksheets that are one and the same': () =>
    book({ sheets: times('<sheet name="S" sheetId="1" r:id="r1"/>') }),
  'relations to nothing': () => book({ relations: times('<Relationship Id="r" Type="x" Target="y"/>') }),
  'cells of one row': () => book({ sheet: sheetOf(`<row r="2">${times('<c/>')}</row>`) }),
  'rows at the very end': () =>
    book({ sheet: sheetOf(times('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')) }),
  'a row beyond every end': () =>
    book({ sheet: sheetOf('<row r="99999999999999"><c r="ZZZZZZZZ99999999999"><v>1</v></c></row>') }),
  'merged cells': () =>
    book({
      sheet: sheetOf('', `<mergeCells>${times('<mergeCell ref="A1:XFD1048576"/>')}</mergeCells>`),
    }),
  'one long text in every cell': () =>
    book({ shared: `<si><t>${'Số hồ sơ '.repeat(MB)}</t></si>`, sheet: sheetOf(sharing(3_000)) }),
  'a size that is a lie': () =>
    zip([
      { name: '[Content_Types].xml', data: '<Types/>' },
      { name: 'xl/workbook.xml', data: new Uint8Array(300 * MB), claims: 1_000 },
    ]),
  'a size that is true': () =>
    zip([
      { name: '[Content_Types].xml', data: '<Types/>' },
      { name: 'xl/workbook.xml', data: new Uint8Array(300 * MB) },
    ]),
  'empty lines': () => csv(times('a\n', 4.8 * MB)),
  'empty cells': () => csv(times(',', 4.8 * MB)),
  'quotation marks': () => csv(times('"', 4.8 * MB)),
  'quotation marks and lines': () => csv(times('"\n', 4.8 * MB)),
  'one endless name': () => csv(`A,${times('Số hồ sơ ', 2.5 * MB)},xã`),
  'marks on one letter': () => csv(`A,${times('a\u0301\u200b', 1.5 * MB)},xã`),
};
