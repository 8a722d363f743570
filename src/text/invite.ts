// Words about inviting people from the chat: one person, or a whole list of units at once.
import type { Text } from '../domain/conversation.ts';
import type { Role, Unit } from '../domain/people.ts';
import { bold, channelWords, lines, momentWords, short } from './common.ts';
import { ROLE } from './person.ts';
import { unitWords } from './units.ts';

/** What the files with many invitations and the messages call the roles when somebody is asked to choose. */
const ROLES = 'cán bộ, lãnh đạo, đầu mối, người xem';

const forWhom = (role: Role, name: string): string => (name === '' ? ROLE[role] : `${name} (${ROLE[role]})`);

export const INVITING = {
  usage: lines(
    [bold('Mời người vào một đơn vị')],
    `/moi rồi đến mã hoặc vài từ của tên đơn vị, vai trò (${ROLES}) và họ tên`,
    'Ví dụ: /moi Phủ Lý cán bộ Nguyễn Thị Lan',
    'Không ghi vai trò thì là cán bộ. /moi tatca: mời một lượt mọi đơn vị chưa có cán bộ.',
  ),
  leaderUsage: 'Anh/chị gõ /moi cán bộ rồi đến họ tên, ví dụ: /moi cán bộ Nguyễn Thị Lan.',
  leaderOnly:
    'Lãnh đạo đơn vị mời được cán bộ nhập số liệu của đơn vị mình; vai trò khác do đầu mối tổng hợp mời.',
  notFound: (words: string): string =>
    `Không có đơn vị nào của anh/chị khớp với “${short(words, 60)}”. Gõ /donvi để xem danh sách, rồi gõ lại /moi với mã đơn vị.`,
  several: (words: string, count: number): string =>
    `Có ${count} đơn vị khớp với “${short(words, 60)}”. Anh/chị chọn một, hoặc gõ lại /moi với mã đơn vị:`,
  severalNamed: (units: readonly Unit[], more: number, example: string): Text =>
    lines(
      'Có nhiều đơn vị khớp:',
      ...units.map((unit) => `• ${unitWords(unit)}`),
      more > 0 ? `… và ${more} đơn vị khác` : undefined,
      `Anh/chị gõ lại với mã, ví dụ: ${example}`,
    ),
  ended: (unit: string): string => `${unit} đã hết hiệu lực nên không mời thêm người.`,
  longName: 'Họ tên dài quá 100 ký tự.',
  onlyBelow:
    'Đầu mối tổng hợp và người xem chỉ mời được vào đơn vị của anh/chị hoặc đơn vị trực thuộc. Chưa tạo mã mời.',
  made: (role: Role, unit: Unit, name: string, expiresAt: string, timezone: string): Text =>
    lines(
      ['Đã tạo mã mời ', bold(forWhom(role, name)), ` – ${unitWords(unit)}.`],
      `Mã dùng một lần, hết hạn lúc ${momentWords(expiresAt, timezone)}. Anh/chị chuyển tin dưới đây cho đúng người:`,
    ),
  /** To be forwarded as it is. */
  letter: (
    role: Role,
    unit: Unit,
    name: string,
    code: string,
    links: readonly { channel: string; link: string }[],
  ): Text =>
    lines(
      `Mời ${name === '' ? 'anh/chị' : `anh/chị ${name}`} tham gia trợ lý báo cáo thống kê CCHC với vai trò ${ROLE[role]} của ${unit.name}. Mở một trong các liên kết:`,
      ...links.map((each) => `${channelWords(each.channel)}: ${each.link}`),
      'Hoặc nhắn cho trợ lý:',
      `/start ${code}`,
    ),
};

/** How many units have nobody, and how many of those were invited before. */
export type Missing = { readonly fresh: number; readonly again: number };

export const INVITE_ALL = {
  head: 'Mời một lượt cán bộ cho các đơn vị chưa có cán bộ nào tham gia',
  explain:
    'Trợ lý tạo cho mỗi đơn vị một mã mời cán bộ (dùng một lần, hạn 30 ngày) và gửi anh/chị một tệp có mã và liên kết của từng đơn vị để chuyển đi.',
  scope: (name: string, { fresh, again }: Missing): string =>
    `• ${name}: ${fresh} đơn vị chưa có mã mời${again > fresh ? `, ${again - fresh} đơn vị đã mời nhưng chưa vào` : ''}`,
  all: 'Mọi đơn vị của anh/chị',
  fresh: (name: string, count: number): string => short(`Mời ${count} đơn vị: ${name}`, 60),
  again: (name: string, count: number): string => short(`Tạo lại mã cho cả ${count} đơn vị: ${name}`, 60),
  renew: 'Tạo lại thì các mã chưa dùng trước đó của những đơn vị này bị thu hồi.',
  none: 'Mọi đơn vị của anh/chị đều đã có cán bộ tham gia.',
  changed: 'Tình hình vừa thay đổi nên chưa tạo mã nào. Đề nghị xem lại:',
  made: (count: number, revoked: number, expiresAt: string, timezone: string): Text =>
    lines(
      [
        bold(`Đã tạo ${count} mã mời cán bộ`),
        `, mỗi đơn vị một mã, hết hạn lúc ${momentWords(expiresAt, timezone)}.`,
      ],
      revoked > 0 ? `Đã thu hồi ${revoked} mã chưa dùng trước đó của các đơn vị này.` : undefined,
      'Tệp kèm theo có mã và liên kết từng đơn vị. Anh/chị chuyển đúng dòng cho đúng đơn vị và giữ kín tệp này.',
    ),
};
