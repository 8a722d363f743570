// Published versions never change, and the schema that editors use is the one the program uses.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTemplates, readPublished } from '../../templates/load.ts';
import { EDITOR_SCHEMA, editorSchema, publish } from '../../templates/publish.ts';
import { folderOf, SAMPLE, sampleWith } from './sample.ts';

const FOLDER = join(import.meta.dirname, '../../templates');

describe('the schema for editors', () => {
  it('is current (if not: node --import tsx templates/publish.ts)', async () => {
    expect(await readFile(join(FOLDER, EDITOR_SCHEMA), 'utf8')).toBe(editorSchema());
  });
});

describe('a published version', () => {
  it('is listed once, and a new version is added without touching the old entry', async () => {
    const folder = await folderOf({ 'mau.v1.yaml': SAMPLE });
    expect(await publish(folder)).toEqual({ added: ['mau.v1.yaml'], issues: [] });
    const before = await readPublished(folder);
    await writeFile(join(folder, 'mau.v2.yaml'), sampleWith(['version: 1', 'version: 2']));
    expect(await publish(folder)).toEqual({ added: ['mau.v2.yaml'], issues: [] });
    expect((await readPublished(folder))?.slice(0, 1)).toEqual(before);
    expect(await publish(folder)).toEqual({ added: [], issues: [] });
  });

  it('may not be edited: the fault says so and the list keeps the old hash', async () => {
    const folder = await folderOf({ 'mau.v1.yaml': SAMPLE });
    await publish(folder);
    const before = await readPublished(folder);
    await writeFile(join(folder, 'mau.v1.yaml'), sampleWith(['name: Biểu mẫu thử', 'name: Tên khác']));
    const { templates, issues } = await loadTemplates(folder);
    expect(templates).toEqual([]);
    expect(issues).toEqual([
      expect.objectContaining({
        file: 'mau.v1.yaml',
        message: expect.stringContaining('đã công bố, không được sửa'),
      }),
    ]);
    expect(issues[0]?.message).toContain('tạo phiên bản mới');
    expect(await publish(folder)).toMatchObject({ added: [], issues });
    expect(await readPublished(folder)).toEqual(before);
  });

  it('may not disappear', async () => {
    const folder = await folderOf({ 'mau.v1.yaml': SAMPLE });
    await publish(folder);
    await rm(join(folder, 'mau.v1.yaml'));
    const { issues } = await loadTemplates(folder);
    expect(issues).toEqual([
      expect.objectContaining({ file: 'mau.v1.yaml', message: expect.stringContaining('không còn tệp') }),
    ]);
  });

  it('is the same with the line ends of Windows', async () => {
    const folder = await folderOf({ 'mau.v1.yaml': SAMPLE });
    await publish(folder);
    await writeFile(join(folder, 'mau.v1.yaml'), SAMPLE.replaceAll('\n', '\r\n'));
    expect((await loadTemplates(folder)).issues).toEqual([]);
  });

  it('is not listed while any form of the folder is faulty', async () => {
    const folder = await folderOf({ 'mau.v1.yaml': SAMPLE, 'hong.v1.yaml': 'id: hong\n' });
    const { added, issues } = await publish(folder);
    expect(added).toEqual([]);
    expect(issues.length).toBeGreaterThan(0);
    expect(await readPublished(folder)).toEqual([]);
  });

  it('has a list that must not be damaged', async () => {
    const folder = await folderOf({ 'mau.v1.yaml': SAMPLE, 'published.json': '[{"file":"mau.v1.yaml"}]' });
    const { issues } = await loadTemplates(folder);
    expect(issues).toEqual([
      expect.objectContaining({ file: 'published.json', message: expect.stringContaining('bị hỏng') }),
    ]);
  });
});
