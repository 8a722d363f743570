// Pictures for looking at a report: section by section, with what is missing and what contradicts itself in colours and words.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { type Mark, marksOf } from '../../src/domain/open-findings.ts';
import { partsOf } from '../../src/domain/progress.ts';
import { type Answer, emptyReport, type Report, type Value } from '../../src/domain/report.ts';
import { appendixSheets, type Sheet } from '../../src/sheets/layout.ts';
import { drawPictures } from '../../src/sheets/picture.ts';
import type { Line } from '../../src/sheets/picture-block.ts';
import { loadMetrics, textWidth } from '../../src/sheets/picture-font.ts';
import { COLOURS, lineHeight, WIDTH } from '../../src/sheets/picture-look.ts';
import { planPictures } from '../../src/sheets/picture-plan.ts';
import { reviewSheets } from '../../src/sheets/review-sheets.ts';
import { campaignOf, filledDocuments, STAMP, shortForm } from './documents.ts';

const HIGHEST = 2400;
const metrics = await loadMetrics();
const number = (figure: number): Value => ({ is: 'number', number: figure, decimals: 0 });

/** Real reports in which every fifth figure is still open and every eleventh is impossible. */
const documents = (await filledDocuments()).map(({ id, appendix }) => {
  const { template, campaign, unit } = appendix;
  const answers: Record<string, Answer> = { ...appendix.report.answers };
  for (const [n, row] of template.indicators.entries()) {
    if (n % 5 === 3) delete answers[row.id];
    if (n % 11 === 7) answers[row.id] = { ...STAMP, value: number(99_999) };
  }
  const report: Report = { ...emptyReport(campaign, 'u1'), ...appendix.report, answers };
  const marks = marksOf({ template, report, campaign });
  return {
    id,
    template,
    report,
    marks,
    sheets: reviewSheets({ template, report, campaign, unit }, { marks }),
  };
});

const template = shortForm();
const campaign = campaignOf(template, '2026-Q1');
const unit = { id: 'u1', name: 'UBND thị xã Ngã Năm', kind: 'thị xã' };
const reportOf = (answers: Readonly<Record<string, Value>>, more: Partial<Report> = {}): Report => ({
  ...emptyReport(campaign, 'u1'),
  answers: Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, { ...STAMP, value }])),
  ...more,
});
const sheetOf = (report: Report, marks: Readonly<Record<string, Mark>> = {}): Sheet => {
  const [sheet] = reviewSheets({ template, report, campaign, unit }, { marks });
  if (!sheet) throw new Error('there is no table');
  return sheet;
};
/** The blocks of the only picture; 0 is its head. */
const blocksOf = (sheet: Sheet) => planPictures([sheet], metrics, HIGHEST)[0]?.blocks ?? [];
const wordsOf = (lines: readonly Line[] | undefined): string[] =>
  (lines ?? []).map(({ text }) => text.replaceAll('\u00a0', ' '));

describe.each(documents)('The pictures of $id', ({ template: form, marks, report, sheets }) => {
  it('show every section in a table of its own, whole and in order', () => {
    expect(sheets).toHaveLength(partsOf(form).length);
    const keys = sheets.flatMap(({ rows }) => rows.flatMap(({ key }) => key ?? []));
    const printed = appendixSheets({ template: form, report, campaign, unit });
    expect(keys).toEqual(printed.flatMap(({ rows }) => rows.flatMap(({ key }) => key ?? [])));
  });

  it('mark what the checks found, and count what they show', () => {
    const rows = sheets.flatMap((sheet) => sheet.rows);
    expect(rows.filter(({ mark }) => mark)).toHaveLength(Object.keys(marks).length);
    expect(Object.keys(marks).length).toBeGreaterThan(3);
    const total = (kind: 'missing' | 'hard' | 'soft') =>
      sheets.reduce((sum, { review }) => sum + (review?.[kind] ?? 0), 0);
    expect(total('missing')).toBe(form.indicators.filter(({ id }) => !report.answers[id]?.value).length);
    expect(total('hard') + total('soft')).toBe(Object.keys(marks).length);
  });

  it('keep every text in its box and clear of the others, large enough for a phone', () => {
    for (const { height, blocks } of planPictures(sheets, metrics, HIGHEST)) {
      expect(height).toBeLessThanOrEqual(HIGHEST);
      for (const { lines, height: room } of blocks)
        for (const [n, line] of lines.entries()) {
          expect(textWidth(line.text, line.font, metrics)).toBeLessThanOrEqual(line.width);
          expect(line.left + line.width).toBeLessThanOrEqual(WIDTH);
          expect(line.top + lineHeight(line.font)).toBeLessThanOrEqual(room);
          expect(line.font.size).toBeGreaterThanOrEqual(30);
          expect(lines.slice(0, n).filter((other) => meet(line, other))).toEqual([]);
        }
    }
  });

  it('are drawn as PNG files that a chat takes', async () => {
    const drawn = await drawPictures(sheets);
    for (const bytes of drawn) {
      expect(bytes.byteLength).toBeLessThanOrEqual(1_000_000);
      expect((await loadImage(Buffer.from(bytes))).width).toBe(WIDTH);
    }
  });
});

const meet = (a: Line, b: Line): boolean =>
  a.left < b.left + b.width &&
  b.left < a.left + a.width &&
  a.top < b.top + lineHeight(b.font) &&
  b.top < a.top + lineHeight(a.font);

