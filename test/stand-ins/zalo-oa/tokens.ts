// The OAuth host of the Zalo stand-in: pairs of tokens of which only the newest lives, and refresh tokens that work once.
import { ApiError } from './refusals.ts';
import { type Call, now, randomToken, sha256, type World } from './world.ts';

const HOUR = 3_600_000;
const ACCESS = 25 * HOUR;
const REFRESH = 90 * 24 * HOUR;
const CODE = 10 * 60_000;

/** A new pair; the one before is dead from now on. */
export function issuePair(world: World): void {
  world.pair = { access: randomToken(150), refresh: randomToken(150), issued: now(world) };
  world.issued.add(world.pair.access).add(world.pair.refresh);
}

/** What the administrator's browser brings back after consenting: a code for ten minutes. */
export function issueCode(world: World, challenge: string | undefined): string {
  const code = randomToken(40);
  world.codes.set(code, { challenge, at: now(world) });
  return code;
}

/** When the access token in force ends, in ms. */
export const accessUntil = (world: World): number => world.pair.issued + ACCESS;

/** POST /v4/oa/access_token. The refusals' codes other than -14002 and the one for used tokens are our own choice. */
export function exchange(world: World, call: Call): object {
  const { headers } = call;
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    throw new ApiError(-14006, 'Invalid grant type');
  const form = call.body as Record<string, string>;
  if (form.app_id !== world.appId) throw new ApiError(-14002, 'Invalid appId');
  if (headers.secret_key !== world.appSecret) throw new ApiError(-14004, 'Invalid secret key');
  if (form.grant_type === 'refresh_token') refresh(world, form.refresh_token);
  else if (form.grant_type === 'authorization_code') redeem(world, form.code, form.code_verifier);
  else throw new ApiError(-14006, 'Invalid grant type');
  return { access_token: world.pair.access, refresh_token: world.pair.refresh, expires_in: '90000' };
}

function refresh(world: World, token: string | undefined): void {
  if (token !== world.pair.refresh || now(world) > world.pair.issued + REFRESH) {
    world.refusedRefreshes += 1;
    throw new ApiError(world.options.usedRefreshError, 'Invalid refresh token');
  }
  world.refreshes += 1;
  issuePair(world);
}

function redeem(world: World, code: string | undefined, verifier: string | undefined): void {
  const known = world.codes.get(code ?? '');
  world.codes.delete(code ?? '');
  if (!known || now(world) > known.at + CODE) throw new ApiError(-14012, 'Invalid authorized code');
  const fits = verifier === undefined ? undefined : sha256(verifier).toString('base64url');
  if (known.challenge !== undefined && fits !== known.challenge)
    throw new ApiError(-14011, 'Invalid code verifier');
  issuePair(world);
}

/** Throws unless the header `access_token` holds the token in force. */
export function checkToken(world: World, call: Call): void {
  const token = call.headers.access_token;
  const known = typeof token === 'string' && world.issued.has(token);
  const good = token === world.pair.access && now(world) < accessUntil(world);
  if (good) return;
  if (call.host === 'zbs') throw new ApiError(-124, 'Access token is invalid');
  if (known && token !== world.pair.refresh) throw new ApiError(-220, 'access_token is expired or removed');
  throw new ApiError(-216, 'Access token is invalid');
}
