// Words around choices that are typed instead of tapped.
import { short } from './common.ts';

export const CHOICES = {
  number: 'Gõ số để chọn:',
  letter: 'Gõ chữ cái để chọn:',
  coded: (first: string): string => `Gõ mã đứng đầu dòng (ví dụ ${first}) để chọn:`,
  orType: (words: readonly string[]): string => `Hoặc gõ: ${words.join(', ')}`,
  notThere: (typed: string, most: number): string =>
    `“${short(typed, 20)}” không có trong danh sách trên (1–${most}) nên chưa ghi và chưa chọn gì.`,
  noSuch: (typed: string): string =>
    `“${short(typed, 20)}” không ứng với lựa chọn nào đang hiện nên chưa ghi gì.`,
  /** The same mark came twice: perhaps only sent twice. */
  again: (typed: string): string =>
    `“${short(typed, 20)}” vừa được hiểu là lựa chọn của câu trước nên lần này chưa làm gì. Nếu đúng là câu trả lời mới, anh/chị gõ lại “${short(typed, 20)}”.`,
  notReason: (typed: string): string =>
    `“${short(typed, 60)}” chưa phải là lý do bằng lời nên chưa ghi và chưa quyết định gì.`,
  type: (words: readonly string[]): string => `Có thể gõ: ${words.join(', ')}`,
};
