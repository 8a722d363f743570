// What the tables and the store of the whole-period test have to say, worked out from nothing but what was typed.
import type { Report, Value } from '../../src/domain/report.ts';
import { type Book, booksIn, type Rows } from './coordinator.ts';
import { type Answers, ROWS, SECTIONS } from './form.ts';
import type { Unit } from './officers.ts';

const ZONE = 7 * 3_600_000;
export const isSent = ({ status }: Unit): boolean => status === 'submitted' || status === 'accepted';
const sentBy = (unit: Unit): Answers | undefined => (isSent(unit) ? unit.versions.at(-1) : undefined);

/** The total of a row as its cell shows it, and how many units gave something. */
function totalOf(
  row: (typeof ROWS)[number],
  units: readonly Unit[],
): { total: string | number; given: number } {
  const sent = units.flatMap((unit) => sentBy(unit) ?? []);
  const given = sent.flatMap((answers) => answers.get(row.id)?.means ?? []);
  const sum = (id: string): number =>
    sent.reduce((total, answers) => total + Math.round(Number(answers.get(id)?.means ?? 0) * 100), 0);
  const total = (): string | number => {
    if (row.id === 'ap-dung' || row.type === 'text') return '–';
    if (row.type === 'figure') return sum(row.id) / 100;
    if (row.type === 'ratio') {
      const [part, whole] = [sum('hoan-thanh'), sum('de-ra')];
      return Math.floor((part * 20_000 + whole) / (2 * whole)) / 100;
    }
    return (row.choices ?? [])
      .map((label, n) => [label, n + (row.from ?? 0)] as const)
      .map(([label, code]) => `${label} (${code}): ${given.filter((each) => each === code).length}`)
      .join(' · ');
  };
  return { total: total(), given: given.length };
}

/** "I.1 total" → what stands in the consolidated workbook, and the same from what was typed. */
export function consolidated(book: Book, units: readonly Unit[]): { stands: Cells; wanted: Cells } {
  const [stands, wanted]: [Cells, Cells] = [{}, {}];
  for (const [n, name] of SECTIONS.entries()) {
    const rows = book.find((sheet) => sheet.rows[0]?.some((cell) => String(cell).includes(name)))?.rows ?? [];
    const head = rows.find((row) => row[0] === 'STT') ?? [];
    for (const row of ROWS.filter(({ address }) => address.startsWith(`${['I', 'II', 'III'][n]}.`))) {
      const line = rows.find((each) => each[1] === row.label) ?? [];
      const { total, given } = totalOf(row, units);
      Object.assign(stands, { [`${row.id} total`]: line[3], [`${row.id} given`]: line[4] });
      Object.assign(wanted, { [`${row.id} total`]: total, [`${row.id} given`]: given });
      for (const unit of units) {
        const column = head.indexOf(isSent(unit) ? unit.name : `${unit.name} (chưa nộp)`);
        stands[`${row.id} ${unit.name}`] = column < 0 ? 'no column' : (line[column] ?? null);
        wanted[`${row.id} ${unit.name}`] = cellOf(sentBy(unit)?.get(row.id));
      }
    }
  }
  return { stands, wanted };
}

type Cells = Record<string, unknown>;

const cellOf = (given: ReturnType<Answers['get']>): unknown =>
  given?.typed === '/khongapdung' ? 'không áp dụng' : (given?.means ?? null);

/** The formulas of a worksheet are read with the values that they had when it was written. */
export const namesUnder = (rows: Rows, title: RegExp): string[] => {
  const from = rows.findIndex((row) => title.test(String(row[0] ?? '')));
  const until = rows.findIndex((row, n) => n > from + 1 && typeof row[0] !== 'number');
  return from < 0 ? [] : rows.slice(from + 2, until < 0 ? undefined : until).map((row) => String(row[1]));
};

/** The appendix of the office: value and note of every row. */
export function appendix(book: Book, units: readonly Unit[]): { stands: Cells; wanted: Cells } {
  const rows = book[0]?.rows ?? [];
  const lines = ROWS.map((row) => [row, rows.find((each) => each[1] === row.label) ?? []] as const);
  const words = (total: unknown): unknown => {
    const counts = String(total)
      .split(' · ')
      .map((each) => /^(.+) \(\d\): (\d+)$/.exec(each) ?? []);
    return counts
      .filter(([, , n]) => n !== '0')
      .map(([, label, n]) => `${label}: ${n} đơn vị`)
      .join('; ');
  };
  return {
    stands: Object.fromEntries(
      lines.map(([row, line]) => [
        row.id,
        row.type === 'choice'
          ? line[4]
          : row.type === 'text' || row.id === 'ap-dung'
            ? (line[3] ?? null)
            : line[3],
      ]),
    ),
    wanted: Object.fromEntries(
      lines.map(([row]) => {
        const { total } = totalOf(row, units);
        return [row.id, row.type === 'choice' ? words(total) : total === '–' ? null : total];
      }),
    ),
  };
}

