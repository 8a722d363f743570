// Words of a coordinator's question about a report and of the unit's reply; the report itself does not move.
import type { Campaign } from '../domain/campaign.ts';
import type { Text } from '../domain/conversation.ts';
import type { Unit } from '../domain/people.ts';
import type { Template } from '../domain/template.ts';
import { bold, lines, periodWords, short } from './common.ts';

export const ASK = {
  button: 'Hỏi lại',
  ask: (unit: Unit): string =>
    `Anh/chị gõ câu hỏi gửi cán bộ của ${unit.name}. Báo cáo giữ nguyên trạng thái.`,
  nobody: (unit: Unit): string =>
    `${unit.name} chưa có cán bộ nào dùng trợ lý nên chưa gửi được câu hỏi. Anh/chị liên hệ trực tiếp giúp.`,
  asked: (unit: Unit): string => `Đã gửi câu hỏi tới ${unit.name}; trả lời sẽ về đây.`,
  told: (template: Template, campaign: Campaign, name: string, question: string): Text =>
    lines(
      [bold('Đầu mối hỏi về báo cáo'), ` CCHC ${periodWords(campaign, template)}`],
      `${name === '' ? '' : `${name}: `}“${question}”`,
    ),
  reply: 'Trả lời',
  askReply: (question: string | undefined): Text =>
    lines(
      question === undefined ? undefined : `Câu hỏi: “${short(question, 500)}”`,
      'Anh/chị gõ câu trả lời gửi đầu mối tổng hợp. Số liệu trong báo cáo không đổi.',
    ),
  replied: 'Đã gửi trả lời tới đầu mối tổng hợp.',
  toldReply: (
    template: Template,
    campaign: Campaign,
    unit: Unit,
    name: string,
    question: string | undefined,
    reply: string,
  ): Text =>
    lines(
      [bold(`${unit.name} trả lời`), ` – CCHC ${periodWords(campaign, template)}`],
      question === undefined ? undefined : `Câu hỏi: “${short(question, 300)}”`,
      `${name === '' ? 'Trả lời' : name}: “${reply}”`,
    ),
  see: 'Xem báo cáo',
  notNow: 'Chưa gửi, quay lại',
};
