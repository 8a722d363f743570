// The Excel file: what was typed into five real appendices stands in the right cells, and the file is ready to print.
import { type Cell, readXlsx, type Sheet as Worksheet } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import type { IndicatorType } from '../../src/domain/template.ts';
import { appendixSheets, type Sheet, type SheetCell } from '../../src/sheets/layout.ts';
import { writeXlsx } from '../../src/sheets/xlsx.ts';
import { filledDocuments } from './documents.ts';
import { figure, table, words } from './tables.ts';

const created = new Date('2026-01-02T03:04:05Z');

async function reread(sheets: readonly Sheet[]): Promise<readonly Worksheet[]> {
  const { sheets: read } = await readXlsx(await writeXlsx(sheets, { created }), { readStyles: true });
  return read;
}

const at = (sheet: Worksheet | undefined, row: number, col: number): Cell | undefined =>
  sheet?.cells?.get(`${row},${col}`);
const valueAt = (sheet: Worksheet | undefined, row: number, col: number): unknown =>
  sheet?.rows[row]?.[col] ?? null;

const closed = (text: string): string => text.replace(/\s+/g, '');

/** Where the rows of `table` begin: title, gap, header. */
const BODY = 3;

/** Three figures were typed with words beside them, which go to the note when there is no other. */
const BESIDE_WORDS: Readonly<Record<string, { figure: number; note: string }>> = {
  '16.181 /16.183': { figure: 16_181, note: '16.181 /16.183' },
  '21 nhiệm vụ cụ thể': { figure: 21, note: 'cụ thể' },
  '08/21': { figure: 8, note: '08/21' },
};

/** What a typed figure means: dots group a count and are the decimal mark of a percentage; other words stay as they are. */
function typedFigure(typed: string, type: IndicatorType): unknown {
  const plain = type === 'percent' ? typed.replace('%', '').replace(',', '.') : typed.replaceAll('.', '');
  if (typed === '') return null;
  const beside = BESIDE_WORDS[typed];
  if (beside) return beside.figure;
  return Number.isNaN(Number(plain)) ? typed : Number(plain);
}

const documents = await filledDocuments();

describe.each(documents.map((document) => [document.id, document] as const))(
  'the file of %s',
  (_, { lines, appendix }) => {
    const sheets = appendixSheets(appendix);
    const written = reread(sheets);

    it('has every STT, label, unit, figure and note in its place, and nothing else', async () => {
      const read = await written;
      const rows = appendix.template.tables.flatMap((form, n) => {
        const body = (sheets[n]?.title.length ?? 0) + 1 + form.header.length;
        expect(read[n]?.rows).toHaveLength(body + form.rows.length);
        return form.rows.map((row, r) => ({
          id: row.id,
          ...Object.fromEntries(
            form.columns.map(({ key }, c) => {
              const value = valueAt(read[n], body + r, c);
              // Codes of a choice stand on lines of their own.
              return [key, key === 'unit' && typeof value === 'string' ? closed(value) : value];
            }),
          ),
        }));
      });
      const expected = lines.map(({ id, stt, label, unit, value, note }) => {
        const row = appendix.template.byId.get(id);
        const hint = row?.printedNote === note ? '' : row?.printedNote;
        return {
          id,
          stt: stt || null,
          label,
          unit: closed(unit) || null,
          value: row?.row === 'indicator' ? typedFigure(value, row.type) : null,
          note: [hint, BESIDE_WORDS[value]?.note, note].filter(Boolean).join('; ') || null,
        };
      });
      expect(rows).toEqual(expected);
      expect(rows.filter((row) => 'value' in row && typeof row.value === 'number').length).toBeGreaterThan(
        50,
      );
    });

    it('has the header merged as in the form, in bold with borders, and repeats it on every page', async () => {
      const read = await written;
      appendix.template.tables.forEach((form, n) => {
        const sheet = sheets[n];
        const top = (sheet?.title.length ?? 0) + 1;
        const spans = (sheet?.header ?? [])
          .filter(({ across, down }) => across > 1 || down > 1)
          .map(({ row, col, across, down }) => [top + row, col, top + row + down - 1, col + across - 1]);
        const titles = form.title.map((_line, row) => [row, 0, row, form.columns.length - 1]);
        const merges = read[n]?.merges?.map((each) => [
          each.startRow,
          each.startCol,
          each.endRow,
          each.endCol,
        ]);
        expect(merges).toEqual([...titles, ...spans]);
        expect(read[n]?.pageSetup?.printTitlesRow).toBe(`$${top + 1}:$${top + form.header.length}`);
        for (const { text, row, col } of sheet?.header ?? []) {
          const cell = at(read[n], top + row, col);
          expect(cell?.value).toBe(text);
          expect(cell?.style).toMatchObject({
            font: { name: 'Times New Roman', bold: true, size: 13 },
            alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
            border: { top: { style: 'thin' }, left: { style: 'thin' } },
          });
        }
      });
    });

    it('has the title lines above the table, centred', async () => {
      const read = await written;
      sheets.forEach((sheet, n) => {
        sheet.title.forEach(({ text, style }, row) => {
          const cell = at(read[n], row, 0);
          expect(cell?.value).toBe(text);
          expect(cell?.style?.alignment?.horizontal).toBe('center');
          expect(cell?.style?.font).toMatchObject({
            size: style === 'heading' ? 14 : 13,
            ...(style === 'attached' ? { italic: true } : { bold: true }),
          });
        });
      });
    });

    it('has borders around every cell and a height for every row that Excel allows', async () => {
      const read = await written;
      sheets.forEach((sheet, n) => {
        const body = sheet.title.length + 1 + sheet.tiers;
        sheet.rows.forEach(({ cells }, r) => {
          cells.forEach((_cell, c) => {
            const { border } = at(read[n], body + r, c)?.style ?? {};
            const sides = [border?.top, border?.bottom, border?.left, border?.right];
            expect(sides.map((side) => side?.style)).toEqual(['thin', 'thin', 'thin', 'thin']);
          });
          const height = read[n]?.rowDefs?.get(body + r)?.height ?? 0;
          expect(height).toBeGreaterThan(15);
          expect(height).toBeLessThanOrEqual(409);
        });
      });
    });
  },
);

