// Sections of real documents as officers paste them: four forms, and the ways in which copying mangles them.

import { compact } from '../../flows/paste/labels.ts';
import type { PastePlace } from '../../flows/paste/pasted.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { addressOf } from '../../src/domain/progress.ts';
import { emptyReport } from '../../src/domain/report.ts';
import type { Indicator, Row, Template } from '../../src/domain/template.ts';
import { type Line, readDocument } from '../support/officer.ts';

/** A rendered row: the lines of text that come from it, and the words by which it names its row. */
export type Rendered = { readonly id: string; readonly text: string; readonly name: string };
export type Form = 'figures' | 'numbers' | 'labels' | 'table' | 'quoted' | 'word';
const FORMS: readonly Form[] = ['figures', 'numbers', 'labels', 'table', 'quoted', 'word'];

export const DOCUMENTS = [
  'so-cong-thuong-soc-trang',
  'so-cong-thuong-ha-nam',
  'ubnd-thi-xa-nga-nam',
  'so-ngoai-vu',
  'so-tai-chinh-soc-trang',
] as const;

/** One part of one document, with the rows as they stand in it. */
export type Part = {
  readonly name: string;
  readonly template: Template;
  readonly section: string;
  readonly rows: readonly Row[];
  readonly indicators: readonly Indicator[];
  readonly lines: ReadonlyMap<string, Line>;
  readonly place: PastePlace;
};

export function partsOfDocument(
  id: string,
  template: Template,
  fill: (line: Line, row: Indicator, n: number) => Line,
): readonly Part[] {
  const document = readDocument(id);
  const period = parsePeriod(document.period);
  if (!period) throw new Error(`${id} names no period`);
  const report = emptyReport({ id: 'ky', template: { id, version: 1 } }, 'don-vi');
  return [...new Set(template.indicators.map((row) => row.section))].map((section) => {
    const indicators = template.indicators.filter((row) => row.section === section);
    const lines = document.lines.map((line): [string, Line] => {
      const n = indicators.findIndex((row) => row.id === line.id);
      const row = indicators[n];
      return [line.id, row ? fill(line, row, n) : line];
    });
    return {
      name: `${id} ${section}`,
      template,
      section,
      rows: template.rows.filter((row) => row.section === section),
      indicators,
      lines: new Map(lines),
      place: {
        template,
        report,
        section,
        indicator: indicators[0]?.id ?? '',
        context: () => ({ period, peers: [] }),
      },
    };
  });
}

/** The document as it stands, and with a different good figure in every row. */
export const asPrinted = (line: Line): Line => line;
export function allFilled(line: Line, row: Indicator, n: number): Line {
  const value = {
    count: String(100 + n),
    percent: `${10 + n},5`,
    decimal: `${10 + n},5`,
    choice: String(row.choices.find(({ label }) => /^(?:Có|Không|Chưa|Hoàn)/.test(label))?.code ?? 1),
    text: `Việc thứ ${n}`,
    date: '30/06/2023',
  }[row.type];
  return { ...line, value, note: n % 4 === 0 ? `giải thích số ${n}: xem kế hoạch` : '' };
}

/** The rows of a part in one form. */
export function render(part: Part, form: Form): readonly Rendered[] {
  const rows = form === 'table' || form === 'quoted' || form === 'word' ? part.rows : part.indicators;
  return rows.flatMap((row) => {
    const line = part.lines.get(row.id);
    const name = form === 'numbers' ? addressOf(part.template, row) : `${compact(row.label)} ${row.row}`;
    return line ? [{ id: row.id, name, text: renderRow(part, row, line, form) }] : [];
  });
}

