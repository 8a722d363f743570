// What an event of a Zalo Official Account means to us: body → Event, or why it is left aside; pure, and never throws.
import type { Event, UnsupportedKind } from '../domain/event.ts';

/** An event that changes nothing. `odd`: not as documented or not for us, so that the operator should hear of it. */
type Ignored = {
  readonly ignored: string;
  readonly odd?: true;
  /** The account that it was for, when it is not ours. */
  readonly account?: string;
};

type Base = Pick<Event, 'id' | 'conversation' | 'at'>;
type Path = readonly string[];

/** One kind of event: where the ids of the person and of the account stand, and what it says. */
type Kind = {
  readonly person: Path;
  readonly account: Path;
  readonly accountMayLack?: true;
  readonly read: (base: Base, body: unknown) => Event | Ignored;
};

const FROM_PERSON = { person: ['sender', 'id'], account: ['recipient', 'id'] };
const TO_PERSON = { person: ['recipient', 'id'], account: ['sender', 'id'] };
const FOLLOWER = { person: ['follower', 'id'], account: ['oa_id'] };
const FLAT = { person: ['user_id'], account: ['oa_id'] };

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['user_send_text', { ...FROM_PERSON, read: ofText }],
  ['user_send_file', { ...FROM_PERSON, read: ofFile }],
  ['user_submit_info', { ...FROM_PERSON, read: ofInfo }],
  ['follow', { ...FOLLOWER, read: ofArrival }],
  ['user_click_chatnow', { ...FLAT, read: ofArrival }],
  ['unfollow', { ...FOLLOWER, read: (base) => ({ ...base, type: 'reachable', reachable: false }) }],
  ['user_withdraw', { ...FLAT, accountMayLack: true, read: (base) => ({ ...base, type: 'forget' }) }],
]);

/** What is sent instead of words, by the end of the event's name. */
const CONTENT: ReadonlyMap<string, UnsupportedKind> = new Map<string, UnsupportedKind>([
  ['image', 'photo'],
  ['gif', 'photo'],
  ['video', 'video'],
  ['audio', 'voice'],
  ['sticker', 'sticker'],
  ['location', 'location'],
  ['link', 'link'],
  ['business_card', 'contact'],
]);

/** Stands before the action of a button, whose press comes back as a text. */
const PRESSED = '#ct:';
/** How far ahead of ours Zalo's clock may be (ms). */
const CLOCKS_DIFFER = 5 * 60_000;

/** What tells whose event it is and when it was signed; undefined where the body does not say. Ids are strings. */
export function envelopeOf(body: unknown): { readonly appId?: string; readonly timestamp?: string } {
  const appId = idAt(body, ['app_id']);
  const given = at(body, ['timestamp']);
  const timestamp = typeof given === 'number' ? String(given) : given;
  return {
    ...(appId === undefined ? {} : { appId }),
    ...(typeof timestamp === 'string' && timestamp !== '' ? { timestamp } : {}),
  };
}

/**
 * The event of one verified body for the account `oaId`. A body repeated gives the same id. A time that is ahead of `now` by
 * more than five minutes counts as `now`.
 */
export function toEvent(body: unknown, oaId: string, now: Date): Event | Ignored {
  const name = at(body, ['event_name']);
  if (typeof name !== 'string') return odd('no event_name');
  const kind = kindOf(name, body);
  if (!kind) return { ignored: 'not about a conversation with a person' };
  const account = idAt(body, kind.account);
  if (account !== oaId && !(kind.accountMayLack && at(body, kind.account) === undefined))
    return { ...odd('for another account'), ...(account === undefined ? {} : { account }) };
  const person = idAt(body, kind.person);
  if (person === undefined || person === oaId) return odd('no id of a person');
  const { timestamp = '' } = envelopeOf(body);
  const happened = timeOf(timestamp, now);
  if (happened === undefined) return odd('a time that cannot be');
  const message = idAt(body, MESSAGE);
  const id = `zalo-oa:${message ?? `${name}:${person}:${timestamp}`}`;
  return kind.read({ id, conversation: `zalo-oa:${person}`, at: happened }, body);
}

const MESSAGE = ['message', 'msg_id'];

