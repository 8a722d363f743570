// /lichsu: who wrote what into a report, when, on which channel, what stood there before, and why; nobody else's.
import { readXlsx } from 'hucre/xlsx';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFiles } from '../../src/files/files.ts';
import { labels, said } from '../support/said.ts';
import { allTemplates, buttonsOf, createWorld, plain, TIMEZONE, type World } from '../support/world.ts';

const ANOTHER = { id: 'u2', name: 'UBND thị xã Vĩnh Châu', kind: 'đơn vị', parent: 'so' };
let world: World;
let lan: string;
let so: string;

beforeEach(async () => {
  world = await createWorld({
    ...{ template: 'ubnd-thi-xa-nga-nam', unit: 'UBND thị xã Ngã Năm', period: '2022-Q3' },
    ...{ now: '2022-09-14T01:00:00.000Z', units: [ANOTHER] },
  });
  so = await world.join('Sở', 'coordinator', 'so');
  lan = await world.join('Lan');
  await world.say(lan, '60');
  await world.say(lan, '25; tính đến 14/9');
  world.setNow('2022-09-14T02:30:00.000Z');
  await world.say(lan, '/sua I.1');
  await world.say(lan, '61');
});

describe('The history of a report', () => {
  it('tells an officer who wrote what, when and on which channel, the newest first', async () => {
    const words = said(await world.say(lan, '/lichsu'));
    expect(words).toContain('*Lịch sử báo cáo Quý III năm 2022* – UBND thị xã Ngã Năm');
    const lines = words.split('\n').filter((line) => line.startsWith('·'));
    expect(lines[0]).toMatch(/^· 09 giờ 30 ngày 14\/9\/2022 – Lan \(test\): \*sửa\* I\.1 · .+: 60 % → 61 %$/);
    expect(lines[1]).toMatch(
      /^· 08 giờ 00 ngày 14\/9\/2022 – Lan \(test\): \*nhập\* .+25.+\(ghi chú: tính đến 14\/9\)$/,
    );
    expect(lines.at(-1)).toMatch(/quản trị \(dòng lệnh\): \*mở kỳ báo cáo\*/);
  });

  it('can be asked for one indicator, which leaves out all others', async () => {
    const words = said(await world.say(lan, '/lichsu I.1'));
    expect(words).toContain('2 lần ghi');
    expect(words).toContain('60 % → 61 %');
    expect(words).not.toContain('25');
    expect(said(await world.say(lan, '/lichsu bánh xèo'))).toContain('Không tìm thấy chỉ tiêu');
  });

  it('tells the coordinator about the unit that was named, with or without an indicator', async () => {
    for (const typed of ['/lichsu thị xã Ngã Năm', '/lichsu nga nam', '/lichsu u1', '/lichsu ngã năm I.1'])
      expect(said(await world.say(so, typed)), typed).toContain('60 % → 61 %');
    expect(said(await world.say(so, '/lichsu ngã năm I.1'))).not.toContain('25');
    expect(said(await world.say(so, '/lichsu'))).toContain('/lichsu rồi đến tên hoặc mã đơn vị');
    expect(said(await world.say(so, '/lichsu Cà Mau'))).toContain('Không tìm thấy đơn vị nào');
  });

  it('lets the coordinator choose when several units are called so', async () => {
    const asked = await world.say(so, '/lichsu thị xã');
    expect(labels(asked)).toEqual(['UBND thị xã Ngã Năm', 'UBND thị xã Vĩnh Châu']);
    expect(said(await world.press(so, 'UBND thị xã Vĩnh Châu'))).toContain('– UBND thị xã Vĩnh Châu');
    expect(said(await world.press(so, 'UBND thị xã Ngã Năm'))).toContain('60 % → 61 %');
  });

  it('says what was returned and why, what was accepted, and that somebody has left', async () => {
    const changes = (await world.storage.report('k1/u1'))?.rev ?? 0;
    const at = '2022-09-14T03:00:00.000Z';
    const person = (await world.storage.people()).find(({ name }) => name === 'Lan')?.id ?? '';
    const stamp = { by: 'x', at, event: 'e' };
    await world.storage.commit({
      ...{ event: 'by hand', at, by: person, conversation: lan, outgoing: [] },
      changes: [
        {
          ...{ type: 'submitted', report: 'k1/u1' },
          submission: { ...stamp, version: 1, values: 2, checkCode: 'AB-CD' },
        },
        {
          ...{ type: 'returned', report: 'k1/u1', explanation: { ...stamp, text: 'Xem lại' } },
          points: [{ indicator: 'ke-hoach-ty-le', text: 'cao quá' }],
        },
        {
          type: 'campaign_set',
          campaign: { ...world.campaign, extensions: { u1: '2022-09-30T09:00:00.000Z' } },
          reason: 'mất điện',
        },
        {
          ...{ type: 'nudged', campaign: 'k1', unreached: ['u2'] },
          people: [{ person, unit: 'u1', conversation: lan, message: 'm' }],
        },
      ],
      expects: { reports: { 'k1/u1': changes } },
    });
    const words = said(await world.say(so, '/lichsu ngã năm'));
    expect(words).toContain('*nộp bản 1* – 2 số liệu, mã kiểm tra AB-CD');
    expect(words).toMatch(/\*trả lại để chỉnh sửa\* – Xem lại; I\.1 · .+: cao quá/);
    expect(words).toMatch(/\*gia hạn cho đơn vị\* .+ → 16 giờ 00 ngày 30\/9\/2022 – mất điện/);
    expect(words).toContain('*nhắc nộp báo cáo* – gửi Lan (test)');
    const other = said(await world.say(so, '/lichsu vĩnh châu'));
    expect(other).toContain('không có ai trong đơn vị nhận được');
    expect(other).not.toContain('gia hạn');
    await world.say(lan, '/toi');
    await world.press(lan, 'Rời khỏi');
    await world.press(lan, 'Đồng ý rời khỏi');
    const after = said(await world.say(so, '/lichsu ngã năm I.1'));
    expect(after).toContain('(đã rời)');
    expect(after).not.toContain('Lan');
  });

  it('turns pages, ten at a time, and gives the whole as a file', async () => {
    await world.say(lan, '/sua I.2');
    for (let n = 1; n <= 12; n++) {
      await world.say(lan, `${n}`);
      await world.say(lan, '/lui');
    }
    const first = await world.say(lan, '/lichsu');
    expect(
      said(first)
        .split('\n')
        .filter((line) => line.startsWith('·')),
    ).toHaveLength(10);
    expect(labels(first)).toEqual(['Cũ hơn ›', 'Tải toàn bộ (.xlsx)']);
    const second = await world.press(lan, 'Cũ hơn');
    expect(said(second)).toContain('Trang 2/');
    expect(labels(second)).toContain('‹ Mới hơn');
    const [{ message } = { message: undefined }] = await world.press(lan, 'Tải toàn bộ');
    expect(message?.file).toEqual({ history: 'k1/u1' });
    const files = createFiles({
      storage: world.storage,
      templates: await allTemplates(),
      timezone: TIMEZONE,
    });
    const { name, bytes } = await files.make(message?.file ?? { history: '' }, 'xlsx');
    expect(name).toBe('lich-su_ubnd-thi-xa-nga-nam_2022-Q3.xlsx');
    const { sheets } = await readXlsx(bytes);
    const rows = (sheets[0]?.rows ?? []).slice(5);
    const total = Number(/(\d+) lần ghi/.exec(said(first))?.[1]);
    expect(rows).toHaveLength(total);
    expect(rows.at(-1)?.slice(1, 5)).toEqual([
      '08 giờ 00 ngày 14/9/2022',
      'quản trị',
      'dòng lệnh',
      'mở kỳ báo cáo',
    ]);
  });

  it('is the same with typed marks where there are no buttons', async () => {
    const bare = await world.join('Bé', 'coordinator', 'so', 'bare');
    const asked = await world.say(bare, '/lichsu thị xã');
    expect(asked.at(-1)?.message.marks).toBe('number');
    const [{ message } = { message: undefined }] = await world.say(bare, '1');
    expect(message && plain(message)).toContain('60 % → 61 %');
    expect(message?.marks).toBe('coded');
  });

  it('shows nobody what another unit did, whatever they type or press', async () => {
    const chau = await world.join('Châu', 'officer', 'u2');
    expect(said(await world.say(chau, '/lichsu'))).toContain('– UBND thị xã Vĩnh Châu');
    for (const typed of ['/lichsu', '/lichsu I.1', '/lichsu ngã năm', '/lichsu u1'])
      expect(said(await world.say(chau, typed)), typed).not.toMatch(/61|Lan|Ngã Năm\*? –/);
    await world.say(lan, '/lichsu');
    const stolen = buttonsOf(world.transcript(lan).at(-1) ?? { text: [] })[0]?.action ?? '';
    expect(stolen).toMatch(/^H:/);
    const base = { id: world.nextId(), conversation: chau, at: '2022-09-14T03:00:00.000Z' };
    const pressed = await world.send({ ...base, type: 'button', action: stolen });
    expect(said(pressed)).not.toMatch(/61|Lan/);
    expect(pressed.some(({ message }) => message.file)).toBe(false);
  });

  it('is open to leaders for their unit and to viewers for the units they look at', async () => {
    const leader = await world.join('Chủ tịch', 'leader', 'u1');
    const viewer = await world.join('Vụ', 'viewer', 'so');
    expect(said(await world.say(leader, '/lichsu'))).toContain('60 % → 61 %');
    expect(said(await world.say(viewer, '/lichsu ngã năm'))).toContain('60 % → 61 %');
  });
});
