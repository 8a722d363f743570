// What coordinators type and send in a walk: words that get somewhere in their conversations, and lists of units.
import type { FileContent } from '../../src/domain/event.ts';
import type { TableRow } from '../../src/domain/table.ts';
import type { Waiting } from '../../src/domain/waiting.ts';
import { pick, type Random } from './walk.ts';

const REASON = 'số liệu đã được kiểm tra lại với kho bạc';

/** By what is asked. No name stands here as it is stored, so that a name in a message is always ours. */
const APT: Readonly<Record<string, readonly string[]>> = {
  form: ['công thương', 'ngoại vụ', 'phụ lục'],
  period: ['năm 2024', 'quý 3/2024', '6 tháng 2024', 'quý 2', 'tháng 7'],
  unusual: ['năm 2024', 'quý 4/2024'],
  units: ['tất cả', 'x1', 'x2\nx3', 'các xã', 'trừ x2', 'p1', 'van ha'],
  check: ['x1', 'mở', 'đồng ý'],
  cutoff: ['20/6/2024', '14/6/2024', '20/12/2024'],
  due: ['20/12/2024', '16h 30/7/2024', '16h 20/12/2024; thiếu người làm số liệu'],
  passOn: ['22/12/2024', '16h 22/12/2024; thiếu người làm số liệu'],
  plan: ['3, 1 lúc 9h', 'không nhắc', 'mặc định', '7, 3, 1, 0 lúc 8:00; đổi theo lịch mới'],
  extend: ['x2; 20/12/2024; thiếu người làm số liệu', 'x1', 'hạn chung; nay đã đủ người', '20/12/2024'],
  add: ['x4; đơn vị mới thành lập', 'x9; đơn vị mới thành lập', 'x4'],
  remove: ['x3; đưa vào nhầm kỳ', 'dA; đưa vào nhầm kỳ', 'lam cot', 'p1'],
  approval: [REASON],
  close: [REASON],
  reopen: [REASON],
  nudge: ['tất cả', 'dưới 50%', 'x2', 'x2; x3', 'chưa bắt đầu', 'p1\nx1\nzzz', 'quá hạn'],
  coordinate: ['chưa bắt đầu', 'xã', 'van ha', 'đã nộp'],
  reason: [REASON],
  return: [REASON, '1.1: đề nghị xem lại', 'gửi trả lại', 'zzz: số liệu này chưa khớp'],
  decide: [REASON],
  people: ['1', 'a', 'có'],
};

/** Words for where this person is now; undefined where there are none. */
export function aptWords(random: Random, waiting: Waiting | undefined): string | undefined {
  if (!waiting) return undefined;
  if (waiting.flow === 'openPeriod') return pick(random, APT[waiting.ask] ?? []);
  if (waiting.flow !== 'period') return APT[waiting.flow] && pick(random, APT[waiting.flow] ?? []);
  const { what, value, unit, units, plan } = waiting;
  const isHalf = value !== undefined || units !== undefined || plan !== undefined || unit !== undefined;
  return pick(random, isHalf && random() < 0.5 ? [REASON, '20/12/2024'] : (APT[what] ?? []));
}

/** What follows a command, by its word. */
export const OFFICE_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  tiendo: ['', '', 'chưa bắt đầu', 'xã', 'van ha', 'quá hạn', 'zzz'],
  tonghop: [''],
  nhac: ['', 'tất cả', 'dưới 90%', 'x2; x3', 'y1', 'zzz'],
  moky: [''],
  ky: [''],
  donvi: ['', '', 'x2', 'xã', 'y1', 'ngoai bien', 'zzz'],
  nguoi: ['', 'u1', 'x1', 'x2', 'p1', 'y1', 'so', 'xã'],
  moi: ['', 'tatca', 'x2 cán bộ', 'x3 lãnh đạo Lò Văn Ai', 'xã', 'y1', 'cán bộ Lò Văn Ai', 'so người xem'],
  lichsu: ['', 'u1', 'x1', 'u1 1.1', 'van ha', 'y1', '1.1', 'x2 nhiệm vụ'],
  nhaclai: ['', '2h', 'mai', '14:00', '1 phút', 'hôm qua', '30/6'],
  chuagui: [''],
};
export const OFFICE_COMMANDS = Object.keys(OFFICE_ARGUMENTS);

const HEAD = ['ma', 'ten', 'loai', 'cap_tren', 'tu_ngay', 'den_ngay', 'nhap_vao'];
const LISTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'moi.csv': [['x9', 'Xã Mới Toanh', 'xã', '']],
  'doi-ten.csv': [
    ['x2', 'Phường Vân Hạ Mới', 'phường', 'so'],
    ['x9', 'Xã Mới Toanh', 'xã', ''],
  ],
  'sap-nhap.csv': [
    ['x3', 'Phường Lam Cốt', 'phường', 'so', '', '30/6/2024', 'x2'],
    ['p2', 'Phòng Bản Đồ Hến', 'phòng', 'x1'],
  ],
  'phong.csv': [['p2', 'Phòng Bản Đồ Hến', 'phòng', 'x1']],
  'cua-nguoi-khac.csv': [['y1', 'Xã Bị Chiếm', 'xã', 'so2']],
  'duoi-nguoi-khac.csv': [['x7', 'Xã Lạc Chỗ', 'xã', 'so2']],
  'sai.csv': [['', 'Xã Không Mã', 'xã', '']],
};

/** Some list of units as it lies with the platform, or something that is none. */
export function someFile(random: Random): { readonly name: string; readonly content: FileContent } {
  const roll = random();
  if (roll < 0.06) return { name: 'anh.png', content: { kind: 'picture', bytes: 900 } };
  if (roll < 0.1) return { name: 'to.csv', content: { fault: 'tooBig' } };
  if (roll < 0.14) {
    const table = { fault: 'oldExcel', line: 1 } as const;
    return { name: 'cu.xls', content: { kind: 'other', bytes: 900, digest: 'cu', table } };
  }
  const name = pick(random, Object.keys(LISTS));
  const rows = [HEAD, ...(LISTS[name] ?? [])].map((cells, n): TableRow => ({ line: n + 1, cells }));
  return { name, content: { kind: 'csv', bytes: 500, digest: name, table: { rows } } };
}
