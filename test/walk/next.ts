// The next thing that somebody does in a walk.
import type { Session } from '../../src/domain/conversation.ts';
import type { Event } from '../../src/domain/event.ts';
import { fold } from '../../src/domain/words.ts';
import { buttonsOf } from '../support/world.ts';
import { type Choice, choicesIn } from './choices.ts';
import { aptWords, someFile } from './office-words.ts';
import { someTable, tableCalled } from './sheets.ts';
import {
  conversationOf,
  type Errand,
  formOf,
  isBare,
  isOfficeWalk,
  MEMBERS,
  type Name,
  pick,
  type Random,
  roleOf,
  type Walk,
} from './walk.ts';
import { answerOf, BAD_ACTIONS, commandOf, UNSUPPORTED, wordsOf } from './words.ts';

/** The next event. Choices are any that this person has seen, the rare kinds as likely as the common ones. */
export async function nextEvent(walk: Walk, name: Name): Promise<Event> {
  const { random, clock } = walk;
  const conversation = conversationOf(walk, name);
  const base = { id: `walk:${walk.seed}:${walk.done.length}`, conversation, at: isoOf(clock) };
  if (random() < 0.04) return { ...base, ...unasked(random, name) };
  if (random() < SENDS[roleOf(name) ?? 'viewer'])
    return { ...base, ...(isFilling(name) ? sentTable(random) : sentFile(walk)) };
  const asked = isOfficeWalk(walk) ? walk.sessions.get(conversation)?.waiting : undefined;
  if (asked?.flow === 'period' && asked.reason === undefined && random() < 0.5)
    return textOf(walk, base, aptWords(random, asked) ?? '');
  const roll = random();
  if (roll < 0.45) {
    const typed = isBare(conversation) ? await typedChoice(walk, conversation) : undefined;
    if (typed !== undefined) return textOf(walk, base, typed);
    const other =
      random() < (isOfficeWalk(walk) ? 0.88 : 0.95)
        ? conversation
        : conversationOf(walk, pick(random, FORWARDING));
    const action = isBare(conversation) ? undefined : buttonFor(walk, other);
    if (action !== undefined) return { ...base, type: 'button', action };
  }
  if (roll < 0.62) return textOf(walk, base, commandOf(walk, name));
  if (roll < 0.65) return { ...base, type: 'unsupported', what: pick(random, UNSUPPORTED) };
  // Where there are no buttons, nobody can press one or edit what was sent.
  if (roll < 0.71 && !isBare(conversation)) {
    const message = pick(random, walk.typed.get(conversation) ?? ['m0']);
    if (roll < 0.69) return { ...base, type: 'edited', text: wordsOf(walk), message };
    return { ...base, type: 'button', action: pick(random, BAD_ACTIONS) };
  }
  return textOf(walk, base, answerOf(walk, conversation, name));
}

/** Whose buttons others press. */
const FORWARDING: readonly Name[] = ['Lan', 'Lan', 'Dau', 'Chi', 'Kha'];

const isFilling = (name: Name): boolean => roleOf(name) === 'officer' || roleOf(name) === 'helper';

/** How often somebody sends a file. */
const SENDS = { coordinator: 0.05, officer: 0.015, helper: 0.015, leader: 0.005, viewer: 0.005 } as const;

function sentTable(random: Random) {
  const name = someTable(random);
  return { type: 'file', file: { name, source: name, size: 9000 } } as const;
}

/** A file lies with the platform, mostly a list of units; now and then it is another one under the same name, or gone. */
function sentFile({ random, lists }: Walk) {
  const { name, content } = someFile(random);
  lists.set(name, content);
  return { type: 'file', file: { name, source: name, size: 500 } } as const;
}

