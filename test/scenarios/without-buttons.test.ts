// Officers on a platform without buttons: the same dialog, by codes, words, letters and numbers, and no figure is mistaken.
import { beforeEach, describe, expect, it } from 'vitest';
import { fitChoices } from '../../src/channels/choices.ts';
import { createWorld, plain, type World } from '../support/world.ts';

const SETUP = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-16T01:00:00Z',
};
let world: World;
let lan: string;

beforeEach(async () => {
  world = await createWorld(SETUP);
  lan = await world.join('lan', 'officer', 'u1', 'bare');
});

/** What the officer sees of the newest messages, as the platform shows them, with the time going on by a minute. */
let minute = 0;
async function say(text: string): Promise<string> {
  minute += 1;
  world.setNow(new Date(Date.parse(SETUP.now) + minute * 60_000).toISOString());
  await world.say(lan, text);
  return newest();
}
async function newest(): Promise<string> {
  const [last] = await world.storage.transcript(lan, 0, 1);
  return last ? plain({ text: fitChoices(last, 0).text }) : '';
}
const value = async (id: string) => (await world.report()).answers[id]?.value;

describe('An officer without buttons', () => {
  it('answers a figure and gets echo and next question in one message', async () => {
    const first = world.template.indicators[0];
    const before = world.transcript(lan).length;
    const seen = await say('12');
    expect(world.transcript(lan)).toHaveLength(before + 1);
    expect(seen).toContain('✓');
    expect(seen).toContain(world.template.indicators[1]?.label.slice(0, 20));
    expect(await value(first?.id ?? '')).toMatchObject({ is: 'number', number: 12 });
  });

  it('reads what else can be typed, and types it', async () => {
    expect(await newest()).toContain('Có thể gõ: để trống, không áp dụng, chưa có số liệu, để sau');
    const [first, second, third, fourth] = world.template.indicators.map(({ id }) => id);
    await say('để trống');
    await say('Không áp dụng');
    await say('chưa có số liệu');
    await say('để sau');
    expect(await value(first ?? '')).toEqual({ is: 'blank' });
    expect(await value(second ?? '')).toEqual({ is: 'notApplicable' });
    expect(await value(third ?? '')).toEqual({ is: 'pending' });
    expect(await value(fourth ?? '')).toBeUndefined();
  });

  it('picks a section by its number, and right after that a number is a figure again', async () => {
    expect(await say('/muc')).toMatch(/Gõ số để chọn:\n1\. /);
    const asked = await say('2');
    expect(await world.storage.report('k1/u1')).toBeUndefined();
    expect(asked).toMatch(/Chỉ tiêu 1\/\d+ của mục/);
    await say('2');
    const { answers } = await world.report();
    expect(Object.values(answers).map((each) => each.value)).toEqual([
      { is: 'number', number: 2, decimals: 0 },
    ]);
  });

  it('settles a doubt by letter, and a number is a new answer, never a choice', async () => {
    const [, second, third] = world.template.indicators;
    await say('12');
    expect(await say('7 hoặc 8')).toMatch(/Gõ chữ cái để chọn:\na\. Ghi 7.*\nb\. Ghi 8/);
    await say('2');
    expect(await value(second?.id ?? '')).toMatchObject({ is: 'number', number: 2 });
    await say('7 hoặc 8');
    await say('B');
    expect(await value(third?.id ?? '')).toMatchObject({ is: 'number', number: 8 });
  });

  it('answers a question with codes by code, by word or by the whole line', async () => {
    const coded = world.template.indicators.filter(({ type }) => type === 'choice');
    for (const [n, typed] of [0, 1, 2].entries()) {
      const indicator = coded[n];
      const choice = indicator?.choices[typed % (indicator?.choices.length ?? 1)];
      if (!indicator || !choice) continue;
      const asked = await say(`/sua ${indicator.label.slice(0, 60)}`);
      if (!asked.includes(indicator.label.slice(0, 30))) continue;
      await say(n === 0 ? String(choice.code) : n === 1 ? choice.label : `${choice.code} – ${choice.label}`);
      expect(await value(indicator.id)).toEqual({ is: 'choice', code: choice.code });
    }
  });

  it('does not have a word recorded that overtook another on the way', async () => {
    await say('12');
    const late = { id: 'late:1', conversation: lan, at: SETUP.now, type: 'text', text: '99' } as const;
    await world.send(late);
    const seen = await newest();
    expect(seen).toContain('Tin “99” đến muộn');
    expect(seen).toContain(world.template.indicators[1]?.label.slice(0, 20));
    expect(Object.keys((await world.report()).answers)).toHaveLength(1);
  });
});
