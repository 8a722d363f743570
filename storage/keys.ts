// What turns are kept apart by: two turns with a key in common are stored one after the other.
import { conversationsForgottenBy } from './forget.ts';
import type { State } from './state.ts';
import type { Turn } from './storage.ts';
import { reportsChangedBy } from './turn.ts';

export const reportKey = (id: string): string => `report ${id}`;
export const campaignKey = (id: string): string => `campaign ${id}`;
const personKey = (id: string): string => `person ${id}`;
const conversationKey = (id: string): string => `conversation ${id}`;

/** Everything that decides whether the turn may be stored, that it takes from the shelf, or that it takes away from other turns. */
export const keysOf = (state: State, turn: Turn): readonly string[] => [
  ...[turn.conversation, ...conversationsForgottenBy(state, turn)].map(conversationKey),
  ...[...reportsChangedBy(turn), ...Object.keys(turn.expects.reports)].map(reportKey),
  // A turn that sets a channel's memory names it among what it expects.
  ...Object.keys(turn.expects.channels ?? {}).map((name) => `channel ${name}`),
  ...Object.keys(turn.expects.campaigns ?? {}).map(campaignKey),
  ...Object.keys(turn.expects.people ?? {}).map(personKey),
  ...turn.changes.flatMap((change) => {
    if (change.type === 'campaign_set') return [campaignKey(change.campaign.id)];
    if (change.type === 'nudged' || change.type === 'tables_given') return [campaignKey(change.campaign)];
    if (change.type === 'person_set') return [personKey(change.person.id)];
    if (change.type === 'person_forgotten') return [personKey(change.person)];
    return change.type === 'invitation_set' ? [`invitation ${change.invitation.id}`] : [];
  }),
];
