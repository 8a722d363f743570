// The PDF: five real appendices stand in it word for word, nothing leaves its column, and the pages are ready to print.
import { describe, expect, it } from 'vitest';
import { cellText } from '../../src/sheets/cell-text.ts';
import { appendixSheets, type Sheet } from '../../src/sheets/layout.ts';
import { writePdf } from '../../src/sheets/pdf.ts';
import { filledDocuments } from './documents.ts';
import { type PdfPage, type Run, readPdf } from './pdf-read.ts';
import { figure, table, words } from './tables.ts';

const created = new Date('2026-01-02T03:04:05Z');
const millimetres = (points: number): number => (points / 72) * 25.4;
const reread = async (sheets: readonly Sheet[]) => readPdf(await writePdf(sheets, { created }));

const squash = (text: string): string => text.normalize('NFC').replace(/\s+/g, '');
/** The top margin: 20 mm, where nothing but the number stands. */
const isAbove = (page: PdfPage, { y }: Run): boolean => page.height - y < 56;
const runsOn = (page: PdfPage): Run[] => page.runs.filter((run) => !isAbove(page, run));
const numberOf = (page: PdfPage): string =>
  page.runs
    .filter((run) => isAbove(page, run))
    .map(({ text }) => text)
    .join(' ');
const printedOn = (page: PdfPage): string =>
  squash(
    runsOn(page)
      .map(({ text }) => text)
      .join(''),
  );
const linesOn = (page: PdfPage | undefined): string[] =>
  page ? runsOn(page).map(({ text }) => text.trim()) : [];
const titleOf = (sheet: Sheet): string => squash(sheet.title.map(({ text }) => text).join(''));
const headerOf = (sheet: Sheet): string => squash(sheet.header.map(({ text }) => text).join(''));

/** What stands below the header on the pages of a table, in printed order; every page has its header, and all but the first a number. */
function bodyOf(sheet: Sheet, pages: readonly PdfPage[]): string {
  return pages
    .map((page, n) => {
      const before = (n === 0 ? titleOf(sheet) : '') + headerOf(sheet);
      const printed = printedOn(page);
      expect(printed.slice(0, before.length)).toBe(before);
      expect(numberOf(page)).toBe(n === 0 ? '' : String(n + 1));
      return printed.slice(before.length);
    })
    .join('');
}

/** Cuts the pages where a title begins a new table. */
function pagesOf(sheets: readonly Sheet[], pages: readonly PdfPage[]): PdfPage[][] {
  const starts = sheets.map((sheet, n) =>
    n === 0 ? 0 : pages.findIndex((page) => printedOn(page).startsWith(titleOf(sheet) + headerOf(sheet))),
  );
  return starts.map((start, n) => pages.slice(start, starts[n + 1] ?? pages.length));
}

/** Runs of the table that do not stand between two vertical lines with room to spare, or that leave the text area. */
function strays(page: PdfPage, titleLines = 0): Run[] {
  return runsOn(page)
    .slice(titleLines)
    .filter((run) => {
      const y = page.height - run.y;
      const sides = page.rules.filter((rule) => rule.x1 === rule.x2 && rule.y1 < y && rule.y2 > y);
      const left = Math.max(...sides.map(({ x1 }) => x1).filter((x) => x <= run.x));
      const right = Math.min(...sides.map(({ x1 }) => x1).filter((x) => x > run.x));
      return !(run.x - left > 2 && right - (run.x + run.width) > 2 && run.y > 56 && y > 57);
    });
}

const documents = await filledDocuments();

