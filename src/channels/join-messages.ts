// Messages that are said one after the other become one where that loses nothing.
import type { Message } from '../domain/conversation.ts';
import { plain } from './split.ts';

/**
 * Joins each message that has words only to the one that follows it, as long as the whole stays within `most`
 * characters. What a joined message was to replace or be called is the later one's, and `above` tells how much was joined to its front.
 * `edits`: what replaces an earlier message does so, and stays alone.
 */
export function joinMessages(messages: readonly Message[], most: number, edits = false): Message[] {
  const joined: Message[] = [];
  for (const message of messages) {
    const before = joined.at(-1);
    const length = before ? plain(before.text).length + 2 + plain(message.text).length : 0;
    const isWhole = before?.buttons || before?.file || before?.pictures || before?.fetch || before?.apart;
    const changes = edits && (before?.replaces ?? message.replaces) !== undefined;
    if (!before || isWhole || changes || message.fetch || message.apart || length > most)
      joined.push(message);
    else {
      const above = before.text.length + 1 + (message.above ?? 0);
      joined[joined.length - 1] = { ...message, text: [...before.text, '\n\n', ...message.text], above };
    }
  }
  return joined;
}
