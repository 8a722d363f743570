// /giao: a colleague fills one section and sees nothing else; the owner is told when it is done and can take it back.
import { beforeEach, describe, expect, it } from 'vitest';
import { button } from '../../flows/actions.ts';
import { heldOf, rowsUnder } from '../../src/domain/assignment.ts';
import type { Change } from '../../src/domain/change.ts';
import type { FileRequest } from '../../src/domain/conversation.ts';
import { rowsRead } from '../../src/domain/relations.ts';
import { createFiles } from '../../src/files/files.ts';
import { mayHave } from '../../src/own-files.ts';
import { codeIn, labels, said, saidTo } from '../support/said.ts';
import { allTemplates, createWorld, type Seen, TIMEZONE, type World } from '../support/world.ts';

const SETUP = {
  ...{ template: 'ubnd-thi-xa-nga-nam', unit: 'UBND thị xã Ngã Năm', period: '2022-Q3' },
  now: '2022-09-14T01:00:00Z',
  units: [{ id: 'x1', name: 'UBND xã Khác', kind: 'xã', parent: 'so' }],
};
const REPORT = 'k1/u1';
const AN = 'test:An';
let world: World;
let lan: string;

const inPart = (id: string): boolean => rowsUnder(world.template, ['the-che']).has(id);
const mine = () => world.template.indicators.filter(({ id }) => inPart(id));
const held = async () => heldOf(await world.report());

/** The owner's own figure stands outside the part, and must never be seen by the colleague. */
const SECRET = '98765';

beforeEach(async () => {
  world = await createWorld(SETUP);
  lan = await world.join('Lan');
  await world.say(lan, '/sua nhiem vu de ra');
  await world.say(lan, SECRET);
});

/** Gives section II to An, who opens the code. */
async function given(): Promise<readonly Seen[]> {
  const made = await world.say(lan, '/giao II cho Nguyễn Văn An');
  return world.say(AN, `/start ${codeIn(made)}`);
}

/** Every indicator of the part but the last few gets a value at once. */
async function filled(left: number, by: string): Promise<void> {
  const report = await world.report();
  const rows = mine().slice(0, mine().length - left);
  const stamp = { by, at: '2022-09-14T01:00:00Z', event: 'filled' };
  await world.storage.commit({
    ...{ event: `filled:${left}`, at: stamp.at, by, conversation: 'operator:test', outgoing: [] },
    changes: rows.map(({ id }): Change => {
      const answer = { ...stamp, value: { is: 'number', number: 4, decimals: 0 } as const };
      return { type: 'answer_set', report: REPORT, indicator: id, answer, was: null };
    }),
    expects: { reports: { [REPORT]: report.rev } },
  });
}
const personOf = async (conversation: string): Promise<string> =>
  (await world.storage.people()).find((each) => each.conversations.includes(conversation))?.id ?? '';

