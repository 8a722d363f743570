// Pasting a section: what was understood is shown first, one tap stores it, and one /hoantac takes all of it back.
import { describe, expect, it } from 'vitest';
import { openPoints } from '../../src/domain/report.ts';
import type { Indicator } from '../../src/domain/template.ts';
import { labels, said } from '../support/said.ts';
import { buttonsOf, createWorld, plain, type World } from '../support/world.ts';

const open = () =>
  createWorld({
    template: 'ubnd-thi-xa-nga-nam',
    unit: 'UBND thị xã Ngã Năm',
    period: '2022-Q3',
    now: '2022-09-14T01:00:00Z',
  });
const inSection = ({ template }: World, stt: string): readonly Indicator[] => {
  const id = template.sections.find((each) => each.stt === stt)?.id;
  return template.indicators.filter(({ section }) => section === id);
};
/** A figure that every kind of row takes. */
const figureOf = (row: Indicator, n: number): number =>
  row.type === 'choice' ? (row.choices[0]?.code ?? 0) : 40 + n;
const named = (rows: readonly Indicator[]): string =>
  rows.map((row, n) => `${row.label}: ${figureOf(row, n)}`).join('\n');
const figures = (rows: readonly Indicator[]): string => rows.map((row, n) => figureOf(row, n)).join('\n');
/** The figures stored, in the order of the form. */
const answers = async (world: World): Promise<ReadonlyMap<string, unknown>> => {
  const report = await world.storage.report(`${world.campaign.id}/${world.unit.id}`);
  return new Map(
    world.template.indicators.flatMap(({ id }): [string, unknown][] => {
      const value = report?.answers[id]?.value;
      return value ? [[id, 'number' in value ? value.number : value]] : [];
    }),
  );
};
const counts = (rows: readonly Indicator[]) => rows.filter(({ type }) => type === 'count');

