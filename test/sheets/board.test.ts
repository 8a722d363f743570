// The board of 168 units as pictures, as a workbook and in print: every unit is there once, in its colours, readable and small.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { type Cell, readXlsx, type Sheet as Worksheet } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { type Board, type BoardRow, filterBoard } from '../../src/domain/board.ts';
import { drawBoard, planBoard } from '../../src/sheets/board-picture.ts';
import { boardSheet } from '../../src/sheets/board-sheet.ts';
import { writePdf } from '../../src/sheets/pdf.ts';
import type { Line, Strip } from '../../src/sheets/picture-block.ts';
import { loadMetrics, textWidth } from '../../src/sheets/picture-font.ts';
import { COLOURS, lineHeight, WIDTH } from '../../src/sheets/picture-look.ts';
import type { Strips } from '../../src/sheets/picture-raster.ts';
import { boardWorkbook } from '../../src/sheets/xlsx-board.ts';
import { BOARD_STATE } from '../../src/text/board.ts';
import { provinceBoard } from './boards.ts';
import { readPdf } from './pdf-read.ts';

const HIGHEST = 2400;
const metrics = await loadMetrics();
const board = provinceBoard();
const created = new Date(board.now);

const first = board.rows[0] as BoardRow;
const prose = 'Trung tâm Phục vụ hành chính công và Chuyển đổi số '.repeat(40);
const officers = Array.from({ length: 40 }, (_, n) => ({
  name: `${n} ${prose.slice(0, 90)}`,
  reached: false,
}));
const withUnit = (id: string, name: string, more: Partial<BoardRow> = {}): BoardRow => ({
  ...first,
  unit: { id, name, kind: '+kind' },
  ...more,
});
const parts = Array.from({ length: 30 }, (_, n) => ({
  id: `p${n}`,
  mark: `M${n}`,
  name: prose.slice(0, 300),
}));
/** Texts that could break a layout or a spreadsheet, and a form of many parts. */
const hostile: Board = {
  ...board,
  filter: prose,
  parts,
  rows: [
    withUnit('=1+1', '=HYPERLINK("http://x","Xã")', { lastActivity: board.now }),
    withUnit('@SUM(A1)', '#N/A', { officers }),
    withUnit('-2', 'W'.repeat(3000), {
      parts: Object.fromEntries(parts.map(({ id }, n) => [id, { answered: n, pending: 0, total: 12_345 }])),
    }),
    withUnit('4', `Xã 😀 ${prose}`),
    withUnit('5', ''),
  ],
};
const empty: Board = { ...board, rows: [], filter: 'xã' };
const cases: readonly (readonly [string, Board])[] = [
  ['168 units', board],
  ['hostile texts', hostile],
  ['no unit', empty],
];

type Box = { left: number; top: number; right: number; bottom: number };
const boxOf = (line: Line, top: number): Box => ({
  ...{ left: line.left, right: line.left + line.width },
  ...{ top: top + line.top, bottom: top + line.top + lineHeight(line.font) },
});
const meet = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The strips of a picture with their distance from its top. */
function placed({ blocks }: Strips): readonly (Strip & { readonly top: number })[] {
  let next = 0;
  return blocks.map((block) => {
    const top = next;
    next += block.height;
    return { ...block, top };
  });
}
const textsOf = (strip: Strip | undefined): string[] => strip?.lines.map(({ text }) => text) ?? [];
const isHeading = ({ fill }: Strip): boolean => fill !== undefined;

describe.each(cases)('The pictures of a board of %s', (_, data) => {
  const pictures = planBoard(data, metrics, HIGHEST);

  it('are no higher than a picture may be', () => {
    for (const { height, blocks } of pictures) {
      expect(height).toBeLessThanOrEqual(HIGHEST);
      expect(height).toBe(blocks.reduce((sum, block) => sum + block.height, 0));
    }
  });

  it('keep every text in its box, in its strip, readable and upon no other', () => {
    for (const picture of pictures) {
      const boxes: Box[] = [];
      for (const { lines, height, top } of placed(picture))
        for (const line of lines) {
          expect(textWidth(line.text, line.font, metrics)).toBeLessThanOrEqual(line.width);
          expect(line.font.size).toBeGreaterThanOrEqual(30);
          const box = boxOf(line, 0);
          expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0);
          expect(box.right).toBeLessThanOrEqual(WIDTH);
          expect(box.bottom).toBeLessThanOrEqual(height);
          boxes.push(boxOf(line, top));
        }
      expect(boxes.filter((box, n) => boxes.slice(0, n).some((other) => meet(box, other)))).toEqual([]);
    }
  });

  it('keep every field in its strip', () => {
    for (const { fields, height } of pictures.flatMap(({ blocks }) => blocks))
      for (const field of fields) {
        expect(Math.min(field.left, field.top, field.width - 2 * field.radius)).toBeGreaterThanOrEqual(0);
        expect(field.left + field.width).toBeLessThanOrEqual(WIDTH);
        expect(field.top + field.height).toBeLessThanOrEqual(height);
      }
  });

  it('are numbered, each below the name of the period', () => {
    for (const [n, { blocks }] of pictures.entries()) {
      expect(textsOf(blocks[0])).toContain(`Ảnh ${n + 1}/${pictures.length}`);
      expect(textsOf(blocks[0]).join(' ')).toContain('Quí III/2026');
    }
  });
});

