// Words for a value that a colleague has written meanwhile: who, what, when, and the two ways on.
import type { Text } from '../domain/conversation.ts';
import type { Indicator } from '../domain/template.ts';
import { bold, lines, momentWords, plainLabel, short } from './common.ts';

/** A colleague's value in words; `at` is an instant (ISO). */
type Theirs = { readonly name: string | undefined; readonly value: string; readonly at: string };

const nameOf = (name: string | undefined, otherwise: string): string => short(name || otherwise, 24);

export const COLLEAGUE = {
  ask: (
    indicator: Indicator,
    theirs: Theirs,
    mine: { readonly value: string; readonly note?: string },
    timezone: string,
  ): Text =>
    lines(
      [
        `${nameOf(theirs.name, 'Đồng nghiệp')} đã ghi `,
        bold(short(theirs.value, 300)),
        ` lúc ${momentWords(theirs.at, timezone)} cho chỉ tiêu `,
        bold(short(plainLabel(indicator), 90)),
        '.',
      ],
      [
        'Anh/chị vừa nhập ',
        bold(short(mine.value, 300)),
        mine.note === undefined ? '' : ` (ghi chú: ${short(mine.note, 200)})`,
        '; chưa ghi vào phụ lục. Anh/chị chọn giúp:',
      ],
    ),
  keep: ({ name, value }: Theirs): string => `Giữ ${short(value, 26)} của ${nameOf(name, 'đồng nghiệp')}`,
  replace: (value: string): string => `Ghi ${short(value, 40)} thay vào`,
  kept: (indicator: Indicator, { name, value }: Theirs): Text => [
    `✓ ${short(plainLabel(indicator), 120)}: giữ `,
    bold(short(value, 300)),
    ` của ${nameOf(name, 'đồng nghiệp')}`,
  ],
};
