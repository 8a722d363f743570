// Pictures of a report for the phone: every row is there once and readable, whatever was written into it, and small enough to send.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { cellText } from '../../src/sheets/cell-text.ts';
import { appendixSheets, type Empty, type Sheet, type SheetCell } from '../../src/sheets/layout.ts';
import { drawPictures } from '../../src/sheets/picture.ts';
import type { Block, Line } from '../../src/sheets/picture-block.ts';
import { drawable, loadMetrics, textWidth } from '../../src/sheets/picture-font.ts';
import { linesOf } from '../../src/sheets/picture-lines.ts';
import { COLOURS, FONTS, lineHeight, WIDTH } from '../../src/sheets/picture-look.ts';
import { type Picture, planPictures } from '../../src/sheets/picture-plan.ts';
import { encodePng } from '../../src/sheets/picture-png.ts';
import { PICTURE } from '../../src/text/picture.ts';
import { filledDocuments } from './documents.ts';

const HIGHEST = 2400;
const metrics = await loadMetrics();
const documents = (await filledDocuments()).map(({ id, appendix }) => ({
  id,
  sheets: appendixSheets(appendix),
}));

const words = (text: string): SheetCell =>
  text === ''
    ? { kind: 'empty', bold: false, align: 'left' }
    : { kind: 'text', text, bold: false, align: 'left' };
const empty = (reason: Empty): SheetCell => ({ kind: 'empty', reason, bold: false, align: 'right' });
const figure = (number: number, decimals = 0): SheetCell => ({
  ...{ kind: 'number', number, decimals, bold: false, align: 'right' },
});
type SheetRow = Sheet['rows'][number];
/** In the order of the columns: stt, label, unit, value, note. */
const row = (kind: SheetRow['kind'], ...cells: readonly (string | SheetCell)[]): SheetRow => ({
  kind,
  cells: cells.map((cell) => (typeof cell === 'string' ? words(cell) : cell)),
});

function table(rows: readonly SheetRow[], more: Partial<Sheet> = {}): Sheet {
  return {
    name: 'Phụ lục',
    title: [
      { text: 'Phụ lục', style: 'heading' },
      { text: 'BÁO CÁO QUÝ III NĂM 2022', style: 'title' },
    ],
    columns: (['stt', 'label', 'unit', 'value', 'note'] as const).map((key) => ({ key, width: 10 })),
    ...{ tiers: 0, header: [], rows },
    ...more,
  };
}

const prose = 'Kết quả thực hiện cải cách hành chính của đơn vị trong kỳ báo cáo. '.repeat(80).slice(0, 5000);
const hostile = table(
  [
    row('section', 'I', `Mục ${prose.slice(0, 900)}`, '', '', prose),
    row('group', '1.1.1.1.1.1.1.1.1', 'Nhóm', '', '', 'w'.repeat(500)),
    row(
      'indicator',
      '1',
      'Biểu tượng 😀 👩‍💼 🏛️ 中文',
      'Người 👍',
      figure(1234567890123),
      'Z̴̧̛̗͐ȃ̵̱l̶̰̐g̷̡̕o\tvà\u202engược',
    ),
    row('indicator', '2', 'W'.repeat(3000), 'Có = 1; Không = 0', figure(99.98, 2), prose),
    row('indicator', 'Trong đó', 'Chữ trong ô số liệu', '%', prose, ''),
    row('indicator', prose.slice(0, 400), 'Đơn vị dài', prose, figure(-5), prose),
    row('indicator', '3', '', '', empty('missing'), ''),
    row('indicator', '4', 'Chờ', 'Có = 1 Không = 0', empty('pending'), ''),
    row('indicator', '5', 'Trống', '', empty('blank'), `${'\n'.repeat(90)}một\n\n\nhai${'\n'.repeat(90)}ba`),
  ],
  {
    title: [
      { text: 'PHỤ LỤC '.repeat(50), style: 'heading' },
      { text: 'BÁO CÁO '.repeat(200), style: 'title' },
      { text: 'w'.repeat(900), style: 'attached' },
    ],
  },
);
const odd = table([row('indicator', 'Có bảng không có cột số liệu'), row('indicator', 'Dòng sau')], {
  columns: [{ key: 'label', width: 10 }],
});
const cases: readonly (readonly [string, readonly Sheet[]])[] = [
  ...documents.map(({ id, sheets }) => [id, sheets] as const),
  ['hostile texts', [hostile]],
  ['a table without figures and an empty one', [odd, table([])]],
];