describe('The pictures of 168 units', () => {
  const pictures = planBoard(board, metrics, HIGHEST);
  const strips = pictures.flatMap(({ blocks }) => blocks);
  /** The strips of units: those that begin with the chip of a state. */
  const rows = strips.filter((strip) => Object.values(BOARD_STATE).includes(textsOf(strip)[0] ?? ''));

  it('are few enough to be sent at once', () => {
    expect(board.rows).toHaveLength(168);
    expect(pictures.length).toBeLessThanOrEqual(10);
  });

  it('show every unit once, in the order of the board, with its state and percentage', () => {
    expect(rows).toHaveLength(168);
    for (const [n, row] of board.rows.entries()) {
      const texts = textsOf(rows[n]);
      expect(texts[0]).toBe(BOARD_STATE[row.status]);
      expect(texts.join(' ')).toContain(row.unit.name);
      expect(texts).toContain(`${row.percent}%`);
    }
  });

  it('have one cell for every section: green when complete, amber when begun, grey when empty', () => {
    for (const [n, row] of board.rows.entries()) {
      const [chip, ...cells] = rows[n]?.fields.slice(0, -1) ?? [];
      expect(chip?.colour === 'overdue').toBe(row.overdue);
      expect(cells.map(({ colour }) => colour)).toEqual(
        board.parts.map(({ id }) => {
          const { answered = 0, total = 0 } = row.parts[id] ?? {};
          return answered === 0 ? 'none' : answered === total ? 'done' : 'begun';
        }),
      );
    }
  });

  it('write how many are answered where a report is neither empty nor complete', () => {
    const n = board.rows.findIndex(({ percent }) => percent > 30 && percent < 60);
    const ratios = board.parts.map(({ id }) => {
      const { answered, total } = board.rows[n]?.parts[id] ?? {};
      return `${answered}/${total}`;
    });
    expect(textsOf(rows[n]).slice(-7)).toEqual(ratios);
    expect(textsOf(rows[0]).some((text) => text.includes('/'))).toBe(false);
  });

  it('have the groups in the order of trouble, each with its heading, repeated on the next picture', () => {
    const headings = strips.filter(isHeading).flatMap(textsOf);
    expect(headings.filter((text) => !text.endsWith('(tiếp)'))).toEqual([
      ...['Quá hạn – 72 đơn vị', 'Trả lại – 12 đơn vị', 'Chờ duyệt – 12 đơn vị'],
      ...['Đã nộp – 24 đơn vị', 'Đã tiếp nhận – 48 đơn vị'],
    ]);
    for (const { blocks } of pictures) {
      expect(blocks.findIndex(isHeading)).toBe(2);
      expect(isHeading(blocks.at(-2) as Strip)).toBe(false);
    }
  });

  it('begin with the counts, the hour and what the colours and marks mean', () => {
    const head = textsOf(pictures[0]?.blocks[0]).join(' ').replaceAll('\u00a0', ' ');
    expect(head).toContain('Tính đến 10 giờ 05 ngày 16/9/2026 · Hạn nộp 17 giờ 00 ngày 15/9/2026');
    expect(head).toContain('168 đơn vị · 72 quá hạn');
    expect(head).toContain('24 chưa bắt đầu · 12 trả lại · 48 đang nhập · 12 chờ duyệt · 24 đã nộp');
    expect(head).toContain('đã xong đang làm chưa có');
    expect(head).toContain('IV. Cải cách tổ chức bộ máy hành chính nhà nước');
    expect(textsOf(pictures[0]?.blocks[1])).toEqual(['I', 'II', 'III', 'IV', 'V', 'VI', 'VII']);
  });

  it('say late of what was sent after the deadline, and whom nobody can write to', () => {
    const late = rows.flatMap(({ lines }) => lines.filter(({ text }) => text.endsWith(' trễ')));
    expect(late.length).toBe(board.rows.filter((row) => row.late).length);
    expect(new Set(late.map(({ colour }) => colour))).toEqual(new Set(['overdue']));
    const texts = rows.flatMap(textsOf);
    expect(texts).toContain('chưa tham gia');
    expect(texts).toContain('không nhắn được');
  });

  it('say which units they show when they do not show all', () => {
    const wards = filterBoard(board.rows, { kind: 'phường' });
    const [picture] = planBoard({ ...board, rows: wards, filter: 'phường' }, metrics, HIGHEST);
    const head = textsOf(picture?.blocks[0]);
    expect(head).toContain('Chỉ xem phường: 19/168 đơn vị');
    expect(head).toContain('168 đơn vị · 72 quá hạn');
  });
});

