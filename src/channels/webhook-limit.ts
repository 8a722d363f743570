// How large a request may be. Where its length is given, the body is not touched: looking at it makes a stream, which costs more than the turn's commit.
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/** Answers with `onError` instead of going on when the body is longer than `maxSize` bytes. */
export function limitBody(
  maxSize: number,
  onError: (c: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  const counting = bodyLimit({ maxSize, onError });
  return async (c, next) => {
    const length = c.req.header('content-length');
    // Both at once is how requests are smuggled past a limit; Node refuses that, and so the longer way is for it.
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counting(c, next);
    if (Number.parseInt(length, 10) > maxSize) return onError(c);
    return next();
  };
}
