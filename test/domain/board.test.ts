// The board of a period: who is in trouble comes first, what is counted, and how units are found in it.
import { describe, expect, it } from 'vitest';
import { type Board, type BoardInput, type BoardRow, boardOf, filterBoard } from '../../src/domain/board.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Person, Unit } from '../../src/domain/people.ts';
import { type Answer, emptyReport, type Report, type Status } from '../../src/domain/report.ts';
import { buildTemplate } from '../../templates/build.ts';
import { shortForm } from '../sheets/documents.ts';

const form = shortForm();
const DUE = '2026-09-15T10:00:00.000Z';
const NOW = '2026-09-14T02:00:00.000Z';
const AFTER = '2026-09-16T02:00:00.000Z';

const units = (...ids: readonly string[]): Unit[] => ids.map((id) => ({ id, name: `Xã ${id}`, kind: 'xã' }));
const campaignOf = (ids: readonly string[], more: Partial<Campaign> = {}): Campaign => ({
  ...{ id: 'q3', template: { id: form.id, version: 1 }, period: { kind: 'quarter', year: 2026, quarter: 3 } },
  ...{ due: DUE, cutoff: '2026-09-14', units: ids, createdAt: '2026-08-01T00:00:00.000Z' },
  ...more,
});
const stamp = (at: string) => ({ by: 'lan', at, event: 'e' });
const given = (at: string, n = 7): Answer => ({
  ...stamp(at),
  value: { is: 'number', number: n, decimals: 0 },
});

/** A report of a unit with so many of the four indicators answered, last sent at these instants. */
function reportOf(
  unit: string,
  status: Status,
  { answered = 0, at = NOW, sent = [], ...more }: Partial<Report> & Given = {},
): Report {
  const answers = Object.fromEntries(form.indicators.slice(0, answered).map(({ id }) => [id, given(at)]));
  const submissions = sent.map((each, n) => ({
    ...{ ...stamp(each), version: n + 1, values: answered, checkCode: 'K', answers, notes: {} },
  }));
  return { ...emptyReport(campaignOf([]), unit), status, answers, submissions, ...more };
}
type Given = { answered?: number; at?: string; sent?: readonly string[] };

function boardWith(
  reports: readonly Report[],
  ids: readonly string[],
  more: Partial<BoardInput> = {},
): Board {
  const board = boardOf({
    ...{ template: ({ version }) => (version === 1 ? form : undefined), campaign: campaignOf(ids) },
    ...{ units: units(...ids), reports, people: [], now: NOW, timezone: 'Asia/Ho_Chi_Minh' },
    ...more,
  });
  if (!board) throw new Error('no board');
  return board;
}
const rowOf = (report: Report, more: Partial<BoardInput> = {}): BoardRow =>
  boardWith([report], [report.unit], more).rows[0] as BoardRow;
const names = ({ rows }: Board): string[] => rows.map(({ unit }) => unit.id);

describe('The order of the board', () => {
  const ids = ['accepted', 'late', 'early', 'awaiting', 'much', 'little', 'returned', 'second', 'first'];
  const reports = [
    reportOf('accepted', 'accepted', { answered: 4, sent: [NOW] }),
    reportOf('late', 'submitted', { sent: ['2026-09-13T02:00:00.000Z'] }),
    reportOf('early', 'submitted', { sent: ['2026-09-12T02:00:00.000Z'] }),
    reportOf('awaiting', 'awaiting', { answered: 4 }),
    reportOf('much', 'inProgress', { answered: 3 }),
    reportOf('little', 'inProgress', { answered: 1 }),
    reportOf('returned', 'returned', { answered: 4, sent: [NOW] }),
  ];
  const usual = ['second', 'first', 'returned', 'little', 'much', 'awaiting', 'early', 'late', 'accepted'];

  it('goes from not begun to accepted, the least filled and the longest waiting first', () => {
    expect(names(boardWith(reports, ids))).toEqual(usual);
  });

  it('puts before all others whoever is past the deadline, in the same order', () => {
    const extensions = { second: '2026-09-30T10:00:00.000Z', little: '2026-09-30T10:00:00.000Z' };
    const board = boardWith(reports, ids, { now: AFTER, campaign: campaignOf(ids, { extensions }) });
    expect(names(board)).toEqual([
      ...['first', 'returned', 'much', 'awaiting'],
      ...['second', 'little', 'early', 'late', 'accepted'],
    ]);
    expect(board.rows.filter(({ overdue }) => overdue)).toHaveLength(4);
    expect(board.rows.find(({ unit }) => unit.id === 'little')).toMatchObject({
      ...{ overdue: false, extended: true, due: extensions.little },
    });
  });

  it('is that of the campaign among alike', () => {
    expect(names(boardWith([], ['c', 'a', 'b']))).toEqual(['c', 'a', 'b']);
  });

  it('does not take the moment of the deadline itself for late', () => {
    expect(boardWith([], ['a'], { now: DUE }).counts.overdue).toBe(0);
    expect(rowOf(reportOf('a', 'submitted', { sent: [DUE] }), { now: AFTER }).late).toBe(false);
  });

  it('counts states and the overdue apart', () => {
    const { counts } = boardWith(reports, ids, { now: AFTER });
    expect(counts).toEqual({
      ...{ total: 9, overdue: 6 },
      byState: { notStarted: 2, returned: 1, inProgress: 2, awaiting: 1, submitted: 2, accepted: 1 },
    });
  });
});

