// Words that every conversation uses: periods, units, deadlines, progress, and how a row is called.

import type { Campaign } from '../domain/campaign.ts';
import { daysBetween, localTime } from '../domain/clock.ts';
import type { Span, Text } from '../domain/conversation.ts';
import { periodName } from '../domain/period.ts';
import { addressOf, type Progress } from '../domain/progress.ts';
import type { Report, Status, Value } from '../domain/report.ts';
import type { Indicator, Row, Template } from '../domain/template.ts';
import { formatValue } from '../indicators/index.ts';

export const bold = (text: string): Span => ({ bold: text });

/**
 * Joins lines (each a text or a list of spans) with line ends; undefined lines are left out. Plain words side by side become one
 * span: every message is stored.
 */
export function lines(...parts: readonly (Text | string | undefined)[]): Text {
  const joined: Span[] = [];
  let words = '';
  let isFirst = true;
  for (const part of parts) {
    if (part === undefined) continue;
    if (!isFirst) words += '\n';
    isFirst = false;
    for (const span of typeof part === 'string' ? [part] : part) {
      if (typeof span === 'string') words += span;
      else {
        if (words !== '') joined.push(words);
        words = '';
        joined.push(span);
      }
    }
  }
  if (words !== '') joined.push(words);
  return joined;
}

/** At most `max` characters, cut at a word where possible. */
export function short(text: string, max: number): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= max) return flat;
  const cut = flat.slice(0, max - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > max / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** A label inside a sentence: without the dash in front and the colon or full stop behind it. */
export const plainLabel = (row: Row): string => row.label.replace(/^-\s*/, '').replace(/[\s:.;,…]+$/, '');

/** At most `max` characters, cut between words in the middle: what tells two long labels apart often stands at the end. */
export function ends(text: string, max: number): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= max) return flat;
  const half = Math.floor((max - 3) / 2);
  const head = flat.slice(0, half + 1).replace(/\s\S*$/, '');
  const tail = flat.slice(-half - 1).replace(/^\S*\s/, '');
  return `${head} … ${tail}`;
}

/** A row as it is called in lists: "II.3 · Số VBQPPL đã rà soát". */
export function rowName(template: Template, row: Row, max = 80): string {
  const address = addressOf(template, row);
  const label = ends(plainLabel(row), max);
  return address === '' ? label : `${address} · ${label}`;
}

/** How reports are told apart: by the period, and by the form's name too where one period has several forms. */
export function reportWords(
  report: { campaign: Campaign; template: Template },
  among: readonly { campaign: Campaign; template: Template }[],
): string {
  const words = periodWords(report.campaign, report.template);
  const same = among.filter((each) => periodWords(each.campaign, each.template) === words);
  return new Set(same.map((each) => each.template.id)).size > 1
    ? `${words} – ${report.template.name}`
    : words;
}

export const periodWords = (campaign: Campaign, template: Template): string =>
  `${periodName(campaign.period, template.periodWording)}${campaign.sample ? ' (kỳ mẫu để dùng thử)' : ''}`;

/** "5.971 Hồ sơ", "99,98 %", "1 – Có", "để trống". */
export function valueWords(value: Value, indicator: Indicator): string {
  const text = formatValue(value, indicator);
  const hasUnit = value.is === 'number' && indicator.unit !== '' && !text.endsWith('%');
  // A unit printed wrongly (a "%" on a count) would make the echo say something else than was meant.
  const misprint = indicator.unit === '%' && indicator.type !== 'percent';
  return hasUnit && !misprint ? `${text} ${indicator.unit}` : text;
}

/** "16 giờ 00 ngày 16/9/2022". */
export function momentWords(instant: string, timezone: string): string {
  const { day, time } = localTime(instant, timezone);
  return `${time.replace(':', ' giờ ')} ngày ${dayWords(day)}`;
}

/** 2022-09-16 → 16/9/2022; days below 10 and the months 1 and 2 with a leading zero, as in Nghị định 30/2020. */
export function dayWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${date}/${Number(month) <= 2 ? month : Number(month)}/${year}`;
}

/** "còn 2 ngày", "hạn hôm nay", "quá hạn nộp 3 ngày". */
export function timeLeft(campaign: Campaign, now: string, timezone: string): string {
  const today = localTime(now, timezone).day;
  const days = daysBetween(today, localTime(campaign.due, timezone).day);
  if (campaign.due < now) return days === 0 ? 'quá hạn nộp hôm nay' : `quá hạn nộp ${-days} ngày`;
  return days === 0 ? 'hạn nộp hôm nay' : `còn ${days} ngày`;
}

/** Ten cells, filled only for what really is answered. */
export function bar(progress: Progress): string {
  const filled = progress.total === 0 ? 0 : Math.floor((progress.answered / progress.total) * 10);
  return '■'.repeat(filled) + '□'.repeat(10 - filled);
}

export const STATUS: Record<Status, string> = {
  notStarted: 'chưa bắt đầu',
  inProgress: 'đang nhập',
  awaiting: 'chờ duyệt',
  submitted: 'đã nộp',
  accepted: 'đã tiếp nhận',
  returned: 'trả lại để chỉnh sửa',
};

export const statusWords = (report: Report): string =>
  report.status === 'submitted' && report.submissions.length > 1
    ? `đã nộp bản ${report.submissions.length}`
    : STATUS[report.status];

const CHANNEL: Readonly<Record<string, string>> = {
  'zalo-oa': 'Zalo',
  'zalo-bot': 'Zalo Bot',
  telegram: 'Telegram',
  web: 'Trang chat',
};
/** How a channel is called. */
export const channelWords = (name: string): string => CHANNEL[name] ?? name;
