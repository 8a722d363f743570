// A working day of an office on Zalo with the real program: twenty officers at once, Zalo's troubles, tables it refuses, a human who steps in.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../src/domain/report.ts';
import type { Fault, Options } from './stand-ins/zalo-oa/options.ts';
import type { ZaloUser } from './stand-ins/zalo-oa/people.ts';
import { LINK, tableFor } from './support/zalo-handing-in.ts';
import { enter, openZaloOffice, type ZaloOffice } from './support/zalo-office.ts';
import type { ZaloChat } from './support/zalo-officer.ts';

const CS = '/v3.0/oa/message/cs';
const FORM = { template: 'so-cong-thuong-ha-nam', period: '2024-6T' };
const CROWD = 20;
/** The first indicator of the form; every officer has another figure. */
const ROW = 'ke-hoach-cchc';
const figureOf = (officer: number): number => 10 + officer;
/** Zalo takes no more until the minute is over: the program is started so that its minute ends after so long (ms). */
const MINUTE_ENDS_AFTER = 12_000;

const crowdIds = Array.from({ length: CROWD }, (_, n) => `phong-${n + 1}`);
const OTHERS = ['bang', 'chen-ngang', 'linh-tinh', 'rut-lui', 'bi-treo'];
let office: ZaloOffice;
let crowd: readonly ZaloChat[] = [];
let others: readonly ZaloChat[] = [];
const codes: string[] = [];

beforeAll(async () => {
  const ids = [...crowdIds, ...OTHERS];
  const ahead = 60_000 - ((Date.now() + MINUTE_ENDS_AFTER) % 60_000);
  office = await openZaloOffice(
    ids.map((id) => ({ ...FORM, id, unit: `Phòng ${id}` })),
    { at: Date.now() + ahead },
  );
  for (const id of ids) codes.push(await office.invite(`Cán bộ ${id}`, id));
  await office.start({ ahead });
  crowd = crowdIds.map(() => office.person({ patience: 70_000 }));
  others = OTHERS.map((id) => office.person(id === 'bi-treo' ? { patience: 50_000 } : {}));
}, 30_000);
afterAll(() => office?.close());

/** All of the crowd write at the same moment; resolves when everybody has heard what is to come next. */
async function atOnce(words: (n: number) => string, then: RegExp, trouble?: Fault): Promise<void> {
  const { zalo } = office;
  if (trouble) zalo.fault(CS, trouble);
  // What a chat does before its event is out happens in this very moment, as a burst must.
  zalo.burst(() => {
    for (const [n, person] of crowd.entries()) void person.say(words(n));
  });
  await Promise.all(crowd.map((person) => person.hears(then)));
}

// The program gives up such a call after half a minute; whether the question came after all is looked at in the end.
describe('An officer whose message Zalo takes and never answers', () => {
  it('is waited for by nobody else', async () => {
    office.zalo.fault(CS, { kind: 'hang' });
    await others[4]?.say(`/start ${codes[CROWD + 4]}`);
    await office.zalo.settled();
    expect(others[4]?.messages()).toEqual([]);
  });
});

describe('Twenty officers who write at the same moment', () => {
  it('are all let in and asked the first question', async () => {
    await atOnce((n) => `/start ${codes[n]}`, /^Chỉ tiêu 1\/\d+ của mục/m);
  });

  it('all go on when Zalo has refused more messages for this minute, without writing again', async () => {
    await atOnce((n) => `${figureOf(n)}`, /^Chỉ tiêu 2\/\d+ của mục/m, { kind: 'error', code: -32 });
    for (const [n, person] of crowd.entries())
      expect(
        person.messages().filter(({ text }) => text.includes(`✓ Kế hoạch CCHC: ${figureOf(n)}`)),
      ).toHaveLength(1);
  }, 80_000);
});

