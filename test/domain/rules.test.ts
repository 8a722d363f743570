// Rules between indicators: when each kind holds, when it does not, and when nothing can be said yet.
import { describe, expect, it } from 'vitest';
import type { RuleOptions } from '../../src/domain/given.ts';
import { rowsRead } from '../../src/domain/relations.ts';
import type { Answer, Value } from '../../src/domain/report.ts';
import { checkRules } from '../../src/domain/rules.ts';
import type { Relation, Rule, Template } from '../../src/domain/template.ts';

const stamp = { by: 'lan', at: '2022-09-16T01:00:00Z', event: 'e1' };
const number = (value: number, decimals = 0): Value => ({ is: 'number', number: value, decimals });
const BLANK: Value = { is: 'blank' };

/** What an officer gave: a figure, a value of another kind, or a note beside it. undefined: not answered yet. */
type Given = number | Value | { value?: Value; note: string } | undefined;

function answersOf(given: Readonly<Record<string, Given>>): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([id, each]): [string, Answer][] => {
      if (each === undefined) return [];
      if (typeof each === 'number') return [[id, { ...stamp, value: number(each) }]];
      return [[id, 'is' in each ? { ...stamp, value: each } : { ...stamp, ...each }]];
    }),
  );
}

/** A template of rules alone. */
function templateOf(...rules: readonly Rule[]): Template {
  const rulesOf = new Map<string, Rule[]>();
  for (const rule of rules)
    for (const id of rowsRead(rule)) rulesOf.set(id, [...(rulesOf.get(id) ?? []), rule]);
  const empty = { tables: [], rows: [], indicators: [], sections: [], byId: new Map() };
  return { id: 't', version: 1, name: 't', periodWording: {}, ...empty, rules, rulesOf };
}

const ruleOf = (relation: Relation, severity: Rule['severity'] = 'hard', id = 'r'): Rule => ({
  ...relation,
  id,
  severity,
  why: '',
});

function check(relation: Relation, given: Readonly<Record<string, Given>>, options: RuleOptions = {}) {
  return checkRules(templateOf(ruleOf(relation)), answersOf(given), options);
}

/** 'holds', or what is said: "violated hard", "incomplete soft". */
function verdict(
  relation: Relation,
  given: Readonly<Record<string, Given>>,
  options: RuleOptions = {},
): string {
  const [finding] = check(relation, given, options);
  return finding ? `${finding.state} ${finding.severity}` : 'holds';
}

type Row = readonly [given: Readonly<Record<string, Given>>, expected: string];
const each = (relation: Relation, rows: readonly Row[]): void => {
  it.each(rows)(`${relation.kind}: %j → %s`, (given, expected) => {
    expect(verdict(relation, given)).toBe(expected);
  });
};

describe('atMost', () => {
  each({ kind: 'atMost', left: ['a'], right: ['b'] }, [
    [{ a: 15, b: 25 }, 'holds'],
    [{ a: 25, b: 25 }, 'holds'],
    [{ a: 26, b: 25 }, 'violated hard'],
    [{ a: 26 }, 'holds'],
    [{ a: 26, b: BLANK }, 'holds'],
    [{ a: BLANK, b: 25 }, 'holds'],
    [{ a: 26, b: { is: 'pending' } }, 'holds'],
    [{ a: 26, b: { is: 'verbatim', text: '25 cái' } }, 'holds'],
  ]);
  each({ kind: 'atMost', left: ['a', 'c'], right: ['b'] }, [
    [{ a: 2, c: 0, b: 2 }, 'holds'],
    [{ a: 2, c: BLANK, b: 1 }, 'violated hard'],
    [{ a: 2, c: BLANK, b: 3 }, 'holds'],
    [{ a: 2, c: 2, b: 3 }, 'violated hard'],
    [{ a: BLANK, c: BLANK, b: 3 }, 'holds'],
  ]);
  each({ kind: 'atMost', left: ['a'], right: ['b', 'c'] }, [
    [{ a: 3, b: 3, c: BLANK }, 'holds'],
    [{ a: 4, b: 3, c: BLANK }, 'holds'],
    [{ a: 4, b: 3, c: 0 }, 'violated hard'],
  ]);
  each({ kind: 'atMost', left: ['a', 'b'], right: 100 }, [
    [{ a: { is: 'number', number: 93.4, decimals: 1 }, b: 6.6 }, 'holds'],
    [{ a: 93.4, b: 7 }, 'violated hard'],
  ]);

  it('tells both figures and names the rows', () => {
    expect(check({ kind: 'atMost', left: ['a', 'c'], right: ['b'] }, { a: 16, c: BLANK, b: 4 })).toEqual([
      {
        kind: 'rule',
        id: 'r',
        severity: 'hard',
        state: 'violated',
        rule: ruleOf({ kind: 'atMost', left: ['a', 'c'], right: ['b'] }),
        rows: ['a', 'c', 'b'],
        figures: { a: 16, c: undefined, b: 4 },
        left: 16,
        right: 4,
        missing: [],
        offending: [],
      },
    ]);
  });
});

