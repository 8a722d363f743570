// How a typed count is read.
import { describe, expect, it } from 'vitest';
import { context, read, row } from './rows.ts';

const FILES = row('count', 'Hồ sơ');
const ARTICLES = row('count', 'Tin, bài');
const reads = (typed: string): string => read(typed, FILES);

describe('grouping marks in a count', () => {
  it.each([
    '5971',
    '5.971',
    '5,971',
    '5 971',
    "5'971",
    '5971.',
    '5.971,',
    '"5.971"',
    "'5971",
    '５９７１',
    '=5971',
    '+5971',
    '05971',
  ])('takes %s as 5971', (typed) => expect(reads(typed)).toBe('accept 5971'));
  it.each([
    ['1.234.567', 'accept 1234567'],
    ['38.000', 'accept 38000'],
    ['5. 971', 'confirm spacedGrouping 5971'],
    ['38,0', 'confirm zeroDecimals 38'],
    ['1.234,00', 'confirm zeroDecimals 1234'],
    ['0,00', 'confirm zeroDecimals 0'],
    ['5.97', 'reject badGrouping'],
    ['5.9710', 'reject badGrouping'],
    ['1.23.456', 'reject badGrouping'],
    ['1.234 567', 'reject badGrouping'],
    ['0.123', 'reject badGrouping'],
    ['012.345', 'reject badGrouping'],
    ['5,9', 'reject notWhole'],
    [',5', 'reject notWhole'],
    ['1.234,56', 'reject notWhole'],
    ['1,234.567', 'reject notWhole'],
    ['3. 25', 'ask itemNumber 25'],
    ['mục 3: 25', 'ask itemNumber 25'],
    ['12 13', 'ask severalNumbers 12 / 13'],
    ['12, 13', 'ask severalNumbers 12 / 13'],
    ['1000000000000000', 'accept 1000000000000000'],
    ['1000000000000001', 'reject tooBig'],
  ])('reads %s as: %s', (typed, expected) => expect(reads(typed)).toBe(expected));
});

describe('words beside a count', () => {
  it.each(['12 hồ sơ', '12 HO SO', '12hồ sơ', '12 hs'])('takes the unit as nothing of its own: %s', (typed) =>
    expect(reads(typed)).toBe('accept 12'),
  );
  it.each(['3 tin bài', '3 Tin, bài', '3 bài'])('takes one of several units: %s', (typed) =>
    expect(read(typed, ARTICLES)).toBe('accept 3'),
  );
  it.each([
    ['12 hồ sơ quá hạn', 'confirm strippedText 12 | quá hạn'],
    ['12 người', 'confirm strippedText 12 | người'],
    ['tổng số 25', 'confirm strippedText 25'],
    ['12 ạ', 'confirm strippedText 12'],
    ['đã giải quyết 12', 'confirm strippedText 12 | đã giải quyết 12'],
    ['1.000đ', 'confirm strippedText 1000 | đ'],
    ['5971?', 'confirm strippedText 5971'],
    ['5.971 (tính đến 14/9)', 'confirm strippedText 5971 | tính đến 14/9'],
    ['21 (hai mươi mốt)', 'confirm strippedText 21'],
    [
      '12 Kế hoạch số 05/KH-UBND ngày 02/3/2022',
      'confirm strippedText 12 | Kế hoạch số 05/KH-UBND ngày 02/3/2022',
    ],
    ['21 hồ sơ (trong đó 5 quá hạn)', 'ask severalNumbers 21 / 5 | 21 hồ sơ (trong đó 5 quá hạn)'],
    ['Có 02 văn bản mật', 'confirm secretCount 2 | Có 02 văn bản mật'],
    ['2 văn bản mật về phương án bảo vệ', 'confirm secretCount 2'],
    ['2 văn bản mật số 12/BC-UBND', 'confirm secretCount 2'],
    ['12b', 'ask letterInNumber'],
    ['5.971 nghìn', 'reject notUnderstood'],
    ['Chưa nhận được báo cáo của các xã', 'ask notYet 0 / pending | Chưa nhận được báo cáo của các xã'],
    [
      'Kế hoạch số 05/KH-UBND',
      'ask notUnderstood blank / verbatim:Kế hoạch số 05/KH-UBND | Kế hoạch số 05/KH-UBND',
    ],
  ])('reads %s as: %s', (typed, expected) => expect(reads(typed)).toBe(expected));
});

