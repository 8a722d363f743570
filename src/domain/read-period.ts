// Reads the name of a reporting period as people write it, and tells which periods make sense to open on a day.
import { daysBetween } from './clock.ts';
import { type Period, parsePeriod, usualCutoff, usualWindow } from './period.ts';
import { fold } from './words.ts';

const ROMAN: Readonly<Record<string, 1 | 2 | 3 | 4>> = {
  ...{ i: 1, ii: 2, iii: 3, iv: 4, 1: 1, 2: 2, 3: 3, 4: 4, mot: 1, hai: 2, ba: 3, bon: 4, tu: 4 },
};

/**
 * "quý 3/2026", "Quý III năm 2026", "Q1 2027", "6 tháng 2026", "9 tháng", "tháng 11", "năm 2026", "2026-N" → the period. Without a year
 * the one whose cut-off is nearest to `today` (YYYY-MM-DD). undefined when it is none.
 */
export function readPeriod(text: string, today: string): Period | undefined {
  const coded = parsePeriod(text);
  if (coded) return coded;
  const words = fold(text)
    .replace(/^(?:ky )?(?:bao cao )?(?:ky )?/, '')
    .replace(/[.,]$/, '');
  const [, name = '', year] = /^(.*?)(?:[\s/.,-]*(?:\bnam )?(\d{4}))?$/.exec(words) ?? [];
  if (year !== undefined && (Number(year) < 2000 || Number(year) > 2099)) return undefined;
  const make = makerOf(name.trim(), year !== undefined);
  if (!make) return undefined;
  if (year !== undefined) return make(Number(year));
  const now = Number(today.slice(0, 4));
  const away = (period: Period) => Math.abs(daysBetween(today, usualCutoff(period)));
  return [now - 1, now, now + 1].map(make).sort((a, b) => away(a) - away(b))[0];
}

function makerOf(name: string, hasYear: boolean): ((year: number) => Period) | undefined {
  const quarter = ROMAN[/^(?:quy|qui|q) ?(iv|i{1,3}|[1-4]|mot|hai|ba|bon|tu)$/.exec(name)?.[1] ?? ''];
  if (quarter) return (year) => ({ kind: 'quarter', year, quarter });
  if (/^(?:6|sau) ?(?:thang|t)(?: dau(?: nam)?)?$/.test(name)) return (year) => ({ kind: 'half', year });
  if (/^(?:9|chin) ?(?:thang|t)(?: dau(?: nam)?)?$/.test(name))
    return (year) => ({ kind: 'nineMonths', year });
  const month = Number(/^(?:thang|t) ?(\d{1,2})$/.exec(name)?.[1] ?? 0);
  if (month >= 1 && month <= 12) return (year) => ({ kind: 'month', year, month });
  if (/^(?:nam|ca nam)$/.test(name) || (/^(?:ca)?$/.test(name) && hasYear))
    return (year) => ({ kind: 'year', year });
  return undefined;
}

/**
 * What a coordinator is likely to open on this day: the next two cut-offs of the regime, the one that has just passed, and the
 * month that runs and the one before.
 */
export function suggestedPeriods(today: string): readonly Period[] {
  const now = Number(today.slice(0, 4));
  const regime = [now - 1, now, now + 1].flatMap((year): Period[] => [
    { kind: 'quarter', year, quarter: 1 },
    { kind: 'half', year },
    { kind: 'quarter', year, quarter: 3 },
    { kind: 'nineMonths', year },
    { kind: 'year', year },
  ]);
  const days = [...new Set(regime.map(usualCutoff))];
  const coming = days.filter((day) => day >= today).slice(0, 2);
  const past = days.filter((day) => day < today).slice(-1);
  const chosen = [...coming, ...past].flatMap((day) => regime.filter((each) => usualCutoff(each) === day));
  return [...chosen, ...monthsAround(today)];
}

function monthsAround(today: string): readonly Period[] {
  const now = Number(today.slice(0, 4));
  const months = [now - 1, now, now + 1].flatMap((year) =>
    Array.from({ length: 12 }, (_, n): Period => ({ kind: 'month', year, month: n + 1 })),
  );
  const at = months.findIndex((each) => {
    const { from, to } = usualWindow(each);
    return from <= today && today <= to;
  });
  return months.slice(at - 1, at + 1).reverse();
}
