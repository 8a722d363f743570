// How updates leave the Zalo Bot stand-in: one per poll and gone when read, or by a webhook that is tried again up a ladder.
import { checkKnown } from './methods.ts';
import { ApiError, bad, type Chat, type Params, reach, type Update, type World } from './world.ts';

/** Puts an update of this chat on its way, twice when the settings say so. */
export function addUpdate(world: World, chat: Chat, update: Update): void {
  for (let n = 0; n < (world.settings.duplicates ? 2 : 1); n++) world.queue.push({ chat: chat.id, update });
  world.wake();
}

/**
 * getUpdates: the oldest update, which is gone by that, or error 408 when none comes in time. Refuses with 400 while a webhook
 * is set, and with 409 while another poll is open. `gone`: the client went away, so that the next poll finds the place free.
 */
export async function getUpdates(world: World, params: Params, gone: AbortSignal): Promise<object> {
  checkKnown('getUpdates', params, ['timeout']);
  const { timeout = 30 } = params;
  if (!/^\d+$/.test(String(timeout))) throw bad('timeout must be a number of seconds');
  if (world.webhook) throw webhookIsSet();
  if (world.waiting) throw new ApiError(409, 'Conflict: another getUpdates request is open');
  if (world.queue.length === 0)
    await nextUpdate(world, world.settings.pollMs ?? Number(timeout) * 1000, gone);
  const next = world.queue.shift();
  if (!next) throw new ApiError(408, 'Request timeout');
  world.done();
  return world.settings.sparsePoll ? sparse(next.update) : next.update;
}

function webhookIsSet(): ApiError {
  return bad('getUpdates cannot be used while a webhook is set; use deleteWebhook first');
}

/** Resolves when there is an update to read; rejects with 408, and with 400 when a webhook is set meanwhile. */
function nextUpdate(world: World, ms: number, gone: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      gone.removeEventListener('abort', late);
      if (world.waiting === waiting) world.waiting = undefined;
    };
    const waiting = {
      wake: () => {
        end();
        resolve();
      },
      refuse: (error: ApiError) => {
        end();
        reject(error);
      },
    };
    const late = (): void => waiting.refuse(new ApiError(408, 'Request timeout'));
    const timer = setTimeout(late, ms);
    gone.addEventListener('abort', late);
    world.waiting = waiting;
    if (gone.aborted) late();
  });
}

function sparse({ message }: Update): object {
  if (!message) return {};
  const { display_name, ...from } = message.from;
  return { message: { ...message, from: { ...from, first_name: display_name } } };
}

type Entry = { readonly chat: string; readonly update: Update; body: string | undefined; attempt: number };

/**
 * Hands updates to the open poll or to the webhook. The first attempts of one chat go in order; a further attempt holds nobody up
 * and so comes late. `settled` resolves when nothing is left to read or to try; `stop` ends everything under way.
 */
export function startDelivery(world: World): { settled(): Promise<void>; stop(): void } {
  const tails = new Map<string, Promise<void>>();
  const stopped = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  const idle = new Set<() => void>();
  let open = 0;

  const attempt = async (entry: Entry): Promise<void> => {
    if (stopped.signal.aborted) return;
    if (!world.webhook) {
      open--;
      world.queue.push({ chat: entry.chat, update: entry.update });
      return world.wake();
    }
    const accepted = await post(world, world.webhook, entry, stopped.signal);
    const pause = world.settings.retryLadder[entry.attempt - 1];
    if (!accepted && pause !== undefined && !stopped.signal.aborted) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        void attempt(entry);
      }, pause);
      timers.add(timer);
      return;
    }
    open--;
    world.done();
  };

  world.wake = () => {
    if (!world.webhook) {
      if (world.queue.length > 0) world.waiting?.wake();
      return;
    }
    world.waiting?.refuse(webhookIsSet());
    for (const { chat, update } of world.queue.splice(0)) {
      open++;
      const entry: Entry = { chat, update, body: undefined, attempt: 0 };
      tails.set(
        chat,
        (tails.get(chat) ?? Promise.resolve()).then(() => attempt(entry)),
      );
    }
  };
  world.done = () => {
    if (open > 0 || world.queue.length > 0) return;
    for (const resolve of idle) resolve();
    idle.clear();
  };
  return {
    settled: () =>
      new Promise((resolve) => {
        idle.add(resolve);
        world.done();
      }),
    stop() {
      stopped.abort();
      for (const timer of timers) clearTimeout(timer);
      world.waiting?.refuse(new ApiError(408, 'Request timeout'));
      for (const resolve of idle) resolve();
    },
  };
}

/** True when the bot's server answered 2xx in time. Every attempt carries the very same body. */
async function post(
  world: World,
  webhook: NonNullable<World['webhook']>,
  entry: Entry,
  stopped: AbortSignal,
): Promise<boolean> {
  const { update } = entry;
  entry.body ??= JSON.stringify(world.settings.wrapped ? { ok: true, result: update } : update);
  entry.attempt++;
  const from = Date.now();
  const status = await statusOf(world, webhook, entry.body, stopped);
  const { message_id } = update.message ?? {};
  world.deliveries.push({
    event: update.event_name,
    messageId: message_id,
    attempt: entry.attempt,
    status,
    ms: Date.now() - from,
  });
  return status >= 200 && status < 300;
}

async function statusOf(
  world: World,
  { url, secret_token }: NonNullable<World['webhook']>,
  body: string,
  stopped: AbortSignal,
): Promise<number> {
  const address = reach(world, url);
  if (address === undefined) return 0;
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'X-Bot-Api-Secret-Token': secret_token },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(world.settings.answerMs)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
