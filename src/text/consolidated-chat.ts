// Words that go with the consolidated tables in the chat.
import type { Board, BoardCounts } from '../domain/board.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { Text } from '../domain/conversation.ts';
import type { Unit } from '../domain/people.ts';
import type { Template } from '../domain/template.ts';
import { bold, lines, periodWords, short } from './common.ts';

/** So many names keep the message short; the workbook names all of them. */
const MOST_NAMED = 10;

export const CONSOLIDATED_CHAT = {
  which: 'Anh/chị muốn tổng hợp kỳ nào?',
  head: ({ campaign, template }: Board): Text => [
    bold('Bảng tổng hợp'),
    ` – CCHC ${periodWords(campaign, template)}`,
  ],
  state: ({ total, byState: { submitted, accepted } }: BoardCounts): string =>
    accepted === total
      ? `Cả ${total} đơn vị đã được tiếp nhận.`
      : `Tạm tính: ${submitted + accepted}/${total} đơn vị đã nộp, trong đó ${accepted} đã tiếp nhận. Số liệu đang nhập chưa được cộng.`,
  missing: (units: readonly Unit[]): string => {
    const named = units.slice(0, MOST_NAMED).map(({ name }) => short(name, 40));
    const more = units.length - named.length;
    return `Chưa nộp (${units.length}): ${named.join('; ')}${more > 0 ? ` và ${more} đơn vị khác` : ''}`;
  },
  how: 'Tỷ lệ được tính lại từ tử số và mẫu số, mã chọn được đếm; chỉ tiêu không cộng được thì ghi rõ lý do. Số liệu bất thường ở trang cuối.',
  closed: (period: string): string => `Bảng tổng hợp của kỳ đã đóng – ${period}:`,
  outdatedHere: 'Bảng tổng hợp anh/chị đã tải còn là bản trước của đơn vị này; gõ /tonghop để lấy bảng mới.',
  outdated: (template: Template, campaign: Campaign, unit: Unit, version: number): string =>
    `${unit.name} đã nộp bản ${version} báo cáo CCHC ${periodWords(campaign, template)}; bảng tổng hợp anh/chị đã tải còn là bản trước.`,
  again: 'Lấy bảng tổng hợp mới',
  level: 'Phụ lục của đơn vị anh/chị với số tổng hợp:',
  nobody: (board: Board): Text =>
    lines(
      CONSOLIDATED_CHAT.head(board),
      `Chưa có đơn vị nào nộp (${board.counts.total} đơn vị), nên chưa có gì để tổng hợp.`,
    ),
};
