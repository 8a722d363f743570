// Polling a platform that forgets an update when it hands it over: the next one is asked for only when the last is durable.
import type { Event } from '../domain/event.ts';
import type { Receive } from './channel.ts';
import type { TelegramLog } from './telegram-api.ts';
import { pause } from './waiting.ts';
import type { BotAnswer, BotApi, BotFailure } from './zalo-bot-api.ts';
import { clearWebhook } from './zalo-bot-connect.ts';
import { updatesIn } from './zalo-bot-events.ts';
import { backoff, type ZaloBotTimes } from './zalo-bot-time.ts';
import type { Trouble } from './zalo-bot-trouble.ts';
import { outcomeOf } from './zalo-bot-turn.ts';

type Parts = {
  readonly api: BotApi;
  readonly eventOf: (update: Readonly<Record<string, unknown>>) => Event | null;
  /** Resolves when the turn is durable; a rejection is tried again until it is. */
  readonly receive: Receive;
  readonly access: Trouble;
  readonly log: TelegramLog;
  readonly times: ZaloBotTimes;
  /** Aborted when nothing new may begin. */
  readonly stopping: AbortSignal;
  /** Told after every request: why it failed, or undefined. */
  readonly tell: (trouble: string | undefined) => void;
};

/** Polls until `stopping`; then the open poll comes to its end, for what the platform gives to it is given only once. */
export async function poll(parts: Parts): Promise<void> {
  const { api, access, log, times, stopping } = parts;
  let failures = 0;
  let timeout = times.poll;
  let looked = performance.now();
  while (!stopping.aborted) {
    const asked = performance.now();
    if (asked - looked > times.look) {
      looked = asked;
      await clearWebhook(api, log);
    }
    const answer = await api('getUpdates', { timeout });
    const updates = updatesOf(answer);
    if ('kind' in updates) {
      if (stopping.aborted) return;
      if (updates.kind === 'refused' && updates.code === 429) timeout = times.longPoll;
      parts.tell(updates.why);
      await recover(parts, updates, failures++);
      continue;
    }
    if (failures > 0) log.info({}, 'Zalo Bot: receiving again');
    failures = 0;
    parts.tell(undefined);
    access.end();
    for (const update of updates) {
      const event = parts.eventOf(update);
      if (event) await store(parts, event);
    }
    // A platform that does not wait must not be asked without a pause.
    if (updates.length === 0) await pause(Math.max(0, times.idle - (performance.now() - asked)), stopping);
  }
}

/** The updates of an answer; none when the time passed without any. */
function updatesOf(answer: BotAnswer): ReturnType<typeof updatesIn> | BotFailure {
  if (answer.kind === 'ok') return updatesIn(answer.result);
  return answer.kind === 'refused' && answer.code === 408 ? [] : answer;
}

async function recover(
  { api, access, log, times, stopping }: Parts,
  failure: BotFailure,
  failures: number,
): Promise<void> {
  const code = failure.kind === 'refused' ? failure.code : 0;
  if (code === 401) access.begin(failure.why);
  // Most likely a webhook that was registered meanwhile.
  if (code === 400) await clearWebhook(api, log);
  const ms = backoff(times, failures);
  log.warn({ why: failure.why, retryInSeconds: ms / 1000 }, sentence(code));
  await pause(ms, stopping);
}

function sentence(code: number): string {
  if (code === 409) return 'Zalo Bot: another program receives with this token; only one may';
  if (code === 401)
    return 'Zalo Bot: the token is no longer accepted; copy the current one from Zalo Bot Creator';
  return 'Zalo Bot: updates could not be fetched; trying again';
}

/**
 * Resolves when the event's turn is durable: the platform has forgotten it, so it is tried until it is, or until we stop. A turn
 * that hangs is left to itself, so that it does not silence everybody.
 */
async function store(parts: Parts, event: Event): Promise<void> {
  const { receive, log, times, stopping } = parts;
  for (let failures = 0; ; failures++) {
    // The last attempt is made after the word to stop.
    const isLast = stopping.aborted;
    const ms = backoff(times, failures);
    const outcome = await outcomeOf(receive(event), times.turn, (why, when) => {
      if (isLast) log.error({ event: event.id, why }, 'Zalo Bot: an update could not be stored and is lost');
      else
        log.error(
          { event: event.id, why, retryInSeconds: ms / 1000 },
          'Zalo Bot: a turn could not be stored; trying again',
        );
      if (when === 'slow' && !isLast) void store(parts, event);
    });
    if (outcome === 'slow')
      log.error({ event: event.id }, 'Zalo Bot: a turn hangs; the next update is fetched meanwhile');
    if (outcome !== 'failed' || isLast) return;
    await pause(ms, stopping);
  }
}
