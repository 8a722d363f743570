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
      { text: ['✓ ', { bold: '5' }, '\n\n', 'Câu hỏi 2'], buttons: choice, marks: 'letter', key: 'q2' },
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

  it('are left alone when there is one or none', () => {
    expect(joinMessages([], 2000)).toEqual([]);
    expect(joinMessages([{ text: ['Xin chào'] }], 2000)).toEqual([{ text: ['Xin chào'] }]);
  });
});