describe('The drawn board', () => {
  const drawn = drawBoard(board);

  it('is PNG files of the planned size that Zalo takes', async () => {
    const plan = planBoard(board, metrics, HIGHEST);
    expect((await drawn).length).toBe(plan.length);
    for (const [n, png] of (await drawn).entries()) {
      const bytes = Buffer.from(png);
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1080, plan[n]?.height]);
      expect(bytes.length).toBeLessThanOrEqual(1_000_000);
    }
  });

  it('has the colours where they were planned', async () => {
    const plan = planBoard(board, metrics, HIGHEST);
    const seen = new Set<string>();
    for (const [n, png] of (await drawn).entries()) {
      const image = await loadImage(Buffer.from(png));
      const context = createCanvas(image.width, image.height).getContext('2d');
      context.drawImage(image, 0, 0);
      for (const { fields, top } of placed(plan[n] as Strips))
        for (const field of fields) {
          const [x, y] = [field.left + 12, top + field.top + field.height / 2];
          const pixel = context.getImageData(x, y, 1, 1).data.subarray(0, 3);
          expect(`#${Buffer.from(pixel).toString('hex')}`).toBe(COLOURS[field.colour]);
          seen.add(field.colour);
        }
    }
    expect([...seen].sort()).toEqual(
      [...['accepted', 'awaiting', 'begun', 'done', 'navy', 'none', 'overdue', 'returned', 'rule']].sort(),
    );
  });

  it('is the same every time, whatever it says', async () => {
    const bytes = async () => (await drawBoard(hostile)).map((png) => Buffer.from(png).toString('base64'));
    expect(await bytes()).toEqual(await bytes());
    expect(await drawBoard(empty)).toHaveLength(1);
  });
});

const reread = async (data: Board): Promise<Worksheet> => {
  const { sheets } = await readXlsx(await boardWorkbook(data, { created }), { readStyles: true });
  return sheets[0] as Worksheet;
};
const at = (sheet: Worksheet, row: number, col: number): Cell | undefined =>
  sheet.cells?.get(`${row},${col}`);
const headerOf = (sheet: Worksheet): number => sheet.rows.findIndex(([cell]) => cell === 'STT');
const fillOf = (cell: Cell | undefined): string | undefined => {
  const fill = cell?.style?.fill;
  const colour = fill?.type === 'pattern' ? fill.fgColor : undefined;
  return colour?.rgb?.slice(-6).toLowerCase();
};

