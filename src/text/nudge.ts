// Words of nudging: whom, who will get it, and what went out.
import type { BoardRow } from '../domain/board.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { Text } from '../domain/conversation.ts';
import type { Person, Unit } from '../domain/people.ts';
import type { Template } from '../domain/template.ts';
import { bold, channelWords, lines, momentWords, periodWords, STATUS, short } from './common.ts';

/** So many lines keep a message short enough for a phone. */
const MOST_LISTED = 12;
const MOST_OFFERED = 5;

type Letter = {
  readonly row: BoardRow;
  readonly to: readonly { readonly person: Person; readonly conversation: string }[];
  readonly away: readonly Person[];
};

const GROUP: Readonly<Record<string, string>> = {
  all: 'Tất cả đơn vị chưa nộp',
  overdue: 'Đơn vị quá hạn nộp',
  notStarted: 'Đơn vị chưa bắt đầu',
  returned: 'Đơn vị bị trả lại để chỉnh sửa',
  lt50: 'Đơn vị mới nhập dưới 50 %',
  lt90: 'Đơn vị mới nhập dưới 90 %',
};

const channelOf = (conversation: string): string =>
  channelWords(conversation.slice(0, conversation.indexOf(':')));

const whoWords = ({ person, conversation }: Letter['to'][number]): string =>
  `${person.name || 'cán bộ'} (${channelOf(conversation)})`;

/** "Qua Zalo: 52 người; Telegram: 60 người" – where not everybody is named. */
function channelCounts(letters: readonly Letter[]): string {
  const channels = letters.flatMap(({ to }) => to.map(({ conversation }) => channelOf(conversation)));
  const counted = [...new Set(channels)].map(
    (name) => `${name}: ${channels.filter((each) => each === name).length} người`,
  );
  return `Qua ${counted.join('; ')}`;
}

/** Why nobody of the unit can be written to, with the numbers to call. */
function awayWords({ away }: Letter): string {
  if (away.length === 0) return 'chưa có ai tham gia';
  const people = away.map(({ name, phone }) => `${name || 'cán bộ'}${phone ? `, điện thoại ${phone}` : ''}`);
  return `không nhắn được cho ${people.join('; ')}`;
}

const listed = (all: readonly string[]): readonly string[] => [
  ...all.slice(0, MOST_LISTED),
  ...(all.length > MOST_LISTED ? [`· và ${all.length - MOST_LISTED} đơn vị khác`] : []),
];

export const NUDGE = {
  which: 'Anh/chị muốn đôn đốc kỳ nào?',
  nobody: 'Tất cả đơn vị đã nộp, không còn ai để đôn đốc.',
  ask: (n: number): string =>
    `Còn ${n} đơn vị chưa nộp. Anh/chị muốn nhắc những đơn vị nào? Có thể gõ “dưới 30%”, hoặc tên từng đơn vị, mỗi đơn vị một dòng.`,
  group: (name: string, n: number): string => `${GROUP[name] ?? name} (${n})`,
  preview: (letters: readonly Letter[]): Text => {
    const reached = letters.filter(({ to }) => to.length > 0);
    const away = letters.filter(({ to }) => to.length === 0);
    const people = reached.flatMap(({ to }) => to).length;
    if (letters.length === 0) return ['Không có đơn vị nào như vậy còn chưa nộp.'];
    return lines(
      people > 0 ? [bold(`Sẽ nhắc ${people} người của ${reached.length} đơn vị`)] : undefined,
      reached.length > MOST_LISTED ? channelCounts(reached) : undefined,
      ...listed(
        reached.map(
          ({ row, to }) =>
            `· ${short(row.unit.name, 40)} (${STATUS[row.status]}): ${to.map(whoWords).join(', ')}`,
        ),
      ),
      away.length > 0 ? [bold(`Không nhắc được ${away.length} đơn vị qua trợ lý`)] : undefined,
      ...listed(away.map((each) => `· ${short(each.row.unit.name, 40)}: ${awayWords(each)}`)),
    );
  },
  from: 'Đầu mối tổng hợp nhắc anh/chị:',
  approve: (template: Template, campaign: Campaign, unit: Unit, timezone: string): Text =>
    lines(
      [bold(`Báo cáo CCHC ${periodWords(campaign, template)} chờ anh/chị duyệt`), ` – ${unit.name}`],
      `Đầu mối tổng hợp đề nghị duyệt để kịp hạn nộp ${momentWords(campaign.due, timezone)}.`,
    ),
  toApproval: 'Xem và duyệt',
  send: (people: number): string => `Gửi nhắc ${people} người`,
  again: 'Lần nhắc trước đã gửi rồi, chưa gửi thêm. Anh/chị xem lại nếu muốn nhắc lần nữa:',
  changed: 'Danh sách vừa thay đổi nên chưa gửi. Anh/chị xem lại:',
  sent: (people: number): string =>
    `Đang gửi nhắc tới ${people} người. Ít phút nữa trợ lý báo lại ai đã nhận được, ai chưa và vì sao.`,
  notFound: ({
    unknown,
    several,
  }: {
    readonly unknown: readonly string[];
    readonly several: readonly { readonly typed: string; readonly units: readonly BoardRow[] }[];
  }): Text =>
    lines(
      ...unknown.map((line) => `Không tìm thấy đơn vị chưa nộp nào là “${short(line, 40)}”.`),
      ...several.map(
        ({ typed, units }) =>
          `“${short(typed, 40)}” có thể là: ${units
            .slice(0, MOST_OFFERED)
            .map(({ unit }) => unit.name)
            .join('; ')}${units.length > MOST_OFFERED ? '…' : ''}. Anh/chị gõ rõ hơn giúp.`,
      ),
    ),
};
