// What a turn knows once its own changes are made: the next question is asked over that.
import type { Campaign } from '../src/domain/campaign.ts';
import type { Change } from '../src/domain/change.ts';
import { applyToReport } from '../src/domain/changed-report.ts';
import { perObject } from '../src/domain/per-object.ts';
import type { Facts } from './flow.ts';

/** The facts after these changes, as far as prompts look at them. */
export const factsAfter = (facts: Facts, changes: readonly Change[]): Facts =>
  changes.length === 0 ? facts : afters(changes)(facts);

/** Whoever records a change, and then whoever asks the next question, look at the same facts. */
const afters = perObject((changes: readonly Change[]) =>
  perObject((facts: Facts) => findAfter(facts, changes)),
);

function findAfter(facts: Facts, changes: readonly Change[]): Facts {
  let { reports, campaigns, person, invitations } = facts;
  for (const change of changes) {
    if (change.type === 'person_forgotten') person = person?.id === change.person ? undefined : person;
    else if (change.type === 'person_set')
      person = person?.id === change.person.id || !person ? change.person : person;
    else if (change.type === 'invitation_set')
      invitations = [...invitations.filter(({ id }) => id !== change.invitation.id), change.invitation];
    else if (change.type === 'campaign_set') campaigns = campaignsAfter(campaigns, change.campaign);
    else if ('report' in change) {
      const old = reports.find((each) => each.id === change.report);
      const next = applyToReport(old, change);
      reports = old ? reports.map((each) => (each === old ? next : each)) : [...reports, next];
    }
  }
  const after = { ...facts, reports, campaigns, invitations };
  if (person) return person === facts.person ? after : { ...after, person };
  const { person: _, ...others } = after;
  return others;
}

function campaignsAfter(campaigns: readonly Campaign[], next: Campaign): readonly Campaign[] {
  const others = campaigns.filter(({ id }) => id !== next.id);
  if (next.closedAt !== undefined) return others;
  return [...others, next].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}
