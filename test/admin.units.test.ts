// Lists of units as people make them: every way a file can be read, and every fault that is named with its line.
import { deflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { issueLine } from '../src/admin/command.ts';
import type { Unit } from '../src/domain/people.ts';
import { planUnits } from '../src/domain/units-plan.ts';
import { columnWord, readUnits } from '../src/domain/units-table.ts';
import { readTable } from '../src/sheets/xlsx-read.ts';
import { unitFault, unitNote } from '../src/text/units.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const TODAY = '2026-11-20';

/** The units of a CSV text, with its issues as they are printed. */
async function csv(text: string, stored: readonly Unit[] = []) {
  const table = await readTable(bytes(text));
  if ('fault' in table) throw new Error(`${table.fault} in line ${table.line}`);
  const { lines, faults, notes } = readUnits(table.rows, stored, TODAY);
  return {
    units: lines.map(({ unit }) => unit),
    notes: notes.map(unitNote),
    issues: faults.map(({ line, field, fault }) =>
      issueLine({ file: 'f.csv', line, path: field ? columnWord(field) : '', message: unitFault(fault) }),
    ),
  };
}

const PHU_LY: Unit = { id: '13285', name: 'UBND phường Phủ Lý', kind: 'phường', province: 'Tỉnh Ninh Bình' };

describe('A list of units', () => {
  it.each([
    ['commas', 'ma,ten,loai,tinh\n13285,UBND phường Phủ Lý,phường,Tỉnh Ninh Bình\n'],
    [
      'semicolons, a mark at the beginning and Windows line ends',
      '\ufeffma;ten;loai;tinh\r\n13285;UBND phường Phủ Lý;phường;Tỉnh Ninh Bình\r\n',
    ],
    [
      'tabs and headings with diacritics',
      'Mã đơn vị\tTên đơn vị\tLoại\tTỈNH\n13285\tUBND phường Phủ Lý\tphường\tTỉnh Ninh Bình',
    ],
    [
      'decomposed letters',
      'ma,ten,loai,tinh\n13285,UBND phường Phủ Lý,phường,Tỉnh Ninh Bình\n'.normalize('NFD'),
    ],
    [
      'quotes, extra spaces and English headings',
      '"id","name","kind","province"\n "13285" ,x,,\n'.replace(
        ' "13285" ,x,,',
        '13285,"UBND  phường Phủ Lý ",phường,Tỉnh Ninh Bình',
      ),
    ],
    [
      'a title, empty lines and a column of its own',
      'Danh mục,,,,\n\nma,ten,loai,tinh,stt\n,,,,\n13285,UBND phường Phủ Lý,phường,Tỉnh Ninh Bình,1\n',
    ],
  ])('is read with %s', async (_what, text) => {
    expect(await csv(text)).toMatchObject({ units: [PHU_LY], issues: [] });
  });

  it('keeps separators, quotation marks and line breaks inside quotes, and still counts lines right', async () => {
    const { units, issues } = await csv('ma,ten\n1,"UBND xã ""A"", B\nvà C"\n2,UBND xã D\n2,UBND xã E\n');
    expect(units[0]?.name).toBe('UBND xã "A", B và C');
    expect(issues).toEqual(['f.csv:5 ma – mã 2 đã có ở dòng 4']);
  });

  it('has its validity and its parents, in the file or stored before', async () => {
    const office: Unit = { id: 'snv', name: 'Sở Nội vụ', kind: 'sở' };
    const text =
      'ma,ten,cap_tren,tu_ngay,den_ngay\nx1,Xã Một,snv,01/07/2025,\nx2,Xã Hai,x1,2025-07-01,2026-04-29\n';
    expect(await csv(text, [office])).toEqual({
      units: [
        { id: 'x1', name: 'Xã Một', kind: '', parent: 'snv', validFrom: '2025-07-01' },
        { id: 'x2', name: 'Xã Hai', kind: '', parent: 'x1', validFrom: '2025-07-01', validTo: '2026-04-29' },
      ],
      issues: [],
      notes: [],
    });
  });

  it('names every fault with its line and column, in the order of lines', async () => {
    const rows = [
      'ma,ten,cap_tren,tu_ngay,den_ngay',
      ',UBND xã A,,,',
      'a/b,UBND xã B,,,',
      'c,,,,',
      'd,UBND xã D,zz,31/02/2025,',
      'e,UBND xã E,,2025-07-01,2025-06-30',
      'all,UBND xã F,,,',
      'g,UBND xã G,h,,',
      'h,UBND xã H,g,,',
      'i,UBND xã I,g,,',
      'd,UBND xã K,,,,thừa',
      `l,${'x'.repeat(201)},,,`,
    ];
    expect((await csv(rows.join('\n'))).issues).toEqual([
      'f.csv:2 ma – thiếu mã đơn vị',
      'f.csv:3 ma – mã đơn vị "a/b" không dùng được: chỉ gồm chữ không dấu, chữ số và . _ - (tối đa 32 ký tự)',
      'f.csv:4 ten – thiếu tên đơn vị',
      'f.csv:5 tu_ngay – "31/02/2025" không phải ngày; ghi 2025-07-01 hoặc 01/07/2025',
      'f.csv:5 cap_tren – cấp trên zz không có trong tệp và chưa được lưu',
      'f.csv:6 den_ngay – den_ngay 2025-06-30 sớm hơn tu_ngay 2025-07-01',
      'f.csv:7 ma – mã đơn vị "all" không dùng được: chỉ gồm chữ không dấu, chữ số và . _ - (tối đa 32 ký tự)',
      'f.csv:8 cap_tren – cấp trên đi vòng: g → h → g',
      'f.csv:9 cap_tren – cấp trên đi vòng: h → g → h',
      'f.csv:11 – có ô thừa bên phải ("thừa"); tên có dấu phân cách thì đặt trong dấu ngoặc kép',
      'f.csv:11 ma – mã d đã có ở dòng 5',
      'f.csv:12 ten – dài quá 200 ký tự',
    ]);
  });

  it.each([
    ['', 'f.csv – tệp không có dòng nào'],
    ['ma,ten\n', 'f.csv:1 – tệp không có dòng nào'],
    [
      'code,label\n1,A\n',
      'f.csv:1 – không thấy dòng tiêu đề cột có ma, ten trong 10 dòng đầu có chữ; ví dụ: ma,ten,loai,tinh',
    ],
    ['ma,ten,id\n1,A,2\n', 'f.csv:1 ma – có hai cột cho cùng một nội dung'],
  ])('%j is refused as a whole', async (text, issue) => {
    expect((await csv(text)).issues).toEqual([issue]);
  });

  it('keeps what is stored where a column is missing, and empties it where a cell is empty', async () => {
    const stored = [{ ...PHU_LY, validFrom: '2025-07-01' }];
    const { units } = await csv('ma,ten,tinh\n13285,Phủ Lý,\n', stored);
    expect(units).toEqual([{ id: '13285', name: 'Phủ Lý', kind: 'phường', validFrom: '2025-07-01' }]);
  });

  it('warns of codes that a spreadsheet may have shortened, and of columns it does not use', async () => {
    const { issues, notes } = await csv(
      'ma,ten,loai,ghi chú\n4,UBND phường Ba Đình,Phường,a\n00008,UBND phường Ngọc Hà,phường,b\n',
    );
    expect(issues).toEqual([]);
    expect(notes).toEqual([
      'Bỏ qua các cột không dùng: ghi chú.',
      'Có 1 mã xã, phường, đặc khu ngắn hơn 5 chữ số (ví dụ 4): Excel có thể đã bỏ số 0 ở đầu, đề nghị kiểm tra lại.',
    ]);
  });

  it('tells new, changed and unchanged units apart', () => {
    const other = { ...PHU_LY, id: 'x2' };
    const moved = { ...other, province: 'Thành phố Huế' };
    const fresh = { ...PHU_LY, id: 'x3' };
    const rows = [
      { line: 1, cells: ['ma', 'ten', 'loai', 'tinh'] },
      ...[PHU_LY, moved, fresh].map(({ id, name, kind, province = '' }, n) => ({
        ...{ line: n + 2, cells: [id, name, kind, province] },
      })),
    ];
    const gone = { ...PHU_LY, id: '4' };
    const ended = { ...PHU_LY, id: '5', validTo: '2025-06-30' };
    expect(planUnits(rows, [other, { ...PHU_LY }, gone, ended], TODAY)).toEqual({
      added: [fresh],
      changed: [{ line: 3, unit: moved, was: other, fields: ['province'] }],
      same: 1,
      gone: [gone],
      faults: [],
      notes: [],
    });
  });

  it('ends a merged unit on the day before its successor begins, else today, and keeps a day it had', async () => {
    const { units, issues } = await csv(
      [
        'ma,ten,tu_ngay,den_ngay,nhap_vao',
        'm,Xã Mới,01/07/2025,,',
        'a,Xã A,,,m',
        'b,Xã B,,2025-06-15,m',
        'c,Xã C,,,d',
        'd,Xã D,,,',
      ].join('\n'),
    );
    expect(issues).toEqual([]);
    expect(units.map(({ id, validTo, mergedInto }) => [id, validTo, mergedInto])).toEqual([
      ['m', undefined, undefined],
      ['a', '2025-06-30', 'm'],
      ['b', '2025-06-15', 'm'],
      ['c', TODAY, 'd'],
      ['d', undefined, undefined],
    ]);
  });

  it('refuses a merger into nothing, into itself and round about', async () => {
    expect((await csv('ma,ten,thay_the\na,A,zz\nb,B,b\nc,C,d\nd,D,c\n')).issues).toEqual([
      'f.csv:2 nhap_vao – đơn vị nhập vào zz không có trong tệp và chưa được lưu',
      'f.csv:3 nhap_vao – đơn vị không thể nhập vào chính mình',
      'f.csv:4 nhap_vao – nhập vào đi vòng: c → d → c',
      'f.csv:5 nhap_vao – nhập vào đi vòng: d → c → d',
    ]);
  });
});

describe('A workbook', () => {
  const sheet = (rows: (string | number | Date | null)[][]) =>
    writeXlsx({ sheets: [{ name: 'Đơn vị', rows }] });

  it('is read from its first sheet, with numbers and dates as text and the rows counted as Excel shows them', async () => {
    const made = await sheet([
      ['Mã', 'Tên', 'Từ ngày'],
      [null, null, null],
      [13285, ' UBND phường Phủ Lý', new Date('2025-07-01T00:00:00Z')],
    ]);
    expect(await readTable(made)).toEqual({
      rows: [
        { line: 1, cells: ['Mã', 'Tên', 'Từ ngày'] },
        { line: 3, cells: ['13285', 'UBND phường Phủ Lý', '2025-07-01'] },
      ],
    });
  });

  it('is refused when it has more than 20,000 rows', async () => {
    const rows = Array.from({ length: 20_001 }, (_, n) => [n, 'x']);
    expect(await readTable(await sheet(rows))).toEqual({ fault: 'tooLong', line: 20_001 });
    expect(await readTable(await sheet(rows.slice(1)))).toHaveProperty('rows.length', 20_000);
  });

  it('is refused when it would unpack to far more than it seems, whatever it says about its size', async () => {
    const packed = deflateRawSync(new Uint8Array(40 * 1024 * 1024));
    expect(packed.length).toBeLessThan(50_000);
    expect(await readTable(zip(packed, 40 * 1024 * 1024))).toEqual({ fault: 'bomb', line: 0 });
    expect(await readTable(zip(packed, 1000))).toEqual({ fault: 'unreadable', line: 0 });
    expect(await readTable(zip(packed, 0))).toEqual({ fault: 'unreadable', line: 0 });
    expect(await readTable(zip(packed, 0xffffffff))).toEqual({ fault: 'bomb', line: 0 });
  });

  it('is refused in one word when it is damaged, old, too big or no list at all', async () => {
    const whole = await sheet([['ma', 'ten']]);
    expect(await readTable(whole.subarray(0, whole.length - 40))).toEqual({ fault: 'unreadable', line: 0 });
    expect(await readTable(zip(deflateRawSync(bytes('<x/>')), 4))).toEqual({ fault: 'unreadable', line: 0 });
    expect(await readTable(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1]))).toEqual({
      fault: 'oldExcel',
      line: 0,
    });
    expect(await readTable(new Uint8Array(5 * 1024 * 1024 + 1))).toEqual({ fault: 'tooBig', line: 0 });
    expect(await readTable(new Uint8Array([0x4d, 0xe3, 0x20]))).toEqual({ fault: 'notText', line: 0 });
    expect(await readTable(bytes('m\0a\0'))).toEqual({ fault: 'notText', line: 0 });
  });
});

describe('A CSV file', () => {
  it.each(['utf-16le', 'utf-16be'] as const)('is read in %s as Excel writes "Unicode text"', async (how) => {
    const wide = Buffer.from('\ufeffMã\tTên\n13285\tUBND phường Phủ Lý\n', 'utf16le');
    const table = await readTable(new Uint8Array(how === 'utf-16le' ? wide : wide.swap16()));
    expect(table).toEqual({
      rows: [
        { line: 1, cells: ['Mã', 'Tên'] },
        { line: 2, cells: ['13285', 'UBND phường Phủ Lý'] },
      ],
    });
  });

  it('is refused when a quotation mark never ends, instead of losing the rest without a word', async () => {
    expect(await readTable(bytes('ma,ten\n1,"UBND xã A\n2,UBND xã B\n'))).toEqual({
      fault: 'openQuote',
      line: 2,
    });
  });
});

/** A zip file of one packed entry that says it unpacks to `size` bytes. */
function zip(packed: Uint8Array, size: number): Uint8Array {
  const name = Buffer.from('[Content_Types].xml');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(size, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(size, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return new Uint8Array(Buffer.concat([local, name, packed, entry, name, end]));
}
