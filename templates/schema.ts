// The YAML file of a form as an author writes it. The descriptions are Vietnamese: editors show them while the author types.
import { z } from 'zod';

const ID_LENGTH = 32;
const RULE_ID_LENGTH = 40;
/** Keys that say what a row is; a row has exactly one of them. */
export const ROW_KINDS = ['section', 'group', 'indicator'] as const;
/** Keys that say how a title line is printed; a line has exactly one of them. */
export const TITLE_STYLES = ['heading', 'title', 'attached'] as const;
export const COLUMN_KEYS = ['stt', 'label', 'unit', 'value', 'note'] as const;

const id = (length: number) =>
  z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .max(length);
const row = id(ID_LENGTH).describe('Mã của một dòng trong biểu');
const term = z
  .union([row, z.array(row).min(1)])
  .describe('Mã một chỉ tiêu, hoặc danh sách mã trong [ ] để lấy tổng');
const termOrNumber = z
  .union([row, z.array(row).min(1), z.number()])
  .describe('Mã một chỉ tiêu, danh sách mã trong [ ] để lấy tổng, hoặc một con số cố định');
const list = z.array(row).min(1).describe('Danh sách mã các chỉ tiêu, ví dụ [a, b]');
const severity = z
  .enum(['hard', 'soft', 'info'])
  .describe('hard: phải sửa mới nộp được; soft: đề nghị kiểm tra hoặc giải trình; info: chỉ nhắc');

const choice = z.strictObject({
  code: z.number().int().describe('Mã số ghi vào biểu'),
  label: z.string().describe('Nghĩa của mã, ví dụ "Có"'),
  also: z.array(z.string()).optional().describe('Những từ khác mà người nhập có thể gõ'),
});

const printed = {
  id: id(ID_LENGTH).describe(
    'Mã của dòng: chữ thường không dấu, chữ số, gạch nối; không trùng và không bao giờ đổi',
  ),
  stt: z.string().optional().describe('Số thứ tự in trong biểu, đặt trong dấu ngoặc kép, ví dụ "1.2"'),
  unit: z.string().optional().describe('Đơn vị tính in trong biểu, chép nguyên văn kể cả khi in sai'),
  note: z.string().optional().describe('Chữ mà biểu mẫu in sẵn ở cột Ghi chú, ví dụ "(nếu có)"'),
};

type SectionRow = Printed & { section: string };
type GroupRow = Printed & { group: string };
export type IndicatorRow = Printed & {
  indicator: string;
  type: 'count' | 'percent' | 'decimal' | 'choice' | 'text' | 'date';
  choices?: z.infer<typeof choice>[] | undefined;
  mayExceed100?: boolean | undefined;
  hint?: string | undefined;
  notAdded?: string | undefined;
};
type Printed = {
  id: string;
  stt?: string | undefined;
  unit?: string | undefined;
  note?: string | undefined;
  rows?: (GroupRow | IndicatorRow)[] | undefined;
};
export type FileRow = SectionRow | GroupRow | IndicatorRow;

const children = z
  .lazy((): z.ZodType<(GroupRow | IndicatorRow)[]> => z.array(z.union([group, indicator])))
  .optional()
  .describe('Các dòng con, theo đúng thứ tự in');

const section = z
  .strictObject({
    section: z.string().describe('Tên mục lớn, chép đúng như biểu'),
    ...printed,
    rows: children,
  })
  .meta({ id: 'section', description: 'Mục lớn của biểu (lĩnh vực)' });

const group = z
  .strictObject({
    group: z.string().describe('Tên nhóm, chép đúng như biểu; dòng này không nhập số liệu'),
    ...printed,
    rows: children,
  })
  .meta({ id: 'group', description: 'Dòng tiêu đề không có số liệu, chỉ để nhóm các dòng con' });

const indicator = z
  .strictObject({
    indicator: z.string().describe('Tên chỉ tiêu, chép đúng như biểu'),
    ...printed,
    type: z
      .enum(['count', 'percent', 'decimal', 'choice', 'text', 'date'])
      .describe('count: số đếm; percent: tỷ lệ %; decimal: số lẻ; choice: chọn mã; text: chữ; date: ngày'),
    choices: z
      .array(choice)
      .optional()
      .describe('Các mã được chọn, chỉ cần khi không đọc được từ đơn vị tính'),
    mayExceed100: z
      .boolean()
      .optional()
      .describe('true: tỷ lệ được phép vượt 100 (so với kế hoạch, so với năm 2015)'),
    hint: z.string().optional().describe('Lời nhắc ngắn cho người nhập'),
    notAdded: z
      .string()
      .min(1)
      .optional()
      .describe('Lý do không cộng số liệu các đơn vị khi tổng hợp (không ghi: được cộng)'),
    rows: children,
  })
  .meta({ id: 'indicator', description: 'Chỉ tiêu: dòng có ô số liệu để nhập' });

const caps = z.boolean().optional().describe('true: in hoa cả dòng');
const titleLine = z.union([
  z.strictObject({ heading: z.string().describe('Dòng "Phụ lục"'), caps }),
  z.strictObject({ title: z.string().describe('Dòng tên biểu'), caps }),
  z.strictObject({ attached: z.string().describe('Dòng "(Kèm theo Báo cáo số …)"'), caps }),
]);

const headerCell = z.union([
  z.string(),
  z.strictObject({
    text: z.string(),
    across: z.number().int().min(1).optional().describe('Ô này rộng mấy cột (mặc định 1)'),
    down: z.number().int().min(1).optional().describe('Ô này cao mấy hàng (mặc định 1)'),
  }),
]);

const width = z.number().min(1).max(255).optional();
const columns = z
  .strictObject({ stt: width, label: width, unit: width, value: width, note: width })
  .describe('Các cột theo thứ tự in từ trái sang phải, kèm độ rộng tính bằng số ký tự; phải đủ cả năm cột');

