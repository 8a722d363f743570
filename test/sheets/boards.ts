// A province's board: 168 units, every state among them, for the tests of the board and of what is made of it.
import { join } from 'node:path';
import { type Board, boardOf } from '../../src/domain/board.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Person, Unit } from '../../src/domain/people.ts';
import { type Answer, type Report, reportId, type Status } from '../../src/domain/report.ts';
import type { Template } from '../../src/domain/template.ts';
import { loadTemplates } from '../../templates/load.ts';

const WARDS = `Hạc Thành, Quảng Phú, Đông Quang, Đông Sơn, Đông Tiến, Hàm Rồng, Nguyệt Viên, Sầm Sơn, Nam Sầm Sơn, Bỉm Sơn,
Quang Trung, Ngọc Sơn, Tân Dân, Hải Lĩnh, Tĩnh Gia, Đào Duy Từ, Hải Bình, Trúc Lâm, Nghi Sơn`;
const COMMUNES = `Các Sơn, Trường Lâm, Hà Trung, Tống Sơn, Hà Long, Hoạt Giang, Lĩnh Toại, Triệu Lộc, Đông Thành, Hậu Lộc, Hoa Lộc,
Vạn Lộc, Nga Sơn, Nga Thắng, Hồ Vương, Tân Tiến, Nga An, Ba Đình, Hoằng Hóa, Hoằng Tiến, Hoằng Thanh, Hoằng Lộc, Hoằng Châu,
Hoằng Sơn, Hoằng Phú, Hoằng Giang, Lưu Vệ, Quảng Yên, Quảng Ngọc, Quảng Ninh, Quảng Bình, Tiên Trang, Quảng Chính, Nông Cống,
Thắng Lợi, Trung Chính, Trường Văn, Thăng Bình, Tượng Lĩnh, Công Chính, Thiệu Hóa, Thiệu Quang, Thiệu Tiến, Thiệu Toán,
Thiệu Trung, Yên Định, Yên Trường, Yên Phú, Quý Lộc, Yên Ninh, Định Tân, Định Hòa, Thọ Xuân, Thọ Long, Xuân Hòa, Sao Vàng,
Lam Sơn, Thọ Lập, Xuân Tín, Xuân Lập, Vĩnh Lộc, Tây Đô, Biện Thượng, Triệu Sơn, Thọ Bình, Thọ Ngọc, Thọ Phú, Hợp Tiến, An Nông,
Tân Ninh, Đồng Tiến, Mường Chanh, Quang Chiểu, Tam Chung, Mường Lát, Pù Nhi, Nhi Sơn, Mường Lý, Trung Lý, Hồi Xuân, Nam Xuân,
Thiên Phủ, Hiền Kiệt, Phú Lệ, Trung Thành, Tam Lư, Quan Sơn, Trung Hạ, Linh Sơn, Đồng Lương, Văn Phú, Giao An, Yên Khương,
Yên Thắng, Văn Nho, Thiết Ống, Bá Thước, Cổ Lũng, Pù Luông, Điền Lư, Điền Quang, Quý Lương, Ngọc Lặc, Thạch Lập, Ngọc Liên,
Minh Sơn, Nguyệt Ấn, Kiên Thọ, Cẩm Thạch, Cẩm Thủy, Cẩm Tú, Cẩm Vân, Cẩm Tân, Kim Tân, Vân Du, Ngọc Trạo, Thạch Bình,
Thành Vinh, Thạch Quảng, Như Xuân, Thượng Ninh, Xuân Bình, Hóa Quỳ, Thanh Quân, Thanh Phong, Xuân Du, Mậu Lâm, Như Thanh,
Yên Thọ, Xuân Thái, Thanh Kỳ, Bát Mọt, Yên Nhân, Lương Sơn, Thường Xuân, Luận Thành, Tân Thành, Vạn Xuân, Thắng Lộc,
Xuân Chinh, Na Mèo, Sơn Điện, Mường Mìn, Tam Thanh, Sơn Thủy, Trung Sơn, Phú Xuân, Xuân Thọ`;
const ISLANDS = 'Hòn Mê, Trường Sa';

const named = (kind: string, names: string): Omit<Unit, 'id'>[] =>
  names.split(/,\s+/).map((name) => ({ kind, name: `${kind[0]?.toUpperCase()}${kind.slice(1)} ${name}` }));

const UNITS: readonly Unit[] = [
  ...named('phường', WARDS),
  ...named('xã', COMMUNES),
  ...named('đặc khu', ISLANDS),
]
  .slice(0, 168)
  .map((unit, n) => ({ ...unit, id: String(14_770 + n * 3) }));

