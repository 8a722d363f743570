// Choices where a platform has few buttons or none: what is shown, and what typed words mean. No figure is ever taken for a choice.
import { describe, expect, it } from 'vitest';
import { fitChoices, readChoice } from '../src/channels/choices.ts';
import type { Button, Marks, Message } from '../src/domain/conversation.ts';
import { plain } from './support/world.ts';

const of = (...labels: readonly string[]): Button[][] =>
  labels.map((label) => [{ label, action: `do:${label}` }]);
const said = (seq: number, text: string, buttons?: Button[][], marks?: Marks) => ({
  seq,
  message: { text: [text], ...(buttons ? { buttons } : {}), ...(marks ? { marks } : {}) } as Message,
});
/** The action that the words choose; undefined also for a number beyond the list. */
const chosen = (typed: string, shown: Parameters<typeof readChoice>[1], most: number): string | undefined => {
  const read = readChoice(typed, shown, most);
  return read?.is === 'choice' ? read.action : undefined;
};
const words = (shown: { text: Message['text'] }): string => plain({ text: shown.text });

const side: Button[][] = [
  [
    { label: 'Để trống', action: 'b', typed: 'để trống' },
    { label: 'Để sau', action: 'k', typed: 'để sau' },
  ],
];
const codes: Button[][] = [
  [
    { label: '1 – Có', action: 'c:1', typed: '1' },
    { label: '0 – Không', action: 'c:0', typed: '0' },
  ],
];

describe('Choices', () => {
  it('are buttons where there is room for them', () => {
    const shown = fitChoices(said(1, 'Câu hỏi', [...codes, ...side]), 5);
    expect(words(shown)).toBe('Câu hỏi');
    expect(shown.buttons.map(({ label }) => label)).toEqual(['1 – Có', '0 – Không', 'Để trống', 'Để sau']);
  });

  it('that can be typed give way first where room is short, and are named', () => {
    const shown = fitChoices(said(1, 'Câu hỏi', [...codes, ...side]), 3);
    expect(shown.buttons.map(({ label }) => label)).toEqual(['1 – Có', '0 – Không', 'Để trống']);
    expect(words(shown)).toBe('Câu hỏi\nHoặc gõ: để sau');
  });

  it('of a question are its own codes and words, never numbers of our making', () => {
    const shown = fitChoices(said(1, 'Câu hỏi', [...codes, ...side]), 0);
    expect(shown.buttons).toEqual([]);
    expect(words(shown)).toBe('Câu hỏi\n1 – Có\n0 – Không\nHoặc gõ: để trống, để sau');
    expect(words(fitChoices(said(1, 'Số hồ sơ?', side), 0))).toBe('Số hồ sơ?\nCó thể gõ: để trống, để sau');
  });

  it('are numbered in a list, lettered beside a question, and coded when told in passing', () => {
    const list = fitChoices(said(7, 'Chọn mục:', of('Mục I', 'Mục II'), 'number'), 0);
    expect(words(list)).toBe('Chọn mục:\n\nGõ số để chọn:\n1. Mục I\n2. Mục II');
    const doubt = fitChoices(said(7, 'Là số nào?', of('Ghi 5.971', 'Ghi 5,971'), 'letter'), 0);
    expect(words(doubt)).toBe('Là số nào?\n\nGõ chữ cái để chọn:\na. Ghi 5.971\nb. Ghi 5,971');
    const news = fitChoices(said(107, 'Đơn vị đã nộp', of('Tiếp nhận', 'Trả lại')), 0);
    expect(words(news)).toContain('\na7. Tiếp nhận\nb7. Trả lại');
  });

  it('are all listed when too many of them have no words of their own', () => {
    const shown = fitChoices(said(1, 'Chọn:', of('1', '2', '3', '4', '5', '6'), 'number'), 5);
    expect(shown.buttons).toEqual([]);
    expect(words(shown)).toContain('6. 6');
  });

  it('past z go on with two letters', () => {
    const many = of(...Array.from({ length: 28 }, (_, n) => `Dòng ${n}`));
    expect(words(fitChoices(said(1, 'x', many, 'letter'), 0))).toMatch(
      /\nz\. Dòng 25\naa\. Dòng 26\nab\. Dòng 27$/,
    );
  });
});

