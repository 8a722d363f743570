// Words about messages that could not be delivered and channels in trouble.
import type { Held, Hold, Notice } from '../domain/channel-state.ts';
import type { Text } from '../domain/conversation.ts';
import type { Person } from '../domain/people.ts';
import { bold, channelWords, momentWords } from './common.ts';

const HOLD: Readonly<Record<Hold, string>> = {
  window: 'đã lâu không nhắn với trợ lý nên Zalo không cho gửi',
  blocked: 'đã chặn hoặc từ chối nhận tin',
  unfollowed: 'chưa quan tâm tài khoản của cơ quan',
  inactive: 'tài khoản bị khóa hoặc đã lâu không đăng nhập',
  unpaid: 'gửi lúc này mất phí mà tài khoản Zalo của cơ quan chưa có tiền',
};

export const UNDELIVERED = {
  title: (n: number): Text =>
    n === 0
      ? ['Không có tin nào đang chờ: mọi tin của trợ lý đều đã gửi được.']
      : [bold(`Chưa gửi được tới ${n} người`), ':'],
  line: (person: Person, unit: string, held: Held, timezone: string): Text => [
    '• ',
    bold(person.name || 'Chưa có tên'),
    ` (${unit}) – ${channelWords(held.conversation.split(':')[0] ?? '')}: ${HOLD[held.hold]}; ${held.messages} tin chờ từ ${momentWords(held.since, timezone)}${person.phone ? `; điện thoại ${person.phone}` : ''}`,
  ],
  more: (n: number): string => `… và ${n} người nữa.`,
  foot: 'Các tin này được giữ lại và tự gửi ngay khi người đó nhắn cho trợ lý. Việc gấp, đề nghị gọi điện.',
  summary: (n: number): string => `⚠ Chưa gửi được tới ${n} người, gõ /chuagui để xem tên và lý do.`,
  notice: (notice: Notice, timezone: string): string => {
    const name = channelWords(notice.channel);
    switch (notice.kind) {
      case 'disconnected':
        return `⚠ Kênh ${name} mất kết nối từ ${momentWords(notice.since, timezone)}: chưa gửi được tin nào, các tin được giữ lại. Người quản trị máy chủ cần cấp lại quyền (npm run admin -- zalo token).`;
      case 'refused':
        return `⚠ Kênh ${name} không cho gửi: ${notice.why}. Các tin được giữ lại; đề nghị báo người quản trị máy chủ.`;
      case 'quota':
        return `Kênh ${name} tháng ${Number(notice.month.slice(5))}: đã gửi ${notice.used.toLocaleString('vi')}/${notice.most.toLocaleString('vi')} tin.`;
    }
  },
};
