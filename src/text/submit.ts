// Words of reviewing, explaining, sending, and what the coordinator sees of it.

import type { Campaign } from '../domain/campaign.ts';
import type { Text } from '../domain/conversation.ts';
import type { Unit } from '../domain/people.ts';
import { addressOf, partName, progressOf } from '../domain/progress.ts';
import type { Explanation, Report, Submission } from '../domain/report.ts';
import type { Indicator, Row, Template } from '../domain/template.ts';
import {
  bar,
  bold,
  lines,
  momentWords,
  periodWords,
  short,
  statusWords,
  timeLeft,
  valueWords,
} from './common.ts';
import { ownName } from './row-names.ts';

export const REVIEW = {
  head: (
    template: Template,
    report: Report,
    period: string,
    counts: { missing: number; hard: number; pending: number; soft: number },
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
      clean ? 'Đã đủ số liệu, không còn điểm cần kiểm tra. Anh/chị có thể nộp.' : undefined,
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
  blankRest: (n: number): string => `Để trống cả ${n} chỉ tiêu này`,
  blanked: (n: number): string =>
    `Đã ghi để trống ${n} chỉ tiêu. Cần nhập lại chỉ tiêu nào, gõ /sua rồi đến tên chỉ tiêu.`,
  hard: (n: number): Text => [bold(`Cần sửa trước khi nộp: ${n} điểm`)],
  askOverride: 'Số liệu đúng, xin ý kiến đầu mối',
  overrideAsked:
    'Đã gửi đầu mối tổng hợp. Khi đầu mối đồng ý (kèm lý do), anh/chị gõ /nop để nộp hoặc xem các điểm còn lại.',
  noCoordinator: 'Chưa có đầu mối tổng hợp nào tham gia nên chưa gửi được. Anh/chị liên hệ trực tiếp giúp.',
  soft: (n: number): Text => [bold(`Đề nghị kiểm tra lại trước khi nộp: ${n} điểm`)],
  allChecked: 'Đã kiểm tra, số liệu đúng',
  choicesBlank: (template: Template, rows: readonly string[]): string =>
    `⚠ ${rows.length} chỉ tiêu chọn mã đang để trống, không có giải thích: ${rows.map((id) => nameOf(template, id)).join('; ')}.`,
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
};

export const COORDINATE = {
  none: 'Hiện chưa có kỳ báo cáo nào đang mở cho các đơn vị anh/chị theo dõi. Quản trị viên của trợ lý mở kỳ báo cáo và chọn đơn vị.',
  head: (template: Template | undefined, campaign: Campaign, now: string, timezone: string): Text => [
    bold(template ? periodWords(campaign, template) : campaign.id),
    ` – hạn ${momentWords(campaign.due, timezone)} (${timeLeft(campaign, now, timezone)})`,
  ],
  counts: (counts: readonly { status: string; n: number }[]): string =>
    counts.map(({ status, n }) => `${n} ${status}`).join(' · '),
  line: (template: Template, report: Report, unit: Unit, period?: string): string => {
    const whole = progressOf(template, report);
    return `· ${short(unit.name, 40)}${period ? ` (${period})` : ''}: ${statusWords(report)}${report.status === 'inProgress' || report.status === 'returned' ? ` ${whole.answered}/${whole.total}` : ''}`;
  },
  unit: (unit: Unit, report: Report, period?: string): string =>
    short([unit.name, period, statusWords(report)].filter(Boolean).join(' – '), 60),
  detail: (template: Template, report: Report, campaign: Campaign, unit: Unit, timezone: string): Text => {
    const last = report.submissions.at(-1);
    return lines(
      [bold(unit.name), ` – ${periodWords(campaign, template)}: ${statusWords(report)}`],
      last
        ? `Bản ${last.version} nộp lúc ${momentWords(last.at, timezone)} · ${last.values} số liệu · mã kiểm tra ${last.checkCode}`
        : undefined,
      report.status === 'inProgress' || report.status === 'returned'
        ? `Đang nhập ${progressOf(template, report).answered}/${template.indicators.length} chỉ tiêu`
        : undefined,
    );
  },
  received: (
    template: Template,
    campaign: Campaign,
    unit: Unit,
    submission: Omit<Submission, 'answers' | 'notes'>,
    timezone: string,
  ): Text =>
    lines(
      [bold(`${unit.name} đã nộp báo cáo`)],
      `CCHC ${periodWords(campaign, template)} · bản ${submission.version} · ${submission.values} số liệu`,
      `Lúc ${momentWords(submission.at, timezone)} · mã kiểm tra ${submission.checkCode}`,
    ),
  explained: 'Đơn vị giải trình:',
  verbatim: (n: number): string => `Có ${n} chỉ tiêu ghi nguyên văn, đề nghị xem.`,
  accept: 'Tiếp nhận',
  giveBack: 'Trả lại',
  override: 'Cho nộp (kèm lý do)',
  refuseOverride: 'Đề nghị đơn vị sửa',
  notNow: 'Chưa quyết định, về danh sách',
  askReturn: (unit: Unit): string =>
    `Anh/chị gõ lý do trả lại báo cáo của ${unit.name} (nêu rõ chỉ tiêu cần sửa).`,
  askOverride: (unit: Unit): string =>
    `Anh/chị gõ lý do cho phép ${unit.name} nộp với các điểm chưa khớp này.`,
  accepted: (unit: Unit): string => `Đã tiếp nhận báo cáo của ${unit.name}.`,
  returned: (unit: Unit): string => `Đã trả lại báo cáo của ${unit.name} để chỉnh sửa.`,
  refused: (unit: Unit): string => `Đã đề nghị ${unit.name} sửa số liệu.`,
  nothingToOverride: (unit: Unit): string => `Báo cáo của ${unit.name} không còn điểm nào cần cho qua.`,
  /** `passed` of `total` points were let pass. */
  overrode: (unit: Unit, passed: number, total: number): string =>
    passed === total
      ? `Đã cho phép ${unit.name} nộp.`
      : `Đã đồng ý ${passed}/${total} điểm của ${unit.name}; còn ${total - passed} điểm, đơn vị xem và xin ý kiến tiếp. Các điểm đã đồng ý:`,
  notSent: (unit: Unit): string => `${unit.name} chưa nộp, hoặc báo cáo đã được xử lý.`,
  tellAccepted: (template: Template, campaign: Campaign): Text => [
    bold('Báo cáo đã được tiếp nhận'),
    ` – CCHC ${periodWords(campaign, template)}. Cảm ơn anh/chị.`,
  ],
  tellReturned: (template: Template, campaign: Campaign, reason: string): Text =>
    lines(
      [bold('Báo cáo được trả lại để chỉnh sửa'), ` – CCHC ${periodWords(campaign, template)}`],
      `Lý do: ${reason}`,
    ),
  tellRefused: (template: Template, campaign: Campaign, reason: string): Text =>
    lines(
      [bold('Đầu mối đề nghị sửa số liệu trước khi nộp'), ` – CCHC ${periodWords(campaign, template)}`],
      `Lý do: ${reason}`,
    ),
  askRefuse: (unit: Unit): string => `Anh/chị gõ điều ${unit.name} cần sửa trước khi nộp.`,
  /** `passed` of `total` points were let pass. */
  tellOverride: (reason: string, passed: number, total: number): Text =>
    passed === total
      ? lines(
          'Đầu mối tổng hợp đồng ý cho nộp với các điểm chưa khớp.',
          `Lý do: ${reason}`,
          'Anh/chị gõ /nop để nộp báo cáo.',
        )
      : lines(
          `Đầu mối tổng hợp đồng ý ${passed}/${total} điểm; còn ${total - passed} điểm, anh/chị gõ /nop để xem và xin ý kiến tiếp.`,
          `Lý do: ${reason}`,
        ),
  overrideRequest: (template: Template, campaign: Campaign, unit: Unit): Text =>
    lines(
      [bold(`${unit.name} xin nộp với điểm chưa khớp`)],
      `CCHC ${periodWords(campaign, template)}. Đơn vị xác nhận số liệu đúng:`,
    ),
  withdrawn: (template: Template, campaign: Campaign, unit: Unit): string =>
    `${unit.name} đã rút lại báo cáo CCHC ${periodWords(campaign, template)} để sửa.`,
  amending: (template: Template, campaign: Campaign, unit: Unit, version: number): string =>
    `${unit.name} đang đính chính báo cáo CCHC ${periodWords(campaign, template)} đã tiếp nhận, sẽ nộp bản ${version}.`,
  reason: (explanation: Explanation): string =>
    explanation.text === '' ? 'đơn vị đã kiểm tra, số đúng' : short(explanation.text, 200),
  /** Codes that were left blank and confirmed, by the addresses of their rows. */
  blankConfirmed: (template: Template, rows: readonly string[]): string =>
    `⚠ ${rows.length} chỉ tiêu chọn mã để trống, đơn vị xác nhận đúng: ${addresses(template, rows)}`,
  moreReasons: (n: number): string =>
    `(và ${n} điểm khác đơn vị đã kiểm tra hoặc giải trình; giải trình bằng lời in ở cột Ghi chú)`,
  fix: 'Sửa số liệu',
  next: 'Trang sau',
  back: 'Trang trước',
  hello: 'Chọn một đơn vị để xem báo cáo, tải bảng, tiếp nhận hoặc trả lại.',
};

/** An indicator's value in words, or that it has none. */
export function valueOrNone(answers: Report['answers'], row: Indicator): string {
  const value = answers[row.id]?.value;
  return value ? valueWords(value, row) : 'chưa nhập';
}

function nameOf(template: Template, id: string): string {
  const row = template.byId.get(id);
  return row ? ownName(template, row, 36) : id;
}

/** "I.3, I.5, I.7 (2 dòng)"; a row without a printed number goes by its name. */
function addresses(template: Template, ids: readonly string[]): string {
  const all = ids.map((id) => {
    const row = template.byId.get(id);
    return (row && addressOf(template, row)) || nameOf(template, id);
  });
  return [...new Set(all)]
    .map((one) => {
      const n = all.filter((each) => each === one).length;
      return n > 1 ? `${one} (${n} dòng)` : one;
    })
    .join(', ');
}
