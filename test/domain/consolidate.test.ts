// What all units together have: only what was sent counts, nothing blank is a 0, and what may not be added is not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consolidate, type Entry, type Total } from '../../src/domain/consolidate.ts';
import { countedTwice, otherForms } from '../../src/domain/consolidate-remarks.ts';
import { percentOf, sumOf } from '../../src/domain/exact.ts';
import type { Template } from '../../src/domain/template.ts';
import { code, figure, formOf, row, sent, unsent } from './consolidation.ts';

const YES_NO = 'Có = 1; Không = 0';
const counts = formOf([[row('a', 'count'), row('b', 'count'), row('d', 'decimal')]]);

const totalOf = (template: Template, entries: readonly Entry[], id: string): Total | undefined =>
  consolidate(template, entries).rows.get(id)?.total;
const tallyOf = (template: Template, entries: readonly Entry[], id: string) =>
  consolidate(template, entries).rows.get(id)?.tally;

describe('what counts', () => {
  it('are the reports that stand as sent or accepted, and no draft, however full', () => {
    const entries = [
      sent('1', { a: figure(3) }),
      sent('2', { a: figure(4) }, { status: 'submitted' }),
      sent('3', { a: figure(100) }, { status: 'returned' }),
      sent('4', { a: figure(200) }, { status: 'inProgress' }),
      unsent('5', 'inProgress', { a: figure(400) }),
      unsent('6', 'awaiting', { a: figure(800) }),
      unsent('7', 'notStarted'),
    ];
    expect(totalOf(counts, entries, 'a')).toEqual({ how: 'sum', number: 7, decimals: 0 });
    expect(consolidate(counts, entries).sent.map(({ unit }) => unit.id)).toEqual(['1', '2']);
  });

  it('is the newest version that was sent, not what has been written since', () => {
    const entries = [sent('1', { a: figure(5) }, { earlier: { a: figure(9) }, draft: { a: figure(70) } })];
    expect(totalOf(counts, entries, 'a')).toMatchObject({ number: 5 });
  });

  it('is provisional until every report is accepted', () => {
    const accepted = [sent('1', {}), sent('2', {})];
    expect(consolidate(counts, accepted).provisional).toBe(false);
    expect(consolidate(counts, [...accepted, sent('3', {}, { status: 'submitted' })]).provisional).toBe(true);
    expect(consolidate(counts, []).provisional).toBe(true);
  });
});

