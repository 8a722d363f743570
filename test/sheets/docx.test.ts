// The Word file: five real appendices stand in it cell by cell, and nothing an officer types can spoil it.
import { describe, expect, it } from 'vitest';
import { cellText } from '../../src/sheets/cell-text.ts';
import { writeDocx } from '../../src/sheets/docx.ts';
import { appendixSheets, type Sheet } from '../../src/sheets/layout.ts';
import { ON_PAPER, pageFor } from '../../src/sheets/page.ts';
import { filledDocuments } from './documents.ts';
import { parseXml, readDocument, unzip } from './docx-reader.ts';
import { figure, table, words } from './tables.ts';

const created = new Date('2026-01-02T03:04:05Z');
const write = (sheets: readonly Sheet[]) => writeDocx(sheets, { created });
const reread = async (sheets: readonly Sheet[]) => readDocument(await write(sheets));

type Section = Awaited<ReturnType<typeof reread>>[number];
const header = (section: Section) => section.rows.filter(({ repeats }) => repeats);
const body = (section: Section) => section.rows.filter(({ repeats }) => !repeats);

/** The merged cells as a reader sees them, and an error where the tiers do not fit together. */
function headerCells(section: Section): Sheet['header'] {
  const tiers = header(section).map(({ cells }) => {
    let next = 0;
    return cells.map((cell) => {
      const col = next;
      next += cell.span;
      return { ...cell, col };
    });
  });
  return tiers.flatMap((tier, row) =>
    tier
      .filter(({ merge }) => merge !== 'continue')
      .map(({ text, col, span: across, merge }) => {
        const below = tiers.slice(row + 1).map((each) => each.find((cell) => cell.col === col));
        const ends = below.findIndex((cell) => cell?.merge !== 'continue' || cell.span !== across);
        const down = merge === 'restart' ? (ends < 0 ? below.length : ends) + 1 : 1;
        return { text, row, col, across, down };
      }),
  );
}

