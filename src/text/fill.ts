// Words of the dialog that walks through the form: the question, the echo of an answer, and what was not understood.
import type { Text } from '../domain/conversation.ts';
import { perObject } from '../domain/per-object.ts';
import { ancestors, partName, placeInSection, progressOf } from '../domain/progress.ts';
import type { Answer, Report, Value } from '../domain/report.ts';
import type { Indicator, Row, Template } from '../domain/template.ts';
import { fold } from '../domain/words.ts';
import { parseChoices } from '../indicators/choice.ts';
import { example } from '../indicators/index.ts';
import { bar, bold, lines, plainLabel, rowName, short, valueWords } from './common.ts';

/** What may be typed for an indicator, in one line. */
export function howTo(indicator: Indicator): string {
  const sample = example(indicator);
  switch (indicator.type) {
    case 'count':
      return `Nhập số nguyên, ví dụ ${sample} (ghi chú gõ sau dấu ;)`;
    case 'percent':
      return `Nhập tỷ lệ %, ví dụ ${sample} (ghi chú gõ sau dấu ;)`;
    case 'decimal':
      return `Nhập số, ví dụ ${sample} (ghi chú gõ sau dấu ;)`;
    case 'choice':
      return 'Chọn một dòng dưới đây, hoặc gõ mã hay tên (ghi chú gõ sau dấu ;)';
    case 'date':
      return `Nhập ngày/tháng/năm, ví dụ ${sample}`;
    case 'text':
      return 'Nhập nội dung bằng lời (cả tin được ghi nguyên)';
  }
}

/** Where we are, line by line (`period` when more than one report is open). */
export function questionHead(
  template: Template,
  report: Report,
  indicator: Indicator,
  period: string | undefined,
  isPart = false,
): Text {
  const { where, place } = printedOf(template)(indicator);
  const whole = progressOf(template, report);
  return lines(
    period === undefined ? undefined : `Báo cáo ${period}`,
    where,
    `${place} · ${isPart ? 'phần được giao' : 'cả báo cáo'} ${bar(whole)} ${whole.answered}/${whole.total}`,
    '',
  );
}

/** What a question says whatever stands in the report: its place in the form, what is asked, and what may be typed. */
const printedOf = perObject((template: Template) =>
  perObject((indicator: Indicator) => {
    const section = template.byId.get(indicator.section);
    const above = ancestors(template, indicator)
      .map((row) => ` › ${[row.stt, short(row.label, 44)].filter(Boolean).join(' ')}`)
      .join('');
    const { n, total } = placeInSection(template, indicator);
    return {
      where: `${section ? short(partName(template, section), 50) : ''}${above}`,
      place: `Chỉ tiêu ${n}/${total} của mục`,
      asked: lines(
        [bold([indicator.stt, indicator.label].filter(Boolean).join(' '))],
        indicator.unit === '' || repeatsCodes(indicator) ? undefined : `Đơn vị tính: ${indicator.unit}`,
        indicator.hint === '' ? undefined : `Lưu ý: ${indicator.hint}`,
      ),
      how: howTo(indicator),
    };
  }),
);

/** The question for one indicator: where we are (`period` when more than one report is open), what is asked, what may be typed, what stood there (`previous`, as a line), who wrote what stands there now. */
export function question(
  template: Template,
  report: Report,
  indicator: Indicator,
  previous: string | undefined,
  period?: string,
  { writer = '', isPart = false }: { readonly writer?: string; readonly isPart?: boolean } = {},
): Text {
  const answer = report.answers[indicator.id];
  const { asked, how } = printedOf(template)(indicator);
  return lines(
    questionHead(template, report, indicator, period, isPart),
    asked,
    previous,
    answer?.value ? ['Đang ghi: ', bold(valueWords(answer.value, indicator)), writer] : undefined,
    answer?.note ? `Ghi chú: ${short(answer.note, 200)}` : undefined,
    how,
  );
}

/** Forms print the codes of a choice where other rows have their unit; the question lists them anyway. */
function repeatsCodes({ unit, choices }: Indicator): boolean {
  const printed = parseChoices(unit);
  return (
    printed.length > 0 &&
    printed.every((each) =>
      choices.some(({ code, label }) => code === each.code && fold(label) === fold(each.label)),
    )
  );
}

/** The one line that says what was recorded. */
export function echo(indicator: Indicator, answer: Answer): Text {
  const value = answer.value ? valueWords(answer.value, indicator) : '';
  return [
    `✓ ${short(plainLabel(indicator), 120)}: `,
    bold(value),
    answer.value?.is === 'verbatim' ? ' (ghi nguyên văn, đầu mối tổng hợp sẽ xem)' : '',
    answer.note ? ` — ghi chú: ${short(answer.note, 300)}` : '',
  ];
}

/** Said when a button of an earlier question was pressed, or an earlier message was corrected. */
export const echoOther = (echoed: Text, current: string | undefined, report: string | undefined): Text =>
  lines(
    `Đã ghi cho chỉ tiêu ở trên${report ? ` (báo cáo ${report})` : ''}${current ? ', không phải câu đang hỏi' : ''}:`,
    echoed,
    current ? `Câu đang hỏi vẫn là: ${current}` : undefined,
  );

