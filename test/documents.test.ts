// Five appendices as real units filled them in: the forms match them row by row, and the rules find exactly the known mistakes.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Period, parsePeriod } from '../src/domain/period.ts';
import type { Answer, Value } from '../src/domain/report.ts';
import { checkRules } from '../src/domain/rules.ts';
import type { Indicator, Template } from '../src/domain/template.ts';
import { readAnswer } from '../src/indicators/index.ts';
import { writeDocx } from '../src/sheets/docx.ts';
import { appendixSheets, type Sheet } from '../src/sheets/layout.ts';
import { writePdf } from '../src/sheets/pdf.ts';
import { writeXlsx } from '../src/sheets/xlsx.ts';
import { loadTemplates } from '../templates/load.ts';
import { filledDocuments } from './sheets/documents.ts';
import { readDocument as readWord } from './sheets/docx-reader.ts';
import { readPdf, rowsOn } from './sheets/pdf-read.ts';
import { differences, type Document as Printed, rowDifferences } from './support/officer.ts';

const FORMS = join(import.meta.dirname, '../templates');
const DOCUMENTS = join(import.meta.dirname, 'documents');

/** Printed rows and cells to fill, as counted in the documents. */
const SIZES: Readonly<Record<string, { rows: number; indicators: number }>> = {
  'so-cong-thuong-soc-trang': { rows: 185, indicators: 151 },
  'so-cong-thuong-ha-nam': { rows: 80, indicators: 63 },
  'ubnd-thi-xa-nga-nam': { rows: 211, indicators: 175 },
  'so-ngoai-vu': { rows: 121, indicators: 99 },
  'so-tai-chinh-soc-trang': { rows: 166, indicators: 130 },
};

type Line = { id: string; stt: string; label: string; unit: string; value: string; note: string };
type Document = { readonly period: Period; readonly lines: readonly Line[] };
type Expected = readonly { rule: string; severity: string }[];

