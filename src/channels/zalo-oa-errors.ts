// What Zalo's error codes mean for a message, as data, and how a code is read from an answer.
import type { Hold } from '../domain/channel-state.ts';

/** What to do after a refusal. */
export type Trouble =
  /** The access token is no longer good. */
  | { readonly kind: 'renew' }
  /** Too many calls this minute. */
  | { readonly kind: 'limit' }
  /** Zalo's own trouble, to be tried again; `most`: so many attempts at one message. */
  | { readonly kind: 'retry'; readonly most?: number }
  /** To be tried again, but not soon. */
  | { readonly kind: 'later'; readonly seconds: number }
  /** This person cannot be written to for now. */
  | { readonly kind: 'hold'; readonly hold: Hold }
  /** This message will never be accepted as it is. */
  | { readonly kind: 'permanent' }
  /** Zalo objects to what we send: the message is kept (`/chuagui`), and coordinators are told that Zalo refuses. */
  | { readonly kind: 'policy' }
  /** What was uploaded has expired. */
  | { readonly kind: 'attachment' }
  /** Nothing will be accepted until somebody puts something right. */
  | { readonly kind: 'configuration' }
  /** Not in any table. Tried a few times, so that neither a message nor its chat is lost for good. */
  | { readonly kind: 'unknown'; readonly most: number };

const HOUR = 3600;
const RENEW: Trouble = { kind: 'renew' };
const PERMANENT: Trouble = { kind: 'permanent' };
const CONFIGURATION: Trouble = { kind: 'configuration' };
const LATER: Trouble = { kind: 'later', seconds: HOUR };
const hold = (why: Hold): Trouble => ({ kind: 'hold', hold: why });
const all = (trouble: Trouble, ...codes: readonly number[]): [number, Trouble][] =>
  codes.map((code) => [code, trouble]);

/** Codes of the account's API. Those with a plus sign and -401 are in no table of Zalo's but have been seen. */
const TROUBLES: ReadonlyMap<number, Trouble> = new Map([
  ...all(RENEW, -216, -220, 216, 401, -401, -124),
  ...all({ kind: 'limit' }, -32, 429),
  ...all({ kind: 'retry', most: 10 }, -200),
  ...all(LATER, -211, -218, -234),
  ...all(hold('blocked'), -217, -244),
  ...all(hold('unfollowed'), -213),
  ...all(hold('inactive'), -227),
  ...all(hold('window'), -230, -232),
  ...all(hold('unpaid'), -320, -321),
  ...all(PERMANENT, -201, -210, -233),
  ...all({ kind: 'policy' }, -248),
  ...all({ kind: 'attachment' }, -100),
  ...all(CONFIGURATION, -204, -205, -209, -212, -219, -221, -223, -224, -235, -240, -242, 404),
]);

/** Codes that only template messages meet, or that mean something else there. */
const TEMPLATE_TROUBLES: ReadonlyMap<number, Trouble> = new Map([
  ...all(hold('inactive'), -114, -118, -119),
  ...all(hold('blocked'), -139, -140, -141),
  ...all(LATER, -133, -144, -147),
  // What is wrong with the template, its data or the account that pays; the next one would be refused as well.
  ...all(CONFIGURATION, -109, -131, -146, -249, -112, -1121, -1122, -1124, -132, -117),
  ...all(CONFIGURATION, -115, -125, -126, -127, -135, -136, -137, -320, -321, -201, -210, -233),
]);

const UNKNOWN: Trouble = { kind: 'unknown', most: 8 };

/** What a refusal means. `template`: of a template message. */
export function troubleOf(code: number, template = false): Trouble {
  const known = (template ? TEMPLATE_TROUBLES.get(code) : undefined) ?? TROUBLES.get(code);
  if (known) return known;
  return code >= 500 && code < 600 ? { kind: 'retry' } : UNKNOWN;
}

/**
 * The code in an answer, whatever its HTTP status: 0 for success. Where it has none the status stands for it; NaN when it is
 * no number.
 */
export function codeOf(status: number, error: unknown): number {
  if (error === undefined || error === null || error === '') return status < 400 ? 0 : status;
  return typeof error === 'number' || typeof error === 'string' ? Number(error) : Number.NaN;
}
