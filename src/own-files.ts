// Whether a conversation may still fetch a file it was offered earlier: people leave, and links stay behind.
import type { Storage } from '../storage/storage.ts';
import { covers } from './domain/campaign.ts';
import { reportId } from './domain/report.ts';

/** True when the person of this conversation fills that report, or coordinates its unit. */
export async function mayHave(storage: Storage, conversation: string, report: string): Promise<boolean> {
  const { person, units, campaigns } = await storage.load({ conversation, event: '' });
  if (!person) return false;
  return campaigns.some((campaign) =>
    campaign.units.some(
      (unit) =>
        reportId(campaign.id, unit) === report &&
        (person.role === 'officer' ? person.unit === unit : covers(person, unit, campaign, units)),
    ),
  );
}
