// Words of the board of a period (bảng tiến độ): its title, its columns and how each state is called in it.
import type { Board, BoardCounts, BoardOfficer, BoardRow } from '../domain/board.ts';
import { BOARD_ORDER } from '../domain/board.ts';
import type { BoardPart } from '../domain/board-parts.ts';
import { localTime } from '../domain/clock.ts';
import type { Progress } from '../domain/progress.ts';
import { isSent, type Status } from '../domain/report.ts';
import { dayWords, momentWords, periodWords } from './common.ts';

/** Short enough for a chip on a phone. */
export const BOARD_STATE: Readonly<Record<Status, string>> = {
  notStarted: 'Chưa bắt đầu',
  returned: 'Trả lại',
  inProgress: 'Đang nhập',
  awaiting: 'Chờ duyệt',
  submitted: 'Đã nộp',
  accepted: 'Đã tiếp nhận',
};

export const BOARD = {
  name: 'Tiến độ',
  heading: 'Tiến độ báo cáo CCHC',
  period: ({ campaign, template }: Board): string => periodWords(campaign, template),
  form: ({ template }: Board): string => template.name,
  asOf: ({ campaign, now, timezone }: Board): string =>
    `Tính đến ${momentWords(now, timezone)} · Hạn nộp ${momentWords(campaign.due, timezone)}`,
  total: ({ total, overdue }: BoardCounts): string =>
    `${total} đơn vị · ${overdue === 0 ? 'không đơn vị nào quá hạn' : `${overdue} quá hạn`}`,
  states: ({ byState }: BoardCounts): string =>
    BOARD_ORDER.filter((status) => byState[status] > 0)
      .map((status) =>
        `${byState[status]} ${BOARD_STATE[status].toLocaleLowerCase('vi')}`.replaceAll(' ', '\u00a0'),
      )
      .join(' · '),
  /** What part of the units is shown. */
  shown: ({ filter, rows, counts }: Board): string =>
    `Chỉ xem ${filter ?? 'một phần'}: ${rows.length}/${counts.total} đơn vị`,
  draft: 'Số liệu đang nhập được tính vào tiến độ, nhưng chỉ là đã nộp khi đơn vị gửi.',
  nobody: 'Không có đơn vị nào.',
  overdue: 'Quá hạn',
  group: (name: string, n: number): string => `${name} – ${n} đơn vị`,
  continued: '(tiếp)',
  counter: (number: number, total: number): string => `Ảnh ${number}/${total}`,
  legend: { done: 'đã xong', begun: 'đang làm', none: 'chưa có' },
  part: ({ mark, name }: BoardPart): string => `${mark}. ${name}`,
  partsLine: (parts: readonly BoardPart[]): string =>
    `Mục: ${parts.map((part) => BOARD.part(part)).join('; ')}.`,
  ratio: ({ answered, total }: Progress): string => `${answered}/${total}`,
  percent: (percent: number): string => `${percent}%`,
  /** "16/9 14:05". */
  moment: (instant: string, timezone: string): string => {
    const { day, time } = localTime(instant, timezone);
    return `${dayWords(day).replace(/\/\d+$/, '')} ${time}`;
  },
  late: 'trễ',
  sentLate: 'Nộp trễ',
  /** When it was sent, or last written in; where nothing was, whether anybody could have. */
  when: (row: BoardRow, timezone: string): string => {
    if (isSent(row) && row.sentAt !== undefined)
      return `${BOARD.moment(row.sentAt, timezone)}${row.late ? ` ${BOARD.late}` : ''}`;
    if (row.lastActivity !== undefined) return BOARD.moment(row.lastActivity, timezone);
    if (row.officers.length === 0) return BOARD.notJoined;
    return row.officers.some(({ reached }) => reached) ? '' : BOARD.notReached;
  },
  /** In place of the last activity: nobody accepted the invitation, or nobody can be written to. */
  notJoined: 'chưa tham gia',
  notReached: 'không nhắn được',
  officers: (officers: readonly BoardOfficer[]): string =>
    officers.length === 0 ? 'chưa có ai tham gia' : officers.map(officerWords).join('\n'),
  /** One line for each officer, as in `officers`. */
  phones: (officers: readonly BoardOfficer[]): string =>
    officers.some(({ phone }) => phone !== undefined) ? officers.map(phoneOf).join('\n') : '',
  /** Both in one cell. */
  contacts: (officers: readonly BoardOfficer[]): string =>
    officers.length === 0
      ? BOARD.officers(officers)
      : officers.map((each) => [officerWords(each), phoneOf(each)].filter(Boolean).join(' ')).join('\n'),
  columns: {
    stt: 'STT',
    code: 'Mã',
    unit: 'Đơn vị',
    kind: 'Loại',
    state: 'Trạng thái',
    overdue: 'Quá hạn',
    percent: '%',
    due: 'Hạn nộp',
    sent: 'Nộp lúc',
    version: 'Bản',
    activity: 'Cập nhật gần nhất',
    officer: 'Cán bộ',
    phone: 'Điện thoại',
    /** Sent, or else last written in. */
    moment: 'Nộp, cập nhật',
  },
} as const;

/** As people here write it: 84912… → 0912… */
const phoneOf = ({ phone }: BoardOfficer): string => phone?.replace(/^84(?=\d{9}$)/, '0') ?? '';

/** The state of a row where there is room for one cell only. */
export const boardStateWords = ({ status, overdue }: BoardRow): string =>
  overdue ? `${BOARD_STATE[status]} (quá hạn)` : BOARD_STATE[status];

const officerWords = ({ name, reached }: BoardOfficer): string =>
  `${name || 'chưa có tên'}${reached ? '' : ' (không nhắn được)'}`;
