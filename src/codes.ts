// Codes that let people in, and the hashes under which they are stored.
import { createHash, randomBytes } from 'node:crypto';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A code of 144 random bits for an invitation, fit for links and for Telegram's start parameter. */
export const freshCode = (): string => randomBytes(18).toString('base64url');
