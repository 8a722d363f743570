// One use of a refresh token at Zalo's OAuth host, and what its answer means.
import type { ZaloHttp, ZaloReply } from './zalo-http.ts';
import type { Pair } from './zalo-token-state.ts';

/** `later`: Zalo gave no answer of its own. `isDoubtful`: the token may be spent; `isLost`: the connection broke after sending. */
export type Spent =
  | { readonly kind: 'pair'; readonly pair: Pair }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'later'; readonly why: string; readonly isDoubtful: boolean; readonly isLost: boolean };

export type ZaloApp = { readonly appId: string; readonly appSecret: string };

/** Asks for a new pair. Words of Zalo in `why` are cut but not cleaned of secrets. */
export async function spend(http: ZaloHttp, app: ZaloApp, refresh: string, now: Date): Promise<Spent> {
  const reply = await http({
    method: 'POST',
    path: '/v4/oa/access_token',
    headers: { secret_key: app.appSecret },
    form: { refresh_token: refresh, app_id: app.appId, grant_type: 'refresh_token' },
  });
  return read(reply, refresh, now);
}

/** Seconds that an access token lives when Zalo does not say, and the longest that is believed. */
const USUAL_LIFE = 90_000;
const LONGEST_LIFE = 90 * 86_400;

function read(reply: ZaloReply, refresh: string, now: Date): Spent {
  if (reply.kind !== 'answer') {
    const isLost = reply.kind === 'lost';
    return { kind: 'later', why: reply.why, isDoubtful: reply.kind !== 'unsent', isLost };
  }
  const { status, body } = reply;
  const isError = Number(body.error ?? 0) !== 0;
  if (!isError && isToken(body.access_token)) {
    const seconds = Number(body.expires_in);
    const life = seconds > 0 && seconds <= LONGEST_LIFE ? seconds : USUAL_LIFE;
    const until = new Date(now.getTime() + life * 1000).toISOString();
    const next = isToken(body.refresh_token) ? body.refresh_token : refresh;
    const pair = { access: body.access_token, refresh: next, at: now.toISOString(), until };
    return { kind: 'pair', pair };
  }
  const why = wordsOf(status, body);
  if (status >= 500) return { kind: 'later', why, isDoubtful: true, isLost: false };
  // Too many calls (-32, 429) says nothing about the token.
  const isBusy = status === 429 || status === 408 || Number(body.error) === -32;
  return isBusy ? { kind: 'later', why, isDoubtful: false, isLost: false } : { kind: 'refused', why };
}

/** What may stand in a header. */
const isToken = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x21-\x7e]{1,4096}$/.test(value);

function wordsOf(status: number, body: Readonly<Record<string, unknown>>): string {
  const words = [body.error_name, body.error_reason, body.error_description, body.message]
    .filter((each) => typeof each === 'string' && each.trim() !== '')
    .slice(0, 2)
    .map((each) => `${each}`.replace(/\s+/g, ' ').slice(0, 120));
  const code = ['string', 'number'].includes(typeof body.error)
    ? `error ${body.error}`.slice(0, 40)
    : 'no access token';
  return [`HTTP ${status}, ${code}`, ...new Set(words)].join(', ');
}
