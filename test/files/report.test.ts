// The file that goes with a message: which report, which version, under which name.
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/domain/change.ts';
import type { FileRequest } from '../../src/domain/conversation.ts';
import type { Unit } from '../../src/domain/people.ts';
import type { Value } from '../../src/domain/report.ts';
import type { Template } from '../../src/domain/template.ts';
import { createFiles } from '../../src/files/files.ts';
import { memoryStorage } from '../../storage/memory.ts';
import type { Storage } from '../../storage/storage.ts';
import { campaignOf, shortForm } from '../sheets/documents.ts';

const TIMEZONE = 'Asia/Ho_Chi_Minh';

/** The .xlsx of a request. */
const xlsxOf = (storage: Storage, templates: readonly Template[]) => (request: FileRequest) =>
  createFiles({ storage, templates, timezone: TIMEZONE }).make(request, 'xlsx');

const template = shortForm();
const campaign = campaignOf(template, '2026-Q1');
const REPORT = 'k1/u1';
const BODY = 6;

/** A store with one unit in one campaign, and a way to write to it, each time an hour later. */
async function office(unit: Partial<Unit> = {}) {
  const storage = memoryStorage();
  let turns = 0;
  const stamp = () => ({ by: 'lan', event: `e${turns}`, at: `2026-03-01T0${turns}:00:00.000Z` });
  async function write(...changes: readonly Change[]): Promise<void> {
    const rev = (await storage.report(REPORT))?.rev ?? 0;
    const { at } = stamp();
    const turn = { event: `e${turns}`, at, by: 'lan', conversation: 'test:lan', changes, outgoing: [] };
    expect(await storage.commit({ ...turn, expects: { reports: { [REPORT]: rev } } })).toBe('done');
    turns += 1;
  }
  await write(
    { type: 'unit_set', unit: { id: 'u1', name: 'UBND thị xã Ngã Năm', kind: 'thị xã', ...unit } },
    { type: 'campaign_set', campaign },
  );
  const begin: Change = {
    type: 'report_started',
    ...{ report: REPORT, campaign: 'k1', unit: 'u1', template: campaign.template },
  };
  const answer = (indicator: string, value: Value, note?: string): Change => ({
    type: 'answer_set',
    ...{ report: REPORT, indicator, was: null, answer: { ...stamp(), value, ...(note && { note }) } },
  });
  const explain = (rule: string, text: string): Change => ({
    type: 'explained',
    ...{ report: REPORT, rule, explanation: { ...stamp(), text } },
  });
  const submit = (version: number): Change => ({
    type: 'submitted',
    report: REPORT,
    submission: { ...stamp(), version, values: 2, checkCode: 'AAAA-BBBB' },
  });
  return { storage, write, begin, answer, explain, submit, makeFile: xlsxOf(storage, [template]) };
}

const number = (figure: number): Value => ({ is: 'number', number: figure, decimals: 0 });

/** As printed; behind them stands the hidden key of the row. */
const COLUMNS = 5;

async function rowsOf(bytes: Uint8Array) {
  const { sheets } = await readXlsx(bytes);
  return (sheets[0]?.rows ?? []).slice(BODY).map((row) => row.slice(0, COLUMNS).map((cell) => cell ?? ''));
}

describe('the file of a report', () => {
  it('is the empty form as long as nobody has begun', async () => {
    const { makeFile } = await office();
    const { name, type, bytes } = await makeFile({ report: REPORT });
    expect(name).toBe('phu-luc-cchc_ubnd-thi-xa-nga-nam_2026-Q1.xlsx');
    expect(type).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    expect(await rowsOf(bytes)).toEqual([
      ['I', 'Chỉ đạo', '', '', ''],
      ['1', 'Kế hoạch', '', '', '(nếu có)'],
      ['', 'Đề ra', '', 'Nhiệm vụ', ''],
      ['', 'Hoàn thành', '', 'Nhiệm vụ', '(lũy kế)'],
      ['', 'Tỷ lệ', '', '%', ''],
      ['', 'Có kiểm tra', '', 'Có = 1; Không = 0', ''],
    ]);
  });

  it('shows what stands in it now', async () => {
    const { makeFile, write, begin, answer } = await office();
    await write(
      begin,
      answer('de-ra', number(23), 'tính đến 14/3'),
      answer('kiem-tra', { is: 'choice', code: 1 }),
    );
    const rows = await rowsOf((await makeFile({ report: REPORT })).bytes);
    expect(rows[2]).toEqual(['', 'Đề ra', 23, 'Nhiệm vụ', 'tính đến 14/3']);
    expect(rows[5]).toEqual(['', 'Có kiểm tra', 1, 'Có = 1; Không = 0', '']);
  });

  it('is the same to the byte until something changes', async () => {
    const { makeFile, write, begin, answer } = await office();
    await write(begin, answer('de-ra', number(23)));
    const [first, second] = [await makeFile({ report: REPORT }), await makeFile({ report: REPORT })];
    expect(Buffer.from(second.bytes).equals(first.bytes)).toBe(true);
    await write(answer('de-ra', number(24)));
    expect(Buffer.from((await makeFile({ report: REPORT })).bytes).equals(first.bytes)).toBe(false);
  });
});