describe.each(documents.map((document) => [document.id, document] as const))(
  'the PDF of %s',
  (_, { appendix }) => {
    const sheets = appendixSheets(appendix);
    const written = reread(sheets);

    it('has every word and figure of the report in its order, and nothing else', async () => {
      const { pages } = await written;
      const groups = pagesOf(sheets, pages);
      sheets.forEach((sheet, n) => {
        const expected = sheet.rows.flatMap(({ cells }) => cells.map(cellText)).join('');
        expect(bodyOf(sheet, groups[n] ?? [])).toBe(squash(expected));
      });
      expect(groups.flat()).toHaveLength(pages.length);
      expect(pages.length).toBeGreaterThan(3);
    });

    it('is on A4 with the margins of official papers and keeps all words inside their columns', async () => {
      const { pages } = await written;
      const groups = pagesOf(sheets, pages);
      for (const group of groups)
        group.forEach((page, n) => {
          const size = [millimetres(page.width), millimetres(page.height)].map(Math.round);
          expect(size.sort()).toEqual([210, 297]);
          const [first, ...others] = page.rules.map(({ x1 }) => x1);
          expect(millimetres(Math.min(first ?? 0, ...others))).toBeCloseTo(30, 0);
          const right = Math.max(...page.rules.map(({ x2 }) => x2));
          expect(millimetres(page.width - right)).toBeCloseTo(15, 0);
          const title = runsOn(page).findIndex(({ y }) => page.height - y > (page.rules[0]?.y1 ?? 0));
          expect(strays(page, n === 0 ? title : 0)).toEqual([]);
        });
    });

    it('carries its fonts with it', async () => {
      const { fonts } = await written;
      expect(fonts.map(({ name }) => name)).toContain('LiberationSerif-Bold');
      expect(fonts.map(({ name }) => name)).toContain('LiberationSerif');
      expect(fonts.every(({ embedded }) => embedded)).toBe(true);
    });

    it('breaks no word of the header', async () => {
      const { pages } = await written;
      const [page] = pages;
      const whole = sheets[0]?.header.flatMap(({ text }) => text.split(/[\s/]+/)) ?? [];
      const printed = page?.runs.flatMap(({ text }) => text.split(/[\s/]+/));
      for (const word of whole) expect(printed).toContain(word);
    });
  },
);

