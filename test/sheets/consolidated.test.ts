// The consolidated workbook, read back and compared cell by cell with sums made from the answers by other means.
import { join } from 'node:path';
import { type Cell, readXlsx, type Sheet as Worksheet } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/domain/consolidate.ts';
import { partsOf } from '../../src/domain/progress.ts';
import type { Value } from '../../src/domain/report.ts';
import type { Indicator, Template } from '../../src/domain/template.ts';
import { levelAppendix } from '../../src/sheets/consolidated-level.ts';
import type { ConsolidationInput } from '../../src/sheets/consolidated-work.ts';
import { appendixSheets } from '../../src/sheets/layout.ts';
import { consolidatedWorkbook } from '../../src/sheets/xlsx-consolidated.ts';
import { loadTemplates } from '../../templates/load.ts';
import { answersOf, campaignOf, code, figure, formOf, row, sent, unsent } from '../domain/consolidation.ts';
import { computed } from './formula.ts';

const office = { id: 'snv', name: 'Sở Nội vụ', kind: 'sở' };
const inputOf = (template: Template, entries: readonly Entry[], more: Partial<ConsolidationInput> = {}) => ({
  ...{ template, office, entries, at: '2026-09-17T03:00:00.000Z', timezone: 'Asia/Ho_Chi_Minh' },
  campaign: campaignOf(
    template,
    entries.map(({ unit }) => unit.id),
  ),
  ...more,
});

async function reread(input: ConsolidationInput): Promise<readonly Worksheet[]> {
  return (await readXlsx(await consolidatedWorkbook(input), { readStyles: true })).sheets;
}

const cellAt = (sheet: Worksheet | undefined, row: number, col: number): Cell | undefined =>
  sheet?.cells?.get(`${row},${col}`);
const valueAt = (sheet: Worksheet | undefined, row: number, col: number): unknown =>
  sheet?.rows[row]?.[col] ?? null;
const wordsOf = (sheet: Worksheet | undefined): string =>
  (sheet?.rows ?? []).map((cells) => cells.filter((cell) => cell !== null).join(' | ')).join('\n');

/** Rows above those of the form, and columns before the units. */
const ABOVE = 3;
const BEFORE = 5;

/** Numbers that look random and are the same in every run. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** An answer such as an officer may give; every kind of nothing, and words, among them. */
function madeUp(row: Indicator, next: (below: number) => number): Value {
  const kind = next(20);
  if (kind === 0) return { is: 'blank' };
  if (kind === 1) return { is: 'notApplicable' };
  if (kind === 2) return { is: 'verbatim', text: next(2) === 0 ? '1' : '=1+1' };
  switch (row.type) {
    case 'choice':
      return code(row.choices[next(row.choices.length)]?.code ?? 0);
    case 'count':
      return figure(next(3) === 0 ? 0 : next(90_000));
    case 'percent':
    case 'decimal':
      return figure(next(10_001) / 100, 2);
    case 'text':
      return { is: 'text', text: '@nội dung' };
    case 'date':
      return { is: 'date', date: '2026-09-01' };
  }
}

const { templates } = await loadTemplates(join(import.meta.dirname, '../../templates'));

