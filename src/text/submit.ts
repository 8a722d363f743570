// Words of reviewing, explaining and sending.

import type { Campaign } from '../domain/campaign.ts';
import type { Text } from '../domain/conversation.ts';
import type { Unit } from '../domain/people.ts';
import { partName, progressOf } from '../domain/progress.ts';
import type { Report, Submission } from '../domain/report.ts';
import type { Indicator, Row, Template } from '../domain/template.ts';
import { bar, bold, lines, momentWords, periodWords, short, valueWords } from './common.ts';
import { nameOf, ownName } from './row-names.ts';

export const REVIEW = {
  head: (
    template: Template,
    report: Report,
    period: string,
    counts: { missing: number; hard: number; pending: number; soft: number },
    ready = 'Đã đủ số liệu, không còn điểm cần kiểm tra. Anh/chị có thể nộp.',
  ): Text => {
    const whole = progressOf(template, report);
    const clean = counts.missing + counts.hard + counts.soft === 0;
    return lines(
      [bold('Xem lại'), ` báo cáo ${period} · ${bar(whole)} ${whole.answered}/${whole.total}`],
      counts.missing > 0 ? `Chưa nhập: ${counts.missing} chỉ tiêu` : undefined,
      counts.hard > 0
        ? `✗ Cần sửa trước khi nộp: ${counts.hard} điểm${counts.pending > 0 ? ` (trong đó ${counts.pending} chỉ tiêu chờ số liệu)` : ''}`
        : undefined,
      counts.soft > 0 ? `⚠ Đề nghị kiểm tra lại hoặc giải trình: ${counts.soft} điểm` : undefined,
      clean ? ready : undefined,
    );
  },
  section: (template: Template, part: Row, n: number): string =>
    `${short(partName(template, part), 64)} (${n})`,
  missing: (template: Template, row: Indicator): string => `· ${ownName(template, row, 76)}: chưa nhập`,
  goTo: (template: Template, row: Indicator): string => short(`→ ${ownName(template, row, 58)}`, 60),
  more: (left: number): string => `Xem tiếp (còn ${left})`,
  back: 'Trang trước',
  resume: 'Nhập tiếp',
  submit: 'Nộp báo cáo',
  file: 'Tải bảng (.xlsx)',
};

export const EXPLAIN = {
  button: 'Giải trình',
  /** Among several, by the row it is about; `n`: the second, third … of the same row. */
  about: (template: Template, row: Row, n: number): string =>
    short(`Giải trình${n > 1 ? ` (${n})` : ''}: ${ownName(template, row, 48, ' ')}`, 60),
  confirmed: 'Đã kiểm tra, số đúng',
  fix: (template: Template, row: Indicator, value: string): string =>
    short(`Sửa ${ownName(template, row, 44, ' ')}: ${value}`, 60),
  ask: 'Anh/chị gõ ngắn gọn lý do (giải trình) cho điểm này. Nội dung sẽ in ở cột Ghi chú.',
  notNow: 'Chưa giải trình, quay lại',
  needsWords: (typed: string): string =>
    `“${short(typed, 40)}” chưa phải là lời giải trình nên chưa được ghi. Muốn sửa số liệu, anh/chị chọn dưới đây; muốn giải trình, gõ lý do bằng lời.`,
  saved: 'Đã ghi giải trình.',
  savedConfirmed: 'Đã ghi nhận: số liệu đã được kiểm tra.',
  savedAll: (n: number): string => `Đã ghi nhận: số liệu đã được kiểm tra (${n} điểm, xem lại ở /xemlai).`,
  gone: 'Điểm này đã được sửa hoặc không còn nữa.',
  tooLong: 'Nội dung dài quá 500 ký tự nên chưa được ghi, anh/chị rút gọn giúp.',
  printed: (text: string): string => `Giải trình: ${text}`,
};

