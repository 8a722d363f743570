// Whether a conversation may have a file, when it is made and whenever it is fetched: people leave, and messages and links stay behind.

import type { Storage } from '../storage/storage.ts';
import { heldBy } from './domain/assignment.ts';
import { type Campaign, sees, unitsAbove } from './domain/campaign.ts';
import type { FileRequest } from './domain/conversation.ts';
import { isOverseer, type Person, type Unit } from './domain/people.ts';
import { partsOfId } from './domain/report.ts';
import { invitationsOf } from './files/invitations.ts';

type Who = { readonly person: Person; readonly units: readonly Unit[] };

/**
 * A report and its history: to the people of its unit, and to those who look after that unit; to somebody who fills a part of it
 * nothing but that part. What there is of a whole period: to
 * the person it was made for, as long as that one looks after any of its units. Codes: to whoever may let people into those units.
 */
export async function mayHave(
  storage: Storage,
  conversation: string,
  request: FileRequest,
): Promise<boolean> {
  const { person, units, campaigns, closed } = await storage.load({ conversation, event: '' });
  if (!person || person.leftAt !== undefined) return false;
  const who = { person, units };
  if (person.role === 'helper') return 'report' in request && mayHavePart(storage, person, request);
  if ('report' in request) return mayOpen(storage, who, request.report);
  if ('history' in request) return mayOpen(storage, who, request.history);
  if ('campaign' in request) {
    const campaign = await storage.campaign(request.campaign);
    return (
      person.id === request.person && !!campaign?.units.some((unit) => sees(person, unit, campaign, units))
    );
  }
  const found = await invitationsOf(storage, request);
  return (
    found.length > 0 &&
    found.every(({ invitation }) => mayInvite(who, [...campaigns, ...closed], invitation.unit))
  );
}

/** Of a report only the own part, as long as nobody has taken it back. */
async function mayHavePart(
  storage: Storage,
  person: Person,
  request: Extract<FileRequest, { report: string }>,
): Promise<boolean> {
  const report = request.for === person.id ? await storage.report(request.report) : undefined;
  return report !== undefined && report.unit === person.unit && heldBy(report, person.id).length > 0;
}

/** `report`: its id, which names campaign and unit also when nobody has begun it. */
async function mayOpen(storage: Storage, { person, units }: Who, report: string): Promise<boolean> {
  const { campaign: id, unit } = partsOfId(report);
  const campaign = await storage.campaign(id);
  if (!campaign?.units.includes(unit)) return false;
  return isOverseer(person.role) ? sees(person, unit, campaign, units) : person.unit === unit;
}

/** A leader into the own unit; a coordinator also into those below it, those of its periods, and all of a list without a hierarchy. */
function mayInvite({ person, units }: Who, campaigns: readonly Campaign[], unit: string): boolean {
  if (person.role === 'leader') return person.unit === unit;
  if (person.role !== 'coordinator') return false;
  if (campaigns.some((each) => each.units.includes(unit) && sees(person, unit, each, units))) return true;
  const above = (id: string): readonly string[] =>
    unitsAbove(id, (each) => units.find((known) => known.id === each));
  const chain = above(unit);
  return chain.includes(person.unit) || (chain.length === 1 && above(person.unit).length === 1);
}
