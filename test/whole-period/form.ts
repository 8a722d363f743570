// The short form of the whole-period test, and what an officer types into it: drawn by chance, the same for the same seed.

export const FORM_ID = 'chi-tieu-xa';

/** Three sections; every kind of total there is. */
export const FORM = `id: chi-tieu-xa
version: 1
name: Phụ lục rút gọn của UBND cấp xã
tables:
  - id: phu-luc
    title:
      - { heading: Phụ lục }
      - { title: "SỐ LIỆU CẢI CÁCH HÀNH CHÍNH {period} của {unit}", caps: true }
    columns: { stt: 6, label: 52, unit: 16, value: 14, note: 30 }
    header:
      - [STT, Chỉ tiêu, Đơn vị tính, Số liệu, Ghi chú]
    rows:
      - section: Chỉ đạo điều hành
        id: chi-dao
        stt: I
        rows:
          - { indicator: Tỷ lệ hoàn thành kế hoạch, id: ty-le, stt: "1", unit: "%", type: percent }
          - { indicator: Số nhiệm vụ đề ra, id: de-ra, stt: "2", unit: Nhiệm vụ, type: count }
          - { indicator: Số nhiệm vụ đã hoàn thành, id: hoan-thanh, stt: "3", unit: Nhiệm vụ, type: count }
          - { indicator: Số văn bản chỉ đạo, id: van-ban, stt: "4", unit: Văn bản, type: count }
          - { indicator: Tổ chức đối thoại với người dân, id: doi-thoai, stt: "5", unit: "Không = 0; Có = 1", type: choice }
      - section: Giải quyết thủ tục hành chính
        id: thu-tuc
        stt: II
        rows:
          - { indicator: Tổng số hồ sơ tiếp nhận, id: ho-so, stt: "1", unit: Hồ sơ, type: count }
          - { indicator: Tiếp nhận trực tuyến, id: truc-tuyen, stt: "2", unit: Hồ sơ, type: count }
          - { indicator: Tiếp nhận trực tiếp, id: truc-tiep, stt: "3", unit: Hồ sơ, type: count }
          - { indicator: Số hồ sơ quá hạn, id: qua-han, stt: "4", unit: Hồ sơ, type: count }
          - { indicator: Hình thức khảo sát, id: khao-sat, stt: "5", unit: "Trực tuyến = 1 Phát phiếu = 2 Kết hợp = 3", type: choice }
      - section: Nguồn lực
        id: nguon-luc
        stt: III
        rows:
          - { indicator: Kinh phí chi cho công tác cải cách, id: kinh-phi, stt: "1", unit: Triệu đồng, type: decimal }
          - { indicator: Thủ tục áp dụng tại cấp xã, id: ap-dung, stt: "2", unit: Thủ tục, type: count, notAdded: Các xã áp dụng chung một danh mục. }
          - { indicator: Kiến nghị của đơn vị, id: kien-nghi, stt: "3", type: text }
rules:
  - { id: dung-ty-le, severity: hard, ratio: { value: ty-le, part: hoan-thanh, whole: de-ra } }
  - { id: trong-ke-hoach, severity: hard, atMost: [hoan-thanh, de-ra] }
  - { id: du-ho-so, severity: hard, sum: { total: ho-so, parts: [truc-tuyen, truc-tiep], exhaustive: true } }
  - { id: it-qua-han, severity: soft, atMost: [qua-han, 40] }
`;

type Type = 'figure' | 'ratio' | 'choice' | 'text';
type Row = {
  readonly id: string;
  readonly address: string;
  readonly label: string;
  readonly type: Type;
  /** Their codes count from `from`. */
  readonly choices?: readonly string[];
  readonly from?: number;
};

