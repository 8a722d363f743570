// What could be answered at once in a part of the form: the indicators, their values, and the pages they are listed on.
import { canonical } from '../src/domain/canonical.ts';
import type { Proposed } from '../src/domain/carry.ts';
import { shortHash } from '../src/domain/hash.ts';
import { ancestors, unanswered } from '../src/domain/progress.ts';
import type { Indicator, Row, Template } from '../src/domain/template.ts';
import { MANY, type ManyKind } from '../src/text/many.ts';
import { indicatorOf, type Opened } from './flow.ts';
import { paged } from './pages.ts';
import { openOf, pointsOf } from './returned.ts';

/** What would be written, and what is left: `wide` more with ratios and dates, `asked` one by one. */
export type Found = {
  readonly items: readonly Proposed[];
  readonly wide: number;
  readonly asked: readonly Indicator[];
};

/** One way to answer many at once. `find` gets indicators that wait for an answer; `campaign`: whose values are kept. */
export type Many = {
  readonly verb: 'carry' | 'nothing';
  readonly words: ManyKind;
  readonly period: string;
  readonly campaign?: string;
  readonly whole: boolean;
  readonly find: (waiting: readonly Indicator[], isWide: boolean) => Found;
  /** Notes that headings had, kept together with all that is below them. */
  readonly headings?: readonly { readonly row: Row; readonly note: string }[];
};

/** Where, and whether ratios and dates are meant as well. No row: the whole report. */
export type Where = { readonly row?: Row; readonly isWide: boolean };

/**
 * Indicators that wait for an answer, and not for that of somebody else: those without a value; of a report returned point by
 * point only its open points.
 */
const awaited = (opened: Opened): readonly Indicator[] =>
  (pointsOf(opened).length > 0
    ? openOf(opened).flatMap(({ indicator }) => indicatorOf(opened.template, indicator) ?? [])
    : unanswered(opened.template, opened.report)
  ).filter(({ id }) => !opened.away?.has(id));

const isUnder = (template: Template, indicator: Indicator, row: Row | undefined): boolean =>
  row === undefined ||
  indicator.section === row.id ||
  indicator.id === row.id ||
  ancestors(template, indicator).includes(row);

/** What there is in a part of the form, or in the whole report. */
export const foundIn = (many: Many, opened: Opened, { row, isWide }: Where): Found =>
  many.find(
    awaited(opened).filter((each) => isUnder(opened.template, each, row)),
    isWide,
  );

/** How many there are in the whole report. */
export const countOf = (many: Many, opened: Opened): number =>
  foundIn(many, opened, { isWide: false }).items.length;

/**
 * A page has at most so many lines and about so many characters, as much as the shortest message of a channel takes. Who asks for
 * the whole report reads it in one go, in as many messages as the channel needs, and not page by page.
 */
const PAGE = { items: 25, characters: 1_500 };
const WHOLE = { items: 250, characters: 20_000 };

/** The lines as they are listed, page by page. */
export const pagesOf = (
  opened: Opened,
  items: readonly Proposed[],
  { row }: Where,
): readonly (readonly Proposed[])[] =>
  paged(items, (item) => lineOf(opened, item).length + 1, row ? PAGE : WHOLE);

/** One indicator of a list, with what would be written there. */
export const lineOf = ({ template, report }: Opened, item: Proposed): string =>
  MANY.line(template, item, report.answers[item.indicator.id]);

/** Tells exactly these values from any others, so that nothing is confirmed that was not shown. */
export const codeOf = (items: readonly Proposed[]): string =>
  shortHash(
    items.map(({ indicator, value, note = '' }) => `${indicator.id}:${canonical(value)}${note}`).join(' '),
  );

/** Notes of headings that go with these lines: all of a list, and headings that have no note yet. */
export function headingsOf(
  many: Many,
  { template, report }: Opened,
  { row }: Where,
  isAll: boolean,
): NonNullable<Many['headings']> {
  if (!isAll) return [];
  return (many.headings ?? []).filter(
    ({ row: heading }) =>
      report.notes[heading.id] === undefined &&
      (row === undefined || heading.section === row.id || ancestors(template, heading).includes(row)),
  );
}
