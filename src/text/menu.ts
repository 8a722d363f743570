// Words around the form: arriving, the list of reports, sections, help, who I am, and everything that is not an answer.

import type { Campaign } from '../domain/campaign.ts';
import type { FileContent, Text, UnsupportedKind } from '../domain/conversation.ts';
import type { Person, Unit } from '../domain/people.ts';
import { addressOf, type Progress, partName, progressOf } from '../domain/progress.ts';
import type { Report } from '../domain/report.ts';
import type { Indicator, Row, Template } from '../domain/template.ts';
import {
  bar,
  bold,
  channelWords,
  dayWords,
  lines,
  momentWords,
  periodWords,
  short,
  statusWords,
  timeLeft,
} from './common.ts';

/** What an unknown person sees: how to be let in, and nothing else. */
export const REGISTER = {
  stranger:
    'Xin chào. Trợ lý này chỉ dành cho cán bộ đã được mời. Anh/chị mở đúng liên kết mời, hoặc gửi /start rồi đến mã mời do đầu mối tổng hợp cấp.',
  fault: {
    unknown: 'Mã mời không đúng. Anh/chị kiểm tra lại hoặc xin đầu mối tổng hợp cấp mã mới.',
    used: 'Mã mời này đã được dùng. Mỗi mã chỉ dùng một lần; anh/chị xin đầu mối tổng hợp cấp mã mới.',
    expired: 'Mã mời đã hết hạn (7 ngày). Anh/chị xin đầu mối tổng hợp cấp mã mới.',
    revoked: 'Mã mời đã bị thu hồi. Anh/chị xin đầu mối tổng hợp cấp mã mới.',
  },
  tooMany: 'Anh/chị đã thử sai nhiều lần. Đề nghị thử lại sau một giờ.',
  inUse: (person: Person, unit: string): string =>
    `Cuộc trò chuyện này đang dùng cho ${signature(person, unit)}. Mã mời vừa mở chưa bị dùng. Muốn chuyển sang mã mới, gõ /toi và chọn Rời khỏi trước.`,
  already: (person: Person, unit: string): string =>
    `Anh/chị đã tham gia (${signature(person, unit)}) nên mã mời vừa mở chưa bị dùng; có thể mở trên thiết bị khác hoặc chuyển cho người được mời.`,
};

const ROLE: Record<Person['role'], string> = {
  officer: 'cán bộ nhập số liệu',
  coordinator: 'đầu mối tổng hợp',
};
const signature = (person: Person, unit: string): string =>
  `${person.name || 'anh/chị'}, ${ROLE[person.role]}, ${unit}`;

export function welcome(person: Person, unit: Unit): Text {
  return lines(
    ['Xin chào ', bold(person.name || 'anh/chị'), ` – ${unit.name}.`],
    person.role === 'officer'
      ? 'Trợ lý sẽ hỏi từng chỉ tiêu của phụ lục thống kê CCHC, kiểm tra ngay và gửi lại bảng Excel. Anh/chị dừng lúc nào cũng được, số liệu đã nhập luôn được giữ.'
      : 'Anh/chị là đầu mối tổng hợp: nhận báo cáo các đơn vị nộp, tiếp nhận hoặc trả lại ngay tại đây.',
    'Hệ thống lưu họ tên, đơn vị, mã cuộc trò chuyện và các số liệu anh/chị nhập (ai nhập, lúc nào) để lập báo cáo. Dùng tiếp nghĩa là anh/chị đồng ý; gõ /toi để xem hoặc rời khỏi.',
  );
}

/** What one sees on coming back to a report: how far, where, and how long is left. */
export function recap(
  template: Template,
  report: Report,
  campaign: Campaign,
  unit: Unit,
  at: Indicator | undefined,
  now: string,
  timezone: string,
): Text {
  const whole = progressOf(template, report);
  return lines(
    [bold(`Báo cáo CCHC ${periodWords(campaign, template)}`)],
    unit.name,
    `Đã nhập ${whole.answered}/${whole.total}${at ? `, tiếp tục ở ${addressOf(template, at)}` : ''}${whole.pending > 0 ? `; ${whole.pending} chỉ tiêu chờ số liệu` : ''}`,
    `Hạn nộp ${momentWords(campaign.due, timezone)} (${timeLeft(campaign, now, timezone)}) · số liệu tính đến ${dayWords(campaign.cutoff)}`,
    report.status === 'returned' && report.returned
      ? `Báo cáo được trả lại để chỉnh sửa: ${report.returned.text}`
      : undefined,
  );
}

