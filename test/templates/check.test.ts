// Every kind of fault in a form: where it stands and what the author is told.
import { describe, expect, it } from 'vitest';
import { faultsOf, lineOf, SAMPLE, sampleWith } from './sample.ts';

type Case = readonly [name: string, from: string, to: string, path: string, message: RegExp];

const LONG = 'a'.repeat(33);
const ROWS = 'tables[0].rows[0].rows';

const keys: readonly Case[] = [
  [
    'a mistyped key',
    '                unit: Nhiệm vụ\n',
    '                unti: Nhiệm vụ\n',
    `${ROWS}[0].rows[0].unti`,
    /Không có khóa "unti"/,
  ],
  ['a key of indicators on a group', 'stt: "2"', 'hint: x', `${ROWS}[1].hint`, /Không có khóa "hint"/],
  ['a missing key', '            id: kiem-tra\n', '', `${ROWS}[1].id`, /Thiếu khóa "id"/],
  ['a missing type', '                type: text\n', '', `${ROWS}[1].rows[1].type`, /Thiếu khóa "type"/],
  [
    'a row of no kind',
    '          - group: Kiểm tra',
    '          - nhom: Kiểm tra',
    `${ROWS}[1]`,
    /"group", "indicator"/,
  ],
  [
    'a section inside a section',
    '          - group: Kiểm tra',
    '          - section: Kiểm tra',
    `${ROWS}[1]`,
    /"group", "indicator"/,
  ],
  ['a number without quotes as STT', 'stt: "2"', 'stt: 2', `${ROWS}[1].stt`, /dấu ngoặc kép/],
  ['a key without content', 'note: (nếu có)', 'note:', `${ROWS}[1].note`, /chưa có nội dung/],
  ['an unknown type', 'type: text', 'type: chu', `${ROWS}[1].rows[1].type`, /một trong các từ: "count"/],
  [
    'a word instead of true',
    'mayExceed100: true',
    'mayExceed100: vâng',
    `${ROWS}[0].mayExceed100`,
    /true \(có\)/,
  ],
  ['a word instead of a width', 'stt: 6', 'stt: rộng', 'tables[0].columns.stt', /một con số/],
  [
    'a text instead of a list',
    'filled: [noi-dung]',
    'filled: noi-dung',
    'rules[2].filledWhen.filled',
    /danh sách/,
  ],
  [
    'a rule with one side',
    'atMost: [hoan-thanh, de-ra]',
    'atMost: [hoan-thanh]',
    'rules[0].atMost',
    /đúng hai vế/,
  ],
  [
    'a side that is neither an id nor a list',
    'part: hoan-thanh',
    'part: 5',
    'rules[1].ratio.part',
    /danh sách mã/,
  ],
  ['a rule of no kind', 'atMost: [', 'nhieuNhat: [', 'rules[0]', /đúng một trong các khóa: "atMost"/],
  [
    'an unknown severity',
    'id: trong-de-ra, severity: hard',
    'id: trong-de-ra, severity: nang',
    'rules[0].severity',
    /"hard", "soft", "info"/,
  ],
  [
    'a title line of no kind',
    '{ heading: Phụ lục }',
    '{ dong: Phụ lục }',
    'tables[0].title[0]',
    /"heading", "title", "attached"/,
  ],
  ['a version below 1', 'version: 1', 'version: 0', 'version', /nhỏ nhất được phép là 1/],
  ['a version that is no whole number', 'version: 1', 'version: 1.5', 'version', /số nguyên/],
  ['an id over 32 characters', 'id: noi-dung', `id: ${LONG}`, `${ROWS}[1].rows[1].id`, /tối đa 32 ký tự/],
  ['an id with diacritics', 'id: noi-dung', 'id: nội-dung', `${ROWS}[1].rows[1].id`, /chữ thường không dấu/],
  [
    'an id with capitals in a rule',
    'id: trong-de-ra',
    'id: Trong-de-ra',
    'rules[0].id',
    /chữ thường không dấu/,
  ],
];

