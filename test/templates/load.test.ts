// Reading a folder of forms: names of files, YAML that cannot be read, and everything reported at once.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTemplates } from '../../templates/load.ts';
import { faultsOf, folderOf, lineOf, SAMPLE, sampleWith } from './sample.ts';

describe('a folder of forms', () => {
  it('gives every form of a folder without faults', async () => {
    const second = sampleWith(['version: 1', 'version: 2']);
    const { templates, issues } = await loadTemplates(
      await folderOf({ 'mau.v1.yaml': SAMPLE, 'mau.v2.yaml': second }),
    );
    expect(issues).toEqual([]);
    expect(templates.map(({ id, version }) => `${id} ${version}`)).toEqual(['mau 1', 'mau 2']);
  });

  it('ignores files that are no forms', async () => {
    const { templates, issues } = await loadTemplates(
      await folderOf({ 'README.md': '# x', 'mau.v1.yaml': SAMPLE }),
    );
    expect([templates.length, issues]).toEqual([1, []]);
  });

  it('reports the faults of all files together and still gives the good forms', async () => {
    const { templates, issues } = await loadTemplates(
      await folderOf({
        'mau.v1.yaml': SAMPLE,
        'mau.v2.yaml': sampleWith(['version: 1', 'version: 2'], ['id: de-ra', 'id: ty-le']),
        'mau.v3.yaml': 'id: "mau\n',
      }),
    );
    expect(templates.map(({ version }) => version)).toEqual([1]);
    expect(new Set(issues.map(({ file }) => file))).toEqual(new Set(['mau.v2.yaml', 'mau.v3.yaml']));
  });

  it('reports a folder that cannot be read as one fault', async () => {
    const missing = join(await folderOf({}), 'none');
    const { templates, issues } = await loadTemplates(missing);
    expect(templates).toEqual([]);
    expect(issues).toEqual([
      { file: missing, line: 0, path: '', message: 'Không đọc được thư mục biểu mẫu (ENOENT).' },
    ]);
  });

  it('reports a file that cannot be read', async () => {
    const folder = await folderOf({});
    await mkdir(join(folder, 'mau.v1.yaml'));
    const { issues } = await loadTemplates(folder);
    expect(issues).toEqual([
      { file: 'mau.v1.yaml', line: 0, path: '', message: 'Không đọc được tệp này (EISDIR).' },
    ]);
  });

  it('asks for a file name made of the id and the version', async () => {
    const { issues } = await loadTemplates(await folderOf({ 'bieu.yaml': SAMPLE }));
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ file: 'bieu.yaml', line: 1, path: 'id' });
    expect(issues[0]?.message).toContain('"mau.v1.yaml"');
  });

  it('tells that .yml files would be overlooked', async () => {
    const { issues } = await loadTemplates(await folderOf({ 'mau.v1.yml': SAMPLE }));
    expect(issues[0]?.message).toContain('"mau.v1.yaml"');
  });

  it('refuses two files with the same id and version, and names the first one', async () => {
    const { templates, issues } = await loadTemplates(
      await folderOf({ 'mau.v1.yaml': SAMPLE, 'ten-khac.v1.yaml': SAMPLE }),
    );
    expect(templates).toHaveLength(1);
    expect(
      issues.some(
        ({ file, message }) =>
          file === 'ten-khac.v1.yaml' && message.includes('"mau.v1.yaml". Mỗi phiên bản'),
      ),
    ).toBe(true);
  });
});

describe('the example in templates/README.md', () => {
  it('is a form without faults', async () => {
    const readme = await readFile(join(import.meta.dirname, '../../templates/README.md'), 'utf8');
    const example = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const { templates, issues } = await loadTemplates(await folderOf({ 'ubnd-xa-mau.v1.yaml': example }));
    expect(issues).toEqual([]);
    expect(templates.map(({ id }) => id)).toEqual(['ubnd-xa-mau']);
  });
});

describe('YAML that cannot be read', () => {
  const cases: readonly [string, string, string, RegExp][] = [
    ['a key written twice', 'name: Biểu mẫu thử', 'name: A\nname: B', /một khóa được ghi hai lần/],
    ['a tab at the start of a line', '  - id: phu-luc', '\t- id: phu-luc', /phím Tab/],
    ['a percent sign without quotes', 'unit: "%"', 'unit: %', /dấu ngoặc kép/],
    ['a colon inside a label', 'Số nhiệm vụ đề ra', 'Số: nhiệm vụ: đề ra', /dấu ngoặc kép/],
    [
      'a bracket that is not closed',
      '[Đơn vị tính, Số liệu]',
      '[Đơn vị tính, Số liệu',
      /Thiếu dấu đóng|dấu ngoặc kép/,
    ],
    ['a label that starts with an exclamation mark', 'group: Kiểm tra', 'group: !Kiểm tra', /dấu ngoặc kép/],
  ];
  it.each(cases)('explains %s with its line', async (_, from, to, message) => {
    const text = sampleWith([from, to]);
    const issues = await faultsOf(text);
    expect(issues.length).toBeGreaterThan(0);
    expect(issues[0]?.message).toMatch(message);
    expect(Math.abs((issues[0]?.line ?? 0) - lineOf(text, to))).toBeLessThanOrEqual(1);
  });

  it('explains a label that starts with a star', async () => {
    const issues = await faultsOf(sampleWith(['group: Kiểm tra', 'group: "x"\n            stt: *kiểm']));
    expect(issues[0]?.message).toMatch(/dấu ngoặc kép|hai lần/);
  });

  it('explains an empty file', async () => {
    expect(await faultsOf('')).toEqual([
      { file: 'mau.v1.yaml', line: 0, path: '', message: 'Tệp trống. Hãy chép một biểu mẫu có sẵn rồi sửa.' },
    ]);
  });
});