describe('A row in a picture for looking at a report', () => {
  const given = { 'de-ra': number(5), 'hoan-thanh': number(9) };

  it('says in grey italics that nothing was entered', () => {
    const blocks = blocksOf(sheetOf(reportOf(given)));
    const open = blocks.find(({ lines }) => wordsOf(lines).includes('Tỷ lệ'));
    expect(open?.lines.find(({ text }) => text === 'chưa nhập')).toMatchObject({
      ...{ colour: 'onNone', font: { face: 'italic' } },
    });
    expect(open?.fields.some(({ colour }) => colour === 'none')).toBe(true);
    expect(open?.edge).toBeUndefined();
  });

  it.each([
    ['hard', '× cần sửa', 'hard'],
    ['soft', '! nên xem lại', 'softEdge'],
  ] as const)('is marked with an edge, a sign and words: %s', (mark, words, edge) => {
    const blocks = blocksOf(sheetOf(reportOf(given), { 'de-ra': mark }));
    const marked = blocks.filter((block) => block.edge !== undefined);
    expect(marked).toHaveLength(1);
    expect(marked[0]?.edge).toBe(edge);
    expect(wordsOf(marked[0]?.lines)).toEqual(expect.arrayContaining(['Đề ra', '5', words]));
  });

  it('has its mark also where words take the place of a figure', () => {
    const text = 'Đơn vị chưa nhận được văn bản hướng dẫn nên chưa có số liệu để báo cáo trong kỳ này';
    const report = reportOf({ 'de-ra': { is: 'verbatim', text } });
    const [marked] = blocksOf(sheetOf(report, { 'de-ra': 'soft' })).filter((block) => block.edge);
    expect(wordsOf(marked?.lines)).toContain('! nên xem lại');
    expect(marked?.lines.some((line, n, all) => all.slice(0, n).some((other) => meet(line, other)))).toBe(
      false,
    );
  });

  it('is drawn in these colours', async () => {
    const sheet = sheetOf(reportOf(given), { 'de-ra': 'hard', 'hoan-thanh': 'soft' });
    const [bytes] = await drawPictures([sheet]);
    expect(await drawPictures([sheet])).toEqual([bytes]);
    const image = await loadImage(Buffer.from(bytes ?? []));
    const context = createCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(3, 0, 1, image.height);
    const seen = new Set<string>();
    for (let at = 0; at < data.length; at += 4)
      seen.add(`#${[0, 1, 2].map((n) => (data[at + n] ?? 0).toString(16).padStart(2, '0')).join('')}`);
    expect([...seen]).toEqual(expect.arrayContaining([COLOURS.hard, COLOURS.softEdge, COLOURS.paper]));
  });
});

describe('The head of such a picture', () => {
  it('names the unit and the period, and counts what there is to do', () => {
    const report = reportOf({ 'de-ra': number(5), 'hoan-thanh': number(9) });
    const [head] = blocksOf(sheetOf(report, { 'de-ra': 'hard', 'hoan-thanh': 'hard' }));
    const words = wordsOf(head?.lines);
    expect(words).toEqual(
      expect.arrayContaining(['UBND thị xã Ngã Năm · Quí I/2026', 'chưa nhập 2', '× cần sửa 2']),
    );
    expect(words.some((each) => each.includes('nên xem lại'))).toBe(false);
  });

  it('says when nothing is left', () => {
    const blank = Object.fromEntries(template.indicators.map(({ id }) => [id, { is: 'blank' } as const]));
    const [head] = blocksOf(sheetOf(reportOf(blank)));
    expect(wordsOf(head?.lines)).toContain('Đã nhập đủ, không có điểm cần xem lại.');
  });
});

describe('The rows that are marked', () => {
  const wrong = { 'de-ra': number(5), 'hoan-thanh': number(9) };
  const marks = (report: Report, before?: Parameters<typeof marksOf>[0]['before']) =>
    marksOf({ template, report, campaign, before });

  it('are those that contradict each other', () => {
    expect(marks(reportOf(wrong))).toEqual({ 'de-ra': 'hard', 'hoan-thanh': 'hard' });
    expect(marks(reportOf({ ...wrong, 'hoan-thanh': number(4) }))).toEqual({});
  });

  it('are no longer those that the coordinator let pass, until a figure changes', () => {
    const overrides = { 'trong-de-ra': { ...STAMP, text: 'Đúng theo kế hoạch bổ sung' } };
    const settled = reportOf(wrong, { overrides });
    expect(marks(settled)).toEqual({});
    const later = { ...STAMP, at: '2026-02-01T00:00:00.000Z', value: number(8) };
    expect(marks({ ...settled, answers: { ...settled.answers, 'hoan-thanh': later } })).toEqual({
      ...{ 'de-ra': 'hard', 'hoan-thanh': 'hard' },
    });
  });

  it('are also those that jumped since the period before, of the same unit only', () => {
    const now = reportOf({ 'de-ra': number(90) });
    const last = reportOf({ 'de-ra': number(10) });
    expect(marks(now)).toEqual({});
    expect(marks(now, { report: last, campaign })).toEqual({ 'de-ra': 'soft' });
    expect(marks(now, { report: { ...last, unit: 'u2' }, campaign })).toEqual({});
  });
});
