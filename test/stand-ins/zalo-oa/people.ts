// People in the Zalo stand-in: what they do becomes events, what the OA sends they see.
import { createHash } from 'node:crypto';
import { show } from './send.ts';
import type { Held, Webhook } from './webhook.ts';
import { newMessageId, now, type Person, type Seen, type World } from './world.ts';

type FileSent = {
  readonly name: string;
  readonly url?: string;
  /** Taken from `bytes` or the name when missing. */
  readonly size?: number;
  readonly type?: string;
  readonly bytes?: Uint8Array;
};

/** What a person can do. Ways of writing return the message's id. */
export type ZaloUser = {
  readonly id: string;
  readonly name: string;
  /** 84…, for templates by phone. */
  readonly phone: string;
  /** What the OA sent, oldest first. */
  messages(): readonly Seen[];
  /** `hold`: the event is kept back until its `release`. */
  say(text: string, how: { readonly hold: true }): Held;
  say(text: string, how?: { readonly quote?: string }): string;
  /** Presses a button of the newest message that has one with this title; a number counts the newest buttons from 0. */
  tap(titleOrIndex: string | number): string;
  sendFile(file: FileSent): string;
  sendImage(image?: { readonly url?: string; readonly text?: string }): string;
  sendGif(url?: string): string;
  sendVideo(url?: string): string;
  sendVoice(url?: string): string;
  sendSticker(): string;
  sendLocation(place?: { latitude: string; longitude: string; text?: string }): string;
  sendLink(url?: string): string;
  sendCard(phone?: string): string;
  follow(): void;
  unfollow(): void;
  submitInfo(info?: Readonly<Record<string, unknown>>): void;
  /** Asks for their personal data to be deleted. */
  withdraw(): void;
  clickChatNow(): void;
  /** Looks at everything the OA sent. */
  seen(): void;
  /** A human writes to this person in the OA's console. */
  humanWrites(text: string): string;
  /** From now on messages to this person are refused with -217, or -244, -227, -218 … */
  block(code?: number): void;
  unblock(): void;
};

const ZDN = 'https://f1-zdn.example.zdn.vn';

