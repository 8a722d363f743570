// Whether words are a reason: what is recorded as one is printed or acted on, so a stray mark must not become one.
import { clean, fold } from '../src/domain/words.ts';

/** Words that mean a choice or a way out, said where a reason is awaited. */
const NOT_REASONS = new Set([
  ...['quay lai', 'de sau', 'bo qua', 'giu nguyen', 'xem lai', 'tiep tuc', 'nhap tiep', 've danh sach'],
  ...['giai trinh', 'chua giai trinh', 'da kiem tra', 'so dung', 'da kiem tra, so dung', 'chua quyet dinh'],
  ...[
    'gui tra lai',
    'hoi lai',
    'tra loi',
    'mo khoa',
    'khong mo',
    'dinh chinh',
    'tra lai can bo',
    'duyet va nop',
  ],
  ...['chua gui', 'chua gui, quay lai', 'sua so lieu', 'sua tung chi tieu', 'bo cau nay'],
  ...['tra lai', 'tiep nhan', 'cho nop', 'de nghi don vi sua', 'khong biet', 'de trong', 'khong ap dung'],
]);

/** Longest reason that is kept, in characters. */
export const LONGEST_REASON = 500;

/** At least two words of letters that are not a choice's. */
export const isReason = (text: string): boolean =>
  (clean(text).match(/\p{L}{2,}/gu) ?? []).length >= 2 && !NOT_REASONS.has(fold(text).replace(/[.!]+$/, ''));
