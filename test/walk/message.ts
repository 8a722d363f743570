// What must hold of every message, whoever gets it.
import type { Message } from '../../src/domain/conversation.ts';
import { buttonsOf, plain } from '../support/world.ts';

/** What is wrong with it; an errand has no words. */
export function messageFault(message: Message): string | undefined {
  const text = plain(message);
  if (text.length > 4096) return `a message of ${text.length} characters`;
  if (text.trim() === '' && !message.fetch) return 'an empty message';
  for (const { label, action } of buttonsOf(message)) {
    if (label.trim() === '') return `a button without a label: ${action}`;
    if (!/^[\x20-\x7e]{1,64}$/.test(action)) return `a button with the action “${action}”`;
  }
  return undefined;
}
