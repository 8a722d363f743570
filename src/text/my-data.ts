// What is stored about a person, as it is told to that person (/toi dữ liệu).
import type { Text } from '../domain/conversation.ts';
import type { Person, Unit } from '../domain/people.ts';
import { bold, channelWords, lines, momentWords } from './common.ts';
import { ROLE } from './person.ts';

/** `values` and `sent`: how much in open periods carries this person's id. Instants are ISO. */
export type Known = {
  readonly person: Person;
  readonly unit: Unit | undefined;
  readonly values: number;
  readonly sent: number;
  readonly snoozed: readonly string[];
  readonly pausedUntil: string | undefined;
  readonly timezone: string;
};

export function myData(known: Known): Text {
  const { person, unit, values, sent, snoozed, pausedUntil, timezone } = known;
  const at = (iso: string) => momentWords(iso, timezone);
  const chats = person.conversations.map((each) => {
    const colon = each.indexOf(':');
    return `– ${channelWords(each.slice(0, colon))}: ${each.slice(colon + 1)}`;
  });
  return lines(
    [bold('Dữ liệu đang lưu về anh/chị')],
    `Họ tên: ${person.name || '(không có)'}`,
    `Đơn vị, vai trò: ${unit?.name ?? person.unit}, ${ROLE[person.role]}`,
    `Tham gia lúc: ${at(person.joinedAt)}`,
    `Số điện thoại: ${person.phone ?? '(không có)'}`,
    `Mã người dùng: ${person.id}`,
    'Cuộc trò chuyện (mã của nền tảng):',
    ...chats,
    `Số liệu anh/chị đã nhập trong các kỳ đang mở: ${values}; lần nộp đã ký: ${sent}. Xem từng dòng: /lichsu`,
    ...(snoozed.length > 0 ? [`Nhắc lại đã hẹn: ${snoozed.map(at).join('; ')}`] : []),
    ...(pausedUntil === undefined ? [] : [`Trợ lý tạm dừng ở đây đến: ${at(pausedUntil)}`]),
    'Ngoài ra: tối đa 60 tin gần nhất của mỗi cuộc trò chuyện, và câu đang hỏi dở.',
    'Cần tệp đầy đủ, anh/chị gửi mã người dùng ở trên cho đầu mối tổng hợp. Muốn xóa: /toi rồi chọn Rời khỏi; số liệu và lịch sử ở lại với đơn vị, không còn tên.',
  );
}
