// Stores what is due, each message as a turn of its own, so that nobody ever gets it twice.
import type { Storage } from '../storage/storage.ts';
import type { Message } from './domain/conversation.ts';
import type { Person } from './domain/people.ts';
import type { Template } from './domain/template.ts';
import type { Holidays } from './domain/working-days.ts';
import type { Log } from './log.ts';
import type { Due } from './reminders.ts';
import { wasUnfinishedAt } from './reminders-told.ts';
import { type Known, messageFor } from './rounds-messages.ts';

/** What the rounds need. */
export type Parts = {
  readonly storage: Storage;
  readonly templates: readonly Template[];
  readonly timezone: string;
  readonly now: () => Date;
  readonly holidays: Holidays;
  /** Called after messages were stored. */
  readonly wake: () => void;
  readonly log: Log;
  /** Whether this instance is the one that looks. Left out: it is. */
  readonly leads?: () => boolean;
};

/** What came of one message: settled means that nothing more is to be done about it, failed that it is tried again. */
export type Stored = 'done' | 'settled' | 'stale' | 'failed';

/** A name for what is due that changes with its hour: what was settled for one hour is not settled for another. */
export const markOf = ({ key, at }: Due): string => `${key} ${at}`;

/** Sends one thing that is due, unless what it is about was finished or told since its hour. */
export async function remind(parts: Parts, due: Due, known: Known, settled: Set<string>): Promise<Stored> {
  const mark = markOf(due);
  return safely(parts, due.key, async () => {
    if (due.kind === 'reminder' && !wasUnfinishedAt(due.at, await parts.storage.history(due.report.id))) {
      settled.add(mark);
      return 'settled';
    }
    const message = messageFor(due, known);
    if (!message) {
      settled.add(mark);
      throw new Error(`the form of ${due.campaign.id} is gone`);
    }
    return store(parts, { ...due, mark, message, expects: expectedOf(due) }, settled);
  });
}

/** What must still be as it was read. A list for coordinators is a view of a moment; elsewhere one who has just sent gets nothing. */
function expectedOf(due: Due): { reports: Record<string, number>; campaigns: Record<string, number> } {
  const { id, rev = 0 } = due.campaign;
  const reports =
    due.kind === 'reminder' || due.kind === 'waiting'
      ? [due.report]
      : due.kind === 'escalation' && due.person.role === 'leader'
        ? due.missing
        : [];
  return {
    reports: Object.fromEntries(reports.map((each) => [each.id, each.rev])),
    campaigns: { [id]: rev },
  };
}

type Letter = {
  readonly key: string;
  readonly mark: string;
  readonly person: Person;
  readonly conversation: string;
  readonly message: Message;
  readonly expects: { readonly reports: Record<string, number>; readonly campaigns?: Record<string, number> };
};

/** One message is one turn, remembered in a conversation that serves only for that: whoever gets it, gets it once. */
export async function store({ storage, now }: Parts, letter: Letter, settled: Set<string>): Promise<Stored> {
  const { key, mark, person, conversation, message, expects } = letter;
  const outcome = await storage.commit({
    event: key,
    at: now().toISOString(),
    by: '',
    conversation: `reminder:${person.id}`,
    changes: [],
    outgoing: [{ conversation, message: { ...message, once: true } }],
    expects: { ...expects, people: { [person.id]: person.rev ?? 0 } },
  });
  if (outcome !== 'stale') settled.add(mark);
  return outcome === 'duplicate' ? 'settled' : outcome;
}

/** An error with one does not stop the others; it is tried again at the next look. */
export async function safely(parts: Parts, key: string, work: () => Promise<Stored>): Promise<Stored> {
  try {
    return await work();
  } catch (error) {
    parts.log.error({ reminder: key, err: error }, 'a reminder could not be stored');
    return 'failed';
  }
}
