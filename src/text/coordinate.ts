// Words for the coordinator: who has sent what, a report to decide on, and what the officers are told of the decision.
import type { Campaign } from '../domain/campaign.ts';
import type { Text } from '../domain/conversation.ts';
import type { Unit } from '../domain/people.ts';
import { addressOf, progressOf } from '../domain/progress.ts';
import { type Explanation, openPoints, type Report, type Submission } from '../domain/report.ts';
import type { Template } from '../domain/template.ts';
import { bold, lines, momentWords, periodWords, short, statusWords, timeLeft } from './common.ts';
import { nameOf } from './row-names.ts';

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
      last ? settledWords(last) : undefined,
      report.status === 'returned' && report.returned?.points
        ? `Đã trả lại ${report.returned.points.length} chỉ tiêu, còn ${openPoints(report).length} chỉ tiêu đơn vị chưa xem lại`
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
      settledWords(submission),
    ),
  approvedBy: (name: string | undefined): string => `Lãnh đạo duyệt: ${name || 'lãnh đạo đơn vị'}`,
  letPass: (n: number): string => `Đầu mối đã cho qua ${n} điểm chưa khớp:`,
  passed: (name: string | undefined, reason: string): string =>
    `${name ? `${name}: ` : ''}${short(reason, 150)}`,
  explained: 'Đơn vị giải trình:',
  verbatim: (n: number): string => `Có ${n} chỉ tiêu ghi nguyên văn, đề nghị xem.`,
  accept: 'Tiếp nhận',
  giveBack: 'Trả lại',
  ask: 'Hỏi lại',
  history: 'Lịch sử',
  unlock: 'Mở khóa',
  letThrough: 'Cho qua điểm chưa khớp',
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

/** What was looked at before sending; nothing for what an earlier release sent without counting it. */
function settledWords({
  warnings,
  overrides = 0,
}: Pick<Submission, 'warnings' | 'overrides'>): string | undefined {
  if (warnings === undefined) return undefined;
  if (warnings + overrides === 0) return 'Không có điểm nào phải giải trình';
  const passed = overrides > 0 ? ` · ${overrides} điểm đầu mối đã cho qua` : '';
  return `${warnings} điểm đơn vị đã kiểm tra hoặc giải trình${passed}`;
}

/** "I.3, I.5, I.7 (2 dòng)"; a row without a printed number goes by its name. */
function addresses(template: Template, ids: readonly string[]): string {
  const all = ids.map((id) => {
    const row = template.byId.get(id);
    return (row && addressOf(template, row)) || nameOf(template, id, 36);
  });
  return [...new Set(all)]
    .map((one) => {
      const n = all.filter((each) => each === one).length;
      return n > 1 ? `${one} (${n} dòng)` : one;
    })
    .join(', ');
}