const table = z
  .strictObject({
    id: id(ID_LENGTH).describe('Mã của bảng'),
    title: z
      .array(titleLine)
      .describe('Các dòng in phía trên bảng; dùng được {unit} {period} {year} {month} {number}'),
    columns,
    header: z.array(z.array(headerCell)).min(1).describe('Các hàng tiêu đề cột, ô gộp thì ghi across / down'),
    rows: z
      .array(z.union([section, group, indicator]))
      .min(1)
      .describe('Các dòng của bảng, theo đúng thứ tự in'),
  })
  .meta({ id: 'table', description: 'Một bảng của biểu' });

/** What each kind of rule is written with, after its id, severity and why. */
const relations = {
  atMost: z.tuple([term, termOrNumber]).describe('[a, b]: a không được lớn hơn b'),
  equal: z.tuple([term, termOrNumber]).describe('[a, b]: a phải bằng b'),
  sum: z
    .strictObject({
      total: row,
      parts: list,
      exhaustive: z.boolean().describe('true: các phần cộng lại phải bằng tổng; false: không được vượt tổng'),
      totalMissing: severity.optional().describe('Mức khi đã có các phần mà bỏ trống ô tổng (mặc định soft)'),
    })
    .describe('Tổng và các phần'),
  ratio: z
    .strictObject({
      value: row,
      part: term,
      whole: term,
      lessNote: row.optional().describe('Trừ khỏi tử số con số đầu tiên trong ghi chú của dòng này'),
    })
    .describe('value = part / whole × 100'),
  range: z
    .strictObject({ value: row, min: z.number().optional(), max: z.number().optional() })
    .describe('Giá trị nằm trong khoảng min đến max'),
  filledWhen: z
    .strictObject({ when: row, filled: list })
    .describe('when lớn hơn 0 thì các ô filled phải có số liệu'),
  blankWhen: z
    .strictObject({ when: row, blank: list })
    .describe('when bằng 0 hoặc trống thì các ô blank phải để trống'),
  zeroWhen: z
    .strictObject({ when: row, zero: list })
    .describe('when bằng 0 thì các ô zero phải bằng 0 hoặc để trống'),
  together: z.tuple([term, term]).describe('[a, b]: a lớn hơn 0 khi và chỉ khi b lớn hơn 0'),
  impliesSome: z
    .strictObject({ when: row, some: list })
    .describe('when lớn hơn 0 thì tổng các ô some ít nhất là 1'),
  notCountOf: z.strictObject({ value: row, of: row }).describe('Ô tỷ lệ value có vẻ là số đếm của tổng of'),
  noteNumber: z
    .strictObject({
      note: row.describe('Dòng có ghi chú được đọc'),
      near: z.string().min(1).describe('Những chữ đứng cạnh con số trong ghi chú'),
      side: z.enum(['after', 'before']).describe('after: con số đứng sau các chữ đó; before: đứng trước'),
      value: term,
      minus: term.optional().describe('So con số với hiệu value − minus'),
    })
    .describe('Con số trong ghi chú phải bằng số liệu'),
  noteSaysNone: z
    .strictObject({ note: row, words: z.string().min(1), zero: list })
    .describe('Ghi chú có các chữ words thì các ô zero phải bằng 0 hoặc để trống'),
  cumulative: row.describe('Số luỹ kế: không được nhỏ hơn kỳ trước trong cùng năm'),
  change: z
    .strictObject({ value: row, times: z.number().gt(1) })
    .describe('Không tăng hoặc giảm quá times lần so với kỳ trước cùng loại'),
};

type RelationKind = keyof typeof relations;
export const RELATION_KINDS = Object.keys(relations) as RelationKind[];

const ruleBase = {
  id: id(RULE_ID_LENGTH).describe('Mã của quy tắc, không trùng'),
  severity,
  why: z.string().optional().describe('Lý do ngắn cho người nhập'),
};
const ruleOf = <K extends RelationKind>(kind: K) =>
  z.strictObject({ ...ruleBase, [kind]: relations[kind] } as typeof ruleBase & Pick<typeof relations, K>);
const rule = z
  .union([
    ruleOf('atMost'),
    ruleOf('equal'),
    ruleOf('sum'),
    ruleOf('ratio'),
    ruleOf('range'),
    ruleOf('filledWhen'),
    ruleOf('blankWhen'),
    ruleOf('zeroWhen'),
    ruleOf('together'),
    ruleOf('impliesSome'),
    ruleOf('notCountOf'),
    ruleOf('noteNumber'),
    ruleOf('noteSaysNone'),
    ruleOf('cumulative'),
    ruleOf('change'),
  ])
  .meta({ id: 'rule', description: 'Một quy tắc kiểm tra giữa các chỉ tiêu' });

const wording = z.string().optional();
export const templateFile = z.strictObject({
  id: id(64).describe('Mã của biểu mẫu, trùng với tên tệp'),
  version: z.number().int().min(1).describe('Phiên bản, bắt đầu từ 1, trùng với tên tệp'),
  name: z.string().describe('Tên biểu mẫu để người dùng nhận ra'),
  periods: z
    .strictObject({ month: wording, quarter: wording, half: wording, nineMonths: wording, year: wording })
    .optional()
    .describe('Cách biểu này gọi tên kỳ; dùng được {quarter} {month} {year}'),
  tables: z.array(table).min(1),
  rules: z.array(rule).optional(),
});

export type TemplateFile = z.infer<typeof templateFile>;
export type FileTable = TemplateFile['tables'][number];
export type FileRule = NonNullable<TemplateFile['rules']>[number];
export type FileTerm = string | string[];
