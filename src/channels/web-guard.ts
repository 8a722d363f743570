// What every request of the web chat must pass: response headers, a rate, and for posts the proof that our own page sent them.
import type { MiddlewareHandler } from 'hono';
import { createBuckets } from './limiter.ts';
import { addressOf } from './web-address.ts';
import { chatOf } from './web-visitor.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Sets the security headers on every answer, refusals included; Cache-Control is no-store unless the route says otherwise. */
export const safeHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
  if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
};

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/**
 * Refuses (403) a post that our own page did not send. `publicOrigin`: the origin that officers see, when a proxy stands in front.
 * `type`: what the page sends there.
 */
export function sameOrigin(
  publicOrigin: string,
  refused: (origin: string) => void,
  type: RegExp = JSON_TYPE,
): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('origin');
    const foreign = origin !== undefined && origin !== new URL(c.req.url).origin && origin !== publicOrigin;
    const site = c.req.header('sec-fetch-site');
    const isTyped = type.test(c.req.header('content-type') ?? '');
    if (foreign) refused(origin);
    if (
      foreign ||
      (site !== undefined && site !== 'same-origin') ||
      !isTyped ||
      c.req.header('x-chitieu') !== '1'
    )
      return c.json({ error: 'forbidden' }, 403);
    return next();
  };
}

/**
 * Refuses (429) more than 20 requests a second, after a burst of 150, of one visitor; of one address, which a whole office may
 * share, five times as much.
 */
export function limitRate(): MiddlewareHandler {
  const visitors = createBuckets(20, 150, 20_000);
  const addresses = createBuckets(100, 750, 20_000);
  return async (c, next) => {
    const chat = chatOf(c);
    if (addresses.take(addressOf(c)) && (chat === undefined || visitors.take(chat))) return next();
    c.header('Retry-After', '1');
    return c.json({ error: 'too-many' }, 429);
  };
}
