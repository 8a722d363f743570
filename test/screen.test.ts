// Several values typed at once for the rows of a screen: what is read as which row's value, and what is asked instead.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readList, withScreen } from '../flows/screen.ts';
import type { Value } from '../src/domain/report.ts';
import type { Indicator } from '../src/domain/template.ts';
import { readAnswer } from '../src/indicators/index.ts';
import type { Context } from '../src/indicators/reading.ts';
import { allTemplates, createWorld } from './support/world.ts';

const templates = await allTemplates();
const [form] = templates.filter(({ id }) => id === 'so-cong-thuong-soc-trang');
const row = (id: string): Indicator => {
  const found = form?.byId.get(id);
  if (found?.row !== 'indicator') throw new Error(`no indicator ${id}`);
  return found;
};
const COUNTS = ['nhiem-vu-de-ra', 'nhiem-vu-hoan-thanh', 'van-ban-chi-dao'].map(row);
const CODES = ['iso-cong-bo', 'iso-danh-gia', 'iso-xem-xet', 'iso-truc-thuoc-cong-bo'].map(row);
const context = (): Context => ({ period: { kind: 'year', year: 2022 }, peers: [] });
const read = (typed: string, rows: readonly Indicator[]) => readList(typed, rows, context);
const figures = (...all: readonly number[]): Value[] =>
  all.map((number) => ({ is: 'number', number, decimals: 0 }));

describe('Values typed at once', () => {
  it('are one for each row, parted by spaces, tabs, line ends or a comma and a space', () => {
    for (const typed of ['1 2 0', '1, 2, 0', '1\t2\t0', ' 1  2\n0 '])
      expect(read(typed, COUNTS), typed).toEqual({ is: 'plain', values: figures(1, 2, 0) });
  });

  it('are no list where something else parts them, or where there is one', () => {
    for (const typed of ['1;2;0', '1; 2; 0', '1,2,0', '120', '', '1 2 0; ghi chú'])
      expect(read(typed, COUNTS), typed).toBeUndefined();
  });

  it('are asked about where all of them may be one figure, or two of them', () => {
    const two = COUNTS.slice(0, 2);
    const one = { value: figures(1200)[0] };
    expect(read('1 200', two)).toEqual({ is: 'meant', values: figures(1, 200), one });
    expect(read('12 345 678', COUNTS)).toMatchObject({ is: 'meant', one: { value: { number: 12345678 } } });
    expect(read('5971 1 200', COUNTS)).toEqual({ is: 'meant', values: figures(5971, 1, 200) });
    expect(read('1, 200', two)).toMatchObject({ is: 'meant', values: figures(1, 200) });
    expect(read('0 200', two)).toEqual({ is: 'plain', values: figures(0, 200) });
  });

  it('stay one answer where the words of speech or the unit make them one', () => {
    const two = COUNTS.slice(0, 2);
    for (const typed of ['2 triệu', 'hai mươi', '5 %', '12 nhiệm vụ', '1 200'])
      expect(['plain', 'unsure', 'miscounted'], typed).not.toContain(read(typed, two)?.is);
    expect(read('1 200', COUNTS)).toBeUndefined();
  });

  it('are counted where they are not as many as the rows', () => {
    expect(read('1 2', COUNTS)).toEqual({ is: 'miscounted', count: 2 });
    expect(read('1 0 1 1 0', CODES)).toEqual({ is: 'miscounted', count: 5 });
  });

  it('are not stored where one of them is no plain value', () => {
    expect(read('12 5% 3', COUNTS)).toMatchObject({ is: 'unsure', tokens: ['12', '5%', '3'] });
    expect(read('12 1,5 3', COUNTS)?.is).toBe('unsure');
    expect(read('12 - 3', COUNTS)?.is).toBe('unsure');
    expect(read('1 0 2 1', CODES)?.is).toBe('unsure');
  });

  it('may be codes or names, and short words are asked about', () => {
    expect(read('1 0 có không', CODES)).toMatchObject({
      is: 'plain',
      values: [{ code: 1 }, { code: 0 }, { code: 1 }, { code: 0 }],
    });
    expect(read('c k c c', CODES)?.is).toBe('meant');
    expect(read('1 có', CODES.slice(0, 2))).toMatchObject({ is: 'meant', one: { value: { code: 1 } } });
  });

  it('are not read where they hold what must not be kept', () => {
    expect(read('0912 345 678', COUNTS)).toBeUndefined();
  });
});