describe('equal', () => {
  each({ kind: 'equal', left: ['a', 'b'], right: ['c'] }, [
    [{ a: 9, b: 2, c: 11 }, 'holds'],
    [{ a: 9, b: 2, c: 10 }, 'violated hard'],
    [{ a: 9, b: 2, c: 12 }, 'violated hard'],
    [{ a: 9, b: BLANK, c: 8 }, 'holds'],
    [{ a: 9, b: 2 }, 'holds'],
  ]);
  each({ kind: 'equal', left: ['a', 'b'], right: 0.3 }, [[{ a: 0.1, b: 0.2 }, 'holds']]);
});

describe('sum', () => {
  const sum = { kind: 'sum', total: 't', parts: ['a', 'b'], exhaustive: true } as const;
  each(sum, [
    [{ t: 413, a: 274, b: 139 }, 'holds'],
    [{ t: 413, a: 274, b: 138 }, 'violated hard'],
    [{ t: 2, a: BLANK, b: 2 }, 'holds'],
    [{ t: 2, a: BLANK, b: 3 }, 'violated hard'],
    [{ t: 2, a: undefined, b: 3 }, 'violated hard'],
    [{ t: 2, a: BLANK, b: 1 }, 'incomplete soft'],
    [{ t: 2, a: undefined, b: 1 }, 'holds'],
    [{ t: 2, a: BLANK, b: BLANK }, 'holds'],
    [{ t: BLANK, a: 2, b: BLANK }, 'incomplete soft'],
    [{ t: undefined, a: 2, b: 2 }, 'holds'],
    [{ t: { is: 'pending' }, a: 2, b: 2 }, 'holds'],
    [{ t: BLANK, a: BLANK, b: BLANK }, 'holds'],
  ]);
  each({ ...sum, exhaustive: false }, [
    [{ t: 616, a: 614, b: 0 }, 'holds'],
    [{ t: 616, a: 614, b: 3 }, 'violated hard'],
    [{ t: 616, a: BLANK, b: 600 }, 'holds'],
  ]);

  it('may be hard about a missing total', () => {
    expect(verdict({ ...sum, totalMissing: 'hard' }, { t: BLANK, a: 1, b: BLANK })).toBe('incomplete hard');
  });

  it('names the blank cells, and the total when that is missing', () => {
    expect(check(sum, { t: 2, a: BLANK, b: 1 })[0]).toMatchObject({ missing: ['a'], left: 1, right: 2 });
    expect(check(sum, { t: BLANK, a: 35, b: 22 })[0]).toMatchObject({ missing: ['t'], left: 57 });
  });
});

