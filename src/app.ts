// The shell around the pure step: loads, steps, stores, acknowledges, and hands the stored messages to the deliverer.
import { setTimeout as pause } from 'node:timers/promises';
import { isBareCode } from '../flows/code-words.ts';
import type { Step } from '../flows/step.ts';
import { isDamage } from '../storage/errors.ts';
import type { Loaded, Storage } from '../storage/storage.ts';
import type { Channel, Receive } from './channels/channel.ts';
import { freshCode, sha256 } from './codes.ts';
import type { Deliverer } from './deliver.ts';
import type { Message } from './domain/conversation.ts';
import type { Event } from './domain/event.ts';
import type { Role } from './domain/people.ts';
import type { Template } from './domain/template.ts';
import type { Holidays } from './domain/working-days.ts';
import type { Flood } from './flood.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { createQueue } from './queue.ts';
import { inOne, meant, ownWords } from './shown.ts';
import { sound } from './sound.ts';
import { TROUBLE } from './text/menu.ts';
import { type Ended, note } from './turn-note.ts';
import { apology, stepWhole } from './turn-taken.ts';

export type App = { readonly receive: Receive; readonly stop: () => Promise<void> };

type Parts = {
  readonly storage: Storage;
  readonly templates: readonly Template[];
  readonly channels: readonly Channel[];
  readonly deliverer: Deliverer;
  readonly timezone: string;
  readonly holidays: Holidays;
  readonly now: () => Date;
  readonly log: Log;
  readonly metrics?: Metrics;
  /** How much one conversation may send. Left out: without end. */
  readonly flood?: Flood;
};

/** A turn that hangs longer than this no longer holds up the same conversation (ms). */
const TURN_LIMIT = 30_000;
/** How often a turn is done again when others keep writing to the same report, and the longest pause before it is (ms). */
const MOST_RACES = 100;
const LONGEST_PAUSE = 40;

export function createApp(parts: Parts): App {
  const queue = createQueue(TURN_LIMIT);
  return {
    receive(given, after) {
      const began = performance.now();
      const event = sound(given);
      return queue(event.conversation, async () => {
        const verdict = parts.flood?.judge(event) ?? 'take';
        try {
          const ended = await (verdict === 'take' ? handle(parts, event) : leaveAside(parts, event, verdict));
          note(parts, event, began, ended);
          if (ended.known) after?.(ended.known.role);
        } catch (error) {
          parts.flood?.forget(event, verdict);
          note(parts, event, began, { outcome: 'failed', answers: 0 });
          throw error;
        }
      });
    },
    stop: () => queue.idle(),
  };
}

/** One event, stored whole or not at all. Rejects only when the store does, so that the platform tries again. */
async function handle(parts: Parts, event: Event): Promise<Ended> {
  const code = freshCode();
  const channel = channelOf(parts, event.conversation);
  for (let race = 0; race < MOST_RACES; race++) {
    const loaded = await parts.storage.load(askFor(event));
    if (loaded.handled) return { outcome: 'repeated', answers: 0 };
    const understood = await meant(parts.storage, channel, event, loaded);
    const said = await ownWords(parts.storage, channel, event);
    let done = await stepWhole(parts, understood, loaded, code);
    const told = await inOne(parts.storage, channel, event, done);
    const outcome = await store(parts, event, loaded, told, said).catch((error: unknown) => {
      if (!isDamage(error)) throw error;
      // It would go wrong as often as the platform repeats it, and keep others waiting behind it.
      parts.log.error({ event: event.id, err: error }, 'a turn needs what is damaged; it is left out');
      done = apology(event, loaded);
      return store(parts, event, loaded, done, said);
    });
    if (outcome === 'stale') {
      // Whoever always comes at the same moment as the others loses every time.
      await pause(Math.random() * Math.min(LONGEST_PAUSE, 2 + race * 2));
      continue;
    }
    if (outcome === 'duplicate') return { outcome: 'repeated', answers: 0 };
    parts.deliverer.wake(isTheirs(event) ? event.conversation : undefined);
    return {
      outcome: done.failed ? 'apologized' : 'stored',
      flow: done.session.waiting.flow,
      known: { role: roleAfter(done, loaded) },
      answers: done.changes.reduce((sum, each) => sum + (each.type === 'answer_set' ? 1 : 0), 0),
    };
  }
  throw new Error(`event ${event.id}: somebody else was faster ${MOST_RACES} times`);
}