/** The blocks of a picture with their distance from its top. */
function placed({ blocks }: Picture): readonly (Block & { readonly top: number })[] {
  let next = 0;
  return blocks.map((block) => {
    const top = next;
    next += block.height;
    return { ...block, top };
  });
}

type Box = { left: number; top: number; right: number; bottom: number };
const boxOf = (line: Line, top: number): Box => ({
  ...{ left: line.left, right: line.left + line.width },
  ...{ top: top + line.top, bottom: top + line.top + lineHeight(line.font) },
});
const meet = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** All letters of some texts in order of the alphabet, so that texts in columns can be compared with their lines. */
const letters = (texts: readonly string[]): string =>
  [...drawable(texts.join(''), metrics).replace(/[\s\u00a0]/g, '')].sort().join('');

const closed = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What the picture of a row must say. */
function expectedWords(sheet: Sheet, { cells }: SheetRow): string[] {
  const value = cells[sheet.columns.findIndex(({ key }) => key === 'value')];
  const reason = value?.kind === 'empty' ? value.reason : undefined;
  return [...cells.map(cellText), ...(reason ? [PICTURE[reason]] : [])];
}

/** "(tiếp)" beside the later parts of a row is no word of the row. */
const ownLines = (block: Block, part: number): readonly Line[] =>
  part > 0 && block.lines[0]?.text === PICTURE.continued ? block.lines.slice(1) : block.lines;

describe.each(cases)('The pictures planned for %s', (_, sheets) => {
  const pictures = planPictures(sheets, metrics, HIGHEST);

  it('show every row once, in order, with all its words', () => {
    for (const [n, sheet] of sheets.entries()) {
      const blocks = pictures.filter((picture) => picture.sheet === n).flatMap((picture) => picture.blocks);
      const numbers = blocks.flatMap((block) => block.row ?? []);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      for (const [index, each] of sheet.rows.entries()) {
        const shown = blocks.filter((block) => block.row === index).flatMap(ownLines);
        expect(letters(shown.map(({ text }) => text))).toBe(letters(expectedWords(sheet, each)));
      }
    }
  });

  it('are no higher than a picture may be', () => {
    for (const { height, blocks } of pictures) {
      expect(height).toBeLessThanOrEqual(HIGHEST);
      expect(height).toBe(blocks.reduce((sum, block) => sum + block.height, 0));
    }
  });

  it('keep every text in its box, in its row and on the picture', () => {
    for (const block of pictures.flatMap((picture) => picture.blocks))
      for (const line of block.lines) {
        expect(textWidth(line.text, line.font, metrics)).toBeLessThanOrEqual(line.width);
        const box = boxOf(line, 0);
        expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0);
        expect(box.right).toBeLessThanOrEqual(WIDTH);
        expect(box.bottom).toBeLessThanOrEqual(block.height);
        expect(line.font.size).toBeGreaterThanOrEqual(30);
      }
  });

  it('have no text upon another', () => {
    for (const picture of pictures) {
      const boxes = placed(picture).flatMap(({ lines, top }) => lines.map((line) => boxOf(line, top)));
      const clash = boxes.filter((box, n) => boxes.slice(0, n).some((other) => meet(box, other)));
      expect(clash).toEqual([]);
    }
  });

  it('are numbered through all tables', () => {
    const texts = pictures.map(({ blocks }) => blocks[0]?.lines.map(({ text }) => text));
    for (const [n, lines] of texts.entries()) expect(lines).toContain(`Ảnh ${n + 1}/${pictures.length}`);
  });

  it('repeat the heading of a section that goes on', () => {
    for (const picture of pictures) {
      const [first, second] = picture.blocks.slice(1);
      const rows = sheets[picture.sheet]?.rows ?? [];
      const start = (first?.kind === 'continued' ? second : first)?.row ?? 0;
      // A section that is itself higher than a picture is cut, and has no heading above it yet.
      const inside =
        rows[start]?.kind !== 'section' && rows.slice(0, start).some(({ kind }) => kind === 'section');
      expect(first?.kind === 'continued').toBe(inside);
      if (inside) expect(first?.lines.some(({ text }) => text.endsWith(PICTURE.continued))).toBe(true);
    }
  });
});