describe('figures in words, fractions and sums', () => {
  it.each([
    ['hai mươi mốt', 21],
    ['hai mốt', 21],
    ['hai mươi tư', 24],
    ['mười lăm', 15],
    ['muoi lam', 15],
    ['HAI MƯƠI', 20],
    ['năm mươi lăm', 55],
    ['chín mươi chín', 99],
    ['một trăm linh năm', 105],
    ['một trăm lẻ năm', 105],
    ['hai trăm ba', 230],
    ['trăm rưỡi', 150],
    ['một nghìn hai', 1200],
    ['một ngàn không trăm hai mươi', 1020],
    ['2 nghìn', 2000],
    ['2k', 2000],
    ['2k5', 2500],
    ['2 nghìn 500', 2500],
    ['1,5 triệu', 1_500_000],
    ['1,1 triệu', 1_100_000],
    ['2 triệu rưỡi', 2_500_000],
    ['1 triệu 2', 1_200_000],
    ['1tr2', 1_200_000],
    ['1tr250', 1_250_000],
    ['2tr', 2_000_000],
    ['hai triệu ba trăm nghìn', 2_300_000],
    ['1 tỷ', 1e9],
    ['2 tỉ 5', 2.5e9],
    ['2 nghìn tỷ', 2e12],
    ['3 chục', 30],
    ['2 trăm 5', 250],
    ['chín trăm chín mươi chín nghìn', 999_000],
    ['hai mươi mốt (21)', 21],
    ['hai mươi hồ sơ', 20],
  ])('confirms "%s" as %i', (typed, figure) => expect(reads(typed)).toBe(`confirm words ${figure}`));
  it.each(['hai ba', 'năm 2023', 'linh năm', 'một cửa liên thông đã vận hành', 'làm', 'sau'])(
    'does not take "%s" for a figure',
    (typed) => expect(reads(typed)).not.toMatch(/^(?:accept|confirm words [^56]$)/),
  );
  it('does not mistake làm (to do) for lăm (five)', () => expect(reads('làm')).toBe('reject notUnderstood'));
  it.each([
    ['08/21', 'confirm fraction 8 | 08/21'],
    ['16.181 /16.183', 'confirm fraction 16181 | 16.181 /16.183'],
    ['12/19 người', 'confirm fraction 12 | 12/19 người'],
    ['8 trên 21', 'confirm fraction 8 | 8 trên 21'],
    ['34 + 4', 'confirm expression 38 | 34 + 4'],
    ['34 + 4 = 38', 'confirm expression 38 | 34 + 4 = 38'],
    ['34 + 4 = 39', 'ask expression 39 / 38 | 34 + 4 = 39'],
    ['3*5', 'confirm expression 15 | 3*5'],
  ])('reads %s as: %s', (typed, expected) => expect(reads(typed)).toBe(expected));
});

describe('what is refused or asked back in a count', () => {
  it.each([
    [
      'estimate',
      [
        'khoảng 20',
        'gần 100',
        'hơn 20',
        '~20',
        '>20',
        '20+',
        '20 mấy',
        '20 trở lên',
        'ít nhất 5',
        'vài chục',
        'một số',
        'khoảng hai mươi',
      ],
    ],
    [
      'range',
      [
        '10-15',
        '10 - 15',
        '10–15',
        'từ 10 - 15',
        'từ 10 đến 15 hồ sơ',
        '10 đến 15',
        'mười đến mười lăm',
        '5..10',
      ],
    ],
    ['negative', ['-5', '- 5', '−5', 'âm 5']],
    ['exponent', ['1e3', '1E+3', '1,5e3', '10^3']],
    ['percentInCount', ['10%', '10 %', '10 phần trăm']],
    ['notUnderstood', ['', '   ', '👍', 'abc', 'NaN', 'Infinity', '{}', '½', '12/BC-UBND', ';']],
  ])('refuses as %s', (why, all) => {
    for (const typed of all) expect([typed, reads(typed)]).toEqual([typed, `reject ${why}`]);
  });
  it.each(['30/6/2023', '30.6.2023', '30-6-23', '2023-06-30', 'ngày 30 tháng 6 năm 2023'])(
    'asks about the date %s',
    (typed) => expect(reads(typed)).toBe('ask dateInCount'),
  );
  it.each([
    ['1l2', 'ask letterInNumber 112'],
    ['O7', 'ask letterInNumber 7'],
    ['0x10', 'ask letterInNumber'],
    ['(5)', 'ask brackets 5'],
    ['tăng 5', 'ask growth 5 | tăng 5'],
  ])('asks about %s', (typed, expected) => expect(reads(typed)).toBe(expected));
});

describe('words instead of a count', () => {
  it.each([
    'không',
    'ko',
    'k',
    'k có',
    'khong co',
    '0 có',
    'không có gì',
    'không có hồ sơ nào',
    'không phát sinh',
    'chưa phát sinh',
  ])('proposes 0 for "%s"', (typed) => expect(reads(typed)).toBe('confirm none 0'));
  it.each([
    ['không có đơn vị sự nghiệp', 'ask none 0 / notApplicable | không có đơn vị sự nghiệp'],
    ['không thuộc thẩm quyền', 'ask none 0 / notApplicable | không thuộc thẩm quyền'],
    ['chưa', 'ask notYet 0 / pending'],
    ['chưa có', 'ask notYet 0 / pending'],
    ['chưa thực hiện', 'ask notYet 0 / pending | chưa thực hiện'],
    ['-', 'ask dash 0 / blank / notApplicable'],
    ['x', 'ask cross 0 / 1 / blank'],
    ['?', 'ask help'],
    ['như kỳ trước', 'reject noLastPeriod'],
  ])('reads "%s" as: %s', (typed, expected) => expect(reads(typed)).toBe(expected));
  it.each(['chưa có số liệu', 'chua co so lieu', 'không có số liệu', 'chưa tổng hợp được', 'nhập sau'])(
    'offers pending for "%s"',
    (typed) => expect(reads(typed)).toBe('ask pendingWords pending'),
  );
  it.each(['như kỳ trước', 'giữ nguyên', 'giữ nguyên kỳ trước', 'như cũ', 'không đổi'])(
    'shows last period for "%s"',
    (typed) =>
      expect(read(typed, FILES, { ...context, previous: { is: 'number', number: 77, decimals: 0 } })).toBe(
        'confirm asLastPeriod 77',
      ),
  );
  it('has nothing to repeat when last period was still pending', () =>
    expect(read('giữ nguyên', FILES, { ...context, previous: { is: 'pending' } })).toBe(
      'reject noLastPeriod',
    ));
});