export function createUser(world: World, webhook: Webhook, person: Person): ZaloUser {
  const both = { sender: { id: person.id }, recipient: { id: world.oaId } };
  const emit = (name: string, fields: Readonly<Record<string, unknown>>): void =>
    world.emit({ name, queue: person.id, fields });
  const interact = (): void => {
    person.lastInteraction = now(world);
    person.left = false;
  };
  const write = (name: string, content: object): string => {
    const id = newMessageId();
    interact();
    person.said.add(id);
    emit(`user_send_${name}`, {
      ...both,
      message: { msg_id: id, ...content },
      user_id_by_app: person.byApp,
    });
    return id;
  };
  const attach = (name: string, type: string, payload: object, text?: string): string =>
    write(name, { ...(text === undefined ? {} : { text }), attachments: [{ type, payload }] });
  const address = (what: string): string => `${ZDN}/${newMessageId()}/${what}`;

  function say(text: string, how: { readonly hold: true }): Held;
  function say(text: string, how?: { readonly quote?: string }): string;
  function say(text: string, how: { hold?: true; quote?: string } = {}): string | Held {
    if (text.trim() === '') throw new Error('Zalo sends no empty text');
    if (how.hold) return webhook.hold(() => write('text', { text }));
    return write('text', { text, ...(how.quote === undefined ? {} : { quote_msg_id: how.quote }) });
  }

  return {
    id: person.id,
    name: person.name,
    phone: person.phone,
    messages: () => [...person.inbox],
    say,
    tap: (titleOrIndex) => write('text', { text: payloadOf(person, titleOrIndex) }),
    sendFile: (file) => attach('file', 'file', filePayload(file, address(file.name))),
    sendImage: ({ url = address('anh.jpg'), text } = {}) =>
      attach('image', 'image', { thumbnail: `${url}?thumb`, url }, text),
    sendGif: (url = address('a.gif')) => attach('gif', 'gif', { thumbnail: url, url }),
    sendVideo: (url = address('a.mp4')) =>
      attach('video', 'video', { thumbnail: `${url}.jpg`, description: '', url }),
    sendVoice: (url = address('a.amr')) => attach('audio', 'audio', { url }),
    sendSticker: () => attach('sticker', 'sticker', { id: '46961', url: address('sticker') }),
    sendLocation: ({ latitude, longitude, text } = { latitude: '9.6037', longitude: '105.9747' }) =>
      attach('location', 'location', { coordinates: { latitude, longitude } }, text),
    sendLink: (url = 'https://example.vn/') =>
      attach('link', 'link', { thumbnail: address('t.jpg'), description: 'Một trang', url }),
    sendCard: (phone = '84900000000') => {
      const description = JSON.stringify({ phone, qrCodeUrl: address('qr') });
      return attach('business_card', 'link', { thumbnail: address('t'), url: address('c'), description });
    },
    follow() {
      Object.assign(person, { follower: true, left: false });
      emit('follow', { ...flat(world, person), follower: { id: person.id }, source: 'oa_profile' });
    },
    unfollow() {
      Object.assign(person, { follower: false, left: true });
      emit('unfollow', { ...flat(world, person), follower: { id: person.id }, source: 'oa_profile' });
    },
    submitInfo(info = usualInfo(person)) {
      interact();
      person.shared = { name: info.name, phone: info.phone, address: '', city: '', district: '' };
      emit('user_submit_info', { ...both, info, user_id_by_app: person.byApp });
    },
    withdraw() {
      person.shared = undefined;
      emit('user_withdraw', { user_id: person.id, user_id_by_app: person.byApp });
    },
    clickChatNow() {
      interact();
      emit('user_click_chatnow', { ...flat(world, person), user_id: person.id });
    },
    seen() {
      const msg_ids = person.inbox.map(({ id }) => id);
      emit('user_seen_message', { ...both, message: { msg_ids }, user_id_by_app: person.byApp });
    },
    humanWrites: (text) =>
      show(world, person, { kind: 'text', text, buttons: [], charged: false, human: true }, '5772156649015')
        .id,
    block(code = -217) {
      person.blocked = code;
    },
    unblock() {
      person.blocked = undefined;
    },
  };
}

function flat(world: World, person: Person): object {
  return { oa_id: world.oaId, user_id_by_app: person.byApp };
}

function filePayload(file: FileSent, address: string): object {
  const { name, url = address, size = file.bytes?.length ?? 1024, type } = file;
  return {
    url,
    name,
    size: String(size),
    type: type ?? name.split('.').at(-1),
    checksum: createHash('md5')
      .update(file.bytes ?? name)
      .digest('hex'),
  };
}

function usualInfo({ name, phone }: Person): Readonly<Record<string, unknown>> {
  const full_address = { user_city: 'Cần Thơ', user_ward: 'Phường Ngã Năm', user_address: '1 Đường A' };
  return { name, phone, user_dob: '01/01/1990', gender: 'Nam', full_address };
}

/** What a press sends. Throws when there is no such button, or one that makes no event (a link, a phone number). */
function payloadOf(person: Person, titleOrIndex: string | number): string {
  const withButtons = person.inbox.filter(({ buttons }) => buttons.length > 0).reverse();
  const found =
    typeof titleOrIndex === 'number'
      ? withButtons[0]?.buttons[titleOrIndex]
      : withButtons.flatMap(({ buttons }) => buttons).find(({ title }) => title === titleOrIndex);
  if (!found) throw new Error(`person ${person.id} sees no button "${titleOrIndex}"`);
  if (!found.type.startsWith('oa.query.')) throw new Error(`"${found.title}" (${found.type}) makes no event`);
  return String(found.payload);
}
