// What an update of the Zalo Bot Platform means to us: update → Event or null; pure, and never throws.
import type { Event, UnsupportedKind } from '../domain/event.ts';
import { shortHash } from '../domain/hash.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What is sent instead of words, by the middle of the event's name. A document comes as "unsupported". */
const CONTENT: ReadonlyMap<string, UnsupportedKind> = new Map<string, UnsupportedKind>([
  ['image', 'photo'],
  ['sticker', 'sticker'],
  ['voice', 'voice'],
  ['link', 'link'],
  ['unsupported', 'file'],
]);

/** The field that tells what a message is where the update has no name. */
const FIELD: readonly (readonly [field: string, kind: string])[] = [
  ['text', 'text'],
  ['reaction', 'reaction'],
  ['photo', 'image'],
  ['photo_url', 'image'],
  ['sticker', 'sticker'],
  ['voice_url', 'voice'],
  ['link', 'link'],
];

/** Dates below this are seconds, not milliseconds. */
const SECONDS = 100_000_000_000;

/** The updates in an answer or a webhook's body: bare, wrapped as `{ ok, result }`, or a list of them. */
export function updatesIn(body: unknown): Fields[] {
  const isWrapped = isFields(body) && 'result' in body && !isFields(body.message) && !('event_name' in body);
  const content = isWrapped ? body.result : body;
  const list: readonly unknown[] = Array.isArray(content) ? content : [content];
  return list.filter(isFields).filter((each) => 'message' in each || 'event_name' in each);
}

/**
 * The event of one update, or null when it does not concern us: no message (then nobody can be answered), a bot's own words, a
 * reaction. A repeated update gives the same id. A date that is missing or ahead of `now` counts as `now`.
 */
export function toEvent({ event_name, message }: Fields, now: Date): Event | null {
  if (!isFields(message)) return null;
  const from = isFields(message.from) ? message.from : {};
  const chat = isFields(message.chat) ? message.chat : {};
  const chatId = idOf(chat.id);
  const kind = kindOf(event_name, message);
  if (chatId === undefined || from.is_bot === true || kind === undefined || kind === 'reaction') return null;
  const at = timeOf(message.date, now);
  const id = idOf(message.message_id);
  const { text } = message;
  const name = id ?? `${chatId}:${at}:${shortHash(`${kind} ${typeof text === 'string' ? text : ''}`)}`;
  const base = { id: `zalo-bot:${name}`, conversation: `zalo-bot:${chatId}`, at };
  if (isGroup(chat, from)) return { ...base, type: 'unsupported', what: 'group' };
  if (kind === 'text' && typeof text === 'string' && text.trim() !== '')
    return { ...base, type: 'text', text, ...(id === undefined ? {} : { message: id }) };
  return { ...base, type: 'unsupported', what: CONTENT.get(kind) ?? 'other' };
}

/** The middle of "message.text.received"; undefined for a name that speaks of no message. */
function kindOf(name: unknown, message: Fields): string | undefined {
  if (typeof name === 'string' && name !== '') return /^message\.(\w+)/.exec(name)?.[1];
  const found = FIELD.find(([field]) => message[field] !== undefined && message[field] !== null);
  return found?.[1] ?? 'unsupported';
}

/** Where the platform does not say, a chat is private only when it has the person's own id. */
function isGroup({ id, chat_type }: Fields, from: Fields): boolean {
  if (typeof chat_type === 'string' && chat_type !== '') return chat_type.toUpperCase() !== 'PRIVATE';
  return from.id !== undefined && idOf(from.id) !== idOf(id);
}

/** An id as a string. A number too large to be exact would be somebody else's id. */
function idOf(given: unknown): string | undefined {
  const id = Number.isSafeInteger(given) ? String(given) : given;
  return typeof id === 'string' && /^[\x21-\x7e]{1,128}$/.test(id) ? id : undefined;
}

function timeOf(date: unknown, now: Date): string {
  const given = typeof date === 'string' ? Number(date) : date;
  if (typeof given !== 'number' || !(given > 0)) return now.toISOString();
  const happened = given < SECONDS ? given * 1000 : given;
  return new Date(Math.min(happened, now.getTime())).toISOString();
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