/** A title with plain spaces: which of them break no line is tested on its own. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const documents = await filledDocuments();

describe.each(documents.map((document) => [document.id, document] as const))(
  'the Word file of %s',
  (_, { appendix }) => {
    const sheets = appendixSheets(appendix);
    const written = reread(sheets);

    it('has every cell of every row in its place, and nothing else', async () => {
      const sections = await written;
      const texts = sections.map((section) =>
        body(section).map(({ cells }) => cells.map(({ text }) => text)),
      );
      const expected = sheets.map(({ rows }) => rows.map(({ cells }) => cells.map(cellText)));
      expect(texts).toEqual(expected);
      expect(expected.flat(2).filter((text) => /^\d/.test(text)).length).toBeGreaterThan(50);
    });

    it('writes every cell with its alignment, sections in bold, in the middle of its row', async () => {
      const sections = await written;
      const styles = sections.map((section) =>
        body(section).map(({ cells }) =>
          cells.map(({ align, text, bold, vertical }) => ({
            align,
            vertical,
            bold: text === '' ? null : bold,
          })),
        ),
      );
      const expected = sheets.map(({ rows }) =>
        rows.map(({ cells }) =>
          cells.map((cell) => ({
            ...{ align: cell.align, vertical: 'center', bold: cellText(cell) === '' ? null : cell.bold },
          })),
        ),
      );
      expect(styles).toEqual(expected);
      expect(expected.flat(2).some(({ bold }) => bold)).toBe(true);
    });

    it('has the header merged as in the form, in bold, and repeats all its tiers on every page', async () => {
      const sections = await written;
      sections.forEach((section, n) => {
        expect(section.rows.map(({ repeats }) => repeats)).toEqual([
          ...Array.from({ length: sheets[n]?.tiers ?? 0 }, () => true),
          ...(sheets[n]?.rows ?? []).map(() => false),
        ]);
        const inOrder = [...(sheets[n]?.header ?? [])].sort((a, b) => a.row - b.row || a.col - b.col);
        expect(headerCells(section)).toEqual(inOrder);
        const cells = header(section).flatMap((row) => row.cells);
        expect(new Set(cells.map(({ align, vertical }) => `${align} ${vertical}`))).toEqual(
          new Set(['center center']),
        );
        expect(cells.filter(({ text }) => text !== '').every(({ bold }) => bold)).toBe(true);
      });
    });

    it('has in every row cells as wide as the columns they cover, which fill the page', async () => {
      const sections = await written;
      sections.forEach(({ grid, rows, paper, margins, layout }, n) => {
        expect(layout).toBe('fixed');
        const room = Number(paper['w:w']) - Number(margins['w:left']) - Number(margins['w:right']);
        expect(sum(grid)).toBe(room);
        const page = sheets[n] && pageFor(sheets[n], ON_PAPER);
        grid.forEach((width, col) => {
          const share = (page?.widths[col] ?? 0) / sum(page?.widths ?? []);
          expect(Math.abs(width - share * room)).toBeLessThanOrEqual(1);
        });
        for (const { cells } of rows) {
          const edges = cells.map((_cell, c) => sum(cells.slice(0, c).map(({ span }) => span)));
          expect(cells.map(({ width }) => width)).toEqual(
            cells.map(({ span }, c) => sum(grid.slice(edges[c], (edges[c] ?? 0) + span))),
          );
          expect(sum(cells.map(({ span }) => span))).toBe(grid.length);
        }
      });
    });

    it('has the title lines above the table, centred', async () => {
      const titles = (await written).map((section) =>
        section.titles.map((line) => ({ ...line, text: plain(line.text) })),
      );
      expect(titles).toEqual(
        sheets.map(({ title }) =>
          title.map(({ text, style }) => ({
            ...{ text: plain(text), align: 'center' },
            ...{ bold: style !== 'attached', italic: style === 'attached' },
            size: style === 'heading' ? 14 : undefined,
          })),
        ),
      );
    });

    it('lies on A4 as the form needs, with lines around every cell', async () => {
      const sections = await written;
      expect(sections).toHaveLength(sheets.length);
      sections.forEach(({ paper, margins, borders, begins }, n) => {
        const upright = sheets[n] && pageFor(sheets[n], ON_PAPER).orientation === 'portrait';
        expect(paper).toMatchObject(
          upright
            ? { 'w:w': '11906', 'w:h': '16838', 'w:orient': 'portrait' }
            : { 'w:w': '16838', 'w:h': '11906', 'w:orient': 'landscape' },
        );
        const millimetres = ['top', 'bottom', 'left', 'right'].map((side) =>
          Math.round((Number(margins[`w:${side}`]) / 1440) * 25.4),
        );
        expect(millimetres).toEqual([20, 20, 30, 15]);
        const single = { top: 'single', bottom: 'single', left: 'single', right: 'single' };
        expect(borders).toEqual({ ...single, insideH: 'single', insideV: 'single' });
        expect(begins).toBe('nextPage');
      });
    });

    it('numbers the pages of every table from its second page on, in the margin above', async () => {
      for (const { headers, footers, ownFirstPage, firstNumber } of await written)
        expect({ headers, footers, ownFirstPage, firstNumber }).toEqual({
          ...{ headers: ['default'], footers: [], ownFirstPage: true, firstNumber: '1' },
        });
    });

    it('leaves no heading as the last row of a page', async () => {
      const sections = await written;
      const kept = sections.map((section) => body(section).map(({ keepsNext }) => keepsNext));
      expect(kept).toEqual(sheets.map(({ rows }) => rows.map(({ kind }) => kind !== 'indicator')));
      expect(sheets.some(({ rows }) => rows.some(({ kind }) => kind === 'group'))).toBe(true);
    });

    it('keeps every row whole, since none is longer than a page', async () => {
      for (const { rows } of await written) expect(rows.every(({ whole }) => whole)).toBe(true);
    });
  },
);

describe('a Word document', () => {
  it('is written in Times New Roman 13, in Vietnamese, and numbers its pages in the middle of the head', async () => {
    const parts = unzip(await write([table(['a'])]));
    const styles = parts.get('word/styles.xml')?.text;
    const defaults = /<w:rPrDefault>.*<\/w:rPrDefault>/.exec(styles ?? '')?.[0];
    expect(defaults).toContain('w:ascii="Times New Roman"');
    expect(defaults).toContain('w:hAnsi="Times New Roman"');
    expect(defaults).toContain('<w:sz w:val="26"/>');
    expect(defaults).toContain('<w:lang w:val="vi-VN"/>');
    expect([...parts.keys()].filter((name) => name.startsWith('word/footer'))).toEqual([]);
    const head = parts.get('word/header1.xml')?.text;
    expect(head).toMatch(/<w:jc w:val="center"\/>.*<w:instrText[^>]*>PAGE<\/w:instrText>/);
  });

  it('consists of XML that can be read, whatever part of it', async () => {
    const parts = unzip(await write([table(['a']), table(['b'])]));
    const files = [...parts].filter(([name]) => !name.endsWith('/'));
    expect(files.length).toBeGreaterThan(5);
    for (const [, { text }] of files) expect(() => parseXml(text)).not.toThrow();
  });

  it('is the same to the byte for the same tables and time', async () => {
    const [sheets = []] = documents.map(({ appendix }) => appendixSheets(appendix));
    const first = await write(sheets);
    // The times inside a zip file count in steps of two seconds.
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect(Buffer.from(await write(sheets)).equals(first)).toBe(true);
    const later = await writeDocx(sheets, { created: new Date('2027-01-01T00:00:00Z') });
    expect(Buffer.from(later).equals(first)).toBe(false);
  });

  it('says when it was made and names nobody', async () => {
    const parts = unzip(await write([table(['a'])]));
    const core = parts.get('docProps/core.xml')?.text ?? '';
    const facts = [...core.matchAll(/<([\w:]+)[^>]*>([^<]+)</g)].map(([, name, text]) => [name, text]);
    expect(facts).toEqual([
      ['dc:creator', 'chitieu-bot'],
      ['cp:lastModifiedBy', 'chitieu-bot'],
      ['cp:revision', '1'],
      ['dcterms:created', '2026-01-02T03:04:05.000Z'],
      ['dcterms:modified', '2026-01-02T03:04:05.000Z'],
    ]);
    // 1980-01-01, 00:00.
    expect(new Set([...parts.values()].map(({ time }) => time))).toEqual(new Set([0x210000]));
  });

  it('gives every table pages of its own, lying or upright, and counts them anew', async () => {
    const note = { key: 'note', width: 25 } as const;
    const long = words('ghi chú '.repeat(250));
    const lying = table([], {
      title: [],
      columns: [note, note, note, note],
      header: [0, 1, 2, 3].map((col) => ({ text: 'Ghi chú', row: 0, col, across: 1, down: 1 })),
      rows: [{ kind: 'indicator', cells: [words('a'), words('b'), words('c'), long] }],
    });
    const sections = await reread([table(['a']), lying, table(['b'])]);
    expect(sections.map(({ paper }) => paper['w:orient'])).toEqual(['portrait', 'landscape', 'portrait']);
    expect(sections.map(({ begins }) => begins)).toEqual(['nextPage', 'nextPage', 'nextPage']);
    expect(sections.map(({ firstNumber }) => firstNumber)).toEqual(['1', '1', '1']);
    expect(sections.map(({ titles }) => titles.length)).toEqual([1, 0, 1]);
    expect(sections[1]?.rows[1]?.cells.map(({ size }) => size)).toEqual([
      ...[undefined, undefined, undefined],
      pageFor(lying, ON_PAPER).rows[0]?.sizes[3],
    ]);
  });

  it('merges header cells over several tiers and columns at once', async () => {
    const header = [
      { text: 'A', row: 0, col: 0, across: 2, down: 2 },
      { text: 'B', row: 0, col: 2, across: 2, down: 1 },
      { text: 'C', row: 1, col: 2, across: 1, down: 2 },
      { text: 'D', row: 1, col: 3, across: 1, down: 1 },
      { text: 'E', row: 2, col: 0, across: 1, down: 1 },
      { text: 'F', row: 2, col: 1, across: 1, down: 1 },
      { text: 'G', row: 2, col: 3, across: 1, down: 1 },
    ];
    const columns = header.slice(0, 4).map(() => ({ key: 'note', width: 10 }) as const);
    const row = { kind: 'indicator', cells: columns.map(() => words('x')) } as const;
    const [section] = await reread([table([], { columns, header, tiers: 3, rows: [row] })]);
    expect(section && headerCells(section)).toEqual(header);
    expect(section?.rows.map(({ cells }) => cells.map(({ span, merge }) => `${span}${merge ?? ''}`))).toEqual(
      [
        ['2restart', '2'],
        ['2continue', '1restart', '1'],
        ['1', '1', '1continue', '1'],
        ['1', '1', '1', '1'],
      ],
    );
  });

  it('does not tear a period in the title apart', async () => {
    const title = ['BÁO CÁO QUÝ III NĂM 2022', 'của Sở 6 tháng đầu năm 2024', 'TRONG NĂM 2021'].map(
      (text) => ({
        ...{ text, style: 'title' as const },
      }),
    );
    const [section] = await reread([table(['a'], { title })]);
    const words = section?.titles.map(({ text }) => text.split(' ').at(-1)?.replaceAll('\u00a0', ' '));
    expect(words).toEqual(['QUÝ III NĂM 2022', '6 tháng đầu năm 2024', 'NĂM 2021']);
  });

  it('keeps letters readable in a long note, which gets more of the page instead', async () => {
    const form = {
      columns: [{ key: 'label', width: 60 } as const, { key: 'note', width: 20 } as const],
      header: [0, 1].map((col) => ({ text: 'Cột', row: 0, col, across: 1, down: 1 })),
    };
    const row = (note: string) => ({ kind: 'indicator' as const, cells: [words('Số'), words(note)] });
    const notes = ['ngắn', 'ghi chú '.repeat(150), 'ghi chú '.repeat(1500)];
    const sections = await reread(notes.map((note) => table([], { ...form, rows: [row(note)] })));
    const shares = sections.map(({ grid }) => Math.round((100 * (grid[1] ?? 0)) / sum(grid)));
    expect(shares).toEqual([25, 40, 40]);
    expect(sections.map(({ paper }) => paper['w:orient'])).toEqual(['portrait', 'portrait', 'landscape']);
    const last = sections.map((section) => body(section)[0]);
    expect(last.map((each) => each?.cells[1]?.size)).toEqual([undefined, undefined, 11]);
    expect(last.map((each) => each?.whole)).toEqual([true, false, false]);
  });

  it('needs at least one table', async () => {
    await expect(write([])).rejects.toThrow('at least one table');
  });

  it('breaks a row only where it is too long for a page', async () => {
    const [section] = await reread([table(['ngắn', 'ghi chú '.repeat(9000), 'một ghi chú dài '.repeat(20)])]);
    expect(section?.rows.map(({ whole }) => whole)).toEqual([true, true, false, true]);
  });
});

describe('a cell in Word', () => {
  it.each([
    '=1+1',
    '+84 2993',
    '-5',
    '@SUM(A1)',
    '=HYPERLINK("http://x","y")',
    '<b>&amp;</b> ]]> <!-- -->',
    '"nháy" và \'nháy\'',
    '_x0041_',
    'CURRENT',
    '{default-bullet-numbering-0} {a} {{',
    '$& $1',
    '  hai  dấu cách  ',
    ' ',
    '\tcách\t\t',
    'dòng 1\ndòng 2\n\ndòng 4',
    '\n',
    '😀 𝒳',
    'Tiê\u0301ng Viê\u0323t, tiếng Việt',
    'không\u00a0ngắt',
  ])('keeps the words %j as they are', async (note) => {
    const [section] = await reread([table([note], { title: [{ text: note, style: 'title' }] })]);
    expect(section && body(section)[0]?.cells[1]?.text).toBe(note);
    expect(section?.titles[0]?.text).toBe(note);
  });

  it('drops what no XML can hold', async () => {
    const [section] = await reread([table(['a\u0000b\u0007\u001bc\ud800d\udc00e\ufffe\ufffff\u000b'])]);
    expect(section && body(section)[0]?.cells[1]?.text).toBe('abcdef');
  });

  it.each(['a\r\nb', 'a\rb', 'a\u2028b', 'a\u2029b'])('breaks the line in %j once', async (note) => {
    const [section] = await reread([table([note])]);
    expect(section && body(section)[0]?.cells[1]?.text).toBe('a\nb');
  });

  it('shows a figure as it is written in Viet Nam, to the right', async () => {
    const rows = [figure(5971), figure(99.98, 2), figure(17.5, 1), figure(1234567)].map((cell) => ({
      kind: 'indicator' as const,
      cells: [cell, words('')],
    }));
    const [section] = await reread([table([], { rows })]);
    const cells = (section ? body(section) : []).map((row) => row.cells[0]);
    expect(cells.map((cell) => cell?.text)).toEqual(['5.971', '99,98', '17,5', '1.234.567']);
    expect(cells.map((cell) => cell?.align)).toEqual(['right', 'right', 'right', 'right']);
  });
});