describe('A table that is longer than a picture', () => {
  it('is cut between rows, and never behind a heading', () => {
    for (const { sheets } of documents) {
      const pictures = planPictures(sheets, metrics, HIGHEST);
      const shown = pictures.flatMap(({ blocks }) => blocks.filter((block) => block.row !== undefined));
      expect(shown.length).toBe(sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0));
      for (const { blocks } of pictures) expect(blocks.at(-2)?.kind).toBe('indicator');
    }
  });

  it('has a row that is higher than a picture in several, marked as going on', () => {
    const pictures = planPictures(
      [table([row('indicator', '1.1.1.', 'Ghi chú', '', '', prose)])],
      metrics,
      1200,
    );
    expect(pictures.length).toBeGreaterThan(2);
    const begins = pictures.map(({ blocks }) => blocks[1]?.lines[0]?.text);
    expect(begins).toEqual(['1.1.1.', ...pictures.slice(1).map(() => PICTURE.continued)]);
  });

  it('has pictures of about the same height', () => {
    const rows = Array.from({ length: 60 }, (_, n) =>
      row('indicator', `${n}`, 'Chỉ tiêu', 'Người', figure(n), ''),
    );
    const heights = planPictures([table(rows)], metrics, HIGHEST).map(({ height }) => height);
    expect(Math.min(...heights)).toBeGreaterThan(Math.max(...heights) * 0.8);
  });
});

describe('The title', () => {
  it('stands whole above the first picture and as one line, with unit and period, above the others', () => {
    for (const { sheets } of documents)
      for (const { sheet, blocks } of planPictures(sheets, metrics, HIGHEST)) {
        const titles = sheets[sheet]?.title.filter(({ style }) => style === 'title') ?? [];
        const whole = closed(titles.map(({ text }) => text).join(' '));
        const shown =
          blocks[0]?.lines.filter(({ font }) => font === FONTS.title).map(({ text }) => text) ?? [];
        const number = /^Ảnh (\d+)/.exec(blocks[0]?.lines.find(({ text }) => /^Ảnh/.test(text))?.text ?? '');
        if (number?.[1] === '1') expect(closed(shown.join(' '))).toBe(whole);
        else if (blocks[1]?.kind === 'continued') {
          expect(shown).toHaveLength(1);
          expect(closed(shown[0] ?? '').startsWith('… ')).toBe(closed(shown[0] ?? '') !== whole);
          expect(whole.endsWith(closed(shown[0] ?? '').replace(/^… /, ''))).toBe(true);
        }
      }
  });

  it('is cut where not even its last word fits a line', () => {
    const rows = Array.from({ length: 60 }, () => row('indicator', '1', 'Chỉ tiêu', 'Người', figure(1), ''));
    const title = [{ text: 'w'.repeat(900), style: 'title' as const }];
    const [, second] = planPictures([table(rows, { title })], metrics, HIGHEST);
    const [line] = second?.blocks[0]?.lines.filter(({ font }) => font === FONTS.title) ?? [];
    expect(line?.text).toMatch(/^w{20,}…$/);
  });
});

describe('A row in a picture', () => {
  const blockOf = (each: SheetRow): Block | undefined =>
    planPictures([table([each])], metrics, HIGHEST)[0]?.blocks[1];
  const lineOf = (each: SheetRow, text: string): Line | undefined =>
    blockOf(each)?.lines.find((line) => line.text === text);

  it('has its figure at the right, larger than the label, and the unit below it', () => {
    const each = row('indicator', '1', 'Số văn bản', 'Văn bản', figure(5971), '');
    const [value, unit, label] = ['5.971', 'Văn bản', 'Số văn bản'].map((text) => lineOf(each, text));
    expect(value).toMatchObject({ align: 'right', font: { face: 'bold' } });
    expect(value?.font.size).toBeGreaterThan(label?.font.size ?? 99);
    expect(unit?.top).toBeGreaterThanOrEqual(
      (value?.top ?? 0) + lineHeight(value?.font ?? { face: 'bold', size: 0 }),
    );
    expect(label?.left).toBeLessThan(value?.left ?? 0);
  });

  it('says plainly that a figure is missing, but not where the form asks for none', () => {
    const each = row('indicator', '1', 'Chỉ tiêu', '', empty('missing'), '');
    expect(lineOf(each, PICTURE.missing)).toMatchObject({ colour: 'onMissing' });
    expect(blockOf(each)?.fields.map(({ colour }) => colour)).toEqual(['missingEdge', 'missing']);
    const others = (['group', 'section'] as const).map((kind) => blockOf(row(kind, '1', 'Nhóm', '', '', '')));
    for (const block of [...others, blockOf(row('indicator', '1', 'Chỉ tiêu', '', figure(0), ''))])
      expect(block?.fields).toEqual([]);
    expect(others.map((block) => block?.lines.map(({ text }) => text))).toEqual([
      ['1', 'Nhóm'],
      ['1', 'Nhóm'],
    ]);
  });

  it.each([
    ['blank', 'để trống', 'quiet', []],
    ['notApplicable', 'không áp dụng', 'quiet', []],
    ['pending', 'chưa có số liệu', 'onMissing', ['missing']],
  ] as const)('says quietly that a figure is empty on purpose: %s', (reason, text, colour, fields) => {
    const each = row('indicator', '1', 'Chỉ tiêu', 'Người', empty(reason), '');
    expect(lineOf(each, text)).toMatchObject({ colour });
    expect(blockOf(each)?.fields.map((field) => field.colour)).toEqual(fields);
    expect(lineOf(each, 'Người')?.top).toBeGreaterThan(lineOf(each, text)?.top ?? 99);
  });

  it('keeps the codes of a choice together', () => {
    const each = row(
      'indicator',
      '1',
      'Hình thức',
      'Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 2',
      figure(1),
      '',
    );
    const lines = blockOf(each)?.lines.map(({ text }) => text.replaceAll('\u00a0', ' '));
    expect(lines).toEqual(expect.arrayContaining(['Trực tuyến = 0', 'Phát phiếu = 1', 'Kết hợp = 2']));
    const levels = row('indicator', '2', 'Mức', 'Chưa có = 0 2 cấp = 1 3 cấp = 2', figure(1), '');
    const codes = blockOf(levels)?.lines.map(({ text }) => text.replaceAll('\u00a0', ' '));
    expect(codes).toEqual(expect.arrayContaining(['Chưa có = 0', '2 cấp = 1', '3 cấp = 2']));
  });
});

