// Several indicators on one screen: codes tapped row by row, or a value for each row typed at once; never into another row.
import { beforeEach, describe, expect, it } from 'vitest';
import { fitChoices } from '../../src/channels/choices.ts';
import type { Change } from '../../src/domain/change.ts';
import { createWorld, plain, type Seen, type World } from '../support/world.ts';

const SETUP = {
  template: 'so-cong-thuong-soc-trang',
  unit: 'Sở Công Thương',
  period: '2022-Q3',
  now: '2022-09-14T01:00:00.000Z',
};
let world: World;
let lan: string;

beforeEach(async () => {
  world = await createWorld(SETUP);
  lan = await world.join('Lan');
});

const words = (seen: readonly Seen[], who = lan): string =>
  seen
    .filter(({ conversation }) => conversation === who)
    .map(({ message }) => plain(message))
    .join('\n');
const labels = (seen: readonly Seen[]) =>
  (seen.at(-1)?.message.buttons ?? []).map((row) => row.map(({ label }) => label).join(' '));
const value = async (id: string) => (await world.report()).answers[id]?.value;
const codes = async (ids: readonly string[]) => {
  const answers = (await world.storage.report('k1/u1'))?.answers ?? {};
  return ids.map((id) => {
    const given = answers[id]?.value;
    return given?.is === 'choice' ? given.code : given?.is === 'number' ? given.number : given?.is;
  });
};

/** Everything between the first indicator and this one is answered by somebody else, and the person answers the first. */
async function askedAt(id: string, who = lan): Promise<readonly Seen[]> {
  const { indicators } = world.template;
  const before = indicators.slice(
    1,
    indicators.findIndex((row) => row.id === id),
  );
  await write(before.map((row) => row.id));
  return world.say(who, 'để trống');
}

/** A colleague's figure or code, on another device. */
async function write(ids: readonly string[], number = 1): Promise<void> {
  const report = await world.storage.report('k1/u1');
  const by = { by: 'p-mai', at: SETUP.now, event: `mai:${world.nextId()}` };
  const begun: Change[] = report
    ? []
    : [
        {
          type: 'report_started',
          report: 'k1/u1',
          campaign: 'k1',
          unit: 'u1',
          template: world.campaign.template,
        },
      ];
  await world.storage.commit({
    ...{ event: by.event, at: SETUP.now, by: 'p-mai', conversation: 'operator:test' },
    changes: [
      ...begun,
      ...ids.map((indicator): Change => {
        const row = world.template.byId.get(indicator);
        const isChoice = row?.row === 'indicator' && row.type === 'choice';
        const given = isChoice
          ? ({ is: 'choice', code: number } as const)
          : ({ is: 'number', number, decimals: 0 } as const);
        const was = report?.answers[indicator] ?? null;
        return {
          type: 'answer_set',
          report: 'k1/u1',
          indicator,
          answer: { ...by, value: given },
          was,
        };
      }),
    ],
    outgoing: [],
    expects: { reports: { 'k1/u1': report?.rev ?? 0 } },
  });
}

/** A colleague is to give this figure. */
async function give(row: string): Promise<void> {
  await world.join('An', 'helper', 'u1');
  const an = (await world.storage.people()).find(({ name }) => name === 'An');
  const stamp = { by: 'p-mai', at: SETUP.now, event: 'given' };
  const assignment = { ...stamp, id: 'g1', rows: [row], person: an?.id ?? '' };
  const outcome = await world.storage.commit({
    ...{ ...stamp, conversation: 'operator:test', outgoing: [], expects: { reports: { 'k1/u1': 0 } } },
    changes: [
      {
        type: 'report_started',
        report: 'k1/u1',
        campaign: 'k1',
        unit: 'u1',
        template: world.campaign.template,
      },
      { type: 'assignment_set', report: 'k1/u1', assignment },
    ],
  });
  expect(outcome).toBe('done');
}

const PLAN = ['nhiem-vu-de-ra', 'nhiem-vu-hoan-thanh', 'van-ban-chi-dao'];
const ISO = [
  'iso-cong-bo',
  'iso-danh-gia',
  'iso-xem-xet',
  'iso-truc-thuoc-cong-bo',
  'iso-truc-thuoc-danh-gia',
  'iso-truc-thuoc-xem-xet',
];