const STATE: Readonly<Record<Unit['status'], string>> = {
  ...{ notStarted: 'Chưa bắt đầu', inProgress: 'Đang nhập', returned: 'Trả lại' },
  ...{ submitted: 'Đã nộp', accepted: 'Đã tiếp nhận' },
};

/** Each unit's line of the board: state, overdue, per cent, the three sections, version, deadline. */
export function boardLines(
  book: Book,
  units: readonly Unit[],
  now: number,
): { stands: Cells; wanted: Cells } {
  const rows = book[0]?.rows ?? [];
  const head = rows.find((row) => row[0] === 'STT') ?? [];
  const cell = (row: readonly unknown[], name: string): unknown => row[head.indexOf(name)] ?? null;
  const lines = rows.slice(rows.indexOf(head) + 1);
  const shown = ['Trạng thái', 'Quá hạn', '%', 'I', 'II', 'III', 'Bản'] as const;
  const dueOf = (row: readonly unknown[]) =>
    new Date(cell(row, 'Hạn nộp') as Date).toISOString().slice(0, 16);
  const wantedOf = (unit: Unit): unknown[] => {
    const isOverdue = !isSent(unit) && now > unit.due;
    const isLate = (unit.sentAt[0] ?? 0) > unit.due;
    const parts = ['I.', 'II.', 'III.'].map((part) => ROWS.filter(({ address }) => address.startsWith(part)));
    return [
      STATE[unit.status],
      isOverdue ? 'Quá hạn' : isLate ? 'Nộp trễ' : null,
      Math.floor((unit.answers.size / ROWS.length) * 100),
      ...parts.map((part) => `${part.filter(({ id }) => unit.answers.has(id)).length}/${part.length}`),
      unit.versions.length || null,
      new Date(unit.due + ZONE).toISOString().slice(0, 16),
    ];
  };
  return {
    stands: Object.fromEntries(
      lines.map((row) => [String(cell(row, 'Mã')), [...shown.map((name) => cell(row, name)), dueOf(row)]]),
    ),
    wanted: Object.fromEntries(units.map((unit) => [unit.code, wantedOf(unit)])),
  };
}

/** What is stored of a unit's report, and what was done. */
export function stored(report: Report | undefined): unknown {
  const plain = (answers: Report['answers']) =>
    Object.fromEntries(
      Object.entries(answers)
        .map(([id, { value }]) => [id, meaning(value)])
        .sort(),
    );
  return {
    status: report?.status ?? 'notStarted',
    answers: plain(report?.answers ?? {}),
    versions: (report?.submissions ?? []).map(({ answers }) => plain(answers)),
  };
}

function meaning(value: Value | undefined): number | string | null {
  switch (value?.is) {
    case 'number':
      return value.number;
    case 'choice':
      return value.code;
    case 'text':
      return value.text;
    case 'blank':
    case 'notApplicable':
      return null;
    default:
      return `? ${value?.is}`;
  }
}

export function done({ status, answers, versions }: Unit): unknown {
  const plain = (given: Answers) =>
    Object.fromEntries([...given].map(([id, { means }]) => [id, means]).sort());
  return { status, answers: plain(answers), versions: versions.map(plain) };
}

/** "2026-05-06 12:00" of an instant, in Viet Nam. */
export const localOf = (instant: number): string =>
  new Date(instant + ZONE).toISOString().slice(0, 16).replace('T', ' ');

/** What a unit's own table prints for a version: the figure or words of every row; of a choice its code; nothing stays empty. */
export const printed = (answers: Answers): unknown =>
  ROWS.map(({ id }) => [id, answers.get(id)?.means ?? null]);

/** The same as it stands in a file; a table that is not this unit's has another title. */
export async function tableIn(document: Uint8Array, unit: Unit): Promise<unknown> {
  const rows = (await booksIn(document)).flatMap((sheet) => sheet.rows);
  const isOwn = rows.some((row) => String(row[0]).endsWith(` CỦA ${unit.name.toLocaleUpperCase('vi')}`));
  if (!isOwn) return `not a table of ${unit.name}`;
  return ROWS.map(({ id, label }) => [id, rows.find((row) => row[1] === label)?.[3] ?? null]);
}
