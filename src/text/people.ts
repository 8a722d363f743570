// Words about the people of a unit: who they are, taking somebody out, taking an invitation back.
import { localTime } from '../domain/clock.ts';
import type { Text } from '../domain/conversation.ts';
import type { Invitation, Person, Unit } from '../domain/people.ts';
import { bold, channelWords, dayWords, lines, momentWords, short } from './common.ts';
import { ROLE } from './person.ts';

const nameOf = ({ name }: Pick<Person, 'name'>): string => name || 'Chưa có tên';

/** "Zalo, Telegram (không liên lạc được)". */
function channels({ conversations, unreachable }: Person): string {
  const words = conversations.map((each) => {
    const name = channelWords(each.slice(0, each.indexOf(':')));
    return unreachable.includes(each) ? `${name} (không liên lạc được)` : name;
  });
  return words.length === 0 ? 'chưa mở kênh nào' : [...new Set(words)].join(', ');
}

export const PEOPLE = {
  usage: 'Anh/chị gõ /nguoi rồi đến mã hoặc vài từ của tên đơn vị, ví dụ: /nguoi Phủ Lý.',
  several: (words: string, count: number): string =>
    `Có ${count} đơn vị khớp với “${short(words, 60)}”. Anh/chị chọn một:`,
  head: (unit: Unit): Text => [bold(`Người của ${unit.name}`)],
  none: 'Chưa có ai tham gia.',
  line: (person: Person, timezone: string): string =>
    `• ${[
      `${nameOf(person)} – ${ROLE[person.role]}`,
      channels(person),
      `vào ngày ${dayWords(localTime(person.joinedAt, timezone).day)}`,
      ...(person.phone === undefined ? [] : [`điện thoại +${person.phone}`]),
    ].join('; ')}`,
  invited: 'Mã mời chưa dùng:',
  invitation: ({ name, role, expiresAt }: Invitation, timezone: string): string =>
    `• ${name === '' ? ROLE[role] : `${name} (${ROLE[role]})`}, hết hạn lúc ${momentWords(expiresAt, timezone)}`,
  remove: (person: Person): string => short(`Cho rời: ${nameOf(person)}`, 58),
  revoke: ({ name, role }: Invitation, id: string): string =>
    short(`Thu hồi mã mời ${name === '' ? `${ROLE[role]} (${id})` : name}`, 58),
  more: (count: number): string => `… và ${count} người khác`,
  ask: (person: Person, unit: Unit | undefined): Text =>
    lines(
      ['Cho ', bold(nameOf(person)), ` (${ROLE[person.role]}) rời ${unit?.name ?? person.unit}?`],
      'Mọi thiết bị, kênh của người này không còn gắn với đơn vị; họ tên, số điện thoại và nội dung trao đổi được xóa. Số liệu đã nhập và lịch sử vẫn ở lại với đơn vị. Muốn vào lại cần mã mời mới.',
    ),
  confirm: 'Đồng ý cho rời',
  keep: 'Giữ lại',
  kept: 'Người này vẫn ở lại đơn vị.',
  gone: 'Người này đã rời đơn vị từ trước.',
  notYourself: 'Anh/chị không tự cho mình rời ở đây; gõ /toi rồi chọn Rời khỏi.',
  /** Without the name: what is said here stays stored, and the name must not. */
  removed: ({ role, unit: id }: Person, unit: Unit | undefined): string =>
    `Đã cho ${ROLE[role]} rời ${unit?.name ?? id}. Số liệu và lịch sử vẫn được giữ.`,
  tell: (unit: Unit | undefined): string =>
    `Đầu mối tổng hợp đã cho anh/chị rời ${unit?.name ?? 'đơn vị'}: cuộc trò chuyện này không còn gắn với đơn vị, số liệu đã nhập vẫn được giữ. Nếu cần dùng lại, anh/chị xin mã mời mới.`,
  revoked: 'Đã thu hồi mã mời; mã này không dùng được nữa.',
  notThere: 'Mã mời này đã được dùng hoặc đã thu hồi từ trước.',
};

/** For the command line. */
export const PEOPLE_ADMIN = {
  columns: ['MÃ', 'ĐƠN VỊ', 'VAI TRÒ', 'HỌ TÊN', 'KÊNH', 'THAM GIA'],
  none: 'Chưa có ai tham gia.',
  unknown: (id: string): string =>
    `--id: không có ai đang tham gia với mã ${id}; xem: npm run admin -- people list`,
  channels,
  removed: (person: Person, unit: string): string =>
    `Đã cho ${person.name || person.id} rời ${unit}. Số liệu và lịch sử vẫn được giữ; người này được báo khi bot chạy lại.`,
};

/** Everything about one person, on the command line. */
export const EXPORT = {
  unknown: (id: string): string =>
    `--id: không có người ${id}; xem: npm run admin -- people list, hoặc mã người dùng trong /toi dữ liệu`,
  cannotWrite: (path: string, why: string): string =>
    `--out: không ghi được ${path} (${why}); cần một tên tệp mới`,
  written: (path: string): string => `Đã ghi ${path}. Tệp có dữ liệu cá nhân: chỉ giao cho chính người đó.`,
};
