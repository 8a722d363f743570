// Reading a filled appendix back: every figure lands where it belongs or nowhere, whatever was done to the file on the way.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { type Cell, type CellValue, readXlsx, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FilledAnswer, SheetKind } from '../../src/domain/filled.ts';
import type { Template } from '../../src/domain/template.ts';
import { fold } from '../../src/domain/words.ts';
import { appendixSheets } from '../../src/sheets/layout.ts';
import type { Matched } from '../../src/sheets/match-rows.ts';
import { writeXlsx as writeAppendix } from '../../src/sheets/xlsx.ts';
import { readAnswers } from '../../src/sheets/xlsx-answers.ts';
import { filledDocuments, shortForm } from './documents.ts';

const created = new Date('2026-01-02T03:04:05Z');
const documents = await filledDocuments();
const forms = new Map(documents.map(({ id, appendix }) => [id, appendix.template]));

type Read = Matched & { readonly kind: SheetKind };

async function read(bytes: Uint8Array, template: Template): Promise<Read> {
  const answers = await readAnswers(bytes, template);
  if ('fault' in answers) throw new Error(answers.fault);
  return answers;
}

type Grid = {
  readonly name: string;
  readonly head: number;
  readonly rows: CellValue[][];
  readonly value: number;
};

const keyOf = (row: readonly CellValue[]): string =>
  /:([a-z0-9-]+)$/.exec(String(row.find((cell) => /^[a-z0-9-]+\.v\d+:/.test(String(cell))) ?? ''))?.[1] ?? '';

/** What is written for an indicator: different for each, so that a figure in a wrong place shows. */
const figureOf = (template: Template, id: string): number =>
  1000 + template.indicators.findIndex((each) => each.id === id);

/** Our own file of a form, a figure and a note of its own in every indicator, as bare tables to be mangled. */
async function grids({ appendix }: (typeof documents)[number]): Promise<Grid[]> {
  const sheets = appendixSheets(appendix);
  const { sheets: written } = await readXlsx(await writeAppendix(sheets, { created }));
  return written.map(({ name, rows }, n) => {
    const columns = appendix.template.tables[n]?.columns ?? [];
    const [value, note] = ['value', 'note'].map((key) => columns.findIndex((column) => column.key === key));
    const head = (sheets[n]?.title.length ?? 0) + 1 + (sheets[n]?.tiers ?? 0);
    const filled = rows.map((row, r) => {
      const id = r < head ? '' : keyOf(row);
      if (appendix.template.byId.get(id)?.row !== 'indicator') return [...row];
      const figure = figureOf(appendix.template, id);
      return row.map((cell, c) => (c === value ? figure : c === note ? `ghi chú ${figure}` : cell));
    });
    return { name, head, rows: filled, value: value ?? 0 };
  });
}

const saved = (tables: readonly Pick<Grid, 'name' | 'rows'>[]): Promise<Uint8Array> =>
  writeXlsx({ sheets: tables.map(({ name, rows }) => ({ name, rows })) });

/** Rows below the header changed, the rest as it was. */
const changed = (grid: Grid, change: (rows: CellValue[][]) => CellValue[][]): Grid => ({
  ...grid,
  rows: [...grid.rows.slice(0, grid.head), ...change(grid.rows.slice(grid.head))],
});

const withoutKeys = (grid: Grid): Grid => ({
  ...grid,
  rows: grid.rows.map((row) => row.filter((cell) => keyOf([cell]) === '')),
});

/** A column of figures of another period, with a header of its own, before that of the values. */
const withEarlier = (grid: Grid): Grid => ({
  ...grid,
  rows: grid.rows.map((row, n) => {
    const figure = row[grid.value];
    const cell =
      n < grid.head
        ? n === grid.head - 1
          ? 'Kỳ trước'
          : null
        : typeof figure === 'number'
          ? figure + 5000
          : null;
    return row.length > grid.value ? row.toSpliced(grid.value, 0, cell) : row;
  }),
});