export const MENU = {
  none: 'Hiện chưa có kỳ báo cáo nào mở cho đơn vị của anh/chị. Khi đầu mối tổng hợp mở kỳ mới, anh/chị gõ /baocao để bắt đầu.',
  title: (unit: string): Text => [bold('Báo cáo của tôi'), ` – ${unit}`],
  line: (
    name: string,
    template: Template,
    report: Report,
    campaign: Campaign,
    now: string,
    timezone: string,
  ): Text => {
    const whole = progressOf(template, report);
    const open = report.status !== 'submitted' && report.status !== 'accepted';
    return lines(
      [`${open && campaign.due < now ? '🔴 ' : ''}`, bold(name), ` – ${statusWords(report)}`],
      open
        ? `${bar(whole)} ${whole.answered}/${whole.total} · hạn ${momentWords(campaign.due, timezone)} (${timeLeft(campaign, now, timezone)})`
        : `${whole.answered}/${whole.total} chỉ tiêu · mã kiểm tra ${report.submissions.at(-1)?.checkCode ?? ''}`,
    );
  },
  begin: (report: Report, name: string): string =>
    short(
      `${report.status === 'notStarted' ? 'Bắt đầu' : report.status === 'submitted' || report.status === 'accepted' ? 'Xem' : 'Nhập tiếp'}: ${name}`,
      60,
    ),
  locked: (template: Template, report: Report, campaign: Campaign): Text =>
    lines(
      [bold(`Báo cáo ${periodWords(campaign, template)}`), ` – ${statusWords(report)}.`],
      report.status === 'accepted'
        ? 'Đầu mối tổng hợp đã tiếp nhận. Cần đính chính, anh/chị sửa rồi nộp thành bản mới.'
        : 'Số liệu đang khóa. Đầu mối tổng hợp chưa tiếp nhận nên anh/chị có thể rút lại để sửa.',
    ),
  withdraw: 'Rút lại để sửa',
  amend: (version: number): string => `Sửa và nộp bản ${version}`,
  file: 'Tải bảng (.xlsx)',
  tableSoFar: ({ answered, total }: Progress): string =>
    `Bảng phụ lục đến lúc này: ${answered}/${total} chỉ tiêu.`,
  tableSent: (version: number): string => `Bảng phụ lục đã nộp, bản ${version}.`,
  withdrawn: 'Đã rút lại báo cáo. Anh/chị sửa rồi gõ /nop để nộp lại.',
  amending: (version: number): string =>
    `Anh/chị sửa số liệu cần đính chính (gõ /sua rồi đến tên chỉ tiêu), xong gõ /nop để nộp bản ${version}. Bản trước vẫn được giữ.`,
  tooLate: 'Báo cáo đã được tiếp nhận nên không rút lại được nữa.',
  notSent: 'Báo cáo chưa nộp nên không cần rút lại.',
};

export const SECTIONS = {
  title: 'Chọn mục để nhập hoặc xem:',
  line: (template: Template, report: Report, part: Row): string => {
    const { answered, total } = progressOf(template, report, part.id);
    const mark = answered === total ? '✓ ' : '';
    return short(`${mark}${partName(template, part)}`, 46).concat(` · ${answered}/${total}`);
  },
};

const SENT: Record<UnsupportedKind, string> = {
  sticker: 'hình dán',
  voice: 'tin thoại',
  photo: 'ảnh',
  video: 'video',
  file: 'tệp',
  location: 'vị trí',
  link: 'liên kết',
  contact: 'danh thiếp',
  forwarded: 'tin chuyển tiếp',
  group: 'tin trong nhóm',
  other: 'loại tin này',
};
export const unsupported = (what: UnsupportedKind): string =>
  what === 'group'
    ? 'Trợ lý chỉ làm việc trong cuộc trò chuyện riêng để giữ kín số liệu của đơn vị. Anh/chị nhắn riêng cho trợ lý giúp.'
    : `Đã nhận ${SENT[what]} nhưng chưa dùng được vào báo cáo. Anh/chị gõ thành tin nhắn giúp; câu đang hỏi, nếu có, vẫn giữ nguyên.`;

