// Words about a filled table that came back as a file: what it would change, what is not clear in it, and why it cannot be read.
import type { Text } from '../domain/conversation.ts';
import type {
  FilledCell,
  SheetFault,
  SheetKind,
  SheetPlace,
  Unplaced,
  UnplacedRow,
} from '../domain/filled.ts';
import type { Value } from '../domain/report.ts';
import type { Row, Template } from '../domain/template.ts';
import type { Why } from '../indicators/reading.ts';
import { bold, lines, rowName, short, valueWords } from './common.ts';
import { whyWords } from './why.ts';

/** Why what stands at a row is not taken, besides the reasons of the readers. */
export type SheetWhy = Exclude<Why, 'help'> | 'rounded' | 'unreadable' | 'private' | 'tooLong' | 'twice';

/**
 * What a file would write at one row: a value or a note. fresh: nothing stands there yet. changed: it does, but was written before
 * the file was handed out. newer: it may have been written since.
 */
export type SheetItem = {
  readonly row: Row;
  readonly place: SheetPlace;
  readonly is: 'fresh' | 'changed' | 'newer';
  readonly formula?: FilledCell['formula'];
} & ({ readonly value: Value; readonly was?: Value } | { readonly note: string; readonly was?: string });

/** What stands at a row and is not taken; `readings`: what it may mean. */
export type SheetDoubt = {
  readonly row: Row;
  readonly place: SheetPlace;
  readonly text: string;
  readonly why: SheetWhy;
  readonly readings: readonly Value[];
};

/**
 * In the order of the form. `same`: how many figures of the file stand in the report already; `outside`: how many belong to no row of
 * the part that whoever sent it was given.
 */
export type SheetPlan = {
  readonly kind: SheetKind;
  readonly items: readonly SheetItem[];
  readonly doubts: readonly SheetDoubt[];
  readonly unplaced: readonly UnplacedRow[];
  readonly same: number;
  readonly outside: number;
};

const FAULT: Readonly<Record<SheetFault, string>> = {
  tooBig: 'lớn quá 10 MB',
  bomb: 'khi mở ra lớn bất thường nên không được đọc',
  tooLong: 'có quá nhiều dòng hoặc quá nhiều trang',
  macros: 'có chứa macro (.xlsm) nên không được mở; anh/chị lưu lại thành .xlsx',
  encrypted: 'đang đặt mật khẩu; anh/chị bỏ mật khẩu rồi lưu lại',
  oldExcel: 'là Excel đời cũ (.xls); anh/chị mở ra và lưu lại thành .xlsx',
  binaryExcel: 'ở dạng .xlsb; anh/chị mở ra và lưu lại thành .xlsx',
  openDocument: 'ở dạng .ods; anh/chị mở ra và lưu lại thành .xlsx',
  word: 'là tệp Word; anh/chị lấy bảng Excel bằng /file, hoặc chép số liệu sang đó',
  text: 'là tệp văn bản (.csv, .txt), không phải bảng .xlsx',
  otherKind: 'không phải bảng Excel (.xlsx)',
  unreadable: 'bị hỏng nên không mở được; anh/chị mở ra và lưu lại',
  noTable: 'không có bảng nào có cột chỉ tiêu và cột số liệu; anh/chị lấy bảng mẫu bằng /file',
};

const UNPLACED: Readonly<Record<Unplaced, string>> = {
  noLabel: 'không có tên chỉ tiêu',
  unknown: 'mẫu không có chỉ tiêu tên này',
  unitDiffers: 'đơn vị tính khác với mẫu',
  otherSection: 'chỉ tiêu này nằm ở mục khác trong mẫu',
  outOfOrder: 'không đúng thứ tự của mẫu',
  ambiguous: 'mẫu có nhiều chỉ tiêu cùng tên',
  otherForm: 'trang này có vẻ của mẫu khác',
  heading: 'dòng đề mục không ghi số liệu',
  copied: 'dòng chép lại từ dòng khác',
  merged: 'ô số liệu gộp với ô khác',
  noColumn: 'chưa rõ cột nào là số liệu',
};

type OwnWhy = 'rounded' | 'unreadable' | 'private' | 'tooLong' | 'twice';
const OWN_WHY: Readonly<Record<OwnWhy, string>> = {
  rounded: 'Ô hiện số đã làm tròn, số lưu trong ô còn nhiều chữ số hơn.',
  unreadable: 'Ô báo lỗi hoặc công thức chưa có kết quả.',
  private: 'Có nội dung không được lưu ở đây (thông tin cá nhân hoặc mật).',
  tooLong: 'Dài quá 2.000 ký tự.',
  twice: 'Tệp ghi chỉ tiêu này nhiều lần, mỗi lần một khác.',
};
const isOwn = (why: SheetWhy): why is OwnWhy => Object.hasOwn(OWN_WHY, why);

const FORMULA = { own: 'công thức', otherFile: 'công thức lấy từ tệp khác' } as const;

const placeWords = ({ sheet, row, hidden }: SheetPlace, formula?: FilledCell['formula']): string =>
  [
    `${short(sheet, 20)} dòng ${row}`,
    ...(hidden ? ['đang ẩn'] : []),
    ...(formula ? [FORMULA[formula]] : []),
  ].join(', ');

function itemLine(template: Template, item: SheetItem): string {
  const { row } = item;
  const words = (value: Value): string => (row.row === 'indicator' ? short(valueWords(value, row), 40) : '');
  const now = 'note' in item ? `ghi chú “${short(item.note, 40)}”` : words(item.value);
  const before = 'note' in item ? item.was && `“${short(item.was, 40)}”` : item.was && words(item.was);
  const change = before ? `${before} → ${now}` : now;
  return `• ${rowName(template, row, 60)}: ${change} (${placeWords(item.place, item.formula)})`;
}

