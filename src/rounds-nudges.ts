// After a coordinator's own nudge: who got it and who could not be reached, told to that coordinator.
import type { Storage } from '../storage/storage.ts';
import type { Campaign } from './domain/campaign.ts';
import type { Nudged, Recorded } from './domain/change.ts';
import { type Person, reachedIn } from './domain/people.ts';
import { type Known, nudgeOutcomeOf, officersOf, unitOf } from './rounds-messages.ts';
import { channelOf, failureOf, NOTHING, type Outcomes } from './rounds-outcome.ts';
import type { Unreached } from './text/remind-office.ts';

/** So long a nudge's messages may be on their way before it is summed up without them, and so old a nudge is still news (ms). */
const NUDGE_PAUSE = 3 * 60_000;
const NUDGE_AGE = 24 * 3_600_000;

/** The nudges of a campaign that are not summed up yet. */
export async function nudgeOutcomes(
  campaign: Campaign,
  history: readonly Recorded[],
  known: Known,
  storage: Storage,
  settled: ReadonlySet<string>,
): Promise<readonly Outcomes[]> {
  const isNews = ({ id, at }: Recorded) =>
    Date.parse(known.now) - Date.parse(at) < NUDGE_AGE && !settled.has(nudgeKey(id));
  const found = history.map(async (record) =>
    record.change.type === 'nudged' && isNews(record)
      ? nudgeOutcome(campaign, record, record.change, known, storage)
      : NOTHING,
  );
  return Promise.all(found);
}

const nudgeKey = (record: string): string => `nudge-outcome:${record}`;

async function nudgeOutcome(
  campaign: Campaign,
  { id, at, by, conversation: here }: Recorded,
  { people, unreached }: { readonly people: readonly Nudged[]; readonly unreached: readonly string[] },
  known: Known,
  storage: Storage,
): Promise<Outcomes> {
  const { office, now } = known;
  const key = nudgeKey(id);
  const person = office.people.find((each) => each.id === by);
  const conversation = person && conversationOf(person, here);
  if (!person || conversation === undefined) return { tell: [], over: [key] };
  const fates = await Promise.all(
    people.map(async (each) => ({ ...each, fate: await storage.fate(each.conversation, each.message) })),
  );
  const waiting = fates.filter(({ fate }) => fate?.is === 'waiting').length;
  if (waiting > 0 && Date.parse(now) - Date.parse(at) < NUDGE_PAUSE) return NOTHING;
  const failed = fates.flatMap((each): Unreached[] => {
    const why = failureOf(each.fate);
    const whom = office.people.find((one) => one.id === each.person);
    const unit = unitOf(office, each.unit).name;
    return why && whom ? [{ unit, person: whom, channel: channelOf(each.conversation), why }] : [];
  });
  const nobody = unreached.map(
    (unit): Unreached => ({
      unit: unitOf(office, unit).name,
      officers: officersOf(office, unit),
    }),
  );
  const got = fates
    .filter(({ fate }) => fate?.is !== 'waiting' && failureOf(fate) === undefined)
    .map((each) => ({
      unit: unitOf(office, each.unit).name,
      person: office.people.find((one) => one.id === each.person)?.name ?? '',
    }));
  const message = nudgeOutcomeOf(campaign, { got, waiting }, [...failed, ...nobody], known);
  return message ? { tell: [{ key, person, conversation, message }], over: [key] } : NOTHING;
}

/** Where the person nudged from, as long as that still is one of theirs. */
const conversationOf = (person: Person, here: string): string | undefined =>
  person.leftAt === undefined && person.conversations.includes(here) && !person.unreachable.includes(here)
    ? here
    : reachedIn(person);
