// Words around the form: coming back, the list of reports, sections, commands, and everything that is not an answer.

import type { Campaign } from '../domain/campaign.ts';
import type { Text } from '../domain/conversation.ts';
import type { FileContent, UnsupportedKind } from '../domain/event.ts';
import type { Unit } from '../domain/people.ts';
import { addressOf, type Progress, partName, progressOf } from '../domain/progress.ts';
import { isSent, openPoints, type Report, type Status } from '../domain/report.ts';
import { LONGEST_TEXT } from '../domain/storable.ts';
import type { Indicator, Row, Template } from '../domain/template.ts';
import {
  bar,
  bold,
  dayWords,
  lines,
  momentWords,
  periodWords,
  short,
  statusWords,
  timeLeft,
} from './common.ts';
import { RETURN } from './return.ts';

const LOCKED: ReadonlySet<Status> = new Set(['submitted', 'accepted', 'awaiting']);

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
    report.status === 'returned' && report.returned ? returnedWords(report, report.returned) : undefined,
  );
}

/** Why it came back, and how much of that is still to be answered. */
function returnedWords(report: Report, { points, text }: NonNullable<Report['returned']>): string {
  return points
    ? RETURN.recap(openPoints(report).length, points.length, text)
    : `Báo cáo được trả lại để chỉnh sửa: ${text}`;
}

const MINE = 'Báo cáo của tôi';

export const MENU = {
  none: 'Hiện chưa có kỳ báo cáo nào mở cho đơn vị của anh/chị. Khi đầu mối tổng hợp mở kỳ mới, anh/chị gõ /baocao để bắt đầu.',
  mine: MINE,
  title: (unit: string, what: string = MINE): Text => [bold(what), ` – ${unit}`],
  line: (
    name: string,
    template: Template,
    report: Report,
    campaign: Campaign,
    now: string,
    timezone: string,
  ): Text => {
    const whole = progressOf(template, report);
    const open = !isSent(report);
    return lines(
      [`${open && campaign.due < now ? '🔴 ' : ''}`, bold(name), ` – ${statusWords(report)}`],
      open
        ? `${bar(whole)} ${whole.answered}/${whole.total} · hạn ${momentWords(campaign.due, timezone)} (${timeLeft(campaign, now, timezone)})`
        : `${whole.answered}/${whole.total} chỉ tiêu · mã kiểm tra ${report.submissions.at(-1)?.checkCode ?? ''}`,
    );
  },
  begin: ({ status }: Report, name: string): string =>
    short(`${LOCKED.has(status) ? 'Xem' : status === 'notStarted' ? 'Bắt đầu' : 'Nhập tiếp'}: ${name}`, 60),
  see: (name: string): string => short(`Xem: ${name}`, 60),
  locked: (template: Template, report: Report, campaign: Campaign): Text =>
    lines(
      [bold(`Báo cáo ${periodWords(campaign, template)}`), ` – ${statusWords(report)}.`],
      report.status === 'accepted'
        ? 'Đầu mối tổng hợp đã tiếp nhận, số liệu khóa. Cần đính chính, anh/chị xin mở khóa kèm lý do, rồi sửa và nộp thành bản mới.'
        : 'Số liệu đang khóa. Đầu mối tổng hợp chưa tiếp nhận nên anh/chị có thể rút lại để sửa.',
    ),
  withdraw: 'Rút lại để sửa',
  amend: (version: number): string => `Đính chính, nộp bản ${version}`,
  file: 'Tải bảng (.xlsx)',
  pictures: 'Xem ảnh bảng',
  picturesOf: (version: number | undefined): string =>
    version === undefined ? 'Ảnh bảng phụ lục đến lúc này.' : `Ảnh bảng phụ lục đã nộp, bản ${version}.`,
  noVersion: (version: number, last: number): string =>
    last === 0 ? 'Báo cáo chưa nộp bản nào.' : `Không có bản ${version}; đã nộp đến bản ${last}.`,
  newerVersion: (
    template: Template,
    campaign: Campaign,
    unit: Unit,
    version: number,
    older: number,
  ): string =>
    `Phụ lục CCHC ${periodWords(campaign, template)} của ${unit.name}: đã có bản ${version} thay bản ${older} anh/chị đã tải.`,
  tableSoFar: ({ answered, total }: Progress): string =>
    `Bảng phụ lục đến lúc này: ${answered}/${total} chỉ tiêu.`,
  tableSent: (version: number): string => `Bảng phụ lục đã nộp, bản ${version}.`,
  withdrawn: 'Đã rút lại báo cáo. Anh/chị sửa rồi gõ /nop để nộp lại.',
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
  long: 'tin nhắn quá dài',
  other: 'loại tin này',
};
export const unsupported = (what: UnsupportedKind): string =>
  what === 'group'
    ? 'Trợ lý chỉ làm việc trong cuộc trò chuyện riêng để giữ kín số liệu của đơn vị. Anh/chị nhắn riêng cho trợ lý giúp.'
    : what === 'long'
      ? `Tin nhắn dài quá ${LONGEST_TEXT.toLocaleString('vi-VN')} ký tự nên chưa ghi gì. Anh/chị chia thành vài tin ngắn hơn giúp; câu đang hỏi, nếu có, vẫn giữ nguyên.`
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
};

