// Answers that look plain and are not, and answers that look doubtful and have only one reading.
import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../src/indicators/index.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import {
  CONDUCT,
  COUNT,
  context,
  DATE,
  DECIMAL,
  LEVELS,
  PERCENT,
  read,
  row,
  SURVEY,
  TEXT,
  YES_NO,
} from './rows.ts';

const WORK = row('choice', 'Chưa = 0 Đang làm = 1 Hoàn thành = 2');

describe('what is never taken for a figure', () => {
  it.each(['0912345678', '+84912345678', '+84 912 345 678', '02993822333', '012345678901', "'0912345678"])(
    'the telephone or identity number %s',
    (typed) => {
      expect(read(typed, COUNT)).not.toMatch(/^(?:accept|confirm)/);
      expect(read(typed, DECIMAL)).not.toMatch(/^(?:accept|confirm)/);
    },
  );
  it('while a figure with zeros in front, or a large one, still is', () =>
    expect(['007', '05971', '912345678'].map((typed) => read(typed))).toEqual([
      'accept 7',
      'accept 5971',
      'accept 912345678',
    ]));
  it.each([
    '1½',
    '12 ½',
    '2 vạn',
    '99 phẩy năm',
    'ba mươi 5',
    'hai trăm lẻ 5 phẩy 2',
    '12 chuc danh',
    '12 tỷ lệ',
  ])('the part of %s that is easy to read', (typed) =>
    expect(read(typed)).not.toMatch(/^(?:accept|confirm)/),
  );
  it('a part of a larger or smaller scale, or of decimals in words', () =>
    expect(
      ['5‰', '5 phần nghìn', '95 phần trăm rưỡi', '99 phẩy năm', 'chín mươi chín phẩy năm'].map(
        (typed) => read(typed, PERCENT).split(' ')[0],
      ),
    ).toEqual(['reject', 'reject', 'reject', 'reject', 'ask']));
});

describe('bounds, guesses and negations in front of a count', () => {
  it.each([
    'chưa đến 12',
    'chưa tới 12',
    'chua toi 12',
    'chưa đầy 12',
    'chưa đủ 12',
    'chưa được 12',
    'không đến 12',
    'không tới 12',
    'nhỏ hơn 12',
    'ít hơn 12',
    'lớn hơn 12',
    'độ 12',
    'cỡ 12',
    'quãng 12',
    'ngót 12',
    'quá 12',
    'dự kiến 12',
    'hình như 12',
    'có lẽ 12',
    'đâu đó 12',
    'đã khoảng 12',
    'làm được khoảng 12 hồ sơ',
    'số lượng gần 12',
    '12 hơn',
    '12 xấp xỉ',
    '12 (khoảng)',
    '12 (ước)',
  ])('refuses %s as an estimate', (typed) => expect(read(typed)).toBe('reject estimate'));
  it('does the same in a percentage', () =>
    expect(['chưa đến 95%', 'tỷ lệ khoảng 95%'].map((typed) => read(typed, PERCENT))).toEqual([
      'reject estimate',
      'reject estimate',
    ]));
  it.each(['không phải 12', 'ko phải 12', 'không đúng 12'])(
    'does not propose the figure that %s denies',
    (typed) => expect(read(typed)).toBe('reject notUnderstood'),
  );
  it.each([
    ['12 máy', 'máy'],
    ['12 xe máy', 'xe máy'],
    ['12 hương ước', 'hương ước'],
    ['12 đơn vị trực thuộc', 'đơn vị trực thuộc'],
    ['12 Tổ chức bộ máy', 'Tổ chức bộ máy'],
    ['tổ chức bên dưới 12', 'tổ chức bên dưới 12'],
    ['to chuc 12', 'to chuc 12'],
    ['đăng ký kết hôn 12', 'đăng ký kết hôn 12'],
    ['công tác gắn 12', 'công tác gắn 12'],
  ])('sees no estimate in %s', (typed, note) =>
    expect(read(typed)).toBe(`confirm strippedText 12 | ${note}`),
  );
  it('counts machines in words too', () =>
    expect(read('hai máy', row('count', 'Máy'))).toBe('confirm words 2'));
});

