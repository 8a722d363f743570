// What is printed in which cell, before any file is made of it.
import { describe, expect, it } from 'vitest';
import type { Answer, Report, Value } from '../../src/domain/report.ts';
import { cellText } from '../../src/sheets/cell-text.ts';
import { type Appendix, appendixSheets, type Sheet, type SheetCell } from '../../src/sheets/layout.ts';
import { codeLines } from '../../src/sheets/unit-codes.ts';
import { campaignOf, filledDocuments, STAMP, shortForm } from './documents.ts';

const template = shortForm();
const answer = (value: Value, note?: string): Answer => ({ ...STAMP, value, ...(note && { note }) });
const number = (figure: number, decimals = 0): Value => ({ is: 'number', number: figure, decimals });
const said = (text: string, at = STAMP.at) => ({ ...STAMP, at, text });

function printed(report: Partial<Report> = {}, more: Partial<Appendix> = {}): Sheet {
  const [sheet] = appendixSheets({
    template,
    report: { answers: {}, notes: {}, explanations: {}, overrides: {}, ...report },
    unit: { id: 'u1', name: 'Phường Ngã Năm', kind: 'phường' },
    campaign: campaignOf(template, '2026-Q1'),
    ...more,
  });
  if (!sheet) throw new Error('no table');
  return sheet;
}

/** The cell of a row in a column of the short form: stt, label, value, unit, note. */
function cell(sheet: Sheet, row: string, col: number): SheetCell | undefined {
  return sheet.rows[template.rows.findIndex(({ id }) => id === row)]?.cells[col];
}
const value = (sheet: Sheet, row: string) => cell(sheet, row, 2);
function note(sheet: Sheet, row: string): string {
  const found = cell(sheet, row, 4);
  return found?.kind === 'text' ? found.text : '';
}

/** With every blank as short as a space. */
const closed = (text: string): string => text.replace(/\s+/g, ' ');

