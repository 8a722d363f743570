// What must hold for every text and every value, whichever the type.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/domain/report.ts';
import type { Indicator } from '../../src/domain/template.ts';
import { clean } from '../../src/domain/words.ts';
import { example, formatValue, readAnswer, toCell } from '../../src/indicators/index.ts';
import {
  CONDUCT,
  COUNT,
  context,
  DATE,
  DECIMAL,
  LEVELS,
  PERCENT,
  row,
  SURVEY,
  TEXT,
  YES_NO,
} from './rows.ts';

const ROWS = { COUNT, PERCENT, DECIMAL, YES_NO, SURVEY, CONDUCT, LEVELS, DATE, TEXT };
const all: Indicator[] = Object.values(ROWS);
const numberOf = (figure: number, decimals: number): Value => ({ is: 'number', number: figure, decimals });

/** Texts made of what officers type, so that the readers are reached and not only refused. */
const piece = fc.constantFrom(
  ...'0 1 2 5 7 12 971 2023 . , ; : - – / % ( ) + = e x k tr l O ? \n ‘ \u200b \u0301 １ ② 🙂'.split(' '),
  ...'không|chưa|có|số liệu|mật|hai|mươi|mốt|lăm|trăm|linh|nghìn|triệu|rưỡi|khoảng|từ|đến|trên|hồ sơ|ngày|tháng|năm|trống|giữ nguyên|%|tăng| '.split(
    '|',
  ),
);
const typed = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(piece).map((pieces) => pieces.join('')),
  fc.array(piece).map((pieces) => pieces.join(' ')),
);

describe('reading any text', () => {
  it('never throws, and every figure it brings back is finite and not below zero', () => {
    fc.assert(
      fc.property(typed, fc.constantFrom(...all), (text, indicator) => {
        const reading = readAnswer(text, indicator, {
          ...context,
          previous: numberOf(3, 0),
          peers: [{ figure: 8, total: true }],
        });
        const values =
          reading.is === 'ask'
            ? reading.readings.map((one) => one.value)
            : reading.is === 'reject'
              ? []
              : [reading.value];
        for (const value of values)
          if (value.is === 'number') expect(value.number >= 0 && value.number <= 1e15).toBe(true);
      }),
      { numRuns: 4000 },
    );
  });

  it('accepts only what reads the same when it is shown and typed again', () => {
    fc.assert(
      fc.property(typed, fc.constantFrom(COUNT, PERCENT, YES_NO, LEVELS, DATE), (text, indicator) => {
        const reading = readAnswer(text, indicator, context);
        if (reading.is !== 'accept') return;
        expect(readAnswer(formatValue(reading.value, indicator), indicator, context)).toMatchObject({
          is: 'accept',
          value: reading.value,
        });
      }),
      { numRuns: 3000 },
    );
  });

  it.each(Object.entries(ROWS))('answers at once for very long texts: %s', (_, indicator) => {
    const start = performance.now();
    for (const text of [
      '9'.repeat(1e6),
      ' '.repeat(1e6),
      '9 '.repeat(9999),
      '1.'.repeat(9999),
      ' - '.repeat(6666),
      'một '.repeat(4999),
      `${' '.repeat(19_990)}a; b`,
    ])
      expect(readAnswer(text, indicator, context).is).not.toBe('');
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it.each(['count', 'percent', 'decimal', 'choice', 'date', 'text'] as const)(
    'refuses a megabyte of digits in a %s row',
    (type) =>
      expect(readAnswer('9'.repeat(1e6), row(type), context)).toEqual({ is: 'reject', why: 'tooBig' }),
  );

  it('reads decomposed letters like composed ones', () => {
    for (const text of ['hai mươi mốt', 'không áp dụng', 'chưa có số liệu', 'Phát phiếu'])
      for (const indicator of [COUNT, PERCENT, SURVEY])
        expect(readAnswer(text.normalize('NFD'), indicator, context)).toEqual(
          readAnswer(text, indicator, context),
        );
  });
});

describe('a value shown and typed again', () => {
  const same = (value: Value, indicator: Indicator): void => {
    expect(readAnswer(formatValue(value, indicator), indicator, context)).toEqual({ is: 'accept', value });
  };
  const decimals = (most: number) =>
    fc
      .tuple(fc.nat(most * 100), fc.constantFrom(0, 1, 2))
      .map(([cents, places]) => numberOf(Number((cents / 100).toFixed(places)), places));

  it('is the same count', () =>
    fc.assert(fc.property(fc.nat(2 ** 31 - 1), (figure) => same(numberOf(figure, 0), COUNT))));
  it('is the same percentage', () =>
    fc.assert(
      fc.property(
        decimals(100).filter((value) => value.is === 'number' && (value.number === 0 || value.number >= 1)),
        (value) => {
          same(value, PERCENT);
          same(value, row('percent', ''));
        },
      ),
    ));
  it('is the same figure with decimals', () =>
    fc.assert(
      fc.property(
        decimals(1e7).filter((value) => value.is === 'number' && (value.decimals > 0 || value.number < 1000)),
        (value) => same(value, DECIMAL),
      ),
    ));
  it('is the same choice', () => {
    for (const indicator of [YES_NO, SURVEY, CONDUCT, LEVELS])
      for (const one of indicator.choices) same({ is: 'choice', code: one.code }, indicator);
  });
  it('is the same date', () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }),
        (day) => same({ is: 'date', date: day.toISOString().slice(0, 10) }, DATE),
      ),
    ));
  it('is the same text', () =>
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'grapheme', maxLength: 300 })
          .filter((text) => clean(text) === text && text.length > 3),
        (text) => same({ is: 'text', text }, TEXT),
      ),
    ));
  it('is blank or not applicable in every type', () => {
    for (const indicator of all)
      for (const is of ['blank', 'notApplicable'] as const) same({ is }, indicator);
  });
});