describe('Giving a section to a colleague', () => {
  it('makes a code for one use; whoever opens it is asked the first question, and the owner is told', async () => {
    const made = await world.say(lan, '/giao II cho Nguyễn Văn An');
    expect(said(made)).toContain('Đã giao *mục II Cải cách thể chế* cho Nguyễn Văn An');
    expect(said(made)).toContain('https://bot.example/i/');
    const seen = await world.say(AN, `/start ${codeIn(made)}`);
    expect(saidTo(AN, seen)).toContain('Lan giao anh/chị điền *mục II Cải cách thể chế*');
    expect(saidTo(AN, seen)).toContain('Chỉ tiêu 1/');
    expect(saidTo(lan, seen)).toContain('*Nguyễn Văn An* đã nhận mục II');
    expect((await world.storage.people()).find(({ name }) => name === 'Nguyễn Văn An')).toMatchObject({
      ...{ role: 'helper', unit: 'u1' },
    });
    expect(said(await world.say('test:Khac', `/start ${codeIn(made)}`))).toContain('đã được dùng');
    expect(said(await world.say(lan, '/giao'))).toContain('*Nguyễn Văn An* – 0/');
  });

  it.each([
    ['/giao III, II', ['thu-tuc', 'the-che']],
    ['/giao II.3', ['ra-soat-vbqppl']],
    ['/giao ra soat vbqppl', ['ra-soat-vbqppl']],
    ['/giao II.2 và II.3', ['vbqppl-kiem-tra-xu-ly', 'ra-soat-vbqppl']],
  ])('%s names the rows and asks for the name', async (typed, rows) => {
    expect(said(await world.say(lan, typed))).toContain('cho ai?');
    expect(said(await world.say(lan, 'Nguyễn Văn An'))).toContain('/start');
    expect((await held()).map((each) => each.rows)).toEqual([rows]);
  });

  it('takes a name written like one without “cho”, and no other words for a name', async () => {
    await world.say(lan, '/giao II Trần Bình');
    const [first] = await held();
    expect(first?.rows).toEqual(['the-che']);
    const seen = await world.say(lan, '/giao III lung tung');
    expect(said(seen)).toContain('Không tìm thấy mục “III lung tung”');
    expect(labels(seen)).toContain('Giao III Cải cách thủ tục hành chính');
    expect(await held()).toHaveLength(1);
  });

  it('says what was understood when a heading is unknown or ambiguous, and offers the sections', async () => {
    const unknown = await world.say(lan, '/giao II, zzz');
    expect(said(unknown)).toContain('Đã hiểu: mục II Cải cách thể chế');
    expect(said(await world.say(lan, '/giao cải cách'))).toContain('Có nhiều mục');
    await world.press(lan, 'Giao II Cải cách thể chế');
    expect(said(await world.say(lan, '123'))).toContain('gõ họ tên');
    expect(await held()).toEqual([]);
    expect(said(await world.press(lan, 'Thôi, chưa giao'))).toContain('Chưa giao gì');
  });

  it('offers a colleague who is there to be given it directly', async () => {
    const binh = await world.join('Bình');
    const seen = await world.say(lan, '/giao II cho bình');
    expect(said(seen)).toContain('*Bình* – UBND thị xã Ngã Năm đã dùng trợ lý');
    const told = await world.press(lan, 'Giao cho Bình');
    expect(saidTo(binh, told)).toContain('Lan giao anh/chị điền *mục II');
    expect(said(await world.press(binh, 'Bắt đầu'))).toContain('Cải cách thể chế');
    expect((await held())[0]?.person).toBe(await personOf(binh));
  });

  it('asks before a part is given that somebody has already', async () => {
    await given();
    expect(said(await world.say(lan, '/giao II.3 cho Trần Bình'))).toContain('đang giao cho *Nguyễn Văn An*');
    expect(await held()).toHaveLength(1);
    await world.press(lan, 'Vẫn giao thêm người');
    await world.say(lan, 'Trần Bình');
    expect(await held()).toHaveLength(2);
  });

  it('lets an officer of the unit open the code, and nobody of another unit or role', async () => {
    const made = await world.say(lan, '/giao II cho Nguyễn Văn An');
    const other = await world.join('Khác', 'officer', 'x1');
    const leader = await world.join('Đức', 'leader');
    for (const who of [other, leader])
      expect(said(await world.say(who, `/start ${codeIn(made)}`))).toContain('đang dùng cho');
    expect(said(await world.say(lan, `/start ${codeIn(made)}`))).toContain('chưa bị dùng');
    const binh = await world.join('Bình');
    expect(saidTo(lan, await world.say(binh, `/start ${codeIn(made)}`))).toContain('*Bình* đã nhận');
    expect((await held())[0]?.person).toBe(await personOf(binh));
  });
});

