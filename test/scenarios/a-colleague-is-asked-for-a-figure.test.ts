// /cho, and then a colleague is asked for just that figure: from the message itself, from the review, one or all at once.
import { beforeEach, describe, expect, it } from 'vitest';
import { button } from '../../flows/actions.ts';
import { heldOf, indicatorsIn } from '../../src/domain/assignment.ts';
import { codeIn, labels, said, saidTo } from '../support/said.ts';
import { createWorld, type World } from '../support/world.ts';

const AN = 'test:An';
const ASK = 'Nhờ đồng nghiệp nhập chỉ tiêu này';
let world: World;
let lan: string;

const held = async () => heldOf(await world.report());
const rowsAt = (from: number, to: number) => world.template.indicators.slice(from, to).map(({ id }) => id);
const question = (n: number): string => {
  const row = world.template.indicators[n];
  return `*${[row?.stt, row?.label].filter(Boolean).join(' ')}*`;
};
const given = async () =>
  (await held()).map((each) => indicatorsIn(world.template, each).map(({ id }) => id));
const answerOf = async (n: number) => (await world.report()).answers[rowsAt(n, n + 1)[0] ?? ''];

beforeEach(async () => {
  world = await createWorld({
    ...{ template: 'ubnd-thi-xa-nga-nam', unit: 'UBND thị xã Ngã Năm', period: '2022-Q3' },
    ...{ now: '2022-09-14T01:00:00Z', due: '2022-09-30T09:00:00Z' },
  });
  lan = await world.join('Lan');
});

/** Somebody who fills parts of this unit, by the code of a part that was given before and is done. */
async function helper(name: string, section: string): Promise<string> {
  const made = await world.say(lan, `/giao ${section} cho ${name}`);
  await world.say(`test:${name}`, `/start ${codeIn(made)}`);
  return `test:${name}`;
}

describe('A figure that a colleague is asked for', () => {
  it('is offered to the one colleague who is called so, in one tap, with until when it is needed', async () => {
    const mai = await world.join('Nguyễn Thị Mai');
    await world.join('Trần Văn Ba');
    expect(labels(await world.say(lan, '/cho chị Mai đến thứ sáu'))).toContain(ASK);
    const asked = await world.press(lan, ASK);
    expect(said(asked)).toContain('(1 chỉ tiêu) cho *Nguyễn Thị Mai*?');
    expect(labels(asked)).toEqual(['Giao cho Nguyễn Thị Mai (cán bộ nhập số liệu)', 'Thôi, chưa giao']);
    expect(await held()).toEqual([]);
    const told = await world.press(lan, 'Giao cho Nguyễn Thị Mai');
    expect(saidTo(mai, told)).toContain('Lan giao anh/chị điền *I.1 ·');
    expect(saidTo(mai, told)).toContain('của báo cáo Quý III năm 2022');
    expect(saidTo(mai, told)).toContain('Cần có số liệu trước 08 giờ 00 ngày 16/9/2022');
    expect(await given()).toEqual([rowsAt(0, 1)]);
    // Where Lan was is asked on.
    expect(saidTo(lan, told)).toContain('Chỉ tiêu 2/');
    expect(said(await world.press(mai, 'Bắt đầu'))).toContain(question(0));
    const answered = await world.say(mai, '17,39');
    expect(saidTo(lan, answered)).toContain('*Nguyễn Thị Mai* đã điền xong');
    expect(await answerOf(0)).toMatchObject({ value: { number: 17.39 } });
    expect((await answerOf(0))?.waitsFor).toBeUndefined();
    expect(said(await world.say(lan, '/xemlai'))).not.toContain('Đang chờ');
  });

  it('goes by a code to somebody who is not there, by the name that was written, and is asked although it was put off', async () => {
    await world.say(lan, '/cho chị Mai đến thứ sáu');
    const asked = await world.press(lan, ASK);
    expect(said(asked)).toContain('cho ai?');
    expect(labels(asked)).toEqual(['Tạo mã mời cho Mai', 'Thôi, chưa giao']);
    const made = await world.press(lan, 'Tạo mã mời cho Mai');
    expect(said(made)).toContain('Nhờ anh/chị Mai cùng điền I.1 ·');
    expect(said(made)).toContain('Cần có số liệu trước 08 giờ 00 ngày 16/9/2022');
    const seen = await world.say(AN, `/start ${codeIn(made)}`);
    expect(saidTo(AN, seen)).toContain('Cần có số liệu trước 08 giờ 00 ngày 16/9/2022');
    expect(saidTo(AN, seen)).toContain(question(0));
    const done = await world.say(AN, '17,39');
    expect(saidTo(lan, done)).toContain('*Mai* đã điền xong I.1 ·');
    expect(await answerOf(0)).toMatchObject({ value: { number: 17.39 } });
  });

  it('asks for the name where an office is waited for, or nobody was named', async () => {
    await world.join('Phòng Nội vụ');
    await world.say(lan, '/cho Phòng Nội vụ đến thứ sáu');
    expect(labels(await world.press(lan, ASK))).toEqual(['Thôi, chưa giao']);
    expect(said(await world.say(lan, 'Trần Bình'))).toContain('/start');
    await world.say(lan, '/cho');
    expect(labels(await world.press(lan, ASK))).toEqual(['Thôi, chưa giao']);
    expect(said(await world.press(lan, 'Thôi'))).toContain('Chưa giao gì');
    expect(await held()).toHaveLength(1);
  });

  it('lets the officer choose among colleagues who are called alike', async () => {
    await world.join('Nguyễn Thị Mai');
    const mai = await world.join('Trần Ngọc Mai');
    await world.say(lan, '/cho cô Mai');
    const asked = await world.press(lan, ASK);
    expect(labels(asked).filter((label) => label.startsWith('Giao cho'))).toHaveLength(2);
    expect(saidTo(mai, await world.press(lan, 'Giao cho Trần Ngọc Mai'))).toContain('Lan giao anh/chị điền');
  });

  it('is nothing for somebody who fills a part, also by an old button', async () => {
    const an = await helper('An', 'I');
    const heard = await world.say(an, '/cho chị Mai');
    expect(labels(heard)).not.toContain(ASK);
    expect(labels(await world.say(an, '/xemlai')).filter((label) => label.startsWith('Nhờ'))).toEqual([]);
    for (const what of ['ask', 'askAll']) {
      const { action } = button('', 'assign', 'k1/u1', rowsAt(0, 1)[0], what);
      const base = { id: world.nextId(), conversation: an, at: '2022-09-14T01:00:00Z' };
      expect(said(await world.send({ ...base, type: 'button', action }))).toContain('cán bộ phụ trách');
    }
    expect(await held()).toHaveLength(1);
  });

  it('is asked of a helper who has another part already, by the button of the message', async () => {
    const an = await helper('An', 'II');
    await world.say(lan, '/cho anh An đến thứ sáu');
    await world.press(lan, ASK);
    expect(saidTo(an, await world.press(lan, 'Giao cho An'))).toContain('Cần có số liệu trước');
    expect(said(await world.press(an, 'Bắt đầu'))).toContain(question(0));
    expect(saidTo(lan, await world.say(an, '17,39'))).toContain('*An* đã điền xong I.1 ·');
  });

  it('that the colleague puts off as well is not asked round and round, and is not done', async () => {
    await world.say(lan, '/cho chị Mai');
    await world.press(lan, ASK);
    const made = await world.press(lan, 'Tạo mã mời cho Mai');
    await world.say(AN, `/start ${codeIn(made)}`);
    const put = await world.say(AN, '/cho anh Ba');
    expect(saidTo(lan, put)).toBe('');
    expect(said(put)).toContain('*Xem lại*');
    expect((await held())[0]?.doneAt).toBeUndefined();
  });
});

