// Words for somebody who fills a part of a report that a colleague has given them.
import type { Campaign } from '../domain/campaign.ts';
import type { Text } from '../domain/conversation.ts';
import type { Report } from '../domain/report.ts';
import type { Template } from '../domain/template.ts';
import { type Counts, partWords } from './assign.ts';
import { bold, lines, momentWords, periodWords, short } from './common.ts';

export const PART = {
  title: 'Phần được giao',
  none: 'Hiện anh/chị chưa được giao phần nào của báo cáo. Khi đồng nghiệp giao, trợ lý sẽ báo ngay. Cảm ơn anh/chị.',
  /** What was given, by whom, until when. */
  given: (
    template: Template,
    rows: readonly string[],
    by: string,
    campaign: Campaign,
    total: number,
    timezone: string,
    needed: readonly string[] = [],
  ): Text =>
    lines(
      [
        `${by || 'Cán bộ phụ trách'} giao anh/chị điền `,
        bold(partWords(template, rows)),
        ` (${total} chỉ tiêu) của báo cáo ${periodWords(campaign, template)}.`,
      ],
      ...needed,
      `Báo cáo cần nộp trước ${momentWords(campaign.due, timezone)}. Điền xong, trợ lý báo lại cho người giao; người giao xem lại và nộp.`,
    ),
  begin: 'Bắt đầu',
  goOn: 'Điền tiếp',
  nudge: (
    by: string,
    template: Template,
    rows: readonly string[],
    { answered, total }: Counts,
    campaign: Campaign,
    timezone: string,
  ): Text =>
    lines(
      [
        `${by || 'Đồng nghiệp'} nhắc: `,
        bold(partWords(template, rows)),
        ` còn ${total - answered}/${total} chỉ tiêu chưa có số.`,
      ],
      `Báo cáo cần nộp trước ${momentWords(campaign.due, timezone)}.`,
    ),
  takenBack: (by: string, template: Template, rows: readonly string[]): string =>
    `${by || 'Đồng nghiệp'} đã nhận lại ${partWords(template, rows)}, anh/chị không cần điền nữa. Những gì anh/chị đã điền vẫn được giữ. Cảm ơn anh/chị.`,
  lost: (words: string): string =>
    `Chỉ tiêu đang hỏi hay giải trình không còn trong phần giao cho anh/chị, nên tin “${short(words, 300)}” chưa được ghi. Những gì đã điền trước đó vẫn được giữ.`,
  handIn: 'Báo xong',
  ready: 'Đã đủ số liệu, không còn điểm cần kiểm tra. Anh/chị có thể báo xong.',
  gaps: (n: number, total: number): string =>
    `Phần được giao còn ${n}/${total} chỉ tiêu chưa có số liệu. Anh/chị điền tiếp, hay báo xong luôn?`,
  complete: (total: number): string => `Phần được giao đã đủ ${total}/${total} chỉ tiêu.`,
  handInAnyway: 'Báo xong dù còn thiếu',
  thanks: (owner: string): string =>
    `Cảm ơn anh/chị, đã báo cho ${owner || 'cán bộ phụ trách'}. ${owner || 'Cán bộ phụ trách'} xem lại và nộp cả báo cáo; cần sửa gì, anh/chị vẫn sửa được cho đến khi báo cáo được nộp.`,
  locked: (template: Template, campaign: Campaign, report: Report, sender: string): Text =>
    lines(
      [bold(`Báo cáo ${periodWords(campaign, template)}`)],
      report.status === 'awaiting'
        ? `${sender || 'Cán bộ phụ trách'} đã trình lãnh đạo duyệt báo cáo nên phần được giao đang khóa. Cần sửa gì, anh/chị báo người đó giúp.`
        : `${sender || 'Cán bộ phụ trách'} đã nộp báo cáo nên phần được giao đang khóa. Cần sửa gì, anh/chị báo người đó giúp.`,
    ),
  officersOnly:
    'Việc này do cán bộ phụ trách báo cáo của đơn vị làm. Anh/chị điền phần được giao, xong thì chọn Báo xong (hoặc gõ /nop).',
  historyOfOne:
    'Anh/chị xem được lịch sử từng chỉ tiêu trong phần được giao: gõ /lichsu rồi đến số thứ tự hoặc vài từ của chỉ tiêu.',
  /** To whoever gave it. */
  done: (name: string, template: Template, rows: readonly string[], { answered, total }: Counts): Text => [
    bold(name || 'Đồng nghiệp'),
    answered === total
      ? ` đã điền xong ${partWords(template, rows)}: ${answered}/${total} chỉ tiêu.`
      : ` báo xong ${partWords(template, rows)}: ${answered}/${total} chỉ tiêu, còn ${total - answered} chưa có số liệu.`,
  ],
};
