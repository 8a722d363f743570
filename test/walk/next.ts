// The next thing that somebody does in a walk.
import type { Event } from '../../src/domain/conversation.ts';
import { buttonsOf } from '../support/world.ts';
import { type Choice, choicesIn } from './choices.ts';
import { conversationOf, isBare, type Name, pick, type Random, type Walk } from './walk.ts';
import { ARGUMENTS, answerOf, BAD_ACTIONS, COMMANDS, UNSUPPORTED, wordsOf } from './words.ts';

/** The next event. Choices are any that this person has seen, the rare kinds as likely as the common ones. */
export async function nextEvent(walk: Walk, name: Name): Promise<Event> {
  const { random, clock } = walk;
  const conversation = conversationOf(walk, name);
  const base = { id: `walk:${walk.seed}:${walk.done.length}`, conversation, at: isoOf(clock) };
  if (random() < 0.04) return { ...base, ...unasked(random) };
  const roll = random();
  if (roll < 0.45) {
    const typed = isBare(conversation) ? await typedChoice(walk, conversation) : undefined;
    if (typed !== undefined) return textOf(walk, base, typed);
    const other = random() < 0.95 ? conversation : conversationOf(walk, 'Lan');
    const action = isBare(conversation) ? undefined : buttonFor(walk, other);
    if (action !== undefined) return { ...base, type: 'button', action };
  }
  if (roll < 0.62) return textOf(walk, base, `/${pick(random, COMMANDS)} ${pick(random, ARGUMENTS)}`.trim());
  if (roll < 0.65) return { ...base, type: 'unsupported', what: pick(random, UNSUPPORTED) };
  // Where there are no buttons, nobody can press one or edit what was sent.
  if (roll < 0.71 && !isBare(conversation)) {
    const message = pick(random, walk.typed.get(conversation) ?? ['m0']);
    if (roll < 0.69) return { ...base, type: 'edited', text: wordsOf(walk), message };
    return { ...base, type: 'button', action: pick(random, BAD_ACTIONS) };
  }
  return textOf(walk, base, answerOf(walk, conversation, name));
}

const isoOf = (instant: number): string => new Date(instant).toISOString();

/** What the platform or the office does, or the person without being asked. */
function unasked(random: Random) {
  const roll = random();
  if (roll < 0.3) return { type: 'reachable', reachable: random() < 0.5 } as const;
  if (roll < 0.65) return { type: 'takenOver' } as const;
  if (roll < 0.9)
    return pick(random, [
      { type: 'contact', phone: '84987654321' },
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

function buttonFor({ random, world }: Walk, conversation: string): string | undefined {
  const messages = world.transcript(conversation);
  const newest = messages.slice(-3).flatMap(buttonsOf);
  if (newest.length > 0 && random() < 0.5) return pick(random, newest).action;
  return rare(random, messages.flatMap(buttonsOf))?.action;
}

/** A choice as it stands in the chat: by its mark or its words, of the newest messages or of any; or a mark that stands nowhere. */
async function typedChoice({ random, world }: Walk, conversation: string): Promise<string | undefined> {
  const shown = await world.storage.transcript(conversation, 0, 60);
  if (random() < 0.1) return pick(random, ['a', 'B', 'c)', 'h', '1', '2.', '3', '9', 'a1', 'b7', 'aa']);
  const newest = shown.slice(-2).flatMap((each) => choicesIn(each));
  const all = random() < 0.75 ? newest : shown.flatMap((each) => choicesIn(each));
  const choice = rare(random, all);
  return choice && (random() < 0.7 ? choice.typed : choice.label);
}

function rare<T extends Pick<Choice, 'action'>>(random: Random, all: readonly T[]): T | undefined {
  if (all.length === 0) return undefined;
  const kind = pick(random, [...new Set(all.map(({ action }) => action.split(':')[0]))]);
  return pick(
    random,
    all.filter(({ action }) => action.split(':')[0] === kind),
  );
}
