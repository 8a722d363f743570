// Officers on Zalo who have not written for days, with the real program: what they are told waits, the coordinator sees it, and nothing is lost.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { giveBack, handIn } from './support/zalo-handing-in.ts';
import { enter, openZaloOffice, type ZaloOffice } from './support/zalo-office.ts';
import type { ZaloChat } from './support/zalo-officer.ts';

const CS = '/v3.0/oa/message/cs';
const DAY = 86_400_000;
const TEMPLATE = '987654';
/** Nobody is knocked at by night: the day of these tests begins at nine in Viet Nam. */
const NINE = Date.parse('2026-01-05T02:00:00Z') % DAY;
/** From nine to half past ten at night. */
const NIGHT = 13.5 * 3_600_000;
const morning = (): number => (NINE - (Date.now() % DAY) + DAY) % DAY;

let office: ZaloOffice;
let lan: ZaloChat;
let hoa: ZaloChat;
let ahead = 0;

const toLan = () => {
  const isToLan = (body: unknown) => JSON.stringify(body).includes(lan.user.id);
  return office.zalo.calls(CS).filter(({ body }) => isToLan(body));
};
const knocks = () => lan.user.messages().filter(({ kind }) => kind === 'template');
/** Zalo has refused to let the newest message through to Lan, and what follows from that is done. */
async function refused(code = -230): Promise<void> {
  await vi.waitFor(() => expect(toLan().at(-1)?.error).toBe(code), { timeout: 10_000, interval: 20 });
  await pause(300);
}
/** Hoa returns Lan's report from the board. */
async function returnIt(reason: string): Promise<void> {
  await hoa.say('/baocao');
  await hoa.choose('Phòng Một');
  await giveBack(hoa, reason);
}
/** What Hoa reads about messages that wait. */
async function waiting(): Promise<string> {
  await hoa.say('/chuagui');
  return (await hoa.hears(/Chưa gửi được|không có tin nào bị giữ lại/)).text;
}

beforeAll(async () => {
  ahead = morning();
  office = await openZaloOffice(
    [{ id: 'phong-1', unit: 'Phòng Một', template: 'so-cong-thuong-ha-nam', period: '2024-6T' }],
    { at: Date.now() + ahead },
  );
  const codes = [await office.invite('Đặng Thị Lan', 'phong-1'), await office.invite('Hoa')];
  await office.start({ ahead });
  lan = office.person();
  hoa = office.person();
  await enter(lan, codes[0] ?? '');
  await enter(hoa, codes[1] ?? '');
  await handIn(lan, hoa);
}, 30_000);
afterAll(() => office?.close());

describe('An officer who last wrote three days ago', () => {
  let before = 0;

  beforeAll(async () => {
    await office.stop();
    ahead += 3 * DAY;
    office.zalo.advance(3 * DAY);
    await office.start({ ahead });
    before = toLan().length;
    await returnIt('Đề nghị bổ sung mục 3');
    await office.zalo.settled();
    await pause(300);
  }, 30_000);

  it('is sent nothing that would cost money, and the coordinator sees who and why', async () => {
    expect(await waiting()).toMatch(
      /Chưa gửi được tới 1 người[\s\S]*Đặng Thị Lan \(Phòng Một\) – Zalo: đã lâu không nhắn/,
    );
    expect(toLan()).toHaveLength(before);
  });

  it('gets it as soon as they write, and nothing waits any more', async () => {
    await lan.say('/baocao');
    await lan.hears(/Lý do: Đề nghị bổ sung mục 3/);
    expect(await waiting()).toMatch(/không có tin nào bị giữ lại/);
    expect(office.zalo.charged()).toBe(0);
  });
});

describe('An officer to whom Zalo does not let us write any more', () => {
  beforeAll(async () => {
    await office.stop();
    const params = ['ho_ten', 'don_vi', 'noi_dung', 'ngay'].map((name) => ({ name, maxLength: 90 }));
    office.zalo.template({ id: TEMPLATE, params });
    await office.start({ ahead, settings: { ZALO_REMINDER_TEMPLATE_ID: TEMPLATE } });
    await handIn(lan, hoa);
    // Only Zalo's clock goes on: what the program believes to know does not help it.
    office.zalo.advance(8 * DAY);
    await returnIt('Đề nghị bổ sung mục 5');
    await refused();
  }, 30_000);

  it('is knocked at once by the template; the message itself waits', async () => {
    expect(await waiting()).toMatch(/Đặng Thị Lan \(Phòng Một\) – Zalo: đã lâu không nhắn/);
    expect(knocks().map(({ template }) => template?.data)).toMatchObject([
      { noi_dung: expect.stringContaining('Báo cáo được trả lại để chỉnh sửa') },
    ]);
  });

  it('is not knocked at again by a program that was killed and started anew', async () => {
    const tried = toLan().length;
    await office.kill();
    await office.start({ ahead, settings: { ZALO_REMINDER_TEMPLATE_ID: TEMPLATE } });
    await refused();
    expect(await waiting()).toMatch(/Đặng Thị Lan/);
    expect(toLan().length).toBeGreaterThan(tried);
    expect(knocks()).toHaveLength(1);
  }, 30_000);

  it('gets it as soon as they write, once', async () => {
    await lan.say('Tôi đây');
    await lan.hears(/Lý do: Đề nghị bổ sung mục 5/);
    await office.zalo.settled();
    expect(await waiting()).toMatch(/không có tin nào bị giữ lại/);
    expect(
      lan.user
        .messages()
        .filter(({ text }) => /bổ sung mục 5/.test(text) && /^Báo cáo được trả lại/.test(text)),
    ).toHaveLength(1);
    expect(office.zalo.charged()).toBe(1);
  });
});

describe('By night, when nobody may be knocked at', () => {
  it('the coordinator sees all the same that the officer could not be told', async () => {
    await handIn(lan, hoa);
    await office.stop();
    await office.start({ ahead: ahead + NIGHT, settings: { ZALO_REMINDER_TEMPLATE_ID: TEMPLATE } });
    office.zalo.advance(8 * DAY);
    await returnIt('Đề nghị bổ sung mục 6');
    await refused();
    expect(knocks()).toHaveLength(1);
    expect(await waiting()).toMatch(/Đặng Thị Lan \(Phòng Một\) – Zalo: đã lâu không nhắn/);
  }, 30_000);
});

describe.each([
  [-218, 'takes no more for now', 'tạm thời chưa nhận thêm tin'],
  [-248, 'objects to a message', 'báo lỗi hoặc không chấp nhận tin'],
] as const)('An officer to whom Zalo (%i) %s', (code, _, words) => {
  it('is in the coordinator’s list, and gets it as soon as they write', async () => {
    await handIn(lan, hoa);
    lan.user.block(code);
    await returnIt(`Đề nghị bổ sung mục ${-code}`);
    await refused(code);
    expect(await waiting()).toMatch(new RegExp(`Đặng Thị Lan \\(Phòng Một\\) – Zalo: .*${words}`));
    lan.user.unblock();
    await lan.say('/baocao');
    await lan.hears(new RegExp(`Lý do: Đề nghị bổ sung mục ${-code}`));
    expect(await waiting()).toMatch(/không có tin nào bị giữ lại/);
  }, 30_000);
});

describe('In all these days', () => {
  it('every event was answered in time, and nothing secret was printed', async () => {
    expect(await office.stop(), office.output()).toBe(0);
    const answered = office.zalo.deliveries().filter(({ status }) => status !== 'failed');
    expect(answered.filter(({ status, ms }) => status !== 200 || ms >= 2000)).toEqual([]);
    expect(office.leaks()).toEqual([]);
  });
});
