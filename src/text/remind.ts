// Words of reminders: what an officer still has to do, and putting a reminder off.
import type { Campaign } from '../domain/campaign.ts';
import { daysBetween, localTime } from '../domain/clock.ts';
import type { Text } from '../domain/conversation.ts';
import type { Unit } from '../domain/people.ts';
import { partName, partsOf, progressOf, unanswered } from '../domain/progress.ts';
import { openPoints, type Report } from '../domain/report.ts';
import type { Template } from '../domain/template.ts';
import { bold, lines, momentWords, short, timeLeft } from './common.ts';
import { waitingLines } from './waiting-for.ts';

/** So many parts keep a reminder short enough for a phone. */
const MOST_PARTS = 12;
const HOUR = 3_600_000;

/** What is missing of a report, one line for each part that is not complete. */
export function missingLines(template: Template, report: Report): readonly string[] {
  const { answered, pending, total } = progressOf(template, report);
  const parts = partsOf(template).flatMap((part) => {
    const mine = progressOf(template, report, part.id);
    const left = mine.total - mine.answered;
    const waiting = mine.pending > 0 ? ` (${mine.pending} đang chờ số liệu)` : '';
    return left > 0
      ? [`• ${short(partName(template, part), 60)}: còn thiếu ${left}/${mine.total}${waiting}`]
      : [];
  });
  if (parts.length === 0) return ['Các chỉ tiêu đã nhập đủ, chỉ còn xem lại và nộp.'];
  const more = parts.length - MOST_PARTS;
  return [
    `Còn ${total - answered}/${total} chỉ tiêu chưa có số liệu${pending > 0 ? `, trong đó ${pending} đang chờ số liệu` : ''}:`,
    ...parts.slice(0, MOST_PARTS),
    ...(more > 0 ? [`… và ${more} mục khác.`] : []),
  ];
}

/** What is to be mended of a returned report. */
function returnedLine(report: Report): string | undefined {
  if (report.status !== 'returned' || !report.returned) return undefined;
  const open = openPoints(report).length;
  if (open > 0) return `Báo cáo được trả lại, còn ${open} điểm cần chỉnh sửa rồi nộp lại.`;
  if ((report.returned.points ?? []).length > 0)
    return 'Các điểm được trả lại đã chỉnh sửa xong, chỉ còn nộp lại.';
  return `Báo cáo được trả lại để chỉnh sửa: ${short(report.returned.text, 200)}`;
}

/** "còn 3 ngày", on the day itself "còn khoảng 5 giờ", afterwards how long it is overdue. */
export function leftWords(campaign: Campaign, now: string, timezone: string): string {
  const left = Date.parse(campaign.due) - Date.parse(now);
  if (left <= 0 || daysBetween(localTime(now, timezone).day, localTime(campaign.due, timezone).day) > 0)
    return timeLeft(campaign, now, timezone);
  return left < HOUR ? `còn ${Math.ceil(left / 60_000)} phút` : `còn khoảng ${Math.round(left / HOUR)} giờ`;
}

function closing(late: boolean, { status }: Report): string {
  if (late) return 'Nếu đơn vị còn vướng mắc, anh/chị trao đổi với đầu mối tổng hợp để được hỗ trợ. ';
  // To somebody who has not begun that would say something else.
  return status === 'notStarted' ? '' : 'Số liệu đã nhập vẫn được giữ nguyên. ';
}

export const REMIND = {
  reminder: (
    { campaign, unit, report, template }: Told,
    period: string,
    now: string,
    timezone: string,
  ): Text => {
    const late = Date.parse(campaign.due) <= Date.parse(now);
    const returned = returnedLine(report);
    const complete = unanswered(template, report).length === 0;
    return lines(
      [bold(`Nhắc nộp báo cáo CCHC ${period}`), ` – ${unit.name}`],
      `Hạn nộp ${momentWords(campaign.due, timezone)} (${leftWords(campaign, now, timezone)}).`,
      returned,
      ...(returned !== undefined && complete ? [] : missingLines(template, report)),
      ...waitingLines(template, report, now, timezone),
      `${closing(late, report)}Trân trọng cảm ơn anh/chị.`,
    );
  },
  goOn: ({ report, template }: Told): string => {
    if (report.status === 'returned') return 'Chỉnh sửa tiếp';
    if (report.status === 'notStarted') return 'Bắt đầu nhập';
    return unanswered(template, report).length === 0 ? 'Xem lại và nộp' : 'Nhập tiếp';
  },
  inTwoHours: 'Nhắc lại sau 2 giờ',
  atTwo: 'Nhắc lại lúc 14 giờ',
  tomorrow: 'Sáng mai 8 giờ',
};

/** What a reminder is about. */
type Told = {
  readonly campaign: Campaign;
  readonly unit: Unit;
  readonly report: Report;
  readonly template: Template;
};

export const SNOOZE = {
  done: (until: string, timezone: string, reports: number): string =>
    `Trợ lý sẽ nhắc lại lúc ${momentWords(until, timezone)}${reports > 1 ? ` về ${reports} báo cáo chưa nộp` : ''}. Anh/chị vẫn có thể nhập tiếp bất cứ lúc nào (gõ /baocao).`,
  usage:
    'Anh/chị ghi giờ muốn được nhắc lại sau /nhaclai, ví dụ: /nhaclai 15:30, /nhaclai 2h (sau 2 giờ), /nhaclai mai (8 giờ sáng mai), /nhaclai mai 14:00.',
  tooFar: 'Trợ lý chỉ hẹn nhắc lại trong vòng 7 ngày. Anh/chị chọn giờ sớm hơn giúp.',
  past: 'Giờ này đã qua. Anh/chị chọn một giờ sắp tới giúp.',
  nothing: 'Hiện không có báo cáo nào chưa nộp nên không cần nhắc lại.',
  officerOnly: 'Lệnh này dành cho cán bộ nhập số liệu: hẹn giờ nhắc lại báo cáo của đơn vị mình.',
};
