// How typed percentages and figures with decimals are read.
import { describe, expect, it } from 'vitest';
import { context, DECIMAL, PERCENT, read, row } from './rows.ts';

describe('a percentage', () => {
  it.each([
    ['99,98', 'accept 99.98'],
    ['99.98', 'accept 99.98'],
    ['63,1%', 'accept 63.1'],
    ['100 phần trăm', 'accept 100'],
    ['0', 'accept 0'],
    ['99.', 'accept 99'],
    ['100,00', 'accept 100'],
    ['100.000', 'confirm threeDecimals 100'],
    ['5.971', 'confirm threeDecimals 5.971'],
    ['99,98312', 'confirm manyDecimals 99.98312'],
    ['92.94478527607362', 'confirm manyDecimals 92.944785'],
    ['99, 98', 'confirm spacedGrouping 99.98'],
    ['một trăm phần trăm', 'confirm words 100'],
    ['99 phẩy 98', 'confirm words 99.98'],
    ['đạt 99,98%', 'confirm strippedText 99.98'],
    ['63,1% (12/19 người)', 'confirm strippedText 63.1 | 12/19 người'],
    ['0,9998', 'ask belowOne 0.9998 / 99.98'],
    ['.5', 'ask belowOne 0.5 / 50'],
    ['9998', 'ask missingComma 99.98'],
    ['999', 'ask missingComma 99.9'],
    ['10000', 'ask missingComma 100 / 10'],
    ['101', 'reject above100'],
    ['150%', 'reject above100'],
    ['1.234,5', 'reject above100'],
    ['5,97.1', 'reject badGrouping'],
    ['90-95%', 'reject range'],
    ['khoảng 90%', 'reject estimate'],
    ['-2', 'reject negative'],
    ['tăng 5%', 'ask growth 5 | tăng 5%'],
    ['30/6/2023', 'ask dateInCount'],
  ])('reads %s as: %s', (typed, expected) => expect(read(typed, PERCENT)).toBe(expected));

  it.each([
    ['4/23', 'confirm fraction 17.39 | 4/23'],
    ['529/529', 'confirm fraction 100 | 529/529'],
    ['12/19 người', 'confirm fraction 63.16 | 12/19 người'],
    ['99999/100000', 'confirm fraction 99.99 | 99999/100000'],
    ['0/0', 'ask fraction notApplicable / 0 | 0/0'],
    ['21/8', 'reject above100'],
  ])('computes the ratio of %s: %s', (typed, expected) => expect(read(typed, PERCENT)).toBe(expected));

  it.each([
    ['không', 'ask none 0 / notApplicable'],
    ['Chưa phát sinh hồ sơ', 'ask noCases notApplicable / 0 | Chưa phát sinh hồ sơ'],
    ['không phát sinh', 'ask noCases notApplicable / 0 | không phát sinh'],
    ['-', 'ask dash 0 / blank / notApplicable'],
    ['chưa', 'ask notYet 0 / pending'],
  ])('asks which empty "%s" means: %s', (typed, expected) => expect(read(typed, PERCENT)).toBe(expected));

  it('may exceed 100 where the form compares with a plan, up to 1000', () => {
    const plan = row('percent', '%', { mayExceed100: true });
    expect(['150', '120,5', '1000', '1001'].map((typed) => read(typed, plan))).toEqual([
      'accept 150',
      'accept 120.5',
      'accept 1000',
      'confirm above100 1001',
    ]);
  });

  describe('that looks like the count of a neighbour', () => {
    const among = (...peers: { figure: number; total: boolean }[]) => ({ ...context, peers });
    it('is confirmed when it equals a count of the group', () =>
      expect(read('6', PERCENT, among({ figure: 6, total: false }))).toBe('confirm looksLikeCount 6'));
    it('is confirmed when a total below 100 could contain it', () =>
      expect(read('6', PERCENT, among({ figure: 8, total: true }))).toBe('confirm looksLikeCount 6'));
    it('is accepted when the total is large or the neighbour is no total', () => {
      expect(read('6', PERCENT, among({ figure: 652, total: true }, { figure: 8, total: false }))).toBe(
        'accept 6',
      );
    });
    it('is accepted when it is 0, 100, has decimals or carries its sign', () => {
      const all = among(
        { figure: 0, total: false },
        { figure: 100, total: false },
        { figure: 8, total: true },
      );
      expect(['0', '100', '6,5', '6%'].map((typed) => read(typed, PERCENT, all))).toEqual([
        'accept 0',
        'accept 100',
        'accept 6.5',
        'accept 6',
      ]);
    });
  });
});

describe('a figure with decimals', () => {
  it.each([
    ['1,5', 'accept 1.5'],
    ['1.5', 'accept 1.5'],
    ['1.234,5', 'accept 1234.5'],
    ['1,234.5', 'accept 1234.5'],
    ['1 234,5', 'accept 1234.5'],
    ['1.234.567', 'accept 1234567'],
    ['0,123', 'accept 0.123'],
    ['1.234', 'ask threeDecimals 1234 / 1.234'],
    ['1,234', 'ask threeDecimals 1234 / 1.234'],
    ['2,5 triệu', 'confirm words 2500000'],
    ['10%', 'reject percentInCount'],
    ['-1,5', 'reject negative'],
    ['không', 'confirm none 0'],
    ['9999999999999999', 'reject tooBig'],
  ])('reads %s as: %s', (typed, expected) => expect(read(typed, DECIMAL)).toBe(expected));
});
