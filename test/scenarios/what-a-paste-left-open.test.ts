// Filling in ten minutes what took a day: what a paste leaves open is asked to the end, and totals are offered with their arithmetic.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Indicator } from '../../src/domain/template.ts';
import { labels, said } from '../support/said.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let lan: string;

const open = async (template: string, channel: 'test' | 'bare' = 'test'): Promise<void> => {
  world = await createWorld({ template, unit: 'Đơn vị', period: '2022-Q3', now: '2022-09-14T01:00:00Z' });
  lan = await world.join('Lan', 'officer', 'u1', channel);
};
const figures = async () =>
  Object.fromEntries(
    Object.entries((await world.storage.report('k1/u1'))?.answers ?? {}).map(([id, { value }]) => [
      id,
      value?.is === 'number' ? value.number : value?.is,
    ]),
  );
const row = (id: string): Indicator => {
  const found = world.template.byId.get(id);
  if (found?.row !== 'indicator') throw new Error(`no indicator ${id}`);
  return found;
};
const inSection = (id: string): readonly Indicator[] =>
  world.template.indicators.filter(({ section, type }) => section === id && type === 'count');

const TWICE = 'Tổng số hồ sơ thực tế được trả kết quả qua dịch vụ BCCI: 96';
const BOTH = [
  'Số TTHC đang cung cấp trực tuyến mức độ 3: 91',
  TWICE,
  'Số TTHC đang cung cấp trực tuyến mức độ 4 có phát sinh hồ sơ nộp trực tuyến: 4',
].join('\n');

describe('What a paste has left open', () => {
  beforeEach(() => open('ubnd-thi-xa-nga-nam'));

  it('is asked once the good lines are stored: a line that fits two rows gets the row that is chosen', async () => {
    await world.say(lan, BOTH);
    const asked = await world.press(lan, 'Ghi 2 số liệu');
    expect(said(asked)).toContain('Còn 1 dòng chưa rõ của chỉ tiêu nào');
    expect(labels(asked)).toEqual([
      'Dòng 2: VII.10 · Tổng số hồ sơ … qua dịch vụ BCCI',
      'Dòng 2: VII.11 · Tổng số hồ sơ … qua dịch vụ BCCI',
      'Dòng 2: không ghi dòng này',
      'Bỏ các dòng còn lại',
    ]);
    const before = await figures();
    expect(Object.values(before).sort()).toEqual([4, 91]);
    expect(labels(await world.press(lan, 'Dòng 2: VII.11'))[0]).toBe('Ghi 1 số liệu');
    expect(await figures()).toEqual(before);
    const on = await world.press(lan, 'Ghi 1 số liệu');
    expect(await figures()).toEqual({ ...before, 'bcci-xa-ho-so-tra': 96 });
    expect(said(on)).toContain('Chỉ tiêu 1/51');
  });

  it('may be left out line by line, and then what is doubtful is asked', async () => {
    await world.say(
      lan,
      `${BOTH}\nSố TTHC đang cung cấp trực tuyến mức độ 3 có phát sinh hồ sơ nộp trực tuyến: khoảng 7`,
    );
    const shown = await world.press(lan, 'Ghi 2 số liệu');
    expect(labels(shown)).toContain('Dòng 2: không ghi dòng này');
    const before = await figures();
    const on = await world.press(lan, 'Dòng 2: không ghi');
    expect(said(on)).not.toContain('Còn 1 dòng');
    expect(said(on)).toContain('khoảng 7”, chưa chắc chắn nên chưa ghi');
    expect(await figures()).toEqual(before);
  });

  it('is dropped without what was stored', async () => {
    await world.say(lan, BOTH);
    await world.press(lan, 'Ghi 2 số liệu');
    const before = await figures();
    expect(said(await world.press(lan, 'Bỏ các dòng còn lại'))).toContain(
      'phần đã ghi của đoạn dán giữ nguyên',
    );
    expect(await figures()).toEqual(before);
    expect(Object.keys(before)).toHaveLength(2);
    await world.say(lan, '/hoantac');
    expect(await figures()).toEqual({});
  });

  it('is asked to the last line, however many are doubtful', async () => {
    const rows = inSection('chi-dao-dieu-hanh').slice(0, 12);
    await world.say(
      lan,
      rows.map(({ label }, n) => `${label}: ${n < 10 ? 'khoảng ' : ''}${n + 10}`).join('\n'),
    );
    let asked = said(await world.press(lan, 'Ghi 2 số liệu'));
    for (const [n, { label }] of rows.slice(0, 10).entries()) {
      expect(asked).toContain(`“${label.slice(0, 20)}`);
      expect(asked).toContain(`khoảng ${n + 10}”, chưa chắc chắn nên chưa ghi`);
      asked = said(await world.say(lan, String(n + 10)));
    }
    expect(asked).not.toContain('Trong đoạn dán');
    expect(await figures()).toEqual(Object.fromEntries(rows.map(({ id }, n) => [id, n + 10])));
  });

  it('is asked also where nothing of the paste is certain', async () => {
    const rows = inSection('chi-dao-dieu-hanh').slice(0, 3);
    const shown = await world.say(lan, rows.map(({ label }, n) => `${label}: khoảng ${n + 10}`).join('\n'));
    expect(said(shown)).toContain('Đọc được 0/3 dòng');
    expect(labels(shown)).toEqual(['Trả lời lần lượt 3 dòng cần hỏi', 'Bỏ, không ghi']);
    expect(said(await world.press(lan, 'Trả lời lần lượt'))).toContain('khoảng 10”');
    expect(await figures()).toEqual({});
    expect(said(await world.say(lan, '10'))).toContain('khoảng 11”');
    expect(await figures()).toEqual({ [rows[0]?.id ?? '']: 10 });
  });
});