describe('The workbook of a board', () => {
  const written = reread(board);

  it('has a row for every unit in the order of the board, with all that is known', async () => {
    const sheet = await written;
    const header = headerOf(sheet);
    expect(sheet.name).toBe('Tiến độ');
    expect(sheet.rows[header]).toEqual([
      ...[
        'STT',
        'Mã',
        'Đơn vị',
        'Loại',
        'Trạng thái',
        'Quá hạn',
        '%',
        'I',
        'II',
        'III',
        'IV',
        'V',
        'VI',
        'VII',
      ],
      ...['Hạn nộp', 'Nộp lúc', 'Bản', 'Cập nhật gần nhất', 'Cán bộ', 'Điện thoại'],
    ]);
    expect(sheet.rows).toHaveLength(header + 1 + 168);
    for (const [n, row] of board.rows.entries()) {
      const cells = sheet.rows[header + 1 + n] ?? [];
      expect(cells.slice(0, 4)).toEqual([n + 1, row.unit.id, row.unit.name, row.unit.kind]);
      expect(cells.slice(4, 7)).toEqual([
        BOARD_STATE[row.status],
        row.overdue ? 'Quá hạn' : row.late ? 'Nộp trễ' : null,
        row.percent,
      ]);
    }
  });

  it('says the counts and the hour above the table', async () => {
    const sheet = await written;
    const title = sheet.rows
      .slice(0, headerOf(sheet))
      .map(([cell]) => String(cell).replaceAll('\u00a0', ' '));
    expect(title[0]).toBe('Tiến độ báo cáo CCHC – Quí III/2026');
    expect(title).toContain('Tính đến 10 giờ 05 ngày 16/9/2026 · Hạn nộp 17 giờ 00 ngày 15/9/2026');
    expect(title.join(' ')).toContain('168 đơn vị · 72 quá hạn: 24 chưa bắt đầu · 12 trả lại');
  });

  it('has hours as hours of the office, and phone numbers as words', async () => {
    const sheet = await written;
    const n = board.rows.findIndex(({ sentAt, officers: [one] }) => sentAt !== undefined && one?.phone);
    const cells = sheet.rows[headerOf(sheet) + 1 + n] ?? [];
    const { due = '', sentAt = '', officers: own } = board.rows[n] ?? {};
    const instantOf = (cell: unknown): number =>
      cell instanceof Date ? cell.getTime() : (Number(cell) - 25_569) * 86_400_000;
    for (const [col, instant] of [
      [14, due],
      [15, sentAt],
    ] as const)
      expect(Math.round((instantOf(cells[col]) - Date.parse(instant)) / 60_000)).toBe(7 * 60);
    expect(cells[19]).toBe(own?.[0]?.phone?.replace(/^84/, '0'));
  });

  it('colours the sections and says how many of them are answered', async () => {
    const sheet = await written;
    const n = board.rows.findIndex(({ percent }) => percent > 30 && percent < 60);
    const row = headerOf(sheet) + 1 + n;
    for (const [col, { id }] of board.parts.entries()) {
      const { answered = 0, total = 0 } = board.rows[n]?.parts[id] ?? {};
      const cell = at(sheet, row, 7 + col);
      const colour = answered === 0 ? COLOURS.none : answered === total ? COLOURS.done : COLOURS.begun;
      expect(cell?.value).toBe(`${answered}/${total}`);
      expect(fillOf(cell)).toBe(colour.slice(1));
    }
  });

  it('keeps its header in sight, can be filtered, and is printed lying on A4, as wide as the page', async () => {
    const sheet = await written;
    const header = headerOf(sheet);
    expect(sheet.freezePane).toMatchObject({ rows: header + 1, columns: 3 });
    expect(sheet.autoFilter?.range).toBe(`A${header + 1}:T${header + 169}`);
    expect(sheet.pageSetup).toMatchObject({ paperSize: 'a4', orientation: 'landscape', fitToWidth: 1 });
  });

  it('has words only, whatever they begin with', async () => {
    const sheet = await reread(hostile);
    const header = headerOf(sheet);
    for (const cell of sheet.cells?.values() ?? []) expect(cell.formula).toBeUndefined();
    const cells = hostile.rows.map((_, n) => (sheet.rows[header + 1 + n] ?? []).slice(1, 4));
    expect(cells.slice(0, 2)).toEqual([
      ['=1+1', '=HYPERLINK("http://x","Xã")', '+kind'],
      ['@SUM(A1)', '#N/A', '+kind'],
    ]);
    for (const { height } of sheet.rowDefs?.values() ?? []) expect(height).toBeLessThanOrEqual(409);
  });

  it('is the same every time, also without any unit', async () => {
    const bytes = async () => Buffer.from(await boardWorkbook(board, { created })).toString('base64');
    expect(await bytes()).toBe(await bytes());
    const sheet = await reread(empty);
    expect(sheet.rows.at(-1)?.[0]).toBe('STT');
  });
});

describe('The printed board', () => {
  const sheet = boardSheet(board);

  it('has a row for every unit and a cell for every column', () => {
    expect(sheet.rows).toHaveLength(168);
    for (const { cells } of sheet.rows) expect(cells).toHaveLength(sheet.columns.length);
    expect(sheet.header.map(({ text }) => text)).toEqual([
      ...['STT', 'Đơn vị', 'Trạng thái', '%', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII'],
      ...['Nộp, cập nhật', 'Cán bộ'],
    ]);
  });

  it('lies on A4 in PDF with every unit in it', async () => {
    const { pages } = readPdf(await writePdf([sheet], { created }));
    for (const { width, height } of pages) expect(width).toBeGreaterThan(height);
    const printed = pages.flatMap(({ runs }) => runs.map(({ text }) => text)).join(' ');
    const close = (text: string): string => text.normalize('NFC').replace(/\s+/g, '');
    for (const { unit } of board.rows) expect(close(printed)).toContain(close(unit.name));
  });
});