/** Of what comes too fast nothing is taken, lest an answer slip to another question; only that is said, once and durably. */
async function leaveAside(parts: Parts, event: Event, verdict: 'tell' | 'drop'): Promise<Ended> {
  if (verdict === 'drop') return { outcome: 'dropped', answers: 0 };
  const { session, person } = await parts.storage.load({ conversation: event.conversation, event: event.id });
  const told = { conversation: event.conversation, message: { text: [TROUBLE.tooFast] } };
  const outcome = await parts.storage.commit({
    ...{
      event: event.id,
      at: parts.now().toISOString(),
      by: person?.id ?? '',
      changes: [],
      outgoing: [told],
    },
    conversation: event.conversation,
    expects: { session: session?.rev ?? 0, reports: {} },
  });
  if (outcome === 'stale') throw new Error(`event ${event.id}: somebody else was faster`);
  parts.deliverer.wake(event.conversation);
  return { outcome: 'dropped', answers: 0 };
}

/** Who speaks in this conversation once the turn is stored. */
function roleAfter({ session, changes }: Step, { person }: Loaded): Role | undefined {
  const now = changes.findLast((each) => each.type === 'person_set' && each.person.id === session.person);
  if (now?.type === 'person_set') return now.person.role;
  return session.person === person?.id ? person?.role : undefined;
}

const channelOf = ({ channels }: Parts, conversation: string): Channel | undefined =>
  channels.find((each) => each.name === conversation.slice(0, conversation.indexOf(':')));

/** Something the person did: whoever can write can be written to. */
const isTheirs = (event: Event): boolean => event.type !== 'reachable' || event.reachable;

function askFor(event: Event): Parameters<Storage['load']>[0] {
  const given = codeIn(event);
  return {
    conversation: event.conversation,
    event: event.id,
    ...(given ? { invitation: sha256(given) } : {}),
  };
}

/** The invitation code that an event carries, if any. */
function codeIn(event: Event): string | undefined {
  if (event.type !== 'text') return undefined;
  const text = event.text.trim();
  return /^\/start(?:@\S+)?\s+(\S+)$/i.exec(text)?.[1] ?? (isBareCode(text) ? text : undefined);
}

function store(
  parts: Parts,
  event: Event,
  loaded: Loaded,
  done: Step,
  said: readonly { conversation: string; message: Message }[],
): Promise<'done' | 'duplicate' | 'stale'> {
  const revs = new Map(loaded.reports.map((report) => [report.id, report.rev]));
  const touched = done.changes.flatMap((change) => ('report' in change ? [change.report] : []));
  const campaigns = [...loaded.campaigns, ...loaded.closed];
  return parts.storage.commit({
    event: event.id,
    at: parts.now().toISOString(),
    by: done.session.person ?? loaded.person?.id ?? '',
    conversation: event.conversation,
    session: done.session,
    changes: done.changes,
    outgoing: [...said, ...done.messages],
    expects: {
      session: loaded.session?.rev ?? 0,
      reports: Object.fromEntries(touched.map((id) => [id, revs.get(id) ?? 0])),
      campaigns: revsOf(
        done.changes.flatMap((each) => (each.type === 'campaign_set' ? [each.campaign.id] : [])),
        campaigns,
      ),
      people: revsOf(
        done.changes.flatMap((each) => (each.type === 'person_set' ? [each.person.id] : [])),
        loaded.people,
      ),
    },
  });
}

/** The revs of these as they were read. */
const revsOf = (
  ids: readonly string[],
  read: readonly { readonly id: string; readonly rev?: number }[],
): Record<string, number> =>
  Object.fromEntries(ids.map((id) => [id, read.find((each) => each.id === id)?.rev ?? 0]));