export const READING = {
  save: (value: string, note: string | undefined): string =>
    note ? short(`Ghi ${value} — ghi chú: ${note}`, 60) : short(`Ghi ${value}`, 60),
  tooLong: (indicator: Indicator): Text => [
    'Tin vừa gõ cho chỉ tiêu ',
    bold(short(indicator.label, 90)),
    ' dài quá 2.000 ký tự nên chưa được ghi. Anh/chị rút gọn rồi gửi lại giúp; câu đang hỏi vẫn giữ nguyên.',
  ],
  verbatim: 'Ghi nguyên văn',
  asNote: 'Đưa vào ghi chú',
};

export const BUTTON = {
  blank: 'Để trống',
  notApplicable: 'Không áp dụng',
  pending: 'Chưa có số liệu',
  skip: 'Để sau',
  keep: 'Giữ nguyên',
};

const PRIVACY: Record<'secretDocument' | 'citizenId' | 'phone', string> = {
  secretDocument:
    'Nội dung giống số, ký hiệu của văn bản mật nên không được lưu. Không gửi số, ký hiệu, trích yếu, nội dung văn bản mật qua đây; chỉ nhập số lượng.',
  citizenId:
    'Nội dung giống số CCCD/CMND của một người nên không được lưu. Phụ lục chỉ cần số liệu, không cần thông tin cá nhân.',
  phone:
    'Nội dung giống số điện thoại nên không được lưu. Phụ lục chỉ cần số liệu, không cần thông tin cá nhân.',
};
export const privacyRefused = (fault: keyof typeof PRIVACY, kept: 'nothing' | 'valueKept'): string =>
  kept === 'valueKept' ? `${PRIVACY[fault]} Số liệu vẫn được ghi, chỉ bỏ phần ghi chú.` : PRIVACY[fault];

export const FILL = {
  skipped: (indicator: Indicator): Text => [`↷ Để sau: ${short(indicator.label, 120)}`],
  tappedTwice: (indicator: Indicator, value: Value): Text => [
    'Đã ghi từ lần bấm trước, không ghi thêm: ',
    bold(`${short(plainLabel(indicator), 80)} – ${valueWords(value, indicator)}`),
  ],
  first: 'Đây là chỉ tiêu đầu tiên của báo cáo.',
  undone: (indicator: Indicator, now: string): Text => [
    '↶ Đã hoàn tác: ',
    bold(short(indicator.label, 100)),
    ` → ${now}`,
  ],
  undoneNote: (template: Template, row: Row): Text => [
    '↶ Đã hoàn tác ghi chú của ',
    bold(rowName(template, row)),
    '.',
  ],
  undoneMany: (n: number): Text => ['↶ Đã hoàn tác: ', bold(`${n} chỉ tiêu`), ' trở lại như trước'],
  changedSince: (template: Template, row: Row): Text => [
    bold(rowName(template, row)),
    ': đã có người sửa sau anh/chị nên giữ nguyên.',
  ],
  nothingToUndo: 'Không còn thao tác nào của anh/chị để hoàn tác.',
  notYetAnswered: 'chưa nhập',
  staleDoubt:
    'Lựa chọn này thuộc câu trả lời cũ đã được xử lý nên không đổi gì. Muốn sửa, gõ /sua rồi đến tên chỉ tiêu.',
  staleButton: 'Lựa chọn này thuộc một câu cũ không còn hiệu lực. Gõ /baocao để xem báo cáo của anh/chị.',
  editedNothing:
    'Tin vừa sửa không gắn với chỉ tiêu nào nên không có số liệu nào thay đổi. Muốn sửa, gõ /sua rồi đến tên chỉ tiêu.',
  replaced: (name: string | undefined, value: string): string =>
    `Trước đó ${name || 'đồng nghiệp'} đã ghi: ${value}`,
  closed:
    'Kỳ báo cáo này đã đóng hoặc biểu mẫu đã thay đổi nên nội dung vừa gửi chưa được ghi. Số liệu đã nhập vẫn còn nguyên.',
  noQuestion: 'Hiện không có câu nào đang hỏi. Chọn Nhập tiếp, hoặc gõ /sua rồi đến tên chỉ tiêu cần sửa.',
};

export const FIND = {
  usage:
    'Gõ /sua rồi đến số thứ tự hoặc vài từ của chỉ tiêu, có dấu hay không dấu đều được. Ví dụ: /sua III.5, /sua ho so truc tuyen. Ghi luôn số mới sau dấu hai chấm cũng được: /sua III.5: 23',
  none: (words: string): string =>
    `Không tìm thấy chỉ tiêu nào có “${short(words, 60)}”. Anh/chị thử ít từ hơn, hoặc gõ /muc để chọn theo mục.`,
  several: (words: string, more: number): string =>
    `Có nhiều chỉ tiêu ứng với “${short(words, 60)}”. Anh/chị chọn:${more > 0 ? ` (còn ${more} chỉ tiêu khác, gõ thêm từ để lọc)` : ''}`,
};
