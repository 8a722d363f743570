// Introduces the bot to the Zalo Bot Platform at the start: is the token good, and how do updates reach us.
import type { Notice } from '../domain/channel-state.ts';
import type { ChannelMemory } from './channel.ts';
import type { Lead } from './leading.ts';
import type { TelegramLog } from './telegram-api.ts';
import { limited, pause } from './waiting.ts';
import type { BotApi, BotFailure } from './zalo-bot-api.ts';
import { backoff, type ZaloBotTimes } from './zalo-bot-time.ts';
import { WEBHOOK_PATH } from './zalo-bot-webhook.ts';

export type ZaloBotOptions = {
  readonly token: string;
  readonly mode: 'polling' | 'webhook';
  /** Where the platform is, e.g. https://bot-api.zaloplatforms.com */
  readonly apiRoot: string;
  /** Both needed in webhook mode: the secret the platform shows us (8–256 characters), and our own https address. */
  readonly webhookSecret?: string;
  readonly publicUrl?: string;
  /** Messages a month. */
  readonly quota: number;
  readonly timezone: string;
  readonly memory: ChannelMemory;
  /** Which of several instances polls. Left out: this one. */
  readonly lead?: Lead;
  readonly log: TelegramLog;
  /** Told when nothing can be sent until somebody acts, or soon no more. */
  readonly alarm: (notice: Notice) => void;
  readonly now?: () => Date;
  readonly times?: Partial<ZaloBotTimes>;
};

type Connecting = {
  /** Calls that end with the signal. */
  readonly apiUntil: (signal: AbortSignal) => BotApi;
  readonly options: ZaloBotOptions;
  readonly times: ZaloBotTimes;
  readonly log: TelegramLog;
  /** Aborted when the channel stops. */
  readonly stopping: AbortSignal;
};

/** One try; undefined when all is well. */
async function connect(
  { apiUntil, options, log }: Connecting,
  until: AbortSignal,
): Promise<BotFailure | undefined> {
  const api = apiUntil(until);
  const me = await api('getMe');
  if (me.kind !== 'ok') return me;
  if (options.mode === 'polling') return clearWebhook(api, log);
  const url = `${(options.publicUrl ?? '').replace(/\/+$/, '')}${WEBHOOK_PATH}`;
  const set = await api('setWebhook', { url, secret_token: options.webhookSecret ?? '' });
  return set.kind === 'ok' ? undefined : set;
}

/**
 * Takes away a webhook that somebody registered: while there is one, polls stay empty without an error. Undefined when none is
 * left; a platform that does not know the question is no hindrance.
 */
export async function clearWebhook(api: BotApi, log: TelegramLog): Promise<BotFailure | undefined> {
  const info = await api('getWebhookInfo');
  if (info.kind !== 'ok')
    return info.kind === 'refused' && (info.code === 400 || info.code === 404) ? undefined : info;
  const { url } = (info.result ?? {}) as { readonly url?: unknown };
  if (typeof url !== 'string' || url === '') return undefined;
  log.warn(
    { url },
    'Zalo Bot: a webhook was registered, with which polling receives nothing; taking it away',
  );
  const deleted = await api('deleteWebhook');
  return deleted.kind === 'ok' ? undefined : deleted;
}

/**
 * Tries for `times.start`. Resolves to true, or to false when the platform could not be reached. Rejects with a sentence for the
 * operator when trying again is no use.
 */
export async function connectFirst(connecting: Connecting): Promise<boolean> {
  const { options, times, log, stopping } = connecting;
  if (options.mode === 'webhook' && (!options.webhookSecret || !options.publicUrl))
    throw new Error(
      'Zalo Bot: receiving by webhook needs a webhook secret and the public address of this server',
    );
  const failure = await limited(times.start, stopping, (until) => connect(connecting, until));
  if (failure === undefined) return true;
  const hopeless = sentence(failure);
  if (hopeless !== undefined) throw new Error(hopeless);
  log.warn({ why: failure.why }, 'The Zalo Bot Platform cannot be reached; trying again in the background');
  return false;
}

/** Tries until it succeeds, then true, or the channel stops, then false. */
export async function connectLater(connecting: Connecting): Promise<boolean> {
  const { times, log, stopping } = connecting;
  for (let failures = 0; ; failures++) {
    await pause(backoff(times, failures), stopping);
    if (stopping.aborted) return false;
    const failure = await connect(connecting, stopping);
    if (stopping.aborted) return false;
    if (failure === undefined) {
      log.info({}, 'Zalo Bot: connected');
      return true;
    }
    // Reported, and tried on: a page of the network in between may say the same.
    const hopeless = sentence(failure);
    if (hopeless !== undefined) log.error({ why: failure.why }, hopeless);
    else log.warn({ why: failure.why }, 'The Zalo Bot Platform still cannot be reached');
  }
}

function sentence(failure: BotFailure): string | undefined {
  if (failure.kind !== 'refused') return undefined;
  if (failure.code === 401 || failure.code === 404)
    return `Zalo refuses the bot's token (${failure.why}); copy the current one from Zalo Bot Creator`;
  if (failure.code === 400) return `Zalo refuses the bot's settings: ${failure.why}`;
  return undefined;
}
