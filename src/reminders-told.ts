// What people were told anyway, and when: nothing that was due before is told them once more.
import { type Campaign, campaignFor } from './domain/campaign.ts';
import type { Recorded } from './domain/change.ts';
import { reportId } from './domain/report.ts';

/**
 * When every unit of a campaign was last told of its deadline (ISO), by report, and when the office's own was set, by campaign:
 * opening, moving, extending and opening again are told at once, and nothing that was due before is told once more.
 */
export function toldOf(campaign: Campaign, history: readonly Recorded[]): Record<string, string> {
  const told = new Map<string, string>();
  let before: Campaign | undefined;
  for (const { at, change } of history) {
    if (change.type !== 'campaign_set') continue;
    const after = change.campaign;
    const was = before;
    before = after;
    if (!was) continue;
    if (was.passOnBy !== after.passOnBy) told.set(campaign.id, at);
    const reopened = was.closedAt !== undefined && after.closedAt === undefined;
    for (const unit of after.units)
      if (
        reopened ||
        !was.units.includes(unit) ||
        campaignFor(was, unit).due !== campaignFor(after, unit).due
      )
        told.set(reportId(campaign.id, unit), at);
  }
  return Object.fromEntries(told);
}

/** True when the report was unfinished at that moment (ms): what was returned or taken back later was told then. */
export const wasUnfinishedAt = (at: number, history: readonly Recorded[]): boolean =>
  !history.some(
    (record) =>
      ['returned', 'withdrawn', 'reopened', 'approval_refused'].includes(record.change.type) &&
      Date.parse(record.at) > at,
  );
