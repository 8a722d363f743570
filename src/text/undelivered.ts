// Words about messages that could not be delivered and channels in trouble.
import type { Held, Hold, Notice } from '../domain/channel-state.ts';
import type { Text } from '../domain/conversation.ts';
import type { Person } from '../domain/people.ts';
import { bold, channelWords, momentWords } from './common.ts';

/** Why somebody could not be written to. */
export const HOLD: Readonly<Record<Hold, string>> = {
  window: 'đã lâu không nhắn với trợ lý nên Zalo không cho gửi',
  blocked: 'đã chặn hoặc từ chối nhận tin',
  unfollowed: 'chưa quan tâm tài khoản của cơ quan',
  inactive: 'tài khoản bị khóa hoặc đã lâu không đăng nhập',
  unpaid: 'gửi lúc này mất phí mà tài khoản Zalo của cơ quan chưa có tiền',
  later: 'Zalo tạm thời chưa nhận thêm tin, trợ lý sẽ tự gửi lại sau',
  refused: 'đã thử gửi nhưng Zalo báo lỗi hoặc không chấp nhận tin',
};

/** Zalo's codes that concern only the template by which people out of reach are told that something waits. */
const TEMPLATE_ONLY: ReadonlySet<string> = new Set(
  [
    ...[-109, -112, -115, -117, -125, -126, -127, -131, -132, -135, -136, -137, -146, -201, -210, -233],
    ...[-249, -320, -321, -1121, -1122, -1124],
  ].map(String),
);
/** Zalo's code for what its policy forbids. */
const POLICY = '-248';

/** A channel's refusal in so many words as are true of it; `why` begins with Zalo's code where Zalo gave one. */
function refused(channel: string, why: string): string {
  const code = /^Zalo (-?\d+):/.exec(why)?.[1] ?? '';
  if (TEMPLATE_ONLY.has(code))
    return `⚠ Zalo không nhận tin mẫu dùng để báo cho người lâu không nhắn rằng có tin chờ: ${why}. Tin chờ vẫn được giữ lại; việc trả lời người đang nhắn với trợ lý không bị ảnh hưởng. Đề nghị báo người quản trị máy chủ.`;
  if (code === POLICY)
    return `⚠ Kênh ${channel} có tin bị từ chối vì chính sách của Zalo: ${why}. Tin bị từ chối được giữ lại, trợ lý vẫn tiếp tục gửi các tin khác. Đề nghị báo người quản trị máy chủ.`;
  return `⚠ Kênh ${channel} báo lỗi khi gửi: ${why}. Tin nào chưa gửi được thì được giữ lại; đề nghị báo người quản trị máy chủ.`;
}

export const UNDELIVERED = {
  title: (n: number): Text =>
    n === 0
      ? ['Hiện không có tin nào bị giữ lại cho những người anh/chị phụ trách.']
      : [bold(`Chưa gửi được tới ${n} người`), ':'],
  line: (person: Person, unit: string, held: Held, timezone: string): Text => [
    '• ',
    bold(person.name || 'Chưa có tên'),
    ` (${unit}) – ${channelWords(held.conversation.split(':')[0] ?? '')}: ${HOLD[held.hold]}; ${held.messages} tin chờ từ ${momentWords(held.since, timezone)}${person.phone ? `; điện thoại ${person.phone}` : ''}`,
  ],
  more: (n: number): string => `… và ${n} người nữa.`,
  foot: 'Các tin này được giữ lại và được gửi lại ngay khi người đó nhắn cho trợ lý. Việc gấp, đề nghị gọi điện.',
  summary: (n: number): string => `⚠ Chưa gửi được tới ${n} người, gõ /chuagui để xem tên và lý do.`,
  notice: (notice: Notice, timezone: string): string => {
    const name = channelWords(notice.channel);
    switch (notice.kind) {
      case 'disconnected':
        return `⚠ Kênh ${name} mất kết nối từ ${momentWords(notice.since, timezone)}: chưa gửi được tin nào, các tin được giữ lại. Người quản trị máy chủ cần cấp lại quyền (npm run admin -- zalo token).`;
      case 'refused':
        return refused(name, notice.why);
      case 'quota':
        return `Kênh ${name} tháng ${Number(notice.month.slice(5))}: đã gửi ${notice.used.toLocaleString('vi')}/${notice.most.toLocaleString('vi')} tin.`;
    }
  },
};