describe('the pages', () => {
  it('start anew with every table, each in its own orientation', async () => {
    const columns = (['label', 'unit', 'value', 'note'] as const).map((key) => ({ key, width: 25 }));
    const header = columns.map(({ key }, col) => ({ text: key, row: 0, col, across: 1, down: 1 }));
    const row = (note: string) => ({
      kind: 'indicator' as const,
      cells: [words('Số văn bản'), words('Văn bản'), figure(1), words(note)],
    });
    const lying = table([], { columns, header, rows: [row('ghi chú '.repeat(180)), row('ngắn')] });
    const { pages } = await reread([table(['một']), lying, table(['ba'])]);
    expect(pages.map(({ width, height }) => width > height)).toEqual([false, true, false]);
    expect(linesOn(pages[2])).toContain('ba');
    expect(pages.flatMap((page) => strays(page, 1))).toEqual([]);
  });

  it('are numbered anew for every table, in the middle of the margin above, but for its first page', async () => {
    const notes = Array.from({ length: 80 }, (_, n) => `ghi chú ${n}`);
    const { pages } = await reread([table(notes), table(['một']), table(notes)]);
    expect(pages.map(numberOf)).toEqual(['', '2', '3', '', '', '2', '3']);
    const number = pages[1]?.runs.find((run) => pages[1] && isAbove(pages[1], run));
    expect([number?.size, number?.font]).toEqual([13, 'LiberationSerif']);
    expect((number?.x ?? 0) + (number?.width ?? 0) / 2).toBeCloseTo((85.04 + 595.28 - 42.52) / 2, 0);
  });

  it('keep every row whole that fits a page', async () => {
    const notes = Array.from({ length: 40 }, (_, n) =>
      ['đầu', 'a', 'b', 'c', 'cuối'].map((each) => `${each}${n}`),
    );
    const { pages } = await reread([table(notes.map((lines) => lines.join('\n')))]);
    expect(pages.length).toBeGreaterThan(3);
    for (const lines of notes) {
      const [page] = pages.filter((each) => linesOn(each).includes(lines[0] ?? ''));
      expect(linesOn(page).join(' ')).toContain(lines.join(' '));
    }
  });

  it('never end with a section or a group', async () => {
    const section = (n: number) => ({
      kind: 'section' as const,
      cells: [words(''), words(`Mục ${n}`, true)],
    });
    const group = (n: number) => ({ kind: 'group' as const, cells: [words(''), words(`Nhóm ${n}`)] });
    const row = { kind: 'indicator' as const, cells: [figure(1), words('dòng')] };
    const rows = Array.from({ length: 60 }, (_, n) => [section(n), group(n), ...Array(n % 7).fill(row), row]);
    const { pages } = await reread([table([], { rows: rows.flat() })]);
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.map((page) => linesOn(page).at(-1))).toEqual(pages.map(() => 'dòng'));
  });

  it('print a cell that is longer than a page whole, in order and inside the margins', async () => {
    const note = Array.from({ length: 9000 }, (_, n) => `từ${n}`).join(' ');
    const sheet = table(['trước', note, 'sau']);
    const { pages } = await reread([sheet]);
    expect(pages.length).toBeGreaterThan(3);
    expect(bodyOf(sheet, pages)).toBe(squash(`1 trước 1 ${note} 1 sau`));
    expect(pages.flatMap((page, n) => strays(page, n === 0 ? 1 : 0))).toEqual([]);
  });

  it('lose nothing where title and header are longer than a page', async () => {
    const long = (word: string) => Array.from({ length: 900 }, (_, n) => `${word}${n}`).join(' ');
    const header = [
      { text: long('cột'), row: 0, col: 0, across: 1, down: 2 },
      { text: 'Kết quả', row: 0, col: 1, across: 1, down: 1 },
      { text: 'Ghi chú', row: 1, col: 1, across: 1, down: 1 },
    ];
    const title = [{ text: long('tên'), style: 'title' as const }];
    const { pages } = await reread([table(['một ghi chú'], { title, header, tiers: 2 })]);
    const printed = pages.flatMap((page) => page.runs.flatMap(({ text }) => text.trim().split(' ')));
    const all = `${long('cột')} ${long('tên')} Kết quả Ghi chú một ghi chú`.split(' ');
    expect(all.filter((word) => !printed.includes(word))).toEqual([]);
  });
});

