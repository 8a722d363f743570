// Words about a reporting period: its settings, what officers are told when it is opened or changed, and the coordinator's questions.
import { type Campaign, campaignFor, type ReminderPlan } from '../domain/campaign.ts';
import { localTime } from '../domain/clock.ts';
import type { Message, Text } from '../domain/conversation.ts';
import { shortHash } from '../domain/hash.ts';
import type { Role, Unit } from '../domain/people.ts';
import { type Period, usualWindow } from '../domain/period.ts';
import { weekdayOf } from '../domain/read-weekday.ts';
import { reportId } from '../domain/report.ts';
import type { Template } from '../domain/template.ts';
import { bold, dayWords, lines, momentWords, periodWords } from './common.ts';

export const PERIOD = {
  moved: (period: string, was: string, due: string, reason: string): string =>
    `Kỳ báo cáo ${period}: hạn nộp đổi từ ${was} thành ${due}. Lý do: ${reason}`,
  closed: (period: string, reason: string): string =>
    `Kỳ báo cáo ${period} đã đóng, số liệu được khóa và vẫn được giữ. Lý do: ${reason}`,
  reopened: (period: string, reason: string): string =>
    `Kỳ báo cáo ${period} được mở lại. Lý do: ${reason}. Anh/chị gõ /baocao để xem.`,
  removed: (period: string, reason: string): string =>
    `Đơn vị anh/chị không phải nộp báo cáo kỳ ${period} nữa. Lý do: ${reason}`,
  approval: (period: string, isAsked: boolean, reason: string): string =>
    isAsked
      ? `Kỳ báo cáo ${period}: từ nay báo cáo cần lãnh đạo đơn vị duyệt trước khi gửi. Lý do: ${reason}`
      : `Kỳ báo cáo ${period}: báo cáo gửi thẳng, không cần lãnh đạo đơn vị duyệt nữa. Lý do: ${reason}`,
  begin: 'Bắt đầu',
  look: 'Xem báo cáo',
};

/** What the button to begin a report carries: the same as every button that opens one. */
export const openAction = (report: string): string => `r:${shortHash(report)}::`;

/** The message with which one person of a unit learns of a new period; a reason where the unit was added later. */
export function openingMessage(
  campaign: Campaign,
  template: Template,
  { unit, role }: { readonly unit: Unit; readonly role: Role },
  timezone: string,
  reason?: string,
): Message {
  const { due } = campaignFor(campaign, unit.id);
  return {
    text: lines(
      [bold(`Kỳ báo cáo mới: ${periodWords(campaign, template)}`)],
      `${unit.name} · ${template.name} · ${template.indicators.length} chỉ tiêu`,
      windowWords(campaign.period, campaign.cutoff),
      [`Hạn nộp: `, bold(momentWords(due, timezone))],
      reason === undefined ? undefined : `Lý do bổ sung đơn vị: ${reason}`,
    ),
    buttons: [
      [
        {
          label: role === 'leader' ? PERIOD.look : PERIOD.begin,
          action: openAction(reportId(campaign.id, unit.id)),
        },
      ],
    ],
    marks: 'coded',
  };
}

/** "Số liệu từ ngày 15/12/2025 đến hết ngày 14/12/2026". */
export const windowWords = (period: Period, cutoff: string): string =>
  `Số liệu từ ngày ${dayWords(usualWindow(period).from)} đến hết ngày ${dayWords(cutoff)}`;

