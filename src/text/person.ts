// Words about the person in the chat: being let in, the first welcome, who I am, other devices, leaving, contact data.
import type { Text } from '../domain/conversation.ts';
import type { Person, Role, Unit } from '../domain/people.ts';
import { bold, channelWords, lines } from './common.ts';

/** What a person does here. */
export const ROLE: Readonly<Record<Role, string>> = {
  officer: 'cán bộ nhập số liệu',
  helper: 'người cùng điền',
  leader: 'lãnh đạo đơn vị',
  coordinator: 'đầu mối tổng hợp',
  viewer: 'người xem',
};

/** What an unknown person sees: how to be let in, and nothing else. */
export const REGISTER = {
  stranger:
    'Xin chào. Trợ lý này chỉ dành cho cán bộ đã được mời. Anh/chị mở đúng liên kết mời, hoặc gửi /start rồi đến mã mời do đầu mối tổng hợp cấp.',
  fault: {
    unknown: 'Mã mời không đúng. Anh/chị kiểm tra lại hoặc xin đầu mối tổng hợp cấp mã mới.',
    used: 'Mã mời này đã được dùng. Mỗi mã chỉ dùng một lần; anh/chị xin đầu mối tổng hợp cấp mã mới.',
    expired: 'Mã mời đã hết hạn. Anh/chị xin đầu mối tổng hợp cấp mã mới.',
    revoked: 'Mã mời đã bị thu hồi. Anh/chị xin đầu mối tổng hợp cấp mã mới.',
  },
  tooMany: 'Anh/chị đã thử sai nhiều lần. Đề nghị thử lại sau một giờ.',
  inUse: (person: Person, unit: string): string =>
    `Cuộc trò chuyện này đang dùng cho ${signature(person, unit)}. Mã mời vừa mở chưa bị dùng. Muốn chuyển sang mã mới, gõ /toi và chọn Rời khỏi trước.`,
  already: (person: Person, unit: string): string =>
    `Anh/chị đã tham gia (${signature(person, unit)}) nên mã mời vừa mở chưa bị dùng; có thể mở trên thiết bị khác hoặc chuyển cho người được mời.`,
};

const signature = (person: Person, unit: string): string =>
  `${person.name || 'anh/chị'}, ${ROLE[person.role]}, ${unit}`;

/** What each role can do here, said once on joining. */
const WELCOME: Readonly<Record<Role, string>> = {
  officer:
    'Trợ lý sẽ hỏi từng chỉ tiêu của phụ lục thống kê CCHC, kiểm tra ngay và gửi lại bảng Excel. Anh/chị dừng lúc nào cũng được, số liệu đã nhập luôn được giữ.',
  helper:
    'Anh/chị cùng điền một phần báo cáo của đơn vị: trợ lý hỏi từng chỉ tiêu của phần được giao và kiểm tra ngay; cán bộ phụ trách xem lại và nộp cả báo cáo. Dừng lúc nào cũng được, số liệu đã nhập luôn được giữ.',
  leader:
    'Anh/chị là lãnh đạo đơn vị: xem báo cáo của đơn vị, được báo khi gần đến hạn mà còn thiếu, duyệt trước khi nộp nếu kỳ báo cáo yêu cầu, và mời cán bộ của đơn vị (gõ /moi).',
  coordinator:
    'Anh/chị là đầu mối tổng hợp: nhận báo cáo các đơn vị nộp, tiếp nhận hoặc trả lại ngay tại đây.',
  viewer:
    'Anh/chị là người xem: xem tiến độ và báo cáo của các đơn vị như đầu mối tổng hợp, không thay đổi được gì.',
};

export function welcome(person: Person, unit: Unit): Text {
  return lines(
    ['Xin chào ', bold(person.name || 'anh/chị'), ` – ${unit.name}.`],
    WELCOME[person.role],
    'Để lập báo cáo, cơ quan đầu mối tổng hợp lưu họ tên, đơn vị, mã cuộc trò chuyện, tin nhắn gần đây và số liệu anh/chị nhập (ai nhập, lúc nào); dùng tiếp là anh/chị đồng ý, gõ /toi để xem hoặc xóa.',
  );
}

export const ME = {
  who: (person: Person, unit: Unit | undefined): Text =>
    lines(
      [bold(person.name || 'Chưa có tên')],
      `Đơn vị: ${unit?.name ?? person.unit}`,
      `Vai trò: ${ROLE[person.role]}`,
      `Đang mở trên ${person.conversations.length} thiết bị hoặc kênh.`,
      'Hệ thống lưu: họ tên, đơn vị, mã cuộc trò chuyện, tin nhắn gần đây, số liệu và lịch sử nhập.',
    ),
  device: 'Mở trên thiết bị khác',
  data: 'Dữ liệu của tôi',
  leave: 'Rời khỏi',
  deviceCode: (code: string, links: readonly { channel: string; link: string }[]): Text =>
    lines(
      'Mở liên kết dưới đây trên thiết bị kia. Mã dùng một lần, trong 1 giờ; đừng gửi cho người khác.',
      ...links.map((each) => `${channelWords(each.channel)}: ${each.link}`),
      'Trên Zalo, hoặc khi liên kết không mở được, nhắn cho trợ lý:',
      `/start ${code}`,
    ),
  confirmLeave:
    'Anh/chị muốn rời khỏi? Mọi thiết bị, kênh đang mở của anh/chị sẽ không còn gắn với đơn vị. Số liệu đã nhập và lịch sử vẫn ở lại với đơn vị. Muốn dùng lại cần mã mời mới.',
  confirm: 'Đồng ý rời khỏi',
  stay: 'Ở lại',
  left: 'Anh/chị đã rời khỏi. Cảm ơn anh/chị.',
};

export const CONTACT = {
  thanks: 'Cảm ơn anh/chị, trợ lý đã nhận thông tin.',
  phoneKept:
    'Cảm ơn anh/chị. Số điện thoại chỉ để đầu mối tổng hợp liên hệ về báo cáo; rời khỏi (/toi) thì số này được xóa.',
};