describe('a sum', () => {
  it('tells a 0 from the four kinds of nothing', () => {
    const entries = [
      sent('1', { a: figure(0) }),
      sent('2', { a: figure(12) }),
      sent('3', { a: { is: 'blank' } }),
      sent('4', { a: { is: 'notApplicable' } }),
      sent('5', { a: { is: 'pending' } }),
      sent('6', { a: { is: 'verbatim', text: '08/21' } }),
      sent('7', { b: figure(1) }),
    ];
    expect(totalOf(counts, entries, 'a')).toEqual({ how: 'sum', number: 12, decimals: 0 });
    expect(tallyOf(counts, entries, 'a')).toEqual({
      ...{ given: 2, blank: 1, notApplicable: 1, pending: 1, other: 1, missing: 1 },
    });
  });

  it('is no 0 where nobody gave a figure, but is one where somebody gave 0', () => {
    expect(totalOf(counts, [sent('1', { a: { is: 'blank' } })], 'a')).toEqual({ how: 'sum', decimals: 0 });
    expect(totalOf(counts, [sent('1', { a: figure(0) })], 'a')).toMatchObject({ number: 0 });
  });

  it('has the most decimals that were given and no binary tail', () => {
    const entries = [
      sent('1', { d: figure(0.1, 1) }),
      sent('2', { d: figure(0.2, 1) }),
      sent('3', { d: figure(1.25, 2) }),
    ];
    expect(totalOf(counts, entries.slice(0, 2), 'd')).toEqual({ how: 'sum', number: 0.3, decimals: 1 });
    expect(totalOf(counts, entries, 'd')).toEqual({ how: 'sum', number: 1.55, decimals: 2 });
  });

  it('is exact for any decimals, in any order', () => {
    const decimal = fc
      .tuple(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 3 }))
      .map(([units, decimals]) => ({ units, decimals, number: Number(`${units}e-${decimals}`) }));
    fc.assert(
      fc.property(fc.array(decimal, { maxLength: 200 }), (figures) => {
        const thousandths = figures.reduce(
          (sum, { units, decimals }) => sum + units * 10 ** (3 - decimals),
          0,
        );
        expect(sumOf(figures).number).toBe(thousandths / 1000);
        expect(sumOf([...figures].reverse())).toEqual(sumOf(figures));
      }),
    );
  });

  it('leaves out what may not be added, with the reason that the form gives', () => {
    const form = formOf([
      [row('a', 'count', { notAdded: 'Chung một danh mục TTHC.' }), row('n', 'text'), row('t', 'date')],
    ]);
    const entries = [
      sent('1', { a: figure(5), n: { is: 'text', text: 'x' }, t: { is: 'date', date: '2026-09-01' } }),
    ];
    const leftOut = (id: string) => totalOf(form, entries, id);
    expect(leftOut('a')).toEqual({
      ...{ how: 'leftOut', leftOut: { why: 'notAdded', reason: 'Chung một danh mục TTHC.' } },
    });
    expect(leftOut('n')).toEqual({ how: 'leftOut', leftOut: { why: 'text' } });
    expect(leftOut('t')).toEqual({ how: 'leftOut', leftOut: { why: 'date' } });
    expect(tallyOf(form, entries, 'a')).toMatchObject({ given: 1 });
  });
});

describe('a ratio', () => {
  const rows = [
    ...['p', 'p2', 'w'].map((id) => row(id, 'count')),
    row('r', 'percent', { unit: '%' }),
    row('x', 'decimal', { unit: '%' }),
  ];
  const ratio = (more: object = {}) => ({
    ...{
      id: 'ty-le',
      severity: 'hard' as const,
      ratio: { value: 'r', part: ['p', 'p2'], whole: 'w', ...more },
    },
  });

  it('is computed from its parts and never added, over the units that have all of them', () => {
    const form = formOf([rows], [ratio()]);
    const unit = (id: string, p: number, p2: number, w: number) =>
      sent(id, { p: figure(p), p2: figure(p2), w: figure(w), r: figure(99, 0) });
    const half = sent('4', { p: figure(900), w: figure(1), r: figure(50) });
    const entries = [unit('1', 1, 0, 3), unit('2', 10, 5, 40), half];
    const total = totalOf(form, entries, 'r');
    // 16 of 43; the unit without one of the parts would have made it 916 of 44.
    expect(total).toMatchObject({ how: 'ratio', number: 37.21, units: 2, rule: { id: 'ty-le' } });
  });

  it('is nothing where the whole is 0', () => {
    const form = formOf([rows], [ratio()]);
    const total = totalOf(
      form,
      [sent('1', { p: figure(0), p2: figure(0), w: figure(0), r: figure(0) })],
      'r',
    );
    expect(total).toMatchObject({ how: 'ratio', units: 1 });
    expect(total).not.toHaveProperty('number');
  });

  it('is left out without its parts, with parts in notes, and with parts that may not be added', () => {
    const entries = [sent('1', { r: figure(50), x: figure(1.5, 1) })];
    const why = (form: Template, id = 'r') => {
      const total = totalOf(form, entries, id);
      return total?.how === 'leftOut' ? total.leftOut : total;
    };
    expect(why(formOf([rows]))).toEqual({ why: 'percent' });
    expect(why(formOf([rows]), 'x')).toEqual({ why: 'percent' });
    expect(why(formOf([rows], [ratio({ lessNote: 'w' })]))).toEqual({ why: 'lessNote' });
    const shared = rows.map((each) => (each.id === 'w' ? { ...each, notAdded: 'Chung.' } : each));
    expect(why(formOf([shared], [ratio()]))).toEqual({ why: 'partNotAdded', part: 'w' });
    expect(why(formOf([rows], [ratio({ part: 'x' })]))).toEqual({ why: 'partNotAdded', part: 'x' });
  });

  it('is added as a count where the form prints "%" beside one by mistake', () => {
    const form = formOf([[row('a', 'count', { unit: '%' })]]);
    expect(totalOf(form, [sent('1', { a: figure(8) }), sent('2', { a: figure(9) })], 'a')).toMatchObject({
      ...{ how: 'sum', number: 17 },
    });
  });

  it('is rounded as one does by hand', () => {
    const whole = (number: number) => ({ number, decimals: 0 });
    expect(percentOf(whole(1), whole(8), 0)).toBe(13);
    expect(percentOf(whole(1), whole(3), 2)).toBe(33.33);
    expect(percentOf(whole(2), whole(3), 2)).toBe(66.67);
    expect(percentOf({ number: 0.3, decimals: 1 }, { number: 1.2, decimals: 1 }, 2)).toBe(25);
    // In binary this is 100,4999… and would be rounded down.
    expect(percentOf({ number: 1.005, decimals: 3 }, whole(1), 0)).toBe(101);
  });
});

