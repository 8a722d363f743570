// The short code by which two people see that they hold the same figures.
import { isCounted } from '../src/domain/carry.ts';
import type { Report } from '../src/domain/report.ts';
import type { Template } from '../src/domain/template.ts';
import { formatValue } from '../src/indicators/index.ts';
import type { Opened } from './flow.ts';

/** How many indicators hold a figure, a code, a date or words; the four kinds of empty do not count, 0 does. */
export const countedValues = (template: Template, report: Report): number =>
  template.indicators.filter((row) => isCounted(report.answers[row.id])).length;

/**
 * Eight hex digits ("3F2A-91C0") over form, unit, campaign and every value and note in printed order, so that the same
 * figures always give the same code, whatever order they were stored in.
 */
export function fingerprint(
  { template, report, campaign, unit }: Opened,
  digest: (text: string) => string,
): string {
  const rows = template.rows.map((row) => {
    const answer = report.answers[row.id];
    const value = answer?.value && row.row === 'indicator' ? formatValue(answer.value, row) : '';
    return [row.id, value, answer?.note ?? report.notes[row.id] ?? ''];
  });
  const hex = digest(
    JSON.stringify([template.id, template.version, campaign.id, unit.id, rows]),
  ).toUpperCase();
  return `${hex.slice(0, 4)}-${hex.slice(4, 8)}`;
}