describe('A table that Zalo does not take', () => {
  const tableWith = async (uploads: Options['uploads']) => {
    const [officer] = others;
    if (!officer) throw new Error('nobody');
    office.zalo.set({ uploads });
    await officer.say('/file');
    return officer;
  };
  const opens = async (text: string) => (await fetch(LINK.exec(text)?.[0] ?? '')).status;

  beforeAll(async () => {
    const [officer] = others;
    if (officer) await enter(officer, codes[CROWD] ?? '');
    await officer?.say('01');
    await officer?.hears(/^Chỉ tiêu 2\//m);
  });
  afterAll(() => office.zalo.set({ uploads: 'accepted' }));

  it('as PDF comes as a Word document', async () => {
    const { attachment, link } = await tableFor(await tableWith('pdfRefused'));
    expect(attachment.file?.name).toMatch(/\.docx$/);
    expect(attachment.file?.bytes.subarray(0, 2).toString()).toBe('PK');
    expect(await opens(link)).toBe(200);
  });

  it('as a file comes as pictures', async () => {
    const { attachment, link } = await tableFor(await tableWith('filesRefused'));
    expect(attachment.kind).toBe('image');
    expect(attachment.image?.subarray(1, 4).toString()).toBe('PNG');
    expect(attachment.text).toMatch(/^Ảnh chụp bảng/);
    expect(await opens(link)).toBe(200);
  });

  it.each(['refused', 'emptyData'] as const)('in any form leaves the link (%s)', async (uploads) => {
    const officer = await tableWith(uploads);
    await officer.hears(/^Hiện chưa gửi được tệp bảng qua Zalo/);
    expect(await opens((await officer.hears(LINK)).text)).toBe(200);
  });
});

describe('An officer to whom a human writes in the console', () => {
  it('hears once that the bot steps aside, is not listened to meanwhile, and goes on by the button', async () => {
    const officer = others[1];
    if (!officer) throw new Error('nobody');
    await enter(officer, codes[CROWD + 1] ?? '');
    officer.user.humanWrites('Chào chị, em ở Sở Nội vụ đây ạ');
    await officer.hears(/trợ lý tạm dừng/);
    officer.user.humanWrites('Chị xem giúp em mục I');
    await officer.say('99');
    await office.zalo.settled();
    await pause(300);
    expect(officer.messages().filter(({ human }) => !human)).toHaveLength(2);
    await officer.say('Dạ vâng, để tôi xem');
    officer.user.humanWrites('Em cảm ơn');
    await officer.say('/tieptuc');
    await officer.hears(/^Chỉ tiêu 1\//m);
    await officer.say('7');
    await officer.hears(/✓ Kế hoạch CCHC: 7/);
  });
});

describe('What an officer sends instead of words', () => {
  const SENT: readonly [string, (user: ZaloUser) => void, RegExp][] = [
    ['sticker', (user) => user.sendSticker(), /^Đã nhận hình dán/],
    ['voice', (user) => user.sendVoice(), /^Đã nhận tin thoại/],
    ['picture', (user) => user.sendImage({ text: '99' }), /^Đã nhận ảnh/],
    ['video', (user) => user.sendVideo(), /^Đã nhận video/],
    ['place', (user) => user.sendLocation(), /^Đã nhận vị trí/],
    ['link', (user) => user.sendLink(), /^Đã nhận liên kết/],
    ['card', (user) => user.sendCard(), /^Đã nhận danh thiếp/],
    [
      'file that is not at Zalo',
      (user) => user.sendFile({ name: 'so lieu.xlsx', url: 'https://example.vn/so-lieu.xlsx' }),
      /^Tệp “so lieu\.xlsx” không nằm trên máy chủ của ứng dụng chat/,
    ],
    ['phone number to be shared', (user) => user.submitInfo(), /Số điện thoại chỉ để đầu mối/],
    ['phone number in words', (user) => user.say('0912 345 678'), /giống số điện thoại nên không được lưu/],
  ];

  beforeAll(async () => {
    if (others[2]) await enter(others[2], codes[CROWD + 2] ?? '');
  });

  it.each(SENT)('a %s is answered', async (_what, send, answer) => {
    const officer = others[2];
    if (!officer) throw new Error('nobody');
    const before = officer.messages().length;
    officer.does(send);
    await officer.hears(answer);
    await office.zalo.settled();
    await pause(50);
    expect(officer.messages().length).toBe(before + 1);
  });
});

describe('An officer who goes away', () => {
  it('is greeted again after following anew, and is a stranger after asking to be forgotten', async () => {
    const officer = others[3];
    if (!officer) throw new Error('nobody');
    await enter(officer, codes[CROWD + 3] ?? '');
    await officer.say('5');
    await officer.hears(/✓ Kế hoạch CCHC: 5/);
    officer.user.unfollow();
    await office.zalo.settled();
    officer.does((user) => user.follow());
    await officer.hears(/^Chỉ tiêu 2\//m);
    officer.user.withdraw();
    await office.zalo.settled();
    await officer.say('6');
    await officer.hears(/chỉ dành cho cán bộ đã được mời/);
  });
});

describe('At the end of the day', () => {
  it('the officer whose message was never answered has the question after all', async () => {
    await others[4]?.hears(/^Chỉ tiêu 1\//m);
  }, 60_000);

  it('all figures are stored and nothing else; who asked to be forgotten is', async () => {
    await office.zalo.settled();
    expect(await office.stop(), office.output()).toBe(0);
    const figures = async (id: string) => {
      const report = await office.look((storage) => storage.report(`${id}/${id}`));
      return Object.entries(report?.answers ?? {}).map(([row, answer]) => [row, figure(answer)]);
    };
    for (const [n, id] of crowdIds.entries()) expect(await figures(id)).toEqual([[ROW, figureOf(n)]]);
    const stored = [];
    for (const id of OTHERS) stored.push(await figures(id));
    expect(stored).toEqual([[[ROW, 1]], [[ROW, 7]], [], [[ROW, 5]], []]);
    const people = await office.look((storage) => storage.people());
    expect(people).toHaveLength(CROWD + OTHERS.length);
    expect(people.filter(({ name }) => name === '')).toMatchObject([{ unit: 'rut-lui', conversations: [] }]);
  });

  it('every event was answered with 200 within two seconds, and nothing secret was printed', () => {
    const late = office.zalo.deliveries().filter(({ status, ms }) => status !== 200 || ms >= 2000);
    expect(late).toEqual([]);
    expect(office.leaks()).toEqual([]);
    expect(office.output()).not.toMatch(/0912[ .]?345/);
  });
});