describe('the file of a submitted version', () => {
  it('keeps the figures and giải trình with which it was submitted', async () => {
    const { makeFile, write, begin, answer, explain, submit } = await office();
    await write(begin, answer('de-ra', number(23)), answer('hoan-thanh', number(26)));
    await write(explain('trong-de-ra', 'Gồm nhiệm vụ năm trước'));
    await write(submit(1));
    await write({ type: 'withdrawn', report: REPORT }, answer('de-ra', number(25)));
    await write(explain('trong-de-ra', 'Giao thêm một nhiệm vụ'));
    await write(submit(2));
    const [first, second, now] = await Promise.all(
      [{ version: 1 }, { version: 2 }, {}].map((version) => makeFile({ report: REPORT, ...version })),
    );
    expect([first?.name, second?.name, now?.name]).toEqual([
      'phu-luc-cchc_ubnd-thi-xa-nga-nam_2026-Q1_ban1.xlsx',
      'phu-luc-cchc_ubnd-thi-xa-nga-nam_2026-Q1_ban2.xlsx',
      'phu-luc-cchc_ubnd-thi-xa-nga-nam_2026-Q1.xlsx',
    ]);
    const shown = await Promise.all(
      [first, second, now].map(async (file) => (await rowsOf(file?.bytes ?? new Uint8Array())).slice(2, 4)),
    );
    expect(shown.map((rows) => [rows[0]?.[2], rows[1]?.[2], rows[1]?.[4]])).toEqual([
      [23, 26, '(lũy kế); Giải trình: Gồm nhiệm vụ năm trước'],
      [25, 26, '(lũy kế); Giải trình: Giao thêm một nhiệm vụ'],
      [25, 26, '(lũy kế); Giải trình: Giao thêm một nhiệm vụ'],
    ]);
  });
});

describe('the tables of one bot', () => {
  const kept = (storage: Storage) => {
    const made: string[] = [];
    const files = createFiles({
      ...{ storage, templates: [template], timezone: TIMEZONE },
      make: async (job) => {
        made.push(job.format);
        return [Buffer.from(JSON.stringify(job))];
      },
    });
    return { made, files };
  };

  it('are made once for each format and state of the report', async () => {
    const { storage, write, begin, answer } = await office();
    const { made, files } = kept(storage);
    const all = async () => {
      for (const format of ['pdf', 'docx', 'pdf'] as const) await files.make({ report: REPORT }, format);
      for (const _ of [1, 2]) await files.pictures({ report: REPORT });
    };
    await write(begin, answer('de-ra', number(23)));
    await all();
    expect(made).toEqual(['pdf', 'docx', 'png']);
    await write(answer('de-ra', number(24)));
    await all();
    expect(made).toHaveLength(6);
  });

  it('never show an earlier draft in place of the version whose number it had', async () => {
    const { storage, write, begin, answer, submit } = await office();
    const { files } = kept(storage);
    await write(begin);
    expect((await storage.report(REPORT))?.rev).toBe(1);
    const draft = await files.make({ report: REPORT }, 'pdf');
    await write(answer('de-ra', number(23)), answer('hoan-thanh', number(23)));
    await write(submit(1));
    const version = await files.make({ report: REPORT, version: 1 }, 'pdf');
    expect(`${version.bytes}`).not.toBe(`${draft.bytes}`);
  });
});

describe('the name of a file', () => {
  it.each([
    ['Ủy ban nhân dân xã Đắk R’Lấp', 'uy-ban-nhan-dan-xa-dak-r-lap'],
    ['  (Sở) Công Thương / tỉnh Hà Nam!  ', 'so-cong-thuong-tinh-ha-nam'],
    ['Văn phòng HĐND và UBND thành phố Phan Rang – Tháp Chàm', 'van-phong-hdnd-va-ubnd-thanh-pho-phan-ran'],
    ['đơn vị thứ nhất có tên rất là dài ở đây và nữa', 'don-vi-thu-nhat-co-ten-rat-la-dai-o-day'],
    ['…', 'don-vi'],
  ])('of %s is plain ASCII', async (unit, dashed) => {
    const { makeFile } = await office({ name: unit });
    const { name } = await makeFile({ report: REPORT });
    expect(name).toBe(`phu-luc-cchc_${dashed.slice(0, 40)}_2026-Q1.xlsx`);
    expect(name).toMatch(/^[a-zA-Z0-9._-]+$/);
  });
});

describe('a file that cannot be made', () => {
  it.each([
    ['k9/u1', 'there is no campaign k9'],
    ['k1/u9', 'there is no unit u9'],
    ['k1', 'there is no campaign'],
    ['', 'there is no campaign'],
  ])('says why for report %j', async (report, why) => {
    const { makeFile } = await office();
    await expect(makeFile({ report })).rejects.toThrow(why);
  });

  it('says so for a unit that takes no part in the campaign', async () => {
    const { makeFile, write } = await office();
    await write({ type: 'unit_set', unit: { id: 'u2', name: 'Khác', kind: 'xã' } });
    await expect(makeFile({ report: 'k1/u2' })).rejects.toThrow('takes no part');
  });

  it('names the version or the form that is unknown', async () => {
    const { makeFile, storage, write, begin } = await office();
    await expect(makeFile({ report: REPORT, version: 1 })).rejects.toThrow('no submitted version 1');
    await write(begin);
    await expect(makeFile({ report: REPORT, version: 3 })).rejects.toThrow('no submitted version 3');
    await expect(xlsxOf(storage, [])({ report: REPORT })).rejects.toThrow('no template mau version 1');
  });
});
