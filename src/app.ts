// The shell around the pure step: loads, steps, stores, acknowledges, and hands the stored messages to the deliverer.
import { setTimeout as pause } from 'node:timers/promises';
import type { Facts } from '../flows/flow.ts';
import { newSession } from '../flows/remembered.ts';
import { isBareCode, keptWords, type Step, step } from '../flows/step.ts';
import type { Loaded, Storage } from '../storage/storage.ts';
import type { Channel, Receive } from './channels/channel.ts';
import { readChoice } from './channels/choices.ts';
import { joinMessages } from './channels/join-messages.ts';
import { freshCode, sha256 } from './codes.ts';
import type { Deliverer } from './deliver.ts';
import type { Message } from './domain/conversation.ts';
import type { Event } from './domain/event.ts';
import type { Template, TemplateRef } from './domain/template.ts';
import type { Holidays } from './domain/working-days.ts';
import type { Log } from './log.ts';
import { createQueue } from './queue.ts';
import { FILES, TROUBLE } from './text/menu.ts';

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
};

/** A turn that hangs longer than this no longer holds up the same conversation (ms). */
const TURN_LIMIT = 30_000;
/** How often a turn is done again when others keep writing to the same report, and the longest pause before it is (ms). */
const MOST_RACES = 100;
const LONGEST_PAUSE = 40;

export function createApp(parts: Parts): App {
  const queue = createQueue(TURN_LIMIT);
  return {
    receive: (event) => queue(event.conversation, () => handle(parts, event)),
    stop: () => queue.idle(),
  };
}

/** One event, stored whole or not at all. Rejects only when the store does, so that the platform tries again. */
async function handle(parts: Parts, event: Event): Promise<void> {
  const code = freshCode();
  const channel = channelOf(parts, event.conversation);
  for (let race = 0; race < MOST_RACES; race++) {
    const loaded = await parts.storage.load(askFor(event));
    if (loaded.handled) return;
    const understood = await meant(parts, channel, event, loaded);
    const said = await ownWords(parts, channel, event);
    const done = await stepWhole(parts, understood, loaded, code);
    const outcome = await store(parts, event, loaded, inOne(channel, event, done), said);
    if (outcome === 'stale') {
      // Whoever always comes at the same moment as the others loses every time.
      await pause(Math.random() * Math.min(LONGEST_PAUSE, 2 + race * 2));
      continue;
    }
    if (outcome === 'done') parts.deliverer.wake(isTheirs(event) ? event.conversation : undefined);
    return;
  }
  throw new Error(`event ${event.id}: somebody else was faster ${MOST_RACES} times`);
}

const channelOf = ({ channels }: Parts, conversation: string): Channel | undefined =>
  channels.find((each) => each.name === conversation.slice(0, conversation.indexOf(':')));

/** Something the person did: whoever can write can be written to. */
const isTheirs = (event: Event): boolean => event.type !== 'reachable' || event.reachable;

/**
 * What the person meant: on a channel with few buttons, words that stand for one of the choices shown; on one that may mix up the
 * order, words written before something that was handled already are marked so.
 */
async function meant(
  { storage }: Parts,
  channel: Channel | undefined,
  event: Event,
  { session }: Loaded,
): Promise<Event> {
  if (event.type !== 'text' || !channel) return event;
  if (!channel.can.ordered && session?.heardAt !== undefined && event.at < session.heardAt)
    return { ...event, late: true };
  if (channel.can.buttons >= MOST_BUTTONS || event.text.trim().startsWith('/')) return event;
  const shown = await storage.transcript(event.conversation, 0, SEARCHED);
  const read = readChoice(event.text, shown, channel.can.buttons);
  if (!read) return event;
  if (read.is === 'beyond') return { ...event, beyond: read.most };
  const { id, conversation, at, text: typed } = event;
  return { id, conversation, at, type: 'button', action: read.action, typed };
}

