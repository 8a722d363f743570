// What follows from other figures: percentages and totals as the form's rules say, and when nothing follows.
import { describe, expect, it } from 'vitest';
import { computedFor } from '../../src/domain/computed.ts';
import type { Answer, Value } from '../../src/domain/report.ts';
import type { Indicator, Template } from '../../src/domain/template.ts';
import { allTemplates } from '../support/world.ts';

const templates = await allTemplates();
const form = (id: string): Template => {
  const found = templates.find((each) => each.id === id);
  if (!found) throw new Error(`no form ${id}`);
  return found;
};
const row = (template: Template, id: string): Indicator => {
  const found = template.byId.get(id);
  if (found?.row !== 'indicator') throw new Error(`no indicator ${id}`);
  return found;
};
const answer = (value: Value, note?: string): Answer => ({
  ...{ by: 'lan', at: '2022-09-14T01:00:00Z', event: 'e', value },
  ...(note ? { note } : {}),
});
const figure = (number: number, decimals = 0): Answer => answer({ is: 'number', number, decimals });
const ngaNam = form('ubnd-thi-xa-nga-nam');
const ngoaiVu = form('so-ngoai-vu');

describe('A share', () => {
  const share = (part: Answer | undefined, whole: Answer | undefined) =>
    computedFor(
      ngaNam,
      {
        ...(part ? { 'nhiem-vu-hoan-thanh': part } : {}),
        ...(whole ? { 'nhiem-vu-de-ra': whole } : {}),
      },
      row(ngaNam, 'ke-hoach-ty-le'),
    );

  it.each([
    [4, 23, 17.39, 2],
    [12, 19, 63.16, 2],
    [1, 8, 12.5, 1],
    [23, 23, 100, 0],
    [0, 23, 0, 0],
    [1, 100_000, 0, 0],
  ])('of %d in %d is %d', (part, whole, number, decimals) => {
    expect(share(figure(part), figure(whole))).toMatchObject({ is: 'ratio', number, decimals });
  });

  it('of nothing does not apply, whatever the part is', () => {
    expect(share(undefined, figure(0))).toMatchObject({ is: 'notApplicable' });
    expect(share(figure(3), figure(0))).toMatchObject({ is: 'notApplicable' });
  });

  it('follows from nothing while a figure is missing, waited for, left blank, or the part is more than the whole', () => {
    expect(share(undefined, figure(23))).toBeUndefined();
    expect(share(figure(4), undefined)).toBeUndefined();
    expect(share(figure(4), answer({ is: 'pending' }))).toBeUndefined();
    expect(share(answer({ is: 'blank' }), figure(23))).toBeUndefined();
    expect(share(figure(24), figure(23))).toBeUndefined();
  });

  it('leaves out what the note takes from the part', () => {
    const written = { ...figure(5949), note: 'trong đó 120 văn bản mật' };
    const computed = computedFor(ngoaiVu, { 'van-ban-di': written }, row(ngoaiVu, 'van-ban-di-dien-tu'));
    expect(computed).toMatchObject({ number: 97.98, decimals: 2, less: 120 });
  });
});

describe('A total', () => {
  const parts = (...numbers: (Answer | undefined)[]) =>
    Object.fromEntries(
      ['tthc-cap-tinh', 'tthc-cap-huyen', 'tthc-cap-xa'].flatMap((id, n) => {
        const given = numbers[n];
        return given ? [[id, given]] : [];
      }),
    );
  const total = (answers: Record<string, Answer>) =>
    computedFor(ngoaiVu, answers, row(ngoaiVu, 'tthc-hieu-luc'));

  it('is the sum of all its parts', () => {
    expect(total(parts(figure(274), figure(139), figure(0)))).toMatchObject({ is: 'sum', number: 413 });
  });

  it('follows from nothing while one part is not a figure', () => {
    expect(total(parts(figure(274), figure(139)))).toBeUndefined();
    expect(total(parts(figure(274), figure(139), answer({ is: 'notApplicable' })))).toBeUndefined();
  });

  it('is left to the officer where two breakdowns add up to different figures', () => {
    const ids = ngoaiVu.rules.flatMap((rule) =>
      rule.kind === 'sum' && rule.total === 'dvsn-tong' ? [rule.parts] : [],
    );
    expect(ids).toHaveLength(2);
    const all = (first: number, second: number) =>
      Object.fromEntries(
        ids.flatMap((term, n) =>
          term.map((id, at) => [id, figure(at === 0 ? (n === 0 ? first : second) : 0)]),
        ),
      );
    expect(computedFor(ngoaiVu, all(7, 7), row(ngoaiVu, 'dvsn-tong'))).toMatchObject({ number: 7 });
    expect(computedFor(ngoaiVu, all(7, 8), row(ngoaiVu, 'dvsn-tong'))).toBeUndefined();
  });
});

describe('An indicator about which no rule says what it follows from', () => {
  it('is left to the officer', () => {
    expect(
      computedFor(ngaNam, { 'nhiem-vu-de-ra': figure(23) }, row(ngaNam, 'van-ban-chi-dao')),
    ).toBeUndefined();
  });
});
