// Reporting periods (kỳ báo cáo) and their national windows, as in Nghị định 09/2019/NĐ-CP Điều 12 and Công văn 581/BNV-CCHC.

export type Period =
  | { readonly kind: 'month'; readonly year: number; readonly month: number }
  | { readonly kind: 'quarter'; readonly year: number; readonly quarter: 1 | 2 | 3 | 4 }
  | { readonly kind: 'half'; readonly year: number }
  | { readonly kind: 'nineMonths'; readonly year: number }
  | { readonly kind: 'year'; readonly year: number };

const ROMAN = ['I', 'II', 'III', 'IV'] as const;

/** "2022-Q3", "2023-6T", "2023-9T", "2021-N", "2022-T05" → the period; undefined when it is none of these. */
export function parsePeriod(code: string): Period | undefined {
  const match = /^(\d{4})-(?:Q([1-4])|(6T)|(9T)|(N)|T(0[1-9]|1[0-2]))$/.exec(code.trim().toUpperCase());
  if (!match) return undefined;
  const year = Number(match[1]);
  if (match[2]) return { kind: 'quarter', year, quarter: Number(match[2]) as 1 | 2 | 3 | 4 };
  if (match[3]) return { kind: 'half', year };
  if (match[4]) return { kind: 'nineMonths', year };
  if (match[5]) return { kind: 'year', year };
  return { kind: 'month', year, month: Number(match[6]) };
}

/** The short code that parsePeriod reads. */
export function periodCode(period: Period): string {
  switch (period.kind) {
    case 'month':
      return `${period.year}-T${String(period.month).padStart(2, '0')}`;
    case 'quarter':
      return `${period.year}-Q${period.quarter}`;
    case 'half':
      return `${period.year}-6T`;
    case 'nineMonths':
      return `${period.year}-9T`;
    case 'year':
      return `${period.year}-N`;
  }
}

const USUAL: Record<Period['kind'], string> = {
  month: 'Tháng {month} năm {year}',
  quarter: 'Quý {quarter} năm {year}',
  half: '6 tháng đầu năm {year}',
  nineMonths: '9 tháng đầu năm {year}',
  year: 'Năm {year}',
};

/** The period in words: "Quý III năm 2022". A form may word a kind its own way ("Quí {quarter}/{year}"). */
export function periodName(period: Period, wording: Partial<Record<Period['kind'], string>> = {}): string {
  return (wording[period.kind] ?? USUAL[period.kind])
    .replace('{year}', String(period.year))
    .replace('{month}', period.kind === 'month' ? String(period.month) : '')
    .replace('{quarter}', period.kind === 'quarter' ? (ROMAN[period.quarter - 1] ?? '') : '');
}

/**
 * The national cut-off (last day whose figures count), YYYY-MM-DD: the 14th of the period's last month.
 * Quý II and Quý IV are not in the regime; their day is by analogy.
 */
export function usualCutoff(period: Period): string {
  const month = lastMonth(period);
  return `${period.year}-${String(month).padStart(2, '0')}-14`;
}

/** The national window: the days (YYYY-MM-DD, both included) whose figures count; months by analogy with the quarters. */
export function usualWindow(period: Period): { readonly from: string; readonly to: string } {
  const months = lastMonth(period) - MONTHS[period.kind];
  const year = months < 1 ? period.year - 1 : period.year;
  const month = months < 1 ? months + 12 : months;
  return { from: `${year}-${String(month).padStart(2, '0')}-15`, to: usualCutoff(period) };
}

/** How many months a period is long. */
const MONTHS: Record<Period['kind'], number> = { month: 1, quarter: 3, half: 6, nineMonths: 9, year: 12 };

/** Quý II and Quý IV are not in the regime: it has 6 months and the year in their place. undefined: nothing unusual. */
export function insteadOf(period: Period): Period | undefined {
  if (period.kind !== 'quarter') return undefined;
  if (period.quarter === 2) return { kind: 'half', year: period.year };
  return period.quarter === 4 ? { kind: 'year', year: period.year } : undefined;
}

function lastMonth(period: Period): number {
  switch (period.kind) {
    case 'month':
      return period.month;
    case 'quarter':
      return period.quarter * 3;
    case 'half':
      return 6;
    case 'nineMonths':
      return 9;
    case 'year':
      return 12;
  }
}
