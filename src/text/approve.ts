// Words of the unit leader's approval before a report goes out.
import type { Campaign } from '../domain/campaign.ts';
import type { Text } from '../domain/conversation.ts';
import type { Unit } from '../domain/people.ts';
import { progressOf } from '../domain/progress.ts';
import type { Report, Submission } from '../domain/report.ts';
import type { Template } from '../domain/template.ts';
import { bold, lines, momentWords, periodWords, statusWords } from './common.ts';

type Signed = Omit<Submission, 'answers' | 'notes'>;

export const APPROVE = {
  asked: (template: Template, campaign: Campaign, signed: Signed, names: readonly string[]): Text =>
    lines(
      [bold('Đã trình lãnh đạo đơn vị duyệt'), ` – CCHC ${periodWords(campaign, template)}`],
      `Người duyệt: ${names.join(', ')}`,
      ['Mã kiểm tra: ', bold(signed.checkCode)],
      'Báo cáo tự nộp khi lãnh đạo duyệt. Trong lúc chờ, số liệu khóa; anh/chị vẫn rút lại được.',
    ),
  noLeader:
    'Kỳ báo cáo này cần lãnh đạo đơn vị duyệt trước khi nộp, nhưng chưa có lãnh đạo nào của đơn vị dùng trợ lý nên chưa trình được. Anh/chị liên hệ đầu mối tổng hợp để có lời mời cho lãnh đạo; đầu mối cũng vừa được báo. Số liệu đã nhập vẫn còn nguyên.',
  toldNoLeader: (template: Template, campaign: Campaign, unit: Unit): string =>
    `${unit.name} chưa nộp được báo cáo CCHC ${periodWords(campaign, template)}: kỳ này cần lãnh đạo duyệt mà đơn vị chưa có lãnh đạo nào dùng trợ lý.`,
  request: (
    template: Template,
    campaign: Campaign,
    unit: Unit,
    signed: Signed,
    officer: string,
    timezone: string,
  ): Text =>
    lines(
      [bold('Báo cáo chờ anh/chị duyệt'), ` – CCHC ${periodWords(campaign, template)}`],
      `${unit.name} · bản ${signed.version} · ${signed.values} số liệu · mã kiểm tra ${signed.checkCode}`,
      `${officer === '' ? 'Cán bộ' : officer} xác nhận lúc ${momentWords(signed.at, timezone)}`,
    ),
  approve: 'Duyệt và nộp',
  decline: 'Trả lại cán bộ',
  approved: (template: Template, campaign: Campaign, version: number): string =>
    `Anh/chị đã duyệt; báo cáo CCHC ${periodWords(campaign, template)} đã nộp, bản ${version}.`,
  toldApproved: (leader: string): string =>
    leader === '' ? 'Lãnh đạo đơn vị đã duyệt.' : `Lãnh đạo đơn vị đã duyệt: ${leader}.`,
  byLeader: (leader: string): string => `Lãnh đạo duyệt: ${leader === '' ? 'lãnh đạo đơn vị' : leader}`,
  notAwaiting: 'Bản này không còn chờ duyệt (đã nộp, đã rút lại hoặc đã thay đổi) nên không có gì đổi.',
  askDecline: 'Anh/chị gõ lý do trả lại cán bộ (nêu rõ chỉ tiêu cần sửa).',
  declined:
    'Đã trả lại cán bộ của đơn vị kèm lý do của anh/chị. Khi cán bộ sửa xong và trình lại, anh/chị nhận một tin mới.',
  toldDeclined: (template: Template, campaign: Campaign, leader: string, reason: string): Text =>
    lines(
      [bold('Lãnh đạo đơn vị trả lại báo cáo'), ` – CCHC ${periodWords(campaign, template)}`],
      `Lý do${leader === '' ? '' : ` (${leader})`}: ${reason}`,
    ),
  fix: 'Sửa số liệu',
  withdrawn: (template: Template, campaign: Campaign): string =>
    `Cán bộ đã rút lại báo cáo CCHC ${periodWords(campaign, template)} để sửa, nên chưa cần duyệt.`,
  locked: (template: Template, campaign: Campaign): Text =>
    lines(
      [bold(`Báo cáo ${periodWords(campaign, template)}`), ' – chờ duyệt.'],
      'Số liệu đang khóa, chờ lãnh đạo đơn vị duyệt. Cần sửa, anh/chị rút lại.',
    ),
  /** What the unit's leader sees of a report. */
  detail: (template: Template, report: Report, campaign: Campaign, unit: Unit, timezone: string): Text => {
    const { answered, total } = progressOf(template, report);
    const last = report.submissions.at(-1);
    return lines(
      [bold(`Báo cáo CCHC ${periodWords(campaign, template)}`), ` – ${statusWords(report)}`],
      `${unit.name} · ${answered}/${total} chỉ tiêu · hạn ${momentWords(campaign.due, timezone)}`,
      last
        ? `Bản ${last.version} nộp lúc ${momentWords(last.at, timezone)} · mã kiểm tra ${last.checkCode}`
        : undefined,
      report.status === 'returned' && report.returned && report.returned.text !== ''
        ? `Đầu mối trả lại: ${report.returned.text}`
        : undefined,
      report.awaiting ? `Chờ anh/chị duyệt bản ${report.awaiting.version}.` : undefined,
    );
  },
};
