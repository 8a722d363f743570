// Checks that need no rule: what one answer, or its change since the last period, gives away.
import { describe, expect, it } from 'vitest';
import type { Answer, Value } from '../../src/domain/report.ts';
import { checkRows } from '../../src/domain/row-checks.ts';
import type { Indicator, IndicatorType, Rule, Template } from '../../src/domain/template.ts';

const stamp = { by: 'lan', at: '2022-09-16T01:00:00Z', event: 'e1' };
const answer = (value: Value | undefined, note?: string): Answer => ({
  ...stamp,
  ...(value ? { value } : {}),
  ...(note ? { note } : {}),
});
const figure = (number: number): Answer => answer({ is: 'number', number, decimals: 0 });

function indicator(id: string, type: IndicatorType, more: Partial<Indicator> = {}): Indicator {
  const printed = { stt: '', label: id, unit: '', printedNote: '', level: 1, section: 's', table: 't' };
  return { row: 'indicator', id, ...printed, type, choices: [], mayExceed100: false, hint: '', ...more };
}

const change: Rule = { kind: 'change', value: 'limited', times: 10, id: 'r', severity: 'soft', why: '' };
const indicators = [
  indicator('count', 'count'),
  indicator('percent', 'percent'),
  indicator('plan', 'percent', { mayExceed100: true }),
  indicator('choice', 'choice'),
  indicator('text', 'text'),
  indicator('hinted', 'count', { printedNote: '(nếu có)' }),
  indicator('limited', 'count'),
];
const template: Template = {
  id: 't',
  version: 1,
  name: 't',
  periodWording: {},
  tables: [],
  rows: indicators,
  indicators,
  sections: [],
  byId: new Map(indicators.map((row) => [row.id, row])),
  rules: [change],
  rulesOf: new Map([['limited', [change]]]),
};

const found = (answers: Record<string, Answer>, previous?: Record<string, Answer>): string[] =>
  checkRows(template, answers, previous ? { previous } : {}).map(({ id, severity }) => `${id} ${severity}`);

describe('a single answer', () => {
  it('is questioned when a note stands in place of the figure', () => {
    expect(found({ count: answer({ is: 'blank' }, 'Chưa thực hiện') })).toEqual([
      'noteInsteadOfValue:count soft',
    ]);
    expect(found({ choice: answer({ is: 'blank' }, 'Đã đăng 3 tin') })).toEqual([
      'noteInsteadOfValue:choice soft',
    ]);
    expect(found({ count: answer({ is: 'blank' }), hinted: answer({ is: 'blank' }, '(nếu có)') })).toEqual(
      [],
    );
    expect(found({ count: answer({ is: 'notApplicable' }, 'Không có xã') })).toEqual([]);
  });

  it('is questioned when a choice stays blank', () => {
    expect(found({ choice: answer({ is: 'blank' }) })).toEqual(['choiceBlank:choice soft']);
    expect(found({ choice: answer({ is: 'choice', code: 0 }) })).toEqual([]);
  });

  it('is questioned when words stand in a figure cell', () => {
    const words = answer({ is: 'verbatim', text: 'Chưa phát sinh hồ sơ' });
    expect(found({ percent: words, text: words })).toEqual(['verbatimInFigure:percent soft']);
  });

  it('is questioned when a percentage lies between 0 and 1', () => {
    expect(found({ percent: figure(0.9998) })).toEqual(['tinyPercent:percent soft']);
    expect(found({ percent: figure(0) })).toEqual([]);
    expect(found({ percent: figure(1) })).toEqual([]);
    expect(found({ count: figure(0.5) })).toEqual([]);
  });

  it('blocks when a percentage is impossible, unless the form allows more than 100', () => {
    expect(found({ percent: figure(101), plan: figure(143) })).toEqual(['outOfRange:percent hard']);
    expect(found({ plan: figure(-1) })).toEqual(['outOfRange:plan hard']);
    expect(found({ percent: figure(100) })).toEqual([]);
  });

  it('blocks while the figure is still to come', () => {
    expect(checkRows(template, { count: answer({ is: 'pending' }) })).toEqual([
      { id: 'pending:count', kind: 'pending', severity: 'hard', rows: ['count'] },
    ]);
  });

  it('says nothing about rows that were not answered, or were not asked for', () => {
    expect(found({ count: answer(undefined, 'một ghi chú') })).toEqual([]);
    expect(checkRows(template, { choice: answer({ is: 'blank' }) }, { only: ['count'] })).toEqual([]);
  });
});

describe('a count against the last period of the same kind', () => {
  it.each([
    [300, 100, false],
    [301, 100, true],
    [34, 100, false],
    [33, 100, true],
    [0, 9, false],
    [0, 10, true],
    [10, 0, true],
    [9, 0, false],
    [0, 0, false],
  ])('%d after %d: a jump is %s', (now, before, jumps) => {
    expect(found({ count: figure(now) }, { count: figure(before) })).toEqual(
      jumps ? ['jump:count soft'] : [],
    );
  });

  it('is only a matter of counts, and of rows without a limit of their own', () => {
    expect(
      found({ percent: figure(90), limited: figure(90) }, { percent: figure(2), limited: figure(2) }),
    ).toEqual([]);
  });
});
