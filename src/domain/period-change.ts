// Changes to a period that was opened: what becomes of the campaign, and which units have to be told.
import { type Campaign, campaignFor, type ReminderPlan } from './campaign.ts';

/** What may be done with a period: its deadline, one unit's own, units in and out, the office's deadline, reminders, approval. */
export type PeriodAct =
  | 'due'
  | 'extend'
  | 'add'
  | 'remove'
  | 'passOn'
  | 'plan'
  | 'approval'
  | 'close'
  | 'reopen';

/** `concerned`: the units whose people are told. */
export type PeriodChange = { readonly campaign: Campaign; readonly concerned: readonly string[] };

/** Another deadline for all. Whoever has a later one of their own keeps it; one that is no longer later is no extension any more. */
export function movedTo(campaign: Campaign, due: string): PeriodChange {
  const { extensions = {} } = campaign;
  const later = Object.entries(extensions).filter(([, own]) => own > due);
  return {
    campaign: withExtensions({ ...campaign, due }, later),
    concerned: campaign.units.filter((unit) => !later.some(([id]) => id === unit)),
  };
}

/** A deadline of its own for one unit; undefined: the one of all again. */
export function extended(campaign: Campaign, unit: string, due: string | undefined): PeriodChange {
  const others = Object.entries(campaign.extensions ?? {}).filter(([id]) => id !== unit);
  return {
    campaign: withExtensions(campaign, due === undefined ? others : [...others, [unit, due]]),
    concerned: [unit],
  };
}

function withExtensions(
  { extensions: _, ...campaign }: Campaign,
  extensions: readonly (readonly [string, string])[],
): Campaign {
  return extensions.length > 0 ? { ...campaign, extensions: Object.fromEntries(extensions) } : campaign;
}

/** More units; those that are in it already stay as they are. */
export function withUnits(campaign: Campaign, units: readonly string[]): PeriodChange {
  const added = [...new Set(units)].filter((unit) => !campaign.units.includes(unit));
  return { campaign: { ...campaign, units: [...campaign.units, ...added] }, concerned: added };
}

/** Without a unit that was added by mistake. */
export function withoutUnit(campaign: Campaign, unit: string): PeriodChange {
  const rest = extended(campaign, unit, undefined).campaign;
  return { campaign: { ...rest, units: rest.units.filter((id) => id !== unit) }, concerned: [unit] };
}

/** The units learn of it when they are reminded, so nobody is told now. */
export const planned = (campaign: Campaign, plan: ReminderPlan): PeriodChange => ({
  campaign: { ...campaign, plan },
  concerned: [],
});

/** The office's own deadline, which concerns no unit. */
export const passedOnBy = (campaign: Campaign, passOnBy: string): PeriodChange => ({
  campaign: { ...campaign, passOnBy },
  concerned: [],
});

export function approvedFirst({ approval: _, ...campaign }: Campaign, isAsked: boolean): PeriodChange {
  return {
    campaign: isAsked ? { ...campaign, approval: true } : campaign,
    concerned: campaign.units,
  };
}

export const closedAt = (campaign: Campaign, now: string): PeriodChange => ({
  campaign: { ...campaign, closedAt: now },
  concerned: campaign.units,
});

export const openAgain = ({ closedAt: _, ...campaign }: Campaign): PeriodChange => ({
  campaign,
  concerned: campaign.units,
});

/** The deadline that this unit has. */
export const dueOf = (campaign: Campaign, unit: string): string => campaignFor(campaign, unit).due;
