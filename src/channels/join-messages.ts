// Messages that are said one after the other become one where that loses nothing.
import type { Message } from '../domain/conversation.ts';
import { plain } from './split.ts';

/**
 * Joins each message that has words only to the one that follows it, as long as the whole stays within `most`
 * characters. What a joined message was to replace or be called is the later one's.
 */
export function joinMessages(messages: readonly Message[], most: number): Message[] {
  const joined: Message[] = [];
  for (const message of messages) {
    const before = joined.at(-1);
    const length = before ? plain(before.text).length + 2 + plain(message.text).length : 0;
    if (!before || before.buttons || before.file || before.fetch || message.fetch || length > most)
      joined.push(message);
    else joined[joined.length - 1] = { ...message, text: [...before.text, '\n\n', ...message.text] };
  }
  return joined;
}