describe('The lines of a text', () => {
  const font = { face: 'regular', size: 36 } as const;

  it('end between words', () => {
    const text = 'Số lượng hồ sơ thủ tục hành chính đã tiếp nhận trong kỳ';
    const lines = linesOf(text, 400, font, metrics);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join(' ')).toBe(text);
  });

  it('compose Vietnamese letters', () => {
    expect(linesOf('Tỷ lệ'.normalize('NFD'), 400, font, metrics)).toEqual(['Tỷ lệ']);
  });

  it('break a word only where it is longer than a line, behind a sign if there is one', () => {
    const lines = linesOf('https://cchc.soctrang.gov.vn/ke-hoach/cai-cach', 400, font, metrics);
    expect(lines).toEqual(['https://cchc.soctrang.gov.', 'vn/ke-hoach/cai-cach']);
  });

  it('have no letter that would be drawn in a font of the machine', () => {
    expect(linesOf('Đạt 100%\u200b 报告', 900, font, metrics)).toEqual(['Đạt 100% □□']);
  });

  it('have no emoji, for which the fonts have no picture', () => {
    expect(linesOf('Đạt 👍🏽 100% ✅ của 🇻🇳, mục 1️⃣ ©️', 900, font, metrics)).toEqual([
      'Đạt 100% của, mục 1 ©',
    ]);
    expect(linesOf('🙂 👨‍👩‍👧', 900, font, metrics)).toEqual([]);
  });

  it('keep an empty line between others', () => {
    expect(linesOf('\nmột\n\nhai\n \n', 400, font, metrics)).toEqual(['một', '', 'hai']);
    const note = row('indicator', '1', 'Chỉ tiêu', '', figure(1), 'một\n\nhai');
    const lines = planPictures([table([note])], metrics, HIGHEST)[0]?.blocks[1]?.lines ?? [];
    const [one, two] = ['một', 'hai'].map((text) => lines.find((line) => line.text === text));
    expect((two?.top ?? 0) - (one?.top ?? 0)).toBe(2 * lineHeight(one?.font ?? font));
  });
});

type Decoded = {
  readonly width: number;
  readonly height: number;
  readonly colourAt: (x: number, y: number) => string;
};
async function decoded(png: Uint8Array): Promise<Decoded> {
  const image = await loadImage(Buffer.from(png));
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const colourAt = (x: number, y: number) =>
    `#${Buffer.from(data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)).toString('hex')}`;
  return { width, height, colourAt };
}

/** The colours along a line of text, from left to right through the middle of its small letters. */
function coloursOf(line: Line, top: number, image: Decoded): readonly string[] {
  const middle = Math.round(top + line.top + lineHeight(line.font) * 0.6);
  return Array.from({ length: line.width }, (_, n) => image.colourAt(line.left + n, middle));
}