describe('a workbook', () => {
  it('has one worksheet for every table, named as its heading', async () => {
    const haNam = documents.find(({ id }) => id === 'so-cong-thuong-ha-nam');
    const read = await reread(haNam ? appendixSheets(haNam.appendix) : []);
    expect(read.map(({ name }) => name)).toEqual(['Phụ lục I', 'Biểu mẫu 3']);
  });

  it('finds a name that Excel allows for every table', async () => {
    const names = ["'Biểu [1]: a/b'", 'x'.repeat(40), 'X'.repeat(35), '', 'History', "Bảng ''"];
    const read = await reread(names.map((name) => table(['a'], { name })));
    expect(read.map(({ name }) => name)).toEqual([
      'Biểu 1 a b',
      'x'.repeat(31),
      `${'X'.repeat(27)} (2)`,
      'Sheet',
      'History (2)',
      'Bảng',
    ]);
    expect(read.map(({ pageSetup }) => pageSetup?.printTitlesRow)).toEqual(names.map(() => '$3:$3'));
  });

  it('quotes an apostrophe inside a name, so that the header is still repeated', async () => {
    const [sheet] = await reread([table(['a'], { name: "M'Nông 1" })]);
    expect(sheet?.name).toBe("M'Nông 1");
    expect(sheet?.pageSetup?.printTitlesRow).toBe('$3:$3');
  });

  it('prints on upright A4 with the margins of official papers', async () => {
    const [sheet] = await reread([table(['a'])]);
    const { margins, ...setup } = sheet?.pageSetup ?? {};
    expect(setup).toMatchObject({ paperSize: 'a4', orientation: 'portrait', fitToWidth: 1, fitToHeight: 0 });
    const millimetres = [margins?.top, margins?.bottom, margins?.left, margins?.right].map((side = 0) =>
      Math.round(side * 25.4),
    );
    expect(millimetres).toEqual([20, 20, 30, 15]);
  });

  it('numbers its pages in the middle of the margin above, but for the first one', async () => {
    const [sheet] = await reread([table(['a'])]);
    expect(sheet?.headerFooter).toEqual({
      oddHeader: '&C&"Times New Roman,Regular"&13&P',
      differentFirst: true,
    });
  });

  it('is the same to the byte for the same tables and time', async () => {
    const [sheets = []] = documents.map(({ appendix }) => appendixSheets(appendix));
    const first = await writeXlsx(sheets, { created });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(Buffer.from(await writeXlsx(sheets, { created })).equals(first)).toBe(true);
    const later = await writeXlsx(sheets, { created: new Date('2027-01-01T00:00:00Z') });
    expect(Buffer.from(later).equals(first)).toBe(false);
  });
});

