// What the officers and leaders of units are told when the operator opens or changes a period.
import type { Storage, Turn } from '../../storage/storage.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { Message } from '../domain/conversation.ts';
import { type Person, reachedIn } from '../domain/people.ts';
import type { Template } from '../domain/template.ts';
import { CAMPAIGN } from '../text/admin.ts';
import { openingMessage } from '../text/period.ts';

type Told = Turn['outgoing'];

/** The officers and leaders of these units who can be written to, and where. */
async function reachedOf(
  storage: Storage,
  units: readonly string[],
): Promise<readonly { readonly person: Person; readonly conversation: string }[]> {
  const people = (await storage.people()).filter(
    ({ role, unit }) => (role === 'officer' || role === 'leader') && units.includes(unit),
  );
  return people.flatMap((person) => {
    const conversation = reachedIn(person);
    return conversation === undefined ? [] : [{ person, conversation }];
  });
}

/** The same message to all of them. */
export async function newsTo(storage: Storage, units: readonly string[], message: Message): Promise<Told> {
  return (await reachedOf(storage, units)).map(({ conversation }) => ({ conversation, message }));
}

/** So many units are named in a note. */
const MOST_NAMED = 10;

/** The news of a period with the button to begin, and a note about the units left where only some can be told. */
export async function openingNews(
  storage: Storage,
  campaign: Campaign,
  template: Template,
  units: readonly string[],
  timezone: string,
  reason?: string,
): Promise<{ readonly told: Told; readonly notes: readonly string[] }> {
  const byId = new Map((await storage.units()).map((unit) => [unit.id, unit]));
  const reached = await reachedOf(storage, units);
  const told = reached.flatMap(({ person: { role, unit: id }, conversation }) => {
    const unit = byId.get(id);
    return unit
      ? [{ conversation, message: openingMessage(campaign, template, { unit, role }, timezone, reason) }]
      : [];
  });
  const filled = new Set(reached.flatMap(({ person }) => (person.role === 'officer' ? [person.unit] : [])));
  const empty = units.filter((unit) => !filled.has(unit));
  const named = [...empty.slice(0, MOST_NAMED), ...(empty.length > MOST_NAMED ? ['…'] : [])].join(', ');
  const isSome = told.length > 0 && empty.length > 0;
  return { told, notes: isSome ? [CAMPAIGN.empty(empty.length, named)] : [] };
}
