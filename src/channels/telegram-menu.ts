// The menu of commands in a chat whose person needs another one than everybody's.
import type { Api } from 'grammy';
import type { Role } from '../domain/people.ts';
import type { ReadFailure, TelegramLog } from './telegram-api.ts';

export type MenuCommands = readonly { readonly command: string; readonly description: string }[];

type Options = {
  readonly api: Api;
  /** The menu of somebody in this role; undefined: everybody's. */
  readonly commandsOf: (role: Role | undefined) => MenuCommands | undefined;
  readonly readFailure: ReadFailure;
  readonly log: TelegramLog;
};

/**
 * A function to call after each turn of a conversation: joining, leaving and a new role show there. It never rejects. Telegram
 * keeps what it was told; so once in each chat's first turn, and whenever it changes, is enough.
 */
export function createMenus(
  options: Options,
): (conversation: string, role: Role | undefined) => Promise<void> {
  const { api, commandsOf, readFailure, log } = options;
  const shown = new Map<string, MenuCommands>();
  /** Told to slow down, menus wait, and nothing else does. */
  let waitUntil = 0;
  return async (conversation, role) => {
    const before = shown.get(conversation);
    const commands = commandsOf(role);
    if (commands === before || performance.now() < waitUntil) return;
    try {
      const scope = { type: 'chat', chat_id: Number(conversation.slice('telegram:'.length)) } as const;
      // Noted before it is done, so that a turn that comes meanwhile does not do it again.
      if (commands) {
        shown.set(conversation, commands);
        await api.setMyCommands(commands, { scope });
      } else {
        shown.delete(conversation);
        await api.deleteMyCommands({ scope });
      }
    } catch (error) {
      // The next turn tries again; the chat works without its menu.
      if (before === undefined) shown.delete(conversation);
      else shown.set(conversation, before);
      const failure = readFailure(error);
      if (failure.kind === 'refused' && failure.seconds !== undefined)
        waitUntil = performance.now() + failure.seconds * 1000;
      log.warn({ why: failure.why }, 'Telegram: the menu of a chat could not be set');
    }
  };
}
