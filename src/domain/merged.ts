// What the units that were merged into one gave in an earlier period: which reports those are, and what they say together. Pure.
import type { Campaign } from './campaign.ts';
import { canonical } from './canonical.ts';
import { isAdded } from './consolidate.ts';
import { sumOf } from './exact.ts';
import type { Unit } from './people.ts';
import { emptyReport, type Report, type Value } from './report.ts';
import type { Indicator, Template, TemplateRef } from './template.ts';

/** One of the units, with its report of that period; without one it took part and gave nothing. */
type MergedPart<R = Report> = { readonly unit: Unit; readonly report?: R };

/** The newest earlier period of units that were merged, and everybody who took part in it, the unit that goes on included. */
export type Merged<R = Report> = { readonly campaign: Campaign; readonly parts: readonly MergedPart<R>[] };

/** An earlier period of a unit; `parts`: its report is made of those of the units that were merged. */
export type Previous = {
  readonly report: Report;
  readonly campaign: Campaign;
  readonly parts?: readonly MergedPart[];
};

/** What is known of a stored report without its answers. */
type Card = Pick<Report, 'id' | 'campaign' | 'status'> & { readonly template: TemplateRef };

/** What a store knows, as far as it is asked here. */
type Known = {
  readonly units: readonly Unit[];
  readonly campaigns: readonly Campaign[];
  readonly reportsOf: (unit: string) => readonly Card[];
};

/**
 * The reports (by id) whose sums stand for the last period of a unit into which others were merged; undefined where its own newest
 * report is newer, or nobody was merged who has reported. Who still reports in `campaign` is not merged yet.
 */
export function mergedBefore(campaign: Campaign, unit: string, known: Known): Merged<string> | undefined {
  const gone = mergedInto(unit, campaign, known.units);
  if (gone.length === 0) return undefined;
  const byId = new Map(known.campaigns.map((each) => [each.id, each]));
  const reported = (id: string) =>
    known.reportsOf(id).flatMap((card) => {
      const of = byId.get(card.campaign);
      const isEarlier = of && of.cutoff < campaign.cutoff && card.template.id === campaign.template.id;
      return isEarlier && card.status !== 'notStarted' ? [{ id: card.id, of }] : [];
    });
  const all = gone.flatMap(({ id }) => reported(id));
  const [newest] = all.sort((a, b) => order(b.of, a.of, campaign));
  const own = reported(unit);
  if (!newest || own.some(({ of }) => of.cutoff > newest.of.cutoff)) return undefined;
  const isThen = (of: Campaign): boolean =>
    of.cutoff === newest.of.cutoff &&
    of.template.id === campaign.template.id &&
    canonical(of.period) === canonical(newest.of.period);
  const then = new Set(known.campaigns.filter(isThen).flatMap(({ units }) => units));
  const self = known.units.filter(({ id }) => id === unit);
  const parts = [...self, ...gone].flatMap((each): MergedPart<string>[] => {
    const found = reported(each.id).find(({ of }) => isThen(of));
    if (found) return [{ unit: each, report: found.id }];
    return then.has(each.id) ? [{ unit: each }] : [];
  });
  return { campaign: newest.of, parts };
}

/** Later periods first; of two that end together, the one of the same kind as this. */
function order(one: Campaign, other: Campaign, { period }: Campaign): number {
  if (one.cutoff !== other.cutoff) return one.cutoff < other.cutoff ? -1 : 1;
  const [mine, theirs] = [one, other].map((each) => (each.period.kind === period.kind ? 1 : 0));
  return (mine ?? 0) - (theirs ?? 0) || (one.id < other.id ? 1 : -1);
}

/** Units that went into this one, directly or by way of others, by id; not those that report themselves in this period. */
function mergedInto(unit: string, campaign: Campaign, units: readonly Unit[]): readonly Unit[] {
  const found = new Map<string, Unit>();
  const reports = new Set(campaign.units);
  const collect = (into: string): void => {
    for (const each of units) {
      // Each went into one other only, so a circle can but lead back to where this began.
      if (each.mergedInto !== into || each.id === unit || reports.has(each.id)) continue;
      found.set(each.id, each);
      collect(each.id);
    }
  };
  collect(unit);
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What each of the units had there; no value where it gave none. */
export const valuesOf = (
  parts: readonly MergedPart[],
  { id }: Indicator,
): readonly { readonly unit: Unit; readonly value?: Value }[] =>
  parts.map(({ unit, report }) => {
    const value = report?.answers[id]?.value;
    return value ? { unit, value } : { unit };
  });

/**
 * What the units had together: the sum of figures that may be added, where every unit gave one; a choice, a date, words or a kind of
 * empty where all say the same. undefined: it has to be asked. Shares are never taken over, they follow from their parts.
 */
function together(template: Template, indicator: Indicator, parts: readonly MergedPart[]): Value | undefined {
  const values = valuesOf(parts, indicator).flatMap(({ value }) => value ?? []);
  const [first] = values;
  if (!first || values.length < parts.length) return undefined;
  const figures = values.flatMap((value) => (value.is === 'number' ? [value] : []));
  if (figures.length > 0)
    return figures.length === values.length && isAdded(template, indicator.id)
      ? { is: 'number', ...sumOf(figures) }
      : undefined;
  return values.every((value) => canonical(value) === canonical(first)) ? first : undefined;
}

/** The earlier period of a unit into which others were merged, as if it had reported then: what they had together. */
export function previousTogether(template: Template, unit: string, { campaign, parts }: Merged): Previous {
  const stamp = { by: '', at: campaign.due, event: '' };
  const answers = Object.fromEntries(
    template.indicators.flatMap((indicator) => {
      const value = together(template, indicator, parts);
      return value ? [[indicator.id, { ...stamp, value }] as const] : [];
    }),
  );
  return { report: { ...emptyReport(campaign, unit), answers }, campaign, parts };
}

/** The earlier periods of a unit, by campaign: its own, or what the units that were merged into it had together. */
export function previousWith(
  own: Readonly<Record<string, Previous>>,
  merged: Readonly<Record<string, Merged>> | undefined,
  unit: string | undefined,
  template: (campaign: string) => Template | undefined,
): Readonly<Record<string, Previous>> {
  const found = Object.entries(merged ?? {}).flatMap(([id, each]) => {
    const form = template(id);
    return form && unit !== undefined ? [[id, previousTogether(form, unit, each)] as const] : [];
  });
  return { ...own, ...Object.fromEntries(found) };
}
