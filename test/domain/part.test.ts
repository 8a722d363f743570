// What somebody sees of a form and a report who was given a part of it: that part whole, and nothing beside it.
import { describe, expect, it } from 'vitest';
import { partOf, templateFor } from '../../src/domain/part.ts';
import type { Person } from '../../src/domain/people.ts';
import { emptyReport, type Report } from '../../src/domain/report.ts';
import { loadTemplates } from '../../templates/load.ts';
import { folderOf, SAMPLE } from '../templates/sample.ts';

const loaded = await loadTemplates(await folderOf({ 'mau.v1.yaml': SAMPLE }));
const [form] = loaded.templates;
if (!form) throw new Error('the sample form has faults');

const stamp = { by: 'lan', at: '2022-09-16T01:00:00Z', event: 'e1' };
const said = (text: string) => ({ ...stamp, text });
const answer = (number: number) => ({ ...stamp, value: { is: 'number', number, decimals: 0 } as const });
const ANSWERS = {
  'ty-le': answer(80),
  'de-ra': answer(10),
  'hoan-thanh': answer(8),
  'co-ke-hoach': answer(1),
};
const NOTES = { 'chi-dao': 'của mục', 'kiem-tra': 'của nhóm' };

/** Returned with words on the whole and two points; everything that can be said of a rule or a row was said. */
const whole: Report = {
  ...emptyReport({ id: 'k1', template: { id: form.id, version: 1 } }, 'u1'),
  ...{ status: 'returned', answers: ANSWERS, notes: NOTES },
  explanations: {
    ...{ 'trong-de-ra': said('hai dòng được giao'), 'dung-ty-le': said('một dòng không được giao') },
    ...{ 'jump:de-ra': said('dòng được giao'), 'jump:ty-le': said('dòng không được giao') },
  },
  overrides: { 'trong-de-ra': said('được'), 'dung-ty-le': said('không') },
  submissions: [{ ...stamp, version: 1, values: 4, checkCode: 'AB', answers: ANSWERS, notes: NOTES }],
  returned: {
    ...said('Xem lại cả báo cáo.'),
    points: ['de-ra', 'ty-le'].map((indicator) => ({ indicator, text: `xem ${indicator}` })),
  },
  assignments: {
    a1: { ...stamp, id: 'a1', rows: ['de-ra', 'hoan-thanh'], person: 'an' },
    a2: { ...stamp, id: 'a2', rows: ['kiem-tra'], person: 'binh' },
  },
};
const lan: Person = {
  ...{ id: 'lan', name: 'Lan', unit: 'u1', role: 'officer' },
  ...{ conversations: [], unreachable: [], joinedAt: '' },
};
const part = partOf({ template: form, report: whole }, 'an', [lan]);

describe('The form of somebody who was given two indicators', () => {
  const own = templateFor(form, new Set(['de-ra', 'hoan-thanh']));

  it('asks those two, under the headings that they stand under on paper', () => {
    expect(own.indicators.map(({ id }) => id)).toEqual(['de-ra', 'hoan-thanh']);
    expect(own.rows.map(({ id, row }) => [id, row])).toEqual([
      ...[['chi-dao', 'section'] as const, ['ty-le', 'group'] as const],
      ...[['de-ra', 'indicator'] as const, ['hoan-thanh', 'indicator'] as const],
    ]);
    expect(own.tables.map(({ rows }) => rows)).toEqual([own.rows]);
    expect([...own.byId.values()]).toEqual(own.rows);
  });

  it('checks what lies within, and nothing that reads a row beside it', () => {
    expect(own.rules.map(({ id }) => id)).toEqual(['trong-de-ra']);
    expect(own.rulesOf.get('de-ra')?.map(({ id }) => id)).toEqual(['trong-de-ra']);
    expect(own.rulesOf.get('ty-le')).toEqual([]);
  });

  it('is made once, and another one for other rows', () => {
    expect(templateFor(form, new Set(['de-ra', 'hoan-thanh']))).toBe(own);
    expect(templateFor(form, new Set(['de-ra'])).indicators.map(({ id }) => id)).toEqual(['de-ra']);
  });
});

describe('The report of somebody who was given two indicators', () => {
  it('holds their answers and no other, also in what was sent before', () => {
    const report = part?.report;
    for (const each of [report, ...(report?.submissions ?? [])]) {
      expect(Object.keys(each?.answers ?? {})).toEqual(['de-ra', 'hoan-thanh']);
      expect(each?.notes).toEqual({});
    }
    expect(report?.submissions).toHaveLength(1);
  });

  it('holds what was said about a rule or a row only where all of it was given to them', () => {
    expect(Object.keys(part?.report.explanations ?? {})).toEqual(['trong-de-ra', 'jump:de-ra']);
    expect(Object.keys(part?.report.overrides ?? {})).toEqual(['trong-de-ra']);
  });

  it('tells of a return only the points about their rows, not the words about the whole', () => {
    expect(part?.report.returned).toEqual({
      ...said(''),
      points: [{ indicator: 'de-ra', text: 'xem de-ra' }],
    });
    const [first] = whole.returned?.points ?? [];
    const elsewhere = {
      ...whole,
      returned: { ...said('x'), points: first ? [{ ...first, indicator: 'ty-le' }] : [] },
    };
    expect(partOf({ template: form, report: elsewhere }, 'an', [lan])?.report).not.toHaveProperty('returned');
  });

  it('tells nothing of what others were given, and who sent it by name', () => {
    expect(part?.report).not.toHaveProperty('assignments');
    expect(part?.part).toEqual({ rows: new Set(['de-ra', 'hoan-thanh']), sender: 'Lan' });
  });

  it('is none for whoever was given nothing, or had it taken back', () => {
    expect(partOf({ template: form, report: whole }, 'chi', [lan])).toBeUndefined();
    const a1 = { ...stamp, id: 'a1', rows: ['de-ra'], person: 'an', endedAt: stamp.at };
    const taken = { ...whole, assignments: { a1 } };
    expect(partOf({ template: form, report: taken }, 'an', [lan])).toBeUndefined();
  });

  it('holds the note of a heading that was given whole', () => {
    expect(partOf({ template: form, report: whole }, 'binh', [lan])?.report.notes).toEqual({
      'kiem-tra': 'của nhóm',
    });
  });
});
