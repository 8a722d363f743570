// Working days and the file of public holidays.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { daysAfter, isWorkingDay, lastWorkingDay, previousWorkingDay } from '../src/domain/working-days.ts';
import { loadHolidays } from '../src/holidays.ts';

const ours = fileURLToPath(new URL('../src/holidays.yaml', import.meta.url));
const calendar = async () => (await loadHolidays(ours, '2026-09-01')).holidays;

async function faultsOf(text: string): Promise<string[]> {
  const path = join(await mkdtemp(join(tmpdir(), 'holidays-')), 'holidays.yaml');
  await writeFile(path, text);
  const { issues } = await loadHolidays(path, '2026-01-01');
  expect(issues.every(({ file }) => file === path)).toBe(true);
  return issues.map(({ line, message }) => `${line}: ${message}`);
}

describe('Working days', () => {
  it('leaves out weekends and public holidays, and counts a Saturday that is made up', async () => {
    const holidays = await calendar();
    const days = ['2026-09-04', '2026-09-05', '2026-09-06', '2026-09-02', '2026-08-31', '2026-08-22'];
    expect(days.map((day) => isWorkingDay(day, holidays))).toEqual([true, false, false, false, false, true]);
  });

  it('finds the last working day before a long holiday', async () => {
    const holidays = await calendar();
    expect(previousWorkingDay('2026-09-03', holidays)).toBe('2026-08-28');
    expect(previousWorkingDay('2026-02-23', holidays)).toBe('2026-02-13');
    expect(previousWorkingDay('2027-01-04', holidays)).toBe('2026-12-31');
    expect(lastWorkingDay('2026-08-23', holidays)).toBe('2026-08-22');
    expect(lastWorkingDay('2026-09-03', holidays)).toBe('2026-09-03');
  });

  it('knows only the fixed dates of a year that nobody entered', async () => {
    const holidays = await calendar();
    const days = ['2029-01-01', '2029-04-30', '2029-05-01', '2029-11-24', '2029-09-03', '2029-02-13'];
    expect(days.map((day) => isWorkingDay(day, holidays))).toEqual([false, false, false, false, true, true]);
  });

  it('counts days across months and years', () => {
    expect(daysAfter('2026-12-30', 3)).toBe('2027-01-02');
    expect(daysAfter('2028-03-01', -1)).toBe('2028-02-29');
  });
});

describe('The file of public holidays', () => {
  it('gives the office 11 or more days off in every year it has, each with its compensation', async () => {
    const { holidays, issues, warnings } = await loadHolidays(ours, '2026-12-20');
    expect(issues).toEqual([]);
    expect(warnings).toEqual([]);
    for (const year of ['2026', '2027']) {
      const { off = [], work = [] } = holidays[year] ?? {};
      expect(off.length - work.length).toBeGreaterThanOrEqual(11);
    }
  });

  it('tells the operator in time that a year is missing', async () => {
    const { warnings } = await loadHolidays(ours, '2027-12-01');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('2028');
  });

  it('names every fault with its line', async () => {
    const faults = await faultsOf(
      [
        '2026:',
        '  off:',
        '    - { day: 2026-02-30, name: Không có }',
        '    - { day: 2027-01-01, name: Năm khác }',
        '    - { day: 2026-05-01, name: Một }',
        '    - { day: 2026-05-01, name: Hai }',
        '  work:',
        '    - { day: 2026-05-05, name: Thứ Ba }',
      ].join('\n'),
    );
    expect(faults.map((each) => each.split(':')[0])).toEqual(['3', '4', '6', '8']);
    expect(faults[0]).toContain('"2026-02-30"');
    expect(faults[3]).toContain('không phải thứ Bảy');
  });

  it('says what a wrong shape should look like', async () => {
    expect(await faultsOf('2026:\n  off:\n    - { day: 2026-01-01, nam: Tết }\n')).toEqual([
      expect.stringMatching(/^3: .*name/),
      expect.stringMatching(/^3: .*"nam"/),
    ]);
    expect(await faultsOf('2026:\n  off: 2026-01-01\n')).toEqual([
      expect.stringMatching(/^2: Phải là danh sách/),
    ]);
    expect(await faultsOf('- 2026\n')).toEqual([expect.stringMatching(/^1: Tệp gồm các năm/)]);
    expect(await faultsOf('tết:\n  off: []\n')).toEqual([expect.stringMatching(/^1: .*năm gồm 4 chữ số/)]);
    expect(await faultsOf('2026:\n  off: [\n')).toEqual([expect.stringMatching(/^\d+: Không đọc được/)]);
  });

  it('is not taken for empty when it cannot be read', async () => {
    const { issues } = await loadHolidays('/nowhere/holidays.yaml', '2026-01-01');
    expect(issues).toEqual([expect.objectContaining({ message: expect.stringContaining('ENOENT') })]);
  });
});