describe('Six yes/no indicators', () => {
  it('stand on one screen with a row of buttons each, and the screen changes in its place', async () => {
    const asked = await askedAt('iso-cong-bo');
    expect(words(asked)).toContain('1. *Sở ngành thực hiện công bố, công bố lại ISO*');
    expect(words(asked)).toContain('Mã: 1 – Có, 0 – Không.');
    expect(labels(asked).slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `${n}. Có ${n}. Không`));
    expect(labels(asked).slice(6)).toEqual(['Để trống Không áp dụng', 'Chưa có số liệu Để sau']);
    const third = await world.press(lan, '3. Không');
    expect(third).toHaveLength(1);
    expect(third[0]?.message.replaces).toBe(asked.at(-1)?.message.key);
    expect(words(third)).toContain('✓ 3. Sở ngành thực hiện xem xét');
    expect(words(third)).toContain('hoặc gõ 5 mã theo thứ tự các dòng chưa chọn');
    expect(await codes(ISO)).toEqual([undefined, undefined, 0, undefined, undefined, undefined]);
  });

  it('are chosen one after the other without any further message; then the dialog goes on', async () => {
    await askedAt('iso-cong-bo');
    for (const n of [1, 2, 3, 4, 5]) expect(await world.press(lan, `${n}. Có`)).toHaveLength(1);
    await world.press(lan, '2. Không');
    const done = await world.press(lan, '6. Không');
    const all = words(done.slice(0, 1)).split('\n').slice(-6);
    expect(all.every((line) => line.startsWith('✓'))).toBe(true);
    expect(done[0]?.message.buttons).toBeUndefined();
    expect(done.length).toBeGreaterThan(1);
    expect(await codes(ISO)).toEqual([1, 0, 1, 1, 1, 0]);
  });

  it('take codes or words typed in order, and one /hoantac takes them back', async () => {
    await askedAt('iso-cong-bo');
    const done = await world.say(lan, '1 0 1 1 không có');
    expect(words(done).match(/^✓/gm)).toHaveLength(6);
    expect(await codes(ISO)).toEqual([1, 0, 1, 1, 0, 1]);
    expect(words(await world.say(lan, '/hoantac'))).toContain('6 chỉ tiêu');
    expect(await codes(ISO)).toEqual(ISO.map(() => undefined));
  });

  it('take codes for those that are not chosen yet', async () => {
    await askedAt('iso-cong-bo');
    await world.press(lan, '2. Không');
    await world.say(lan, '1 1 0 0 1');
    expect(await codes(ISO)).toEqual([1, 0, 1, 0, 0, 1]);
  });

  it('a single word answers the first that waits, with its note, and the rest is asked anew', async () => {
    await askedAt('iso-cong-bo');
    await world.press(lan, '1. Không');
    const seen = await world.say(lan, 'có; theo Quyết định');
    expect(words(seen)).toContain('✓ Sở ngành thực hiện công bố, công bố lại ISO: *0 – Không*');
    expect(words(seen)).toContain(
      '✓ Sở ngành thực hiện đánh giá nội bộ: *1 – Có* — ghi chú: theo Quyết định',
    );
    expect(words(seen)).toContain('1. *Sở ngành thực hiện xem xét');
    expect(await codes(ISO)).toEqual([0, 1, undefined, undefined, undefined, undefined]);
  });

  it('short words are read, shown and stored by one tap', async () => {
    await askedAt('iso-cong-bo');
    const asked = await world.say(lan, 'c k c c k k');
    expect(words(asked)).toContain('được hiểu là 6 giá trị nên chưa ghi gì');
    expect(await codes(ISO)).toEqual(ISO.map(() => undefined));
    await world.press(lan, 'Ghi 6 dòng');
    expect(await codes(ISO)).toEqual([1, 0, 1, 1, 0, 0]);
  });

  it('too few or too many codes are not taken, and a code that there is none of is shown at its row', async () => {
    await askedAt('iso-cong-bo');
    expect(words(await world.say(lan, '1 0 1'))).toContain(
      '“1 0 1” có 3 giá trị, còn 6 dòng đang chờ, nên chưa ghi gì',
    );
    const shown = words(await world.say(lan, '1 0 1 1 0 7'));
    expect(shown).toContain('*Đọc được 5/6 dòng*');
    expect(shown).toMatch(
      /• dòng 6 “7” → VII\.5 · Đơn vị trực thuộc sở … quản lý chất lượng: mã này không có/,
    );
    expect(await codes(ISO)).toEqual(ISO.map(() => undefined));
    await world.press(lan, 'Ghi 5 số liệu');
    expect(await codes(ISO)).toEqual([1, 0, 1, 1, 0, undefined]);
  });

  it('survive a restart: what is typed then still belongs to the rows that were shown', async () => {
    await askedAt('iso-cong-bo');
    await world.press(lan, '4. Có');
    world.restart();
    await world.say(lan, '0 0 0 1 1');
    expect(await codes(ISO)).toEqual([0, 0, 0, 1, 1, 1]);
  });
});

