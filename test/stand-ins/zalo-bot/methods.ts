// The documented methods of the Zalo Bot Platform, with its checks and refusals; there is none for files and none for buttons.
// Stricter than Zalo in one thing: parameters that are not documented are refused.
import { readMarkup } from './markup.ts';
import { fetchPhoto } from './photo.ts';
import {
  ApiError,
  bad,
  type Chat,
  isPublic,
  newId,
  type Params,
  reach,
  type Seen,
  type World,
} from './world.ts';

type Method = { readonly params: readonly string[]; run(world: World, params: Params): unknown };

/** Longest text and caption, in UTF-16 units, markup included. */
const TEXT = 2000;

const METHODS: Record<string, Method> = {
  getMe: { params: [], run: me },
  setWebhook: { params: ['url', 'secret_token'], run: setWebhook },
  deleteWebhook: { params: [], run: (world) => changeWebhook(world, undefined) },
  getWebhookInfo: { params: [], run: webhookInfo },
  sendMessage: {
    params: ['chat_id', 'text', 'parse_mode', 'text_styles'],
    run(world, params) {
      const chat = reachable(world, params);
      const text = textOf(params, 'text');
      checkStyles(params.text_styles, text);
      return add(world, chat, { kind: 'text', ...shown(text, params.parse_mode) });
    },
  },
  sendPhoto: {
    params: ['chat_id', 'photo', 'caption'],
    async run(world, params) {
      const chat = reachable(world, params);
      const photoUrl = stringOf(params, 'photo');
      const text = params.caption === undefined ? '' : textOf(params, 'caption');
      if (!isPublic(world, photoUrl)) throw bad('photo must be a public URL');
      const photo = await fetchPhoto(reach(world, photoUrl));
      return add(world, chat, { kind: 'photo', text, bold: [], photoUrl, photo });
    },
  },
  sendSticker: {
    params: ['chat_id', 'sticker'],
    run(world, params) {
      const chat = reachable(world, params);
      return add(world, chat, { kind: 'sticker', text: stringOf(params, 'sticker'), bold: [] });
    },
  },
  sendVoice: {
    params: ['chat_id', 'voice_url'],
    run(world, params) {
      const chat = reachable(world, params);
      const text = stringOf(params, 'voice_url');
      if (chat.type !== 'PRIVATE') throw bad('voice can only be sent to a private chat');
      if (!isPublic(world, text) || !new URL(text).pathname.endsWith('.aac'))
        throw bad('voice_url must be a public URL of an .aac file');
      return add(world, chat, { kind: 'voice', text, bold: [] });
    },
  },
  sendChatAction: {
    params: ['chat_id', 'action'],
    // The one method whose answer carries no result.
    run(world, params) {
      reachable(world, params);
      if (params.action !== 'typing') throw bad('action must be typing');
    },
  },
};

/** Carries out a call; the result as Zalo gives it. Throws ApiError. (getUpdates waits, and is elsewhere.) */
export async function callMethod(world: World, name: string, params: Params): Promise<unknown> {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (!method) throw bad(`unknown API ${name}`);
  checkKnown(name, params, method.params);
  return method.run(world, params);
}

export function checkKnown(name: string, params: Params, known: readonly string[]): void {
  const strange = Object.keys(params).find((param) => !known.includes(param));
  if (strange !== undefined) throw bad(`${name} has no parameter ${strange}`);
}

function me(): object {
  return {
    id: '1459232000000000007',
    account_name: 'bot.ChiTieu',
    account_type: 'BASIC',
    can_join_groups: false,
  };
}

function setWebhook(world: World, params: Params): object {
  const url = stringOf(params, 'url');
  const secret_token = stringOf(params, 'secret_token');
  if (!isPublic(world, url)) throw bad('url must be a public HTTPS URL');
  if (secret_token.length < 8 || secret_token.length > 256)
    throw bad('secret_token must be 8-256 characters');
  return changeWebhook(world, { url, secret_token });
}

function changeWebhook(world: World, webhook: World['webhook']): object {
  world.webhook = webhook;
  world.webhookChanged = Date.now();
  world.wake();
  return webhookInfo(world);
}

function webhookInfo({ webhook, webhookChanged }: World): object {
  return { url: webhook?.url ?? '', updated_at: webhookChanged };
}

/** The chat to send to; what stands in the way of sending there comes first, as on every platform. */
function reachable(world: World, params: Params): Chat {
  const chat = world.chats.get(stringOf(params, 'chat_id'));
  if (!chat) throw bad('chat not found');
  if (chat.blocked) throw new ApiError(chat.blocked.code, chat.blocked.description);
  return chat;
}

function stringOf(params: Params, field: string): string {
  const value = params[field];
  if (typeof value !== 'string' || value.trim() === '') throw bad(`${field} must be a non-empty string`);
  return value;
}

function textOf(params: Params, field: 'text' | 'caption'): string {
  const text = stringOf(params, field);
  if (text.length > TEXT) throw bad(`${field} must be 1-${TEXT} characters, not ${text.length}`);
  return text;
}

function shown(raw: string, mode: unknown): Pick<Seen, 'text' | 'bold'> {
  const read = readMarkup(raw, mode);
  if (read.text.trim() === '') throw bad('text is empty');
  return read;
}

/** Styles are checked and not shown: `[{ start, len, st: ['b'] }]`, in UTF-16 units. */
function checkStyles(styles: unknown, text: string): void {
  if (styles === undefined) return;
  if (!Array.isArray(styles)) throw bad('text_styles must be an array');
  for (const { start, len, st } of styles as { start?: unknown; len?: unknown; st?: unknown }[]) {
    const inside = Number.isInteger(start) && Number.isInteger(len) && Number(start) >= 0 && Number(len) > 0;
    if (!inside || Number(start) + Number(len) > text.length) throw bad('text_styles lies outside the text');
    if (!Array.isArray(st) || st.length === 0) throw bad('text_styles has no st');
  }
}

function add(world: World, chat: Chat, content: Omit<Seen, 'id' | 'at'>): object {
  if (world.sent >= world.settings.quota) throw new ApiError(429, 'Too Many Requests: the quota is used up');
  world.sent++;
  const seen: Seen = { ...content, id: newId(world), at: Date.now() };
  chat.messages.push(seen);
  return { message_id: seen.id, date: seen.at };
}