function doubtLine(template: Template, { row, place, text, why, readings }: SheetDoubt): string {
  const reason = isOwn(why) ? OWN_WHY[why] : row.row === 'indicator' ? whyWords(why, row.type) : '';
  const shown = why === 'private' || text === '' ? '' : ` “${short(text, 40)}”.`;
  const offered =
    row.row === 'indicator' && readings.length > 0
      ? ` Có thể là: ${readings
          .slice(0, 2)
          .map((value) => short(valueWords(value, row), 30))
          .join(' / ')}.`
      : '';
  return `• ${placeWords(place)}, ${rowName(template, row, 50)}:${shown} ${reason}${offered}`;
}

const unplacedLine = (row: UnplacedRow): string =>
  `• ${placeWords(row)}${row.label === '' ? '' : ` “${short(row.label, 50)}”`}: ${UNPLACED[row.why]}`;

/** The most lines of each kind, so that all of it is one message. */
const MOST = { fresh: 8, others: 4 };

function part(head: string, all: readonly string[], most: number): string[] {
  if (all.length === 0) return [];
  const left = all.length - most;
  return ['', head, ...all.slice(0, most), ...(left > 0 ? [`… và ${left} chỗ khác`] : [])];
}

function kindWords(kind: SheetKind): string | undefined {
  switch (kind.is) {
    case 'own':
      return undefined;
    case 'otherVersion':
      return `Tệp theo bản ${kind.version} của mẫu, khác bản đang dùng; chỉ những dòng khớp chắc chắn được đọc.`;
    case 'foreign':
      return 'Tệp không phải bảng do trợ lý gửi; các dòng được ghép theo mục, số thứ tự và tên chỉ tiêu.';
    case 'otherForm':
      return 'Tệp là bảng của một mẫu báo cáo khác.';
  }
}

/** What the file would change in the report called `report`, and what not. */
export function sheetShown(name: string, report: string, template: Template, plan: SheetPlan): Text {
  const of = (is: SheetItem['is']): string[] =>
    plan.items.filter((item) => item.is === is).map((item) => itemLine(template, item));
  const [fresh, changed, newer] = [of('fresh'), of('changed'), of('newer')];
  return lines(
    [bold(`Bảng trong tệp “${short(name, 60)}” (xem thử, chưa ghi gì)`)],
    `Báo cáo ${report}`,
    kindWords(plan.kind),
    ...part(`${fresh.length} mới:`, fresh, MOST.fresh),
    ...part(`${changed.length} thay đổi (đang ghi → trong tệp):`, changed, MOST.others),
    ...part(
      `${newer.length} khác với trong chat (trong chat có thể mới hơn → trong tệp):`,
      newer,
      MOST.others,
    ),
    ...part(
      `${plan.doubts.length} chưa đọc rõ, chưa ghi:`,
      plan.doubts.map((each) => doubtLine(template, each)),
      MOST.others,
    ),
    ...part(
      `${plan.unplaced.length} dòng chưa biết là chỉ tiêu nào, không ghi:`,
      plan.unplaced.map(unplacedLine),
      MOST.others,
    ),
    ...(plan.same > 0 ? ['', `${plan.same} số liệu giống như đang ghi.`] : []),
    ...(plan.outside > 0 ? ['', `${plan.outside} số liệu ngoài phần được giao nên bỏ qua.`] : []),
    ...(plan.items.length === 0 ? ['', 'Không có gì mới để ghi.'] : []),
  );
}

export const SHEET = {
  unreadable: (name: string, fault: SheetFault): string =>
    `Tệp “${short(name, 80)}” ${FAULT[fault]}. Chưa có số nào được ghi.`,
  otherForm: (name: string): string =>
    `Tệp “${short(name, 80)}” là bảng của một mẫu báo cáo khác nên không đọc vào báo cáo này. Anh/chị lấy đúng bảng bằng /file. Chưa có số nào được ghi.`,
  which: (name: string): string => `Tệp “${short(name, 80)}” là số liệu của báo cáo nào?`,
  noReport: (name: string): string =>
    `Tệp “${short(name, 80)}” chưa được đọc: anh/chị không có báo cáo nào đang mở để nhập.`,
  write: (count: number): string => `Ghi ${count} số liệu`,
  writeGaps: (count: number): string => `Ghi ${count} số liệu mới`,
  writeAll: (count: number): string => `Ghi cả ${count} số liệu khác trong chat`,
  drop: 'Không ghi từ tệp',
  waits: (name: string): string =>
    `Bảng trong tệp “${short(name, 80)}” đã xem thử, chưa ghi gì. Anh/chị chọn để ghi hay không ghi.`,
  altered: 'Tệp hoặc báo cáo đã khác lúc anh/chị xem, nên chưa ghi gì. Đề nghị xem lại:',
  dropped: 'Đã bỏ qua tệp, số liệu trong báo cáo giữ nguyên.',
  sendAgain: 'Không còn đọc được đúng tệp đã xem. Anh/chị gửi lại tệp giúp; số liệu chưa thay đổi.',
  applied: (count: number, unclear: number, findings: number): string =>
    [
      `Đã ghi ${count} số liệu và ghi chú từ tệp (gõ /hoantac để bỏ tất cả).`,
      ...(unclear > 0 ? [`${unclear} chỗ chưa rõ trong tệp chưa được ghi.`] : []),
      ...(findings > 0 ? [`Có ${findings} điểm cần xem: gõ /xemlai.`] : []),
    ].join(' '),
};