describe('ratio', () => {
  const ratio = { kind: 'ratio', value: 'v', part: ['a'], whole: ['b'] } as const;
  each(ratio, [
    [{ v: number(63.1, 1), a: 12, b: 19 }, 'holds'],
    [{ v: number(63.2, 1), a: 12, b: 19 }, 'holds'],
    [{ v: number(63.3, 1), a: 12, b: 19 }, 'violated hard'],
    [{ v: number(63, 1), a: 12, b: 19 }, 'violated hard'],
    [{ v: 17, a: 4, b: 23 }, 'holds'],
    [{ v: 18, a: 4, b: 23 }, 'holds'],
    [{ v: 19, a: 4, b: 23 }, 'violated hard'],
    [{ v: number(99.98, 2), a: 5948, b: 5949 }, 'holds'],
    [{ v: number(99.99, 2), a: 5948, b: 5949 }, 'holds'],
    [{ v: number(99.97, 2), a: 5948, b: 5949 }, 'violated hard'],
    [{ v: number(99.9, 1), a: 5, b: 5 }, 'violated hard'],
    [{ v: 60, a: 15, b: 25 }, 'holds'],
    [{ v: 60, a: 15 }, 'holds'],
    [{ v: 60, a: BLANK, b: 25 }, 'holds'],
    [{ v: BLANK, a: 15, b: 25 }, 'holds'],
    [{ v: BLANK, a: 0, b: 0 }, 'holds'],
    [{ v: { is: 'notApplicable' }, a: 0, b: 0 }, 'holds'],
    [{ v: 0, a: 0, b: 0 }, 'violated soft'],
    [{ v: 100, a: BLANK, b: 0 }, 'violated soft'],
  ]);

  it('subtracts the number in a note', () => {
    const less = { ...ratio, part: ['b'], lessNote: 'n' } as const;
    const note = 'Có 46 văn bản mật';
    expect(verdict(less, { v: number(92.9, 1), b: 652, n: { note } })).toBe('holds');
    expect(verdict(less, { v: number(93.4, 1), b: 652, n: { note } })).toBe('violated hard');
    expect(check(less, { v: number(93.4, 1), b: 652, n: { note } })[0]?.right).toBeCloseTo(92.945, 3);
    expect(verdict(less, { v: 100, b: 652 })).toBe('holds');
  });
});

describe('range', () => {
  each({ kind: 'range', value: 'a', min: 50, max: 90 }, [
    [{ a: 50 }, 'holds'],
    [{ a: 90 }, 'holds'],
    [{ a: 10 }, 'violated hard'],
    [{ a: 91 }, 'violated hard'],
    [{ a: BLANK }, 'holds'],
    [{}, 'holds'],
  ]);
});

describe('filledWhen', () => {
  each({ kind: 'filledWhen', when: 'a', filled: ['b', 'c'] }, [
    [{ a: 2, b: 0, c: 1 }, 'holds'],
    [{ a: 2, b: 0, c: BLANK }, 'violated hard'],
    [{ a: 2, b: { is: 'notApplicable' }, c: { is: 'verbatim', text: 'x' } }, 'holds'],
    [{ a: 2 }, 'holds'],
    [{ a: 0, b: BLANK, c: BLANK }, 'holds'],
    [{ a: BLANK, b: BLANK }, 'holds'],
  ]);

  it('names what is missing', () => {
    const [finding] = check({ kind: 'filledWhen', when: 'a', filled: ['b', 'c'] }, { a: 2, b: BLANK, c: 3 });
    expect(finding).toMatchObject({ missing: ['b'], left: 2 });
  });
});

describe('blankWhen', () => {
  each({ kind: 'blankWhen', when: 'a', blank: ['b', 'c'] }, [
    [{ a: 0, b: BLANK, c: { is: 'notApplicable' } }, 'holds'],
    [{ a: 0, b: { is: 'choice', code: 0 } }, 'violated hard'],
    [{ a: BLANK, b: 2 }, 'violated hard'],
    [{ a: { is: 'notApplicable' }, b: 2 }, 'violated hard'],
    [{ b: 2 }, 'holds'],
    [{ a: 200, b: 2, c: 100 }, 'holds'],
    [{ a: 0 }, 'holds'],
  ]);
});

describe('zeroWhen', () => {
  each({ kind: 'zeroWhen', when: 'a', zero: ['b'] }, [
    [{ a: 0, b: 0 }, 'holds'],
    [{ a: 0, b: BLANK }, 'holds'],
    [{ a: 0, b: 3 }, 'violated hard'],
    [{ a: 2, b: 3 }, 'holds'],
    [{ a: BLANK, b: 3 }, 'holds'],
    [{ a: 0, b: { is: 'verbatim', text: 'ba' } }, 'violated hard'],
  ]);
});

