// The address the Zalo Bot Platform calls: the secret is checked before anything is read, and the answer waits for the turn.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Hono } from 'hono';
import type { Event } from '../domain/event.ts';
import type { Receive } from './channel.ts';
import type { TelegramLog } from './telegram-api.ts';
import { limitBody } from './webhook-limit.ts';
import { createWrongSecrets } from './webhook-secrets.ts';
import { updatesIn } from './zalo-bot-events.ts';
import { outcomeOf } from './zalo-bot-turn.ts';

export const WEBHOOK_PATH = '/webhook/zalo-bot';
/** Updates are a few kilobytes. */
const LARGEST_BODY = 1024 * 1024;

type Parts = {
  readonly secret: string;
  readonly eventOf: (update: Readonly<Record<string, unknown>>) => Event | null;
  /** Resolves when the event's turn is durable; rejects when it could not be stored. */
  readonly receive: Receive;
  /** How long an answer may wait for its turn (ms). */
  readonly deadline: number;
  readonly log: TelegramLog;
};

/**
 * Adds the route. 200: the turn is durable, or there is nothing to do. 503: the turn takes longer than an answer may; it goes on,
 * and a repetition finds it done. 500: it could not be stored. 401, 413 and 400: without the secret, too long, no JSON object.
 */
export function addZaloBotWebhook(app: Hono, parts: Parts): void {
  const take = (event: Event) =>
    outcomeOf(parts.receive(event), parts.deadline, (why) =>
      parts.log.error({ event: event.id, why }, 'Zalo Bot: a turn could not be stored'),
    );
  const slowDown = createWrongSecrets(parts.log);
  const limit = limitBody(LARGEST_BODY, (c) => c.text('too large', 413));
  app.post(
    WEBHOOK_PATH,
    async (c, next) => {
      const given = c.req.header('X-Bot-Api-Secret-Token') ?? '';
      return isSame(given, parts.secret) ? await next() : (slowDown(c) ?? c.text('unauthorized', 401));
    },
    limit,
    async (c) => {
      const body = parse(await c.req.text());
      if (typeof body !== 'object' || body === null) return c.text('not an update', 400);
      const events = updatesIn(body).flatMap((update) => parts.eventOf(update) ?? []);
      const outcomes = await Promise.all(events.map(take));
      if (outcomes.includes('failed')) return c.text('not stored', 500);
      return outcomes.includes('slow') ? c.text('not stored yet', 503) : c.text('ok', 200);
    },
  );
}

/** Hashed first, so that neither the length nor the time taken tells anything. An unset secret lets nobody in. */
function isSame(given: string, secret: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return secret !== '' && timingSafeEqual(hash(given), hash(secret));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