describe('figures and words that do not agree', () => {
  it.each([
    ['12 (mười hai)', 'confirm strippedText 12'],
    ['12 (mười ba)', 'ask severalNumbers 12 / 13 | 12 (mười ba)'],
    ['12 năm', 'confirm strippedText 12 | năm'],
    ['12 không', 'confirm strippedText 12 | không'],
    ['3 nghìn lẻ 5', 'confirm words 3005'],
    ['2 triệu lẻ 5 nghìn', 'confirm words 2005000'],
    ['12/20 (60%)', 'confirm fraction 12 | 12/20 (60%)'],
    ['26/26 đạt 100%', 'confirm fraction 26 | 26/26 đạt 100%'],
    ['12 nhiệm vụ, đạt 60%', 'confirm strippedText 12 | 12 nhiệm vụ, đạt 60%'],
    ['60%', 'reject percentInCount'],
    ['đạt 60%', 'reject percentInCount'],
    ['đơn vị tự chủ 100% ở mục VI.3', 'reject percentInCount'],
    ['hai mươi vụ việc', 'confirm words 20 | vụ việc'],
    ['hai mươi trong kỳ', 'confirm words 20 | trong kỳ'],
    ['12 nhiệm vụ; 60%', 'confirm severalNumbers 12 | 60%'],
  ])('reads %s as: %s', (typed, expected) => expect(read(typed)).toBe(expected));
  it('loses no number word behind another', () => {
    const reading = readAnswer('hai mươi, ba', COUNT, context);
    expect(reading.is === 'ask' && reading.readings.map((one) => one.value.is)).toEqual([
      'blank',
      'verbatim',
    ]);
  });
  it('takes the ratio that Excel shows for no telephone number', () => {
    expect(read('0.999831905', PERCENT)).toBe('ask belowOne 0.999832 / 99.9832');
    expect(privacyFault('0.999831905')).toBeUndefined();
  });
  it('offers no percentage beyond the bound', () => {
    expect(read('99l98', PERCENT)).toBe('ask letterInNumber');
    expect(read('1OO%', PERCENT)).toBe('ask letterInNumber 100');
  });
  it('asks whether a percentage with a plus is growth', () =>
    expect(['+5%', '+5'].map((typed) => read(typed, PERCENT))).toEqual([
      'ask growth 5 | +5%',
      'ask growth 5 | +5',
    ]));
});

describe('the unit of a figure with decimals', () => {
  it.each([
    ['12,5 triệu đồng', 'accept 12.5'],
    ['12,5 trieu dong', 'accept 12.5'],
    ['1.200,5 triệu đồng', 'accept 1200.5'],
    ['1.200 triệu đồng', 'ask threeDecimals 1200 / 1.2'],
    ['0,912345678 triệu đồng', 'confirm manyDecimals 0.912346'],
  ])('is not multiplied in again: %s is %s', (typed, expected) =>
    expect(read(typed, DECIMAL)).toBe(expected),
  );
});

describe('short words of the trade', () => {
  it.each(['kps', 'KPS', 'k ps', 'ko ps', '0 ps', 'chưa ps'])('%s is nothing that happened', (typed) => {
    expect(read(typed)).toBe('confirm none 0');
    expect(read(typed, PERCENT)).toBe('ask noCases notApplicable / 0');
  });
  it.each(['chưa có số liệu (nhập sau)', 'để sau', 'không chắc', 'không chắc chắn'])(
    '%s is pending',
    (typed) => {
      expect(read(typed)).toBe('ask pendingWords pending');
      expect(read(typed, YES_NO)).toBe('ask pendingWords pending');
    },
  );
  it.each([
    '12 ghi chú: chờ xã gửi',
    '12; ghi chú: chờ xã gửi',
    '12 Ghi chu : chờ xã gửi',
    '12\nGhi chú: chờ xã gửi',
  ])('takes the word for note off the note: %j', (typed) =>
    expect(read(typed)).toBe('accept 12 | chờ xã gửi'),
  );
});