describe('A row that a colleague answered in between', () => {
  it('is never overwritten in silence by a list', async () => {
    await askedAt('iso-cong-bo');
    await write(['iso-danh-gia'], 0);
    const shown = words(await world.say(lan, '1 1 1 1 1 1'));
    expect(shown).toContain('đã có số liệu, nên chưa ghi gì');
    expect(shown).toMatch(/đánh giá nội bộ ← \*0 – Không → 1 – Có\*/);
    expect(await codes(ISO)).toEqual([undefined, 0, undefined, undefined, undefined, undefined]);
    await world.press(lan, 'Bỏ, không ghi');
    expect(await value('iso-danh-gia')).toMatchObject({ code: 0 });
  });

  it('is asked about when its button is pressed', async () => {
    await askedAt('iso-cong-bo');
    await write(['iso-danh-gia'], 0);
    await world.press(lan, '2. Có');
    expect(await value('iso-danh-gia')).toMatchObject({ code: 0 });
  });
});

describe('Three counts', () => {
  const ask = () => world.say(lan, '/boqua');

  it('are listed under the first question and take three figures at once', async () => {
    const asked = words(await ask());
    expect(asked).toContain('*Số nhiệm vụ đề ra trong kế hoạch*');
    expect(asked).toContain('gõ 3 số theo thứ tự, cách nhau bằng dấu cách');
    expect(asked).toContain('3. Số văn bản chỉ đạo CCHC đã ban hành');
    const done = await world.say(lan, '12 10 0', 'm1');
    expect(words(done.slice(0, 1)).split('\n').slice(0, 3)).toEqual([
      '✓ Số nhiệm vụ đề ra trong kế hoạch: *12 Nhiệm vụ*',
      '✓ Số nhiệm vụ đã hoàn thành: *10 Nhiệm vụ*',
      '✓ Số văn bản chỉ đạo CCHC đã ban hành: *0 Văn bản*',
    ]);
    expect(await codes(PLAN)).toEqual([12, 10, 0]);
    await world.say(lan, '/hoantac');
    expect(await codes(PLAN)).toEqual([undefined, undefined, undefined]);
  });

  it('one figure answers the first, and the others stand on the next screen', async () => {
    await ask();
    const next = words(await world.say(lan, '12'));
    expect(next).toContain('gõ 2 số theo thứ tự');
    expect(await codes(PLAN)).toEqual([12, undefined, undefined]);
  });

  it('figures that contradict each other are told right after, as when they are typed alone', async () => {
    await ask();
    const done = await world.say(lan, '10 12 3');
    expect(words(done.slice(0, 1))).toMatch(/^✓[\s\S]*⚠|^✓[\s\S]*✗/);
    expect(words(done.slice(1))).toContain('Chỉ tiêu ');
    expect(await codes(PLAN)).toEqual([10, 12, 3]);
  });

  it('“1 200” for two rows may be one figure: it is asked, “đúng” decides nothing, and either tap stores just that', async () => {
    await ask();
    await world.say(lan, '1500');
    const asked = await world.say(lan, '1 200');
    expect(words(asked)).toContain('“1 200” có thể là một giá trị, cũng có thể là 2 giá trị nên chưa ghi gì');
    expect(await codes(PLAN)).toEqual([1500, undefined, undefined]);
    await world.say(lan, 'đúng');
    expect(await codes(PLAN)).toEqual([1500, undefined, undefined]);
    await world.say(lan, '1 200');
    await world.press(lan, 'Ghi 2 dòng: 1 | 200');
    expect(await codes(PLAN)).toEqual([1500, 1, 200]);
    await world.say(lan, '/hoantac');
    await world.say(lan, '1 200');
    await world.press(lan, 'Chỉ 1.200');
    expect(await codes(PLAN)).toEqual([1500, 1200, undefined]);
  });

  it('“2 triệu” is one figure, “1,2” a decimal, and neither fills two rows', async () => {
    await ask();
    await world.say(lan, '15');
    await world.say(lan, '2 triệu');
    await world.say(lan, '1,2');
    expect(await codes(PLAN)).toEqual([15, undefined, undefined]);
  });

  it('a percentage among them is shown at its row, and the others are stored by one tap', async () => {
    await ask();
    const shown = words(await world.say(lan, '12 5% 3'));
    expect(shown).toContain('• dòng 2 “5%”');
    expect(await codes(PLAN)).toEqual([undefined, undefined, undefined]);
    await world.press(lan, 'Ghi 2 số liệu');
    expect(await codes(PLAN)).toEqual([12, undefined, 3]);
  });

  it('an old tap that means several figures asks first where something stands by now', async () => {
    await ask();
    await world.say(lan, '1 200 300');
    await world.say(lan, '7');
    await world.press(lan, 'Ghi 3 dòng');
    expect(await codes(PLAN)).toEqual([7, undefined, undefined]);
  });

  it('a message that gave three figures shows what its edit would change', async () => {
    await ask();
    await world.say(lan, '12 10 0', 'm1');
    const edit = (text: string) =>
      world.send({
        ...{ id: world.nextId(), conversation: lan, at: SETUP.now },
        ...{ type: 'edited', message: 'm1', text },
      });
    const shown = words(await edit('12 11 0'));
    expect(shown).toMatch(/Số nhiệm vụ đã hoàn thành ← \*10 Nhiệm vụ → 11 Nhiệm vụ\*/);
    expect(await codes(PLAN)).toEqual([12, 10, 0]);
    await world.press(lan, 'Ghi 1 số liệu');
    expect(await codes(PLAN)).toEqual([12, 11, 0]);
    expect(words(await edit('15'))).toContain('đã trả lời 3 chỉ tiêu một lần nên không tự đổi số liệu nào');
    expect(await codes(PLAN)).toEqual([12, 11, 0]);
  });

  it('what has a value already, and what comes after it, stays off the screen and as it is', async () => {
    await write(['van-ban-chi-dao'], 4);
    expect(words(await ask())).toContain('gõ 2 số theo thứ tự');
    await world.say(lan, '12 10');
    expect(await codes(PLAN)).toEqual([12, 10, 4]);
  });

  it('what a colleague is to give, and what comes after it, stays off the screen too', async () => {
    await give('van-ban-chi-dao');
    expect(words(await ask())).toContain('gõ 2 số theo thứ tự');
    await world.say(lan, '12 10 3');
    expect(await codes(PLAN)).toEqual([undefined, undefined, undefined]);
    await world.say(lan, '12 10');
    expect(await codes(PLAN)).toEqual([12, 10, undefined]);
  });

  it('none stands on a screen while one of them is corrected', async () => {
    await ask();
    const corrected = words(await world.say(lan, '/sua văn bản chỉ đạo'));
    expect(corrected).not.toContain('theo thứ tự');
  });
});