describe('Typed words', () => {
  const list = said(3, 'Chọn mục:', of('Mục I', 'Mục II'), 'number');

  it('choose from a list by number or by the words themselves, with or without diacritics', () => {
    for (const typed of ['2', ' 2. ', '2)', 'Mục II', 'muc ii'])
      expect(chosen(typed, [list], 0)).toBe('do:Mục II');
    expect(chosen('3', [list], 0)).toBeUndefined();
    expect(chosen('12', [list], 0)).toBeUndefined();
  });

  it('that are a number mean a figure as soon as anything else was said after the list', () => {
    const question = said(4, 'Số hồ sơ?', side, 'letter');
    expect(chosen('2', [list, question], 0)).toBeUndefined();
    expect(chosen('2', [list, said(4, 'Tin khác')], 0)).toBe('do:Mục II');
    expect(chosen('2', [list, said(4, 'Tin khác', of('A'), 'number')], 0)).toBeUndefined();
  });

  it('that are a number still choose when only something told in passing came between', () => {
    expect(chosen('2', [list, said(4, 'Đơn vị đã nộp', of('Tiếp nhận'))], 0)).toBe('do:Mục II');
  });

  it('choose by letter beside an open question, where a number stays a figure', () => {
    const doubt = said(4, 'Là số nào?', of('Ghi 5.971', 'Ghi 5,971'), 'letter');
    expect(chosen('b', [doubt], 0)).toBe('do:Ghi 5,971');
    expect(chosen('B.', [doubt], 0)).toBe('do:Ghi 5,971');
    expect(chosen('2', [doubt], 0)).toBeUndefined();
    expect(chosen('ghi 5.971', [doubt], 0)).toBe('do:Ghi 5.971');
    expect(chosen('5.971', [doubt], 0)).toBeUndefined();
  });

  it('find the letters of a warning said together with the next question, but not those of an earlier turn', () => {
    const warning = { ...said(4, 'Hai số trái nhau', of('Sửa III.5', 'Giải trình'), 'letter'), id: 'e1:0' };
    const question = { ...said(5, 'Số hồ sơ?', side, 'letter'), id: 'e1:1' };
    expect(chosen('a', [warning, question], 0)).toBe('do:Sửa III.5');
    const later = { ...said(6, 'Số hồ sơ?', side, 'letter'), id: 'e2:0' };
    expect(chosen('a', [warning, question, later], 0)).toBeUndefined();
  });

  it('may be the line as it was shown, its words without the number, or a clear beginning of them', () => {
    const sections = of(
      '✓ I Công tác chỉ đạo · 3/25',
      'II Cải cách thể chế · 0/15',
      'III Cải cách thủ tục · 0/9',
    );
    const shown = said(3, 'Chọn mục:', sections, 'number');
    for (const typed of [
      ...['2. II Cải cách thể chế · 0/15', 'Cải cách thể chế', 'II Cải cách thể chế', 'ii', 'chọn 2', 'số 2'],
      ...['(2)', '2 nhé', '02', 'mục 2', '2.'],
    ])
      expect(chosen(typed, [shown], 0), typed).toBe('do:II Cải cách thể chế · 0/15');
    expect(chosen('công tác chỉ', [shown], 0)).toBe('do:✓ I Công tác chỉ đạo · 3/25');
    expect(chosen('cải cách', [shown], 0)).toBeUndefined();
  });

  it('that are a number beyond the list asked last are neither a choice nor anything else', () => {
    expect(readChoice('99', [list], 0)).toEqual({ is: 'beyond', most: 2 });
    expect(readChoice('0', [list], 0)).toEqual({ is: 'beyond', most: 2 });
    expect(readChoice('12 hồ sơ', [list], 0)).toBeUndefined();
    const question = said(4, 'Số hồ sơ?', side, 'letter');
    expect(readChoice('99', [list, question], 0)).toBeUndefined();
    expect(readChoice('99', [list], 5)).toBeUndefined();
  });

  it('name one of the messages told in passing when only one has such a choice', () => {
    const one = said(11, 'Đơn vị A', of('Tiếp nhận A', 'Trả lại A'));
    const other = said(12, 'Đơn vị B', of('Tiếp nhận B', 'Trả lại B'));
    expect(chosen('trả lại b', [one, other], 0)).toBe('do:Trả lại B');
    const same = [13, 14].map((seq) => said(seq, 'Đơn vị', [[{ label: 'Trả lại', action: `T:${seq}` }]]));
    expect(chosen('trả lại', same, 0)).toBeUndefined();
  });

  it('name the message by its code when it was told in passing, however many came since', () => {
    const news = [11, 12, 13].map((seq) => said(seq, `Đơn vị ${seq}`, of(`Tiếp nhận ${seq}`, 'Trả lại')));
    expect(chosen('a12', [...news, list], 0)).toBe('do:Tiếp nhận 12');
    expect(chosen('a1', [...news, list], 0)).toBeUndefined();
  });

  it('say the button of the open question also where it is a real one', () => {
    const question = said(5, 'Số hồ sơ?', side, 'letter');
    expect(chosen('Để sau', [question], 5)).toBe('k');
    expect(chosen('để trống', [question], 0)).toBe('b');
  });

  it('that are a label ending in a bracket are understood', () => {
    const file = said(3, 'Báo cáo đã nộp', of('Tải bảng (.xlsx)'), 'number');
    expect(chosen('tải bảng (.xlsx)', [file], 0)).toBe('do:Tải bảng (.xlsx)');
  });

  it('that stand beside two marks choose neither', () => {
    const twice = [[{ label: 'Giải trình', action: 'e:1' }], [{ label: 'Giải trình', action: 'e:2' }]];
    const review = said(3, 'Hai điểm cần xem', twice, 'number');
    expect(chosen('giải trình', [review], 0)).toBeUndefined();
    expect(chosen('2', [review], 0)).toBe('e:2');
  });

  it('mean nothing where the choices were shown as buttons and no number stood there', () => {
    expect(chosen('2', [list], 5)).toBeUndefined();
    expect(chosen('a3', [said(3, 'x', of('A'))], 5)).toBeUndefined();
  });
});