describe('Rows copied out of the document', () => {
  it('are stored whole with their notes, in the form of Word and of Excel, with and without numbers and units', async () => {
    const cells = (n: number) => {
      const { stt, label, unit } = inSection('the-che')[n] as Indicator;
      return { stt, label, unit, value: String(20 + n), note: n === 1 ? 'theo Kế hoạch 12; quý III' : '' };
    };
    const ways: readonly ((each: ReturnType<typeof cells>) => readonly string[])[] = [
      ({ stt, label, unit, value, note }) => [stt, label, unit, value, note],
      ({ label, unit, value, note }) => [label, unit, value, note],
      ({ label, value, note }) => [label, value, note],
      ({ label, value }) => [label, value],
      ({ stt, label, unit, value, note }) => [stt, `"${label.replace(' ', '\n')}"`, unit, value, note],
    ];
    for (const way of ways) {
      await open('ubnd-thi-xa-nga-nam');
      const rows = inSection('the-che').slice(0, 4);
      const text = rows.map((_, n) => way(cells(n)).join('\t')).join('\n');
      const shown = await world.say(lan, text);
      expect(said(shown), text).toContain('Đọc được 4/4 dòng');
      expect(await figures()).toEqual({});
      await world.press(lan, 'Ghi 4 số liệu');
      expect(await figures()).toEqual(Object.fromEntries(rows.map(({ id }, n) => [id, 20 + n])));
      const note = (await world.report()).answers[rows[1]?.id ?? '']?.note;
      expect(note).toBe(text.includes('Kế hoạch 12') ? 'theo Kế hoạch 12; quý III' : undefined);
    }
  });
});

describe('A total whose parts are known', () => {
  const PARTS = { 'tthc-cap-tinh': 274, 'tthc-cap-huyen': 139, 'tthc-cap-xa': 0 };
  beforeEach(async () => {
    await open('so-ngoai-vu');
    for (const [id, value] of Object.entries(PARTS)) {
      await world.say(lan, `/sua ${row(id).label}`);
      await world.say(lan, String(value));
    }
  });

  it('is offered with its arithmetic, and taken by one tap', async () => {
    const asked = await world.say(lan, `/sua ${row('tthc-hieu-luc').label}`);
    expect(labels(asked)[0]).toBe('Lấy 413 (= 274 + 139 + 0)');
    expect((await figures())['tthc-hieu-luc']).toBeUndefined();
    await world.press(lan, 'Lấy 413');
    expect((await figures())['tthc-hieu-luc']).toBe(413);
  });

  it('may be another figure, which is stored and contradicted with both', async () => {
    await world.say(lan, `/sua ${row('tthc-hieu-luc').label}`);
    const seen = await world.say(lan, '400');
    expect((await figures())['tthc-hieu-luc']).toBe(400);
    expect(said(seen)).toContain('(*413*)');
  });
});
