// Words for coordinators and leaders before a deadline, and about who could not be reached.
import type { Campaign } from '../domain/campaign.ts';
import type { Hold } from '../domain/channel-state.ts';
import type { Text } from '../domain/conversation.ts';
import type { Person, Unit } from '../domain/people.ts';
import { progressOf } from '../domain/progress.ts';
import type { Report } from '../domain/report.ts';
import type { Template } from '../domain/template.ts';
import { bold, channelWords, lines, momentWords, periodWords, short, statusWords } from './common.ts';
import { leftWords, missingLines } from './remind.ts';
import { HOLD } from './undelivered.ts';

/** So many lines keep a message short enough for a phone. */
const MOST_LISTED = 12;

/** A unit that has not sent, and who is to send it. */
export type MissingUnit = {
  readonly unit: Unit;
  readonly report: Report;
  readonly template: Template;
  readonly officers: readonly Person[];
};

/** Who could not be reached: a unit as a whole (nobody joined, or nobody who can be written to), or one person of it. */
export type Unreached =
  | { readonly unit: string; readonly officers: readonly Person[] }
  | {
      readonly unit: string;
      readonly person: Person;
      readonly channel: string;
      readonly why: Hold | 'never';
    };

/** Somebody who got a message, by name. */
export type Got = { readonly unit: string; readonly person: string };

/** "Xã A (Lan, Mai); Xã B (Minh) và 3 đơn vị khác". */
function gotWords(got: readonly Got[]): string {
  const units = [...new Set(got.map(({ unit }) => unit))];
  const named = units.slice(0, MOST_LISTED).map((unit) => {
    const people = got.filter((each) => each.unit === unit).map(({ person }) => person || 'cán bộ');
    return `${short(unit, 40)} (${people.join(', ')})`;
  });
  const more = units.length - named.length;
  return `${named.join('; ')}${more > 0 ? ` và ${more} đơn vị khác` : ''}`;
}

const nameOf = (person: Person): string =>
  `${person.name || 'Chưa có tên'}${person.phone ? `, điện thoại ${person.phone}` : ''}`;

const NOBODY = 'chưa có ai tham gia';

function missingLine({ unit, report, template, officers }: MissingUnit): string {
  const { answered, total } = progressOf(template, report);
  const how =
    report.status === 'inProgress' || report.status === 'returned'
      ? `${statusWords(report)} ${answered}/${total}`
      : statusWords(report);
  return `• ${short(unit.name, 60)}: ${how}; ${officers.length === 0 ? NOBODY : officers.map(nameOf).join('; ')}`;
}

const listed = (all: readonly string[], what: string): string[] => [
  ...all.slice(0, MOST_LISTED),
  ...(all.length > MOST_LISTED ? [`… và ${all.length - MOST_LISTED} ${what} nữa.`] : []),
];

function unreachedLine(each: Unreached): string {
  if (!('person' in each)) {
    const known = each.officers.map(nameOf).join('; ');
    return `• ${short(each.unit, 60)}: ${known === '' ? NOBODY : `không còn cuộc trò chuyện nào nhắn được; ${known}`}`;
  }
  const why = each.why === 'never' ? 'không gửi được tin' : HOLD[each.why];
  return `• ${short(each.unit, 60)}: ${nameOf(each.person)} – ${channelWords(each.channel)}: ${why}`;
}

const unreachedLines = (all: readonly Unreached[]): string[] => [
  ...listed(all.map(unreachedLine), 'trường hợp'),
  'Việc gấp, đề nghị anh/chị gọi điện. Đơn vị chưa có ai tham gia thì cần gửi lại mã mời.',
];

export const REMIND_OFFICE = {
  board: 'Xem tiến độ',
  view: 'Xem báo cáo',
  missing: (
    campaign: Campaign,
    template: Template,
    missing: readonly MissingUnit[],
    total: number,
    now: string,
    timezone: string,
  ): Text =>
    lines(
      [bold(`Còn ${missing.length}/${total} đơn vị chưa nộp`), ` – CCHC ${periodWords(campaign, template)}`],
      `Hạn nộp ${momentWords(campaign.due, timezone)} (${leftWords(campaign, now, timezone)}).`,
      ...listed(missing.map(missingLine), 'đơn vị'),
    ),
  leader: (
    campaign: Campaign,
    { unit, report, template, officers }: MissingUnit,
    now: string,
    timezone: string,
  ): Text =>
    lines(
      [bold(`Báo cáo CCHC ${periodWords(campaign, template)} của ${unit.name}`), ' chưa được nộp.'],
      `Hạn nộp ${momentWords(campaign.due, timezone)} (${leftWords(campaign, now, timezone)}).`,
      ...(report.status === 'awaiting'
        ? ['Cán bộ đã nhập xong, báo cáo đang chờ anh/chị duyệt.']
        : missingLines(template, report)),
      officers.length === 0
        ? 'Đơn vị chưa có cán bộ nhập số liệu nào tham gia.'
        : `Cán bộ nhập số liệu: ${officers.map(nameOf).join('; ')}.`,
    ),
  passOn: (
    campaign: Campaign,
    template: Template,
    passOnBy: string,
    counts: { readonly accepted: number; readonly sent: number; readonly missing: number },
    timezone: string,
  ): Text => {
    const total = counts.accepted + counts.sent + counts.missing;
    return lines(
      [bold('Sắp đến hạn của cơ quan'), ` – CCHC ${periodWords(campaign, template)}`],
      `Hạn chuyển số liệu tổng hợp: ${momentWords(passOnBy, timezone)}.`,
      `Đã tiếp nhận ${counts.accepted}/${total} đơn vị · đã nộp, chờ tiếp nhận ${counts.sent} · chưa nộp ${counts.missing}.`,
    );
  },
  outcome: (campaign: Campaign, template: Template, unreached: readonly Unreached[]): Text =>
    lines(
      [
        bold(`Lần nhắc này còn ${unreached.length} trường hợp chưa liên lạc được`),
        ` – CCHC ${periodWords(campaign, template)}`,
      ],
      ...unreachedLines(unreached),
    ),
  nudged: (
    campaign: Campaign,
    template: Template,
    { got, waiting }: { readonly got: readonly Got[]; readonly waiting: number },
    unreached: readonly Unreached[],
  ): Text =>
    lines(
      [bold(`Kết quả nhắc: ${got.length} người đã nhận`), ` – CCHC ${periodWords(campaign, template)}`],
      got.length > 0 ? `Đã nhận: ${gotWords(got)}.` : undefined,
      waiting > 0 ? `${waiting} tin còn đang gửi.` : undefined,
      ...(unreached.length > 0
        ? [`${unreached.length} trường hợp chưa liên lạc được:`, ...unreachedLines(unreached)]
        : []),
    ),
};