describe('Somebody who fills a part', () => {
  beforeEach(async () => {
    await given();
  });

  it('reads of no other row, whatever is typed', async () => {
    const heard = [];
    for (const typed of [
      '/muc',
      '/xemlai',
      '/sua I.1',
      '/sua nhiem vu de ra',
      '/anh I',
      '/lichsu',
      '/lichsu I.1',
    ])
      heard.push(said(await world.say(AN, typed)));
    for (const typed of [
      '/giunguyen I',
      '/khongphatsinh I',
      '/lui',
      '/hoantac',
      '/baocao',
      '/giao',
      '/trogiup',
    ])
      heard.push(said(await world.say(AN, typed)));
    expect(heard.join('\n')).not.toContain('98.765');
    expect(heard.join('\n')).not.toContain('chỉ đạo điều hành');
    expect(heard[3]).toContain('Không tìm thấy chỉ tiêu');
    expect(labels(await world.say(AN, '/muc')).join()).not.toContain('I Công tác chỉ đạo');
  });

  it('gets nowhere with old or forwarded buttons of other rows', async () => {
    const [outside] = world.template.indicators;
    const before = await world.report();
    const forged = [
      button('', 'goTo', REPORT, outside?.id),
      button('', 'blank', REPORT, outside?.id),
      button('', 'section', REPORT, 'chi-dao-dieu-hanh'),
      button('', 'history', REPORT, '', 'xlsx'),
      button('', 'history', REPORT, '', 0),
      button('', 'history', REPORT, outside?.id, 0),
      button('', 'sign', REPORT, '', 1),
      button('', 'blankRest', REPORT, '', 5),
      button('', 'withdraw', REPORT),
      button('', 'assign', REPORT, 'the-che', 'give'),
      button('', 'assign', REPORT, 'chi-dao-dieu-hanh', 'give'),
    ];
    for (const { action } of forged) {
      const seen = await world.send({
        ...{ id: world.nextId(), conversation: AN, at: SETUP.now, type: 'button', action },
      });
      expect(said(seen), action).not.toContain('98.765');
      expect(said(seen), action).not.toContain(outside?.label);
      expect(seen.flatMap(({ message }) => message.file ?? [])).toEqual([]);
    }
    expect((await world.report()).answers).toEqual(before.answers);
    expect((await world.report()).status).toBe('inProgress');
  });

  it('is handed the table of the part alone, and nothing once it was taken back', async () => {
    const table = (await world.say(AN, '/file')).flatMap(({ message }) => message.file ?? [])[0];
    const pictures = (await world.say(AN, '/anh tất cả')).flatMap(({ message }) => message.pictures ?? [])[0];
    const person = await personOf(AN);
    expect([table, pictures]).toEqual([
      { report: REPORT, for: person },
      { report: REPORT, review: true, for: person },
    ]);
    const jobs: string[] = [];
    const files = createFiles({
      ...{ storage: world.storage, templates: await allTemplates(), timezone: TIMEZONE },
      make: async (job) => [jobs.push(JSON.stringify(job)) > 0 ? new Uint8Array(1) : new Uint8Array()],
    });
    await files.make(table as FileRequest, 'xlsx');
    await files.pictures(pictures as FileRequest);
    expect(jobs).toHaveLength(2);
    for (const job of jobs) {
      expect(job).toContain('Cải cách thể chế');
      expect(job).not.toContain(SECRET);
      expect(job).not.toContain('chỉ đạo điều hành');
    }
    const may = (request: FileRequest) => mayHave(world.storage, AN, request);
    expect(await may(table as FileRequest)).toBe(true);
    expect(await may({ report: REPORT })).toBe(false);
    expect(await may({ history: REPORT })).toBe(false);
    expect(await may({ report: REPORT, for: await personOf(lan) })).toBe(false);
    await world.say(lan, '/giao');
    await world.press(lan, 'Lấy lại');
    await world.press(lan, 'Đồng ý lấy lại');
    expect(await may(table as FileRequest)).toBe(false);
  });

  it('notes only headings of the part, and pastes only into it', async () => {
    await world.say(AN, '/sua II.3');
    await world.say(AN, `Số nhiệm vụ đề ra: 5\nSố nhiệm vụ đã hoàn thành: 4\nSố văn bản chỉ đạo: 3`);
    await world.say(AN, '/ghichumuc theo báo cáo của phòng');
    const { answers, notes } = await world.report();
    expect(Object.keys(answers).filter((id) => !inPart(id))).toEqual(['nhiem-vu-de-ra']);
    expect(Object.keys(notes).every(inPart)).toBe(true);
  });

  it('cannot get at a figure of the part by undoing what others did', async () => {
    await world.say(AN, '12');
    expect(said(await world.say(AN, '/hoantac'))).toContain('Đã hoàn tác');
    expect(said(await world.say(AN, '/hoantac'))).toContain('Không còn thao tác nào');
  });

  it('says by the last answer that it is done, once, and the owner gets one line with a look', async () => {
    await filled(1, await personOf(AN));
    await world.say(AN, '/baocao');
    await world.press(AN, 'Nhập tiếp');
    const done = await world.say(AN, '/trong');
    const n = mine().length;
    expect(saidTo(lan, done)).toContain(`*Nguyễn Văn An* đã điền xong mục II Cải cách thể chế: ${n}/${n}`);
    expect(saidTo(AN, done)).toContain('Cảm ơn anh/chị, đã báo cho Lan');
    expect((await world.press(lan, 'Xem ảnh'))[0]?.message.pictures).toMatchObject({ section: 'the-che' });
    await world.say(AN, `/sua ${mine()[0]?.label}`);
    expect(saidTo(lan, await world.say(AN, '8'))).toBe('');
    expect(saidTo(lan, await world.say(AN, '/nop'))).toContain('đã điền xong');
  });

  it('may say that it is done although something is missing, after hearing how much', async () => {
    await filled(2, await personOf(AN));
    const asked = await world.say(AN, '/nop');
    expect(said(asked)).toContain(`còn 2/${mine().length} chỉ tiêu chưa có số liệu`);
    expect((await held())[0]?.doneAt).toBeUndefined();
    expect(saidTo(lan, await world.press(AN, 'Báo xong dù còn thiếu'))).toContain('còn 2 chưa có số liệu');
    expect((await held())[0]?.doneAt).toBeDefined();
  });

  it('is told kindly when the part was taken back, and what was typed then is quoted, not lost', async () => {
    await world.say(AN, '12');
    await world.say(lan, '/giao');
    const asked = await world.press(lan, 'Lấy lại');
    expect(said(asked)).toContain('Lấy lại mục II Cải cách thể chế từ *Nguyễn Văn An*?');
    expect((await held()).length).toBe(1);
    const done = await world.press(lan, 'Đồng ý lấy lại');
    expect(saidTo(AN, done)).toContain('Lan đã nhận lại mục II');
    const lost = said(await world.say(AN, '345; tính đến 14/9'));
    expect(lost).toContain('“345; tính đến 14/9” chưa được ghi');
    expect(lost).toContain('chưa được giao phần nào');
    const [first] = mine();
    expect((await world.report()).answers[first?.id ?? '']?.value).toMatchObject({ number: 12 });
  });

  it('has the words of a giải trình quoted as well when the part that it was about was taken back', async () => {
    await world.say(lan, '/giao V cho Nguyễn Văn An');
    const more = await world.say(lan, '/giao VI cho Nguyễn Văn An');
    await world.press(lan, 'Giao cho Nguyễn Văn An').catch(() => more);
    const an = await personOf(AN);
    const session = await world.storage.session(AN);
    expect((await held()).filter(({ person }) => person === an).length).toBeGreaterThan(1);
    const rule = world.template.rules.find((each) => rowsRead(each).every(inPart));
    if (!session || !rule) throw new Error('no session or rule');
    await world.storage.commit({
      ...{ event: 'explaining', at: SETUP.now, by: an, conversation: AN, changes: [], outgoing: [] },
      ...{
        expects: { reports: {} },
        session: { ...session, waiting: { flow: 'explain', report: REPORT, finding: rule.id } },
      },
    });
    await world.say(lan, '/giao');
    await world.press(lan, 'Lấy lại: mục II');
    await world.press(lan, 'Đồng ý lấy lại');
    expect(said(await world.say(AN, 'do thay đổi biên chế'))).toContain(
      '“do thay đổi biên chế” chưa được ghi',
    );
  });

  it('learns by whom the report was sent, and cannot take it back or change it', async () => {
    await world.say(lan, '/nop');
    await world.press(lan, 'Để trống cả');
    await world.press(lan, 'Để trống cả');
    await world.press(lan, 'Đã kiểm tra');
    await world.say(lan, 'Lan');
    for (let n = 0; n < 9 && (await world.report()).status !== 'submitted'; n++) {
      await world.press(lan, 'Đã kiểm tra');
      await world.say(lan, 'Lan');
    }
    expect((await world.report()).status).toBe('submitted');
    const seen = await world.say(AN, '5');
    expect(said(seen)).toContain('Lan đã nộp báo cáo');
    expect(labels(seen)).toEqual([]);
  });

  it('is nudged by the owner, and by nobody else', async () => {
    await world.say(lan, '/giao');
    expect(saidTo(AN, await world.press(lan, 'Nhắc Nguyễn Văn An'))).toContain('Lan nhắc');
    expect(said(await world.press(AN, 'Điền tiếp'))).toContain('Cải cách thể chế');
    expect(said(await world.say(AN, '/nhaclai 2h'))).toContain('cán bộ phụ trách');
  });
});