const content: readonly Case[] = [
  [
    'an id used twice',
    'id: hoan-thanh\n',
    'id: de-ra\n',
    `${ROWS}[0].rows[1].id`,
    /"de-ra" đã dùng ở dòng \d+/,
  ],
  [
    'a rule id used twice',
    'id: dung-ty-le',
    'id: trong-de-ra',
    'rules[1].id',
    /quy tắc "trong-de-ra" đã dùng ở dòng \d+/,
  ],
  [
    'an empty label',
    'indicator: Nội dung kiểm tra',
    'indicator: " "',
    `${ROWS}[1].rows[1].indicator`,
    /đang để trống/,
  ],
  ['an empty name', 'name: Biểu mẫu thử', 'name: ""', 'name', /đang để trống/],
  [
    'a choice whose unit has no codes',
    'unit: Có = 1; Không = 0',
    'unit: Kế hoạch',
    `${ROWS}[1].rows[0].unit`,
    /không đọc được các mã từ đơn vị tính "Kế hoạch"/,
  ],
  [
    'a choice without unit and codes',
    '                unit: Có = 1; Không = 0\n',
    '',
    `${ROWS}[1].rows[0].type`,
    /không có các mã/,
  ],
  [
    'codes in the unit of a count',
    'type: choice',
    'type: count',
    `${ROWS}[1].rows[0].type`,
    /phải là choice/,
  ],
  [
    'the same code twice',
    'type: choice',
    'type: choice\n                choices: [{ code: 1, label: Có }, { code: 1, label: Không }]',
    `${ROWS}[1].rows[0].choices`,
    /Mã 1 được ghi hai lần/,
  ],
  [
    'codes that are never used',
    'type: text',
    'type: text\n                choices: [{ code: 1, label: Có }]',
    `${ROWS}[1].rows[1].choices`,
    /type: choice/,
  ],
  [
    'mayExceed100 on a count',
    'hint: Tính',
    'mayExceed100: true\n                hint: Tính',
    `${ROWS}[0].rows[1].mayExceed100`,
    /type: percent/,
  ],
  [
    'a reason not to add what is never added',
    'type: text',
    'type: text\n                notAdded: Chữ',
    `${ROWS}[1].rows[1].notAdded`,
    /không được cộng/,
  ],
  [
    'a reason not to add without words',
    'hint: Tính',
    'notAdded: ""\n                hint: Tính',
    `${ROWS}[0].rows[1].notAdded`,
    /chưa có nội dung/,
  ],
  [
    'a group without rows',
    '          - group: Kiểm tra\n',
    '          - group: Trống\n            id: trong\n          - group: Kiểm tra\n',
    `${ROWS}[1]`,
    /chưa có dòng con/,
  ],
  [
    'an unknown placeholder in a title',
    '{period} của {unit}',
    '{ky} của {unit}',
    'tables[0].title[1].title',
    /"\{ky\}".*\{unit\} \{period\}/,
  ],
  [
    'an unknown placeholder in a period',
    'Quí {quarter}/{year}',
    'Quí {quy}/{year}',
    'periods.quarter',
    /"\{quy\}"/,
  ],
  ['a missing column', ', note: 30', '', 'tables[0].columns', /Thiếu cột "note"/],
  [
    'a header tier that is too narrow',
    '[Đơn vị tính, Số liệu]',
    '[Đơn vị tính]',
    'tables[0].header[1]',
    /không phủ đủ 5 cột/,
  ],
  [
    'a header tier that is too wide',
    '[Đơn vị tính, Số liệu]',
    '[Đơn vị tính, Số liệu, Thừa]',
    'tables[0].header[1][2]',
    /rộng hơn 5 cột/,
  ],
  [
    'a header cell that is too deep',
    'text: Ghi chú, down: 2',
    'text: Ghi chú, down: 3',
    'tables[0].header[0][3]',
    /cao hơn số hàng tiêu đề \(2\)/,
  ],
  [
    'a rule about an unknown id',
    'atMost: [hoan-thanh, de-ra]',
    'atMost: [hoan-thanh, khong-co]',
    'rules[0].atMost',
    /"khong-co".*không có dòng nào/,
  ],
  [
    'a rule about a group',
    'atMost: [hoan-thanh, de-ra]',
    'atMost: [hoan-thanh, kiem-tra]',
    'rules[0].atMost',
    /"kiem-tra" là tiêu đề/,
  ],
  [
    'a rule that wants a heading filled',
    'filled: [noi-dung]',
    'filled: [kiem-tra]',
    'rules[2].filledWhen',
    /"kiem-tra" là tiêu đề/,
  ],
  [
    'a rule that compares a text',
    'atMost: [hoan-thanh, de-ra]',
    'atMost: [hoan-thanh, noi-dung]',
    'rules[0].atMost',
    /"noi-dung" là chữ hoặc ngày/,
  ],
  [
    'a total among its parts',
    'atMost: [hoan-thanh, de-ra]',
    'sum: { total: de-ra, parts: [de-ra, hoan-thanh], exhaustive: true }',
    'rules[0].sum',
    /Ô tổng "de-ra"/,
  ],
  [
    'a part named twice',
    'atMost: [hoan-thanh, de-ra]',
    'sum: { total: de-ra, parts: [hoan-thanh, hoan-thanh], exhaustive: true }',
    'rules[0].sum',
    /"hoan-thanh" được ghi hai lần/,
  ],
  [
    'a range without limits',
    'atMost: [hoan-thanh, de-ra]',
    'range: { value: ty-le }',
    'rules[0].range',
    /"min" hoặc "max"/,
  ],
  [
    'a range upside down',
    'atMost: [hoan-thanh, de-ra]',
    'range: { value: ty-le, min: 9, max: 5 }',
    'rules[0].range',
    /không được lớn hơn "max"/,
  ],
];