const TIMEZONE = 'Asia/Ho_Chi_Minh';
const NOW = '2026-09-16T03:05:00.000Z';
const DUE = '2026-09-15T10:00:00.000Z';
const CAMPAIGN: Campaign = {
  id: '2026-Q3',
  template: { id: 'so-cong-thuong-soc-trang', version: 1 },
  period: { kind: 'quarter', year: 2026, quarter: 3 },
  due: DUE,
  cutoff: '2026-09-14',
  units: UNITS.map(({ id }) => id),
  createdAt: '2026-08-20T02:00:00.000Z',
  extensions: Object.fromEntries(
    UNITS.filter((_, n) => n % 7 === 3).map(({ id }) => [id, '2026-09-18T10:00:00.000Z']),
  ),
};

const FOLDER = join(import.meta.dirname, '../../templates');
const { templates } = await loadTemplates(FOLDER);
const TEMPLATE = templates.find(({ id }) => id === CAMPAIGN.template.id) as Template;

/** An instant so many minutes before the deadline. */
const before = (minutes: number): string => new Date(Date.parse(DUE) - minutes * 60_000).toISOString();

/** Answers to the first so many indicators; the given values are as good as any, since none may be seen. */
const answers = (count: number, at: string): Record<string, Answer> =>
  Object.fromEntries(
    TEMPLATE.indicators
      .slice(0, count)
      .map(({ id }, n): [string, Answer] => [
        id,
        { by: 'lan', at, event: 'e', value: { is: 'number', number: 70_000 + n, decimals: 0 } },
      ]),
  );

/** A report that is so far with so many answers. */
function reportIn(status: Status, unit: string, { count, at }: { count: number; at: string }): Report {
  const stamp = { by: 'lan', at, event: 'e' };
  const given = answers(count, at);
  const submission = { ...stamp, version: 1, values: count, checkCode: 'K7', answers: given, notes: {} };
  const sent = status === 'submitted' || status === 'accepted' || status === 'returned';
  const { answers: _, notes: __, ...signed } = submission;
  return {
    ...{ id: reportId(CAMPAIGN.id, unit), campaign: CAMPAIGN.id, unit, template: CAMPAIGN.template, status },
    ...{ answers: given, notes: {}, explanations: {}, overrides: {}, rev: 1 },
    submissions: sent ? [{ ...submission, warnings: 2, overrides: 0 }] : [],
    ...(status === 'returned' && {
      returned: {
        ...stamp,
        text: '',
        points: [{ indicator: TEMPLATE.indicators[0]?.id ?? '', text: 'Xem' }],
      },
    }),
    ...(status === 'awaiting' && { awaiting: signed }),
  };
}

/** A seventh each: not begun, in progress (twice), accepted (twice), sent and the rest returned or waiting. */
function reportOf({ id }: Unit, n: number): Report[] {
  const all = TEMPLATE.indicators.length;
  const at = before((n * 37) % 4000);
  switch (n % 7) {
    case 0:
      return [];
    case 1:
    case 2:
      return [reportIn('inProgress', id, { count: (n * 13) % all, at })];
    case 3:
      return [
        reportIn(n % 2 ? 'returned' : 'awaiting', id, { count: n % 2 ? all - (n % 5) : all, at: before(50) }),
      ];
    case 4:
      return [reportIn('submitted', id, { count: all, at: n % 4 ? at : before(-200) })];
    default:
      return [reportIn('accepted', id, { count: all, at })];
  }
}

const FAMILY = ['Nguyễn Thị', 'Trần Văn', 'Lê Thị Hồng', 'Phạm Quốc', 'Hoàng Thúy', 'Võ Thành'];
const GIVEN = ['Lan', 'Đức', 'Hạnh', 'Tuấn', 'Ngọc', 'Khánh', 'Phượng'];
const PEOPLE: readonly Person[] = UNITS.flatMap(({ id }, n): Person[] =>
  n % 5 === 0 && n % 7 === 0
    ? []
    : [
        {
          ...{ id: `p${n}`, name: `${FAMILY[n % 6]} ${GIVEN[n % 7]}`, unit: id, role: 'officer' },
          ...{ conversations: [`web:${n}`], unreachable: n % 11 === 0 ? [`web:${n}`] : [] },
          ...{ phone: `84912${String(100_000 + n)}`, joinedAt: '2026-08-21T02:00:00.000Z' },
        },
      ],
);

/** The board of all 168 units. */
export const provinceBoard = (): Board =>
  boardOf({
    template: ({ id }) => (id === TEMPLATE.id ? TEMPLATE : undefined),
    ...{ campaign: CAMPAIGN, units: UNITS, reports: UNITS.flatMap(reportOf), people: PEOPLE },
    ...{ now: NOW, timezone: TIMEZONE },
  }) as Board;
