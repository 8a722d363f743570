// People in the Telegram stand-in: what they do becomes updates, what the bot says they see.
import { bySeen } from './methods.ts';
import { addUpdate, type Chat, now, type Seen, type World } from './world.ts';

/** The first message makes the chat exist for the bot, as on Telegram. Actions return the id of the person's message. */
export type Person = {
  readonly id: number;
  /** The chat from the first to the last message. */
  readonly messages: readonly Seen[];
  send(text: string): number;
  edit(message: number, text: string): void;
  /** Presses the newest button with this label or data. `tooOld`: Telegram no longer shows the bot the message under it. */
  press(labelOrData: string, how?: { tooOld: boolean }): void;
  sticker(): number;
  photo(caption?: string): number;
  /** Sends a file. `told`: its size as Telegram tells it (undefined: not at all); `path`: where Telegram says that it lies. */
  file(name: string, bytes: Uint8Array, how?: { told?: number | undefined; path?: string }): number;
  voice(): number;
  location(): number;
  forward(text: string): number;
  block(): void;
  unblock(): void;
  deactivate(): void;
};

/** A group in which people talk; the bot sees what Telegram's privacy mode shows it. */
export type Group = {
  readonly id: number;
  readonly messages: readonly Seen[];
  addBot(): void;
  send(text: string): void;
};

const FILE = { file_id: 'f', file_unique_id: 'u' };

export function createPerson(world: World, id: number): Person {
  const chat: Chat = { id, type: 'private', messages: [], blocked: false, deactivated: false };
  const who = { id, is_bot: false, first_name: `Người ${id}` };
  const where = { id, type: 'private', first_name: who.first_name };

  const say = (content: object, text = ''): number => {
    if (chat.blocked || chat.deactivated)
      throw new Error(`person ${id} blocked the bot and cannot write to it`);
    world.chats.set(id, chat);
    const message = world.nextMessage++;
    const seen: Seen = {
      id: message,
      from: 'person',
      date: now(),
      text,
      bold: [],
      buttons: [],
      edited: false,
    };
    chat.messages.push(seen);
    addUpdate(world, 'message', { message_id: message, from: who, chat: where, date: seen.date, ...content });
    return message;
  };
  const captioned = (content: object, caption?: string): number =>
    say({ ...content, ...(caption === undefined ? {} : { caption }) }, caption);
  const membership = (was: string, is: string): void => {
    const user = { id: world.bot.id, is_bot: true, first_name: 'Trợ lý', username: world.bot.username };
    const change = { old_chat_member: { user, status: was }, new_chat_member: { user, status: is } };
    addUpdate(world, 'my_chat_member', { chat: where, from: who, date: now(), ...change });
  };

  return {
    id,
    messages: chat.messages,
    send: (text) => say({ text, ...entitiesOf(text) }, text),
    edit(message, text) {
      const seen = chat.messages.find((one) => one.id === message && one.from === 'person');
      if (!seen) throw new Error(`person ${id} has no message ${message} to edit`);
      Object.assign(seen, { text, edited: true });
      const { date } = seen;
      addUpdate(world, 'edited_message', {
        message_id: message,
        from: who,
        chat: where,
        date,
        edit_date: now(),
        text,
      });
    },
    press(labelOrData, how) {
      const found = findButton(chat, labelOrData);
      const press = `press-${world.nextUpdate}`;
      const message = how?.tooOld
        ? { chat: where, message_id: found.seen.id, date: 0 }
        : bySeen(world, chat, found.seen);
      world.presses.add(press);
      addUpdate(world, 'callback_query', {
        id: press,
        from: who,
        chat_instance: '1',
        message,
        data: found.data,
      });
    },
    sticker: () => say({ sticker: { ...FILE, type: 'regular', width: 1, height: 1 } }),
    photo: (caption) => captioned({ photo: [{ ...FILE, width: 1, height: 1 }] }, caption),
    file(name, bytes, how = {}) {
      const file_id = `BQACAgUAAxk-${world.nextMessage}`;
      const path = how.path ?? `documents/file_${world.uploads.size}.${name.split('.').at(-1)}`;
      const size = 'told' in how ? how.told : bytes.length;
      world.uploads.set(file_id, { path, bytes: Buffer.from(bytes), size });
      const told = size === undefined ? {} : { file_size: size };
      return say({ document: { file_id, file_unique_id: `u-${file_id}`, file_name: name, ...told } });
    },
    voice: () => say({ voice: { ...FILE, duration: 3 } }),
    location: () => say({ location: { latitude: 9.6, longitude: 105.9 } }),
    forward: (text) =>
      say({ text, forward_origin: { type: 'hidden_user', sender_user_name: 'Ai đó', date: now() } }, text),
    block() {
      chat.blocked = true;
      membership('member', 'kicked');
    },
    unblock() {
      chat.blocked = false;
      membership('kicked', 'member');
    },
    deactivate() {
      chat.deactivated = true;
    },
  };
}

export function createGroup(world: World, id: number): Group {
  const chat: Chat = { id, type: 'group', messages: [], blocked: false, deactivated: false };
  const where = { id, type: 'group', title: 'Tổ thống kê' };
  const who = { id: 4242, is_bot: false, first_name: 'Người trong nhóm' };
  return {
    id,
    messages: chat.messages,
    addBot() {
      world.chats.set(id, chat);
      const user = { id: world.bot.id, is_bot: true, first_name: 'Trợ lý', username: world.bot.username };
      const change = {
        old_chat_member: { user, status: 'left' },
        new_chat_member: { user, status: 'member' },
      };
      addUpdate(world, 'my_chat_member', { chat: where, from: who, date: now(), ...change });
    },
    send(text) {
      const message_id = world.nextMessage++;
      addUpdate(world, 'message', {
        message_id,
        from: who,
        chat: where,
        date: now(),
        text,
        ...entitiesOf(text),
      });
    },
  };
}

function findButton(chat: Chat, labelOrData: string): { seen: Seen; data: string } {
  for (const seen of chat.messages.toReversed()) {
    const button = seen.buttons
      .flat()
      .find(({ label, data }) => label === labelOrData || data === labelOrData);
    if (button) return { seen, data: button.data };
  }
  throw new Error(`person ${chat.id} sees no button "${labelOrData}"`);
}

function entitiesOf(text: string): object {
  const command = /^\/\w+(?:@\w+)?/.exec(text)?.[0];
  return command ? { entities: [{ type: 'bot_command', offset: 0, length: command.length }] } : {};
}
