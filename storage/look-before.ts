// What a turn may see of earlier periods, and how reports that may lie on the shelf get into the answer.
import type { Campaign } from '../src/domain/campaign.ts';
import { type Merged, mergedBefore } from '../src/domain/merged.ts';
import type { Report } from '../src/domain/report.ts';
import type { Shelved, State } from './state.ts';
import type { Loaded } from './storage.ts';

/** `previous` and `merged` name reports that may lie on the shelf, so that only the store can hand them out. */
export type Looked = {
  readonly loaded: Omit<Loaded, 'previous' | 'merged'>;
  readonly previous: readonly {
    readonly campaign: Campaign;
    readonly report: string;
    readonly of: Campaign;
  }[];
  /** By campaign. */
  readonly merged: readonly (readonly [string, Merged<string>])[];
};

/** The newest earlier report of the unit itself. */
export function previousOf(state: State, campaign: Campaign, unit: string): Looked['previous'] {
  let best: Looked['previous'][number] | undefined;
  for (const id of state.reportsOfUnit.get(unit) ?? []) {
    const report = card(state, id);
    if (!report || report.status === 'notStarted' || report.template.id !== campaign.template.id) continue;
    const of = state.campaigns.get(report.campaign);
    if (!of || of.cutoff >= campaign.cutoff) continue;
    if (!best || best.of.cutoff < of.cutoff) best = { campaign, report: id, of };
  }
  return best ? [best] : [];
}

/** What stands in its place where other units were merged into it. */
export function mergedOf(state: State, campaigns: readonly Campaign[], unit: string): Looked['merged'] {
  const units = [...state.units.values()];
  // Of most units nobody was merged into them.
  if (!units.some(({ mergedInto }) => mergedInto === unit)) return [];
  const known = {
    units,
    campaigns: [...state.campaigns.values()],
    reportsOf: (id: string) =>
      [...(state.reportsOfUnit.get(id) ?? [])].flatMap((each) => card(state, each) ?? []),
  };
  return campaigns.flatMap((campaign) => {
    const merged = mergedBefore(campaign, unit, known);
    return merged ? [[campaign.id, merged] as const] : [];
  });
}

const card = (state: State, id: string): Report | Shelved | undefined =>
  state.reports.get(id) ?? state.shelved.get(id);

/** Ids of the reports that the answer to `load` hands out from wherever they lie. */
export const wantedBy = ({ previous, merged }: Looked): readonly string[] => [
  ...previous.map(({ report }) => report),
  ...merged.flatMap(([, { parts }]) => parts.flatMap(({ report }) => report ?? [])),
];

/** Makes the answer to `load` from what was looked up and the reports that it wants, which the store fetched. */
export function loadedFrom(looked: Looked, reports: readonly (Report | undefined)[]): Loaded {
  const byId = new Map(reports.flatMap((report) => (report ? [[report.id, report] as const] : [])));
  const previous = looked.previous.flatMap(({ campaign, report: id, of }) => {
    const report = byId.get(id);
    return report ? [[campaign.id, { report, campaign: of }] as const] : [];
  });
  const merged = looked.merged.map(([id, { campaign, parts }]) => {
    const handed = parts.map(({ unit, report: wanted }) => {
      const report = wanted === undefined ? undefined : byId.get(wanted);
      return report ? { unit, report } : { unit };
    });
    return [id, { campaign, parts: handed }] as const;
  });
  return {
    ...looked.loaded,
    previous: Object.fromEntries(previous),
    ...(merged.length > 0 && { merged: Object.fromEntries(merged) }),
  };
}
