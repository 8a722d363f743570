// What is remembered of a conversation: the events it had, the messages that go out, and the channel's ids of those sent.
import type { Button, Message, Span } from '../src/domain/conversation.ts';
import { indexHeld, type State, type Talk } from './state.ts';
import type { Delivery, Outgoing } from './storage.ts';

const HANDLED = 1000;
const MESSAGES = 60;
const KEYS = 200;

/** The conversation's memory, made when there was none. */
export function talkOf(state: State, conversation: string): Talk {
  const known = state.talks.get(conversation);
  if (known) return known;
  const talk: Talk = { handled: new Set(), messages: [], nextSeq: 1, platformIds: new Map() };
  state.talks.set(conversation, talk);
  return talk;
}

/** Remembers that an event was stored; the oldest beyond 1,000 are forgotten. */
export function remember(talk: Talk, event: string): void {
  talk.handled.add(event);
  dropOldest(talk.handled, HANDLED);
}

/** Puts a message behind the others of its conversation. `at` is ISO, UTC. */
export function queueMessage(
  state: State,
  conversation: string,
  id: string,
  message: Message,
  at: string,
): void {
  const talk = talkOf(state, conversation);
  const out: Outgoing = { id, conversation, seq: talk.nextSeq, message, createdAt: at, attempts: 0 };
  talk.nextSeq += 1;
  const kept: Talk['messages'][number] = { out, dealt: false };
  talk.messages.push(kept);
  state.unsent.set(id, kept);
  trim(talk);
}

/**
 * Records what became of a message; `attempts` counts failed tries so far and is absolute, so that doing this twice is harmless.
 * A message that no longer waits, or was never known, changes nothing.
 */
export function settle(state: State, id: string, delivery: Delivery, attempts: number): void {
  const kept = state.unsent.get(id);
  if (!kept) return;
  kept.out = outgoingAfter(kept.out, delivery, attempts);
  indexHeld(state, kept.out);
  if (!isSettled(delivery)) return;
  kept.dealt = true;
  if (delivery.outcome === 'unknown') kept.failed = { is: 'unknown' };
  if (delivery.outcome === 'never') kept.failed = { is: 'never', why: delivery.why };
  state.unsent.delete(id);
  const talk = talkOf(state, kept.out.conversation);
  if (delivery.outcome === 'sent') rememberPlatformId(talk, kept.out, delivery.platform);
  trim(talk);
}

/** False while the message still waits. */
export const isSettled = ({ outcome }: Delivery): boolean =>
  outcome !== 'begun' && outcome !== 'retry' && outcome !== 'held';

/** A message as it is once this became of it. */
export function outgoingAfter(before: Outgoing, delivery: Delivery, attempts: number): Outgoing {
  if (delivery.outcome === 'begun') return { ...before, begun: delivery.at };
  const { held, begun: _, ...out } = before;
  return { ...out, attempts, ...(delivery.outcome === 'held' && { held: holdOf(delivery, held) }) };
}

function holdOf(
  { hold, at, knockedAt }: Delivery & { outcome: 'held' },
  before: Outgoing['held'],
): NonNullable<Outgoing['held']> {
  const knocked = knockedAt ?? before?.knockedAt;
  return { hold, at, ...(knocked !== undefined && { knockedAt: knocked }) };
}

/**
 * Forgets everything said in a conversation, also what still waits, and its session. Its events and its seq go on, so that a
 * repeated event is still known and a later message is still later.
 */
export function forgetTalk(state: State, conversation: string): void {
  const talk = state.talks.get(conversation);
  if (!talk) return;
  for (const { out } of talk.messages.splice(0)) state.unsent.delete(out.id);
  state.held.delete(conversation);
  talk.platformIds.clear();
  delete talk.session;
}

/**
 * Puts "…" in place of these words, where they stand whole, in everything remembered of a conversation: what was said, and what stood
 * on buttons. Several words also in other capitals, as people type names; a single one may be an ordinary word then.
 */
export function leaveOut(state: State, conversation: string, words: readonly string[]): void {
  const given = words.filter((each) => each !== '').map(patternOf);
  if (given.length === 0) return;
  const pattern = new RegExp(`(?<![\\p{L}\\d])(?:${given.join('|')})(?![\\p{L}\\d])`, 'gu');
  const bare = (said: string): string => said.normalize('NFC').replace(pattern, '…');
  const without = (span: Span): Span => (typeof span === 'string' ? bare(span) : { bold: bare(span.bold) });
  const unnamed = (button: Button): Button => ({ ...button, label: bare(button.label) });
  for (const kept of state.talks.get(conversation)?.messages ?? []) {
    const { text, buttons } = kept.out.message;
    const rows = buttons && { buttons: buttons.map((row) => row.map(unnamed)) };
    kept.out = { ...kept.out, message: { ...kept.out.message, text: text.map(without), ...rows } };
  }
}

const patternOf = (words: string): string => {
  const isName = words.includes(' ');
  return Array.from(words.normalize('NFC'), (letter) => {
    const others = isName ? new Set([letter, letter.toLowerCase(), letter.toUpperCase()]) : [letter];
    return `(?:${[...others].map((each) => each.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})`;
  }).join('');
};

function rememberPlatformId(talk: Talk, out: Outgoing, platform: string | undefined): void {
  const key = out.message.key;
  if (key === undefined) return;
  const known = talk.platformIds.get(key);
  if (known && known.seq > out.seq) return;
  talk.platformIds.delete(key);
  if (platform === undefined) return;
  talk.platformIds.set(key, { id: platform, seq: out.seq });
  dropOldest(talk.platformIds, KEYS);
}

/** Messages that still wait are never dropped, however many there are. */
function trim(talk: Talk): void {
  while (talk.messages.length > MESSAGES) {
    const oldest = talk.messages.findIndex((kept) => kept.dealt);
    if (oldest < 0) return;
    talk.messages.splice(oldest, 1);
  }
}

function dropOldest(
  ordered: { size: number; keys(): Iterator<string>; delete(key: string): boolean },
  most: number,
): void {
  if (ordered.size <= most) return;
  const oldest = ordered.keys().next();
  if (!oldest.done) ordered.delete(oldest.value);
}
