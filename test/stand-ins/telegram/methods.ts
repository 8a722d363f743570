// The methods of the Bot API that the bot uses, with Telegram's checks and refusals.
// Stricter than Telegram in two things: parameters that are not known here, and rows too long to be read, are refused.
import { getFile } from './files.ts';
import { readHtml } from './html.ts';
import { ApiError, type Chat, type Files, now, type Params, type Seen, type World } from './world.ts';

type Method = {
  readonly params: readonly string[];
  run(world: World, params: Params, files: Files): unknown;
};

const TEXT = 4096;
const CAPTION = 1024;
const DOCUMENT = 50 * 1024 * 1024;
const PHOTO = 10 * 1024 * 1024;

const METHODS: Record<string, Method> = {
  getMe: { params: [], run: ({ bot }) => botUser(bot) },
  setMyCommands: { params: ['commands', 'scope'], run: setMyCommands },
  deleteMyCommands: { params: ['scope'], run: deleteMyCommands },
  getFile: { params: ['file_id'], run: getFile },
  setWebhook: { params: ['url', 'secret_token', 'allowed_updates', 'max_connections'], run: setWebhook },
  deleteWebhook: { params: ['drop_pending_updates'], run: deleteWebhook },
  getWebhookInfo: {
    params: [],
    run: ({ webhook, updates }) => ({ url: webhook?.url ?? '', pending_update_count: updates.length }),
  },
  sendMessage: {
    params: ['chat_id', 'text', 'parse_mode', 'link_preview_options', 'reply_markup'],
    run(world, params) {
      const chat = reachable(world, params);
      return bySeen(
        world,
        chat,
        add(world, chat, { ...textOf(params, 'text', TEXT), buttons: buttonsOf(params) }),
      );
    },
  },
  sendDocument: {
    params: ['chat_id', 'document', 'caption', 'parse_mode', 'reply_markup'],
    run(world, params, files) {
      const chat = reachable(world, params);
      const document = files.get(String(params.document).replace('attach://', ''));
      if (!document) throw bad('there is no document in the request');
      if (document.bytes.length === 0) throw bad('file must be non-empty');
      if (document.bytes.length > DOCUMENT) throw new ApiError(413, 'Request Entity Too Large');
      const caption =
        params.caption === undefined ? { text: '', bold: [] } : textOf(params, 'caption', CAPTION);
      return bySeen(world, chat, add(world, chat, { ...caption, buttons: buttonsOf(params), document }));
    },
  },
  sendPhoto: {
    params: ['chat_id', 'photo'],
    run(world, params, files) {
      const chat = reachable(world, params);
      const photo = photoOf(params.photo, files);
      return bySeen(world, chat, add(world, chat, { text: '', bold: [], buttons: [], photo }));
    },
  },
  sendMediaGroup: {
    params: ['chat_id', 'media'],
    run(world, params, files) {
      const chat = reachable(world, params);
      const media = params.media as { type?: unknown; media?: unknown }[];
      if (!Array.isArray(media) || media.length < 2 || media.length > 10)
        throw bad('wrong number of media: an album has 2-10');
      if (media.some((each) => each.type !== 'photo' || Object.keys(each).length !== 2))
        throw bad('the stand-in takes albums of plain photos only');
      const photos = media.map((each) => photoOf(each.media, files));
      return photos.map((photo) =>
        bySeen(world, chat, add(world, chat, { text: '', bold: [], buttons: [], photo })),
      );
    },
  },
  editMessageText: {
    params: ['chat_id', 'message_id', 'text', 'parse_mode', 'link_preview_options', 'reply_markup'],
    run(world, params) {
      const { chat, message } = editable(world, params);
      if (message.document || message.photo) throw bad('there is no text in the message to edit');
      return edit(world, chat, message, { ...textOf(params, 'text', TEXT), buttons: buttonsOf(params) });
    },
  },
  editMessageCaption: {
    params: ['chat_id', 'message_id', 'caption', 'parse_mode', 'reply_markup'],
    run(world, params) {
      const { chat, message } = editable(world, params);
      if (!message.document) throw bad('there is no caption in the message to edit');
      return edit(world, chat, message, {
        ...textOf(params, 'caption', CAPTION),
        buttons: buttonsOf(params),
      });
    },
  },
  answerCallbackQuery: {
    params: ['callback_query_id'],
    run(world, params) {
      if (!world.presses.delete(String(params.callback_query_id)))
        throw bad('query is too old and response timeout expired or query ID is invalid');
      return true;
    },
  },
};

