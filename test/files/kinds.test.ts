// Every kind of file that a message can carry, made from a small office and read back; and who may have it.
import { readXlsx } from 'hucre/xlsx';
import { beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/codes.ts';
import type { Change } from '../../src/domain/change.ts';
import type { FileRequest } from '../../src/domain/conversation.ts';
import { codeAt } from '../../src/domain/invitation-codes.ts';
import type { Person, Role } from '../../src/domain/people.ts';
import { createFiles, type Files } from '../../src/files/files.ts';
import { mayHave } from '../../src/own-files.ts';
import type { TableJob } from '../../src/report-maker.ts';
import { createTableThread } from '../../src/report-thread.ts';
import { memoryStorage } from '../../storage/memory.ts';
import type { Storage } from '../../storage/storage.ts';
import { campaignOf, shortForm } from '../sheets/documents.ts';

const template = shortForm();
const NOW = '2026-03-14T01:00:30.000Z';
const AT = '2026-03-01T00:00:00.000Z';
const SEED = 'hat-giong-bi-mat';
const now = campaignOf(template, '2026-Q1');
const before = { ...campaignOf(template, '2025-N'), id: 'k0', closedAt: AT };
const units = ['a', 'b', 'c'];
const period = { ...now, units };
const codes = [0, 1, 2].map((n) => codeAt(sha256, SEED, n));

const person = (id: string, role: Role, unit: string): Person => ({
  ...{ id, name: `Người ${id}`, unit, role, joinedAt: AT },
  ...{ conversations: [`test:${id}`], unreachable: [] },
});

let storage: Storage;
let files: Files;

/** Sở Nội vụ above the units a and b; c belongs to another Sở. */
beforeEach(async () => {
  storage = memoryStorage();
  const set = (id: string, name: string, parent?: string): Change => ({
    type: 'unit_set',
    unit: { id, name, kind: 'xã', ...(parent !== undefined && { parent }) },
  });
  const people = [
    ...[
      person('so', 'coordinator', 'so'),
      person('xem', 'viewer', 'so'),
      person('khac', 'coordinator', 'khac'),
    ],
    ...[person('lan', 'officer', 'a'), person('sep', 'leader', 'a'), person('minh', 'officer', 'b')],
  ];
  await write([
    ...[set('so', 'Sở Nội vụ'), set('khac', 'Sở Khác'), set('a', 'Xã An Bình', 'so')],
    ...[set('b', '=Xã "Bình An"', 'so'), set('c', 'Xã Cao', 'khac')],
    { type: 'campaign_set', campaign: { ...before, units } },
    { type: 'campaign_set', campaign: period },
    ...people.map((each): Change => ({ type: 'person_set', person: each })),
    ...['a', 'b', 'a'].map((unit, n): Change => {
      const invitation = { id: sha256(codes[n] ?? ''), unit, role: 'officer', name: '@Cán bộ' } as const;
      const used = n === 2 ? { usedAt: AT } : {};
      return {
        type: 'invitation_set',
        invitation: { ...invitation, createdAt: AT, expiresAt: '2026-04-01T00:00:00Z', ...used },
      };
    }),
  ]);
  await sent('k1', 'a', 23);
  await sent('k1', 'c', 7000);
  files = createFiles({
    storage,
    templates: [template],
    timezone: 'Asia/Ho_Chi_Minh',
    now: () => new Date(NOW),
    links,
  });
});

const links = (code: string) => [{ channel: 'web', link: `https://bot.example/i/${code}` }];

let turns = 0;
async function write(changes: readonly Change[], reports: Record<string, number> = {}): Promise<void> {
  turns += 1;
  const turn = { event: `e${turns}`, at: AT, by: 'lan', conversation: 'test:lan', changes, outgoing: [] };
  expect(await storage.commit({ ...turn, expects: { reports } })).toBe('done');
}

async function sent(campaign: string, unit: string, number: number): Promise<void> {
  const report = `${campaign}/${unit}`;
  const stamp = { by: 'lan', at: AT, event: 'e' };
  await write(
    [
      { type: 'report_started', report, campaign, unit, template: now.template },
      {
        ...{ type: 'answer_set', report, indicator: 'de-ra', was: null },
        answer: { ...stamp, value: { is: 'number', number, decimals: 0 } },
      },
      { type: 'submitted', report, submission: { ...stamp, version: 1, values: 1, checkCode: 'AB' } },
    ],
    { [report]: 0 },
  );
}

const of = (what: 'board' | 'consolidated' | 'level', who = 'so'): FileRequest => ({
  ...{ campaign: 'k1', what, person: who },
});
const KINDS: readonly FileRequest[] = [
  { report: 'k1/a' },
  of('board'),
  of('consolidated'),
  of('level'),
  { history: 'k1/a' },
  { invitations: SEED, count: 3 },
];

/** All cells of a workbook, as JSON. */
async function cellsOf(request: FileRequest): Promise<{ name: string; cells: string }> {
  const { name, bytes } = await files.make(request, 'xlsx');
  const { sheets } = await readXlsx(bytes);
  return { name, cells: JSON.stringify(sheets.map((sheet) => sheet.rows)) };
}

describe('a file of a whole period', () => {
  it('is made of the units that the person looks after, and of no others', async () => {
    for (const what of ['board', 'consolidated', 'level'] as const) {
      const { cells } = await cellsOf(of(what));
      expect(cells, what).not.toContain('Xã Cao');
      expect(cells, what).not.toContain('7000');
    }
    expect((await cellsOf(of('board'))).cells).toContain('Xã An Bình');
    expect((await cellsOf(of('consolidated'))).cells).toContain('Xã An Bình');
    expect((await cellsOf(of('level'))).cells).toContain('23');
    expect((await cellsOf(of('board', 'khac'))).cells).toContain('Xã Cao');
  });

  it('has a name that says what it is, and whether the figures are final', async () => {
    expect((await cellsOf(of('board'))).name).toBe('tien-do_2026-Q1.xlsx');
    expect((await cellsOf(of('level'))).name).toBe('phu-luc-tong-hop_so-noi-vu_2026-Q1.xlsx');
    expect((await cellsOf(of('consolidated'))).name).toBe('tong-hop_2026-Q1_tam-tinh.xlsx');
    await sent('k1', 'b', 5);
    await write(
      ['k1/a', 'k1/b'].map((report) => ({ type: 'accepted', report })),
      { 'k1/a': 1, 'k1/b': 1 },
    );
    expect((await cellsOf(of('consolidated'))).name).toBe('tong-hop_2026-Q1.xlsx');
  });

  it('holds a figure against what the unit sent for the last period, also when that one is closed', async () => {
    const { cells } = await cellsOf(of('consolidated'));
    await sent('k0', 'a', 2);
    const after = (await cellsOf(of('consolidated'))).cells;
    expect(after).not.toBe(cells);
  });

  it('cannot be made for somebody who sees none of its units', async () => {
    for (const who of ['lan', 'minh', 'nobody'])
      await expect(files.make(of('board', who), 'xlsx')).rejects.toThrow();
  });
});

describe('the list of new codes', () => {
  it('has a line for every person with unit, code, link and what became of it', async () => {
    const { name, cells } = await cellsOf({ invitations: SEED, count: 3 });
    expect(name).toBe('ma-moi_2026-03-01.xlsx');
    for (const code of codes) expect(cells).toContain(`"${code}"`);
    expect(cells).toContain(`https://bot.example/i/${codes[0]}`);
    expect(cells.match(/chưa dùng/g)).toHaveLength(2);
    expect(cells.match(/đã dùng/g)).toHaveLength(1);
  });

  it('never lets a name become a formula', async () => {
    const { bytes } = await files.make({ invitations: SEED, count: 3 }, 'xlsx');
    const { sheets } = await readXlsx(bytes);
    const values = (sheets[0]?.rows ?? []).flat();
    expect(values).toContain('=Xã "Bình An"');
    expect(values).toContain('@Cán bộ');
  });
});

describe('every kind of file', () => {
  it.each(KINDS)('is made as a spreadsheet, a Word document and a PDF: %j', async (request) => {
    const heads = { xlsx: 'PK', docx: 'PK', pdf: '%P' } as const;
    for (const format of ['xlsx', 'docx', 'pdf'] as const) {
      const { name, bytes } = await files.make(request, format);
      expect(name).toMatch(new RegExp(`^[A-Za-z0-9._-]+\\.${format}$`));
      expect(Buffer.from(bytes).toString('latin1', 0, 2)).toBe(heads[format]);
    }
  });

  it.each(KINDS)('is drawn where there is a picture of it: %j', async (request) => {
    const drawn = 'report' in request || ('what' in request && request.what === 'board');
    expect((await files.pictures(request)).length > 0).toBe(drawn);
  });

  it('is made of plain data, so that any thread can make it', async () => {
    const jobs: TableJob[] = [];
    const make = async (job: TableJob) => {
      jobs.push(structuredClone(job));
      return [new Uint8Array([1])];
    };
    const watched = createFiles({ storage, templates: [template], timezone: 'Asia/Ho_Chi_Minh', make });
    for (const request of KINDS) await watched.make(request, 'xlsx');
    expect(jobs).toHaveLength(KINDS.length);
  });

  it('is the same to the byte when the thread beside the program makes it', async () => {
    const thread = createTableThread();
    const parts = { storage, templates: [template], timezone: 'Asia/Ho_Chi_Minh', now: () => new Date(NOW) };
    const beside = createFiles({ ...parts, make: thread.make });
    for (const request of [of('board'), of('consolidated'), of('level'), KINDS[4] ?? of('board')]) {
      const [one, other] = [await files.make(request, 'xlsx'), await beside.make(request, 'xlsx')];
      expect(Buffer.from(other.bytes).equals(one.bytes), JSON.stringify(request)).toBe(true);
    }
    const [one, other] = [await files.pictures(of('board')), await beside.pictures(of('board'))];
    expect(other.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).toEqual(
      one.map(({ bytes }) => Buffer.from(bytes).toString('base64')),
    );
    await thread.stop();
  });

  it('is made once for the same state, and anew when a report changes', async () => {
    const made: string[] = [];
    const make = async (job: TableJob) => {
      made.push(Object.keys(job)[0] ?? '');
      return [new Uint8Array([1])];
    };
    const clock = () => new Date(NOW);
    const watched = createFiles({
      storage,
      templates: [template],
      timezone: 'Asia/Ho_Chi_Minh',
      make,
      now: clock,
    });
    const all = async () => {
      for (const request of KINDS) await watched.make(request, 'xlsx');
    };
    await all();
    await all();
    expect(made).toEqual(['sheets', 'board', 'consolidated', 'level', 'sheets', 'sheets']);
    await write([{ type: 'withdrawn', report: 'k1/a' }], { 'k1/a': 1 });
    await all();
    expect(made.slice(6)).toEqual(['board', 'consolidated', 'level', 'sheets']);
  });
});

describe('whoever asks for a file', () => {
  const may = async (who: string): Promise<readonly boolean[]> =>
    Promise.all(KINDS.map((request) => mayHave(storage, `test:${who}`, request)));

  it.each([
    // report, board, consolidated, level, history, codes
    ['so', [true, true, true, true, true, true]],
    ['xem', [true, false, false, false, true, false]],
    ['khac', [false, false, false, false, false, false]],
    ['lan', [true, false, false, false, true, false]],
    ['sep', [true, false, false, false, true, false]],
    ['minh', [false, false, false, false, false, false]],
    ['nobody', [false, false, false, false, false, false]],
  ])('%s gets what is theirs and nothing else', async (who, expected) => {
    expect(await may(who)).toEqual(expected);
  });

  it('gets the tables of a period only as made for themselves', async () => {
    expect(await mayHave(storage, 'test:xem', of('board', 'xem'))).toBe(true);
    expect(await mayHave(storage, 'test:lan', of('board', 'lan'))).toBe(false);
    expect(await mayHave(storage, 'test:khac', of('consolidated', 'so'))).toBe(false);
  });

  it('gets nothing any more after leaving', async () => {
    await write([{ type: 'person_forgotten', person: 'so', at: AT }]);
    expect(await may('so')).toEqual(KINDS.map(() => false));
  });

  it('as a leader gets the codes for the own unit alone', async () => {
    expect(await mayHave(storage, 'test:sep', { invitations: SEED, count: 1 })).toBe(true);
    expect(await mayHave(storage, 'test:sep', { invitations: SEED, count: 2 })).toBe(false);
  });
});
