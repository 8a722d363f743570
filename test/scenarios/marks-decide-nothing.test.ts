// A stray mark, a doubled one, or a number beyond the list: nothing is decided, recorded or printed because of it.
import { beforeEach, describe, expect, it } from 'vitest';
import { fitChoices } from '../../src/channels/choices.ts';
import { createWorld, plain, type World } from '../support/world.ts';

const SETUP = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-16T01:00:00.000Z',
};
let world: World;
let lan: string;
let clock: number;

beforeEach(async () => {
  world = await createWorld(SETUP);
  lan = await world.join('lan', 'officer', 'u1', 'bare');
  clock = Date.parse(SETUP.now);
});

/** Types words `seconds` after the last, and reads what the person then sees last. */
async function say(text: string, seconds = 60, who = lan): Promise<string> {
  clock += seconds * 1000;
  world.setNow(new Date(clock).toISOString());
  await world.say(who, text);
  const [last] = await world.storage.transcript(who, 0, 1);
  return last ? plain({ text: fitChoices(last, 0).text }) : '';
}
const answers = async () => (await world.storage.report('k1/u1'))?.answers ?? {};
const mark = (shown: string, label: string): string =>
  new RegExp(`^(\\S+)\\. ${label}`, 'm').exec(shown)?.[1] ?? `no “${label}” in ${shown}`;

describe('While a figure is awaited', () => {
  it('a number that the list does not have is neither chosen nor recorded, and the question is asked anew', async () => {
    await say('/muc');
    const seen = await say('99');
    expect(seen).toContain('“99” không có trong danh sách trên (1–');
    expect(seen).toContain('Chỉ tiêu 1/');
    expect(await answers()).toEqual({});
    await say('99');
    expect(Object.values(await answers())).toMatchObject([{ value: { number: 99 } }]);
  });

  it('a choice sent twice is not recorded as a figure, but the same figure is when it is said once more', async () => {
    await say('/muc');
    await say('2');
    expect(await say('2', 2)).toContain('“2” vừa được hiểu là lựa chọn');
    expect(await answers()).toEqual({});
    await say('2', 2);
    expect(Object.values(await answers())).toMatchObject([{ value: { number: 2 } }]);
  });

  it('a letter of a list that is gone is no answer, and nothing offers to keep it', async () => {
    for (const stray of ['a', 'b7', 'chọn c', '(d)']) {
      const seen = await say(stray);
      expect(seen).toContain('không ứng với lựa chọn nào đang hiện');
      expect(seen).not.toContain('Ghi nguyên văn');
    }
    expect(await answers()).toEqual({});
  });

  it('“để sau” and “giữ nguyên” do what they say, whatever was said since, also where any words are an answer', async () => {
    const text = world.template.indicators.find(({ type }) => type === 'text');
    if (!text) throw new Error('the form has no text to fill in');
    await say(`/sua ${text.label}`);
    await say('Đã ban hành hai kế hoạch');
    await say(`/sua ${text.label}`);
    await say('/muc');
    await say('giữ nguyên');
    await say(`/sua ${text.label}`);
    await say('/muc');
    await say('để sau');
    expect((await answers())[text.id]?.value).toEqual({ is: 'text', text: 'Đã ban hành hai kế hoạch' });
  });

  it('a letter is asked back where any words are an answer', async () => {
    const text = world.template.indicators.find(({ type }) => type === 'text');
    await say(`/sua ${text?.label}`);
    expect(await say('c')).toMatch(/\na\. Ghi c/);
    expect((await answers())[text?.id ?? '']?.value).toBeUndefined();
  });
});

describe('Where a decision is taken', () => {
  /** A report with one figure and all else blank, ready to be signed. */
  async function readyToSign(): Promise<string> {
    await say('12');
    await say('/nop');
    const shown = await say('để trống cả 174 chỉ tiêu này');
    return shown.includes('xác nhận số liệu là đúng') ? shown : await say(mark(shown, 'Đã kiểm tra'));
  }

  it('so much as leaving all the rest blank takes words, no number', async () => {
    await say('12');
    const shown = await say('/nop');
    expect(shown).toContain('để trống cả 174');
    expect(shown).not.toMatch(/^\d+\. Để trống/m);
    await say('3');
    expect(Object.keys(await answers())).toHaveLength(1);
  });

  it('the number that signed does not withdraw, and the name typed again sends nothing', async () => {
    const shown = await readyToSign();
    const sign = mark(shown, 'Xác nhận nộp');
    const receipt = await say(sign);
    expect(receipt).toContain('Đã nộp báo cáo');
    await say(sign, 2);
    expect((await world.report()).status).toBe('submitted');
    const withdraw = mark(receipt, 'Rút lại');
    expect(withdraw).toMatch(/^a\d+$/);
    await say(withdraw);
    expect((await world.report()).status).toBe('inProgress');
    await say('lan');
    expect((await world.report()).submissions).toHaveLength(1);
  });

  it('signing has a code of its own, so no number of a list before it can sign', async () => {
    const shown = await readyToSign();
    expect(mark(shown, 'Xác nhận nộp')).toMatch(/^a\d+$/);
    for (const stray of ['1', '2', 'a', 'b']) await say(stray);
    expect((await world.report()).status).toBe('inProgress');
  });

  it('leaving takes words, no number', async () => {
    const me = await say('/toi');
    const shown = await say(mark(me, 'Rời khỏi'));
    expect(shown).not.toMatch(/^\d+\. Đồng ý rời khỏi/m);
    await say('2');
    expect((await world.storage.people()).filter((each) => each.leftAt !== undefined)).toEqual([]);
    await say('đồng ý rời khỏi');
    expect((await world.storage.people()).filter((each) => each.leftAt !== undefined)).toHaveLength(1);
  });

  it('a stray mark is no reason for returning a report', async () => {
    const hoa = await world.join('Hoa', 'coordinator', 'so', 'bare');
    const shown = await readyToSign();
    await say(mark(shown, 'Xác nhận nộp'));
    const [news] = (await world.storage.transcript(hoa, 0, 5)).filter(({ message }) => message.file);
    if (!news) throw new Error('the coordinator was not told');
    await say(mark(plain({ text: fitChoices(news, 0).text }), 'Trả lại'), 60, hoa);
    for (const stray of ['z 9', '1', 'Sai', 'để sau', 'quay lại']) {
      expect(await say(stray, 60, hoa)).toContain(`“${stray}” chưa phải là lý do`);
      expect((await world.report()).status).toBe('submitted');
    }
    // A letter of the list only picks an indicator to say something about.
    expect(await say('b', 60, hoa)).toContain('Anh/chị gõ một dòng lý do cho');
    expect((await world.report()).status).toBe('submitted');
    await say('Chưa chọn chỉ tiêu này', 60, hoa);
    await say('Thiếu số liệu mục III', 60, hoa);
    expect(await world.report()).toMatchObject({
      status: 'returned',
      returned: { text: 'Thiếu số liệu mục III' },
    });
  });
});
