// Days, hours, reminder plans and names of periods as people write them.
import { describe, expect, it } from 'vitest';
import { USUAL_PLAN } from '../../src/domain/campaign.ts';
import { periodCode, usualWindow } from '../../src/domain/period.ts';
import { readMoment } from '../../src/domain/read-moment.ts';
import { readPeriod, suggestedPeriods } from '../../src/domain/read-period.ts';
import { readPlan } from '../../src/domain/read-plan.ts';

const TODAY = '2026-11-20';

describe('A moment', () => {
  it.each([
    ['16/12', '2026-12-16', undefined],
    ['16-12', '2026-12-16', undefined],
    ['16.12.2026', '2026-12-16', undefined],
    ['16/12/26', '2026-12-16', undefined],
    ['2026-12-16', '2026-12-16', undefined],
    ['2026-12-16T16:00', '2026-12-16', '16:00'],
    ['16h ngày 16/12', '2026-12-16', '16:00'],
    ['16 giờ 30 ngày 16/12/2026', '2026-12-16', '16:30'],
    ['16:00 16/12', '2026-12-16', '16:00'],
    ['16/12 16h30', '2026-12-16', '16:30'],
    ['16h30 16/12', '2026-12-16', '16:30'],
    ['Trước 16g ngày 16/12', '2026-12-16', '16:00'],
    ['ngày 16 tháng 12 năm 2026 lúc 16 giờ', '2026-12-16', '16:00'],
    ['ngày 5 tháng 1, 8h sáng', '2027-01-05', '08:00'],
    ['4 giờ chiều ngày 16/12', '2026-12-16', '16:00'],
    ['24h ngày 16/12', '2026-12-16', '23:59'],
    ['hết ngày 16/12', '2026-12-16', undefined],
    ['thứ tư, 16/12', '2026-12-16', undefined],
    ['16h thứ 4 ngày 16/12/2026', '2026-12-16', '16:00'],
    ['chủ nhật 20/12', '2026-12-20', undefined],
    ['thứ năm ngày 17 tháng 12 năm 2026', '2026-12-17', undefined],
  ])('“%s” is read', (text, day, time) => {
    expect(readMoment(text, TODAY)).toEqual(time === undefined ? { day } : { day, time });
  });

  it.each([
    ['5/1', '2027-01-05'],
    ['30/9', '2026-09-30'],
    ['29/2', '2028-02-29'],
  ])('without a year “%s” is the nearest such day', (text, day) => {
    const today = text === '29/2' ? '2027-11-20' : TODAY;
    expect(readMoment(text, today)?.day).toBe(day);
  });

  it.each([
    ...['', '16h', '31/2', '32/12', '16/13', '25h 16/12', '16h75 16/12', '16/12 17/12', 'thứ sáu tuần này'],
    ...['16/12 chắc vậy', '16/12/126', '16/12/20260', '3 16/12', '14h sáng 16/12x', '16:00:16/12'],
    ...['thứ năm 16/12', 'chủ nhật'],
  ])('“%s” is not guessed at', (text) => {
    expect(readMoment(text, TODAY)).toBeUndefined();
  });
});

describe('A reminder plan', () => {
  it.each([
    ['7, 3, 1, 0 lúc 8:00', USUAL_PLAN],
    ['7,3,1,0@08:00', USUAL_PLAN],
    ['mặc định', USUAL_PLAN],
    ['không nhắc', { before: [], at: '08:00', overdue: false, escalate: 0 }],
    ['3 ngày, 1 ngày lúc 7:30; báo trước 4 giờ', { before: [3, 1], at: '07:30', overdue: true, escalate: 4 }],
    ['1 và 5 ngày', { before: [5, 1], at: '08:00', overdue: true, escalate: 4 }],
    ['chỉ nhắc trong ngày hạn', { before: [0], at: '08:00', overdue: true, escalate: 4 }],
    ['trước 2 ngày, ngày hạn lúc 14h', { before: [2, 0], at: '14:00', overdue: true, escalate: 4 }],
    [
      '3, 1; quá hạn không nhắc; không báo trước',
      { before: [3, 1], at: '08:00', overdue: false, escalate: 0 },
    ],
    ['báo trước 24 giờ', { ...USUAL_PLAN, escalate: 24 }],
  ])('“%s” is read', (text, plan) => {
    expect(readPlan(text)).toEqual(plan);
  });

  it.each([
    '',
    ';',
    '3, 3',
    '90',
    '3 lúc 2h',
    '3 lúc 21:00',
    'thường xuyên',
    '3,1 lúc',
    '-3',
    '3; hay quên',
    'báo trước 200 giờ',
  ])('“%s” is not guessed at', (text) => {
    expect(readPlan(text)).toBeUndefined();
  });
});

describe('The name of a period', () => {
  it.each([
    ['quý 3/2026', '2026-Q3'],
    ['Quý III năm 2026', '2026-Q3'],
    ['quí iii 2026', '2026-Q3'],
    ['Q1 2027', '2027-Q1'],
    ['quý 1', '2027-Q1'],
    ['quý 3', '2026-Q3'],
    ['6 tháng 2026', '2026-6T'],
    ['6 tháng đầu năm 2026', '2026-6T'],
    ['9 tháng', '2026-9T'],
    ['tháng 11', '2026-T11'],
    ['tháng 11/2026', '2026-T11'],
    ['tháng 1', '2027-T01'],
    ['năm 2026', '2026-N'],
    ['cả năm 2025', '2025-N'],
    ['2026', '2026-N'],
    ['2026-9T', '2026-9T'],
    ['kỳ báo cáo năm 2026', '2026-N'],
    ['quý II/2026', '2026-Q2'],
    ['quý tư 2026', '2026-Q4'],
  ])('“%s” is %s', (text, code) => {
    const read = readPeriod(text, TODAY);
    expect(read && periodCode(read)).toBe(code);
  });

  it.each(['', 'quý 5', 'tháng 13', '3 tháng', 'năm 1999', 'tuần 3', 'quý 3 và quý 4 2026', 'abc 2026'])(
    '“%s” is none',
    (text) => {
      expect(readPeriod(text, TODAY)).toBeUndefined();
    },
  );

  it('is proposed when its time comes', () => {
    const codes = (today: string) => suggestedPeriods(today).map(periodCode);
    expect(codes(TODAY)).toEqual(['2026-N', '2027-Q1', '2026-Q3', '2026-9T', '2026-T12', '2026-T11']);
    expect(codes('2027-01-05')).toEqual(['2027-Q1', '2027-6T', '2026-N', '2027-T01', '2026-T12']);
    expect(codes('2026-06-14').slice(0, 3)).toEqual(['2026-6T', '2026-Q3', '2026-9T']);
  });

  it('has the national window', () => {
    const windows = ['2026-Q1', '2026-6T', '2026-Q3', '2026-9T', '2026-N', '2026-T01', '2026-T11'].map(
      (code) => {
        const period = readPeriod(code, TODAY);
        if (!period) throw new Error(code);
        const { from, to } = usualWindow(period);
        return `${from} ${to}`;
      },
    );
    expect(windows).toEqual([
      '2025-12-15 2026-03-14',
      '2025-12-15 2026-06-14',
      '2026-06-15 2026-09-14',
      '2025-12-15 2026-09-14',
      '2025-12-15 2026-12-14',
      '2025-12-15 2026-01-14',
      '2026-10-15 2026-11-14',
    ]);
  });
});
