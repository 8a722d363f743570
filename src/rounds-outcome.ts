// After a round of reminders: who could not be reached, told to the coordinators.
import type { Fate, Storage } from '../storage/storage.ts';
import { type Campaign, covers, planOf } from './domain/campaign.ts';
import { localTime } from './domain/clock.ts';
import type { Message } from './domain/conversation.ts';
import { type Person, reachedIn } from './domain/people.ts';
import { type Round, reminderKey, roundsOf } from './reminders.ts';
import { deskOf } from './reminders-desk.ts';
import { isOpenFrom } from './reminders-slots.ts';
import { type Known, outcomeOf, unitOf } from './rounds-messages.ts';
import type { Unreached } from './text/remind-office.ts';

/** One message about what became of others. */
type Telling = {
  readonly key: string;
  readonly person: Person;
  readonly conversation: string;
  readonly message: Message;
};

/** What is to be told now, and the marks of what is over once that is stored. */
export type Outcomes = { readonly tell: readonly Telling[]; readonly over: readonly string[] };

export const NOTHING: Outcomes = { tell: [], over: [] };
/** So long after a round's first message the coordinators are told of it (ms). */
const ROUND_PAUSE = 10 * 60_000;

/** The rounds of a campaign of which nothing was told yet. */
export async function roundOutcomes(
  campaign: Campaign,
  known: Known,
  storage: Storage,
  settled: ReadonlySet<string>,
): Promise<readonly Outcomes[]> {
  const early = deskOf(known.office, known.now);
  if (!isOpenFrom(planOf(campaign).at, early.clock)) return [];
  const markOf = ({ slot }: Round) => `outcome:${campaign.id}:${slot.name}:${slot.at}`;
  const isNext = (round: Round) =>
    early.clock.now >= round.slot.at + ROUND_PAUSE && !settled.has(markOf(round));
  // Without reports every unit counts as unfinished: only when a round is left over are they worth reading.
  if (!roundsOf(campaign, early).some(isNext)) return [];
  const reports = await storage.reports(campaign.id);
  const all = roundsOf(campaign, deskOf({ ...known.office, reports }, known.now)).filter(isNext);
  const marks = [...new Set(all.map(markOf))];
  return Promise.all(
    marks.map((mark) => {
      const rounds = all.filter((each) => markOf(each) === mark);
      return roundOutcome(campaign, mark, rounds, known, storage);
    }),
  );
}

async function roundOutcome(
  campaign: Campaign,
  mark: string,
  rounds: readonly Round[],
  known: Known,
  storage: Storage,
): Promise<Outcomes> {
  const { office, now, slot } = { ...known, slot: rounds[0]?.slot };
  if (!slot) return NOTHING;
  const sent = await Promise.all(
    rounds.map(async (round) => ({ round, messages: await messagesOf(campaign.id, round, storage) })),
  );
  const times = sent.flatMap(({ messages }) => messages.map(({ at }) => at));
  const first = times.length > 0 ? Math.min(...times) : slot.at;
  const dayOf = (instant: number) => localTime(new Date(instant).toISOString(), office.timezone).day;
  // What was sent on an earlier day is no news, and what nobody got on its own day is made up for by the next round.
  if (dayOf(first) !== dayOf(Date.parse(now))) return { tell: [], over: [mark] };
  if (Date.parse(now) < first + ROUND_PAUSE) return NOTHING;
  const unreached = sent.flatMap(({ round, messages }) => unreachedIn(round, messages, known));
  const tell = office.people.flatMap((person): Telling[] => {
    const theirs = unreached.filter(({ id }) => covers(person, id, campaign, office.units));
    const conversation = reachedIn(person);
    if (theirs.length === 0 || conversation === undefined) return [];
    const message = outcomeOf(
      campaign,
      theirs.map((each) => each.what),
      known,
    );
    const key = reminderKey(campaign.id, `${slot.name}:outcome`, person.id);
    return message ? [{ key, person, conversation, message }] : [];
  });
  return { tell, over: [mark] };
}

/** A reminder that went out: when it was stored (ms), to whom, and what became of it. */
type Sent = {
  readonly at: number;
  readonly person: Person;
  readonly conversation: string;
  readonly fate: Fate | undefined;
};

/** The messages of a round to one unit; the officer's newest conversation may have changed since. */
async function messagesOf(
  campaign: string,
  { slot, officers }: Round,
  storage: Storage,
): Promise<readonly Sent[]> {
  const found = officers.flatMap((person) =>
    person.conversations.map(async (conversation): Promise<Sent[]> => {
      const id = `${reminderKey(campaign, slot.name, person.id)}:0`;
      const out = (await storage.transcript(conversation, 0, REMEMBERED)).find((each) => each.id === id);
      if (!out) return [];
      return [
        { at: Date.parse(out.createdAt), person, conversation, fate: await storage.fate(conversation, id) },
      ];
    }),
  );
  return (await Promise.all(found)).flat();
}

/** So many of a conversation's newest messages are remembered at least. */
const REMEMBERED = 60;

function unreachedIn(
  { report, officers }: Round,
  messages: readonly Sent[],
  { office }: Known,
): readonly { readonly id: string; readonly what: Unreached }[] {
  const unit = unitOf(office, report.unit).name;
  const failed = messages.flatMap(({ fate, person, conversation }): Unreached[] => {
    const why = failureOf(fate);
    return why ? [{ unit, person, channel: channelOf(conversation), why }] : [];
  });
  const nobody = failed.length === 0 && officers.every((each) => reachedIn(each) === undefined);
  return [...failed, ...(nobody ? [{ unit, officers }] : [])].map((what) => ({ id: report.unit, what }));
}

/** Why a message did not arrive; undefined when it did, may have, or is on its way. */
export function failureOf(fate: Fate | undefined) {
  if (fate?.is === 'held') return fate.hold;
  return fate?.is === 'never' ? ('never' as const) : undefined;
}

export const channelOf = (conversation: string): string => conversation.slice(0, conversation.indexOf(':'));
