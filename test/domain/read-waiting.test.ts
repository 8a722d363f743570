// For whom one waits and until when, as officers write it.
import { describe, expect, it } from 'vitest';
import { readWaiting } from '../../src/domain/read-waiting.ts';

/** A Wednesday, 9 o'clock in Vietnam. */
const NOW = '2026-12-09T02:00:00.000Z';
const read = (words: string): string => {
  const { what, until } = readWaiting(words, NOW, 'Asia/Ho_Chi_Minh');
  const local = until && new Date(Date.parse(until) + 7 * 3_600_000).toISOString().slice(0, 16);
  return `${what} | ${local ?? '-'}`;
};

describe('Words after /cho', () => {
  it.each([
    ['Phòng Nội vụ đến thứ sáu', 'Phòng Nội vụ | 2026-12-11T08:00'],
    ['Phòng Nội vụ thứ sáu lúc 9h', 'Phòng Nội vụ | 2026-12-11T09:00'],
    ['báo cáo của các xã đến 15/12', 'báo cáo của các xã | 2026-12-15T08:00'],
    ['Công an tỉnh đến hết ngày 15/12', 'Công an tỉnh | 2026-12-15T08:00'],
    ['Công an tỉnh đến 16h ngày 15/12', 'Công an tỉnh | 2026-12-15T16:00'],
    ['anh Nam 2 ngày nữa', 'anh Nam | 2026-12-11T08:00'],
    ['anh Nam, hai tuần nữa', 'anh Nam | 2026-12-23T08:00'],
    ['anh Nam – chiều mai', 'anh Nam | 2026-12-10T14:00'],
    ['cô Mai đến sáng mai', 'cô Mai | 2026-12-10T08:00'],
    ['cô Mai', 'cô Mai | -'],
    ['chị mai', 'chị mai | -'],
    ['kết quả khảo sát đến mai', 'kết quả khảo sát | 2026-12-10T08:00'],
    ['kết quả khảo sát mai', 'kết quả khảo sát | 2026-12-10T08:00'],
    ['Sở Y tế tuần sau', 'Sở Y tế | 2026-12-14T08:00'],
    ['Sở Y tế đến thứ hai tuần sau', 'Sở Y tế | 2026-12-14T08:00'],
    ['Sở Y tế đến chủ nhật tuần này', 'Sở Y tế | 2026-12-13T08:00'],
    ['Sở Y tế, cuối tuần sau', 'Sở Y tế | 2026-12-18T08:00'],
    ['Sở Y tế ngày kia', 'Sở Y tế | 2026-12-11T08:00'],
    ['15:30', ' | 2026-12-09T15:30'],
    ['đến 10/1', ' | 2027-01-10T08:00'],
    ['', ' | -'],
    ['số liệu mục 3.2', 'số liệu mục 3.2 | -'],
    ['số liệu 2 xã', 'số liệu 2 xã | -'],
    ['Phòng 5', 'Phòng 5 | -'],
    ['Kế hoạch số 05/KH-UBND', 'Kế hoạch số 05/KH-UBND | -'],
    ['Phòng Nội vụ đến khi có văn bản', 'Phòng Nội vụ đến khi có văn bản | -'],
    ['đợt kiểm tra 2 ngày', 'đợt kiểm tra 2 ngày | -'],
  ])('“%s”', (words, expected) => {
    expect(read(words)).toBe(expected);
  });
});