describe('Pasting a section', () => {
  it('stores nothing before the tap, then every value where it belongs, and goes on at the next gap', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    const rows = counts(inSection(world, 'I'));
    const shown = await world.say(lan, named(rows));
    expect(said(shown)).toContain(`Đọc được ${rows.length}/${rows.length} dòng`);
    expect(labels(shown)).toEqual([`Ghi ${rows.length} số liệu`, 'Bỏ, không ghi']);
    expect((await answers(world)).size).toBe(0);
    const stored = await world.press(lan, `Ghi ${rows.length}`);
    expect(said(stored)).toContain(`Đã ghi *${rows.length} số liệu*`);
    expect(said(stored)).toContain('Chỉ tiêu 1/25 của mục');
    expect(await answers(world)).toEqual(new Map(rows.map((row, n) => [row.id, figureOf(row, n)])));
  });

  it('one /hoantac takes all of it back, also after other answers were taken back before', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    await world.say(lan, '61');
    const rows = counts(inSection(world, 'VII'));
    expect(rows.length).toBeGreaterThan(10);
    const shown = await world.say(lan, named(rows));
    // All of it is of another section: shown for that one at once, and still only written by the tap.
    expect(said(shown)).toContain('cho mục VII');
    expect((await answers(world)).size).toBe(1);
    await world.press(lan, 'Ghi ');
    const all = await answers(world);
    expect(all.size).toBe(rows.length + 1);
    await world.press(lan, 'Để trống');
    expect((await answers(world)).size).toBe(rows.length + 2);
    await world.say(lan, '/hoantac');
    expect(await answers(world)).toEqual(all);
    expect(said(await world.say(lan, '/hoantac'))).toContain(`${rows.length} chỉ tiêu* trở lại như trước`);
    expect([...(await answers(world)).values()]).toEqual([61]);
  });

  it('says what would be replaced, and does not write again what stands there already', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    const [a, b, c] = counts(inSection(world, 'I'));
    await world.say(lan, `${a?.label}: 12\n${b?.label}: 5`);
    await world.press(lan, 'Ghi 2');
    const shown = await world.say(lan, `${a?.label}: 15\n${b?.label}: 5\n${c?.label}: 7`);
    expect(said(shown)).toContain('12 → 15');
    expect(said(shown)).toContain('1 dòng trùng với số liệu đang ghi');
    expect(labels(shown)).toContain('Ghi 2 số liệu');
  });

  it('an older button stores nothing else than what it was shown with', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    const rows = counts(inSection(world, 'I')).slice(0, 3);
    const first = await world.say(lan, named(rows));
    const old = first
      .flatMap(({ message }) => buttonsOf(message))
      .find(({ label }) => label === 'Ghi 3 số liệu');
    await world.say(lan, rows.map(({ label }, n) => `${label}: ${n + 1}`).join('\n'));
    const refused = await world.press(lan, old?.action ?? '');
    expect(said(refused)).toContain('chưa ghi gì');
    expect((await answers(world)).size).toBe(0);
    await world.press(lan, 'Bỏ');
    expect(said(await world.press(lan, old?.action ?? ''))).toContain('không còn chờ nữa');
    expect((await answers(world)).size).toBe(0);
  });

  it('a colleague who writes in between is seen before the tap counts', async () => {
    const world = await open();
    const [lan, minh] = [await world.join('Lan'), await world.join('Minh')];
    const rows = counts(inSection(world, 'I')).slice(0, 3);
    await world.say(lan, named(rows));
    await world.say(minh, `${rows[0]?.label}: 99\n${rows[1]?.label}: 98`);
    await world.press(minh, 'Ghi 2');
    const shown = await world.press(lan, 'Ghi 3');
    expect(said(shown)).toContain('99');
    expect((await answers(world)).get(rows[0]?.id ?? '')).toBe(99);
    await world.press(lan, 'Ghi 3');
    expect((await answers(world)).get(rows[0]?.id ?? '')).toBe(40);
  });

  it('asks where figures without names begin, and places a whole section without asking', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    await world.say(lan, '61');
    const rows = inSection(world, 'I');
    const asked = await world.say(lan, '1\n2\n3\n4');
    expect(labels(asked).map((label) => label.split(':')[0])).toEqual([
      'Từ đầu mục',
      'Từ câu đang hỏi',
      'Bỏ, không ghi',
    ]);
    await world.press(lan, 'Từ câu đang hỏi');
    await world.press(lan, 'Ghi 4');
    expect([...(await answers(world))].slice(1)).toEqual(rows.slice(1, 5).map((row, n) => [row.id, n + 1]));
    const whole = inSection(world, 'II');
    await world.say(lan, '/muc');
    await world.press(lan, 'II ');
    const shown = await world.say(lan, figures(whole));
    expect(said(shown)).toMatch(/Đọc được \d+\/15 dòng/);
  });

  it('rows of the table are a paste where words are asked for too, and a single row never is the answer', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    const text = inSection(world, 'I').find(({ type }) => type === 'text');
    const [one, two] = counts(inSection(world, 'II'));
    const row = (label = '', n = 0): string => `1\t${label}\tVăn bản\t${n}\t`;
    await world.say(lan, row(one?.label, 7));
    expect([...(await answers(world))]).toEqual([]);
    await world.press(lan, 'Bỏ, không ghi');
    await world.say(lan, `/sua ${text?.label}`);
    await world.say(lan, [row(one?.label, 7), row(two?.label, 8)].join('\n'));
    expect([...(await answers(world))]).toEqual([]);
    await world.press(lan, 'Ghi 2');
    expect([...(await answers(world))]).toEqual([
      [one?.id, 7],
      [two?.id, 8],
    ]);
  });

  it('lines of another section are offered there and never land here', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    const [here, there] = [
      counts(inSection(world, 'I')).slice(0, 3),
      counts(inSection(world, 'III')).slice(0, 2),
    ];
    const shown = await world.say(lan, `${named(here)}\n${named(there)}`);
    expect(said(shown)).toContain('Thuộc mục khác (2)');
    expect(labels(shown).some((label) => label.startsWith('Đưa vào mục III'))).toBe(true);
    const rest = await world.press(lan, 'Ghi 3');
    expect([...(await answers(world)).keys()]).toEqual(here.map(({ id }) => id));
    expect(said(rest)).toContain('Đọc được 2/2 dòng* cho mục III');
    await world.press(lan, 'Ghi 2');
    expect([...(await answers(world)).keys()]).toEqual([...here, ...there].map(({ id }) => id));
  });

  it('asks about the doubtful lines one after the other, with their readings, once the rest is stored', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    const [a, b, c, d] = counts(inSection(world, 'I'));
    const shown = await world.say(
      lan,
      [`${a?.label}: 4`, `${b?.label}: khoảng 21`, `${c?.label}: 6`, `${d?.label}: 1/2`].join('\n'),
    );
    expect(said(shown)).toContain('Cần hỏi lại (2)');
    const first = await world.press(lan, 'Ghi 2');
    expect(said(first)).toContain(`“${b?.label}: khoảng 21”`);
    const second = await world.say(lan, '21');
    expect(said(second)).toContain('1/2”');
    await world.say(lan, '9');
    expect((await answers(world)).get(b?.id ?? '')).toBe(21);
    expect((await answers(world)).get(d?.id ?? '')).toBe(9);
  });

  it('keeps nothing that must not be kept, and says which line it left out', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    const [a, b, c] = counts(inSection(world, 'I'));
    const shown = await world.say(lan, `${a?.label}: 4\n${b?.label}: 5; gọi 0912345678\n${c?.label}: 6`);
    expect(said(shown)).toContain('Dòng 2 có nội dung giống số giấy tờ cá nhân');
    expect(said(shown)).not.toContain('0912345678');
    expect(JSON.stringify(await world.storage.session(lan))).not.toContain('0912345678');
    await world.press(lan, 'Ghi 2');
    expect((await answers(world)).size).toBe(2);
  });

  it('what must not be kept is found across the lines of one cell as well, and then nothing is kept', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    const [a, b, c] = counts(inSection(world, 'I'));
    const cells = (row: Indicator | undefined, rest: string) => `${row?.label}\t${row?.unit}\t${rest}`;
    const secret = cells(b, '5\t"văn bản mật\nsố 12/BC-UBND"');
    await world.say(lan, [cells(a, '4\t'), secret, cells(c, '6\t')].join('\n'));
    expect(JSON.stringify(await world.storage.session(lan))).not.toContain('12/BC-UBND');
    expect((await answers(world)).size).toBe(0);
  });

  it('one line typed while a paste waits is neither stored nor does it lose the paste', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    const rows = counts(inSection(world, 'I')).slice(0, 3);
    await world.say(lan, named(rows));
    const told = await world.say(lan, '77');
    expect(said(told)).toContain('“77” chưa được ghi');
    expect(labels(told)).toEqual(['Ghi 3 số liệu', 'Bỏ, không ghi']);
    await world.press(lan, 'Ghi 3');
    expect([...(await answers(world)).values()]).toEqual([40, 41, 42]);
  });

  it('a value with its note on a second line, and words of several lines for a cell of words, stay answers', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    await world.say(lan, '61; lũy kế\nđến 14/9');
    expect((await world.report()).answers[inSection(world, 'I')[0]?.id ?? '']?.value).toMatchObject({
      number: 61,
    });
    const text = inSection(world, 'I').find(({ type }) => type === 'text');
    await world.say(lan, `/sua ${text?.label}`);
    await world.say(lan, 'Tổ chức hội nghị\nMở lớp tập huấn\nPhát động thi đua');
    expect((await world.report()).answers[text?.id ?? '']?.value).toMatchObject({ is: 'text' });
  });

  it('a paste that is too long is refused, and nothing lands in a report that was sent', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    const rows = counts(inSection(world, 'I')).slice(0, 3);
    expect(said(await world.say(lan, `${named(rows)}\n`.repeat(200)))).toContain('12.000 ký tự');
    const shown = await world.say(lan, named(rows));
    const button = shown.flatMap(({ message }) => buttonsOf(message))[0]?.action ?? '';
    const report = `${world.campaign.id}/${world.unit.id}`;
    await world.press(lan, button);
    const stamp = { by: 'test', at: '2022-09-14T01:00:00Z', event: 's' };
    await world.say(lan, rows.map(({ label }, n) => `${label}: ${n + 70}`).join('\n'));
    const rev = (await world.storage.report(report))?.rev ?? 0;
    await world.storage.commit({
      ...{ event: 's', at: stamp.at, by: 'test', conversation: 'operator:test', outgoing: [] },
      changes: [
        { type: 'submitted', report, submission: { ...stamp, version: 1, values: 3, checkCode: 'ABCD' } },
      ],
      expects: { reports: { [report]: rev } },
    });
    await world.press(lan, 'Ghi 3');
    expect([...(await answers(world)).values()]).toEqual([40, 41, 42]);
  });

  it('parts that are too long together are refused as well, and what waited before still waits', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    const rows = counts(inSection(world, 'I')).slice(0, 3);
    // Cut by the platform, each part alone is short enough.
    const whole = `${named(rows)}\n`.repeat(200);
    const part = (n: number): string => whole.slice(n * 4_096, (n + 1) * 4_096);
    expect(said(await world.say(lan, part(0)))).toContain('cho mục I');
    expect(said(await world.say(lan, part(1)))).toContain('Nối 2 tin liền nhau');
    expect(said(await world.say(lan, part(2)))).toContain('dài quá 12.000 ký tự nên chưa đọc');
    expect((await answers(world)).size).toBe(0);
    expect((await world.storage.session(lan))?.waiting).toMatchObject({ flow: 'paste', more: [part(1)] });
  });

  it('in a report returned point by point it answers the points, also with the same figure, and goes on to the next of them', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    const rows = counts(inSection(world, 'I')).slice(0, 4);
    await world.say(lan, named(rows));
    await world.press(lan, 'Ghi 4');
    const report = `${world.campaign.id}/${world.unit.id}`;
    const stamp = { by: 'test', at: '2022-09-14T02:00:00Z', event: 's' };
    const points = [rows[0], rows[2], rows[3]].map((row) => ({ indicator: row?.id ?? '', text: 'xem lại' }));
    await world.storage.commit({
      ...{ event: 's', at: stamp.at, by: 'test', conversation: 'operator:test', outgoing: [] },
      changes: [
        { type: 'submitted', report, submission: { ...stamp, version: 1, values: 4, checkCode: 'ABCD' } },
        { type: 'returned', report, explanation: { ...stamp, text: '' }, points },
      ],
      expects: { reports: { [report]: (await world.report()).rev } },
    });
    world.setNow('2022-09-14T03:00:00Z');
    await world.say(lan, '/start');
    // The second is no point and stands there already; the first is a point with the figure that was sent.
    await world.say(lan, `${named(rows.slice(0, 2))}\n${rows[2]?.label}: 77`);
    const next = await world.press(lan, 'Ghi 2');
    expect(said(next)).toContain(rows[3]?.label);
    expect(openPoints(await world.report()).map(({ indicator }) => indicator)).toEqual([rows[3]?.id]);
  });

  it('in the review a paste goes to the section its lines name; figures without names are asked for their section', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    await world.say(lan, '/xemlai');
    const rows = counts(inSection(world, 'III')).slice(0, 3);
    expect(said(await world.say(lan, '1\n2\n3\n4'))).toContain('chưa rõ thuộc mục nào');
    await world.say(lan, '/xemlai');
    expect(said(await world.say(lan, named(rows)))).toContain('Đọc được 3/3 dòng* cho mục III');
    expect(said(await world.press(lan, 'Bỏ'))).toContain('*Xem lại*');
    expect((await world.storage.report(`${world.campaign.id}/${world.unit.id}`))?.answers ?? {}).toEqual({});
  });

  it('without buttons the tap is a code of its own, and a bare figure is no choice', async () => {
    const world = await open();
    const lan = await world.join('Lan', 'officer', undefined, 'bare');
    const rows = counts(inSection(world, 'I')).slice(0, 3);
    await world.say(lan, named(rows));
    await world.say(lan, '1');
    expect((await answers(world)).size).toBe(0);
    await world.say(lan, 'Ghi 3 số liệu');
    expect((await answers(world)).size).toBe(3);
  });

  it('whatever is pasted, the message fits a phone', async () => {
    const world = await open();
    const lan = await world.join('Lan');
    const shown = [
      await world.say(lan, named(inSection(world, 'VII'))),
      await world.say(
        lan,
        inSection(world, 'VII')
          .map(({ label }) => `${label}: khoảng 5`)
          .join('\n'),
      ),
      await world.say(lan, Array.from({ length: 300 }, (_, n) => `Dòng lạ số ${n} dài: ${n}`).join('\n')),
    ].flat();
    expect(Math.max(...shown.map(({ message }) => plain(message).length))).toBeLessThanOrEqual(3500);
    expect(said(shown)).toMatch(/… và \d+ dòng nữa như vậy/);
  });
});
