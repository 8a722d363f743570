// Words around choices that are typed instead of tapped.

export const CHOICES = {
  number: 'Gõ số để chọn:',
  letter: 'Gõ chữ cái để chọn:',
  coded: (first: string): string => `Gõ mã đứng đầu dòng (ví dụ ${first}) để chọn:`,
  orType: (words: readonly string[]): string => `Hoặc gõ: ${words.join(', ')}`,
  type: (words: readonly string[]): string => `Có thể gõ: ${words.join(', ')}`,
};
