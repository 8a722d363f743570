// What the unit, or the units that were merged into it, gave last period, in words.
import type { Unit } from '../domain/people.ts';
import type { Value } from '../domain/report.ts';
import type { Indicator } from '../domain/template.ts';
import { formatValue } from '../indicators/index.ts';
import { short, valueWords } from './common.ts';

type PartValue = { readonly unit: Unit; readonly value?: Value };

/** So many units are named; with more of them the arithmetic would be longer than the question. */
const MOST_NAMED = 6;

/** "Xã A 12 + Xã B 5"; "Xã A: 1 – Có; Xã B: để trống" where nothing is added. */
export function partsWords(indicator: Indicator, parts: readonly PartValue[], isSum: boolean): string {
  const named = parts.slice(0, MOST_NAMED).map(({ unit, value }) => {
    const name = short(unit.name, 40);
    if (!value) return `${name}: không có số liệu`;
    // The unit of the figures stands behind their sum.
    return isSum
      ? `${name} ${formatValue(value, indicator)}`
      : `${name}: ${short(valueWords(value, indicator), 60)}`;
  });
  const more = parts.length - named.length;
  return [...named, ...(more > 0 ? [`${more} đơn vị khác`] : [])].join(isSum ? ' + ' : '; ');
}

/** "Kỳ trước (Quý II năm 2025): 12 Hồ sơ". */
export const previousLine = (period: string, indicator: Indicator, value: Value): string =>
  `Kỳ trước (${period}): ${valueWords(value, indicator)}`;

/** The same of units that were merged: their sum with the arithmetic, or what each of them said. */
export function mergedLine(
  period: string,
  indicator: Indicator,
  parts: readonly PartValue[],
  value: Value | undefined,
): string {
  if (value?.is === 'number')
    return `Kỳ trước (${period}), cộng các đơn vị đã nhập: ${partsWords(indicator, parts, true)} = ${valueWords(value, indicator)}`;
  return value
    ? `Kỳ trước (${period}), các đơn vị đã nhập đều ghi: ${valueWords(value, indicator)}`
    : `Kỳ trước (${period}), từng đơn vị đã nhập: ${partsWords(indicator, parts, false)}`;
}
