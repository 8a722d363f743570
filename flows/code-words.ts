// Invitation codes among the words of a person: what is one, and that it is kept nowhere.
import { clean } from '../src/domain/words.ts';
import { privacyFault } from '../src/indicators/privacy.ts';
import { TROUBLE } from '../src/text/menu.ts';
import type { Facts } from './flow.ts';

/** A code that opens an invitation means the same whenever it comes, and must not be quoted. */
export const isJoining = (text: string, facts: Facts): boolean =>
  /^\/start(@\S+)?(\s|$)/i.test(clean(text)) || (facts.invitation !== undefined && isBareCode(text.trim()));

/** A code pasted without the command: at least 22 characters of base64url. */
export const isBareCode = (text: string): boolean => /^[A-Za-z0-9_-]{22,64}$/.test(text);

/**
 * What a channel without a history of its own may keep of a person's words: no codes, and nothing that must not be stored.
 */
export function keptWords(text: string): string {
  const isCode = /^\s*\/start(@\S+)?\s+\S/i.test(text) || isBareCode(text.trim());
  if (isCode) return TROUBLE.invited;
  return privacyFault(text) ? TROUBLE.hidden : text.slice(0, 4000);
}