describe('together', () => {
  each({ kind: 'together', left: ['a'], right: ['b', 'c'] }, [
    [{ a: 1, b: 2, c: BLANK }, 'holds'],
    [{ a: 0, b: 0, c: 0 }, 'holds'],
    [{ a: 39, b: 0, c: 0 }, 'violated hard'],
    [{ a: 0, b: 54, c: BLANK }, 'violated hard'],
    [{ a: 1, b: BLANK, c: BLANK }, 'incomplete soft'],
    [{ a: BLANK, b: 5, c: 0 }, 'incomplete soft'],
    [{ a: 1, b: 0 }, 'holds'],
    [{ a: 0, b: BLANK, c: BLANK }, 'holds'],
    [{ a: BLANK, b: BLANK, c: BLANK }, 'holds'],
  ]);
});

describe('impliesSome', () => {
  each({ kind: 'impliesSome', when: 'a', some: ['b', 'c'] }, [
    [{ a: 1, b: 1, c: BLANK }, 'holds'],
    [{ a: 1, b: 0, c: 0 }, 'violated hard'],
    [{ a: 6, b: BLANK, c: BLANK }, 'incomplete soft'],
    [{ a: 6, b: 0 }, 'holds'],
    [{ a: 0, b: 0, c: 0 }, 'holds'],
  ]);
});

describe('notCountOf', () => {
  each({ kind: 'notCountOf', value: 'v', of: 't' }, [
    [{ v: 6, t: 8 }, 'violated hard'],
    [{ v: 8, t: 8 }, 'violated hard'],
    [{ v: 10, t: 8 }, 'holds'],
    [{ v: 0, t: 8 }, 'holds'],
    [{ v: number(6.5, 1), t: 8 }, 'holds'],
    [{ v: 6, t: 100 }, 'holds'],
    [{ v: 6, t: BLANK }, 'holds'],
    [{ t: 8 }, 'holds'],
  ]);
});

describe('noteNumber', () => {
  const before = {
    kind: 'noteNumber',
    note: 'n',
    near: 'TTHC đã giải quyết',
    side: 'before',
    value: ['v'],
  } as const;
  const said = (note: string): Given => ({ value: number(100), note });
  each(before, [
    [{ n: said('16.183 TTHC đã giải quyết'), v: 16183 }, 'holds'],
    [{ n: said('16.183 tthc da giai quyet'), v: 16181 }, 'violated hard'],
    [{ n: said('16,183 TTHC  ĐÃ GIẢI QUYẾT'), v: 16183 }, 'holds'],
    [{ n: said('các TTHC đã giải quyết'), v: 5 }, 'holds'],
    [{ n: said('12 hồ sơ'), v: 5 }, 'holds'],
    [{ n: said('16.183 TTHC đã giải quyết'), v: BLANK }, 'holds'],
    [{ v: 5 }, 'holds'],
  ]);
  each({ ...before, near: 'HĐ 68', side: 'before' }, [
    [{ n: said('31 biên chế, 04 HĐ 68'), v: 4 }, 'holds'],
    [{ n: said('31 biên chế, 04 HĐ 68'), v: 0 }, 'violated hard'],
  ]);
  each({ ...before, near: 'giải quyết', side: 'after' }, [
    [{ n: said('đã giải quyết: 5.949 hồ sơ, đang giải quyết: 22'), v: 5949 }, 'holds'],
    [{ n: said('đã giải quyết đến ngày 14/9/2022: 02 hồ sơ'), v: 2 }, 'holds'],
    [{ n: said('đã giải quyết theo 18/KH-SCT năm 2022 được 92,5'), v: number(92.5, 1) }, 'holds'],
    [{ n: said('đã giải quyết 5.949'), v: 5971 }, 'violated hard'],
  ]);
  each({ ...before, near: 'văn bản mật', minus: ['a', 'b'] }, [
    [{ n: said('Có 02 văn bản mật'), v: 616, a: 614, b: 0 }, 'holds'],
    [{ n: said('Có 02 văn bản mật'), v: 616, a: 610, b: 0 }, 'violated hard'],
    [{ n: said('Có 02 văn bản mật'), v: 616, a: 610, b: BLANK }, 'holds'],
  ]);

  it('reads the note of a heading and tells both numbers', () => {
    const [finding] = check(before, { v: 5 }, { notes: { n: '7 TTHC đã giải quyết' } });
    expect(finding).toMatchObject({ left: 5, right: 7, rows: ['v', 'n'] });
  });
});

