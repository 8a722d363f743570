// People in the Zalo Bot stand-in: what they do becomes updates, what the bot says they see.
import { addUpdate } from './delivery.ts';
import { type Chat, newId, type Seen, type World } from './world.ts';

/**
 * A person and the private chat with the bot. The first thing a person does makes the chat exist for the bot.
 * Actions return the id of the person's message.
 */
export type ZaloBotUser = {
  /** The person's id, which is the chat's id too. */
  readonly id: string;
  say(text: string): string;
  sendImage(caption?: string): string;
  sendSticker(): string;
  sendVoice(): string;
  sendLink(url: string): string;
  /** Zalo tells the bot nothing about a file: an unsupported message without content. */
  sendDocument(): string;
  /** As a protected account does: an update without any `message`. */
  sendProtected(): void;
  /** A reaction; the update names the bot's newest message as its message_id. */
  react(): void;
  /** What the bot sent, oldest first. */
  messages(): readonly Seen[];
  /** From now on sends fail. Zalo's own code for it is not known, so a test may name another. */
  block(refusal?: { code: number; description: string }): void;
  unblock(): void;
};

/** A group the bot is in; it is told only what mentions it. */
export type ZaloBotGroup = {
  readonly id: string;
  /** A member mentions the bot: the update's text is `@Bot … <text>`. */
  say(text: string): string;
  messages(): readonly Seen[];
};

const MENTION = '@Bot Chỉ tiêu';
const BLOCKED = { code: 403, description: 'Forbidden: the user has blocked the bot' };
const FILES = 'https://files.zalo.example';

type From = { readonly id: string; readonly display_name: string; readonly is_bot: boolean };

/** Tells the bot; the message's id. */
function tell(
  world: World,
  chat: Chat,
  from: From,
  kind: string,
  content: object,
  message_id = newId(world),
): string {
  world.chats.set(chat.id, chat);
  addUpdate(world, chat, {
    event_name: `message.${kind}.received`,
    message: {
      message_id,
      date: Date.now(),
      from,
      chat: { id: chat.id, chat_type: chat.type },
      ...content,
    },
  });
  return message_id;
}

export function createUser(world: World, id: string): ZaloBotUser {
  const chat: Chat = { id, type: 'PRIVATE', messages: [], blocked: undefined };
  const from: From = { id, display_name: `Cán bộ ${id.slice(0, 4)}`, is_bot: false };
  const send = (kind: string, content: object, messageId?: string): string => {
    if (chat.blocked) throw new Error(`user ${id} blocked the bot and cannot write to it`);
    return tell(world, chat, from, kind, content, messageId);
  };
  return {
    id,
    say: (text) => send('text', { text }),
    sendImage: (caption) =>
      send('image', {
        [world.settings.photoField]: `${FILES}/picture.jpg`,
        ...(caption === undefined ? {} : { caption }),
      }),
    sendSticker: () => send('sticker', { sticker: '0e078a2fb66a5f34067b', url: `${FILES}/sticker.png` }),
    sendVoice: () => send('voice', { voice_url: `${FILES}/voice.aac` }),
    sendLink: (url) => send('link', { link: { url, title: 'Liên kết' } }),
    sendDocument: () => send('unsupported', {}),
    sendProtected() {
      world.chats.set(id, chat);
      addUpdate(world, chat, { event_name: 'message.unsupported.received' });
    },
    react: () => void send('reaction', { reaction: '👍' }, chat.messages.at(-1)?.id),
    messages: () => [...chat.messages],
    block(refusal = BLOCKED) {
      chat.blocked = refusal;
    },
    unblock() {
      chat.blocked = undefined;
    },
  };
}

export function createGroup(world: World): ZaloBotGroup {
  const chat: Chat = { id: newId(world), type: 'GROUP', messages: [], blocked: undefined };
  const from: From = { id: newId(world), display_name: 'Thành viên nhóm', is_bot: false };
  return {
    id: chat.id,
    say: (text) => tell(world, chat, from, 'text', { text: `${MENTION} ${text}` }),
    messages: () => [...chat.messages],
  };
}
