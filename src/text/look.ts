// Words of looking at a report as pictures, section by section.
import type { Text } from '../domain/conversation.ts';
import type { Progress } from '../domain/progress.ts';
import { partName } from '../domain/progress.ts';
import type { Row, Template } from '../domain/template.ts';
import { bold, lines, short } from './common.ts';

export const LOOK = {
  button: 'Xem ảnh',
  all: 'Ảnh tất cả các mục',
  points: 'Xem từng điểm',
  section: (template: Template, part: Row): string => short(`Ảnh mục ${partName(template, part)}`, 60),
  /** Whole also where no pictures can be shown. Counts are of indicators; no `part`: of the whole report. */
  head: (
    template: Template,
    part: Row | undefined,
    { answered, total }: Progress,
    counts: { readonly missing: number; readonly hard: number; readonly soft: number },
  ): Text => {
    const open = [
      counts.missing > 0 ? `chưa nhập ${counts.missing}` : '',
      counts.hard > 0 ? `✗ cần sửa ${counts.hard}` : '',
      counts.soft > 0 ? `⚠ nên xem lại ${counts.soft}` : '',
    ].filter((each) => each !== '');
    return lines(
      [
        bold(part ? short(partName(template, part), 90) : 'Tất cả các mục'),
        ` · đã có ${answered}/${total} chỉ tiêu`,
      ],
      open.length > 0
        ? `Số chỉ tiêu ${open.join(' · ')}. Gõ /xemlai để xem từng điểm.`
        : 'Đã nhập đủ, không có điểm cần xem lại.',
    );
  },
  unknown: (words: string): string =>
    `Chưa rõ mục “${short(words, 40)}”. Anh/chị chọn mục cần xem ảnh, hoặc gõ số mục như /anh III.`,
};
