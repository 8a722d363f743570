// Words of giving a part of the report to a colleague: choosing it, the invitation, the list of what is given, taking it back.
import { type Holder, idOfChosen } from '../domain/assignment.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { Text } from '../domain/conversation.ts';
import type { Person, Unit } from '../domain/people.ts';
import { partName } from '../domain/progress.ts';
import type { Row, Template } from '../domain/template.ts';
import { bold, channelWords, lines, momentWords, periodWords, short } from './common.ts';
import { nameOf } from './row-names.ts';

/** How far a part is. */
export type Counts = { readonly answered: number; readonly total: number };

const MOST_NAMED = 4;

/** "mục III Công tác …", "III.2 · …; IV.1 · … và 2 mục khác". */
export function partWords(template: Template, rows: readonly string[]): string {
  const names = rows.slice(0, MOST_NAMED).map((chosen) => {
    const id = idOfChosen(chosen);
    const row = template.byId.get(id);
    return row?.row === 'section' ? `mục ${short(partName(template, row), 60)}` : nameOf(template, id, 50);
  });
  const more = rows.length - names.length;
  return `${names.join('; ')}${more > 0 ? ` và ${more} mục khác` : ''}`;
}

/** Whoever has it, by name where there is one. */
const holderName = ({ name }: { readonly name: string }): string => name || 'đồng nghiệp';
const far = ({ answered, total }: Counts): string => `${answered}/${total}`;
const STATE: Readonly<Record<Holder['is'], string>> = {
  taken: '',
  invited: ', chưa mở mã mời',
  expired: ', mã mời không còn dùng được',
  gone: ', đã rời đơn vị',
};

