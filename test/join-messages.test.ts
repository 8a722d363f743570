// Where nothing can be edited, what is said in one breath is one message.
import { describe, expect, it } from 'vitest';
import { joinMessages } from '../src/channels/join-messages.ts';
import type { Message } from '../src/domain/conversation.ts';

const choice = [[{ label: 'Để sau', action: 'k' }]];

describe('Messages of one turn', () => {
  it('become one: the echo, and the question with its buttons', () => {
    const echo: Message = { text: ['✓ ', { bold: '5' }], replaces: 'q1' };
    const question: Message = { text: ['Câu hỏi 2'], buttons: choice, marks: 'letter', key: 'q2' };
    expect(joinMessages([echo, question], 2000)).toEqual([
      {
        text: ['✓ ', { bold: '5' }, '\n\n', 'Câu hỏi 2'],
        buttons: choice,
        marks: 'letter',
        key: 'q2',
        above: 3,
      },
    ]);
  });

  it('stay apart where the earlier one has buttons or a file, or the whole would be too long', () => {
    const apart: Message[] = [
      { text: ['Hai số trái nhau'], buttons: choice },
      { text: ['Bảng'], file: { report: 'r' } },
      { text: ['a'.repeat(60)] },
      { text: ['b'.repeat(60)] },
    ];
    expect(joinMessages(apart, 100)).toEqual(apart);
  });

  it('stay apart where a letter is to be forwarded, and where one changes an earlier message', () => {
    const letter: Message[] = [
      { text: ['Đã tạo'] },
      { text: ['Mời chị'], apart: true },
      { text: ['Câu hỏi'] },
    ];
    expect(joinMessages(letter, 2000)).toEqual(letter);
    const change: Message[] = [
      { text: ['✓ 5'], replaces: 'q1' },
      { text: ['Câu hỏi 2'], key: 'q2' },
    ];
    expect(joinMessages(change, 2000, true)).toEqual(change);
    expect(joinMessages(change, 2000)).toHaveLength(1);
    expect(joinMessages([{ text: ['✓ 5'] }, { text: ['Câu hỏi 2'] }], 2000, true)).toHaveLength(1);
  });

  it('are left alone when there is one or none', () => {
    expect(joinMessages([], 2000)).toEqual([]);
    expect(joinMessages([{ text: ['Xin chào'] }], 2000)).toEqual([{ text: ['Xin chào'] }]);
  });
});
