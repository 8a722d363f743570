// What was shown in a conversation before: what typed words stand for among it, what stood on a button, and how what is said now fits to it.
import { keptWords } from '../flows/code-words.ts';
import type { Step } from '../flows/step.ts';
import type { Loaded, Storage } from '../storage/storage.ts';
import type { Channel } from './channels/channel.ts';
import { readChoice } from './channels/choices.ts';
import { joinMessages } from './channels/join-messages.ts';
import type { Message } from './domain/conversation.ts';
import type { Event } from './domain/event.ts';
import { FILES } from './text/menu.ts';

/** How many of the newest messages are searched for the choice that was meant. */
const SEARCHED = 60;
/** No message has more; a channel that shows as many never has to list them. */
const MOST_BUTTONS = 100;

/**
 * What the person meant: on a channel with few buttons, words that stand for one of the choices shown; on one that may mix up the
 * order, words written before something that was handled already are marked so.
 */
export async function meant(
  storage: Storage,
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

/**
 * An echo and the question after it are one message: fewer to read, to wait for and to pay for. A tap instead changes the message
 * that was tapped, where that can be done; what was joined to the front of that one stays.
 */
export async function inOne(
  storage: Storage,
  channel: Channel | undefined,
  { conversation, type }: Event,
  done: Step,
): Promise<Step> {
  if (!channel) return done;
  const own = done.messages.flatMap((each) => (each.conversation === conversation ? [each.message] : []));
  const others = done.messages.filter((each) => each.conversation !== conversation);
  const isChanged = channel.can.edit && type !== 'text';
  // Below words that were typed stands what is said to them: a question far above changes for a tap alone.
  const given = isChanged ? own : own.map(({ replaces: _, ...message }) => message);
  const fitted = joinMessages(given, channel.can.text, isChanged);
  const kept = isChanged ? await keepingAbove(storage, conversation, fitted) : fitted;
  return { ...done, messages: [...kept.map((message) => ({ conversation, message })), ...others] };
}

async function keepingAbove(
  storage: Storage,
  conversation: string,
  messages: readonly Message[],
): Promise<readonly Message[]> {
  if (messages.every(({ replaces }) => replaces === undefined)) return messages;
  const shown = await storage.transcript(conversation, 0, SEARCHED);
  return messages.map((message) => {
    const { replaces } = message;
    const old = shown.findLast((each) => replaces !== undefined && each.message.key === replaces)?.message;
    return old?.above === undefined
      ? message
      : { ...message, text: [...old.text.slice(0, old.above), ...message.text], above: old.above };
  });
}

/** A channel without a history of its own gets what the person typed or pressed into the transcript too. */
export async function ownWords(
  storage: Storage,
  channel: Channel | undefined,
  event: Event,
): Promise<{ conversation: string; message: Message }[]> {
  if (channel?.can.history !== false) return [];
  const words =
    event.type === 'text'
      ? keptWords(event.text)
      : event.type === 'button'
        ? await labelOf(storage, event)
        : event.type === 'file'
          ? FILES.own(event.file.name)
          : undefined;
  return words === undefined
    ? []
    : [{ conversation: event.conversation, message: { text: [words], mine: true } }];
}

/** What stood on the pressed button; undefined when it is too old to be known. */
async function labelOf(
  storage: Storage,
  { conversation, action }: { conversation: string; action: string },
): Promise<string | undefined> {
  const shown = await storage.transcript(conversation, 0, SEARCHED);
  const buttons = shown.flatMap((each) => (each.message.buttons ?? []).flat());
  return buttons.findLast((each) => each.action === action)?.label;
}