export const SUBMIT = {
  missing: (template: Template, parts: readonly { part: Row; n: number }[], total: number): Text =>
    lines(
      [bold(`Chưa nộp được: còn ${total} chỉ tiêu chưa nhập`)],
      ...parts.map(({ part, n }) => `· ${short(partName(template, part), 64)}: ${n}`),
      `Anh/chị nhập tiếp (${template.indicators.length - total}/${template.indicators.length} đã có), hoặc quyết định để trống.`,
    ),
  resume: 'Nhập tiếp',
  list: 'Xem từng chỉ tiêu',
  /** `away`: how many more are with colleagues, and stay as they are. */
  blankRest: (n: number, away: number): string =>
    away === 0 ? `Để trống cả ${n} chỉ tiêu này` : `Để trống cả ${n} chỉ tiêu, trừ phần đang giao`,
  blanked: (n: number, away: number): string =>
    [
      `Đã ghi để trống ${n} chỉ tiêu. Cần nhập lại chỉ tiêu nào, gõ /sua rồi đến tên chỉ tiêu.`,
      ...(away > 0
        ? [`${away} chỉ tiêu đang giao cho đồng nghiệp chưa để trống, đồng nghiệp vẫn nhập.`]
        : []),
    ].join(' '),
  hard: (n: number): Text => [bold(`Cần sửa trước khi nộp: ${n} điểm`)],
  askOverride: 'Số liệu đúng, xin ý kiến đầu mối',
  overrideAsked:
    'Đã gửi đầu mối tổng hợp. Khi đầu mối đồng ý (kèm lý do), anh/chị gõ /nop để nộp hoặc xem các điểm còn lại.',
  noCoordinator: 'Chưa có đầu mối tổng hợp nào tham gia nên chưa gửi được. Anh/chị liên hệ trực tiếp giúp.',
  soft: (n: number): Text => [bold(`Đề nghị kiểm tra lại trước khi nộp: ${n} điểm`)],
  allChecked: 'Đã kiểm tra, số liệu đúng',
  choicesBlank: (template: Template, rows: readonly string[]): string =>
    `⚠ ${rows.length} chỉ tiêu chọn mã đang để trống, không có giải thích: ${rows.map((id) => nameOf(template, id, 36)).join('; ')}.`,
  listed: (n: number, total: number): string | undefined =>
    n === total ? undefined : `(Trên đây là ${n}/${total} điểm; các điểm còn lại hiện tiếp sau.)`,
  confirm: (
    template: Template,
    report: Report,
    campaign: Campaign,
    unit: Unit,
    name: string,
    values: number,
  ): Text =>
    lines(
      [bold(`Nộp báo cáo CCHC ${periodWords(campaign, template)}`)],
      `${unit.name} · bản ${report.submissions.length + 1} · ${values} số liệu/${template.indicators.length} chỉ tiêu`,
      `Tôi, ${name}, xác nhận số liệu là đúng và nộp báo cáo.`,
    ),
  sign: (name: string): string => short(`Xác nhận nộp – ${name}`, 60),
  notYet: 'Chưa nộp, xem lại',
  needsApproval: 'Lãnh đạo đơn vị duyệt rồi báo cáo mới được gửi đi.',
  signHint: (name: string): string =>
    `Để nộp, anh/chị chọn dòng xác nhận hoặc gõ đúng họ tên: ${name}. Muốn xem lại, gõ /xemlai.`,
  nameless: 'người nộp',
  receipt: (
    template: Template,
    campaign: Campaign,
    unit: Unit,
    submission: Omit<Submission, 'answers' | 'notes'>,
    timezone: string,
  ): Text =>
    lines(
      [bold('Đã nộp báo cáo')],
      `CCHC ${periodWords(campaign, template)} – ${unit.name}`,
      `Lúc ${momentWords(submission.at, timezone)} · bản ${submission.version} · ${submission.values} số liệu`,
      ['Mã kiểm tra: ', bold(submission.checkCode)],
      'Bảng phụ lục (chưa ký số) gửi kèm.',
    ),
  toldCoordinator: 'Đầu mối tổng hợp đã được gửi bản này; khi chưa tiếp nhận, anh/chị vẫn rút lại được.',
  nobodyTold:
    'Chưa có đầu mối tổng hợp nào dùng trợ lý để nhận; anh/chị báo đầu mối và gửi bảng kèm theo giúp.',
  changed: (n: number): string => `Bản này sửa ${n} chỉ tiêu so với bản trước:`,
  changedLine: (template: Template, row: Indicator, was: string, now: string): string =>
    `· ${ownName(template, row, 66)}: ${was} → ${now}`,
  moreChanged: (n: number): string => `· và ${n} chỉ tiêu khác`,
  /** Rows whose note was changed, as many as are named, of `n`. */
  changedNotes: (template: Template, rows: readonly Row[], n: number): string =>
    `Ghi chú sửa ở ${n} dòng: ${rows.map((row) => ownName(template, row, 36)).join('; ')}${rows.length < n ? '…' : ''}`,
};

/** An indicator's value in words, or that it has none. */
export function valueOrNone(answers: Report['answers'], row: Indicator): string {
  const value = answers[row.id]?.value;
  return value ? valueWords(value, row) : 'chưa nhập';
}
