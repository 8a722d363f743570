// Words of unlocking an accepted report: the unit asks with its reason, the coordinator agrees or says why not.
import type { Campaign } from '../domain/campaign.ts';
import type { Text } from '../domain/conversation.ts';
import type { Unit } from '../domain/people.ts';
import type { Template } from '../domain/template.ts';
import { bold, lines, periodWords } from './common.ts';

export const UNLOCK = {
  ask: (version: number): string =>
    `Báo cáo đã được tiếp nhận nên số liệu đang khóa. Anh/chị gõ lý do đính chính; đầu mối tổng hợp mở khóa thì anh/chị sửa và nộp bản ${version}.`,
  asked:
    'Đã gửi đề nghị mở khóa tới đầu mối tổng hợp. Khi đầu mối mở khóa hoặc trả lời, anh/chị nhận tin báo ở đây.',
  requested: (template: Template, campaign: Campaign, unit: Unit, name: string, reason: string): Text =>
    lines(
      [bold(`${unit.name} xin mở khóa báo cáo để đính chính`), ` – CCHC ${periodWords(campaign, template)}`],
      `Lý do${name === '' ? '' : ` (${name})`}: ${reason}`,
    ),
  unlock: 'Mở khóa',
  keepLocked: 'Không mở',
  askReopen: (unit: Unit): string => `Anh/chị gõ lý do mở khóa báo cáo đã tiếp nhận của ${unit.name}.`,
  askKeep: (unit: Unit): string => `Anh/chị gõ lý do không mở khóa báo cáo của ${unit.name}.`,
  reopened: (unit: Unit, reason: string): string => `Đã mở khóa báo cáo của ${unit.name}. Lý do: ${reason}`,
  kept: (unit: Unit): string => `Báo cáo của ${unit.name} vẫn khóa; đơn vị đã được báo lý do.`,
  notLocked: (unit: Unit): string =>
    `Báo cáo của ${unit.name} không còn ở bản đang khóa đó nên không có gì đổi.`,
  toldReopened: (template: Template, campaign: Campaign, reason: string, version: number): Text =>
    lines(
      [bold('Báo cáo đã được mở khóa'), ` – CCHC ${periodWords(campaign, template)}`],
      `Lý do: ${reason}`,
      `Anh/chị sửa số liệu cần đính chính (gõ /sua rồi đến tên chỉ tiêu), xong gõ /nop để nộp bản ${version}. Bản trước vẫn được giữ.`,
    ),
  toldKept: (template: Template, campaign: Campaign, reason: string): Text =>
    lines(
      [bold('Đầu mối tổng hợp chưa mở khóa báo cáo'), ` – CCHC ${periodWords(campaign, template)}`],
      `Lý do: ${reason}`,
    ),
  fix: 'Sửa số liệu',
};