export const COMMAND = {
  unknown: (word: string): string =>
    `Không có lệnh ${short(word, 30) || 'này'}. Gõ /trogiup để xem các lệnh; câu đang hỏi vẫn giữ nguyên.`,
  noReport: 'Lệnh này dùng khi đang nhập một báo cáo. Gõ /baocao để chọn báo cáo.',
  noQuestion:
    'Lệnh này dùng khi đang hỏi một chỉ tiêu. Gõ /baocao để nhập tiếp, hoặc /sua rồi đến tên chỉ tiêu.',
  officerOnly:
    'Số liệu do cán bộ của đơn vị nhập; đầu mối tổng hợp xem, tiếp nhận hoặc trả lại. Gõ /baocao để xem các đơn vị.',
  coordinatorOnly: 'Lựa chọn này dành cho đầu mối tổng hợp.',
  listed: [
    { command: 'baocao', description: 'Báo cáo của tôi, nhập tiếp' },
    { command: 'muc', description: 'Các mục và tiến độ' },
    { command: 'lui', description: 'Quay lại chỉ tiêu trước' },
    { command: 'hoantac', description: 'Hoàn tác thao tác vừa rồi' },
    { command: 'sua', description: 'Sửa một chỉ tiêu: /sua III.5 hoặc vài từ' },
    { command: 'boqua', description: 'Để sau chỉ tiêu này' },
    { command: 'trong', description: 'Để trống chỉ tiêu này' },
    { command: 'khongapdung', description: 'Chỉ tiêu này không áp dụng' },
    { command: 'ghichu', description: 'Ghi chú cho chỉ tiêu đang hỏi' },
    { command: 'ghichumuc', description: 'Ghi chú cho dòng tiêu đề của nhóm' },
    { command: 'xemlai', description: 'Xem còn thiếu gì, cần kiểm tra gì' },
    { command: 'nop', description: 'Nộp báo cáo' },
    { command: 'file', description: 'Tải bảng đến lúc này' },
    { command: 'toi', description: 'Tôi là ai, thiết bị khác, rời khỏi' },
    { command: 'trogiup', description: 'Trợ giúp' },
  ],
};

export const ME = {
  who: (person: Person, unit: Unit | undefined): Text =>
    lines(
      [bold(person.name || 'Chưa có tên')],
      `Đơn vị: ${unit?.name ?? person.unit}`,
      `Vai trò: ${ROLE[person.role]}`,
      `Đang mở trên ${person.conversations.length} thiết bị hoặc kênh.`,
      'Hệ thống lưu: họ tên, đơn vị, mã cuộc trò chuyện, số liệu và lịch sử nhập.',
    ),
  device: 'Mở trên thiết bị khác',
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

export const TROUBLE = {
  apology:
    'Có trục trặc khi xử lý tin vừa rồi; số liệu đã nhập vẫn còn nguyên. Anh/chị thử lại, hoặc gõ /baocao để tiếp tục.',
  hidden: '(nội dung không được lưu)',
  invited: 'Mở liên kết mời',
  late: (words: string): string =>
    `Tin “${short(words, 120)}” đến muộn hơn một tin anh/chị gửi sau nó, nên trợ lý không chắc trả lời câu nào và chưa ghi. Anh/chị xem số vừa ghi (gõ /hoantac nếu cần) rồi trả lời lại câu dưới đây:`,
  fileFailed: 'Chưa tạo được tệp bảng. Anh/chị gõ /file để thử lại.',
};

/** While a human of the office speaks in the chat. */
export const PAUSE = {
  begins:
    'Cán bộ của cơ quan đang nhắn trực tiếp với anh/chị, nên trợ lý tạm dừng và không ghi các tin anh/chị nhắn lúc này vào báo cáo. Số liệu đã nhập vẫn còn nguyên. Trao đổi xong, anh/chị chọn hoặc gõ: tiếp tục.',
  goOn: 'Tiếp tục',
  back: 'Trợ lý tiếp tục. Các tin trong lúc cán bộ trao đổi không ghi vào báo cáo; câu đang hỏi là:',
};

export const CONTACT = {
  thanks: 'Cảm ơn anh/chị, trợ lý đã nhận thông tin.',
  phoneKept:
    'Cảm ơn anh/chị. Số điện thoại chỉ để đầu mối tổng hợp liên hệ về báo cáo; rời khỏi (/toi) thì số này được xóa.',
};

const KIND = { xlsx: 'Excel', docx: 'Word', pdf: 'PDF', picture: 'ảnh', other: 'loại khác' } as const;
const FAULT = {
  tooBig: 'lớn quá 10 MB nên không được nhận',
  foreign: 'không nằm trên máy chủ của Zalo nên không được mở',
  gone: 'không tải về được (có thể đã hết hạn)',
} as const;
const STILL = 'Câu đang hỏi, nếu có, vẫn giữ nguyên.';

export const FILES = {
  received: (name: string, content: FileContent): string =>
    'fault' in content
      ? `Tệp “${short(name, 80)}” ${FAULT[content.fault]}. Anh/chị gõ số liệu thành tin nhắn giúp. ${STILL}`
      : `Đã nhận tệp “${short(name, 80)}” (${KIND[content.kind]}, ${Math.max(1, Math.round(content.bytes / 1024)).toLocaleString('vi')} KB). Trợ lý chưa nhập số liệu từ tệp, nên chưa có số nào được ghi; anh/chị gõ từng chỉ tiêu giúp. ${STILL}`,
};