describe.each(templates.map((template) => [template.id, template] as const))(
  'the workbook of %s',
  (_, template) => {
    const next = numbersFrom(template.indicators.length);
    const UNITS = 24;
    const raw = Array.from({ length: UNITS }, () =>
      Object.fromEntries(template.indicators.map((each) => [each.id, madeUp(each, next)])),
    );
    const isAway = (n: number): boolean => n % 7 === 6;
    const entries = raw.map((values, n) =>
      isAway(n)
        ? unsent(`u${n}`, n % 2 === 0 ? 'inProgress' : 'returned', values)
        : {
            ...sent(`u${n}`, values, {
              status: n % 2 === 0 ? 'submitted' : 'accepted',
              version: template.version,
            }),
          },
    );
    const parts = partsOf(template);
    const written = reread(inputOf(template, entries));
    /** What the units that sent wrote in a row, in their order. */
    const valuesOf = (id: string) => raw.flatMap((values, n) => (isAway(n) ? [] : [values[id]]));
    const numbersOf = (id: string) =>
      valuesOf(id).map((value) => (value?.is === 'number' ? Math.round(value.number * 100) : undefined));

    /** The total by other means: hundredths as whole numbers, and codes by a table. */
    function expectedTotal(each: Indicator): unknown {
      if (each.type === 'choice')
        return each.choices
          .map(({ label, code: own }) => {
            const n = valuesOf(each.id).filter(
              (value) => value?.is === 'choice' && value.code === own,
            ).length;
            return `${label} (${own}): ${n}`;
          })
          .join(' · ');
      const rule = template.rules.find((one) => one.kind === 'ratio' && one.value === each.id);
      if (each.type === 'percent' && rule?.kind === 'ratio' && rule.lessNote === undefined) {
        const [part, whole] = [numbersOf(rule.part[0] ?? ''), numbersOf(rule.whole[0] ?? '')];
        expect([rule.part.length, rule.whole.length]).toEqual([1, 1]);
        const both = part.flatMap((one, n) => {
          const other = whole[n];
          return one === undefined || other === undefined ? [] : [[one, other] as const];
        });
        const [above, below] = [0, 1].map((side) => both.reduce((sum, pair) => sum + (pair[side] ?? 0), 0));
        return Number((((above ?? 0) / (below ?? 1)) * 100).toFixed(2));
      }
      if (each.type !== 'count' && each.type !== 'decimal') return '–';
      return numbersOf(each.id).reduce<number>((sum, one) => sum + (one ?? 0), 0) / 100;
    }

    it('has the rows of the form in printed order, each part on a sheet of its own', async () => {
      const [, ...sheets] = (await written).slice(0, -1);
      expect(sheets).toHaveLength(parts.length);
      const read = sheets.flatMap((sheet) =>
        sheet.rows.slice(ABOVE).map((cells) => [cells[0] ?? '', cells[1] ?? null]),
      );
      expect(read).toEqual(template.rows.map(({ stt, label }) => [stt, label]));
      const names = (await written).map(({ name }) => name.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
      expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(31);
    });

    it('has every unit’s answers in its column, and nothing of those who have not sent', async () => {
      const book = await written;
      parts.forEach((part, p) => {
        const sheet = book[p + 1];
        const rows = template.rows.filter(({ section }) => section === part.id);
        rows.forEach(({ id, row: kind }, r) => {
          raw.forEach((values, n) => {
            const value = kind === 'indicator' && !isAway(n) ? values[id] : undefined;
            const shown = valueAt(sheet, ABOVE + r, BEFORE + n);
            if (value?.is === 'number') expect(shown).toBe(value.number);
            else if (value?.is === 'choice') expect(shown).toBe(value.code);
            else expect(typeof shown).not.toBe('number');
            if (value?.is === 'verbatim') expect(shown).toBe(`“${value.text}”`);
            if (value === undefined || value.is === 'blank') expect(shown).toBeNull();
            expect(cellAt(sheet, ABOVE + r, BEFORE + n)?.formula).toBeUndefined();
          });
        });
        raw.forEach((_values, n) => {
          const head = valueAt(sheet, ABOVE - 1, BEFORE + n);
          expect(head).toBe(isAway(n) ? `Xã u${n} (chưa nộp)` : `Xã u${n}`);
        });
      });
    });

    it('has totals that agree with the answers, as formulas that compute what the file says', async () => {
      const book = await written;
      let formulas = 0;
      for (const [p, part] of parts.entries()) {
        const sheet = book[p + 1];
        const rows = template.rows.filter(({ section }) => section === part.id);
        for (const [r, each] of rows.entries()) {
          const [total, given] = [cellAt(sheet, ABOVE + r, 3), cellAt(sheet, ABOVE + r, 4)];
          if (each.row !== 'indicator' || !sheet) {
            expect([total?.value, given?.value]).toEqual([null, null]);
            continue;
          }
          const expected = expectedTotal(each);
          expect([each.id, total?.value]).toEqual([each.id, expected]);
          const own = each.type === 'choice' ? 'choice' : each.type === 'text' ? 'text' : 'number';
          expect(given?.value).toBe(valuesOf(each.id).filter((value) => value?.is === own).length);
          if (expected !== '–') {
            expect([each.id, computed(total?.formula ?? '', sheet, book)]).toEqual([each.id, expected]);
            formulas += 1;
          } else expect(total?.formula).toBeUndefined();
          if (given?.formula) expect(computed(given.formula, sheet, book)).toBe(given.value);
        }
      }
      expect(formulas).toBeGreaterThan(50);
    });

    it('lists first who has not sent, what is not added, and that it is provisional', async () => {
      const words = wordsOf((await written)[0]);
      const away = entries.filter((_entry, n) => isAway(n));
      expect(words).toContain(`TẠM TÍNH: ${UNITS - away.length}/${UNITS} đơn vị đã nộp`);
      expect(words).toContain(`Các đơn vị chưa nộp (${away.length})`);
      for (const { unit } of away) expect(words).toMatch(new RegExp(`\\| ${unit.name} \\|`));
      expect(words).not.toContain('| Xã u0 |');
      const leftOut = template.indicators.filter((each) => expectedTotal(each) === '–');
      expect(words).toContain(`Các chỉ tiêu không cộng (${leftOut.length})`);
    });

    it('fills the appendix of the office’s own level with the same totals', () => {
      const appendix = levelAppendix(inputOf(template, entries));
      for (const each of template.indicators) {
        const { value, note } = appendix.report.answers[each.id] ?? {};
        const expected = expectedTotal(each);
        if (typeof expected === 'number') expect(value).toMatchObject({ is: 'number', number: expected });
        else {
          expect(value).toEqual({ is: 'blank' });
          expect(note).toBeTruthy();
        }
      }
      const [sheet] = appendixSheets(appendix);
      expect(JSON.stringify(sheet)).toMatch(/Tạm tính: 21\/24 đơn vị/);
      expect(appendix.unit).toBe(office);
    });
  },
);

describe('a ratio', () => {
  it('is computed from parts on other sheets, of the units that have all of them', async () => {
    const form = formOf(
      [[row('r', 'percent', { unit: '%' })], [row('p1', 'decimal'), row('p2', 'count'), row('w', 'count')]],
      [{ id: 'ty-le', severity: 'hard', ratio: { value: 'r', part: ['p1', 'p2'], whole: 'w' } }],
    );
    const entries = [
      sent('1', { p1: figure(1.5, 1), p2: figure(2), w: figure(8) }),
      sent('2', { p1: figure(0.25, 2), p2: figure(1), w: figure(10) }),
      sent('3', { p1: { is: 'verbatim', text: '7' }, p2: figure(100), w: figure(100) }),
    ];
    const book = await reread(inputOf(form, entries));
    const total = cellAt(book[1], ABOVE + 1, 3);
    // 4,75 of 18.
    expect(total?.value).toBe(26.39);
    expect(total?.formula).toContain("'II Mục 2'!F5:H5");
    expect(book[1] && computed(total?.formula ?? '', book[1], book)).toBe(26.39);
    expect(total?.style?.numFmt).toBe('#,##0.00');
    expect(cellAt(book[2], ABOVE + 1, 3)).toMatchObject({ value: 1.75, formula: 'ROUND(SUM(F5:H5),2)' });
    expect(levelAppendix(inputOf(form, entries)).report.answers.r?.value).toEqual(figure(26.39, 2));
  });

  it('is an empty cell, no error, where the whole is 0', async () => {
    const form = formOf(
      [[row('p', 'count'), row('w', 'count'), row('r', 'percent')]],
      [{ id: 'ty-le', severity: 'hard', ratio: { value: 'r', part: 'p', whole: 'w' } }],
    );
    const book = await reread(inputOf(form, [sent('1', { p: figure(0), w: figure(0), r: figure(0) })]));
    const total = cellAt(book[1], ABOVE + 3, 3);
    expect(total?.value ?? '').toBe('');
    expect(book[1] && computed(total?.formula ?? '', book[1], book)).toBe('');
  });
});

describe('a sum', () => {
  const form = formOf([[row('a', 'count'), row('b', 'count', { notAdded: 'Chung một danh mục.' })]]);

  it('of nothing is empty, and becomes a number once a unit has one', async () => {
    const book = await reread(inputOf(form, [sent('1', { a: { is: 'notApplicable' } }), sent('2', {})]));
    const total = cellAt(book[1], ABOVE + 1, 3);
    expect(total?.value ?? '').toBe('');
    expect(book[1] && computed(total?.formula ?? '', book[1], book)).toBe('');
    expect(wordsOf(book[1])).toContain('1 đơn vị không áp dụng, 1 đơn vị chưa nhập');
    const sheet = { ...book[1], name: 'x', rows: (book[1]?.rows ?? []).map((cells) => [...cells]) };
    sheet.rows[ABOVE + 1]?.splice(BEFORE, 1, 4);
    expect(computed(total?.formula ?? '', sheet, book)).toBe(4);
  });

  it('that the form forbids says why', async () => {
    const book = await reread(inputOf(form, [sent('1', { a: figure(1), b: figure(9) })]));
    expect(valueAt(book[1], ABOVE + 2, 3)).toBe('–');
    expect(wordsOf(book[0])).toContain('Không cộng: Chung một danh mục.');
    expect(levelAppendix(inputOf(form, [sent('1', { b: figure(9) })])).report.answers.b).toMatchObject({
      ...{ value: { is: 'blank' }, note: 'Không cộng: Chung một danh mục.' },
    });
  });
});

describe('the workbook', () => {
  const form = formOf([
    [row('a', 'count'), row('c', 'choice', { unit: 'Có = 1; Không = 0' })],
    [row('n', 'text')],
  ]);

  it('is final once every report is accepted, and so is the appendix', async () => {
    const entries = [sent('1', { a: figure(1), c: code(1) }), sent('2', { a: figure(2), c: code(0) })];
    const book = await reread(inputOf(form, entries));
    expect(wordsOf(book[0])).toContain('Đã tiếp nhận báo cáo của tất cả 2 đơn vị');
    expect(book.map(wordsOf).join('\n')).not.toMatch(/tạm tính/i);
    const { report } = levelAppendix(inputOf(form, entries));
    expect(report.notes).toEqual({});
    const waiting = [...entries.slice(1), sent('1', { a: figure(1) }, { status: 'submitted' })];
    expect(levelAppendix(inputOf(form, waiting)).report.notes).toEqual({
      'muc-1': 'Tạm tính: 2/2 đơn vị đã nộp, 1/2 đã được tiếp nhận',
    });
    expect(report.answers.c?.note).toBe('Có: 1 đơn vị; Không: 1 đơn vị');
  });

  it('says of the appendix that it is not applicable where it is for every unit', () => {
    const entries = [sent('1', { a: { is: 'notApplicable' } }), sent('2', { a: { is: 'notApplicable' } })];
    expect(levelAppendix(inputOf(form, entries)).report.answers.a?.value).toEqual({ is: 'notApplicable' });
  });

  it('keeps its units in the order of the campaign', async () => {
    const entries = ['b', 'a', 'c'].map((id) => sent(id, { a: figure(1) }));
    const book = await reread(inputOf(form, entries, { campaign: campaignOf(form, ['c', 'b', 'a']) }));
    expect(book[1]?.rows[ABOVE - 1]?.slice(BEFORE, -1)).toEqual(['Xã c', 'Xã b', 'Xã a']);
  });

  it('keeps the header and the totals on the screen, and turns the names of many units', async () => {
    const many = Array.from({ length: 30 }, (_, n) => sent(`u${n}`, { a: figure(n) }));
    const [few, turned] = await Promise.all([
      reread(inputOf(form, many.slice(0, 4))),
      reread(inputOf(form, many)),
    ]);
    expect(turned[1]?.freezePane).toMatchObject({ rows: ABOVE, columns: 4 });
    expect(cellAt(turned[1], ABOVE - 1, BEFORE)?.style?.alignment?.textRotation).toBe(90);
    expect(cellAt(few[1], ABOVE - 1, BEFORE)?.style?.alignment?.textRotation ?? 0).toBe(0);
    expect(turned[1]?.columns?.[BEFORE]?.width).toBeLessThan(few[1]?.columns?.[BEFORE]?.width ?? 0);
    expect(cellAt(turned[1], ABOVE + 1, 3)?.formula).toBe('SUM(F5:AI5)');
  });

  it('never lets what people wrote become a formula', async () => {
    const bad = '=HYPERLINK("http://x","y")';
    const entries = [
      sent('1', { a: { is: 'verbatim', text: bad }, n: { is: 'text', text: '#REF!' } }, { name: '+84' }),
      unsent('2', 'inProgress'),
    ];
    const named = entries.map((entry, n) =>
      n === 1 ? { ...entry, unit: { ...entry.unit, name: '=1+1' } } : entry,
    );
    const book = await reread(inputOf(form, named, { office: { ...office, name: '@SUM(A1)' } }));
    const formulas = book.flatMap((sheet) =>
      [...(sheet.cells?.values() ?? [])].flatMap((cell) => cell.formula ?? []),
    );
    expect(formulas.every((each) => /^(?:SUM|COUNT|ROUND|IF)\(|^"/.test(each))).toBe(true);
    expect(valueAt(book[1], ABOVE + 1, BEFORE)).toBe(`“${bad}”`);
    expect(valueAt(book[2], ABOVE + 1, BEFORE)).toBe('#REF!');
    expect(cellAt(book[2], ABOVE + 1, BEFORE)?.type).toBe('richText');
    expect(valueAt(book[1], ABOVE - 1, BEFORE)).toBe('+84');
    expect(wordsOf(book[0])).toContain('| =1+1 |');
  });

  it('counts a code of an older form apart, and does not take words for a code', async () => {
    const entries = [
      ...[sent('1', { c: code(1) }), sent('2', { c: code(5) }, { version: 1 })],
      sent('3', { c: { is: 'verbatim', text: '1' }, cu: figure(3) }, { version: 1 }),
    ];
    const book = await reread(inputOf(form, entries));
    const total = cellAt(book[1], ABOVE + 2, 3);
    expect(total?.value).toBe('Có (1): 1 · Không (0): 0 · Mã khác: 1');
    expect(book[1] && computed(total?.formula ?? '', book[1], book)).toBe(total?.value);
    expect(wordsOf(book[0])).toContain('Xã 3 nộp theo phiên bản 1 của biểu; 1 số liệu không có trong biểu');
    expect(levelAppendix(inputOf(form, entries)).report.answers.c?.note).toBe(
      'Có: 1 đơn vị; mã khác: 1 đơn vị',
    );
  });

  it('warns of a unit whose superior takes part too', async () => {
    const entries = [
      sent('tinh', {}, { name: 'Sở Y tế' }),
      sent('xa', {}, { parent: 'tinh', name: 'Chi cục Dân số' }),
    ];
    expect(wordsOf((await reread(inputOf(form, entries)))[0])).toContain(
      'Sở Y tế là đơn vị cấp trên của 1 đơn vị cùng tham gia kỳ này (Chi cục Dân số)',
    );
  });

  it('lists odd figures on its last sheet, with what they are compared with', async () => {
    const entries = [10, 11, 12, 10, 11, 12, 10, 90].map((each, n) => sent(`u${n}`, { a: figure(each) }));
    const previous = { u7: answersOf({ a: figure(20) }), u0: answersOf({ a: figure(9) }) };
    const book = await reread(inputOf(form, entries, { previous }));
    const sheet = book.at(-1);
    expect(sheet?.name).toBe('Số liệu bất thường');
    expect(sheet?.rows[2]?.slice(0, 9)).toEqual([
      ...[1, 'Xã u7', 'I · Chỉ tiêu a', null, 90, 11, 53.29, 20, 4.5],
    ]);
    expect(sheet?.rows[2]?.[9]).toBe('Cao hơn hẳn các đơn vị khác; tăng quá 3 lần so với kỳ trước');
    expect(sheet?.rows).toHaveLength(3);
    expect(wordsOf((await reread(inputOf(form, entries.slice(0, 3)))).at(-1))).toContain(
      'Không có số liệu bất thường',
    );
  });

  it('can be made of a period in which nobody takes part or has sent', async () => {
    expect(wordsOf((await reread(inputOf(form, [])))[0])).toContain('0/0 đơn vị đã nộp');
    const book = await reread(inputOf(form, [unsent('1', 'notStarted')]));
    expect(valueAt(book[1], ABOVE - 1, BEFORE)).toBe('Xã 1 (chưa nộp)');
    expect(levelAppendix(inputOf(form, [])).report.answers.a?.value).toEqual({ is: 'blank' });
  });

  it('is the same to the byte for the same input', async () => {
    const entries = [sent('1', { a: figure(1) }), sent('2', { a: figure(2) }, { status: 'submitted' })];
    const first = await consolidatedWorkbook(inputOf(form, entries));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(Buffer.from(await consolidatedWorkbook(inputOf(form, entries))).equals(first)).toBe(true);
    const later = await consolidatedWorkbook(inputOf(form, entries, { at: '2026-09-18T03:00:00.000Z' }));
    expect(Buffer.from(later).equals(first)).toBe(false);
  });
});
