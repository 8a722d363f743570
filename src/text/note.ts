// Words about notes on indicators and headings: saved, moved, taken away, refused.
import type { Text } from '../domain/conversation.ts';
import type { Row, Template } from '../domain/template.ts';
import { bold, rowName, short } from './common.ts';

export const NOTE = {
  saved: (template: Template, row: Row, note: string): Text => [
    'Đã ghi chú cho ',
    bold(rowName(template, row)),
    `: ${short(note, 300)}`,
  ],
  removed: (template: Template, row: Row): Text => ['Đã xóa ghi chú của ', bold(rowName(template, row)), '.'],
  usage: 'Gõ /ghichu rồi đến nội dung, ví dụ: /ghichu Số liệu tính đến 14/9. Để xóa ghi chú: /ghichu xóa',
  usageHeading:
    'Gõ /ghichumuc rồi đến nội dung để ghi chú cho dòng tiêu đề của nhóm đang nhập. Để xóa: /ghichumuc xóa',
  moveTo: (template: Template, row: Row): string => short(`Chuyển sang: ${rowName(template, row, 45)}`, 60),
  stillNeedsValue: 'Mời anh/chị nhập tiếp số liệu của chỉ tiêu này.',
  noHeading:
    'Chỉ tiêu này không nằm dưới dòng tiêu đề nào. Anh/chị dùng /ghichu rồi đến nội dung để ghi chú cho chính chỉ tiêu.',
  nothingToRemove: (template: Template, row: Row): Text => [
    bold(rowName(template, row)),
    ' chưa có ghi chú nào để xóa.',
  ],
  tooLong: 'Ghi chú dài quá 2.000 ký tự nên chưa được ghi. Anh/chị rút gọn giúp.',
  moved: (template: Template, row: Row, note: string): Text => [
    'Đã chuyển ghi chú sang ',
    bold(rowName(template, row)),
    `: ${short(note, 300)}`,
  ],
  nothingToMove: 'Ghi chú này đã được chuyển hoặc xóa trước đó.',
};