describe('A row of the board', () => {
  it('says how far the report is, whole and in every part, and when somebody last wrote', () => {
    const report = reportOf('a', 'inProgress', {
      answers: {
        'de-ra': given('2026-09-01T02:00:00.000Z'),
        'hoan-thanh': { ...stamp('2026-09-03T02:00:00.000Z'), value: { is: 'pending' } },
        'ty-le': { ...stamp('2026-09-02T02:00:00.000Z'), value: { is: 'blank' } },
      },
    });
    const progress = { answered: 2, pending: 1, total: 4 };
    expect(rowOf(report)).toMatchObject({
      ...{ progress, percent: 50, parts: { 'chi-dao': progress }, version: 0, late: false },
      lastActivity: '2026-09-03T02:00:00.000Z',
    });
  });

  it('is full only when nothing is left', () => {
    const rows = Array.from({ length: 200 }, (_, n) => ({
      ...{ indicator: `Chỉ tiêu ${n}`, id: `i${n}`, unit: 'Người', type: 'count' as const },
    }));
    const long = buildTemplate({
      ...{ id: 'dai', version: 1, name: 'Dài', rules: [] },
      tables: [
        {
          ...{ id: 'bang', title: [{ title: 'Biểu 1' }], columns: { stt: 5, label: 30, value: 9 } },
          ...{ header: [['STT', 'Chỉ tiêu', 'Số liệu']], rows },
        },
      ],
    });
    const answers = Object.fromEntries(rows.slice(1).map(({ id }) => [id, given(NOW)]));
    const board = boardWith([reportOf('a', 'inProgress', { answers })], ['a'], { template: () => long });
    expect(board.rows[0]?.percent).toBe(99);
    // Rows that stand in no section are one part, named by their table.
    expect(board.parts).toEqual([{ id: 'table:bang', mark: '1', name: 'Biểu 1' }]);
    expect(board.rows[0]?.parts).toEqual({ 'table:bang': { answered: 199, pending: 0, total: 200 } });
  });

  it('calls a version late by when the first one came, and by the own deadline of the unit', () => {
    const amended = reportOf('a', 'submitted', { sent: [NOW, AFTER] });
    expect(rowOf(amended)).toMatchObject({ version: 2, sentAt: AFTER, late: false });
    const late = reportOf('a', 'submitted', { sent: [AFTER] });
    expect(rowOf(late).late).toBe(true);
    const extensions = { a: '2026-09-20T10:00:00.000Z' };
    expect(rowOf(late, { campaign: campaignOf(['a'], { extensions }) }).late).toBe(false);
  });

  it('has the points of a return that nobody has answered since, without their words', () => {
    const points = [
      { indicator: 'de-ra', text: 'Xem lại 15' },
      { indicator: 'ty-le', text: 'Thiếu' },
    ];
    const returned = { ...stamp('2026-09-10T02:00:00.000Z'), text: '', points };
    const report = reportOf('a', 'returned', { returned, answers: { 'de-ra': given(NOW) }, sent: [NOW] });
    expect(rowOf(report).openPoints).toEqual(['ty-le']);
  });

  it('has the warnings of the newest version', () => {
    const report = reportOf('a', 'submitted', { sent: [NOW, NOW] });
    const [first, second] = report.submissions;
    if (!first || !second) throw new Error('not sent twice');
    const submissions = [
      { ...first, warnings: 9 },
      { ...second, warnings: 2, overrides: 1 },
    ];
    expect(rowOf({ ...report, submissions })).toMatchObject({ warnings: 2, overrides: 1 });
    expect(rowOf(report)).not.toHaveProperty('warnings');
  });

  it('knows the officers of the unit, and whether they can be written to', () => {
    const person = (id: string, more: Partial<Person> = {}): Person => ({
      ...{ id, name: id, unit: 'a', role: 'officer', conversations: [`web:${id}`], unreachable: [] },
      ...{ joinedAt: NOW, ...more },
    });
    const people = [
      person('Lan', { phone: '84912345678' }),
      person('Đức', { unreachable: ['web:Đức'] }),
      ...[
        person('khác', { unit: 'b' }),
        person('lãnh đạo', { role: 'leader' }),
        person('cũ', { leftAt: NOW }),
      ],
    ];
    expect(rowOf(reportOf('a', 'inProgress'), { people }).officers).toEqual([
      { name: 'Lan', phone: '84912345678', reached: true },
      { name: 'Đức', reached: false },
    ]);
  });

  it('never holds a value, a note or a reason', () => {
    const report = reportOf('a', 'returned', {
      answers: { 'de-ra': { ...given(NOW, 987_654), note: 'ghi chú kín' } },
      notes: { 'chi-dao': 'ghi chú kín' },
      explanations: { r: { ...stamp(NOW), text: 'giải trình kín' } },
      returned: { ...stamp(NOW), text: 'lý do kín', points: [{ indicator: 'ty-le', text: 'điểm kín' }] },
    });
    expect(JSON.stringify(rowOf(report))).not.toMatch(/987654|kín/);
  });

  it('is measured by the version of the form it was begun on', () => {
    const older = { ...form, version: 0, indicators: form.indicators.slice(0, 2) };
    const template = ({ version }: { version: number }) => [older, form][version];
    const report = reportOf('a', 'inProgress', { answered: 2, template: { id: form.id, version: 0 } });
    expect(rowOf(report, { template }).percent).toBe(100);
    expect(rowOf(report, { template: (ref) => (ref.version === 0 ? undefined : form) }).percent).toBe(50);
  });
});

