// A coordinator sends the list of units as a file: first what it would do, then a tap, and only then is it stored.
import { writeXlsx } from 'hucre/xlsx';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Unit } from '../../src/domain/people.ts';
import { said } from '../support/said.ts';
import { sender } from '../support/sent-file.ts';
import { buttonsOf, createWorld, type World } from '../support/world.ts';

const SETUP = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-16T01:00:00Z',
  units: [
    { id: 'x1', name: 'UBND xã Một', kind: 'xã', parent: 'so' },
    { id: 'x2', name: 'UBND xã Hai', kind: 'xã', parent: 'so' },
    { id: 'tinh', name: 'UBND tỉnh', kind: 'tỉnh', parent: 'tw' },
    { id: 'so2', name: 'Sở Tài chính', kind: 'sở', parent: 'tinh' },
  ],
};
let world: World;
let chi: string;
let files: Map<string, Uint8Array>;
let chat: ReturnType<typeof sender>;

beforeEach(async () => {
  world = await createWorld(SETUP);
  chi = await world.join('chi', 'coordinator');
  files = new Map();
  chat = sender(world, files);
});

const unit = async (id: string): Promise<Unit | undefined> => world.storage.unit(id);
const press = async (label: string) => chat.run(await world.press(chi, label));

const LIST = [
  'ma,ten,loai,tu_ngay,den_ngay,nhap_vao',
  'u1,UBND thị xã Ngã Năm,đơn vị,,,',
  'x1,UBND phường Một,phường,,,',
  'x2,UBND xã Hai,xã,,,x3',
  'x3,UBND xã Ba,xã,01/10/2022,,',
].join('\n');

