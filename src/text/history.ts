// Words around a report's history: the message in the chat, the choices, and the table to keep.
import type { Campaign } from '../domain/campaign.ts';
import type { Text } from '../domain/conversation.ts';
import type { Unit } from '../domain/people.ts';
import type { Indicator, Template } from '../domain/template.ts';
import { bold, lines, momentWords, periodWords, short } from './common.ts';
import type { HistoryLine } from './history-line.ts';
import { ownName } from './row-names.ts';

export const HISTORY = {
  head: (
    unit: Unit,
    campaign: Campaign,
    template: Template,
    indicator: Indicator | undefined,
    total: number,
  ): Text =>
    lines(
      [bold(`Lịch sử báo cáo ${periodWords(campaign, template)}`), ` – ${unit.name}`],
      indicator ? `Chỉ tiêu ${ownName(template, indicator, 80)}` : undefined,
      total === 0 ? 'Chưa có gì được ghi lại.' : `${total} lần ghi, mới nhất trước:`,
    ),
  line: ({ at, who, channel, what, row, was, now, why }: HistoryLine): Text => {
    const change =
      was === '' && now === '' ? '' : was === '' ? now : `${was} → ${now === '' ? 'để trống' : now}`;
    const about = [row, change].filter(Boolean).join(': ');
    return [
      `· ${at} – ${who}${channel === '' ? '' : ` (${channel})`}: `,
      bold(what),
      about === '' ? '' : ` ${short(about, 240)}`,
      why === '' ? '' : ` – ${short(why, 240)}`,
    ];
  },
  page: (page: number, pages: number): string => `Trang ${page}/${pages}`,
  newer: '‹ Mới hơn',
  older: 'Cũ hơn ›',
  file: 'Tải toàn bộ (.xlsx)',
  fileHere: 'Toàn bộ lịch sử trong tệp kèm theo.',
  usage:
    'Anh/chị gõ /lichsu rồi đến tên hoặc mã đơn vị, thêm chỉ tiêu nếu cần. Ví dụ: /lichsu xã An Bình, hoặc /lichsu xã An Bình II.3',
  noUnit: (words: string): string =>
    `Không tìm thấy đơn vị nào khớp với “${short(words, 60)}” trong các kỳ đang mở mà anh/chị theo dõi.`,
  noIndicator: (words: string): string => `Không tìm thấy chỉ tiêu nào khớp với “${short(words, 60)}”.`,
  whichUnit: (words: string, more: number): string =>
    `Có nhiều đơn vị khớp với “${short(words, 60)}”, anh/chị chọn một:${more > 0 ? ` (còn ${more} đơn vị khác, xin gõ rõ hơn)` : ''}`,
  whichIndicator: (words: string, more: number): string =>
    `Có nhiều chỉ tiêu khớp với “${short(words, 60)}”, anh/chị chọn một:${more > 0 ? ` (còn ${more} chỉ tiêu khác, xin gõ rõ hơn)` : ''}`,
  table: {
    title: 'LỊCH SỬ BÁO CÁO',
    sheet: 'Lịch sử',
    columns: [
      { head: 'Thời điểm', width: 14 },
      { head: 'Người thực hiện', width: 14 },
      { head: 'Kênh', width: 12 },
      { head: 'Việc', width: 14 },
      { head: 'Chỉ tiêu', width: 26 },
      { head: 'Trước', width: 14 },
      { head: 'Sau', width: 14 },
      { head: 'Lý do, nội dung', width: 26 },
    ],
    until: (instant: string, timezone: string): string => `Tính đến ${momentWords(instant, timezone)}`,
  },
};

/** The cells of a line, in the order of the table's columns. */
export const historyCells = ({
  at,
  who,
  channel,
  what,
  row,
  was,
  now,
  why,
}: HistoryLine): readonly string[] => [...[at, who, channel, what, row, was, now, why]];
