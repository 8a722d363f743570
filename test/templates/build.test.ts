// What the rest of the program gets from a file.
import { describe, expect, it } from 'vitest';
import type { Template } from '../../src/domain/template.ts';
import { loadTemplates } from '../../templates/load.ts';
import { folderOf, SAMPLE, sampleWith } from './sample.ts';

async function load(text: string): Promise<Template> {
  const { templates, issues } = await loadTemplates(await folderOf({ 'mau.v1.yaml': text }));
  expect(issues).toEqual([]);
  const [template] = templates;
  if (!template) throw new Error('no template');
  return template;
}

describe('a form', () => {
  it('lists its rows in printed order with their depth, parent and section', async () => {
    const template = await load(SAMPLE);
    expect(
      template.rows.map(({ id, row, level, parent, section }) => [id, row, level, parent, section]),
    ).toEqual([
      ['chi-dao', 'section', 0, undefined, 'chi-dao'],
      ['ty-le', 'indicator', 1, 'chi-dao', 'chi-dao'],
      ['de-ra', 'indicator', 2, 'ty-le', 'chi-dao'],
      ['hoan-thanh', 'indicator', 2, 'ty-le', 'chi-dao'],
      ['kiem-tra', 'group', 1, 'chi-dao', 'chi-dao'],
      ['co-ke-hoach', 'indicator', 2, 'kiem-tra', 'chi-dao'],
      ['noi-dung', 'indicator', 2, 'kiem-tra', 'chi-dao'],
    ]);
    expect(template.indicators).toHaveLength(5);
    expect(template.sections.map(({ id }) => id)).toEqual(['chi-dao']);
    expect(template.byId.get('kiem-tra')).toMatchObject({
      stt: '2',
      printedNote: '(nếu có)',
      unit: '',
      table: 'phu-luc',
    });
  });

  it('fills in what an author may leave out', async () => {
    const template = await load(SAMPLE);
    expect(template.byId.get('de-ra')).toMatchObject({
      stt: '',
      printedNote: '',
      hint: '',
      mayExceed100: false,
      choices: [],
    });
    expect(template.byId.get('ty-le')).toMatchObject({ mayExceed100: true });
    expect(template.rules[1]).toEqual({
      id: 'dung-ty-le',
      severity: 'hard',
      why: '',
      kind: 'ratio',
      value: 'ty-le',
      part: ['hoan-thanh'],
      whole: ['de-ra'],
    });
    expect(template.tables[0]?.title[0]).toEqual({ text: 'Phụ lục', style: 'heading', caps: false });
    expect(template.tables[0]?.header[0]?.[2]).toEqual({ text: 'Kết quả', across: 2, down: 1 });
    expect(template.periodWording).toEqual({ quarter: 'Quí {quarter}/{year}' });
  });

  it('knows why an indicator must not be added up, where the author says so', async () => {
    const { byId } = await load(
      sampleWith(['hint: Tính', 'notAdded: Chung một danh mục.\n                hint: Tính']),
    );
    expect(byId.get('hoan-thanh')).toMatchObject({ notAdded: 'Chung một danh mục.' });
    expect(byId.get('de-ra')).not.toHaveProperty('notAdded');
  });

  it('reads the codes of a choice from its unit', async () => {
    const choice = (await load(SAMPLE)).byId.get('co-ke-hoach');
    expect(choice?.row === 'indicator' && choice.choices.map(({ code, label }) => [code, label])).toEqual([
      [1, 'Có'],
      [0, 'Không'],
    ]);
  });

  it('keeps the columns in the order in which they are written', async () => {
    const template = await load(sampleWith(['{ stt: 6, label: 50,', '{ label: 50, stt: 6,']));
    expect(template.tables[0]?.columns.map(({ key, width }) => [key, width])).toEqual([
      ['label', 50],
      ['stt', 6],
      ['unit', 16],
      ['value', 14],
      ['note', 30],
    ]);
  });

  it('knows for each row the rules that read it', async () => {
    const { rulesOf } = await load(SAMPLE);
    const named = (id: string) => rulesOf.get(id)?.map((rule) => rule.id);
    expect(named('de-ra')).toEqual(['trong-de-ra', 'dung-ty-le']);
    expect(named('noi-dung')).toEqual(['co-noi-dung']);
    expect(named('kiem-tra')).toBeUndefined();
  });

  it('may have a table whose only row stands outside any section', async () => {
    const table = `  - id: bieu-3
    title: []
    columns: { stt: 6, label: 50, unit: 16, value: 14, note: 30 }
    header: [[STT, Chỉ tiêu, Đơn vị tính, Số liệu, Ghi chú]]
    rows:
      - { indicator: Tỷ lệ phê duyệt, id: phe-duyet, stt: "2.4", unit: "%", type: percent }
rules:`;
    const template = await load(sampleWith(['rules:', table]));
    expect(template.rows.at(-1)).toMatchObject({
      id: 'phe-duyet',
      level: 1,
      section: 'phe-duyet',
      table: 'bieu-3',
    });
    expect(template.sections).toHaveLength(1);
  });
});
