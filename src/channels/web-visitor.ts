// Who is visiting the web chat: a random token in a cookie, of which the server remembers nothing.
import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

const COOKIE = 'ct';
/** The longest life that browsers grant a cookie. */
const LIFE_SECONDS = 400 * 24 * 60 * 60;

/** The chat of this visitor (32 hex digits derived from the cookie), or undefined without a usable cookie. */
export function chatOf(c: Context): string | undefined {
  const token = getCookie(c, COOKIE);
  return token !== undefined && isToken(token) ? chatFor(token) : undefined;
}

/**
 * Gives the visitor a cookie, or a known visitor the same cookie again with a fresh life.
 * Only for a post of our own page: the cookie is Strict, so a browser withholds it when the page is opened by a link in Zalo or an
 * e-mail, and a cookie given there would be a new identity over the old one.
 */
export function keepVisitor(c: Context, secure: boolean): void {
  const known = getCookie(c, COOKIE);
  const token = known !== undefined && isToken(known) ? known : randomBytes(24).toString('base64url');
  setCookie(c, COOKIE, token, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure,
    maxAge: LIFE_SECONDS,
  });
}

const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{22,64}$/.test(text);

const chatFor = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 32);