describe('the letters', () => {
  it('are 14 points and bold in the heading, 13 below, italic in the line about the report', async () => {
    const title = [
      { text: 'Phụ lục', style: 'heading' },
      { text: 'KẾT QUẢ', style: 'title' },
      { text: '(Kèm theo)', style: 'attached' },
    ] as const;
    const rows = [
      { kind: 'section', cells: [words('I', true), words('Chỉ đạo', true)] },
      { kind: 'indicator', cells: [figure(5971), words('ngắn')] },
    ] as const;
    const { pages } = await reread([table([], { title, rows })]);
    const fontOf = (text: string) => {
      const run = pages[0]?.runs.find((each) => each.text === text);
      return [run?.size, run?.font.replace('LiberationSerif', '')];
    };
    expect(fontOf('Phụ lục')).toEqual([14, '-Bold']);
    expect(fontOf('KẾT QUẢ')).toEqual([13, '-Bold']);
    expect(fontOf('(Kèm theo)')).toEqual([13, '-Italic']);
    expect(fontOf('Ghi chú')).toEqual([13, '-Bold']);
    expect(fontOf('Chỉ đạo')).toEqual([13, '-Bold']);
    expect(fontOf('5.971')).toEqual([13, '']);
    const middle = (85.04 + 595.28 - 42.52) / 2;
    for (const run of pages[0]?.runs.slice(0, 3) ?? []) expect(run.x + run.width / 2).toBeCloseTo(middle, 0);
  });

  it('are a little smaller only in a note that is longer than a page, which gets more of the width', async () => {
    const columns = [{ key: 'value', width: 70 } as const, { key: 'note', width: 30 } as const];
    const printed = async (times: number) => {
      const { pages } = await reread([table(['ghi chú '.repeat(times)], { columns })]);
      const notes = pages.flatMap((page) => page.runs.filter(({ text }) => text.startsWith('ghi chú')));
      const sizes = [...new Set(notes.map(({ size }) => size))];
      const figure = pages[0]?.runs.find(({ text }) => text === '1');
      return { sizes, figure: figure?.size, width: Math.max(...notes.map(({ width }) => width)) };
    };
    const [short, long, longest] = [await printed(10), await printed(120), await printed(1500)];
    expect([short.sizes, long.sizes, longest.sizes]).toEqual([[13], [13], [11]]);
    expect(long.width).toBeGreaterThan(short.width * 1.3);
    expect(longest.figure).toBe(13);
  });

  it('leave no word of a title alone on its last line, and tear no period apart', async () => {
    const text = 'THỐNG KÊ SỐ LIỆU BÁO CÁO CẢI CÁCH HÀNH CHÍNH ĐỊNH KỲ NĂM 2022';
    const { pages } = await reread([table(['a'], { title: [{ text, style: 'title' }] })]);
    const lines = linesOn(pages[0]).slice(0, linesOn(pages[0]).indexOf('Số liệu'));
    expect(lines.join(' ').replaceAll('\u00a0', ' ')).toBe(text);
    expect(lines).toHaveLength(2);
    expect(lines[1]?.length).toBeGreaterThan(text.length / 3);
    expect(lines[1]).toContain('NĂM\u00a02022');
  });

  it('put figures to the right of their column, with their decimals', async () => {
    const rows = [figure(5971), figure(99.98, 2), figure(17.5, 1)].map((cell) => ({
      kind: 'indicator' as const,
      cells: [cell, words('')],
    }));
    const { pages } = await reread([table([], { rows })]);
    const figures = pages[0]?.runs.filter(({ text }) => /^[\d.,]+$/.test(text)).slice(0, 3) ?? [];
    expect(figures.map(({ text }) => text)).toEqual(['5.971', '99,98', '17,5']);
    const [end = 0, ...others] = figures.map(({ x, width }) => x + width);
    for (const other of others) expect(other).toBeCloseTo(end, 1);
    const edges = pages[0]?.rules.filter(({ x1, x2 }) => x1 === x2 && x1 > end).map(({ x1 }) => x1) ?? [];
    expect(Math.min(...edges) - end).toBeGreaterThan(5);
    expect(Math.min(...edges) - end).toBeLessThan(10);
  });
});