/** "trước hạn 7, 3, 1 ngày và trong ngày hạn, lúc 08 giờ 00; quá hạn nhắc mỗi ngày làm việc; …". */
export function planWords({ before, at, overdue, escalate }: ReminderPlan): string {
  const early = before.filter((days) => days > 0);
  const days = [
    ...(early.length > 0 ? [`trước hạn ${early.join(', ')} ngày`] : []),
    ...(before.includes(0) ? ['trong ngày hạn'] : []),
  ];
  const parts = [
    ...(days.length > 0 ? [`${days.join(' và ')}, lúc ${at.replace(':', ' giờ ')}`] : []),
    ...(overdue ? ['quá hạn nhắc mỗi ngày làm việc'] : []),
    ...(escalate > 0 ? [`báo đầu mối và lãnh đạo đơn vị còn thiếu gì trước hạn ${escalate} giờ`] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : 'không nhắc';
}

/** The settings of a period, one line each. `units`: how many, in words. */
export function settings(
  campaign: Campaign,
  words: { readonly units: string; readonly plan: ReminderPlan },
  timezone: string,
): Text {
  return lines(
    `Đơn vị: ${words.units}`,
    windowWords(campaign.period, campaign.cutoff),
    [`Hạn nộp: `, bold(momentWords(campaign.due, timezone))],
    campaign.passOnBy === undefined ? undefined : `Hạn tổng hợp: ${momentWords(campaign.passOnBy, timezone)}`,
    `Nhắc: ${planWords(words.plan)}`,
    `Lãnh đạo đơn vị duyệt trước khi gửi: ${campaign.approval ? 'có' : 'không'}`,
  );
}

const WEEKEND: Readonly<Record<number, string>> = { 0: 'chủ nhật', 6: 'thứ bảy' };

/** Said of a deadline on a Saturday or a Sunday; undefined for one on another day. */
export function weekendWords(due: string, timezone: string): string | undefined {
  const name = WEEKEND[weekdayOf(localTime(due, timezone).day)];
  return name === undefined ? undefined : `⚠ Hạn nộp rơi vào ${name}.`;
}

/** "12 đơn vị (9 xã, 3 phường)". */
export function unitsWords(units: readonly Unit[]): string {
  const kinds = [...new Set(units.map(({ kind }) => kind))].filter((kind) => kind !== '');
  const counted = kinds.map((kind) => `${units.filter((each) => each.kind === kind).length} ${kind}`);
  return kinds.length > 1 ? `${units.length} đơn vị (${counted.join(', ')})` : `${units.length} đơn vị`;
}

const MOST_NAMED = 10;

/** "A, B, C và 4 đơn vị khác". */
export function namesWords(units: readonly Unit[], most = MOST_NAMED): string {
  const names = units.slice(0, most).map(({ name }) => name);
  const more = units.length - names.length;
  return more > 0 ? `${names.join(', ')} và ${more} đơn vị khác` : names.join(', ');
}

/** Faults in a day and an hour that was typed. */
export const MOMENT = {
  unclear: (typed: string): string =>
    `Chưa hiểu ngày giờ “${typed}”. Anh/chị ghi như: 16/12, 16h ngày 16/12 hoặc 16:30 16/12/2026.`,
  past: (moment: string): string => `${moment} đã qua. Anh/chị chọn một thời điểm sau lúc này.`,
  beforeCutoff: (moment: string, cutoff: string): string =>
    `${moment} sớm hơn ngày chốt số liệu ${dayWords(cutoff)}. Hạn nộp phải từ ngày chốt số liệu trở đi.`,
  tooFar: (moment: string): string => `${moment} quá xa so với kỳ báo cáo. Anh/chị kiểm tra lại năm.`,
  beforeDue: (moment: string, due: string): string =>
    `${moment} sớm hơn hạn nộp của đơn vị (${due}). Hạn tổng hợp phải từ hạn nộp trở đi.`,
  badPlan: (typed: string): string =>
    `Chưa hiểu lịch nhắc “${typed}”. Anh/chị ghi như: 7, 3, 1, 0 lúc 8:00 (giờ nhắc từ 6 đến 20 giờ); không nhắc; hoặc: 3 ngày, 1 ngày lúc 7:30; báo trước 4 giờ.`,
};

export const UNITS_NAMED = {
  unknown: (names: readonly string[]): string => `Không thấy đơn vị: ${names.join(', ')}.`,
  several: (typed: string, units: readonly Unit[]): string =>
    `“${typed}” có thể là ${namesWords(units, 5)}; anh/chị ghi đủ tên hoặc mã.`,
};
