// Words about what was typed and not simply stored: why, and what can be typed instead.
import type { Text } from '../domain/conversation.ts';
import type { Indicator } from '../domain/template.ts';
import { example } from '../indicators/index.ts';
import type { Why } from '../indicators/reading.ts';
import { bold, lines, short } from './common.ts';
import { BUTTON, howTo } from './fill.ts';
import { whyWords } from './why.ts';

/** What was typed, why it was not simply stored, and an example of what can be. */
export function doubt(indicator: Indicator, typed: string, why: Why, hasReadings: boolean): Text {
  if (why === 'help') return guide(indicator);
  return lines(
    [`Anh/chị nhập “${short(typed, 120)}” cho chỉ tiêu `, bold(short(indicator.label, 90)), '.'],
    whyWords(why, indicator.type),
    hasReadings ? 'Anh/chị chọn giúp, hoặc nhập lại:' : `${howTo(indicator)}.`,
  );
}

/** How this very indicator is answered, for whoever asks "?". */
function guide(indicator: Indicator): Text {
  const empty = [BUTTON.blank, BUTTON.notApplicable, BUTTON.pending, BUTTON.skip].map((label) =>
    label.toLocaleLowerCase('vi'),
  );
  return lines(
    ['Cách trả lời chỉ tiêu ', bold(short(indicator.label, 90)), ':'],
    `${typable(indicator)}; hoặc gõ: ${empty.join(', ')}.`,
    indicator.hint === '' ? undefined : `Lưu ý: ${indicator.hint}`,
    'Các lệnh: /trogiup.',
  );
}

function typable(indicator: Indicator): string {
  const sample = example(indicator);
  switch (indicator.type) {
    case 'count':
      return `Gõ một số nguyên, ví dụ ${sample}`;
    case 'percent':
      return `Gõ một số là tỷ lệ %, ví dụ ${sample}`;
    case 'decimal':
      return `Gõ một số, ví dụ ${sample}`;
    case 'choice':
      return `Gõ mã hoặc tên: ${indicator.choices.map(({ code, label }) => `${code} – ${label}`).join(', ')}`;
    case 'date':
      return `Gõ ngày/tháng/năm, ví dụ ${sample}`;
    case 'text':
      return `Gõ nội dung bằng lời, ví dụ ${sample}`;
  }
}
