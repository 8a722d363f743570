// Words of the conversation in which a coordinator opens a reporting period, step by step.
import type { Text } from '../domain/conversation.ts';
import type { Unit } from '../domain/people.ts';
import { type Period, periodName } from '../domain/period.ts';
import { bold, dayWords, lines } from './common.ts';
import { namesWords, unitsWords } from './period.ts';

type Form = { readonly name: string; readonly version: number; readonly indicators: number };

export const OPEN_PERIOD = {
  noForms: 'Trợ lý chưa có biểu mẫu nào để mở kỳ báo cáo.',
  noUnits:
    'Chưa có đơn vị nào mà anh/chị được mở kỳ báo cáo. Anh/chị gửi danh mục đơn vị (có cột cấp trên) hoặc nhờ quản trị viên của trợ lý.',
  noUnitsThen: (cutoff: string): string =>
    `Không có đơn vị nào còn hiệu lực vào ngày chốt số liệu ${dayWords(cutoff)}.`,
  gone: 'Bản chuẩn bị mở kỳ này không còn; chưa mở gì. Anh/chị gõ /moky để bắt đầu lại, /ky để xem các kỳ đã mở.',
  stop: 'Thôi, không mở',
  stopped: 'Đã dừng, chưa mở kỳ báo cáo nào.',
  askForm: 'Mở kỳ báo cáo mới. Anh/chị chọn biểu mẫu:',
  form: ({ name, version, indicators }: Form): string => `${name} · bản ${version} · ${indicators} chỉ tiêu`,
  noForm: (typed: string): string => `Chưa rõ biểu mẫu “${typed}”.`,
  askPeriod: (form: Form): Text =>
    lines(
      [bold('Mở kỳ báo cáo mới'), ` – ${form.name}`],
      'Kỳ nào? Anh/chị chọn, hoặc gõ như: quý 3/2026, 6 tháng 2026, tháng 11, năm 2026.',
    ),
  upTo: (cutoff: string): string => `chốt ${dayWords(cutoff)}`,
  noPeriod: (typed: string): string => `Chưa hiểu kỳ “${typed}”.`,
  unusual: (period: Period, instead: Period, window: string): Text =>
    lines(
      `${periodName(period)} không có trong chế độ báo cáo CCHC (chỉ có Quý I, 6 tháng, Quý III, năm). Có phải anh/chị muốn mở ${periodName(instead)} không?`,
      `${periodName(instead)}: ${window}`,
    ),
  instead: (period: Period): string => `Đúng, ${periodName(period)}`,
  keepUnusual: (period: Period): string => `Vẫn mở ${periodName(period)}`,
  otherPeriod: 'Chọn kỳ khác',
  askUnits: (among: readonly Unit[], chosen: readonly Unit[], left: readonly Unit[]): Text =>
    lines(
      [bold('Những đơn vị nào nộp?'), ` Anh/chị theo dõi ${unitsWords(among)}.`],
      chosen.length > 0
        ? `Đang chọn ${unitsWords(chosen)}${chosen.length <= 10 ? `: ${namesWords(chosen)}` : ''}.`
        : undefined,
      left.length > 0 ? `Không gồm: ${namesWords(left)}.` : undefined,
      'Chọn, hoặc gõ tên hay mã, mỗi dòng một đơn vị; gõ “trừ …” để bỏ ra.',
    ),
  all: (count: number): string => `Tất cả ${count} đơn vị anh/chị theo dõi`,
  kind: (kind: string, count: number, isChosen: boolean): string =>
    `${isChosen ? '✓ ' : ''}Các ${kind} (${count})`,
  go: (count: number): string => `Tiếp tục với ${count} đơn vị`,
  clear: 'Chọn lại từ đầu',
  check: (period: string): Text => [bold(`Kỳ báo cáo mới: ${period}`)],
  formLine: ({ name, indicators }: Form): string => `Biểu mẫu: ${name} (${indicators} chỉ tiêu)`,
  twin: (units: readonly Unit[]): Text => [
    bold('⚠ Đã có kỳ đang mở'),
    ` cho cùng biểu mẫu, cùng kỳ với ${units.length} đơn vị này: ${namesWords(units, 5)}. Mở nữa thì các đơn vị đó có hai báo cáo.`,
  ],
  willTell: (people: number, empty: number): string =>
    `Khi mở, ${people} người được báo ngay${empty > 0 ? `; ${empty} đơn vị chưa có ai tham gia` : ''}. Chưa mở gì cho đến khi anh/chị chọn “Mở”.`,
  open: 'Mở kỳ báo cáo',
  openTwin: 'Vẫn mở thêm kỳ này',
  changed: 'Các mục đã khác so với lúc hiện nút đó nên chưa mở gì. Anh/chị xem lại:',
  change: {
    units: 'Đổi đơn vị',
    cutoff: 'Đổi ngày chốt',
    due: 'Đổi hạn nộp',
    passOn: 'Đổi hạn tổng hợp',
    plan: 'Đổi lịch nhắc',
    period: 'Đổi kỳ',
    form: 'Đổi biểu mẫu',
  },
  approvalOn: 'Cần lãnh đạo duyệt',
  approvalOff: 'Không cần lãnh đạo duyệt',
  ask: {
    cutoff: (now: string): string =>
      `Số liệu tính đến hết ngày nào? Đang là ${dayWords(now)}. Gõ như: 14/12/2026.`,
    due: (now: string): string =>
      `Hạn nộp của đơn vị? Đang là ${now}. Gõ như: 16h ngày 16/12, hoặc chỉ ngày (lấy 16 giờ).`,
    passOn: (now: string): string =>
      `Hạn tổng hợp của cơ quan anh/chị? Đang là ${now}. Gõ như: 16h ngày 18/12.`,
    plan: (now: string): string =>
      `Lịch nhắc? Đang là: ${now}. Gõ như: 7, 3, 1, 0 lúc 8:00; hoặc: không nhắc; mặc định.`,
  },
  back: 'Giữ nguyên',
  badDay: (typed: string): string => `Chưa hiểu ngày “${typed}”. Anh/chị ghi như: 14/12 hoặc 14/12/2026.`,
  cutoffOutside: (day: string, from: string): string =>
    `Ngày ${dayWords(day)} không hợp với kỳ này (kỳ bắt đầu từ ${dayWords(from)}). Anh/chị kiểm tra lại.`,
  unclearHere: 'Anh/chị chọn một mục cần đổi, hoặc mở kỳ báo cáo.',
  opened: (period: string, people: number, units: number): Text => [
    bold(`Đã mở kỳ báo cáo ${period}`),
    ` cho ${units} đơn vị; đã báo ${people} người.`,
  ],
  see: 'Xem kỳ này',
  board: 'Bảng tiến độ',
  nobody: (units: readonly Unit[]): string =>
    `${units.length} đơn vị chưa có ai tham gia: ${namesWords(units)}. Gõ /moi để mời.`,
};
