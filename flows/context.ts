// What an answer may be confused with: last period's value and the figures of its neighbours.
import { figure } from '../src/domain/report.ts';
import type { Indicator } from '../src/domain/template.ts';
import type { Context } from '../src/indicators/reading.ts';
import { type Facts, indicatorOf, type Opened, previousValue } from './flow.ts';

/** The context in which an indicator's answer is read. */
export function contextOf(facts: Facts, opened: Opened, indicator: Indicator): Context {
  const previous = previousValue(facts, opened, indicator.id);
  return {
    period: opened.campaign.period,
    peers: indicator.type === 'percent' ? [...siblings(opened, indicator), ...totals(opened, indicator)] : [],
    ...(previous ? { previous } : {}),
  };
}

/** Counts in the same group: a percentage equal to one of them may be that count, typed one row too late. */
function siblings({ template, report }: Opened, indicator: Indicator): Context['peers'] {
  return template.indicators
    .filter((row) => row.type === 'count' && row.section === indicator.section && isNear(row, indicator))
    .flatMap((row) => {
      const value = figure(report.answers[row.id]);
      return value === undefined ? [] : [{ figure: value, total: false }];
    });
}

const isNear = (row: Indicator, of: Indicator): boolean =>
  row.parent === of.parent || row.parent === of.id || row.id === of.parent;

/** Totals that the form's rules say a percentage must not be a count of. */
function totals({ template, report }: Opened, indicator: Indicator): Context['peers'] {
  return (template.rulesOf.get(indicator.id) ?? []).flatMap((rule) => {
    if (rule.kind !== 'notCountOf' || rule.value !== indicator.id) return [];
    const value = indicatorOf(template, rule.of) ? figure(report.answers[rule.of]) : undefined;
    return value === undefined ? [] : [{ figure: value, total: true }];
  });
}