describe('The review', () => {
  it('offers to ask for each figure that is waited for, and for all of the same person in one tap', async () => {
    const mai = await world.join('Nguyễn Thị Mai');
    await world.say(lan, '/cho chị Mai đến thứ sáu');
    await world.say(lan, '/cho chị Mai đến 20/9');
    await world.say(lan, '/cho báo cáo của các xã');
    const shown = labels(await world.say(lan, '/xemlai'));
    expect(shown.filter((label) => label.startsWith('Nhờ chị Mai'))).toEqual([
      'Nhờ chị Mai nhập cả 2 chỉ tiêu',
    ]);
    expect(shown.filter((label) => label.startsWith('Nhờ nhập:'))).toHaveLength(3);
    await world.press(lan, 'Nhờ chị Mai nhập cả 2');
    const told = await world.press(lan, 'Giao cho Nguyễn Thị Mai');
    expect(saidTo(mai, told)).toContain('(2 chỉ tiêu)');
    expect(saidTo(mai, told)).toContain('Cần có trước 08 giờ 00 ngày 16/9/2022: I.1 ·');
    expect(saidTo(mai, told)).toContain('Cần có trước 08 giờ 00 ngày 20/9/2022: I.1 ·');
    expect(saidTo(lan, told)).toContain('*Xem lại*');
    expect(await given()).toEqual([rowsAt(0, 2)]);
    expect(said(await world.press(mai, 'Bắt đầu'))).toContain(question(0));
    expect(said(await world.say(mai, '17,39'))).toContain(question(1));
    expect(saidTo(lan, await world.say(mai, '5'))).toContain('*Nguyễn Thị Mai* đã điền xong');
    const after = await world.say(lan, '/xemlai');
    expect(said(after)).not.toContain('chị Mai');
    expect(labels(after).filter((label) => label.startsWith('Nhờ nhập:'))).toHaveLength(1);
  });

  it('does not offer what somebody has already', async () => {
    await world.say(lan, '/cho chị Mai');
    await world.press(lan, ASK);
    await world.press(lan, 'Tạo mã mời cho Mai');
    const shown = await world.say(lan, '/xemlai');
    expect(said(shown)).toContain('Đang giao cho Mai');
    expect(labels(shown).filter((label) => label.startsWith('Nhờ'))).toEqual([]);
  });
});

describe('Where there are no buttons', () => {
  it('everything is typed: the code beside the offer, and the letter beside the colleague', async () => {
    const le = await world.join('Lê', 'officer', undefined, 'bare');
    const mai = await world.join('Nguyễn Thị Mai');
    await world.say(le, '/cho chị Mai đến thứ sáu');
    expect(said(await world.say(le, ASK))).toContain('cho *Nguyễn Thị Mai*?');
    // A bare number is neither a choice nor a name.
    expect(said(await world.say(le, '1'))).toContain('gõ họ tên');
    expect(await held()).toEqual([]);
    expect(saidTo(mai, await world.say(le, 'Giao cho Nguyễn Thị Mai (cán bộ nhập số liệu)'))).toContain(
      'Lê giao anh/chị',
    );
    await world.say(le, '/cho chị Mai');
    await world.say(le, '/xemlai');
    expect(said(await world.say(le, 'nhờ nhập: i.1 số nhiệm vụ đề ra trong kế hoạch'))).toContain(
      'cho *Nguyễn Thị Mai*?',
    );
    expect(saidTo(mai, await world.say(le, 'a'))).toContain('Lê giao anh/chị');
    expect(await held()).toHaveLength(2);
  });
});