/** What comes of an errand. */
export function fetchedEvent(walk: Walk, errand: Errand): Event {
  const { random, lists, seed, done, clock } = walk;
  const { apply, sheet, ...file } = errand.fetch;
  const form = formOf(walk, sheet?.template);
  const content = form ? tableCalled(file.source, form) : lists.get(file.source);
  return {
    ...{ id: `walk:${seed}:${done.length}`, conversation: errand.conversation, at: isoOf(clock) },
    ...{ type: 'fetched', name: file.name, file },
    content: content && random() < 0.95 ? content : { fault: 'gone' },
    ...(apply === undefined ? {} : { apply }),
    ...(sheet === undefined ? {} : { sheet }),
  };
}

const isoOf = (instant: number): string => new Date(instant).toISOString();

/** Everybody has one of their own. */
const PHONES = Object.fromEntries(
  [...MEMBERS, 'La' as const].map((name, n) => [name, `849876543${n + 10}`]),
) as Record<Name, string>;

/** What the platform or the office does, or the person without being asked. */
function unasked(random: Random, name: Name) {
  const roll = random();
  if (roll < 0.3) return { type: 'reachable', reachable: random() < 0.5 } as const;
  if (roll < 0.65) return { type: 'takenOver' } as const;
  if (roll < 0.9)
    return pick(random, [
      { type: 'contact', phone: PHONES[name] },
      { type: 'contact', name: 'Lan Zalo' },
    ] as const);
  return { type: 'forget' } as const;
}

/** Typed words; now and then they were written some minutes ago and come only now. */
function textOf(walk: Walk, base: { id: string; conversation: string; at: string }, text: string): Event {
  const { random, typed, clock } = walk;
  const message = `m${walk.done.length}`;
  typed.set(base.conversation, [...(typed.get(base.conversation) ?? []), message]);
  const at = random() < 0.06 ? isoOf(clock - Math.ceil(random() * 8) * 60_000) : base.at;
  return { ...base, at, type: 'text', text, message };
}

/** Long conversations, in which the first choices lead on. */
const isSettling = (session: Session | undefined): boolean =>
  ['openPeriod', 'period', 'people', 'nudge'].includes(session?.waiting.flow ?? '');

function buttonFor({ random, heard, sessions }: Walk, conversation: string): string | undefined {
  const messages = heard.get(conversation) ?? [];
  const settling = isSettling(sessions.get(conversation)) ? messages.slice(-1).flatMap(buttonsOf) : [];
  if (settling.length > 0 && random() < 0.6) return pick(random, settling.slice(0, 2)).action;
  const newest = messages.slice(-3).flatMap(buttonsOf);
  if (newest.length > 0 && random() < 0.5) return pick(random, newest).action;
  return rare(random, messages.flatMap(buttonsOf))?.action;
}

/** A choice as it stands in the chat: by its mark or its words, of the newest messages or of any; or a mark that stands nowhere. */
async function typedChoice(
  { random, world, names, sessions }: Walk,
  conversation: string,
): Promise<string | undefined> {
  const shown = await world.storage.transcript(conversation, 0, 60);
  if (random() < 0.1) return pick(random, ['a', 'B', 'c)', 'h', '1', '2.', '3', '9', 'a1', 'b7', 'aa']);
  const isNear = isSettling(sessions.get(conversation)) && random() < 0.6;
  const newest = shown.slice(isNear ? -1 : -2).flatMap((each) => choicesIn(each).slice(0, isNear ? 2 : 60));
  const all = random() < 0.75 ? newest : shown.flatMap((each) => choicesIn(each));
  const choice = rare(random, all);
  if (!choice || random() < 0.7) return choice?.typed;
  // A name is typed without its marks, so that one in a message is always ours.
  return [...names.keys()].some((each) => choice.label.includes(each)) ? fold(choice.label) : choice.label;
}

function rare<T extends Pick<Choice, 'action'>>(random: Random, all: readonly T[]): T | undefined {
  if (all.length === 0) return undefined;
  const kind = pick(random, [...new Set(all.map(({ action }) => action.split(':')[0]))]);
  return pick(
    random,
    all.filter(({ action }) => action.split(':')[0] === kind),
  );
}