describe('a cell', () => {
  it.each([
    '=1+1',
    '+84 2993',
    '-5',
    '@SUM(A1)',
    '#N/A',
    '#REF!',
    '=HYPERLINK("http://x","y")',
    "'abc",
    '\t=1',
    '5.971',
    '1/2',
    'TRUE',
    '_x0041_ và _X000d_',
    '<b>&amp;</b>',
    'dòng 1\ndòng 2',
  ])('keeps the words %j as words', async (note) => {
    const [sheet] = await reread([table([note])]);
    expect(valueAt(sheet, BODY, 1)).toBe(note);
    expect(at(sheet, BODY, 1)?.formula).toBeUndefined();
    expect(['string', 'richText']).toContain(at(sheet, BODY, 1)?.type);
  });

  it('drops what no spreadsheet can hold', async () => {
    const [sheet] = await reread([table(['a\ufffeb\r\nc', 'x'.repeat(40_000)])]);
    expect(valueAt(sheet, BODY, 1)).toBe('ab\nc');
    expect(valueAt(sheet, BODY + 1, 1)).toHaveLength(32_767);
  });

  it('shows a figure with its decimals, to the right', async () => {
    const rows = [figure(5971), figure(99.98, 2), figure(17.5, 1)].map((cell) => ({
      kind: 'indicator' as const,
      cells: [cell, words('')],
    }));
    const [sheet] = await reread([table([], { rows })]);
    const cells = rows.map((_, n) => at(sheet, BODY + n, 0));
    expect(cells.map((cell) => [cell?.value, cell?.type])).toEqual([
      [5971, 'number'],
      [99.98, 'number'],
      [17.5, 'number'],
    ]);
    expect(cells.map((cell) => cell?.style?.numFmt)).toEqual(['#,##0', '#,##0.00', '#,##0.0']);
    expect(cells.map((cell) => cell?.style?.alignment?.horizontal)).toEqual(['right', 'right', 'right']);
  });
});

describe('the page', () => {
  it('is filled in width and keeps the proportions of the form', async () => {
    const [sheet] = await reread([table(['a'])]);
    const widths = sheet?.columns?.map(({ width = 0 }) => width) ?? [];
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(69, 0);
    expect((widths[1] ?? 0) / (widths[0] ?? 1)).toBeCloseTo(30 / 14, 1);
  });

  it('gives a long figure the room it needs', async () => {
    const rows = [{ kind: 'indicator' as const, cells: [figure(123_456_789_012_345), words('a')] }];
    const columns = [{ key: 'value', width: 1 } as const, { key: 'note', width: 99 } as const];
    const [sheet] = await reread([table([], { rows, columns })]);
    expect(sheet?.columns?.[0]?.width ?? 0).toBeGreaterThan('123,456,789,012,345'.length - 2);
  });

  it('makes a row higher the longer its note is', async () => {
    const [sheet] = await reread([table(['ngắn', 'một ghi chú dài '.repeat(20)])]);
    const [short = 0, long = 0] = [BODY, BODY + 1].map((row) => sheet?.rowDefs?.get(row)?.height);
    expect(long).toBeGreaterThan(short * 4);
  });

  it('shows a percentage without a unit with its mark, and still holds the plain figure', async () => {
    const cell: SheetCell = { ...figure(0), number: 63.1, decimals: 1, suffix: '%' } as SheetCell;
    const [sheet] = await reread([table([], { rows: [{ kind: 'indicator', cells: [cell, words('')] }] })]);
    expect([at(sheet, BODY, 0)?.value, at(sheet, BODY, 0)?.type]).toEqual([63.1, 'number']);
    expect(at(sheet, BODY, 0)?.style?.numFmt).toBe('#,##0.0"%"');
  });

  it('lies when a note is too long for a row, and prints a still longer one in smaller letters', async () => {
    const columns = (['label', 'unit', 'value', 'note'] as const).map((key) => ({ key, width: 25 }));
    const header = columns.map(({ key }, col) => ({ text: key, row: 0, col, across: 1, down: 1 }));
    const row = (note: string) => ({
      kind: 'indicator' as const,
      cells: [words('Số văn bản'), words('Văn bản'), figure(1), words(note)],
    });
    // The reader leaves out the workbook's own font.
    const sizeOf = (sheet: Worksheet | undefined, col: number) =>
      at(sheet, BODY, col)?.style?.font?.size ?? 13;
    const lying = table([], { columns, header, rows: [row('ghi chú '.repeat(130)), row('ngắn')] });
    const [sheet] = await reread([lying]);
    expect(sheet?.pageSetup?.orientation).toBe('landscape');
    expect(sizeOf(sheet, 3)).toBe(13);
    const [longer] = await reread([table([], { columns, header, rows: [row('ghi chú '.repeat(300))] })]);
    const size = sizeOf(longer, 3);
    expect(size).toBeLessThan(13);
    expect(size).toBeGreaterThanOrEqual(6);
    expect(sizeOf(longer, 0)).toBe(13);
    expect(longer?.rowDefs?.get(BODY)?.height).toBeLessThanOrEqual(409);
  });
});
