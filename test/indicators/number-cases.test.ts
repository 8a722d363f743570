// The sample of typed answers that officers and the subject notes agreed on.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/domain/report.ts';
import type { Indicator } from '../../src/domain/template.ts';
import { readAnswer } from '../../src/indicators/index.ts';
import type { Context } from '../../src/indicators/reading.ts';
import { COUNT, DATE, PERCENT, row, YES_NO } from './rows.ts';

type Case = { row: string; typed: string; action: string; value: number | string | null; why: string };
const file = new URL('../fixtures/number-cases.json', import.meta.url);
const cases = (JSON.parse(readFileSync(file, 'utf8')) as Case[]).filter((one) => one.row !== 'period');

const previous: Value = { is: 'number', number: 77, decimals: 0 };
const around: Context = {
  period: { kind: 'half', year: 2023 },
  previous,
  peers: [
    { figure: 6, total: false },
    { figure: 8, total: true },
  ],
};

function indicatorOf(name: string): Indicator {
  if (name === 'count') return COUNT;
  if (name === 'pct') return PERCENT;
  if (name === 'bool') return YES_NO;
  if (name === 'date') return DATE;
  return row('choice', name.replace(/^enum /, '').replace(/\//g, ' '));
}

function expectedOf(one: Case): unknown {
  if (one.value === 'NA') return { is: 'notApplicable' };
  if (one.value === 'PREV') return previous;
  if (one.row === 'date') return { is: 'date', date: String(one.value).replace('YEAR', '2023') };
  if (/^(?:bool|enum)/.test(one.row)) return { is: 'choice', code: one.value };
  return expect.objectContaining({ is: 'number', number: one.value });
}

describe('the agreed sample of typed answers', () => {
  it('has the rows this suite is about', () => {
    expect(cases.length).toBeGreaterThan(80);
  });

  it.each(cases)('$row "$typed" → $action $value', (one) => {
    const reading = readAnswer(one.typed, indicatorOf(one.row), around);
    expect(reading.is).toBe(one.action);
    if (one.value === null) expect(reading).not.toHaveProperty('value');
    else expect(reading).toHaveProperty('value', expectedOf(one));
  });
});