export const TROUBLE = {
  apology:
    'Có trục trặc khi xử lý tin vừa rồi; số liệu đã nhập vẫn còn nguyên. Anh/chị thử lại, hoặc gõ /baocao để tiếp tục.',
  hidden: '(nội dung không được lưu)',
  invited: 'Mở liên kết mời',
  late: (words: string): string =>
    `Tin “${short(words, 120)}” đến muộn hơn một tin anh/chị gửi sau nó, nên trợ lý không chắc trả lời câu nào và chưa ghi. Anh/chị xem số vừa ghi (gõ /hoantac nếu cần) rồi trả lời lại câu dưới đây:`,
  tooFast:
    'Tin đến quá nhanh nên từ tin vừa rồi trở đi chưa ghi gì. Anh/chị ngừng khoảng 10 giây rồi gửi tiếp từ câu đang hỏi; các số đã ghi vẫn còn nguyên.',
  fileFailed: 'Chưa tạo được tệp bảng. Anh/chị gõ /file để thử lại.',
};

/** While a human of the office speaks in the chat. */
export const PAUSE = {
  begins:
    'Cán bộ của cơ quan đang nhắn trực tiếp với anh/chị, nên trợ lý tạm dừng và không ghi các tin anh/chị nhắn lúc này vào báo cáo. Số liệu đã nhập vẫn còn nguyên. Trao đổi xong, anh/chị chọn hoặc gõ: tiếp tục.',
  goOn: 'Tiếp tục',
  back: 'Trợ lý tiếp tục. Các tin trong lúc cán bộ trao đổi không ghi vào báo cáo; câu đang hỏi là:',
};

const KIND = {
  xlsx: 'Excel',
  csv: 'văn bản',
  docx: 'Word',
  pdf: 'PDF',
  picture: 'ảnh',
  other: 'loại khác',
} as const;
const FAULT = {
  tooBig: 'lớn quá 10 MB nên không được nhận',
  foreign: 'không nằm trên máy chủ của ứng dụng chat nên không được mở',
  gone: 'không tải về được (có thể đã hết hạn)',
} as const;
const STILL = 'Câu đang hỏi, nếu có, vẫn giữ nguyên.';

export const FILES = {
  /** What a person who sent a file is shown of it. */
  own: (name: string): string => `📎 ${short(name, 80)}`,
  received: (name: string, content: FileContent): string =>
    'fault' in content
      ? `Tệp “${short(name, 80)}” ${FAULT[content.fault]}. Anh/chị gõ số liệu thành tin nhắn giúp. ${STILL}`
      : `Đã nhận tệp “${short(name, 80)}” (${KIND[content.kind]}, ${Math.max(1, Math.round(content.bytes / 1024)).toLocaleString('vi')} KB). Trợ lý chưa nhập số liệu từ tệp, nên chưa có số nào được ghi; anh/chị gõ từng chỉ tiêu giúp. ${STILL}`,
};
