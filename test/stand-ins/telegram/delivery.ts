// How updates leave the Telegram stand-in: long polling with offsets, or a webhook that is tried again until it answers 2xx.
import { bad, checkKnown } from './methods.ts';
import { ApiError, type Params, type Update, type World } from './world.ts';

const KNOWN = ['offset', 'limit', 'timeout', 'allowed_updates'];

/**
 * getUpdates: forgets what is below the offset, answers at once when there is something, else holds on for `timeout` seconds.
 * A second request at the same time ends the first with 409, as does a webhook. `gone`: the client went away.
 */
export async function getUpdates(world: World, params: Params, gone: AbortSignal): Promise<Update[]> {
  checkKnown('getUpdates', params, KNOWN);
  const offset = Number(params.offset ?? 0);
  const limit = Number(params.limit ?? 100);
  const timeout = Number(params.timeout ?? 0);
  if (limit < 1 || limit > 100) throw bad('limit must be in 1..100');
  if (world.webhook)
    throw new ApiError(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  if (Array.isArray(params.allowed_updates)) world.allowed = params.allowed_updates.map(String);
  world.waiting?.refuse(
    new ApiError(
      409,
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    ),
  );
  const confirmed = world.updates.filter(({ update_id }) => update_id < offset);
  world.updates.splice(0, confirmed.length);
  if (world.redeliver) world.again.push(...confirmed);
  const ready = [...world.again.splice(0), ...world.updates].slice(0, limit);
  if (ready.length > 0 || timeout === 0) return ready;
  return hold(world, limit, timeout, gone);
}

function hold(world: World, limit: number, timeout: number, gone: AbortSignal): Promise<Update[]> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      if (world.waiting === waiting) world.waiting = undefined;
    };
    const waiting = {
      answer: (updates: Update[]) => {
        end();
        resolve(updates.slice(0, limit));
      },
      refuse: (error: ApiError) => {
        end();
        reject(error);
      },
    };
    const timer = setTimeout(() => waiting.answer([]), timeout * 1000);
    gone.addEventListener('abort', () => waiting.answer([]));
    world.waiting = waiting;
  });
}

/** Delivers to the open long poll, or to the webhook: chats side by side, each in order. Returns what stops it. */
export function startDelivery(world: World, retryMilliseconds: number): () => void {
  const busy = new Set<string>();
  const inFlight = new Set<Update>();
  let stopped = false;

  const push = async (update: Update, chat: string): Promise<void> => {
    busy.add(chat);
    inFlight.add(update);
    const times = world.redeliver ? 2 : 1;
    let accepted = true;
    for (let n = 0; n < times && accepted; n++) accepted = await post(world, update);
    inFlight.delete(update);
    if (accepted) world.updates.splice(world.updates.indexOf(update), 1);
    else await new Promise((resolve) => setTimeout(resolve, retryMilliseconds));
    busy.delete(chat);
    world.wake();
  };

  world.wake = () => {
    if (stopped) return;
    if (world.waiting && world.updates.length > 0) world.waiting.answer([...world.updates]);
    if (!world.webhook) return;
    for (const update of world.updates) {
      const chat = chatOf(update);
      if (inFlight.has(update) || busy.has(chat) || busy.size >= world.webhook.connections) continue;
      void push(update, chat);
    }
  };
  return () => {
    stopped = true;
    world.waiting?.answer([]);
  };
}

/** True when the bot's server answered 2xx within Telegram's 60 seconds. */
async function post(world: World, update: Update): Promise<boolean> {
  if (!world.webhook) return false;
  try {
    const response = await fetch(world.webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'X-Telegram-Bot-Api-Secret-Token': world.webhook.secret,
      },
      body: JSON.stringify(update),
      signal: AbortSignal.timeout(60_000),
    });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}

function chatOf(update: Update): string {
  const { update_id: _, ...content } = update;
  const [inner] = Object.values(content) as { chat?: { id: number }; from?: { id: number } }[];
  return String(inner?.chat?.id ?? inner?.from?.id);
}