/** Carries out a call; the result as Telegram gives it. Throws ApiError. (getUpdates waits, and is elsewhere.) */
export function callMethod(world: World, name: string, params: Params, files: Files): unknown {
  const method = METHODS[name];
  if (!method) throw new ApiError(404, 'Not Found: method not found');
  checkKnown(name, params, method.params);
  return method.run(world, params, files);
}

export function checkKnown(name: string, params: Params, known: readonly string[]): void {
  const strange = Object.keys(params).find((param) => !known.includes(param));
  if (strange !== undefined) throw bad(`the stand-in does not know the parameter ${strange} of ${name}`);
}

export function bad(what: string): ApiError {
  return new ApiError(400, `Bad Request: ${what}`);
}

function botUser(bot: World['bot']): object {
  return { id: bot.id, is_bot: true, first_name: 'Trợ lý', username: bot.username };
}

function setMyCommands(world: World, params: Params): true {
  const commands = params.commands as { command: string; description: string }[];
  if (!Array.isArray(commands) || commands.length > 100) throw bad('too many commands specified');
  for (const { command, description } of commands) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw bad('BOT_COMMAND_INVALID');
    if (!description || description.length > 256) throw bad('BOT_COMMAND_DESCRIPTION_INVALID');
  }
  const chat = menuOf(world, params);
  if (chat === undefined) world.commands = commands;
  else world.menus.set(chat, commands);
  return true;
}

function deleteMyCommands(world: World, params: Params): true {
  const chat = menuOf(world, params);
  if (chat === undefined) world.commands = [];
  else world.menus.delete(chat);
  return true;
}

/** The chat whose menu is meant; undefined: everybody's. */
function menuOf(world: World, { scope }: Params): number | undefined {
  if (scope === undefined) return undefined;
  const { type, chat_id: chat, ...more } = scope as { type?: unknown; chat_id?: unknown };
  if (type !== 'chat' || Object.keys(more).length > 0) throw bad('the stand-in knows no scope but a chat');
  if (!world.chats.has(Number(chat))) throw bad('chat not found');
  return Number(chat);
}

/** As an exception, plain http is accepted for this machine, where the tests listen. */
function setWebhook(world: World, params: Params): true {
  const url = String(params.url);
  const secret = String(params.secret_token ?? '');
  if (!url.startsWith('https://') && !url.startsWith('http://127.0.0.1:'))
    throw bad('bad webhook: An HTTPS URL must be provided for webhook');
  if (!/^[A-Za-z0-9_-]{0,256}$/.test(secret)) throw bad('secret token contains unallowed characters');
  const connections = Number(params.max_connections ?? 40);
  if (connections < 1 || connections > 100) throw bad('max_connections is out of range');
  world.allowed = params.allowed_updates as string[] | undefined;
  world.webhook = { url, secret, connections };
  world.wake();
  return true;
}

function deleteWebhook(world: World, params: Params): true {
  world.webhook = undefined;
  if (params.drop_pending_updates === true) world.updates.length = 0;
  return true;
}