describe('noteSaysNone', () => {
  const none = { kind: 'noteSaysNone', note: 'n', words: 'đến tháng 7', zero: ['a', 'b'] } as const;
  const notes = { n: 'Kế hoạch 31/KH-SCT, đến tháng 7/2023 tiến hành kiểm tra' };
  it.each<Row>([
    [{ a: 1, b: 2 }, 'violated hard'],
    [{ a: 0, b: BLANK }, 'holds'],
    [{}, 'holds'],
  ])('%j → %s', (given, expected) => {
    expect(verdict(none, given, { notes })).toBe(expected);
  });

  it('looks for whole words', () => {
    expect(verdict({ ...none, words: 'đến tháng' }, { a: 1 }, { notes: { n: 'đến tháng 7' } })).toBe(
      'violated hard',
    );
    expect(verdict({ ...none, words: 'ến tháng' }, { a: 1 }, { notes: { n: 'đến tháng 7' } })).toBe('holds');
    expect(verdict(none, { a: 1 })).toBe('holds');
  });
});

describe('figures of earlier periods', () => {
  const before = answersOf({ a: 100, z: 0 });

  it('may not fall below what was reported earlier in the year when they are luỹ kế', () => {
    const rule = { kind: 'cumulative', value: 'a' } as const;
    expect(verdict(rule, { a: 99 }, { earlier: before })).toBe('violated hard');
    expect(verdict(rule, { a: 100 }, { earlier: before })).toBe('holds');
    expect(verdict(rule, { a: 99 }, { previous: before })).toBe('holds');
    expect(verdict(rule, { a: BLANK }, { earlier: before })).toBe('holds');
  });

  it('may not change too much against the last period of the same kind', () => {
    const rule = { kind: 'change', value: 'a', times: 3 } as const;
    expect(verdict(rule, { a: 300 }, { previous: before })).toBe('holds');
    expect(verdict(rule, { a: 301 }, { previous: before })).toBe('violated hard');
    expect(verdict(rule, { a: 34 }, { previous: before })).toBe('holds');
    expect(verdict(rule, { a: 33 }, { previous: before })).toBe('violated hard');
    expect(verdict({ ...rule, value: 'z' }, { z: 50 }, { previous: before })).toBe('holds');
    expect(verdict(rule, { a: 301 })).toBe('holds');
  });
});

describe('the rules of a template', () => {
  const template = templateOf(
    ruleOf({ kind: 'atMost', left: ['a'], right: ['b'] }, 'hard', 'first'),
    ruleOf({ kind: 'atMost', left: ['c'], right: ['d'] }, 'info', 'second'),
    ruleOf({ kind: 'together', left: ['a'], right: ['d'] }, 'info', 'third'),
  );
  const answers = answersOf({ a: 2, b: 1, c: 2, d: 1 });

  it('are all looked at, in order, each with its own severity', () => {
    expect(checkRules(template, answers).map(({ id, severity }) => [id, severity])).toEqual([
      ['first', 'hard'],
      ['second', 'info'],
    ]);
  });

  it('can be narrowed to those that read a given cell', () => {
    expect(checkRules(template, answers, { only: ['d'] }).map(({ id }) => id)).toEqual(['second']);
    expect(checkRules(template, answers, { only: ['none'] })).toEqual([]);
  });

  it('stay information when only a blank stands against them', () => {
    expect(checkRules(template, answersOf({ a: 2, d: BLANK }))).toMatchObject([
      { id: 'third', severity: 'info', state: 'incomplete' },
    ]);
  });
});