/** The same disorder every time. */
function shuffled<T>(items: readonly T[], seed = 7): T[] {
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  };
  return items
    .map((item) => ({ item, at: next() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

/** What was found in a wrong place: figures of another row, or notes of another row. */
function misplaced({ found }: Read, template: Template): string[] {
  return [...found].flatMap(([id, { cell, note }]) => {
    const figure = figureOf(template, id);
    const right =
      (cell.is === 'empty' ||
        (cell.is === 'number' && cell.number === figure) ||
        (cell.is === 'text' && cell.text === String(figure))) &&
      (note === '' || note.endsWith(`ghi chú ${figure}`));
    return right ? [] : [`${id}: ${JSON.stringify(cell)} ${note}`];
  });
}

const filledIn = ({ found }: Read): FilledAnswer[] =>
  [...found.values()].filter(({ cell }) => cell.is !== 'empty');

describe.each(documents.map((document) => [document.id, document] as const))(
  'the file of %s',
  (_, document) => {
    const { template } = document.appendix;
    const all = template.indicators.length;
    let tables: Grid[];
    beforeAll(async () => {
      tables = await grids(document);
    });

    it('comes back as it went out, figure by figure and note by note', async () => {
      const sheets = appendixSheets(document.appendix);
      const { found, kind, unplaced, conflicts } = await read(
        await writeAppendix(sheets, { created }),
        template,
      );
      expect({ kind, unplaced, conflicts: conflicts.size }).toEqual({
        kind: { is: 'own' },
        unplaced: [],
        conflicts: 0,
      });
      const printed = template.tables.flatMap((table, n) =>
        table.rows.flatMap((row, r) => {
          const cells = sheets[n]?.rows[r]?.cells ?? [];
          const value = cells[table.columns.findIndex(({ key }) => key === 'value')];
          const note = cells[table.columns.findIndex(({ key }) => key === 'note')];
          const noted = note?.kind === 'text' ? note.text : '';
          const own = noted.startsWith(row.printedNote)
            ? noted.slice(row.printedNote.length).replace(/^; /, '')
            : noted;
          const seen =
            value?.kind === 'number'
              ? [value.number, value.decimals]
              : value?.kind === 'text'
                ? value.text
                : '';
          return row.row === 'indicator' ? [[row.id, seen, own]] : [];
        }),
      );
      const told = template.indicators.map(({ id }) => {
        const answer = found.get(id);
        const cell = answer?.cell;
        const seen =
          cell?.is === 'number' ? [cell.number, cell.decimals] : cell?.is === 'text' ? cell.text : '';
        return [id, seen, answer?.note];
      });
      expect(told).toEqual(printed);
      expect([...found.values()].every(({ by }) => by === 'key')).toBe(true);
    });

    it('names the rows in a column that is hidden, and nowhere else', async () => {
      const { sheets } = await readXlsx(await writeAppendix(appendixSheets(document.appendix), { created }));
      sheets.forEach((sheet, n) => {
        const table = template.tables[n];
        const last = table?.columns.length ?? 0;
        expect(sheet.columns?.map(({ hidden }) => hidden === true)).toEqual([
          ...Array(last).fill(false),
          true,
        ]);
        expect(sheet.rows.flatMap((row) => (keyOf(row.slice(0, last)) === '' ? [] : [row]))).toEqual([]);
        expect(sheet.rows.map((row) => keyOf(row)).filter(Boolean)).toEqual(table?.rows.map(({ id }) => id));
      });
    });

    it.each<[string, (grid: Grid) => Grid]>([
      ['columns in another order', (grid) => ({ ...grid, rows: grid.rows.map((row) => [...row].reverse()) })],
      [
        'rows sorted by figure',
        (grid) =>
          changed(grid, (rows) => rows.toSorted((a, b) => Number(b[grid.value]) - Number(a[grid.value]))),
      ],
      ['rows in no order', (grid) => changed(grid, (rows) => shuffled(rows))],
      ['ten empty rows above', (grid) => ({ ...grid, rows: [...Array(10).fill([]), ...grid.rows] })],
      ['empty rows between', (grid) => changed(grid, (rows) => rows.flatMap((row) => [row, []]))],
      [
        'figures typed as words',
        (grid) =>
          changed(grid, (rows) =>
            rows.map((row) => row.map((cell) => (typeof cell === 'number' ? String(cell) : cell))),
          ),
      ],
      [
        'labels changed to words of one’s own',
        (grid) =>
          changed(grid, (rows) =>
            rows.map((row) => row.map((cell, c) => (c === 1 ? `${cell} đã sửa lại` : cell))),
          ),
      ],
    ])('is read whole by its hidden keys with %s', async (_name, mangle) => {
      const answers = await read(await saved(tables.map(mangle)), template);
      expect(misplaced(answers, template)).toEqual([]);
      expect(filledIn(answers)).toHaveLength(all);
      expect(new Set(filledIn(answers).map(({ by }) => by))).toEqual(new Set(['key']));
      expect(answers.unplaced).toEqual([]);
    });

    it.each<[string, (grid: Grid) => Grid]>([
      ['as they were', (grid) => grid],
      [
        'with the header again in the middle',
        (grid) =>
          changed(grid, (rows) => [
            ...rows.slice(0, 20),
            ...grid.rows.slice(grid.head - 2, grid.head),
            ...rows.slice(20),
          ]),
      ],
      [
        'with bullets, capitals and colons',
        (grid) =>
          changed(grid, (rows) =>
            rows.map((row) => row.map((cell, c) => (c === 1 ? `- ${String(cell).toUpperCase()}:` : cell))),
          ),
      ],
    ])('is read whole without keys, its rows %s', async (_name, mangle) => {
      const answers = await read(await saved(tables.map((grid) => mangle(withoutKeys(grid)))), template);
      expect(misplaced(answers, template)).toEqual([]);
      expect(filledIn(answers)).toHaveLength(all);
      expect(answers.kind).toEqual({ is: 'foreign' });
      expect(answers.unplaced).toEqual([]);
    });

    it.each<[string, number, (grid: Grid) => Grid]>([
      [
        'sorted without keys',
        0.4,
        (grid) =>
          changed(withoutKeys(grid), (rows) =>
            rows.toSorted((a, b) => Number(b[grid.value]) - Number(a[grid.value])),
          ),
      ],
      [
        'every third row gone and no keys',
        0.25,
        (grid) => changed(withoutKeys(grid), (rows) => rows.filter((_row, n) => n % 3 !== 1)),
      ],
      [
        'headings gone and no keys',
        0.5,
        (grid) =>
          changed(withoutKeys(grid), (rows) => rows.filter((row) => typeof row[grid.value] === 'number')),
      ],
      [
        'sorted in what can be seen, the hidden keys left behind',
        0.4,
        (grid) =>
          changed(grid, (rows) => {
            const order = shuffled(rows);
            return rows.map((row, n) => [...(order[n] ?? []).slice(0, -1), row.at(-1) ?? null]);
          }),
      ],
      [
        'moved down by one beside the hidden keys',
        0.4,
        (grid) =>
          changed(grid, (rows) =>
            rows.map((row, n) => [
              ...(rows[n - 1] ?? ['', 'Số liệu của phòng', '', 5, '']).slice(0, -1),
              row.at(-1) ?? null,
            ]),
          ),
      ],
      [
        'a letter wrong in every label and no keys',
        0.05,
        (grid) =>
          changed(withoutKeys(grid), (rows) =>
            rows.map((row) =>
              row.map((cell, c) =>
                c === 1 ? String(cell).replace(/(\p{L})(\p{L})(?=\p{L}+$)/u, '$2$1') : cell,
              ),
            ),
          ),
      ],
      [
        'numbers slid down by a row and no keys',
        0,
        (grid) =>
          changed(withoutKeys(grid), (rows) =>
            rows.map((row, n) => [rows[n - 1]?.[0] ?? null, ...row.slice(1)]),
          ),
      ],
      [
        'numbers counted anew and no keys',
        0,
        (grid) => changed(withoutKeys(grid), (rows) => rows.map((row, n) => [n + 1, ...row.slice(1)])),
      ],
      [
        'keys dragged down over two more rows',
        0.25,
        (grid) =>
          changed(grid, (rows) =>
            rows.map((row, n) => [...row.slice(0, -1), rows[n - (n % 3)]?.at(-1) ?? null]),
          ),
      ],
      [
        'every row twice, the second of another period',
        0,
        (grid) =>
          changed(grid, (rows) =>
            rows.flatMap((row) => [row, row.map((cell) => (typeof cell === 'number' ? cell + 5000 : cell))]),
          ),
      ],
      ['another period’s column in front and no keys', 0, (grid) => withEarlier(withoutKeys(grid))],
      ['another period’s column in front', 0, withEarlier],
      ['every third row gone', 0.6, (grid) => changed(grid, (rows) => rows.filter((_row, n) => n % 3 !== 1))],
    ])('puts nothing in a wrong place: %s', async (_name, share, mangle) => {
      const answers = await read(await saved(tables.map(mangle)), template);
      expect(misplaced(answers, template)).toEqual([]);
      expect(filledIn(answers).length).toBeGreaterThanOrEqual(all * share * 0.9);
      for (const { why, cell } of answers.unplaced)
        expect([why, cell.is]).toEqual([expect.any(String), expect.any(String)]);
    });
  },
);

describe('an old appendix of the unit', () => {
  /** As an officer has it from earlier years: other title lines, another header, one sheet, no keys. */
  const foreign = ({ lines }: (typeof documents)[number], more: CellValue[][] = []): Promise<Uint8Array> => {
    const rows: CellValue[][] = [
      ['UBND TỈNH', null, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
      [],
      ['BIỂU TỔNG HỢP SỐ LIỆU CẢI CÁCH HÀNH CHÍNH NĂM 2020'],
      ['Ghi chú', 'TT', 'ĐVT', 'Nội dung chỉ tiêu', 'Kết quả'],
      ['(5)', '(1)', '(3)', '(2)', '(4)'],
      ...lines.map(({ stt, label, unit, value, note }) => [note, stt, unit, `${label} `, value]),
      ...more,
      [null, null, null, 'Người lập biểu'],
    ];
    return writeXlsx({ sheets: [{ name: 'Năm 2020', rows }] });
  };

  it.each(documents.map((document) => [document.id, document] as const))(
    'of the same form as %s is read whole by its words',
    async (_, document) => {
      const { template } = document.appendix;
      const { found, kind, conflicts, notes, unplaced } = await read(await foreign(document), template);
      const indicators = document.lines.filter(({ id }) => template.byId.get(id)?.row === 'indicator');
      const told = indicators.map(({ id }) => {
        const cell = found.get(id)?.cell;
        return [id, cell?.is === 'text' ? cell.text : '', found.get(id)?.note];
      });
      const hinted = (id: string): string => template.byId.get(id)?.printedNote ?? '';
      expect(told).toEqual(
        indicators.map(({ id, value, note }) => [id, value, note === hinted(id) ? '' : note]),
      );
      expect({ kind, conflicts: conflicts.size, unplaced: unplaced.map(({ label }) => label) }).toEqual({
        ...{ kind: { is: 'foreign' }, conflicts: 0 },
        unplaced: ['(2)'],
      });
      const noted = document.lines.filter(
        ({ id, note }) => template.byId.get(id)?.row !== 'indicator' && note !== '' && note !== hinted(id),
      );
      expect([...notes].map(([id, { note }]) => [id, note])).toEqual(noted.map(({ id, note }) => [id, note]));
    },
  );

  it('of another form gives only what has the same words under the same heading', async () => {
    let placed = 0;
    for (const document of documents)
      for (const { appendix } of documents.filter(({ id }) => id !== document.id)) {
        const { found } = await read(await foreign(document), appendix.template);
        const above = 6;
        for (const [id, { row }] of found) {
          const line = document.lines[row - above];
          const theirs = forms.get(document.id)?.byId.get(line?.id ?? '');
          const ours = appendix.template.byId.get(id);
          const bare = (text = ''): string => fold(text).replace(/[^a-z0-9%]/g, '');
          expect([bare(theirs?.label)]).toEqual([bare(ours?.label)]);
          const heading = (template: Template | undefined, section = ''): string =>
            bare(template?.byId.get(section)?.label).slice(0, 16);
          expect(heading(forms.get(document.id), theirs?.section)).toBe(
            heading(appendix.template, ours?.section),
          );
          placed += 1;
        }
      }
    expect(placed).toBeGreaterThan(200);
  });

  it('keeps figures out that stand under a heading the form does not have', async () => {
    const [, document] = documents;
    if (!document) throw new Error('no document');
    const { template } = document.appendix;
    const last = template.indicators.at(-1);
    const cut = { ...document, lines: document.lines.filter(({ id }) => id !== last?.id) };
    const strange = [
      [null, 'XIX', null, 'Phong trào thi đua', null],
      [null, null, last?.unit ?? '', last?.label ?? '', 77],
    ];
    const { found, unplaced } = await read(await foreign(cut, strange), template);
    expect(found.has(last?.id ?? '')).toBe(false);
    expect(unplaced.find(({ cell }) => cell.is === 'number')?.why).toBe('otherSection');
  });

  it('with a column for every quarter is not guessed at', async () => {
    const [document] = documents;
    const rows: CellValue[][] = [
      ['STT', 'Chỉ tiêu', 'Đơn vị tính', 'Kết quả quý I', 'Kết quả quý II', 'Ghi chú'],
      ...(document?.lines ?? []).map(({ stt, label, unit, value }) => [stt, label, unit, value, value, null]),
    ];
    const bytes = await writeXlsx({ sheets: [{ name: 'Quý', rows }] });
    const { found, unplaced } = await read(bytes, document?.appendix.template ?? shortForm());
    expect(found.size).toBe(0);
    expect(new Set(unplaced.map(({ why }) => why))).toEqual(new Set(['noColumn']));
  });

  it('with a column of last year’s figures is read from that of this period', async () => {
    const rows: CellValue[][] = [
      ['Chỉ tiêu', 'Số liệu cùng kỳ', 'Số liệu', 'Tăng, giảm'],
      ['Chỉ đạo'],
      ['Kế hoạch'],
      ['Đề ra', 9, 12, 3],
    ];
    const { found } = await read(await writeXlsx({ sheets: [{ name: 'a', rows }] }), shortForm());
    expect(found.get('de-ra')?.cell).toMatchObject({ is: 'number', number: 12 });
  });
});

/** The table of the short form; `cells` are written over it. */
const HEADER = ['STT', 'Chỉ tiêu', 'Số liệu', 'Đơn vị tính', 'Ghi chú'];
const ROWS: CellValue[][] = [
  HEADER,
  ['I', 'Chỉ đạo', null, null, null],
  ['1', 'Kế hoạch', null, null, '(nếu có); đã ban hành'],
  [null, 'Đề ra', 12, 'Nhiệm vụ', null],
  [null, 'Hoàn thành', 5, 'Nhiệm vụ', '(lũy kế); đến 14/6'],
  [null, 'Tỷ lệ', null, '%', null],
  [null, 'Có kiểm tra', 'Có', 'Có = 1; Không = 0', null],
];
const sheetOf = (more: Partial<WriteSheet> = {}): WriteSheet => ({ name: 'Biểu', rows: ROWS, ...more });
const workbook = (...sheets: readonly WriteSheet[]): Promise<Uint8Array> =>
  writeXlsx({ sheets: [...sheets] });
const KEYS = ['', 'chi-dao', 'ke-hoach', 'de-ra', 'hoan-thanh', 'ty-le', 'kiem-tra'];
const keyed = (name: string): CellValue[][] =>
  ROWS.map((row, n) => [...row, n === 0 ? null : `${name}:${KEYS[n]}`]);

describe('a figure cell', () => {
  const cellOf = async (cell: Partial<Cell>, row = 5) => {
    const bytes = await workbook(sheetOf({ cells: new Map([[`${row},2`, cell]]) }));
    return (await read(bytes, shortForm())).found.get(KEYS[row] ?? '')?.cell;
  };
  const figure = (value: number, numFmt = 'General'): Partial<Cell> => ({
    value,
    type: 'number',
    style: { numFmt },
  });

  it.each<[string, Partial<Cell>, unknown]>([
    ['a plain number', figure(5971), { is: 'number', number: 5971, decimals: 0, text: '5.971' }],
    [
      'as many decimals as are stored',
      figure(99.98),
      { is: 'number', number: 99.98, decimals: 2, text: '99,98' },
    ],
    [
      'decimals that are shown although they are zero',
      figure(38, '0.0'),
      { is: 'number', number: 38, decimals: 1, text: '38,0' },
    ],
    [
      'a percentage of the sheet',
      figure(0.9998, '0.00%'),
      { is: 'number', number: 99.98, decimals: 2, text: '99,98%' },
    ],
    [
      'a percentage sign that is only shown',
      figure(99.98, '#,##0.00"%"'),
      { is: 'number', number: 99.98, decimals: 2, text: '99,98' },
    ],
    [
      'a figure of which more is stored than shown',
      figure(5.971, '#,##0'),
      { is: 'number', number: 6, decimals: 0, text: '6', exact: 5.971 },
    ],
    ['a negative figure', figure(-3, '0;[Red]-0'), { is: 'number', number: -3, decimals: 0, text: '-3' }],
    [
      'thousands that the format hides',
      figure(5_971_000, '#,##0,'),
      { is: 'number', number: 5_971_000, decimals: 0, text: '5.971.000' },
    ],
    [
      'the noise of a calculation',
      figure(0.1 + 0.2),
      { is: 'number', number: 0.3, decimals: 1, text: '0,3' },
    ],
    ['words', { value: ' 5.971 hồ sơ ', type: 'string' }, { is: 'text', text: '5.971 hồ sơ' }],
    ['a percentage typed as words', { value: '99,98 %', type: 'string' }, { is: 'text', text: '99,98 %' }],
    [
      'a day',
      { value: new Date(Date.UTC(2023, 5, 30)), type: 'date', style: { numFmt: 'dd/mm/yyyy' } },
      { is: 'text', text: '30/06/2023' },
    ],
    ['yes as a tick', { value: true, type: 'boolean' }, { is: 'text', text: 'TRUE' }],
    [
      'what a formula came to',
      { value: 42, formula: 'C4*2', formulaResult: 42, type: 'formula' },
      { is: 'number', number: 42, decimals: 0, text: '42', formula: 'own' },
    ],
    [
      'what a formula read from another file',
      { value: 42, formula: '[1]Sheet1!A1', formulaResult: 42, type: 'formula' },
      { is: 'number', number: 42, decimals: 0, text: '42', formula: 'otherFile' },
    ],
  ])('is %s', async (_name, cell, expected) => {
    expect(await cellOf(cell)).toEqual(expected);
  });

  it('is unreadable when it holds an error', async () => {
    const bytes = await workbook(sheetOf({ cells: new Map([['5,2', { value: '#REF!', type: 'error' }]]) }));
    expect((await read(bytes, shortForm())).found.get('ty-le')?.cell).toEqual({
      is: 'unreadable',
      text: '#REF!',
    });
  });

  it('that is one with the cell below is placed nowhere', async () => {
    const merges = [{ startRow: 3, endRow: 4, startCol: 2, endCol: 2 }];
    const { found, unplaced } = await read(await workbook(sheetOf({ merges })), shortForm());
    expect([...found.keys()]).toEqual(['ty-le', 'kiem-tra']);
    expect(unplaced.map(({ label, why }) => [label, why])).toEqual([
      ['Đề ra', 'merged'],
      ['Hoàn thành', 'merged'],
    ]);
  });
});

describe('a filled file', () => {
  const form = shortForm();

  it('gives notes without the words that the form prints, also beside groups, and says where each stands', async () => {
    const { found, notes } = await read(await workbook({ name: 'x', rows: [] }, sheetOf()), form);
    expect(found.get('hoan-thanh')).toEqual({
      ...{ sheet: 'Biểu', row: 5, hidden: false, by: 'label', note: 'đến 14/6' },
      cell: { is: 'number', number: 5, decimals: 0, text: '5' },
    });
    expect([...notes].map(([id, { note }]) => [id, note])).toEqual([['ke-hoach', 'đã ban hành']]);
    expect(found.get('ty-le')?.cell).toEqual({ is: 'empty' });
  });

  it('is read in rows that a filter hides, but not in hidden worksheets', async () => {
    const filtered = sheetOf({ rowDefs: new Map([[3, { hidden: true }]]), autoFilter: { range: 'A1:E7' } });
    const older = ROWS.map((row) => row.map((cell) => (cell === 12 ? 99 : cell)));
    const { found } = await read(await workbook(filtered, { name: 'cũ', hidden: true, rows: older }), form);
    expect(found.get('de-ra')).toMatchObject({ cell: { number: 12 }, hidden: true });
  });

  it('that says two things about an indicator leaves it open, and says where', async () => {
    const second = ROWS.map((row) => row.map((cell) => (cell === 12 ? 13 : cell)));
    const { found, conflicts } = await read(
      await workbook(sheetOf(), { name: 'Quý II', rows: second }),
      form,
    );
    expect(found.has('de-ra')).toBe(false);
    expect(found.get('hoan-thanh')?.cell).toMatchObject({ number: 5 });
    const told = [...conflicts].map(([id, all]) => [
      id,
      all.map(({ sheet, row, cell }) => [sheet, row, cell.is === 'number' && cell.number]),
    ]);
    expect(told).toEqual([
      [
        'de-ra',
        [
          ['Biểu', 4, 12],
          ['Quý II', 4, 13],
        ],
      ],
    ]);
  });

  it('with an empty copy of the table is read from the filled one', async () => {
    const blank = ROWS.map((row, n) =>
      n === 0 ? row : row.map((cell, c) => (c === 2 || c === 4 ? null : cell)),
    );
    const { found, conflicts } = await read(await workbook({ name: 'Mẫu', rows: blank }, sheetOf()), form);
    expect(conflicts.size).toBe(0);
    expect(found.get('de-ra')?.cell).toMatchObject({ number: 12 });
  });

  it('keeps the rows apart that somebody copied to add one', async () => {
    const rows = keyed('mau.v1');
    const copy = [...(rows[3] ?? [])];
    copy.splice(1, 2, 'Đề ra thêm của phòng Một cửa', 4);
    const { found, unplaced } = await read(
      await workbook({ name: 'a', rows: rows.toSpliced(4, 0, copy) }),
      form,
    );
    expect(found.get('de-ra')?.cell).toMatchObject({ number: 12 });
    expect(unplaced.map(({ label, why }) => [label, why])).toEqual([
      ['Đề ra thêm của phòng Một cửa', 'copied'],
    ]);
  });

  it.each<[string, CellValue[][], SheetKind]>([
    ['ours', keyed('mau.v1'), { is: 'own' }],
    ['of an older version', keyed('mau.v0'), { is: 'otherVersion', version: 0 }],
    ['of another form of ours', keyed('khac.v3'), { is: 'otherForm', template: 'khac', version: 3 }],
    ['nobody’s we know', ROWS, { is: 'foreign' }],
  ])('is known as %s', async (_name, rows, kind) => {
    const answers = await read(await workbook({ name: 'a', rows }), form);
    expect(answers.kind).toEqual(kind);
    expect(answers.found.get('de-ra')?.cell).toMatchObject({ number: 12 });
  });

  it('of an older version is believed by key only where the row still reads the same', async () => {
    const rows = keyed('mau.v0').map((row) =>
      row.map((cell) => (cell === 'Đề ra' ? 'Đề ra trong năm' : cell)),
    );
    const { found, unplaced } = await read(await workbook({ name: 'a', rows }), form);
    expect(found.has('de-ra')).toBe(false);
    expect(unplaced.map(({ label, why }) => [label, why])).toEqual([['Đề ra trong năm', 'unknown']]);
  });

  it('tells of figures beside a heading or beside nothing, and of units that differ', async () => {
    const rows = ROWS.map((row) => [...row]);
    rows[2]?.splice(2, 1, 3);
    rows[4]?.splice(3, 1, 'Hồ sơ');
    rows.push([null, null, 8, null, null]);
    const { found, unplaced } = await read(await workbook({ name: 'a', rows }), form);
    expect(unplaced.map(({ row, why }) => [row, why])).toEqual([
      [3, 'heading'],
      [5, 'unitDiffers'],
      [8, 'noLabel'],
    ]);
    expect(found.has('hoan-thanh')).toBe(false);
  });
});

/** A zip file of these entries; sizes as they are, or as they are said to be. */
function zip(
  entries: readonly { name: string; data: Buffer; said?: number; streamed?: boolean }[],
): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data, said = data.length, streamed = false } of entries) {
    const packed = deflateRawSync(data);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(said, 22);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(streamed ? 8 : 0, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(streamed ? 0 : said, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(at, 42);
    parts.push(head, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, listed, end]));
}

const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const rels = (...targets: readonly (readonly [string, string])[]): Buffer =>
  Buffer.from(
    `<Relationships xmlns="${PACKAGE}">${targets.map(([type, target], n) => `<Relationship Id="rId${n + 1}" Type="${RELS}/${type}" Target="${target}"/>`).join('')}</Relationships>`,
  );

/** A workbook with one worksheet of this XML, listed so many times. */
const raw = (sheet: string, { times = 1, more = [] as { name: string; data: Buffer }[] } = {}): Uint8Array =>
  zip([
    { name: '[Content_Types].xml', data: Buffer.from('<Types/>') },
    { name: '_rels/.rels', data: rels(['officeDocument', 'xl/workbook.xml']) },
    { name: 'xl/_rels/workbook.xml.rels', data: rels(['worksheet', 'worksheets/sheet1.xml']) },
    {
      name: 'xl/workbook.xml',
      data: Buffer.from(
        `<workbook xmlns:r="${RELS}"><sheets>${Array.from({ length: times }, (_, n) => `<sheet name="s${n}" sheetId="${n + 1}" r:id="rId1"/>`).join('')}</sheets></workbook>`,
      ),
    },
    { name: 'xl/worksheets/sheet1.xml', data: Buffer.from(sheet) },
    ...more,
  ]);
const data = (rows: string, more = ''): string =>
  `<worksheet>${more}<sheetData>${rows}</sheetData></worksheet>`;
const typed = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const SMALL = data(
  `<row>${typed('Chỉ tiêu')}${typed('Số liệu')}</row><row>${typed('Đề ra')}<c><v>12</v></c></row>`,
);

describe('a file that is no filled appendix', () => {
  const form = shortForm();
  const ole = (name: string): Uint8Array =>
    new Uint8Array(
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600), Buffer.from(name, 'utf16le')]),
    );
  const marked = (name: string): Uint8Array => raw(SMALL, { more: [{ name, data: Buffer.from('x') }] });

  it('is told from one that is, made by hand', async () => {
    const { found } = await read(raw(SMALL), form);
    expect(found.get('de-ra')?.cell).toMatchObject({ number: 12 });
  });

  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['11 MB', () => new Uint8Array(11 * 1024 * 1024), 'tooBig'],
    [
      'a bomb of zeros',
      () => raw(SMALL, { more: [{ name: 'xl/media/a.png', data: Buffer.alloc(40 * 1024 * 1024) }] }),
      'bomb',
    ],
    [
      'a bomb that lies about its size',
      () => zip([{ name: '[Content_Types].xml', data: Buffer.alloc(5_000_000), said: 100 }]),
      'unreadable',
    ],
    [
      'a bomb that hides its size',
      () => zip([{ name: '[Content_Types].xml', data: Buffer.alloc(5_000_000), streamed: true }]),
      'unreadable',
    ],
    [
      'a million columns in a few bytes',
      () => raw(data('', `<cols>${'<col min="1" max="16384" width="1"/>'.repeat(2000)}</cols>`)),
      'bomb',
    ],
    ['200,000 cells', () => raw(data(`<row>${'<c/>'.repeat(200_000)}</row>`)), 'tooLong'],
    ['120,000 rows', () => raw(data('<row/>'.repeat(120_000))), 'tooLong'],
    [
      'a row far below all others',
      () => raw(data('<row r="10001"><c r="A10001"><v>1</v></c></row>')),
      'tooLong',
    ],
    [
      'two million marks in the words',
      () =>
        raw(SMALL, {
          more: [{ name: 'xl/sharedStrings.xml', data: Buffer.from('<si/>'.repeat(1_100_000)) }],
        }),
      'bomb',
    ],
    ['a worksheet listed twice', () => raw(SMALL, { times: 2 }), 'unreadable'],
    [
      '13 worksheets',
      () => workbook(...Array.from({ length: 13 }, (_, n) => sheetOf({ name: `s${n}` }))),
      'tooLong',
    ],
    ['a workbook with macros', () => marked('xl/vbaProject.bin'), 'macros'],
    ['a workbook with macros of Excel 4', () => marked('xl/macrosheets/sheet1.xml'), 'macros'],
    ['a Word file', () => marked('word/document.xml'), 'word'],
    ['an old Word file', () => ole('WordDocument'), 'word'],
    ['an old Excel file', () => ole('Workbook'), 'oldExcel'],
    [
      'a file with a password',
      () => writeXlsx({ sheets: [sheetOf()], encryption: { password: 'x', spinCount: 1 } }),
      'encrypted',
    ],
    [
      'an OpenDocument file',
      () =>
        zip([
          { name: 'mimetype', data: Buffer.from('m') },
          { name: 'content.xml', data: Buffer.from('<a/>') },
        ]),
      'openDocument',
    ],
    ['a binary workbook', () => marked('xl/workbook.bin'), 'binaryExcel'],
    ['CSV', () => new Uint8Array(Buffer.from('Chỉ tiêu;Số liệu\nĐề ra;12\n')), 'text'],
    ['a PDF', () => new Uint8Array(Buffer.from('%PDF-1.7\n')), 'otherKind'],
    [
      'a picture',
      () => new Uint8Array(readFileSync(join(import.meta.dirname, '../../docs/anh/cau-hoi.png'))),
      'otherKind',
    ],
    ['nothing', () => new Uint8Array(), 'text'],
    ['another zip file', () => zip([{ name: 'a.txt', data: Buffer.from('a') }]), 'otherKind'],
    ['half a workbook', async () => (await workbook(sheetOf())).slice(0, 900), 'unreadable'],
    [
      'a workbook without its worksheet',
      () => zip([{ name: '[Content_Types].xml', data: Buffer.from('<Types/>') }]),
      'unreadable',
    ],
    [
      'a workbook without a table',
      () =>
        workbook({
          name: 'a',
          rows: [
            ['Kính gửi', 'các đơn vị'],
            [1, 2],
          ],
        }),
      'noTable',
    ],
  ])('is refused: %s', async (_name, make, fault) => {
    expect(await readAnswers(await make(), form)).toEqual({ fault });
  });
});