/** Lines beginning with # are comments, the first other line names the columns, \n in a cell is a line break. */
function readDocument(id: string): Document {
  const text = readFileSync(join(DOCUMENTS, `${id}.tsv`), 'utf8');
  const period = parsePeriod(/^# period (\S+)/m.exec(text)?.[1] ?? '');
  if (!period) throw new Error(`${id}.tsv does not name its period`);
  const rows = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const cells = rows.slice(1).map((line) => line.split('\t').map((cell) => cell.replaceAll('\\n', '\n')));
  const lines = cells.map(([row = '', stt = '', label = '', unit = '', value = '', note = '']) => ({
    ...{ id: row, stt, label, unit },
    ...{ value: value.trim(), note: note.trim() },
  }));
  return { period, lines };
}

/** What the officer would have answered: accepted or confirmed readings; words in a figure cell stay words. */
function answerOf(line: Line, indicator: Indicator, period: Period): Answer {
  const stamp = { by: 'document', at: '2026-01-01T00:00:00Z', event: 'document' };
  const note = line.note === indicator.printedNote ? '' : line.note;
  const noted = (value: Value, own = '') => ({
    ...stamp,
    value,
    ...(note || own ? { note: note || own } : {}),
  });
  if (line.value === '') return noted({ is: 'blank' });
  const reading = readAnswer(line.value, indicator, { period, peers: [] });
  if (reading.is === 'accept' || reading.is === 'confirm') return noted(reading.value, reading.note);
  return noted({ is: 'verbatim', text: line.value });
}

function findingsOf(template: Template, document: Document): Expected {
  const answers: Record<string, Answer> = {};
  const notes: Record<string, string> = {};
  for (const line of document.lines) {
    const row = template.byId.get(line.id);
    if (row?.row === 'indicator') answers[line.id] = answerOf(line, row, document.period);
    else if (line.note !== '') notes[line.id] = line.note;
  }
  return checkRules(template, answers, { notes }).map(({ id, severity }) => ({ rule: id, severity }));
}

const sorted = (findings: Expected): string[] =>
  findings.map(({ rule, severity }) => `${severity} ${rule}`).sort();

const { templates, issues } = await loadTemplates(FORMS);

describe('the forms that come with the program', () => {
  it('have no faults', () => {
    expect(issues).toEqual([]);
  });

  it('are all compared with a document', () => {
    const compared = templates
      .filter(({ id }) => existsSync(join(DOCUMENTS, `${id}.tsv`)))
      .map(({ id }) => id);
    expect(compared.sort()).toEqual(Object.keys(SIZES).sort());
  });
});

describe.each(templates.filter(({ id }) => id in SIZES).map((template) => [template.id, template] as const))(
  '%s',
  (id, template) => {
    const document = readDocument(id);

    it('has the rows of the document in printed order', () => {
      const printed = template.rows.map(({ id: row, stt, label, unit }) => ({ id: row, stt, label, unit }));
      expect(printed).toEqual(document.lines.map(({ value: _, note: __, ...row }) => row));
    });

    it('has as many rows and indicators as were counted', () => {
      expect({ rows: template.rows.length, indicators: template.indicators.length }).toEqual(SIZES[id]);
    });

    it('has values only in rows that take one', () => {
      const filled = document.lines.filter(({ value }) => value !== '').map((line) => line.id);
      expect(filled.filter((row) => template.byId.get(row)?.row !== 'indicator')).toEqual([]);
    });

    it('has no plain number that would be kept as words', () => {
      const kept = document.lines.filter(({ id: row, value, ...rest }) => {
        const indicator = template.byId.get(row);
        if (indicator?.row !== 'indicator' || !/^\d+$/.test(value)) return false;
        return answerOf({ id: row, value, ...rest }, indicator, document.period).value?.is === 'verbatim';
      });
      expect(kept.map((line) => `${line.id} ${line.value}`)).toEqual([]);
    });

    it('finds the known mistakes of the document and nothing else', () => {
      const expected = JSON.parse(readFileSync(join(DOCUMENTS, `${id}.findings.json`), 'utf8')) as Expected;
      expect(sorted(findingsOf(template, document))).toEqual(sorted(expected));
    });
  },
);

const created = new Date('2026-01-02T03:04:05Z');
type Compare = (
  sheets: readonly Sheet[],
  document: Pick<Printed, 'lines'>,
  form: Template,
) => Promise<string[]>;

/** Each writes the report as a file, reads that back and compares every cell with the document. */
const FILES: Readonly<Record<string, Compare>> = {
  Excel: async (sheets, document, form) => differences(await writeXlsx(sheets, { created }), document, form),
  Word: async (sheets, document, form) => {
    const sections = readWord(await writeDocx(sheets, { created }));
    const rows = sections.flatMap((section) =>
      section.rows.map(({ cells }) => cells.map(({ text }) => text)),
    );
    return rowDifferences(rows, document, form, true);
  },
  PDF: async (sheets, document, form) => {
    const { pages } = readPdf(await writePdf(sheets, { created }));
    return rowDifferences(pages.flatMap(rowsOn), document, form, true);
  },
};

const filled = (await filledDocuments()).map((document) => [document.id, document] as const);

describe.each(Object.entries(FILES))('the %s file', (_, compare) => {
  it.each(filled)('of %s says in every cell what the document says', async (_id, { lines, appendix }) => {
    const sheets = appendixSheets(appendix);
    expect(await compare(sheets, { lines }, appendix.template)).toEqual([]);
    const [figure] = lines.filter(({ value }) => value === '100' || value === '1');
    const changed = lines.map((line) => (line === figure ? { ...line, value: '2' } : line));
    expect(await compare(sheets, { lines: changed }, appendix.template)).toEqual([
      `${figure?.id} value: ${figure?.value} ≠ 2`,
    ]);
  });
});
