// The official appendix of the consolidating unit, filled with the totals of the units below. Pure.
import { type ConsolidatedRow, consolidate, RATIO_DECIMALS } from '../domain/consolidate.ts';
import type { Answer, Value } from '../domain/report.ts';
import type { Template } from '../domain/template.ts';
import { LEVEL, leftOutWords } from '../text/consolidated.ts';
import { rowOf } from './consolidated-formulas.ts';
import { type ConsolidationInput, countsOf } from './consolidated-work.ts';
import type { Appendix } from './layout.ts';

const BLANK: Value = { is: 'blank' };

/**
 * The appendix as if the office had reported the totals itself. What has no total stays blank with a note; until every report is
 * accepted the first row's note says that the figures are provisional.
 */
export function levelAppendix(input: ConsolidationInput): Appendix {
  const { template, campaign, office, entries, at } = input;
  const consolidated = consolidate(template, entries);
  const stamp = { by: office.id, at, event: '' };
  const answers = template.indicators.map((row): [string, Answer] => {
    const found = rowOf(consolidated, row.id);
    const note = noteOf(template, found);
    return [row.id, { ...stamp, value: totalValue(found), ...(note !== '' && { note }) }];
  });
  const report = { answers: Object.fromEntries(answers), notes: {}, explanations: {}, overrides: {} };
  const provisional = consolidated.provisional ? LEVEL.provisional(countsOf(entries, consolidated)) : '';
  return {
    template,
    campaign,
    unit: office,
    report: provisional ? marked(template, report, provisional) : report,
  };
}

function totalValue({ total, tally }: ConsolidatedRow): Value {
  const sent = Object.values(tally).reduce((sum, each) => sum + each, 0);
  if (sent > 0 && tally.notApplicable === sent) return { is: 'notApplicable' };
  if ((total.how !== 'sum' && total.how !== 'ratio') || total.number === undefined) return BLANK;
  if (total.how === 'sum') return { is: 'number', number: total.number, decimals: total.decimals };
  // As many decimals as the ratio needs: 100, 62,5, 63,16.
  const decimals = String(total.number).split('.')[1]?.length ?? 0;
  return { is: 'number', number: total.number, decimals: Math.min(decimals, RATIO_DECIMALS) };
}

function noteOf(template: Template, { total, tally }: ConsolidatedRow): string {
  if (tally.given === 0) return '';
  if (total.how === 'choice') {
    const chosen = total.counts.filter(({ units }) => units > 0);
    const words = chosen.map(({ choice, units }) => LEVEL.code(choice.label, units));
    return [...words, ...(total.others > 0 ? [LEVEL.others(total.others)] : [])].join('; ');
  }
  if (total.how !== 'leftOut') return '';
  const { why } = total.leftOut;
  return why === 'text' || why === 'date' ? LEVEL.texts(tally.given) : leftOutWords(template, total.leftOut);
}

/** The report with words in front of the note of the form's first row. */
function marked(template: Template, report: Appendix['report'], words: string): Appendix['report'] {
  const [first] = template.rows;
  const answer = first && report.answers[first.id];
  if (!first) return report;
  if (!answer) return { ...report, notes: { [first.id]: words } };
  const note = [words, answer.note].filter(Boolean).join('; ');
  return { ...report, answers: { ...report.answers, [first.id]: { ...answer, note } } };
}
