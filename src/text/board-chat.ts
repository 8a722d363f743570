// Words of the board as it is said in the chat: its head and counts, a line and a button for each unit, and what may be done.
import type { Board, BoardCounts, BoardFilter, BoardRow } from '../domain/board.ts';
import { BOARD_ORDER } from '../domain/board.ts';
import { localTime } from '../domain/clock.ts';
import type { Text } from '../domain/conversation.ts';
import type { Unit } from '../domain/people.ts';
import type { Report, Status } from '../domain/report.ts';
import { bold, dayWords, momentWords, periodWords, reportWords, STATUS, short, timeLeft } from './common.ts';

const MARK: Readonly<Record<Status, string>> = {
  notStarted: '⚪',
  returned: '🟠',
  inProgress: '🟡',
  awaiting: '🟣',
  submitted: '🔵',
  accepted: '🟢',
};

/** "16:00 16/9": in a list there is room for no more, and the year goes without saying. */
function moment(instant: string, timezone: string): string {
  const { day, time } = localTime(instant, timezone);
  return `${time} ${dayWords(day).replace(/\/\d{4}$/, '')}`;
}

/** A list of communes need not say of each that it is a committee: "UBND xã Phú Lộc" → "Xã Phú Lộc". */
function nameWords({ name }: Unit): string {
  const own = name.replace(/^(?:UBND|Ủy ban nhân dân) (?=xã |phường |đặc khu )/i, '');
  return short(own.charAt(0).toLocaleUpperCase('vi') + own.slice(1), 44);
}

const stateName = (state: NonNullable<BoardFilter['state']>): string => {
  if (state === 'overdue') return 'quá hạn nộp';
  return state === 'unsent' ? 'chưa nộp' : STATUS[state];
};

const stateWords = ({ status, version }: Pick<BoardRow, 'status' | 'version'>): string =>
  status === 'submitted' && version > 1 ? `đã nộp bản ${version}` : STATUS[status];

/** What is worth knowing beside the state. */
function details(row: BoardRow, now: string, timezone: string): string[] {
  const { status, progress, percent } = row;
  const isOpen = status === 'inProgress' || status === 'returned';
  return [
    ...(isOpen ? [`${progress.answered}/${progress.total} (${percent} %)`] : []),
    ...(status === 'returned' && row.openPoints.length > 0
      ? [`còn ${row.openPoints.length} chỉ tiêu cần sửa`]
      : []),
    ...(status === 'inProgress' && row.lastActivity ? [moment(row.lastActivity, timezone)] : []),
    ...(status === 'submitted' && row.sentAt ? [moment(row.sentAt, timezone)] : []),
    ...(row.status === 'submitted' && (row.warnings ?? 0) + (row.overrides ?? 0) > 0
      ? [`${(row.warnings ?? 0) + (row.overrides ?? 0)} điểm cần xem`]
      : []),
    ...(row.late ? ['nộp chậm'] : []),
    ...(row.officers.length === 0 && status === 'notStarted' ? ['chưa có ai tham gia'] : []),
    ...(row.extended && row.due >= now ? [`gia hạn đến ${moment(row.due, timezone)}`] : []),
  ];
}

