// What a refusal of the Zalo Bot Platform means; pure.

/**
 * access: the token is not accepted. quota: the month's messages are used up. rate: too fast. later: the platform's own trouble.
 * doubtful: it may have been carried out. permanent: this call will never be accepted. blocked, unfollowed: the person is out of reach.
 */
export type TroubleKind =
  | 'access'
  | 'quota'
  | 'rate'
  | 'later'
  | 'doubtful'
  | 'permanent'
  | 'blocked'
  | 'unfollowed'
  | 'unknown';

const BLOCKED = /block/i;
const NO_CHAT =
  /\b(?:chat|user)(?:_id)?\b[^.]*(?:not (?:found|exist)|invalid|unknown)|(?:unknown|invalid) (?:chat|user)/i;
const QUOTA = /quota|month/i;
const INTERNAL = /internal|server error/i;

/** `code`: the platform's error_code; `why`: its description. */
export function troubleOf(code: number, why: string): TroubleKind {
  if (code === 401) return 'access';
  if (code === 408) return 'doubtful';
  if (code === 429) return QUOTA.test(why) ? 'quota' : 'rate';
  // The platform's list of codes calls 403 an internal error; others meet it as a refusal.
  if ((code >= 500 && code < 600) || (code === 403 && INTERNAL.test(why))) return 'later';
  if (code === 403 || BLOCKED.test(why)) return 'blocked';
  if (code === 404) return 'unfollowed';
  if (code === 400) return NO_CHAT.test(why) ? 'unfollowed' : 'permanent';
  return 'unknown';
}
