// The form that every peer asks: 130 whole numbers.
export const QUESTIONS = 130;

export const question = (number) =>
  `Câu ${number}/${QUESTIONS}: Số nhiệm vụ đề ra trong kế hoạch. Nhập số nguyên`;
export const DONE = 'Xong, cảm ơn anh/chị.';
export const WRONG = 'Hãy nhập một số nguyên.';

/** The number in a text, or undefined. */
export const read = (text) => (/^\d+$/.test(text) ? Number(text) : undefined);