describe('The drawn pictures', () => {
  it.each(documents)('of $id are PNG files of the planned size that Zalo takes', async ({ sheets }) => {
    const plan = planPictures(sheets, metrics, HIGHEST);
    const drawn = await drawPictures(sheets);
    expect(drawn.length).toBe(plan.length);
    for (const [n, png] of drawn.entries()) {
      const bytes = Buffer.from(png);
      expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1080, plan[n]?.height]);
      expect(bytes.length).toBeLessThanOrEqual(1_000_000);
    }
  });

  it('show the texts where they were planned, in their colours', async () => {
    const sheets = documents[0]?.sheets ?? [];
    const [first] = planPictures(sheets, metrics, HIGHEST);
    const image = await decoded((await drawPictures(sheets))[0] ?? new Uint8Array());
    expect(image.colourAt(2, 2)).toBe(COLOURS.paper);
    for (const { lines, top, fill } of placed(first as Picture)) {
      if (fill) expect(image.colourAt(2, top + 2)).toBe(COLOURS[fill]);
      for (const line of lines) expect(new Set(coloursOf(line, top, image)).size).toBeGreaterThan(2);
    }
  });

  it('round the corners of a field', async () => {
    const sheet = table([row('indicator', '1', 'Chỉ tiêu', '', empty('missing'), '')]);
    const [picture] = planPictures([sheet], metrics, HIGHEST);
    const block = placed(picture as Picture).find(({ row: number }) => number === 0);
    const { left = 0, top = 0, width = 0, height = 0 } = block?.fields[0] ?? {};
    const image = await decoded((await drawPictures([sheet]))[0] ?? new Uint8Array());
    const [first, last] = [(block?.top ?? 0) + top, (block?.top ?? 0) + top + height - 1];
    const corners = [first, last].flatMap((y) => [left, left + width - 1].map((x) => image.colourAt(x, y)));
    expect(new Set(corners)).toEqual(new Set([COLOURS.paper]));
    expect(image.colourAt(left + width / 2, first)).toBe(COLOURS.missingEdge);
    expect(image.colourAt(left, first + height / 2)).toBe(COLOURS.missingEdge);
    expect(image.colourAt(left + width / 2, first + 3)).toBe(COLOURS.missing);
  });

  it('have a pale amber field where a figure is missing', async () => {
    const sheet = table([row('indicator', '1', 'Chỉ tiêu', '', empty('missing'), '')]);
    const [picture] = planPictures([sheet], metrics, HIGHEST);
    const block = placed(picture as Picture).find(({ row: number }) => number === 0);
    const line = block?.lines.find(({ text }) => text === PICTURE.missing) as Line;
    const image = await decoded((await drawPictures([sheet]))[0] ?? new Uint8Array());
    const seen = coloursOf(line, block?.top ?? 0, image);
    expect(seen[10]).toBe(COLOURS.missing);
    expect(seen).toContain(COLOURS.onMissing);
  });

  it('are in the letters that were measured', () => {
    const context = createCanvas(10, 10).getContext('2d');
    const styles = { regular: '', bold: 'bold ', italic: 'italic ' };
    const lines = documents.flatMap(({ sheets }) =>
      planPictures(sheets, metrics, HIGHEST).flatMap(({ blocks }) => blocks.flatMap((block) => block.lines)),
    );
    for (const { text, font } of lines) {
      context.font = `${styles[font.face]}${font.size}px "Chitieu Bot Serif"`;
      const measured = textWidth(text, font, metrics);
      expect(context.measureText(text).width).toBeLessThanOrEqual(measured + 1);
      expect(context.measureText(text).width).toBeGreaterThan(measured * 0.9);
    }
  });

  it('are the same every time', async () => {
    const bytes = async () =>
      (await drawPictures([hostile])).map((png) => Buffer.from(png).toString('base64'));
    const first = await bytes();
    expect(await bytes()).toEqual(first);
  });

  it('of no table are none', async () => {
    expect(await drawPictures([])).toEqual([]);
  });

  it('stay below the limit at the least height even if no pixel is like another', async () => {
    let seed = 1;
    const noise = Uint8Array.from({ length: 1081 * 900 }, (_, n) => {
      seed = (seed * 48271) % 2147483647;
      return n % 1081 === 0 ? 0 : (seed >> 8) & 0xff;
    });
    const greys = Array.from({ length: 256 }, (_, n) => [n, n, n]);
    const png = await encodePng(noise, 1080, greys);
    expect(png.length).toBeLessThanOrEqual(1_000_000);
    expect(await decoded(png)).toMatchObject({ width: 1080, height: 900 });
    for (const { height } of planPictures([hostile], metrics, 900)) expect(height).toBeLessThanOrEqual(900);
  });
});
