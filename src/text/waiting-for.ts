// Words about figures that somebody else still has to give: for whom or what one waits, until when, and asking again then.
import type { Text } from '../domain/conversation.ts';
import type { Answer, Report, WaitsFor } from '../domain/report.ts';
import type { Indicator, Template } from '../domain/template.ts';
import { bold, lines, momentWords, rowName, short } from './common.ts';
import { ownName } from './row-names.ts';

/** So many are named in a reminder. */
const MOST_LISTED = 5;

/** "Phòng Nội vụ, hẹn 8 giờ 00 ngày 18/9/2026 (đã quá hẹn)". */
function whomAndUntil({ what, until }: WaitsFor, now: string, timezone: string): string {
  const overdue = until !== undefined && until <= now ? ' (đã quá hẹn)' : '';
  return [
    ...(what === '' ? [] : [short(what, 120)]),
    ...(until === undefined ? [] : [`hẹn ${momentWords(until, timezone)}${overdue}`]),
  ].join(', ');
}

/** What is waited for, of a figure that has not come; undefined when the answer is another one or says nothing about it. */
export function waitingWords(answer: Answer | undefined, now: string, timezone: string): string | undefined {
  const { value, waitsFor } = answer ?? {};
  return value?.is === 'pending' && waitsFor
    ? `Đang chờ: ${whomAndUntil(waitsFor, now, timezone)}`
    : undefined;
}

/** What a report waits for, one line for each figure, in the order of the form. */
export function waitingLines(
  template: Template,
  { answers }: Report,
  now: string,
  timezone: string,
): readonly string[] {
  const all = template.indicators.flatMap((row) => {
    const { value, waitsFor } = answers[row.id] ?? {};
    if (value?.is !== 'pending' || !waitsFor) return [];
    return [`• ${ownName(template, row, 60)} – đang chờ: ${whomAndUntil(waitsFor, now, timezone)}`];
  });
  const more = all.length - MOST_LISTED;
  return [...all.slice(0, MOST_LISTED), ...(more > 0 ? [`… và ${more} chỉ tiêu khác đang chờ.`] : [])];
}

export const WAITING_FOR = {
  usage:
    'Muốn trợ lý nhớ đang chờ ai và hỏi lại đúng lúc, anh/chị ghi thêm sau /cho, ví dụ: /cho Phòng Nội vụ đến thứ sáu, /cho báo cáo của các xã đến 15/12, /cho 2 ngày nữa, /cho chiều mai.',
  /** Behind the echo of the answer. */
  parked: (waitsFor: WaitsFor, now: string, timezone: string, afterDue: boolean): string => {
    const words = `Đang chờ: ${whomAndUntil(waitsFor, now, timezone)}.`;
    if (waitsFor.until === undefined)
      return `${words} Chưa hẹn lúc hỏi lại; muốn hẹn, ghi thêm ở cuối, ví dụ: đến thứ sáu.`;
    const again = 'Từ lúc đó, trong giờ làm việc, trợ lý sẽ hỏi lại anh/chị.';
    return `${words} ${again}${afterDue ? ' Lưu ý: lúc hẹn là sau hạn nộp báo cáo.' : ''}`;
  },
  past: 'Lúc hẹn này đã qua nên chưa ghi gì. Anh/chị chọn một lúc sắp tới giúp, ví dụ: /cho Phòng Nội vụ đến thứ sáu.',
  tooFar: 'Trợ lý chỉ hẹn hỏi lại trong vòng 90 ngày nên chưa ghi gì. Anh/chị chọn lúc sớm hơn giúp.',
  tooLong: 'Nội dung đang chờ dài quá 200 ký tự nên chưa ghi gì, anh/chị rút gọn giúp.',
  /** Said when the hour has come. */
  due: (
    template: Template,
    indicator: Indicator,
    waitsFor: WaitsFor,
    report: string,
    timezone: string,
  ): Text =>
    lines(
      [bold('Đến hẹn hỏi lại'), ` – báo cáo CCHC ${report}`],
      ['Chỉ tiêu ', bold(rowName(template, indicator)), ' đang chờ số liệu.'],
      `Anh/chị đã ghi chờ${waitsFor.what === '' ? '' : ` ${short(waitsFor.what, 120)}`}${waitsFor.until === undefined ? '' : ` đến ${momentWords(waitsFor.until, timezone)}`}. Nếu đã có số liệu, anh/chị nhập giúp; nếu chưa, có thể hẹn tiếp bằng /cho.`,
    ),
  enter: 'Nhập số liệu này',
};
