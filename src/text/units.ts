// Words about the list of units: what importing a file would do, what is wrong with it by line, and the list in the chat.

import type { Unit } from '../domain/people.ts';
import type { TableFault } from '../domain/table.ts';
import type { LineFault, RelationFault, UnitFault, UnitField, UnitNote } from '../domain/unit-line.ts';
import type { UnitChange, UnitsPlan } from '../domain/units-plan.ts';
import { columnWord } from '../domain/units-table.ts';
import { dayWords, short } from './common.ts';

const FILE_FAULT: Readonly<Record<TableFault, string>> = {
  tooBig: 'tệp lớn hơn 5 MB',
  bomb: 'tệp giải nén ra quá lớn (trên 32 MB), từ chối đọc',
  tooLong: 'tệp có quá nhiều dòng',
  oldExcel: 'tệp .xls cũ hoặc đặt mật khẩu; lưu lại thành .xlsx hoặc CSV UTF-8 không mật khẩu',
  unreadable: 'tệp .xlsx hỏng hoặc không đúng định dạng',
  notText: 'tệp không phải .xlsx hay CSV UTF-8; trong Excel chọn Lưu thành, CSV UTF-8',
  openQuote: 'dấu ngoặc kép mở mà không đóng',
};

/** Why a table cannot be read, with the line where that is known. */
export const tableFault = (fault: TableFault, line: number): string =>
  `${FILE_FAULT[fault]}${line > 0 ? ` (dòng ${line})` : ''}`;

/** What is wrong, in words for whoever made the file. */
export function unitFault(fault: UnitFault): string {
  switch (fault.is) {
    case 'empty':
      return 'tệp không có dòng nào';
    case 'noHeading':
      return `không thấy dòng tiêu đề cột có ${columnWord('id')}, ${columnWord('name')} trong 10 dòng đầu có chữ; ví dụ: ma,ten,loai,tinh`;
    case 'twoColumns':
      return 'có hai cột cho cùng một nội dung';
    case 'noCode':
      return 'thiếu mã đơn vị';
    case 'badCode':
      return `mã đơn vị "${short(fault.code, 60)}" không dùng được: chỉ gồm chữ không dấu, chữ số và . _ - (tối đa 32 ký tự)`;
    case 'sameCode':
      return `mã ${fault.code} đã có ở dòng ${fault.line}`;
    case 'noName':
      return 'thiếu tên đơn vị';
    case 'tooLong':
      return `dài quá ${fault.most} ký tự`;
    case 'badDate':
      return `"${short(fault.text, 40)}" không phải ngày; ghi 2025-07-01 hoặc 01/07/2025`;
    case 'datesReversed':
      return `${columnWord('validTo')} ${fault.to} sớm hơn ${columnWord('validFrom')} ${fault.from}`;
    case 'extraCells':
      return `có ô thừa bên phải ("${short(fault.text, 60)}"); tên có dấu phân cách thì đặt trong dấu ngoặc kép`;
    case 'foreign':
      return 'đơn vị này không thuộc phạm vi của anh/chị';
    default:
      return relationFault(fault);
  }
}

function relationFault(fault: RelationFault): string {
  switch (fault.is) {
    case 'unknownParent':
      return `cấp trên ${short(fault.code, 40)} không có trong tệp và chưa được lưu`;
    case 'foreignParent':
      return `cấp trên ${fault.code} không thuộc phạm vi của anh/chị`;
    case 'circle':
      return `cấp trên đi vòng: ${fault.chain.join(' → ')}`;
    case 'unknownMerge':
      return `đơn vị nhập vào ${short(fault.code, 40)} không có trong tệp và chưa được lưu`;
    case 'mergedIntoItself':
      return 'đơn vị không thể nhập vào chính mình';
    case 'mergeCircle':
      return `nhập vào đi vòng: ${fault.chain.join(' → ')}`;
  }
}

/** "dòng 5, cột cap_tren: …". */
const faultLine = ({ line, field, fault }: LineFault): string => {
  const where = [...(line > 0 ? [`dòng ${line}`] : []), ...(field ? [`cột ${columnWord(field)}`] : [])].join(
    ', ',
  );
  return `• ${where === '' ? '' : `${where}: `}${unitFault(fault)}`;
};

/** What should be known although it is no fault. */
export const unitNote = (note: UnitNote): string =>
  note.is === 'ignored'
    ? `Bỏ qua các cột không dùng: ${short(note.columns.join(', '), 300)}.`
    : `Có ${note.count} mã xã, phường, đặc khu ngắn hơn 5 chữ số (ví dụ ${note.example}): Excel có thể đã bỏ số 0 ở đầu, đề nghị kiểm tra lại.`;

/** "UBND xã A (13285)". */
export const unitWords = ({ id, name }: Pick<Unit, 'id' | 'name'>): string => `${name} (${id})`;

