// The filled documents sent in as spreadsheets: what is written is the document's own, cell by cell, and the rest is asked.
import { describe, expect, it } from 'vitest';
import { canonical } from '../src/domain/canonical.ts';
import { appendixSheets } from '../src/sheets/layout.ts';
import { writeXlsx } from '../src/sheets/xlsx.ts';
import { filledDocuments } from './sheets/documents.ts';
import { readDocument } from './support/officer.ts';
import { sender } from './support/sent-file.ts';
import { buttonsOf, createWorld, plain } from './support/world.ts';

const documents = await filledDocuments();
const created = new Date('2020-01-02T03:04:05Z');

describe.each(documents.map((each) => [each.id, each] as const))('The document %s', (id, { appendix }) => {
  it('fills its report as a spreadsheet with one tap, and what is not clear is not written', async () => {
    const { template, report } = appendix;
    const { period, unit } = readDocument(id);
    const world = await createWorld({ template: id, unit, period, now: '2023-01-02T01:00:00Z' });
    const lan = await world.join('lan');
    const chat = sender(world, new Map());
    const bytes = await writeXlsx(appendixSheets(appendix), { created });
    const shown = await chat.send(lan, 'phu-luc.xlsx', bytes);
    const [write] = shown.flatMap(({ message }) => buttonsOf(message));
    await chat.run(await world.press(lan, write?.label ?? ''));

    const { answers, notes } = await world.report();
    expect(canonical(notes)).toBe(canonical(report.notes));
    const filled = template.indicators.filter(
      ({ id }) => (report.answers[id]?.value?.is ?? 'blank') !== 'blank',
    );
    const left = filled.filter(({ id }) => answers[id]?.value === undefined);
    const words = shown.map(({ message }) => plain(message)).join('\n');
    expect(left.length).toBe(Number(/(\d+) chưa đọc rõ/.exec(words)?.[1] ?? 0));
    expect(left.length).toBeLessThan(filled.length / 10);
    const wrong = template.indicators.filter(({ id }) => {
      const [was, now] = [report.answers[id], answers[id]];
      const isOther = now?.value !== undefined && canonical(now.value) !== canonical(was?.value);
      return isOther || (now?.note !== undefined && now.note !== was?.note);
    });
    expect(wrong.map(({ id }) => [id, answers[id], report.answers[id]])).toEqual([]);
  });
});
