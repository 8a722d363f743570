// The menu of commands in a chat whose person needs another one than everybody's.
import type { Api } from 'grammy';
import type { ReadFailure, TelegramLog } from './telegram-api.ts';

export type MenuCommands = readonly { readonly command: string; readonly description: string }[];

type Options = {
  readonly api: Api;
  /** The menu of one conversation; undefined: everybody's. */
  readonly commandsFor: (conversation: string) => Promise<MenuCommands | undefined>;
  readonly readFailure: ReadFailure;
  readonly log: TelegramLog;
};

/**
 * A function to call after each turn of a conversation: joining, leaving and a new role show there. It never rejects. Telegram
 * keeps what it was told; so once in each chat's first turn, and whenever it changes, is enough.
 */
export function createMenus(options: Options): (conversation: string) => Promise<void> {
  const { api, commandsFor, readFailure, log } = options;
  const shown = new Map<string, string>();
  return async (conversation) => {
    const before = shown.get(conversation);
    try {
      const commands = await commandsFor(conversation);
      const now = commands && JSON.stringify(commands);
      if (now === shown.get(conversation)) return;
      const scope = { type: 'chat', chat_id: Number(conversation.slice('telegram:'.length)) } as const;
      // Noted before it is done, so that a turn that comes meanwhile does not do it again.
      if (commands && now !== undefined) {
        shown.set(conversation, now);
        await api.setMyCommands(commands, { scope });
      } else {
        shown.delete(conversation);
        await api.deleteMyCommands({ scope });
      }
    } catch (error) {
      // The next turn tries again; the chat works without its menu.
      if (before === undefined) shown.delete(conversation);
      else shown.set(conversation, before);
      log.warn({ why: readFailure(error).why }, 'Telegram: the menu of a chat could not be set');
    }
  };
}
