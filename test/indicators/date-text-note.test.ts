// Dates, free texts and the note that may follow a value.
import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../src/indicators/index.ts';
import { COUNT, context, DATE, PERCENT, read, row, TEXT } from './rows.ts';

describe('a date', () => {
  it.each([
    ['30/6/2023', 'accept 2023-06-30'],
    ['30/6/23', 'accept 2023-06-30'],
    ['30-6-2023', 'accept 2023-06-30'],
    ['30.6.2023', 'accept 2023-06-30'],
    ['30 - 6 - 2023', 'accept 2023-06-30'],
    ['2023-06-30', 'accept 2023-06-30'],
    ['ngày 30 tháng 6 năm 2023', 'accept 2023-06-30'],
    ['29/02/2024', 'accept 2024-02-29'],
    ['30/6/2023 - đã ban hành', 'accept 2023-06-30 | đã ban hành'],
    ['30/6', 'confirm yearMissing 2023-06-30'],
    ['30 tháng 6', 'confirm yearMissing 2023-06-30'],
    ['20/12', 'ask yearMissing 2022-12-20 / 2023-12-20'],
    ['Quyết định ngày 30/6/2023', 'confirm strippedText 2023-06-30 | Quyết định ngày 30/6/2023'],
    ['6/2023', 'ask dayMissing'],
    ['tháng 6/2023', 'ask dayMissing'],
    ['2023', 'ask dayMissing'],
    ['31/2', 'reject noSuchDay'],
    ['29/2/2023', 'reject noSuchDay'],
    ['12/31/2023', 'reject noSuchDay'],
    ['30/06/1800', 'reject noSuchDay'],
    ['30', 'reject notUnderstood'],
    ['chưa', 'ask notYet pending / blank / notApplicable'],
    ['-', 'ask dash blank / notApplicable'],
    ['không áp dụng', 'accept notApplicable'],
  ])('reads %s as: %s', (typed, expected) => expect(read(typed, DATE)).toBe(expected));
});

describe('a text', () => {
  it('is the whole message, separators and lines included', () =>
    expect(read('a - b; c\nd', TEXT)).toBe('accept text:a - b; c\nd'));
  it.each([
    ['không có', 'accept text:không có'],
    ['giữ nguyên', 'accept text:giữ nguyên'],
    ['để trống', 'accept blank'],
    ['không áp dụng', 'accept notApplicable'],
    ['  ', 'reject notUnderstood'],
    ['x'.repeat(2000), `accept text:${'x'.repeat(2000)}`],
    ['x'.repeat(2001), 'reject tooBig'],
  ])('case %#', (typed, expected) => expect(read(typed, TEXT)).toBe(expected));
});

describe('a note behind the value', () => {
  it.each([
    ['5.971; tính đến 14/9', 'accept 5971 | tính đến 14/9'],
    ['5.971 ;tính đến 14/9', 'accept 5971 | tính đến 14/9'],
    ['5.971 - tính đến 14/9', 'accept 5971 | tính đến 14/9'],
    ['5.971 – tính đến 14/9', 'accept 5971 | tính đến 14/9'],
    ['5.971 — tính đến 14/9', 'accept 5971 | tính đến 14/9'],
    ['5.971\ntính đến\n14/9; hết', 'accept 5971 | tính đến\n14/9; hết'],
    ['5.971\ttính đến 14/9', 'accept 5971 | tính đến 14/9'],
    ['0; chưa phát sinh', 'accept 0 | chưa phát sinh'],
    ['trống; Chưa thực hiện', 'accept blank | Chưa thực hiện'],
    ['không áp dụng; không có đơn vị trực thuộc', 'accept notApplicable | không có đơn vị trực thuộc'],
    ['; đang thực hiện', 'ask notUnderstood | đang thực hiện'],
    ['- đang thực hiện', 'ask dash 0 / blank / notApplicable | đang thực hiện'],
    ['5 ; ', 'accept 5'],
    ['5 - ', 'accept 5'],
    ['08/21; còn lại quý sau', 'confirm fraction 8 | 08/21; còn lại quý sau'],
    ['ko; chưa đến kỳ', 'confirm none 0 | chưa đến kỳ'],
    ['khoảng 20; chờ xác nhận', 'reject estimate | chờ xác nhận'],
    ['12 - 02 nhiệm vụ quá hạn', 'confirm range 12 | 02 nhiệm vụ quá hạn'],
    ['12; 13', 'confirm severalNumbers 12 | 13'],
    ['12 - 05/KH-UBND', 'accept 12 | 05/KH-UBND'],
  ])('%j is %s', (typed, expected) => expect(read(typed, COUNT)).toBe(expected));

  it('goes along with every proposal of a question', () => {
    const reading = readAnswer('Chưa phát sinh hồ sơ; từ đầu năm', PERCENT, context);
    expect(reading).toMatchObject({ is: 'ask', note: 'từ đầu năm' });
    expect(reading.is === 'ask' && reading.readings.map((one) => one.note)).toEqual(
      Array(2).fill('Chưa phát sinh hồ sơ; từ đầu năm'),
    );
  });
  it('keeps a code with its label together', () =>
    expect(read('1 – Có', row('choice', 'Có = 1 Không = 0'))).toBe('accept #1'));
});
