// What every request of the web chat must pass: response headers, a rate, and for posts the proof that our own page sent them.
import type { MiddlewareHandler } from 'hono';
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
export function limitRate(proxied: boolean): MiddlewareHandler {
  const allowVisitor = createLimiter(20, 150, 20_000);
  const allowAddress = createLimiter(100, 750, 20_000);
  return async (c, next) => {
    const chat = chatOf(c);
    const socket = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming
      ?.socket;
    const address = visitorAddress(
      socket?.remoteAddress ?? '',
      proxied ? c.req.header('x-forwarded-for') : undefined,
    );
    if (allowAddress(address) && (chat === undefined || allowVisitor(chat))) return next();
    c.header('Retry-After', '1');
    return c.json({ error: 'too-many' }, 429);
  };
}

/** Behind a proxy everybody would share the proxy's address; a proxy on this machine or network is believed about the visitor's. */
function visitorAddress(peer: string, forwarded: string | undefined): string {
  const nearby = /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^(::1$|f[cd])/i.test(peer);
  const last = forwarded?.split(',').at(-1)?.trim();
  return nearby && last ? last.slice(0, 64) : peer;
}

/**
 * Token buckets by key: `perSecond` refill, `burst` at most. At most `keys` are remembered, the longest unused are forgotten first.
 * `now` in milliseconds.
 */
export function createLimiter(
  perSecond: number,
  burst: number,
  keys: number,
  now: () => number = Date.now,
): (key: string) => boolean {
  const buckets = new Map<string, { left: number; at: number }>();
  return (key) => {
    const at = now();
    const before = buckets.get(key) ?? { left: burst, at };
    const left = Math.min(burst, before.left + (Math.max(0, at - before.at) / 1000) * perSecond);
    buckets.delete(key);
    buckets.set(key, { left: left >= 1 ? left - 1 : left, at });
    if (buckets.size > keys) buckets.delete(buckets.keys().next().value ?? key);
    return left >= 1;
  };
}