describe('A board', () => {
  it('has only the units it was given', () => {
    expect(boardWith([], ['a', 'b', 'c'], { units: units('c', 'x', 'a') }).counts.total).toBe(2);
  });

  it('is none when the form is gone', () => {
    const input = { campaign: campaignOf(['a']), units: units('a'), reports: [], people: [] };
    expect(boardOf({ ...input, template: () => undefined, now: NOW, timezone: 'UTC' })).toBeUndefined();
  });
});

describe('Looking for units on the board', () => {
  const all: Unit[] = [
    { id: '24859', name: "Xã Đưng K'Nớ", kind: 'xã' },
    { id: '24787', name: 'Phường Xuân Trường – Đà Lạt', kind: 'phường' },
    { id: 'H36.11', name: 'Sở Xây dựng', kind: 'sở' },
  ];
  const { rows } = boardWith(
    [reportOf('H36.11', 'accepted', { sent: [NOW] })],
    all.map(({ id }) => id),
    { units: all, now: AFTER },
  );
  const found = (filter: Parameters<typeof filterBoard>[1]): string[] =>
    filterBoard(rows, filter).map(({ unit }) => unit.id);

  it.each([
    ['dung kno', ['24859']],
    ['DA LAT xuan', ['24787']],
    ['xã k', ['24859']],
    ['2478', ['24787']],
    ['h36.11', ['H36.11']],
    ['ung', []],
    ['', ['24859', '24787', 'H36.11']],
  ])('by the words "%s"', (words, ids) => {
    expect(found({ words })).toEqual(ids);
  });

  it('by kind and by state, all at once', () => {
    expect(found({ kind: 'Phường' })).toEqual(['24787']);
    expect(found({ state: 'overdue' })).toEqual(['24859', '24787']);
    expect(found({ state: 'accepted' })).toEqual(['H36.11']);
    expect(found({ kind: 'sở', state: 'overdue' })).toEqual([]);
  });
});
