// What turns are kept apart by: two turns with a key in common are stored one after the other.
import type { Turn } from './storage.ts';
import { reportsChangedBy } from './turn.ts';

export const reportKey = (id: string): string => `report ${id}`;
export const campaignKey = (id: string): string => `campaign ${id}`;

/** Everything that decides whether the turn may be stored, or that it takes from the shelf. */
export const keysOf = (turn: Turn): readonly string[] => [
  `conversation ${turn.conversation}`,
  ...[...reportsChangedBy(turn), ...Object.keys(turn.expects.reports)].map(reportKey),
  ...turn.changes.flatMap((change) => {
    if (change.type === 'campaign_set') return [campaignKey(change.campaign.id)];
    return change.type === 'invitation_set' ? [`invitation ${change.invitation.id}`] : [];
  }),
];