/** The rows as they are printed above, in order. */
export const ROWS: readonly Row[] = [
  { id: 'ty-le', address: 'I.1', label: 'Tỷ lệ hoàn thành kế hoạch', type: 'ratio' },
  { id: 'de-ra', address: 'I.2', label: 'Số nhiệm vụ đề ra', type: 'figure' },
  { id: 'hoan-thanh', address: 'I.3', label: 'Số nhiệm vụ đã hoàn thành', type: 'figure' },
  { id: 'van-ban', address: 'I.4', label: 'Số văn bản chỉ đạo', type: 'figure' },
  {
    ...{ id: 'doi-thoai', address: 'I.5', label: 'Tổ chức đối thoại với người dân' },
    ...{ type: 'choice', choices: ['Không', 'Có'], from: 0 },
  },
  { id: 'ho-so', address: 'II.1', label: 'Tổng số hồ sơ tiếp nhận', type: 'figure' },
  { id: 'truc-tuyen', address: 'II.2', label: 'Tiếp nhận trực tuyến', type: 'figure' },
  { id: 'truc-tiep', address: 'II.3', label: 'Tiếp nhận trực tiếp', type: 'figure' },
  { id: 'qua-han', address: 'II.4', label: 'Số hồ sơ quá hạn', type: 'figure' },
  {
    ...{ id: 'khao-sat', address: 'II.5', label: 'Hình thức khảo sát' },
    ...{ type: 'choice', choices: ['Trực tuyến', 'Phát phiếu', 'Kết hợp'], from: 1 },
  },
  { id: 'kinh-phi', address: 'III.1', label: 'Kinh phí chi cho công tác cải cách', type: 'figure' },
  { id: 'ap-dung', address: 'III.2', label: 'Thủ tục áp dụng tại cấp xã', type: 'figure' },
  { id: 'kien-nghi', address: 'III.3', label: 'Kiến nghị của đơn vị', type: 'text' },
];

export const SECTIONS = ['Chỉ đạo điều hành', 'Giải quyết thủ tục hành chính', 'Nguồn lực'];

/** What was typed, and what is meant by it: a figure, a code or words; null is nothing (để trống, không áp dụng). */
export type Given = { readonly typed: string; readonly means: number | string | null };
export type Answers = ReadonlyMap<string, Given>;

/** A whole number, sometimes with dots as people write it. */
export const figure = (number: number, dotted = false): Given => ({
  typed: dotted ? String(number).replace(/\B(?=(\d{3})+$)/g, '.') : String(number),
  means: number,
});

/** part / whole in per cent with two decimals, as typed with a comma. */
function ratio(part: number, whole: number): Given {
  const hundredths = Math.floor((part * 20_000 + whole) / (2 * whole));
  const typed = (hundredths / 100).toFixed(2).replace('.', ',').replace(/,?0+$/, '');
  return { typed, means: hundredths / 100 };
}

/** Everything a unit has to say. `warned`: more overdue files than the form takes for usual. */
export function draw(random: () => number, unit: string, warned: boolean): Map<string, Given> {
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const code = (row: string): Given => {
    const { choices = [], from = 0 } = ROWS.find(({ id }) => id === row) ?? {};
    const chosen = upTo(choices.length - 1);
    return { typed: random() < 0.5 ? String(from + chosen) : (choices[chosen] ?? ''), means: from + chosen };
  };
  const planned = 10 + upTo(50);
  const done = upTo(planned);
  const [online, byHand] = [upTo(3_000), 1 + upTo(900)];
  const money = upTo(99_999);
  const none = random();
  return new Map<string, Given>([
    ['ty-le', ratio(done, planned)],
    ['de-ra', figure(planned)],
    ['hoan-thanh', figure(done)],
    ['van-ban', none < 0.1 ? { typed: '/trong', means: null } : figure(upTo(60))],
    ['doi-thoai', code('doi-thoai')],
    ['ho-so', figure(online + byHand, random() < 0.5)],
    ['truc-tuyen', figure(online)],
    ['truc-tiep', figure(byHand)],
    ['qua-han', figure(warned ? 41 + upTo(30) : upTo(40))],
    ['khao-sat', code('khao-sat')],
    [
      'kinh-phi',
      none > 0.9
        ? { typed: '/khongapdung', means: null }
        : { typed: (money / 100).toFixed(2).replace('.', ','), means: money / 100 },
    ],
    ['ap-dung', figure(120 + upTo(5))],
    [
      'kien-nghi',
      { typed: `Kiến nghị riêng của đơn vị ${unit}`, means: `Kiến nghị riêng của đơn vị ${unit}` },
    ],
  ]);
}