describe('a text', () => {
  const printed = async (text: string): Promise<string[]> => {
    const { pages } = await reread([table([text])]);
    expect(pages.flatMap((page) => strays(page, 1))).toEqual([]);
    return linesOn(pages[0]).slice(4);
  };

  it('keeps its line ends, empty lines and indents', async () => {
    expect(await printed('một\r\nhai\r\rba\u2028bốn')).toEqual(['một', 'hai', 'ba', 'bốn']);
    const { pages } = await reread([table(['một\nhai\n\nba', 'a\n   b'])]);
    const heights = ['một', 'hai', 'ba'].map(
      (each) => pages[0]?.runs.find(({ text }) => text === each)?.y ?? 0,
    );
    const [one = 0, two = 0, three = 0] = heights;
    expect((two - three) / (one - two)).toBeCloseTo(2, 1);
    const [a, b] = ['a', 'b'].map((each) => pages[0]?.runs.find(({ text }) => text.trim() === each));
    expect((b?.width ?? 0) - (a?.width ?? 0)).toBeGreaterThan(5);
  });

  it('is printed in whole letters, also when typed with separate marks', async () => {
    const text = 'Nguyễn Thị Tường Vỹ: ẰẮẲẴẶ ữựởợ đĐ ₫ “…” – ≥';
    expect(await printed(text.normalize('NFD'))).toEqual(await printed(text));
    expect((await printed(text)).join(' ')).toBe(text);
  });

  it.each([
    ['tốt 👍🏽 lắm 👨‍👩‍👧', 'tốt lắm'],
    ['🇻🇳 Việt Nam 1️⃣ ©️ ✅', 'Việt Nam 1 ©'],
    ['báo cáo 报告', 'báo cáo □□'],
    ['\ud800 lẻ \udc00', '□ lẻ □'],
    ['a\u0000b\u0007c\u001bd\ufeff\u200be\u202ef\u00adg', 'abcdefg'],
    ['𝗛𝗮̀ １２\u2011３', 'Hà 12‐3'],
    ['\tmột\thai', 'một hai'],
    ['<b>&amp;</b> {{y}} \\n %PDF (a) [b] \\(', '<b>&amp;</b> {{y}} \\n %PDF (a) [b] \\('],
    ['=1+1', '=1+1'],
    ['\uf0b7 mục \uffff', '□ mục □'],
  ])('like %j is printed as far as the font can', async (text, expected) => {
    expect((await printed(text)).join(' ')).toBe(expected);
  });

  it.each([
    ['an endless word', 'x'.repeat(20_000)],
    ['an address', `https://example.org/${'thu-muc/'.repeat(60)}`],
    ['many marks', `e${'\u0301'.repeat(50)} a`.repeat(200)],
    ['Hebrew', 'שלום עולם '.repeat(50)],
    ['wide letters', 'ЩШЮЖ'.repeat(2_000)],
    ['line ends only', '\n'.repeat(400)],
    ['emoji only', '🙂'.repeat(3_000)],
  ])('of %s stays in its column and on its pages', async (_, text) => {
    const { pages } = await reread([table([text, 'hết'])]);
    expect(pages.flatMap((page, n) => strays(page, n === 0 ? 1 : 0))).toEqual([]);
    expect(pages.flatMap(linesOn)).toContain('hết');
  });

  it('breaks inside a word only where the word is longer than a line', async () => {
    const address = `https://example.org/${'thu-muc/'.repeat(20)}trang.html`;
    const lines = await printed(`xem ${address} nhé`);
    expect(lines.join('')).toBe(`xem${address}nhé`.replace('nhé', ' nhé'));
    expect(lines.length).toBeGreaterThan(2);
    expect(await printed('từ dài '.repeat(30))).toSatisfy((all: string[]) =>
      all.every((line) => /^(từ( dài)?|dài)( từ dài)*( từ)?$/.test(line)),
    );
  });
});

describe('the file', () => {
  it('is the same to the byte for the same tables and time', async () => {
    const [sheets = []] = documents.map(({ appendix }) => appendixSheets(appendix));
    const first = await writePdf(sheets, { created });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(Buffer.from(await writePdf(sheets, { created })).equals(first)).toBe(true);
    const [again, other] = await Promise.all([
      writePdf(sheets, { created }),
      writePdf(sheets, { created: new Date('2027-01-01T00:00:00Z') }),
    ]);
    expect(Buffer.from(again).equals(first)).toBe(true);
    expect(Buffer.from(other).equals(first)).toBe(false);
  });

  it('is titled by the first heading and tells nothing about people or machines', async () => {
    const title = [
      { text: 'Mẫu (số 1)', style: 'title' },
      { text: 'Phụ lục 2\ncủa Sở', style: 'heading' },
    ] as const;
    const { info } = await reread([table(['a'], { title }), table(['b'])]);
    expect(info).toEqual({
      Title: 'Phụ lục 2 của Sở',
      Producer: 'pdfmake',
      Creator: 'pdfmake',
      CreationDate: 'D:20260102030405Z',
    });
  });

  it('needs at least one table', async () => {
    await expect(writePdf([], { created })).rejects.toThrow('at least one table');
  });

  it('is also written for a table without title or rows', async () => {
    const { pages } = await reread([table([], { title: [] })]);
    expect(linesOn(pages[0])).toEqual(['Số liệu', 'Ghi chú']);
  });
});