const TOKENS = ['0', '1', '2', '12', '007', '120', '200', '1000', '5.971', 'có', 'không', 'c', 'k', 'x', '-'];
const MORE = ['5%', '1,5', 'hai', 'mươi', 'triệu', 'chưa', '1tr2', '?', '–', '½', 'ok'];

describe('A screen', () => {
  it('holds eight rows, also of a group that has more', async () => {
    const world = await createWorld({
      ...{ template: 'so-ngoai-vu', unit: 'Sở Ngoại vụ', period: '2022-Q3', now: '2022-09-14T01:00:00.000Z' },
    });
    const facts = await world.facts(await world.join('Lan'));
    const [like] = world.template.indicators.filter(({ type }) => type === 'count');
    if (!like) throw new Error('no count');
    const indicators = Array.from({ length: 10 }, (_, n) => ({ ...like, id: `row-${n}` }));
    const byId = new Map(indicators.map((each) => [each.id, each]));
    const long = { ...facts, template: () => ({ ...world.template, indicators, rows: indicators, byId }) };
    const at = (indicator: string) => withScreen({ flow: 'fill', report: 'k1/u1', indicator }, long);
    const ids = (from: number, to: number) => indicators.slice(from, to).map(({ id }) => id);
    expect(at('row-0')).toMatchObject({ screen: ids(0, 8) });
    expect(at('row-1')).toMatchObject({ screen: ids(1, 9) });
    expect(at('row-8')).toMatchObject({ screen: ids(8, 10) });
    expect(at('row-9')).not.toHaveProperty('screen');
  });
});

describe('No value stands in another row than its own', () => {
  it('however the list is read', () => {
    const token = fc.oneof(fc.constantFrom(...TOKENS, ...MORE), fc.nat(99_999).map(String));
    const rows = fc.constantFrom(COUNTS, COUNTS.slice(0, 2), CODES, CODES.slice(1, 3));
    fc.assert(
      fc.property(rows, fc.array(token, { maxLength: 6 }), (shown, tokens) => {
        const found = read(tokens.join(' '), shown);
        if (found?.is !== 'plain' && found?.is !== 'meant') return;
        expect(found.values).toHaveLength(shown.length);
        for (const [n, each] of shown.entries()) {
          const alone = readAnswer(tokens[n] ?? '', each, context());
          expect('value' in alone ? alone.value : undefined).toEqual(found.values[n]);
          if (found.is === 'plain') expect(alone.is).toBe('accept');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('when it is stored: each row holds its own figure, or the first holds what all of them mean, or nothing is stored', async () => {
    const world = await createWorld({
      ...{ template: 'so-cong-thuong-soc-trang', unit: 'Sở Công Thương', period: '2022-Q3' },
      now: '2022-09-14T01:00:00.000Z',
    });
    const lan = await world.join('Lan');
    await world.say(lan, '/boqua');
    const lists = fc.sample(fc.array(fc.constantFrom(...TOKENS, ...MORE), { minLength: 2, maxLength: 4 }), {
      seed: 7,
      numRuns: 120,
    });
    let whole = 0;
    for (const tokens of lists) {
      await world.say(lan, tokens.join(' '));
      const answers = (await world.storage.report('k1/u1'))?.answers ?? {};
      const stored = COUNTS.flatMap(({ id }, n) => (answers[id]?.value ? [n] : []));
      if (stored.length > 1) {
        whole += 1;
        expect(tokens, tokens.join(' ')).toHaveLength(3);
        for (const [n, { id }] of COUNTS.entries())
          expect(answers[id]?.value).toEqual(
            read(tokens.join(' '), COUNTS)?.is === 'plain' ? readAlone(tokens[n], n) : '',
          );
      }
      expect(stored.length === 1 ? stored : [0]).toEqual([0]);
      if (stored.length > 0) await world.say(lan, '/hoantac');
      await world.say(lan, '/muc');
      await world.press(lan, 'I ');
    }
    expect(whole).toBeGreaterThan(1);
  });
});

const readAlone = (token: string | undefined, n: number): Value | undefined => {
  const one = COUNTS[n];
  const alone = one && readAnswer(token ?? '', one, context());
  return alone && 'value' in alone ? alone.value : undefined;
};