export const ASSIGN = {
  head: (template: Template, campaign: Campaign): Text => [
    bold('Giao phần việc'),
    ` – báo cáo ${periodWords(campaign, template)}`,
  ],
  usage:
    'Chọn mục để giao, hoặc gõ /giao III, /giao III.2, IV, hay /giao III cho Nguyễn Văn An. Đồng nghiệp chỉ thấy và chỉ điền phần được giao.',
  nothing: 'Chưa giao phần nào.',
  line: (
    template: Template,
    rows: readonly string[],
    holder: Holder,
    counts: Counts,
    isDone: boolean,
  ): Text => [
    `• ${partWords(template, rows)}: `,
    bold(holderName(holder)),
    `${STATE[holder.is]} – ${far(counts)}${isDone ? ', đã báo xong' : ''}`,
  ],
  part: (template: Template, part: Row): string => short(`Giao ${partName(template, part)}`, 60),
  nudge: (holder: Holder): string => short(`Nhắc ${holderName(holder)}`, 60),
  takeBack: (template: Template, rows: readonly string[]): string =>
    short(`Lấy lại: ${partWords(template, rows)}`, 60),
  askTakeBack: (template: Template, rows: readonly string[], holder: Holder): Text => [
    `Lấy lại ${partWords(template, rows)} từ `,
    bold(holderName(holder)),
    '? Những gì đã điền vẫn được giữ.',
  ],
  confirmTakeBack: 'Đồng ý lấy lại',
  keep: 'Không lấy lại',
  kept: 'Phần việc vẫn giao như trước.',
  takenBack: (template: Template, rows: readonly string[]): string =>
    `Đã lấy lại ${partWords(template, rows)}. Những gì đã điền vẫn được giữ; trợ lý sẽ hỏi anh/chị các chỉ tiêu còn thiếu.`,
  gone: 'Phần việc này đã được lấy lại hoặc không còn nữa. Gõ /giao để xem các phần đang giao.',
  /** `known`: what was understood of the words. */
  unknown: (words: string, isSeveral: boolean, known: string): Text =>
    lines(
      isSeveral
        ? `Có nhiều mục ứng với “${short(words, 60)}” nên chưa giao gì.`
        : `Không tìm thấy mục “${short(words, 60)}” nên chưa giao gì.`,
      known === '' ? undefined : `Đã hiểu: ${known}.`,
      'Anh/chị chọn mục dưới đây, hoặc gõ số mục như /giao III.2.',
    ),
  askName: (template: Template, rows: readonly string[], total: number): Text => [
    'Giao ',
    bold(partWords(template, rows)),
    ` (${total} chỉ tiêu) cho ai? Anh/chị gõ họ tên đồng nghiệp.`,
  ],
  overlap: (template: Template, rows: readonly string[], holder: Holder, counts: Counts): Text => [
    `${partWords(template, rows)} đang giao cho `,
    bold(holderName(holder)),
    ` (${far(counts)}). Anh/chị lấy lại trước, hay vẫn giao thêm cho người khác?`,
  ],
  again: 'Vẫn giao thêm người',
  notNow: 'Thôi, chưa giao',
  notGiven: 'Chưa giao gì.',
  badName: 'Anh/chị gõ họ tên đồng nghiệp bằng chữ, ví dụ: Nguyễn Văn An (không quá 60 ký tự).',
  colleague: (name: string, unit: Unit): Text => [
    bold(name),
    ` – ${unit.name} đã dùng trợ lý. Giao thẳng cho người này, hay tạo mã mời cho người khác cùng tên?`,
  ],
  giveTo: (person: Person, role: string): string => short(`Giao cho ${person.name} (${role})`, 60),
  other: 'Người khác, tạo mã mời',
  given: (template: Template, rows: readonly string[], name: string): Text => [
    'Đã giao ',
    bold(partWords(template, rows)),
    ` cho ${name || 'đồng nghiệp'} và báo cho người đó. Gõ /giao để xem tiến độ hoặc lấy lại.`,
  ],
  unreached: (name: string): string =>
    `Trợ lý chưa gửi được tin cho ${name || 'đồng nghiệp'}; anh/chị báo giúp để người đó mở trợ lý.`,
  made: (
    template: Template,
    rows: readonly string[],
    name: string,
    expiresAt: string,
    timezone: string,
  ): Text =>
    lines(
      ['Đã giao ', bold(partWords(template, rows)), ` cho ${name}.`],
      `Mã mời dùng một lần, hết hạn lúc ${momentWords(expiresAt, timezone)}. Anh/chị chuyển tin dưới đây cho đúng người; gõ /giao để xem tiến độ hoặc lấy lại.`,
    ),
  /** To be forwarded as it is. */
  letter: (
    name: string,
    part: string,
    unit: Unit,
    code: string,
    links: readonly { channel: string; link: string }[],
    needed: readonly string[],
  ): Text =>
    lines(
      `Nhờ anh/chị ${name} cùng điền ${part} trong báo cáo thống kê CCHC của ${unit.name}.`,
      ...needed,
      'Mở một trong các liên kết:',
      ...links.map((each) => `${channelWords(each.channel)}: ${each.link}`),
      'Hoặc nhắn cho trợ lý:',
      `/start ${code}`,
    ),
  /** To the owner. */
  joined: (name: string, template: Template, rows: readonly string[]): Text => [
    bold(name || 'Đồng nghiệp'),
    ` đã nhận ${partWords(template, rows)}.`,
  ],
  nudged: (name: string): string => `Đã gửi lời nhắc tới ${name || 'đồng nghiệp'}.`,
  notTaken: 'Đồng nghiệp chưa mở mã mời nên chưa nhắc được; anh/chị chuyển lại tin có mã giúp.',
  cannotNudge: 'Hiện trợ lý không gửi được tin cho người này.',
  /** In the owner's dialog. */
  isWith: (holder: { readonly name: string }): string =>
    `Chỉ tiêu này đang giao cho ${holderName(holder)}; anh/chị vẫn có thể nhập hoặc sửa.`,
  away: (template: Template, rows: readonly string[], holder: Holder, counts: Counts): string =>
    `Đang giao cho ${holderName(holder)}: ${partWords(template, rows)} – ${far(counts)}`,
  inSection: (name: string, counts: Counts): string => `${short(name || 'đồng nghiệp', 20)}: ${far(counts)}`,
  onlyAway: 'Phần của anh/chị đã nhập đủ; chỉ còn phần đang giao.',
  notDone: 'Còn phần đang giao chưa xong:',
  blankAway: (n: number): string => `Để trống cả ${n} chỉ tiêu đang giao`,
  wrote: (name: string): string => ` (${short(name || 'đồng nghiệp', 40)} ghi)`,
};
