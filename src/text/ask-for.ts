// Words of asking a colleague for figures that are waited for.
import type { Text } from '../domain/conversation.ts';
import type { Person } from '../domain/people.ts';
import type { Row, Template } from '../domain/template.ts';
import { partWords } from './assign.ts';
import { bold, momentWords, short } from './common.ts';
import { nameOf, ownName } from './row-names.ts';

/** So many hours are told apart; those behind them go without one. */
const MOST_HOURS = 4;

export const ASK_FOR = {
  one: 'Nhờ đồng nghiệp nhập chỉ tiêu này',
  row: (template: Template, row: Row): string => short(`Nhờ nhập: ${ownName(template, row, 48, ' ')}`, 60),
  all: (what: string, count: number): string => `Nhờ ${short(what, 28)} nhập cả ${count} chỉ tiêu`,
  /** Whoever is meant is there already. */
  meant: (template: Template, rows: readonly string[], total: number, people: readonly Person[]): Text => [
    'Giao ',
    bold(partWords(template, rows)),
    ` (${total} chỉ tiêu) cho `,
    ...(people.length === 1
      ? [bold(people[0]?.name || 'đồng nghiệp')]
      : ['ai trong các đồng nghiệp dưới đây']),
    '? Anh/chị chọn dưới đây, hoặc gõ họ tên người khác.',
  ],
  byCode: (name: string): string => short(`Tạo mã mời cho ${name}`, 60),
  /** Until when the figures are needed, one line for each hour. */
  needed: (
    template: Template,
    hours: readonly { readonly until: string; readonly rows: readonly string[] }[],
    timezone: string,
  ): readonly string[] => {
    const [only, ...others] = hours;
    if (!only) return [];
    if (others.length === 0) return [`Cần có số liệu trước ${momentWords(only.until, timezone)}.`];
    return hours
      .slice(0, MOST_HOURS)
      .map(
        ({ until, rows }) =>
          `Cần có trước ${momentWords(until, timezone)}: ${rows.map((id) => nameOf(template, id, 40)).join('; ')}.`,
      );
  },
};
