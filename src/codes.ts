// Codes that let people in, and the hashes under which they are stored.
import { createHash, randomBytes } from 'node:crypto';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const BYTES = 18;
/** Random bytes are asked of the system for many codes at once: every turn has one ready, few need it. */
let pool = Buffer.alloc(0);

/** A code of 144 random bits for an invitation, fit for links and for Telegram's start parameter. */
export function freshCode(): string {
  if (pool.length < BYTES) pool = randomBytes(BYTES * 256);
  const code = pool.toString('base64url', 0, BYTES);
  pool = pool.subarray(BYTES);
  return code;
}
