// What a consolidated workbook is made from: the totals, the units in order, and where every indicator will stand. Pure.
import type { Campaign } from '../domain/campaign.ts';
import { type Consolidated, consolidate, type Entry } from '../domain/consolidate.ts';
import type { Answers } from '../domain/given.ts';
import type { Unit } from '../domain/people.ts';
import { partName, partsOf } from '../domain/progress.ts';
import type { Row, Template } from '../domain/template.ts';
import { short } from '../text/common.ts';
import { type Counts, CONSOLIDATED as SAY } from '../text/consolidated.ts';
import { worksheetNames } from './xlsx-parts.ts';

/**
 * What is consolidated. `template` is the period's form; `entries` hold every unit that takes part and that the reader may see,
 * with an empty report where nobody has begun. `at`: the time the figures are of (ISO, UTC).
 */
export type ConsolidationInput = {
  readonly template: Template;
  readonly campaign: Campaign;
  /** The unit that consolidates. */
  readonly office: Unit;
  readonly entries: readonly Entry[];
  /** The answers of the last period of the same kind, by unit; left out or without a unit: nothing to compare with. */
  readonly previous?: Readonly<Record<string, Answers>>;
  /** Further units, so that a chain of superior units is followed through those that take no part. */
  readonly known?: readonly Unit[];
  readonly at: string;
  readonly timezone: string;
};

/** One part of the form: its rows in printed order and the name of its worksheet. */
export type Part = { readonly part: Row; readonly rows: readonly Row[]; readonly name: string };

export type Work = {
  readonly input: ConsolidationInput;
  readonly consolidated: Consolidated;
  /** In the campaign's order. */
  readonly entries: readonly Entry[];
  readonly parts: readonly Part[];
  readonly overview: string;
  readonly odd: string;
  /** The worksheet and row (from 1) of each row of the form. */
  readonly places: ReadonlyMap<string, { readonly sheet: string; readonly row: number }>;
  /** One line that says how far the period is. */
  readonly state: string;
};

/** Rows of a part's worksheet above those of the form: title, state and header. */
export const ROWS_ABOVE = 3;
const LONGEST_NAME = 31;

export function workOf(input: ConsolidationInput): Work {
  const { template } = input;
  const printed = partsOf(template);
  const wanted = printed.map((part) => short(partName(template, part), LONGEST_NAME));
  const [overview = '', odd = '', ...names] = worksheetNames([SAY.overview, SAY.odd, ...wanted]);
  const parts = printed.map((part, n) => ({
    ...{ part, name: names[n] ?? '' },
    rows: template.rows.filter((row) => row.section === part.id),
  }));
  const places = parts.flatMap(({ rows, name }) =>
    rows.map(({ id }, n) => [id, { sheet: name, row: ROWS_ABOVE + n + 1 }] as const),
  );
  const entries = inOrder(input);
  const consolidated = consolidate(template, entries);
  const counts = countsOf(entries, consolidated);
  const state = consolidated.provisional ? SAY.provisional(counts) : SAY.final(counts);
  return { input, consolidated, entries, parts, overview, odd, places: new Map(places), state };
}

/** Units in the campaign's order; others, if any, behind them. */
function inOrder({ campaign, entries }: ConsolidationInput): Entry[] {
  const places = new Map(campaign.units.map((unit, n) => [unit, n]));
  const placeOf = ({ unit }: Entry): number => places.get(unit.id) ?? places.size;
  return [...entries].sort((one, other) => placeOf(one) - placeOf(other));
}

/** How many take part, have sent, and were accepted. */
export const countsOf = (entries: readonly Entry[], { sent }: Consolidated): Counts => ({
  all: entries.length,
  sent: sent.length,
  accepted: entries.filter(({ report }) => report.status === 'accepted').length,
});