describe('a fault in a form', () => {
  it.each([...keys, ...content])(
    '%s is reported with file, line and path',
    async (_, from, to, path, message) => {
      const text = sampleWith([from, to]);
      const issues = await faultsOf(text);
      const found = issues.find((issue) => issue.path === path && message.test(issue.message));
      expect(found, JSON.stringify(issues, null, 1)).toBeDefined();
      expect(found?.file).toBe('mau.v1.yaml');
      // The fault stands on the line that was changed, or on the first line of the row or rule it belongs to.
      const distance = lineOf(SAMPLE, from) - (found?.line ?? 0);
      expect(distance).toBeGreaterThanOrEqual(-1);
      expect(distance).toBeLessThanOrEqual(3);
    },
  );

  it.each([...keys, ...content])('%s brings no sentence in English', async (_, from, to) => {
    for (const { message } of await faultsOf(sampleWith([from, to]))) {
      expect(message).not.toMatch(/invalid|expected|undefined|chi tiết kỹ thuật/i);
    }
  });

  it('names the very line of a fault deep inside', async () => {
    const text = sampleWith(['id: noi-dung', 'id: de-ra'], ['filled: [noi-dung]', 'filled: [de-ra]']);
    const [issue] = await faultsOf(text);
    expect(issue?.line).toBe(text.split('\n').findLastIndex((line) => line.trim() === 'id: de-ra') + 1);
    expect(issue?.message).toContain(`dòng ${lineOf(text, 'id: de-ra')}.`);
  });

  it('does not hide another one, whatever their kinds', async () => {
    const issues = await faultsOf(
      sampleWith(
        ['note: (nếu có)', 'ghichu: (nếu có)'],
        ['id: hoan-thanh\n', 'id: de-ra\n'],
        ['version: 1', 'version: 0'],
      ),
    );
    expect(issues.map(({ path }) => path)).toEqual(
      expect.arrayContaining([`${ROWS}[1].ghichu`, `${ROWS}[0].rows[1].id`, 'version']),
    );
  });
});

describe('what real forms print', () => {
  it('allows "Có …" with a count as its unit', async () => {
    expect(
      await faultsOf(
        sampleWith(['unit: Có = 1; Không = 0', 'unit: Tin, bài'], ['type: choice', 'type: count']),
      ),
    ).toEqual([]);
  });

  it('takes codes that are written out when the unit is printed wrong', async () => {
    const choices =
      'type: choice\n                choices: [{ code: 1, label: Có, also: [rồi] }, { code: 0, label: Không }]';
    expect(
      await faultsOf(sampleWith(['unit: Có = 1; Không = 0', 'unit: Tin, bài'], ['type: choice', choices])),
    ).toEqual([]);
  });

  it('lets a rule read the note of a heading', async () => {
    const rule = 'noteSaysNone: { note: kiem-tra, words: chưa kiểm tra, zero: [hoan-thanh] }';
    expect(await faultsOf(sampleWith(['atMost: [hoan-thanh, de-ra]', rule]))).toEqual([]);
  });
});
