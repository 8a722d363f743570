// The filled-in appendices of test/documents as reports, and a short form of our own, for the tests of printed tables.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Campaign } from '../../src/domain/campaign.ts';
import { parsePeriod, usualCutoff } from '../../src/domain/period.ts';
import type { Answer, Value } from '../../src/domain/report.ts';
import type { Indicator, Template } from '../../src/domain/template.ts';
import { readAnswer } from '../../src/indicators/index.ts';
import type { Appendix } from '../../src/sheets/layout.ts';
import { buildTemplate } from '../../templates/build.ts';
import { loadTemplates } from '../../templates/load.ts';

const FOLDER = join(import.meta.dirname, '../documents');
export const STAMP = { by: 'lan', at: '2026-01-02T03:04:05.000Z', event: 'e' };

type Line = {
  readonly id: string;
  readonly stt: string;
  readonly label: string;
  readonly unit: string;
  readonly value: string;
  readonly note: string;
};
type Filled = { readonly id: string; readonly lines: readonly Line[]; readonly appendix: Appendix };

/** Every document with the report that an officer who typed it would have. */
export async function filledDocuments(): Promise<Filled[]> {
  const { templates } = await loadTemplates(join(import.meta.dirname, '../../templates'));
  const ids = readdirSync(FOLDER).flatMap((name) => /^(.+)\.tsv$/.exec(name)?.[1] ?? []);
  return ids.map((id) => {
    const template = templates.find((each) => each.id === id);
    if (!template) throw new Error(`no template for ${id}.tsv`);
    return filled(template, readFileSync(join(FOLDER, `${id}.tsv`), 'utf8'));
  });
}

function filled(template: Template, text: string): Filled {
  const unit = /^# unit (.+)$/m.exec(text)?.[1]?.trim() ?? '';
  const campaign = campaignOf(template, /^# period (\S+)/m.exec(text)?.[1] ?? '');
  const lines = linesOf(text);
  const answers: Record<string, Answer> = {};
  const notes: Record<string, string> = {};
  for (const line of lines) {
    const row = template.byId.get(line.id);
    const note = line.note === row?.printedNote ? '' : line.note;
    if (row?.row === 'indicator') answers[line.id] = answered(line.value, note, row, campaign);
    else if (note !== '') notes[line.id] = note;
  }
  const report = { answers, notes, explanations: {}, overrides: {} };
  return {
    id: template.id,
    lines,
    appendix: { template, report, unit: { id: 'u1', name: unit, kind: 'sở' }, campaign },
  };
}

function linesOf(text: string): Line[] {
  const rows = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return rows.slice(1).map((row) => {
    const [id = '', stt = '', label = '', unit = '', value = '', note = ''] = row
      .split('\t')
      .map((cell) => cell.replaceAll('\\n', '\n').trim());
    return { id, stt, label, unit, value, note };
  });
}

/** Accepted and confirmed readings; other words in a figure cell stay words. */
function answered(typed: string, note: string, row: Indicator, { period }: Campaign): Answer {
  const noted = (value: Value, own = ''): Answer => {
    const both = [own, note].filter((part) => part !== '').join('; ');
    return { ...STAMP, value, ...(both && { note: both }) };
  };
  if (typed === '') return noted({ is: 'blank' });
  const reading = readAnswer(typed, row, { period, peers: [] });
  return reading.is === 'accept' || reading.is === 'confirm'
    ? noted(reading.value, reading.note)
    : noted({ is: 'verbatim', text: typed });
}

export function campaignOf(template: Template, code: string): Campaign {
  const period = parsePeriod(code);
  if (!period) throw new Error(`no period ${code}`);
  return {
    id: 'k1',
    template: { id: template.id, version: template.version },
    period,
    due: '2026-12-31T09:00:00.000Z',
    cutoff: usualCutoff(period),
    units: ['u1'],
    createdAt: '2026-01-01T00:00:00.000Z',
  };
}

/** A form of one table with every kind of row, an untidy column order, and a rule. */
export const shortForm = (): Template =>
  buildTemplate({
    id: 'mau',
    version: 1,
    name: 'Mẫu thử',
    periods: { quarter: 'Quí {quarter}/{year}' },
    tables: [
      {
        id: 'bang',
        title: [
          { heading: 'Phụ lục 1' },
          { title: '{period} của {unit}', caps: true },
          { attached: '(Báo cáo số {number}/BC tháng {month} năm {year} của {unit}, mẫu {khac})' },
        ],
        columns: { stt: 6, label: 40, value: 14, unit: 16, note: 30 },
        header: [
          [
            { text: 'STT', down: 2 },
            { text: 'Chỉ tiêu', down: 2 },
            { text: 'Kết quả', across: 2 },
            { text: 'Ghi chú', down: 2 },
          ],
          ['Số liệu', 'Đơn vị tính'],
        ],
        rows: [
          {
            section: 'Chỉ đạo',
            id: 'chi-dao',
            stt: 'I',
            rows: [
              {
                group: 'Kế hoạch',
                id: 'ke-hoach',
                stt: '1',
                note: '(nếu có)',
                rows: [
                  { indicator: 'Đề ra', id: 'de-ra', unit: 'Nhiệm vụ', type: 'count' },
                  {
                    indicator: 'Hoàn thành',
                    id: 'hoan-thanh',
                    unit: 'Nhiệm vụ',
                    note: '(lũy kế)',
                    type: 'count',
                  },
                  { indicator: 'Tỷ lệ', id: 'ty-le', unit: '%', type: 'percent' },
                ],
              },
              { indicator: 'Có kiểm tra', id: 'kiem-tra', unit: 'Có = 1; Không = 0', type: 'choice' },
            ],
          },
        ],
      },
    ],
    rules: [{ id: 'trong-de-ra', severity: 'hard', atMost: ['hoan-thanh', 'de-ra'] }],
  });
