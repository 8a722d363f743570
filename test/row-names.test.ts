// How rows are called where space is short: in no form two rows by the same name, and by words that say where they stand.
import { describe, expect, it } from 'vitest';
import type { Row, Template } from '../src/domain/template.ts';
import { ownName } from '../src/text/row-names.ts';
import { allTemplates } from './support/world.ts';

const LENGTHS = [44, 48, 58, 66, 76];

const template = async (id: string): Promise<Template> => {
  const found = (await allTemplates()).find((each) => each.id === id);
  if (!found) throw new Error(`no template ${id}`);
  return found;
};

const named = (form: Template, id: string, max: number): string => {
  const row = form.byId.get(id);
  if (!row) throw new Error(`no row ${id}`);
  return ownName(form, row, max);
};

describe('The name of a row', () => {
  it('is that of no other row, whatever its length', async () => {
    for (const form of await allTemplates()) {
      for (const max of LENGTHS) {
        const names = form.rows.map((row) => ownName(form, row, max));
        expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
      }
    }
  });

  it('is about as long as asked for', async () => {
    for (const form of await allTemplates()) {
      for (const max of LENGTHS) {
        const longest = Math.max(...form.rows.map((row) => ownName(form, row, max).length));
        expect(longest).toBeLessThanOrEqual(Math.max(max, 50));
      }
    }
  });

  it('says under which heading a row stands when another heading has the same', async () => {
    const form = await template('ubnd-thi-xa-nga-nam');
    const sent = form.indicators.filter(({ label }) =>
      label.startsWith('- Số lượng văn bản được gửi hoàn toàn'),
    );
    expect(sent.map((row) => ownName(form, row, 58))).toEqual([
      'VII.4 (UBND cấp huyện) · Số lượng văn … trường điện tử)',
      'VII.4 (UBND cấp huyện) · Số lượng văn … văn bản giấy',
      'VII.4 (UBND cấp xã) · Số lượng văn bản … trường điện tử)',
      'VII.4 (UBND cấp xã) · Số lượng văn bản … với văn bản giấy',
    ]);
  });

  it('says what stands in the middle of a label when both its ends are those of another', async () => {
    const form = await template('so-cong-thuong-soc-trang');
    const alike = form.indicators.filter(({ label }) =>
      /^Số phòng ban chuyên môn trong .* trực thuộc/.test(label),
    );
    expect(alike.map((row) => ownName(form, row, 44))).toEqual([
      expect.stringContaining('(trong tổ chức hành chính)'),
      expect.stringContaining('(trong đơn vị sự nghiệp)'),
    ]);
  });

  it('says after which row it is printed when heading and label are those of another', async () => {
    const form = await template('ubnd-thi-xa-nga-nam');
    expect(named(form, 'tu-kiem-tra-trai-luat', 76)).toContain('II.2 (tự kiểm tra) · ');
    expect(named(form, 'kiem-tra-tq-trai-luat', 76)).toContain('II.2 (kiểm tra) · ');
  });

  it('says the place in the form when nothing else tells rows apart', () => {
    const base = {
      stt: '1',
      label: 'Số văn bản',
      unit: '',
      printedNote: '',
      level: 1,
      section: 's',
      table: 't',
    };
    const rows = Array.from({ length: 12 }, (_, n): Row => ({ ...base, row: 'group', id: `r${n}` }));
    const form = { rows, byId: new Map(rows.map((row) => [row.id, row])) } as unknown as Template;
    const names = rows.map((row) => ownName(form, row, 40));
    expect(new Set(names).size).toBe(12);
    expect(names[7]).toContain('dòng 8');
  });

  it('stays plain when it is the only one', async () => {
    const form = await template('ubnd-thi-xa-nga-nam');
    expect(named(form, 'nhiem-vu-hoan-thanh', 44)).toBe('I.1 · Số nhiệm vụ đã hoàn thành');
  });
});
