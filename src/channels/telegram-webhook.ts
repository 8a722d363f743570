// The address Telegram calls when the channel does not poll: the secret is checked before anything is read, and the answer waits for the turn.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Update } from 'grammy/types';
import type { Hono } from 'hono';
import type { TelegramLog } from './telegram-api.ts';
import { limitBody } from './webhook-limit.ts';
import { createWrongSecrets } from './webhook-secrets.ts';

export const WEBHOOK_PATH = '/webhook/telegram';
/** Telegram's updates are a few kilobytes. */
const LARGEST_BODY = 1024 * 1024;

/**
 * Adds the route. `take` resolves when the update's turn is durable: then 200, and Telegram forgets it. When it rejects the answer is
 * 500 and Telegram repeats. (grammY's own handler would give up after 10 s and leave the turn running.)
 */
export function addWebhook(
  app: Hono,
  secret: string,
  take: (update: Update) => Promise<void>,
  log: TelegramLog,
): void {
  const isSecret = secretJudge(secret);
  const slowDown = createWrongSecrets(log);
  const limit = limitBody(LARGEST_BODY, (c) => c.text('too large', 413));
  app.post(
    WEBHOOK_PATH,
    async (c, next) => {
      const given = c.req.header('X-Telegram-Bot-Api-Secret-Token') ?? '';
      return isSecret(given) ? await next() : (slowDown(c) ?? c.text('unauthorized', 401));
    },
    limit,
    async (c) => {
      const update = toUpdate(await c.req.text());
      if (update === undefined) return c.text('not an update', 400);
      try {
        await take(update);
        return c.text('ok', 200);
      } catch (error) {
        log.error(
          { update: update.update_id, why: String(error) },
          'Telegram: a turn could not be stored; Telegram will repeat it',
        );
        return c.text('not stored', 500);
      }
    },
  );
}

/** Hashed first, so that neither the length nor the time taken tells anything. An unset secret lets nobody in. */
function secretJudge(secret: string): (given: string) => boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  const own = hash(secret);
  return (given) => secret !== '' && timingSafeEqual(hash(given), own);
}

function toUpdate(body: string): Update | undefined {
  try {
    const update: unknown = JSON.parse(body);
    const isUpdate =
      typeof update === 'object' &&
      update !== null &&
      'update_id' in update &&
      Number.isSafeInteger(update.update_id);
    return isUpdate ? (update as Update) : undefined;
  } catch {
    return undefined;
  }
}