describe('A list of units in the chat', () => {
  it('is shown as new, changed and gone, and stored only after the tap', async () => {
    const shown = said(
      await chat.send(chi, 'don-vi.csv', LIST.replace('u1,UBND thị xã Ngã Năm,đơn vị,,,\n', '')),
    );
    expect(shown).toContain('1 đơn vị mới:');
    expect(shown).toContain(
      '• UBND xã Ba (x3, xã), từ ngày 01/10/2022\n1 đơn vị mới trực thuộc đơn vị của anh/chị.',
    );
    expect(shown).toContain('2 đơn vị thay đổi');
    expect(shown).toContain('• UBND xã Một (x1): đổi tên: UBND xã Một → UBND phường Một; loại: xã → phường');
    expect(shown).toContain('• UBND xã Hai (x2): hiệu lực đến hết ngày 30/9/2022; nhập vào x3');
    expect(shown).toMatch(
      /1 đơn vị đang lưu không có trong tệp, giữ nguyên[\s\S]*den_ngay[\s\S]*UBND thị xã Ngã Năm \(u1\)/,
    );
    expect(await unit('x3')).toBeUndefined();
    expect((await unit('x1'))?.name).toBe('UBND xã Một');

    const done = said(await press('Áp dụng 3 thay đổi'));
    expect(done).toContain('1 đơn vị mới, 2 đơn vị thay đổi');
    expect(await unit('x3')).toEqual({
      ...{ id: 'x3', name: 'UBND xã Ba', kind: 'xã', parent: 'so', validFrom: '2022-10-01' },
    });
    expect(await unit('x1')).toMatchObject({ name: 'UBND phường Một', kind: 'phường', parent: 'so' });
    expect(await unit('x2')).toMatchObject({ validTo: '2022-09-30', mergedInto: 'x3' });
    expect(await unit('u1')).toBeDefined();
    expect(said(await press('Áp dụng 3 thay đổi'))).toContain('gửi lại tệp');
  });

  it('keeps the figures of a unit that was renamed', async () => {
    const lan = await world.join('lan');
    await world.say(lan, '12');
    await chat.send(chi, 'a.csv', 'ma;ten\nu1;UBND phường Ngã Năm\n');
    await press('Áp dụng 1');
    expect(Object.keys((await world.report()).answers)).toHaveLength(1);
    expect(said(await world.say(lan, '/baocao'))).toContain('UBND phường Ngã Năm');
  });

  it('changes nothing when it is sent once more, also where it names nobody above', async () => {
    const list = 'ma;ten;cap_tren\nx3;UBND xã Ba;\nx1;UBND xã Một;\n';
    await chat.send(chi, 'a.csv', list);
    await press('Áp dụng 1');
    expect(said(await chat.send(chi, 'a.csv', list))).toContain('Không có gì cần thay đổi');
    expect([(await unit('x3'))?.parent, (await unit('x1'))?.parent]).toEqual(['so', 'so']);
  });

  it('is not applied when it is declined', async () => {
    await chat.send(chi, 'don-vi.csv', LIST);
    expect(said(await press('Không áp dụng'))).toContain('giữ nguyên');
    expect(said(await press('Áp dụng'))).toContain('gửi lại tệp');
    expect(await unit('x3')).toBeUndefined();
  });

  it('says every wrong line with its reason, and then stores nothing at all', async () => {
    const seen = await chat.send(
      chi,
      'sai.csv',
      'ma,ten,cap_tren,tu_ngay\nx9,UBND xã Chín,,\n,UBND xã A,,\nx4,,,\nx5,UBND xã B,zz,31/02/2025\ntinh,UBND tỉnh khác,,\nx6,UBND xã C,so2,\n',
    );
    const shown = said(seen);
    for (const line of [
      '6 chỗ sai:',
      '• dòng 3, cột ma: thiếu mã đơn vị',
      '• dòng 4, cột ten: thiếu tên đơn vị',
      '• dòng 5, cột tu_ngay: "31/02/2025" không phải ngày',
      '• dòng 5, cột cap_tren: cấp trên zz không có trong tệp',
      '• dòng 6, cột ma: đơn vị này không thuộc phạm vi của anh/chị',
      '• dòng 7, cột cap_tren: cấp trên so2 không thuộc phạm vi của anh/chị',
    ])
      expect(shown).toContain(line);
    expect(shown).toContain('Cả tệp: 5 đơn vị mới, 1 thay đổi');
    expect(shown).toContain('sửa tệp rồi gửi lại');
    expect(seen.flatMap(({ message }) => buttonsOf(message))).toEqual([]);
    expect(await unit('x9')).toBeUndefined();
  });

  it('names twenty wrong lines and counts the rest', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => `y${n},`).join('\n');
    const shown = said(await chat.send(chi, 'sai.csv', `ma,ten\n${rows}\n`));
    expect(shown).toContain('30 chỗ sai:');
    expect(shown.match(/thiếu tên đơn vị/g)).toHaveLength(20);
    expect(shown).toContain('… và 10 dòng khác');
  });

  it('is shown anew when the file or the units changed since it was looked at', async () => {
    await chat.send(chi, 'don-vi.csv', LIST);
    files.set('don-vi.csv', new TextEncoder().encode(LIST.replace('xã Ba', 'xã Bốn')));
    const again = said(await press('Áp dụng'));
    expect(again).toContain('đã khác lúc anh/chị xem');
    expect(again).toContain('UBND xã Bốn');
    expect(await unit('x3')).toBeUndefined();

    const binh = await world.join('binh', 'coordinator');
    await chat.send(binh, 'cua-binh.csv', 'ma,ten\nx1,UBND xã Một Mới\n');
    await chat.run(await world.press(binh, 'Áp dụng'));
    expect(said(await press('Áp dụng'))).toContain('UBND xã Một Mới → UBND phường Một');
    await press('Áp dụng');
    expect(await unit('x3')).toMatchObject({ name: 'UBND xã Bốn' });
  });

  it('is applied without buttons by its code or its words, and never by a bare number or letter', async () => {
    const binh = await world.join('binh', 'coordinator', 'so', 'bare');
    const [shown] = await chat.send(binh, 'don-vi.csv', LIST);
    expect(shown?.message.marks).toBe('coded');
    for (const mark of ['1', '2', 'a', 'b', 'có']) await chat.run(await world.say(binh, mark));
    expect(await unit('x3')).toBeUndefined();
    await chat.run(await world.say(binh, 'áp dụng'));
    expect(await unit('x3')).toBeDefined();
  });

  it('is asked for again when the platform no longer has it', async () => {
    await chat.send(chi, 'don-vi.csv', LIST);
    files.clear();
    expect(said(await press('Áp dụng'))).toContain('gửi lại tệp');
    expect(await unit('x3')).toBeUndefined();
  });

  it.each([
    ['with a byte order mark and semicolons', '\ufeffMã;Tên\r\nx7;UBND xã Bảy\r\n'],
    ['with tabs', 'ma\tten\nx7\tUBND xã Bảy\n'],
    ['in UTF-16', new Uint8Array(Buffer.from('\ufeffma\tten\nx7\tUBND xã Bảy\n', 'utf16le'))],
  ])('is read as .csv %s', async (_how, content) => {
    expect(said(await chat.send(chi, 'a.csv', content))).toContain('• UBND xã Bảy (x7)');
  });

  it('is read as .xlsx', async () => {
    const made = await writeXlsx({
      sheets: [
        {
          name: 'Đơn vị',
          rows: [
            ['Mã', 'Tên'],
            ['x7', 'UBND xã Bảy'],
          ],
        },
      ],
    });
    expect(said(await chat.send(chi, 'a.xlsx', made))).toContain('• UBND xã Bảy (x7)');
    await press('Áp dụng 1');
    expect(await unit('x7')).toMatchObject({ parent: 'so' });
  });

  it('that cannot be read says why', async () => {
    const old = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 1]);
    expect(said(await chat.send(chi, 'a.xls', old))).toContain('.xls cũ hoặc đặt mật khẩu');
    expect(said(await chat.send(chi, 'b.csv', new Uint8Array([0x6d, 0xe3, 0x2c, 0x74])))).toContain(
      'CSV UTF-8',
    );
    const many = Array.from({ length: 5_001 }, (_, n) => `y${n},UBND xã ${n}`).join('\n');
    expect(said(await chat.send(chi, 'c.csv', `ma,ten\n${many}\n`))).toContain('quá nhiều dòng');
  });

  it('and any other file is only received, and so is an officer’s', async () => {
    expect(said(await chat.send(chi, 'a.csv', 'cột,giá trị\n1,2\n'))).toContain(
      'Đã nhận tệp “a.csv” (văn bản',
    );
    const lan = await world.join('lan');
    expect(said(await chat.send(lan, 'don-vi.csv', LIST))).toContain('Chưa có số nào được ghi');
    expect(await unit('x3')).toBeUndefined();
  });
});