describe('Where there are no buttons', () => {
  it('six yes/no indicators are numbered lines and one line that says what to type, not twelve letters', async () => {
    const binh = await world.join('Binh', 'officer', 'u1', 'bare');
    await askedAt('iso-cong-bo', binh);
    const [last] = await world.storage.transcript(binh, 0, 1);
    const shown = last ? plain({ text: fitChoices(last, 0).text }) : '';
    expect(shown).toContain('hoặc gõ 6 mã theo thứ tự các dòng chưa chọn, ví dụ: 1 0 1 0 1 0');
    expect(shown).toMatch(/Có thể gõ: để trống, không áp dụng, chưa có số liệu, để sau$/);
    expect(shown).not.toMatch(/^[a-z]\. /m);
    expect(shown.length).toBeLessThan(1300);
    await world.say(binh, '1 0 1 1 0 1');
    expect(await codes(ISO)).toEqual([1, 0, 1, 1, 0, 1]);
  });

  it('a row is also answered by its number and word', async () => {
    const binh = await world.join('Binh', 'officer', 'u1', 'bare');
    await askedAt('iso-cong-bo', binh);
    await world.say(binh, '3. Không');
    expect(await codes(ISO)).toEqual([undefined, undefined, 0, undefined, undefined, undefined]);
    await world.say(binh, 'có');
    expect(await codes(ISO)).toEqual([1, undefined, 0, undefined, undefined, undefined]);
  });

  it('the buttons of two rows fit a platform with few of them; those of six are left away together', async () => {
    const few = (seen: readonly Seen[]) => {
      const message = seen.at(-1)?.message;
      return message ? fitChoices({ seq: 1, message }, 5).buttons.map(({ label }) => label) : [];
    };
    const two = world.template.indicators.find(({ label }) => label.startsWith('Có sáng kiến'));
    const rows = await askedAt(two?.id ?? '');
    expect(few(rows).slice(0, 4)).toEqual(['1. Không', '1. Có', '2. Không', '2. Có']);
    const six = await createWorld(SETUP);
    world = six;
    lan = await six.join('Lan');
    expect(few(await askedAt('iso-cong-bo'))).toEqual([
      'Để trống',
      'Không áp dụng',
      'Chưa có số liệu',
      'Để sau',
    ]);
  });
});
