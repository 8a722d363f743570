// How choices are read, and how their codes are found in the printed unit cell.
import { describe, expect, it } from 'vitest';
import { parseChoices } from '../../src/indicators/choice.ts';
import { CONDUCT, context, LEVELS, read, row, SURVEY, YES_NO } from './rows.ts';

const short = (unit: string): string =>
  parseChoices(unit)
    .map((one) => `${one.code} ${one.label}`)
    .join(', ');

describe('the codes printed in a unit cell', () => {
  it.each([
    ['Có = 1 Không = 0', '1 Có, 0 Không'],
    ['Không = 0; Có = 1', '0 Không, 1 Có'],
    ['Có = 1; Không = 0', '1 Có, 0 Không'],
    ['Có = 1Không = 0', '1 Có, 0 Không'],
    ['Có=1,Không=0', '1 Có, 0 Không'],
    ['(Có = 1; Không = 0)', '1 Có, 0 Không'],
    ['Có = 1\nKhông = 0', '1 Có, 0 Không'],
    ['Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 2', '0 Trực tuyến, 1 Phát phiếu, 2 Kết hợp'],
    ['Tốt = 1 Có vi phạm = 0', '1 Tốt, 0 Có vi phạm'],
    ['Chưa có = 0 2 cấp = 1 3 cấp = 2', '0 Chưa có, 1 2 cấp, 2 3 cấp'],
    ['Đã thực hiện = 1 Chưa thực hiện = 0', '1 Đã thực hiện, 0 Chưa thực hiện'],
    ['Chưa = 0 Đang làm = 1 Hoàn thành = 2', '0 Chưa, 1 Đang làm, 2 Hoàn thành'],
  ])('%s', (unit, expected) => expect(short(unit)).toBe(expected));
  it.each(['', '%', 'Hồ sơ', 'Tin, bài', 'Cơ quan, đơn vị', 'Có = 1', 'Có = 1 Không = 1', 'a = b'])(
    'is no list: %s',
    (unit) => expect(parseChoices(unit)).toEqual([]),
  );
});

describe('a Có/Không row', () => {
  it.each([
    ['có', 'accept #1'],
    ['KHONG', 'accept #0'],
    ['1', 'accept #1'],
    ['0', 'accept #0'],
    ['01', 'accept #1'],
    ['1 – Có', 'accept #1'],
    ['0 - Không', 'accept #0'],
    ['Có = 1', 'accept #1'],
    ['1 - Không', 'confirm wordMeansOther #1 | Không'],
    ['có; KH số 5', 'accept #1 | KH số 5'],
    ['có - đã gửi', 'accept #1 | đã gửi'],
    ['Có, đã tổ chức 2 lần', 'confirm strippedText #1 | đã tổ chức 2 lần'],
    ['không có', 'confirm weakWord #0'],
    ['Không, vì chưa có', 'confirm weakWord #0 | Không, vì chưa có'],
    ['có ạ', 'confirm weakWord #1'],
    ['đã', 'confirm weakWord #1'],
    ['chưa', 'ask notYet #0 / pending'],
    ['chưa thực hiện', 'ask notYet #0 / pending | chưa thực hiện'],
    ['chưa có số liệu', 'ask pendingWords pending'],
    ['2 lần', 'ask outsideCodes #1 / #0'],
    ['-', 'ask dash #1 / #0 / blank / notApplicable'],
    ['không áp dụng', 'accept notApplicable'],
    ['để trống', 'accept blank'],
    ['asdf', 'ask notUnderstood #1 / #0'],
  ])('reads "%s" as: %s', (typed, expected) => expect(read(typed, YES_NO)).toBe(expected));
  it('repeats last period when asked to', () =>
    expect(read('như kỳ trước', YES_NO, { ...context, previous: { is: 'choice', code: 1 } })).toBe(
      'confirm asLastPeriod #1',
    ));
});

describe('other code lists', () => {
  it.each([
    ['không', 'ask wordMeansOther #1 / #0'],
    ['có', 'ask wordMeansOther #1 / #0'],
    ['vi phạm', 'confirm weakWord #0'],
    ['không vi phạm', 'ask wordMeansOther #1 / #0 | không vi phạm'],
    ['không có vi phạm', 'ask wordMeansOther #1 / #0 | không có vi phạm'],
    ['có vi phạm', 'accept #0'],
    ['0', 'confirm wordMeansOther #0'],
    ['x', 'ask cross #1 / #0'],
  ])('Tốt / Có vi phạm: "%s" is %s', (typed, expected) => expect(read(typed, CONDUCT)).toBe(expected));
  it.each([
    ['1', 'accept #1'],
    ['0', 'confirm wordMeansOther #0'],
    ['3', 'ask outsideCodes #0 / #1 / #2'],
    ['phiếu', 'confirm weakWord #1'],
    ['kết hợp cả hai', 'confirm strippedText #2 | cả hai'],
    ['chưa', 'ask notYet #0 / #1 / #2'],
  ])('Trực tuyến / Phát phiếu / Kết hợp: "%s" is %s', (typed, expected) =>
    expect(read(typed, SURVEY)).toBe(expected),
  );
  it.each([
    ['2 cap', 'accept #1'],
    ['2', 'ask wordMeansOther #1 / #2'],
    ['0', 'accept #0'],
    ['3', 'ask outsideCodes #0 / #1 / #2'],
    ['chưa', 'confirm weakWord #0'],
  ])('Chưa có / 2 cấp / 3 cấp: "%s" is %s', (typed, expected) => expect(read(typed, LEVELS)).toBe(expected));
  it('confirms đã and chưa where the labels are Đã/Chưa thực hiện', () => {
    const done = row('choice', 'Đã thực hiện = 1 Chưa thực hiện = 0');
    expect(['đã', 'chưa', 'rồi', 'có'].map((typed) => read(typed, done))).toEqual([
      'confirm weakWord #1',
      'confirm weakWord #0',
      'confirm weakWord #1',
      'ask wordMeansOther #1 / #0',
    ]);
  });
  it('takes the further words that the template gives a choice', () => {
    const also = row('choice', '', {
      choices: [
        { code: 5, label: 'Toàn trình', also: ['mức 4'] },
        { code: 6, label: 'Một phần' },
      ],
    });
    expect(read('muc 4', also)).toBe('accept #5');
  });
});