const FIELD: Readonly<Record<UnitField, string>> = {
  id: 'mã',
  name: 'đổi tên',
  kind: 'loại',
  province: 'tỉnh, thành phố',
  parent: 'cấp trên',
  validFrom: 'hiệu lực từ ngày',
  validTo: 'hiệu lực đến hết ngày',
  mergedInto: 'nhập vào',
};

function changeWords({ unit, was, fields }: UnitChange): string {
  const parts = fields.map((field) => {
    const [before, after] = [was[field], unit[field]].map((value) => valueWords(field, value ?? ''));
    if (field === 'validTo') return after === '' ? 'hiệu lực trở lại' : `${FIELD[field]} ${after}`;
    if (field === 'mergedInto') return after === '' ? 'bỏ ghi nhập đơn vị' : `${FIELD[field]} ${after}`;
    return `${FIELD[field]}: ${before || '(trống)'} → ${after || '(trống)'}`;
  });
  return `• ${unitWords(was)}: ${parts.join('; ')}`;
}

const valueWords = (field: UnitField, value: string): string =>
  value !== '' && (field === 'validFrom' || field === 'validTo') ? dayWords(value) : value;

const added = ({ id, name, kind, parent, validFrom, validTo, mergedInto }: Unit, office?: string): string =>
  `• ${[
    `${name} (${[id, kind].filter((each) => each !== '').join(', ')})`,
    ...(parent === undefined || parent === office ? [] : [`cấp trên ${parent}`]),
    ...(validFrom === undefined ? [] : [`từ ngày ${dayWords(validFrom)}`]),
    ...(validTo === undefined ? [] : [`đến hết ngày ${dayWords(validTo)}`]),
    ...(mergedInto === undefined ? [] : [`nhập vào ${mergedInto}`]),
  ].join(', ')}`;

/** At most so many of each kind are listed in a chat. */
const LISTED = { added: 10, changed: 20, gone: 10, wrong: 20 };

/** What applying the file would do, in lines; without an `office`, to whose units it belongs, nothing is left out. */
export function planLines(plan: UnitsPlan, office?: string): readonly string[] {
  const all = office === undefined;
  const some = <T>(
    title: string,
    items: readonly T[],
    most: number,
    words: (item: T) => string,
  ): string[] => {
    if (items.length === 0) return [];
    const shown = all ? items : items.slice(0, most);
    const more = items.length - shown.length;
    return [title, ...shown.map(words), ...(more > 0 ? [`… và ${more} dòng khác`] : [])];
  };
  const { faults, gone, changed } = plan;
  const own = plan.added.filter(({ parent }) => office !== undefined && parent === office).length;
  // What faulty lines would have made is nothing to look at yet.
  if (faults.length > 0)
    return [
      ...some(`${faults.length} chỗ sai:`, faults, LISTED.wrong, faultLine),
      `Cả tệp: ${plan.added.length} đơn vị mới, ${changed.length} thay đổi, ${plan.same} giữ nguyên, ${gone.length} đang lưu nhưng không có trong tệp.`,
    ];
  return [
    ...some(`${plan.added.length} đơn vị mới:`, plan.added, LISTED.added, (unit) => added(unit, office)),
    ...(own > 0 ? [`${own} đơn vị mới trực thuộc đơn vị của anh/chị.`] : []),
    ...some(
      `${changed.length} đơn vị thay đổi (giữ mã và toàn bộ số liệu cũ):`,
      changed,
      LISTED.changed,
      changeWords,
    ),
    ...(plan.same > 0 ? [`${plan.same} đơn vị giữ nguyên.`] : []),
    ...some(
      `${gone.length} đơn vị đang lưu không có trong tệp, giữ nguyên. Đơn vị không còn thì ghi thêm dòng có cột ${columnWord('validTo')} (ngày cuối cùng), và ${columnWord('mergedInto')} nếu đã nhập vào đơn vị khác:`,
      gone,
      LISTED.gone,
      (unit) => `• ${unitWords(unit)}`,
    ),
    ...plan.notes.map(unitNote),
  ];
}

/** For the command line. */
export const UNITS = {
  noFile: (why: string): string => `không đọc được tệp (${why})`,
  imported: (added: number, changed: number, same: number): string =>
    `Đã nhập: ${added} đơn vị mới, ${changed} thay đổi, ${same} giữ nguyên.`,
  tried: 'Xem thử (--dry-run), chưa nhập gì.',
  notInFile: (count: number): string => `Còn ${count} đơn vị đang lưu không có trong tệp, giữ nguyên.`,
  none: 'Chưa có đơn vị nào. Nhập bằng: npm run admin -- units import FILE.csv',
  columns: ['MÃ', 'TÊN', 'LOẠI', 'TỈNH/THÀNH PHỐ'],
};
