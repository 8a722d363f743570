// Words around files: what stands in a list of new codes, and what is said when a file cannot be had.
import type { Invitation, Role } from '../domain/people.ts';
import { channelWords, dayWords } from './common.ts';

const ROLE: Readonly<Record<Role, string>> = {
  officer: 'cán bộ báo cáo',
  helper: 'người cùng điền',
  leader: 'lãnh đạo đơn vị',
  coordinator: 'đầu mối tổng hợp',
  viewer: 'người theo dõi',
};

export const FILES = {
  failed: 'Chưa tạo được tệp. Anh/chị thử lại sau ít phút.',
  notYours: 'Anh/chị không còn nhận được bảng này.',
  codes: {
    title: 'DANH SÁCH MÃ MỜI',
    sheet: 'Mã mời',
    lead: 'Mỗi mã dùng một lần. Người nhận mở liên kết, hoặc gửi mã cho trợ lý.',
    columns: [
      { head: 'Đơn vị', width: 24 },
      { head: 'Mã đơn vị', width: 10 },
      { head: 'Vai trò', width: 12 },
      { head: 'Họ tên', width: 16 },
      { head: 'Mã mời', width: 22 },
      { head: 'Dùng đến ngày', width: 11 },
      { head: 'Tình trạng', width: 11 },
    ],
    link: (channel: string): string => `Liên kết ${channelWords(channel)}`,
    role: (role: Role): string => ROLE[role],
    until: (day: string): string => dayWords(day),
    state: ({ usedAt, revokedAt, expiresAt }: Invitation, now: string): string =>
      revokedAt !== undefined
        ? 'đã thu hồi'
        : usedAt !== undefined
          ? 'đã dùng'
          : expiresAt <= now
            ? 'đã hết hạn'
            : 'chưa dùng',
  },
};
