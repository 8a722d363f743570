// What happened to one unit's report: its own records and those of its period that concern the unit. Nothing is ever left out of it
// but what concerns somebody else.
import { type Campaign, campaignFor } from './campaign.ts';
import type { Change, Recorded } from './change.ts';
import { rowsRead } from './relations.ts';
import type { Template } from './template.ts';

/** `was`: the period as it stood before, where the period itself changed. */
export type Happening = { readonly recorded: Recorded; readonly was?: Campaign };

type Asked = {
  readonly unit: string;
  readonly template: Template;
  /** Only what concerns this indicator. */
  readonly indicator?: string;
};

/** Newest first. `ofReport` and `ofCampaign` as the store gives them, oldest first. */
export function happeningsOf(
  ofReport: readonly Recorded[],
  ofCampaign: readonly Recorded[],
  asked: Asked,
): readonly Happening[] {
  const own = ofReport.filter(({ change }) => concerns(change, asked)).map((recorded) => ({ recorded }));
  const period = asked.indicator === undefined ? inPeriod(ofCampaign, asked.unit) : [];
  return [...period, ...own]
    .sort((a, b) => (a.recorded.at < b.recorded.at ? -1 : a.recorded.at > b.recorded.at ? 1 : 0))
    .reverse();
}

function concerns(change: Change, { indicator, template }: Asked): boolean {
  if (indicator === undefined) return true;
  switch (change.type) {
    case 'answer_set':
    case 'answer_cleared':
      return change.indicator === indicator;
    case 'note_set':
      return change.row === indicator;
    case 'explained':
    case 'overridden':
      return rowsOf(template, change.rule).includes(indicator);
    case 'returned':
      return (change.points ?? []).some((point) => point.indicator === indicator);
    default:
      return false;
  }
}

/** The rows that a finding was about: a rule of the form, or a check of one row (`<kind>:<row>`). */
export function rowsOf({ rules, byId }: Template, finding: string): readonly string[] {
  const rule = rules.find(({ id }) => id === finding);
  if (rule) return rowsRead(rule);
  const row = finding.slice(finding.indexOf(':') + 1);
  return byId.has(row) ? [row] : [];
}

/** Of a period: what changed for this unit, and who of it was nudged. */
function inPeriod(records: readonly Recorded[], unit: string): readonly Happening[] {
  let was: Campaign | undefined;
  return records.flatMap((recorded): readonly Happening[] => {
    const { change } = recorded;
    if (change.type === 'nudged') {
      const isMeant = change.people.some((each) => each.unit === unit) || change.unreached.includes(unit);
      return isMeant ? [{ recorded }] : [];
    }
    if (change.type !== 'campaign_set') return [];
    const before = was;
    was = change.campaign;
    return isOther(before, change.campaign, unit) ? [{ recorded, ...(before && { was: before }) }] : [];
  });
}

function isOther(before: Campaign | undefined, now: Campaign, unit: string): boolean {
  if (!before) return now.units.includes(unit);
  return (
    before.units.includes(unit) !== now.units.includes(unit) ||
    campaignFor(before, unit).due !== campaignFor(now, unit).due ||
    before.closedAt !== now.closedAt
  );
}

/** As somebody may read it who has only these rows: what was said when the whole was returned names others too. */
export function withinPart({ recorded, was }: Happening, rows: ReadonlySet<string>): Happening {
  const { change } = recorded;
  if (change.type !== 'returned') return { recorded, ...(was && { was }) };
  const points = (change.points ?? []).filter(({ indicator }) => rows.has(indicator));
  const own = { ...change, explanation: { ...change.explanation, text: '' }, points };
  return { recorded: { ...recorded, change: own } };
}
