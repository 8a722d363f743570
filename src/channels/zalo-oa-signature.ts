// Zalo's signature over a delivered event: a plain SHA-256 of an id, the bytes as they came, the event's own time and the secret key.
import { createHash, timingSafeEqual } from 'node:crypto';

export type SigningKeys = { readonly appId: string; readonly oaId: string; readonly oaSecret: string };

/** Which id stands first in what was signed: the application's, as documented, or the account's, as some report. */
export type SignedWith = 'app id' | 'account id';

/**
 * How `header` signs `body` (the raw bytes) and its `timestamp` (as in the body); undefined when it does not. The header is hex,
 * with or without "mac=". An unset key lets nobody in.
 */
export function signedWith(
  header: string,
  body: Uint8Array,
  timestamp: string,
  keys: SigningKeys,
): SignedWith | undefined {
  const hex = /^\s*(?:mac\s*=\s*)?([0-9a-f]{64})\s*$/i.exec(header)?.[1];
  if (hex === undefined || keys.oaSecret === '') return undefined;
  const given = Buffer.from(hex, 'hex');
  const matches = (id: string): boolean => {
    const hash = createHash('sha256').update(id).update(body).update(timestamp).update(keys.oaSecret);
    return timingSafeEqual(given, hash.digest());
  };
  if (matches(keys.appId)) return 'app id';
  return matches(keys.oaId) ? 'account id' : undefined;
}