function renderRow({ template }: Part, row: Row, line: Line, form: Form): string {
  const flat = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
  const noted = [line.value, line.note]
    .map(flat)
    .join('; ')
    .replace(/(?:; )$/, '');
  switch (form) {
    case 'figures':
      return noted;
    case 'numbers':
      return `${addressOf(template, row)}: ${noted}`;
    case 'labels':
      return `${flat(line.label).replace(/[\s:]+$/, '')}: ${noted}`;
    case 'table':
      return [line.stt, line.label, line.unit, line.value, line.note].map(flat).join('\t');
    case 'quoted':
      return [
        line.stt,
        line.label.replace(/^(\S+ \S+) /, '$1\n'),
        line.unit.replace(/ (?=\S+ = )/g, '\n'),
        line.value,
        line.note,
      ]
        .map((cell) => (/[\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join('\t');
    case 'word':
      return [
        line.stt,
        flat(line.label).replace(/^(\S+ \S+) (?=\S)/, '$1\n'),
        line.unit.replace(/ (?=\S+ = )/g, '\n'),
        line.value,
        line.note,
      ]
        .map((cell, n) => (n === 1 || n === 2 ? cell : flat(cell)))
        .join('\t');
  }
}

export type Mangling = {
  readonly name: string;
  readonly forms: readonly Form[];
  readonly mangle: (rows: readonly Rendered[], random: () => number, part: Part) => readonly Rendered[];
};

const each =
  (change: (text: string, random: () => number) => string): Mangling['mangle'] =>
  (rows, random) =>
    rows.map((row) => ({ ...row, text: change(row.text, random) }));
const ALL = FORMS;
const NAMED: readonly Form[] = ['numbers', 'labels', 'table', 'quoted'];
const TABLES: readonly Form[] = ['table', 'quoted', 'word'];
const column = (n: number, change: (cell: string, random: () => number) => string): Mangling['mangle'] =>
  each((text, random) =>
    text
      .split('\t')
      .map((cell, at) => (at === n ? change(cell, random) : cell))
      .join('\t'),
  );
const without = (n: number): Mangling['mangle'] =>
  each((text) =>
    text
      .split('\t')
      .filter((_, at) => at !== n)
      .join('\t'),
  );

export const MANGLINGS: readonly Mangling[] = [
  { name: 'as it is', forms: ALL, mangle: (rows) => rows },
  { name: 'NFD', forms: ALL, mangle: each((text) => text.normalize('NFD')) },
  {
    name: 'no diacritics',
    forms: ['labels', 'table'],
    mangle: each((text) =>
      text
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .replace(/đ/g, 'd')
        .replace(/Đ/g, 'D'),
    ),
  },
  { name: 'capitals', forms: ['labels', 'table'], mangle: each((text) => text.toUpperCase()) },
  { name: 'extra spaces', forms: ALL, mangle: each((text) => `  ${text.replace(/ /g, '  ')} `) },
  { name: 'NBSP', forms: ALL, mangle: each((text) => text.replace(/ /g, '\u00a0')) },
  { name: 'CRLF', forms: ALL, mangle: each((text) => `${text}\r`) },
  {
    name: 'bullets',
    forms: ['labels', 'numbers'],
    mangle: each((text, random) => `${['•', '-', '+', '*'][Math.floor(random() * 4)]} ${text}`),
  },
  { name: 'lost STT', forms: TABLES, mangle: without(0) },
  { name: 'some STT lost', forms: TABLES, mangle: column(0, (cell, random) => (random() < 0.5 ? '' : cell)) },
  { name: 'lost units', forms: ['table'], mangle: without(2) },
  {
    name: 'some units lost',
    forms: ['table', 'quoted'],
    mangle: column(2, (cell, random) => (random() < 0.5 ? '' : cell)),
  },
  { name: 'lost notes', forms: ['table'], mangle: without(4) },
  { name: 'cells at the end cut', forms: TABLES, mangle: each((text) => text.replace(/\t+$/, '')) },
  { name: 'empty cells at the end', forms: TABLES, mangle: each((text) => `${text}\t\t\t`) },
  {
    name: 'headings lost',
    forms: TABLES,
    mangle: (rows, _, part) => rows.filter(({ id }) => part.template.byId.get(id)?.row === 'indicator'),
  },
  {
    name: 'run together',
    forms: ['table'],
    mangle: column(1, (cell, random) => (random() < 0.3 ? cell.replace(/ (?=\S+$)/, '') : cell)),
  },
  {
    name: 'lines dropped',
    forms: [...NAMED, 'word', 'figures'],
    mangle: (rows, random) => rows.filter((_, n) => n === 0 || random() < 0.8),
  },
  { name: 'lines swapped', forms: [...NAMED, 'word'], mangle: swapped },
  {
    name: 'dropped and swapped',
    forms: [...NAMED, 'word'],
    mangle: (rows, random) =>
      swapped(
        rows.filter(() => random() < 0.8),
        random,
      ),
  },
  {
    name: 'a group alone',
    forms: [...NAMED, 'word'],
    mangle: (rows, random) => {
      const from = Math.floor(random() * rows.length);
      return rows.slice(from, from + 2 + Math.floor(random() * 8));
    },
  },
  {
    name: 'words dropped',
    forms: ['labels'],
    mangle: shortened((words, random) => words.filter(() => random() < 0.8)),
  },
  {
    name: 'labels cut',
    forms: ['labels', 'table'],
    mangle: shortened((words, random) =>
      random() < 0.5 ? words : words.slice(0, Math.max(2, Math.ceil(words.length * random()))),
    ),
  },
  { name: 'a letter wrong', forms: ['labels', 'table'], mangle: shortened(misspelt) },
  {
    name: 'STT slid down by a row',
    forms: TABLES,
    mangle: (rows) =>
      rows.map((row, n) => ({ ...row, text: withFirst(row.text, (rows[n - 1]?.text ?? '').split('\t')[0]) })),
  },
  {
    name: 'STT counted anew',
    forms: TABLES,
    mangle: (rows) => rows.map((row, n) => ({ ...row, text: withFirst(row.text, String(n + 1)) })),
  },
  {
    name: 'columns parted by spaces',
    forms: ['table'],
    mangle: each((text) => text.replace(/\t/g, '    ').trimEnd()),
  },
  {
    name: 'lines broken as in a PDF',
    forms: ['labels', 'numbers', 'table'],
    mangle: each((text) => text.replace(/([^\n]{24}\S*) /g, '$1\n')),
  },
  { name: 'pasted twice', forms: [...NAMED, 'word'], mangle: (rows) => [...rows, ...rows] },
  {
    name: 'last period beside',
    forms: ['table'],
    mangle: each((text, random) => {
      const cells = text.split('\t');
      return cells.toSpliced(3, 0, cells[3] === '' ? '' : String(Math.floor(random() * 900))).join('\t');
    }),
  },
];

/** Only where there is a cell for the number: a label in another row's place would say something else. */
const withFirst = (text: string, first = ''): string =>
  /^[^\s]{0,6}\t/.test(text) && first.length <= 6 ? [first, ...text.split('\t').slice(1)].join('\t') : text;

/** Two letters in one of the longer words exchanged, in every other label. */
function misspelt(words: readonly string[], random: () => number): readonly string[] {
  if (random() < 0.5) return words;
  const long = words.flatMap((word, n) => (word.length > 3 ? [n] : []));
  const at = long[Math.floor(random() * long.length)];
  return words.map((word, n) => (n === at ? word.replace(/^(.)(.)(.)/u, '$1$3$2') : word));
}

/** Labels with fewer words; not those that would then be the whole label of another row, and say just that. */
function shortened(
  change: (words: readonly string[], random: () => number) => readonly string[],
): Mangling['mangle'] {
  return (rows, random, part) => {
    const whole = new Set(part.rows.map((row) => compact(row.label)));
    const shorter = (label: string): string => {
      const left = change(label.split(' '), random).join(' ');
      return whole.has(compact(left)) ? label : left;
    };
    return rows.map((row) => ({
      ...row,
      text: row.text.includes('\t')
        ? row.text.replace(/\t([^\t]*)/, (_, label: string) => `\t${shorter(label)}`)
        : row.text.replace(/^(.*?): /s, (_, label: string) => `${shorter(label)}: `),
    }));
  };
}

/** Neighbours and others exchanged. Rows named by the same words keep their order: nobody could tell them apart. */
function swapped(rows: readonly Rendered[], random: () => number): readonly Rendered[] {
  const result = [...rows];
  for (let times = 0; times < 4; times++) {
    const from = Math.floor(random() * result.length);
    const to = random() < 0.5 ? from + 1 : Math.floor(random() * result.length);
    const [a, b] = [result[from], result[to]];
    if (a && b) [result[from], result[to]] = [b, a];
  }
  const inTurn = new Map<string, Rendered[]>();
  for (const row of rows) inTurn.set(row.name, [...(inTurn.get(row.name) ?? []), row]);
  return result.map((row) => inTurn.get(row.name)?.shift() ?? row);
}