/** Groups are left alone whatever their events are called; so is everything that is not from or to one person. */
function kindOf(name: string, body: unknown): Kind | undefined {
  const group = at(body, ['group_id']) ?? '';
  if (group !== '' || name.includes('group')) return undefined;
  const known = KINDS.get(name);
  if (known) return known;
  if (name.startsWith('user_send_')) {
    const what = CONTENT.get(name.slice('user_send_'.length)) ?? 'other';
    return { ...FROM_PERSON, read: (base) => ({ ...base, type: 'unsupported', what }) };
  }
  return name.startsWith('oa_send_') ? { ...TO_PERSON, read: ofEcho } : undefined;
}

function ofText(base: Base, body: unknown): Event {
  const text = at(body, ['message', 'text']);
  // Somebody who is answered "please type" is better off than somebody who hears nothing.
  if (typeof text !== 'string') return { ...base, type: 'unsupported', what: 'other' };
  if (text.startsWith(PRESSED)) return { ...base, type: 'button', action: text.slice(PRESSED.length).trim() };
  const message = idAt(body, MESSAGE);
  return { ...base, type: 'text', text, ...(message === undefined ? {} : { message }) };
}

/** Without an address there is nothing to fetch. */
function ofFile(base: Base, body: unknown): Event {
  const source = at(body, [...FILE, 'url']);
  const name = at(body, [...FILE, 'name']);
  const told = at(body, [...FILE, 'size']);
  // Anything else may be an object that cannot even be asked for its number.
  const size = typeof told === 'string' ? Number(told) : told;
  if (typeof source !== 'string' || source === '') return { ...base, type: 'unsupported', what: 'file' };
  const file = {
    name: typeof name === 'string' && name.trim() !== '' ? name.slice(0, LONGEST_NAME) : '?',
    source,
    ...(typeof size === 'number' && Number.isSafeInteger(size) && size > 0 ? { size } : {}),
  };
  return { ...base, type: 'file', file };
}
const FILE = ['message', 'attachments', '0', 'payload'];
const LONGEST_NAME = 200;

/** Whoever comes is greeted: somebody known goes on, somebody unknown learns how to be let in. */
function ofArrival(base: Base): Event {
  return { ...base, type: 'text', text: '/start' };
}

/** Everything that we send comes back too; only what a human typed in Zalo's console names an administrator. */
function ofEcho(base: Base, body: unknown): Event | Ignored {
  const admin = at(body, ['sender', 'admin_id']);
  const named = typeof admin === 'number' || typeof admin === 'string' ? String(admin).trim() : '';
  if (named === '' || named === '0') return { ignored: 'the echo of our own message' };
  return { ...base, type: 'takenOver' };
}

function ofInfo(base: Base, body: unknown): Event | Ignored {
  if (!isRecord(at(body, ['info']))) return odd('no info in what was shared');
  const given = at(body, ['info', 'name']);
  const name = typeof given === 'string' ? given.normalize('NFC').replace(/\s+/g, ' ').trim() : '';
  const phone = phoneOf(at(body, ['info', 'phone']));
  return {
    ...base,
    type: 'contact',
    ...(name === '' ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
  };
}

/** Digits with the country's code; nine of them are a Vietnamese number that lost its 0, as a JSON number does. */
function phoneOf(given: unknown): string | undefined {
  if (typeof given !== 'string' && !Number.isSafeInteger(given)) return undefined;
  const digits = String(given)
    .replace(/\D/g, '')
    .replace(/^00(?=[1-9])/, '');
  const whole =
    digits.length === 9 ? digits.replace(/^(?=[1-9])/, '84') : digits.replace(/^0(?=[1-9])/, '84');
  return /^[1-9]\d{7,14}$/.test(whole) ? whole : undefined;
}

/** Milliseconds in 13 digits (from the year 2001 on) as ISO. */
function timeOf(timestamp: string, now: Date): string | undefined {
  if (!/^[1-9]\d{12}$/.test(timestamp)) return undefined;
  const happened = Number(timestamp);
  return new Date(happened > now.getTime() + CLOCKS_DIFFER ? now.getTime() : happened).toISOString();
}

const odd = (ignored: string): Ignored => ({ ignored, odd: true });

/** An id as a string. A number too large to be exact would be somebody else's id. */
function idAt(body: unknown, path: Path): string | undefined {
  const given = at(body, path);
  const id = Number.isSafeInteger(given) ? String(given) : given;
  return typeof id === 'string' && id !== '0' && /^\w[\w.-]{0,63}$/.test(id) ? id : undefined;
}

function at(body: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (each, key) =>
      (isRecord(each) || Array.isArray(each)) && Object.hasOwn(each, key)
        ? (each as Readonly<Record<string, unknown>>)[key]
        : undefined,
    body,
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