describe('The owner', () => {
  it('is not asked what a colleague has, sees who has it, and may correct it all the same', async () => {
    const made = await world.say(lan, '/giao I cho Trần Bình');
    expect(said(made)).toContain('II Cải cách thể chế\nChỉ tiêu 1/15');
    await given();
    expect(said(await world.say(lan, '/baocao'))).not.toContain('Cải cách thể chế');
    expect(said(await world.press(lan, 'Nhập tiếp'))).toContain('III Cải cách thủ tục hành chính');
    expect(said(await world.say(lan, '/xemlai'))).toContain('Đang giao cho Nguyễn Văn An: mục II');
    expect(labels(await world.say(lan, '/muc')).join()).toContain('· Nguyễn Văn An: 0/');
    await world.say(AN, '12');
    const seen = said(await world.say(lan, `/sua ${mine()[0]?.label}`));
    expect(seen).toContain('đang giao cho Nguyễn Văn An');
    expect(seen).toContain('(Nguyễn Văn An ghi)');
    expect(said(await world.say(lan, '/nop'))).toContain('Còn phần đang giao chưa xong');
  });

  it('is asked again once it was taken back, and a code nobody used opens nothing any more', async () => {
    const made = await world.say(lan, '/giao II cho Nguyễn Văn An');
    await world.say(lan, '/giao');
    await world.press(lan, 'Lấy lại');
    await world.press(lan, 'Đồng ý lấy lại');
    expect(said(await world.say(AN, `/start ${codeIn(made)}`))).toContain('đã bị thu hồi');
    expect(said(await world.say(lan, '/xemlai'))).not.toContain('Đang giao cho');
    expect(said(await world.say(lan, '/lichsu'))).toContain('lấy lại phần đã giao');
  });

  it('leaves out of what is blanked at once what a colleague has, says so, and decides on that apart', async () => {
    await given();
    const n = mine().length;
    const all = world.template.indicators.length;
    expect(labels(await world.say(lan, '/nop'))).toContain(
      `Để trống cả ${all - n - 1} chỉ tiêu, trừ phần đang giao`,
    );
    const blanked = await world.press(lan, 'Để trống cả');
    expect(said(blanked)).toContain(`${n} chỉ tiêu đang giao cho đồng nghiệp chưa để trống`);
    const own = Object.keys((await world.report()).answers);
    expect(own.filter(inPart)).toEqual([]);
    expect(own).toHaveLength(all - n);
    // An older button for the own ones blanks nothing of the colleague's.
    await world.send({
      ...{ id: world.nextId(), conversation: lan, at: SETUP.now, type: 'button' },
      action: button('', 'blankRest', REPORT, '', n).action,
    });
    expect(Object.keys((await world.report()).answers)).toHaveLength(all - n);
    await world.press(lan, `Để trống cả ${n} chỉ tiêu đang giao`);
    expect(Object.keys((await world.report()).answers)).toHaveLength(all);
  });

  it('is not asked for the name twice when somebody has the part already', async () => {
    await given();
    expect(said(await world.say(lan, '/giao II.3 Trần Bình'))).toContain('đang giao cho *Nguyễn Văn An*');
    expect(said(await world.press(lan, 'Vẫn giao thêm người'))).toContain('cho Trần Bình');
    expect(await held()).toHaveLength(2);
    await world.say(lan, '/giao II.2 cho Lê Cúc');
    const asked = await world.press(lan, 'Lấy lại');
    expect(said(asked)).toContain('Lấy lại');
    const done = await world.press(lan, 'Đồng ý lấy lại');
    expect(said(done)).toContain('cho Lê Cúc');
    expect(saidTo(AN, done)).toContain('Lan đã nhận lại mục II');
    expect((await held()).map(({ rows }) => rows)).toEqual([['ra-soat-vbqppl'], ['vbqppl-kiem-tra-xu-ly']]);
  });
});