/** Where nothing can be edited, an echo and the question after it are one message: fewer to read, fewer to pay for. */
function inOne(channel: Channel | undefined, { conversation }: Event, done: Step): Step {
  if (!channel || channel.can.edit) return done;
  const own = done.messages.filter((each) => each.conversation === conversation);
  const others = done.messages.filter((each) => each.conversation !== conversation);
  const joined = joinMessages(
    own.map(({ message }) => message),
    channel.can.text,
  );
  return { ...done, messages: [...joined.map((message) => ({ conversation, message })), ...others] };
}

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

function factsFor(
  { templates, timezone, holidays, now, channels }: Parts,
  loaded: Loaded,
  code: string,
): Omit<Facts, 'histories'> {
  const template = (ref: TemplateRef) =>
    templates.find((each) => each.id === ref.id && each.version === ref.version);
  return {
    ...loaded,
    now: now().toISOString(),
    timezone,
    holidays,
    fresh: { code, id: sha256(code) },
    template,
    templates: templates.map(({ id, version, name, indicators }) => ({
      ...{ id, version, name },
      indicators: indicators.length,
    })),
    digest: sha256,
    links: (given) => linksFor(channels, given),
    notices: channels.flatMap((channel) => channel.notices()),
  };
}

/** The links that open an invitation, one for each channel that knows its own address. */
export const linksFor = (channels: readonly Channel[], code: string): { channel: string; link: string }[] =>
  channels.flatMap((channel) => {
    const link = channel.inviteLink(code);
    return link === undefined ? [] : [{ channel: channel.name, link }];
  });

/** A step that needs histories is taken again with them; one that then asks for more is at fault. */
async function stepWhole(parts: Parts, event: Event, loaded: Loaded, code: string): Promise<Step> {
  const first = stepSafely(parts, event, loaded, code, {});
  if (!first.needs) return first;
  const found = await Promise.all(
    first.needs.map(async (id) => [id, await parts.storage.history(id)] as const),
  );
  return stepSafely(parts, event, loaded, code, Object.fromEntries(found));
}

/** A bug in a flow must neither lose the position nor silence the chat: one apology, and the event counts as handled. */
function stepSafely(
  parts: Parts,
  event: Event,
  loaded: Loaded,
  code: string,
  histories: Facts['histories'],
): Step {
  try {
    return step(loaded.session, event, { ...factsFor(parts, loaded, code), histories });
  } catch (error) {
    parts.log.error({ event: event.id, err: error }, 'a flow threw; the position is kept');
    const apology = { conversation: event.conversation, message: { text: [TROUBLE.apology] } };
    return { session: loaded.session ?? newSession(event.conversation), changes: [], messages: [apology] };
  }
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

/** A channel without a history of its own gets what the person typed or pressed into the transcript too. */
async function ownWords(
  parts: Parts,
  channel: Channel | undefined,
  event: Event,
): Promise<{ conversation: string; message: Message }[]> {
  if (channel?.can.history !== false) return [];
  const words =
    event.type === 'text'
      ? keptWords(event.text)
      : event.type === 'button'
        ? await labelOf(parts, event)
        : event.type === 'file'
          ? FILES.own(event.file.name)
          : undefined;
  return words === undefined
    ? []
    : [{ conversation: event.conversation, message: { text: [words], mine: true } }];
}

/** How many of the newest messages are searched for the choice that was meant. */
const SEARCHED = 60;
/** No message has more; a channel that shows as many never has to list them. */
const MOST_BUTTONS = 100;

/** What stood on the pressed button; undefined when it is too old to be known. */
async function labelOf(
  { storage }: Parts,
  { conversation, action }: { conversation: string; action: string },
): Promise<string | undefined> {
  const shown = await storage.transcript(conversation, 0, SEARCHED);
  const buttons = shown.flatMap((each) => (each.message.buttons ?? []).flat());
  return buttons.findLast((each) => each.action === action)?.label;
}