describe('the lines above a table', () => {
  it('name unit, period in the form’s own words, and year', () => {
    expect(printed().title.map((line) => ({ ...line, text: closed(line.text) }))).toEqual([
      { text: 'Phụ lục 1', style: 'heading' },
      { text: 'QUÍ I/2026 CỦA PHƯỜNG NGÃ NĂM', style: 'title' },
      { text: '(Báo cáo số /BC tháng 3 năm 2026 của Phường Ngã Năm, mẫu {khac})', style: 'attached' },
    ]);
  });

  it('leave room to write the report’s number and the day by hand', async () => {
    expect(printed().title[2]?.text).toMatch(/^\(Báo cáo số\u00a0{5,}\/BC tháng 3/);
    const attached = (await filledDocuments()).flatMap(({ appendix }) =>
      appendixSheets(appendix).flatMap(({ title }) => title.filter(({ style }) => style === 'attached')),
    );
    expect(attached.map(({ text }) => text.replaceAll('\u00a0', '.').replace(/\.{5,}/g, '…'))).toEqual([
      '(Kèm theo Báo cáo số:…/BC-SNgV ngày…/6/2023 của Sở Ngoại vụ)',
      '(Kèm theo Báo cáo số…/BC-STC ngày… tháng 12 năm 2021 của Sở Tài chính tỉnh Sóc Trăng)',
      '(Kèm theo Báo cáo số…/BC-UBND ngày…/…/2022 của UBND thị xã Ngã Năm) ra',
    ]);
  });

  it('write the month of the cut-off, January and February with a zero in front', () => {
    const month = (cutoff: string) =>
      printed({}, { campaign: { ...campaignOf(template, '2026-Q1'), cutoff } }).title[2]?.text;
    expect(month('2026-02-28')).toContain('tháng 02 năm');
    expect(month('2026-09-14')).toContain('tháng 9 năm');
    expect(month('2026-12-14')).toContain('tháng 12 năm');
  });

  it('print a unit’s name as it is, whatever is in it', () => {
    const unit = { id: 'u1', name: 'Phường $& {year}', kind: 'phường' };
    expect(printed({}, { unit }).title[2]?.text).toContain('của Phường $& {year}, mẫu');
  });

  it('are those of the real forms', async () => {
    const titles = Object.fromEntries(
      (await filledDocuments()).map(({ id, appendix }) => [
        id,
        appendixSheets(appendix).map((sheet) => sheet.title.map(({ text }) => closed(text))),
      ]),
    );
    expect(titles['ubnd-thi-xa-nga-nam']).toEqual([
      [
        'Phụ lục',
        'THỐNG KÊ SỐ LIỆU BÁO CÁO CẢI CÁCH HÀNH CHÍNH ĐỊNH KỲ',
        'QUÝ III NĂM 2022 CỦA UBND THỊ XÃ NGÃ NĂM',
        '(Kèm theo Báo cáo số /BC-UBND ngày / /2022 của UBND thị xã Ngã Năm) ra',
      ],
    ]);
    expect(titles['so-cong-thuong-ha-nam']).toEqual([
      ['Phụ lục I', 'KẾT QUẢ THỰC HIỆN CÔNG TÁC CẢI CÁCH HÀNH CHÍNH 6 THÁNG ĐẦU NĂM 2024'],
      ['Biểu mẫu 3', 'CẢI CÁCH THỦ TỤC HÀNH CHÍNH'],
    ]);
    expect(titles['so-cong-thuong-soc-trang']?.[0]?.at(-1)).toBe('QUÍ I/2023');
  });
});

describe('the header', () => {
  it('puts every cell on the grid, below and beside cells that span', () => {
    const { header, tiers } = printed();
    expect(tiers).toBe(2);
    expect(header.map(({ text, row, col, across, down }) => [text, row, col, across, down])).toEqual([
      ['STT', 0, 0, 1, 2],
      ['Chỉ tiêu', 0, 1, 1, 2],
      ['Kết quả', 0, 2, 2, 1],
      ['Ghi chú', 0, 4, 1, 2],
      ['Số liệu', 1, 2, 1, 1],
      ['Đơn vị tính', 1, 3, 1, 1],
    ]);
  });
});

describe('the rows', () => {
  it('keep the order of rows and columns of the form, sections in bold', () => {
    const sheet = printed();
    expect(sheet.rows.map(({ kind }) => kind)).toEqual([
      'section',
      'group',
      'indicator',
      'indicator',
      'indicator',
      'indicator',
    ]);
    expect(cell(sheet, 'chi-dao', 1)).toEqual({ kind: 'text', text: 'Chỉ đạo', bold: true, align: 'left' });
    expect(cell(sheet, 'chi-dao', 0)).toEqual({ kind: 'text', text: 'I', bold: true, align: 'center' });
    expect(cell(sheet, 'ke-hoach', 1)).toMatchObject({ text: 'Kế hoạch', bold: false });
    expect(cell(sheet, 'ty-le', 3)).toMatchObject({ text: '%' });
    expect(cell(sheet, 'de-ra', 0)).toEqual({ kind: 'empty', bold: false, align: 'center' });
  });

  it('hold figures as numbers with the decimals given, and words as words', () => {
    const sheet = printed({
      answers: {
        'de-ra': answer(number(0)),
        'hoan-thanh': answer({ is: 'verbatim', text: 'Chưa phát sinh' }),
        'ty-le': answer(number(99.98, 2)),
        'kiem-tra': answer({ is: 'choice', code: 1 }),
      },
    });
    expect(value(sheet, 'de-ra')).toEqual({
      kind: 'number',
      number: 0,
      decimals: 0,
      bold: false,
      align: 'right',
    });
    expect(value(sheet, 'hoan-thanh')).toMatchObject({ kind: 'text', text: 'Chưa phát sinh', align: 'left' });
    expect(value(sheet, 'ty-le')).toMatchObject({ kind: 'number', number: 99.98, decimals: 2 });
    expect(value(sheet, 'kiem-tra')).toMatchObject({ kind: 'number', number: 1, decimals: 0 });
  });

  it.each([
    [undefined, 'missing'],
    [{ is: 'blank' }, 'blank'],
    [{ is: 'notApplicable' }, 'notApplicable'],
    [{ is: 'pending' }, 'pending'],
    [{ is: 'text', text: '' }, 'blank'],
  ] as const)('leave the figure cell empty for %o, and know why', (empty, reason) => {
    const answers = empty ? { 'de-ra': answer(empty) } : {};
    const cell = { kind: 'empty', bold: false, align: 'right' };
    expect(value(printed({ answers }), 'de-ra')).toEqual({ ...cell, reason });
    expect(value(printed({ answers }), 'ke-hoach')).toEqual(cell);
  });

  it('show a percentage with its mark where no unit says so', async () => {
    const marked = (await filledDocuments()).flatMap(({ id, appendix }) =>
      appendixSheets(appendix).flatMap(({ rows }, n) =>
        rows.flatMap(({ cells }, r) =>
          cells.flatMap((cell) =>
            cell.kind === 'number' && cell.suffix
              ? [[id, appendix.template.tables[n]?.rows[r]?.stt, cell.number, cellText(cell)]]
              : [],
          ),
        ),
      ),
    );
    expect(marked).toEqual([['so-ngoai-vu', '7.4.', 63.1, '63,1%']]);
  });

  it('put every code of a choice on a line of its own', () => {
    const code = (sign: string) => sign.replaceAll(' ', '\u00a0');
    expect(cell(printed(), 'kiem-tra', 3)).toMatchObject({
      text: 'Có = 1; Không = 0',
      printed: code('Có = 1;\nKhông = 0'),
    });
    expect(codeLines('Có = 1Không = 0')).toBe(code('Có = 1\nKhông = 0'));
    expect(codeLines('Trực tuyến = 0 Phát phiếu = 1')).toBe(
      'Trực tuyến\u00a0=\u00a00\nPhát phiếu\u00a0=\u00a01',
    );
    expect(codeLines('2 cấp = 1 3 cấp = 2').split('\n')).toHaveLength(2);
    expect(codeLines('Có=1, Không=0')).toBe('Có=1,\nKhông=0');
  });
});

describe('the note of a row', () => {
  it('is what the form prints, then Không áp dụng, then the officer’s words', () => {
    const sheet = printed({
      answers: {
        'hoan-thanh': answer({ is: 'notApplicable' }, 'không có UBND cấp huyện'),
        'ty-le': answer({ is: 'notApplicable' }),
        'de-ra': answer({ is: 'blank' }, 'chờ phê duyệt'),
      },
      notes: { 'ke-hoach': 'Kế hoạch số 05', 'chi-dao': 'tính đến 14/9' },
    });
    expect(note(sheet, 'hoan-thanh')).toBe('(lũy kế); Không áp dụng; không có UBND cấp huyện');
    expect(note(sheet, 'ty-le')).toBe('Không áp dụng');
    expect(note(sheet, 'de-ra')).toBe('chờ phê duyệt');
    expect(note(sheet, 'ke-hoach')).toBe('(nếu có); Kế hoạch số 05');
    expect(cell(sheet, 'chi-dao', 4)).toMatchObject({ text: 'tính đến 14/9', bold: false });
    expect(note(sheet, 'kiem-tra')).toBe('');
  });

  it('ends with the giải trình of a rule, at the first figure that the rule reads', () => {
    const sheet = printed({
      answers: { 'hoan-thanh': answer(number(26), 'có ghi chú'), 'de-ra': answer(number(23)) },
      overrides: { 'trong-de-ra': said('Gồm nhiệm vụ năm trước') },
    });
    expect(note(sheet, 'hoan-thanh')).toBe('(lũy kế); có ghi chú; Giải trình: Gồm nhiệm vụ năm trước');
    expect(note(sheet, 'de-ra')).toBe('');
  });

  it('ends with the giải trình of a check on the row itself, oldest first, and equal words once', () => {
    const sheet = printed({
      answers: { 'de-ra': answer(number(90)) },
      explanations: {
        'outOfRange:de-ra': said('thứ hai', '2026-01-04T00:00:00.000Z'),
        'jump:de-ra': said('thứ nhất', '2026-01-03T00:00:00.000Z'),
        'pending:de-ra': said('thứ hai', '2026-01-05T00:00:00.000Z'),
      },
    });
    expect(note(sheet, 'de-ra')).toBe('Giải trình: thứ nhất; Giải trình: thứ hai');
  });

  it('says nothing for a finding that was only confirmed, or that no longer exists in the form', () => {
    const explanations = { 'jump:de-ra': said(' '), 'trong-de-ra': said(''), 'quy-tac-cu': said('Lý do cũ') };
    const sheet = printed({ answers: { 'de-ra': answer(number(90)) }, explanations });
    expect(template.rows.map(({ id }) => note(sheet, id))).toEqual(['', '(nếu có)', '', '(lũy kế)', '', '']);
  });

  it('forgets a giải trình for figures that were changed afterwards', () => {
    const report = (at: string) => ({
      answers: { 'hoan-thanh': answer(number(26)), 'de-ra': { ...answer(number(30)), at } },
      explanations: { 'trong-de-ra': said('Gồm nhiệm vụ năm trước') },
    });
    expect(note(printed(report(STAMP.at)), 'hoan-thanh')).toContain('Giải trình');
    expect(note(printed(report('2026-01-02T03:04:06.000Z')), 'hoan-thanh')).toBe('(lũy kế)');
  });
});