describe('Where there are no buttons', () => {
  it('a part is chosen, given, nudged and taken back by typing', async () => {
    const le = await world.join('Lê', 'officer', undefined, 'bare');
    expect(said(await world.say(le, '/giao'))).toContain('Chưa giao phần nào');
    expect(said(await world.say(le, 'Giao II Cải cách thể chế'))).toContain('cho ai?');
    // A bare number is neither a choice nor a name.
    expect(said(await world.say(le, '1'))).toContain('gõ họ tên');
    const made = await world.say(le, 'Nguyễn Văn An');
    const seen = await world.say('bare:An', `/start ${codeIn(made)}`);
    expect(saidTo('bare:An', seen)).toContain('Chỉ tiêu 1/');
    await world.say('bare:An', '12');
    expect((await world.report()).answers[mine()[0]?.id ?? '']?.value).toMatchObject({ number: 12 });
    await world.say(le, '/giao');
    expect(saidTo('bare:An', await world.say(le, 'Nhắc Nguyễn Văn An'))).toContain('Lê nhắc');
    expect(said(await world.say(le, '/giao II.3 Trần Bình'))).toContain('đang giao cho *Nguyễn Văn An*');
    expect(said(await world.say(le, 'Thôi, chưa giao'))).toContain('Chưa giao gì');
    await world.say(le, '/giao');
    await world.say(le, 'Lấy lại: mục II Cải cách thể chế');
    expect(saidTo('bare:An', await world.say(le, 'Đồng ý lấy lại'))).toContain('Lê đã nhận lại mục II');
    expect(await held()).toEqual([]);
  });
});