function reachable(world: World, params: Params): Chat {
  if (params.chat_id === undefined || params.chat_id === '') throw bad('chat_id is empty');
  const chat = world.chats.get(Number(params.chat_id));
  if (!chat) throw bad('chat not found');
  if (chat.deactivated) throw new ApiError(403, 'Forbidden: user is deactivated');
  if (chat.blocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user');
  return chat;
}

function editable(world: World, params: Params): { chat: Chat; message: Seen } {
  const chat = reachable(world, params);
  const message = chat.messages.find(({ id }) => id === params.message_id);
  if (!message) throw bad('message to edit not found');
  if (message.from !== 'bot') throw bad("message can't be edited");
  return { chat, message };
}

function textOf(params: Params, field: 'text' | 'caption', limit: number): { text: string; bold: string[] } {
  const raw = params[field];
  const name = field === 'text' ? 'message' : 'message caption';
  if (typeof raw !== 'string' || raw.trim() === '') throw bad('message text is empty');
  if (params.parse_mode !== undefined && params.parse_mode !== 'HTML') throw bad('unsupported parse_mode');
  const read = params.parse_mode === 'HTML' ? readHtml(raw) : { text: raw.trim(), bold: [] };
  if (read.text === '') throw bad('message text is empty');
  if (read.text.length > limit) throw bad(`${name} is too long`);
  return read;
}

function buttonsOf(params: Params): Seen['buttons'] {
  const markup = params.reply_markup;
  if (markup === undefined) return [];
  const rows = (markup as { inline_keyboard?: { text?: unknown; callback_data?: unknown }[][] })
    .inline_keyboard;
  if (!Array.isArray(rows)) throw bad("can't parse reply keyboard markup JSON object");
  if (rows.flat().length > 100) throw bad('reply markup is too long');
  if (rows.some((row) => row.length > 8)) throw bad('the stand-in takes no row of more than 8 buttons');
  return rows.map((row) =>
    row.map(({ text, callback_data }) => {
      if (typeof text !== 'string' || text.trim() === '')
        throw bad('inline keyboard button text must be non-empty');
      const bytes = typeof callback_data === 'string' ? Buffer.byteLength(callback_data) : 0;
      if (bytes < 1 || bytes > 64) throw bad('BUTTON_DATA_INVALID');
      return { label: text, data: String(callback_data) };
    }),
  );
}

/** A photo that came with the call; Telegram takes pictures of 10 MB and no files that only call themselves so. */
function photoOf(attached: unknown, files: Files): NonNullable<Seen['photo']> {
  const photo = files.get(String(attached).replace('attach://', ''));
  if (!photo) throw bad('there is no photo in the request');
  if (photo.bytes.length > PHOTO) throw bad('PHOTO_INVALID_DIMENSIONS');
  if (!photo.bytes.subarray(1, 4).equals(Buffer.from('PNG'))) throw bad('IMAGE_PROCESS_FAILED');
  return photo;
}

type Content = Pick<Seen, 'text' | 'bold' | 'buttons' | 'document' | 'photo'>;

function add(world: World, chat: Chat, content: Content): Seen {
  const seen: Seen = { id: world.nextMessage++, from: 'bot', date: now(), edited: false, ...content };
  chat.messages.push(seen);
  return seen;
}

function edit(world: World, chat: Chat, message: Seen, content: Content): object {
  const { text, bold, buttons } = message;
  if (JSON.stringify({ text, bold, buttons }) === JSON.stringify(content))
    throw bad(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  Object.assign(message, content, { edited: true });
  return bySeen(world, chat, message);
}

/** The bot's own message as Telegram writes it. */
export function bySeen({ bot }: World, chat: Chat, { id, date, text, document, photo }: Seen): object {
  return {
    message_id: id,
    from: botUser(bot),
    chat: { id: chat.id, type: chat.type },
    date,
    ...(photo ? { photo: [{ file_id: `f${id}`, file_unique_id: `u${id}`, width: 1080, height: 1080 }] } : {}),
    ...(document
      ? { document: { file_id: `f${id}`, file_unique_id: `u${id}`, file_name: document.name }, caption: text }
      : { text }),
  };
}
