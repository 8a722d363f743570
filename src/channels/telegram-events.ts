// What a Telegram update means to us: update → Event or null; pure. Private chats are conversations, groups only ask us to leave politely.
import type { Document, Message, Update } from 'grammy/types';
import type { Event, SentFile, UnsupportedKind } from '../domain/event.ts';

/** The kinds of update we ask Telegram for; everything else stays with Telegram. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** First match wins: a venue also carries `location`, a live photo also `photo`. */
const CONTENT: readonly (readonly [keyof Message, UnsupportedKind])[] = [
  ['sticker', 'sticker'],
  ['voice', 'voice'],
  ['audio', 'voice'],
  ['animation', 'video'],
  ['video_note', 'video'],
  ['video', 'video'],
  ['live_photo', 'photo'],
  ['photo', 'photo'],
  ['venue', 'location'],
  ['location', 'location'],
  ['contact', 'contact'],
  ['poll', 'other'],
  ['dice', 'other'],
  ['game', 'other'],
  ['story', 'other'],
  ['checklist', 'other'],
  ['paid_media', 'other'],
  ['rich_message', 'other'],
  ['giveaway', 'other'],
  ['invoice', 'other'],
];

const LONGEST_NAME = 200;

/**
 * The event of one update, or null when it does not concern us (service messages, unknown kinds, talk in a group).
 * Throws when a part of it is not what Telegram says it is. `now` (ISO UTC) dates the press of a button, to which Telegram gives no date; `username` is the bot's, when known.
 */
export function toEvent(update: Update, now: string, username?: string): Event | null {
  const id = `telegram:u${update.update_id}`;
  if (update.message) return ofMessage(id, update.message, username);
  if (update.edited_message) return ofEdit(id, update.edited_message);
  if (update.callback_query) return ofPress(id, update.callback_query, now);
  if (update.my_chat_member) return ofMembership(id, update.my_chat_member);
  return null;
}

function ofMessage(id: string, message: Message, username: string | undefined): Event | null {
  const base = { id, conversation: conversation(message.chat.id), at: iso(message.date) };
  if (message.chat.type !== 'private')
    return isAddressed(message, username) ? { ...base, type: 'unsupported', what: 'group' } : null;
  // Words of somebody else may look like an answer. A file cannot: nothing is taken from it before it was shown.
  if (message.forward_origin && !message.document) return { ...base, type: 'unsupported', what: 'forwarded' };
  if (message.text !== undefined)
    return { ...base, type: 'text', text: bareCommand(message.text), message: idOf(message.message_id) };
  const content = CONTENT.find(([field]) => message[field] !== undefined);
  // An animation also carries `document`, so the others come first.
  if (content) return { ...base, type: 'unsupported', what: content[1] };
  return message.document ? { ...base, type: 'file', file: fileOf(message.document) } : null;
}

/** What the caption says is not read, as with pictures. */
function fileOf({ file_id, file_name = '', file_size }: Document): SentFile {
  const name = textOf(file_name).trim() === '' ? '?' : file_name.slice(0, LONGEST_NAME);
  const size = Number.isSafeInteger(file_size) ? file_size : undefined;
  return { name, source: textOf(file_id), ...(size === undefined ? {} : { size }) };
}

/** Only words count: the edit of a caption or of a moving location says nothing that was an answer. */
function ofEdit(id: string, message: NonNullable<Update['edited_message']>): Event | null {
  if (message.chat.type !== 'private' || message.forward_origin || message.text === undefined) return null;
  return {
    id,
    conversation: conversation(message.chat.id),
    at: iso(message.edit_date),
    type: 'edited',
    text: bareCommand(message.text),
    message: idOf(message.message_id),
  };
}

/** The message under the button may be out of reach (too old) or missing: the press counts all the same. */
function ofPress(id: string, press: NonNullable<Update['callback_query']>, now: string): Event | null {
  if (press.data === undefined || press.inline_message_id !== undefined) return null;
  if (press.message && press.message.chat.type !== 'private') return null;
  // In a private chat the chat's id is the person's.
  const chat = press.message?.chat.id ?? press.from.id;
  return { id, conversation: conversation(chat), at: now, type: 'button', action: textOf(press.data) };
}

function ofMembership(id: string, change: NonNullable<Update['my_chat_member']>): Event | null {
  const base = { id, conversation: conversation(change.chat.id), at: iso(change.date) };
  const status = change.new_chat_member.status;
  if (change.chat.type === 'private') {
    if (status !== 'kicked' && status !== 'member') return null;
    return { ...base, type: 'reachable', reachable: status === 'member' };
  }
  const was = change.old_chat_member.status;
  const added = (was === 'left' || was === 'kicked') && (status === 'member' || status === 'administrator');
  return added ? { ...base, type: 'unsupported', what: 'group' } : null;
}

/** In a group: a command that is not for another bot, or our name spoken. */
function isAddressed(message: Message, username: string | undefined): boolean {
  const text = message.text ?? message.caption ?? '';
  const command = /^\/\w+(?:@(\w+))?/.exec(text);
  if (command && command[1] === undefined) return true;
  if (username === undefined) return false;
  const names = text.match(/@\w+/g) ?? [];
  return names.some((name) => name.slice(1).toLowerCase() === username.toLowerCase());
}

/** Telegram writes "/start@our_bot CODE" where several bots could be meant; the rest of the house knows "/start CODE". */
function bareCommand(text: string): string {
  return textOf(text).replace(/^(\/\w+)@\w+/, '$1');
}

function conversation(chat: number): string {
  return `telegram:${idOf(chat)}`;
}

/** A number too large to be exact would be somebody else's. */
function idOf(given: unknown): string {
  if (!Number.isSafeInteger(given)) throw new Error('an id that is no number');
  return String(given);
}

function textOf(given: unknown): string {
  if (typeof given !== 'string') throw new Error('words that are no text');
  return given;
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