describe('a choice', () => {
  const form = formOf([[row('c', 'choice', { unit: YES_NO })]]);

  it('is counted by code; a code that the form does not have is told apart', () => {
    const chosen = [1, 1, 0, 1, 7].map((each, n) => sent(String(n), { c: code(each) }));
    const total = totalOf(form, [...chosen, sent('9', { c: { is: 'blank' } })], 'c');
    expect(total?.how === 'choice' && total.counts.map(({ choice, units }) => [choice.label, units])).toEqual(
      [
        ['Có', 3],
        ['Không', 1],
      ],
    );
    expect(total).toMatchObject({ others: 1 });
    expect(tallyOf(form, [...chosen, sent('9', { c: { is: 'blank' } })], 'c')).toMatchObject({
      given: 5,
      blank: 1,
    });
  });
});

describe('what is said beside the totals', () => {
  it('names a unit above others that take part, also through one that does not', () => {
    const top = sent('tinh', {});
    const entries = [
      top,
      sent('xa-1', {}, { parent: 'huyen' }),
      sent('xa-2', {}, { parent: 'tinh' }),
      sent('so', {}),
    ];
    const district = { id: 'huyen', name: 'Huyện', kind: 'huyện', parent: 'tinh' };
    const below = (known?: readonly [typeof district]) =>
      countedTwice(entries, known).map(({ superior, below: units }) => [
        superior.id,
        units.map(({ id }) => id),
      ]);
    expect(below([district])).toEqual([['tinh', ['xa-1', 'xa-2']]]);
    expect(below()).toEqual([['tinh', ['xa-2']]]);
    expect(countedTwice([sent('a', {}), sent('b', {})])).toEqual([]);
  });

  it('names what an older version of the form asked and this one does not, and adds the rest by id', () => {
    const old = sent('1', { a: figure(2), cu: figure(5), 'muc-1': figure(1) }, { version: 1 });
    const entries = [old, sent('2', { a: figure(3) }), unsent('3', 'inProgress', { cu: figure(1) })];
    expect(otherForms(counts, entries)).toEqual([{ unit: old.unit, version: 1, leftOut: ['cu', 'muc-1'] }]);
    expect(totalOf(counts, entries, 'a')).toMatchObject({ number: 5 });
  });

  it('does not add a value of another kind, as an older version may have asked for', () => {
    const entries = [sent('1', { a: code(1) }, { version: 1 }), sent('2', { a: figure(3) })];
    expect(totalOf(counts, entries, 'a')).toMatchObject({ number: 3 });
    expect(tallyOf(counts, entries, 'a')).toMatchObject({ given: 1, other: 1 });
  });
});