describe('words that begin like a choice', () => {
  it.each([
    'có thể',
    'co the',
    'có lẽ',
    'có hay không',
    'có không',
    'có khi không',
    'có phải không',
    'có chưa',
  ])('%s is no yes', (typed) => expect(read(typed, YES_NO)).toMatch(/^ask \w+ #1 \/ #0/));
  it.each(['Có = 1 Không = 0', 'Có = 0', 'Có: 0', 'Có (0)', 'có 0', 'không phải không có'])(
    '%s says two things',
    (typed) => expect(read(typed, YES_NO)).toMatch(/^ask \w+ #1 \/ #0/),
  );
  it.each([
    'trực tuyến và phát phiếu',
    'trực tuyến, phát phiếu',
    'Phát phiếu + trực tuyến',
    'trực tuyến hoặc phát phiếu',
  ])('%s names two choices', (typed) =>
    expect(read(typed, SURVEY)).toMatch(/^ask notUnderstood #0 \/ #1 \/ #2/),
  );
  it('half done is not done', () =>
    expect(
      ['hoàn thành 50%', 'hoàn thành 100%', 'hoàn thành trước hạn'].map((typed) => read(typed, WORK)),
    ).toEqual([
      'ask notUnderstood #0 / #1 / #2 | hoàn thành 50%',
      'confirm strippedText #2 | 100%',
      'confirm strippedText #2 | trước hạn',
    ]));
  it.each([
    ['1 (Có)', 'accept #1'],
    ['0 (không)', 'accept #0'],
    ['1/Có', 'accept #1'],
    ['1 (Không)', 'ask outsideCodes #1 / #0'],
    ['có 2 lần', 'confirm strippedText #1 | 2 lần'],
    ['có (KH số 5)', 'confirm strippedText #1 | (KH số 5)'],
  ])('%s is %s', (typed, expected) => expect(read(typed, YES_NO)).toBe(expected));
  it('a zero in front of a label changes nothing', () => expect(read('02 cấp', LEVELS)).toBe('accept #1'));
  it('keeps asking about a label that is denied', () =>
    expect(read('không tốt', CONDUCT)).toBe('ask wordMeansOther #1 / #0 | không tốt'));
});

describe('dates that are not certain', () => {
  it.each([
    ['15 9 2023', 'accept 2023-09-15'],
    ['30/6/24', 'accept 2024-06-30'],
    ['15/9/99', 'ask dayMissing 1999-09-15 / 2099-09-15'],
    ['khoảng 15/9/2023', 'reject estimate'],
    ['tầm ngày 15/9/2023', 'reject estimate'],
    ['trước 15/9/2023', 'reject estimate'],
    ['sau ngày 15/9/2023', 'reject estimate'],
    ['đến 15/9/2023', 'reject range'],
    ['từ ngày 15/9/2023', 'reject range'],
    ['l5/9/2023', 'reject notUnderstood'],
    ['không phát sinh', 'ask none blank / notApplicable | không phát sinh'],
    [
      'Ban hành trước hạn ngày 15/9/2023',
      'confirm strippedText 2023-09-15 | Ban hành trước hạn ngày 15/9/2023',
    ],
  ])('reads %s as: %s', (typed, expected) => expect(read(typed, DATE)).toBe(expected));
});

describe('a question mark where text belongs', () => {
  it('asks for help and is not stored', () =>
    expect(['?', '??', 'Hỗ trợ'].map((typed) => read(typed, TEXT))).toEqual([
      'ask help',
      'ask help',
      'accept text:Hỗ trợ',
    ]));
});