export const BOARD_CHAT = {
  none: 'Hiện chưa có kỳ báo cáo nào đang mở cho các đơn vị anh/chị theo dõi.',
  noneYet:
    'Hiện chưa có kỳ báo cáo nào đang mở cho các đơn vị anh/chị theo dõi. Gõ /moky để mở kỳ báo cáo, /donvi để xem hoặc nhập danh sách đơn vị.',
  several: 'Các kỳ báo cáo đang mở:',
  head: ({ campaign, template, now, timezone }: Board): Text => [
    bold(periodWords(campaign, template)),
    ` – hạn ${momentWords(campaign.due, timezone)} (${timeLeft(campaign, now, timezone)})`,
  ],
  counts: ({ total, overdue, byState }: BoardCounts): string =>
    [
      ...(overdue > 0 ? [`🔴 ${overdue} quá hạn nộp`] : []),
      ...BOARD_ORDER.filter((status) => byState[status] > 0).map(
        (status) => `${byState[status]} ${STATUS[status]}`,
      ),
      ...(total > 1 ? [`tất cả ${total} đơn vị`] : []),
    ].join(' · '),
  filtered: ({ state, kind, words }: BoardFilter, n: number): string => {
    const by = [
      ...(state === undefined ? [] : [stateName(state)]),
      ...(kind === undefined ? [] : [kind]),
      ...(words === undefined ? [] : [`“${words}”`]),
    ];
    return `Đang lọc ${by.join(', ')}: ${n} đơn vị`;
  },
  line: (row: BoardRow, now: string, timezone: string): string =>
    `${row.overdue ? '🔴' : MARK[row.status]} ${nameWords(row.unit)}: ${[stateWords(row), ...details(row, now, timezone)].join(', ')}`,
  unit: (row: BoardRow): string => nameWords(row.unit),
  page: (n: number, of: number): string => `Trang ${n}/${of}`,
  nobody: 'Không có đơn vị nào như vậy.',
  look: 'Chọn một đơn vị để xem báo cáo, tải bảng; gõ vài từ của tên để tìm.',
  hello: 'Chọn một đơn vị để xem báo cáo, tải bảng, tiếp nhận hoặc trả lại; gõ vài từ của tên để tìm.',
  back: 'Trang trước',
  next: 'Trang sau',
  filter: 'Lọc',
  all: 'Tất cả đơn vị',
  periods: 'Các kỳ đang mở',
  toBoard: 'Về bảng tiến độ',
  picture: 'Ảnh tiến độ',
  sheet: 'Bảng tiến độ (.xlsx)',
  pictureHere: 'Tiến độ của các đơn vị, theo từng mục:',
  sheetHere: 'Bảng tiến độ gửi kèm.',
  consolidated: 'Bảng tổng hợp',
  nudge: (n: number): string => `Đôn đốc (${n} chưa nộp)`,
  acceptAll: (n: number): string => `Tiếp nhận ${n} báo cáo không có cảnh báo`,
  filterBy:
    'Anh/chị muốn xem những đơn vị nào? Có thể gõ thẳng, ví dụ: /tiendo chưa bắt đầu, /tiendo xã phú.',
  overdue: (n: number): string => `Quá hạn nộp (${n})`,
  unsent: (n: number): string => `Chưa nộp (${n})`,
  state: (state: Status, n: number): string =>
    `${STATUS[state].charAt(0).toLocaleUpperCase('vi')}${STATUS[state].slice(1)} (${n})`,
  kind: (kind: string, n: number): string =>
    `${kind.charAt(0).toLocaleUpperCase('vi')}${kind.slice(1)} (${n})`,
  /** With the deadline where the same form is asked for twice for the same time. */
  period: (board: Board, among: readonly Board[]): string => {
    const words = reportWords(board, among);
    const isTwin = among.some((each) => each !== board && reportWords(each, among) === words);
    const { campaign, template, timezone } = board;
    if (!isTwin) return short(words, 60);
    const due = `hạn ${dayWords(localTime(campaign.due, timezone).day)}`;
    return short(
      `${periodWords(campaign, template)} – ${due}${words.slice(periodWords(campaign, template).length)}`,
      60,
    );
  },
};

export const ACCEPT_ALL = {
  none: 'Hiện không có báo cáo nào vừa nộp mà không có cảnh báo. Những báo cáo có cảnh báo, anh/chị mở từng báo cáo để xem.',
  ask: (n: number): Text => [bold(`Tiếp nhận cùng lúc ${n} báo cáo không có cảnh báo?`)],
  line: (unit: Unit, { submissions }: Report, timezone: string): string => {
    const last = submissions.at(-1);
    return `· ${short(unit.name, 44)} – bản ${submissions.length}${last ? `, ${moment(last.at, timezone)}` : ''}`;
  },
  more: (n: number): string => `· và ${n} đơn vị khác`,
  yes: (n: number): string => `Tiếp nhận ${n} báo cáo`,
  done: (n: number): string => `Đã tiếp nhận ${n} báo cáo, các đơn vị được báo ngay.`,
};