describe('a note', () => {
  const note = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .map(clean)
    .filter((text) => /^[\p{L}\p{N}]/u.test(text));
  const separator = fc.constantFrom(';', ' ; ', '\n', '; ');
  it('is never lost, whatever the value before it', () => {
    const values = fc.constantFrom(
      '12',
      '5.97',
      'khoảng 20',
      'hai mươi',
      '1/2',
      '-',
      'chưa',
      'x',
      '30/6/2023',
      'có',
      '',
    );
    fc.assert(
      fc.property(
        values,
        separator,
        note,
        fc.constantFrom(...all.filter((one) => one.type !== 'text')),
        (value, between, words, indicator) => {
          expect(readAnswer(`${value}${between}${words}`, indicator, context).note ?? '').toContain(
            value === '' && between === '\n' ? '' : words,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('showing values', () => {
  it.each([
    [numberOf(5971, 0), COUNT, '5.971'],
    [numberOf(1234567, 0), COUNT, '1.234.567'],
    [numberOf(99.98, 2), PERCENT, '99,98'],
    [numberOf(63.1, 1), row('percent', ''), '63,1 %'],
    [numberOf(1234.5, 2), DECIMAL, '1.234,50'],
    [{ is: 'choice', code: 1 }, YES_NO, '1 – Có'],
    [{ is: 'choice', code: 9 }, YES_NO, '9'],
    [{ is: 'date', date: '2022-03-02' }, DATE, '02/03/2022'],
    [{ is: 'text', text: 'đang làm' }, TEXT, 'đang làm'],
    [{ is: 'verbatim', text: 'qua Idesk' }, COUNT, 'qua Idesk'],
    [{ is: 'blank' }, COUNT, 'để trống'],
    [{ is: 'notApplicable' }, PERCENT, 'không áp dụng'],
    [{ is: 'pending' }, YES_NO, 'chưa có số liệu'],
  ] as [Value, Indicator, string][])('case %#', (value, indicator, expected) =>
    expect(formatValue(value, indicator)).toBe(expected),
  );
});

describe('spreadsheet cells', () => {
  it.each([
    [numberOf(5971, 0), COUNT, { number: 5971, decimals: 0 }],
    [numberOf(99.983, 3), PERCENT, { number: 99.983, decimals: 2 }],
    [{ is: 'choice', code: 0 }, YES_NO, { number: 0, decimals: 0 }],
    [{ is: 'date', date: '2022-03-02' }, DATE, { text: '02/03/2022' }],
    [{ is: 'text', text: 'đang làm' }, TEXT, { text: 'đang làm' }],
    [{ is: 'verbatim', text: 'qua Idesk' }, PERCENT, { text: 'qua Idesk' }],
    [{ is: 'blank' }, COUNT, undefined],
    [{ is: 'notApplicable' }, PERCENT, undefined],
    [{ is: 'pending' }, DATE, undefined],
  ] as [Value, Indicator, unknown][])('case %#', (value, indicator, expected) =>
    expect(toCell(value, indicator)).toEqual(expected),
  );
});

describe('the example of a type', () => {
  it.each(Object.entries(ROWS))('is accepted when typed: %s', (_, indicator) =>
    expect(readAnswer(example(indicator), indicator, context).is).toBe('accept'),
  );
});
