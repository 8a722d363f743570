// What may not be kept in notes: secret documents by number, phone numbers, citizen identity numbers.
import { describe, expect, it } from 'vitest';
import { privacyFault } from '../../src/indicators/privacy.ts';

describe('secret documents', () => {
  it.each([
    'Công văn mật số 12/BC-UBND',
    'số 05/KH-UBND (mật)',
    'so 05/KH-UBND (mat)',
    'Tối mật 12-CV/TU',
    'Tuyệt mật: 05/2022/QĐ-UBND',
    'VB MẬT số 12/BC',
    'mật số 12 ngày 3/4/2022',
    'van ban mat so 12/bc-ubnd',
  ])('refuses %s', (text) => expect(privacyFault(text)).toBe('secretDocument'));
  it.each([
    'Có 02 văn bản mật',
    'Có 46 văn bản mật (không gửi qua hệ thống Idesk)',
    '05 văn bản mật, 12/19 đơn vị',
    'Kế hoạch số 32/KH-UBND ngày 15/3/2022',
    'bảo mật theo QĐ 12/QĐ-UBND',
    'bảo vệ bí mật nhà nước 12/QĐ-UBND',
    'đổi mật khẩu theo 12/QĐ-UBND',
    'mật độ dân số 12/QĐ-UBND',
    'có mặt 35 theo 12/QĐ-UBND',
    'co mat 35 theo QĐ 12/QĐ-UBND',
    'mất hồ sơ 12/BC-UBND',
  ])('keeps %s', (text) => expect(privacyFault(text)).toBeUndefined());
});

describe('phone numbers', () => {
  it.each([
    '0912345678',
    'gọi 0912.345.678',
    '+84 912 345 678',
    '+84912345678',
    '84912345678',
    '0912-345-678',
    '(0299) 3821234',
    '02993821234',
    '０９１２３４５６７８',
    '+84 (0) 912 345 678',
  ])('refuses %s', (text) => expect(privacyFault(text)).toBe('phone'));
});

describe('citizen identity numbers', () => {
  it.each([
    '001234567890',
    'CCCD 079 123 456 789',
    '079.123.456.789',
    'CMND 123456789',
    'số định danh: 123456789',
  ])('refuses %s', (text) => expect(privacyFault(text)).toBe('citizenId'));
});

describe('ordinary figures in notes', () => {
  it.each([
    '',
    '1555/STTTT-CĐS ngày 07/9/2022',
    '1.234.567.890',
    '84.123.456.789',
    '84 123 456 789 đồng',
    '123456789',
    '123456789012',
    'Ngày 20/7; 01/8; 12/9 năm 2022',
    '2021 2022 2023',
    '09-12-2022 10 hồ sơ',
    '5971 5949 22 5948',
    'Tiếp nhận 5971 hồ sơ, giải quyết 5949, còn 22',
    'Quyết định số 06/QĐ-TTg ngày 06/01/2022',
  ])('keeps "%s"', (text) => expect(privacyFault(text)).toBeUndefined());
  it('answers at once for a very long text', () => {
    const start = performance.now();
    for (const text of ['0'.repeat(1e6), '0 '.repeat(1e5), 'mật '.repeat(1e5), '1-'.repeat(1e5)])
      privacyFault(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
