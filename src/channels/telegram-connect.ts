// Introduces the bot to Telegram at the start: who am I, how do I receive, which commands do I offer.
import type { Api } from 'grammy';
import type { Role } from '../domain/people.ts';
import type { Lead } from './leading.ts';
import type { Rates } from './pace.ts';
import { type Failure, forGrammy, type ReadFailure, type TelegramLog } from './telegram-api.ts';
import { ALLOWED_UPDATES } from './telegram-events.ts';
import type { MenuCommands } from './telegram-menu.ts';
import { backoff, type TelegramTimes } from './telegram-time.ts';
import { WEBHOOK_PATH } from './telegram-webhook.ts';
import { limited, pause } from './waiting.ts';

export type TelegramOptions = {
  readonly token: string;
  readonly mode: 'polling' | 'webhook';
  /** Where the Bot API is, e.g. https://api.telegram.org */
  readonly apiRoot: string;
  /** Both needed in webhook mode: the secret Telegram shows us (1–256 of A-Z a-z 0-9 _ -), and our own https address. */
  readonly webhookSecret?: string;
  readonly publicUrl?: string;
  /** The menu of commands in the app, for whoever has no other. */
  readonly commands: MenuCommands;
  /** The menu of somebody in this role; undefined: `commands`. Left out: everybody has those. */
  readonly commandsOf?: (role: Role | undefined) => MenuCommands | undefined;
  /** Which of several instances polls. Left out: this one. */
  readonly lead?: Lead;
  readonly log: TelegramLog;
  readonly times?: Partial<TelegramTimes>;
  /** How fast it may speak; left out: as Telegram usually bears. */
  readonly rates?: Rates;
};

export type Connecting = {
  readonly api: Api;
  readonly options: TelegramOptions;
  readonly times: TelegramTimes;
  readonly log: TelegramLog;
  readonly readFailure: ReadFailure;
  /** Aborted when the channel stops. */
  readonly stopping: AbortSignal;
};

/** One try; resolves to the bot's username. Rejects with grammY's error. */
async function connect({ api, options, log, readFailure }: Connecting, until: AbortSignal): Promise<string> {
  const signal = forGrammy(until);
  const { username } = await api.getMe(signal);
  if (options.mode === 'polling') await api.deleteWebhook({ drop_pending_updates: false }, signal);
  else {
    const url = `${(options.publicUrl ?? '').replace(/\/+$/, '')}${WEBHOOK_PATH}`;
    const secret_token = options.webhookSecret ?? '';
    const settings = { secret_token, allowed_updates: ALLOWED_UPDATES, max_connections: 40 };
    await api.setWebhook(url, settings, signal);
  }
  // The bot works without its menu.
  await api.setMyCommands(options.commands, {}, signal).catch((error: unknown) => {
    log.warn({ why: readFailure(error).why }, 'Telegram: the menu of commands could not be set');
  });
  return username;
}

/**
 * Tries for `times.start`. Resolves to the username, or to undefined when Telegram could not be reached.
 * Rejects with a sentence for the operator when trying again is no use.
 */
export async function connectFirst(connecting: Connecting): Promise<string | undefined> {
  const { options, times, log, readFailure, stopping } = connecting;
  if (options.mode === 'webhook' && (!options.webhookSecret || !options.publicUrl))
    throw new Error(
      'Telegram: receiving by webhook needs a webhook secret and the public address of this server',
    );
  try {
    return await limited(times.start, stopping, (until) => connect(connecting, until));
  } catch (error) {
    const failure = readFailure(error);
    const hopeless = sentence(failure);
    if (hopeless !== undefined) throw new Error(hopeless);
    log.warn({ why: failure.why }, 'Telegram cannot be reached; trying again in the background');
    return undefined;
  }
}

/** Tries until it succeeds or the channel stops (then undefined). */
export async function connectLater(connecting: Connecting): Promise<string | undefined> {
  const { times, log, readFailure, stopping } = connecting;
  for (let failures = 0; ; failures++) {
    await pause(backoff(times, failures), stopping);
    if (stopping.aborted) return undefined;
    try {
      const username = await connect(connecting, stopping);
      log.info({ username }, 'Telegram: connected');
      return username;
    } catch (error) {
      if (stopping.aborted) return undefined;
      const failure = readFailure(error);
      const hopeless = sentence(failure);
      // Reported, and tried on: a page of the network in between may say the same.
      if (hopeless !== undefined) log.error({ why: failure.why }, hopeless);
      else log.warn({ why: failure.why }, 'Telegram still cannot be reached');
    }
  }
}

function sentence(failure: Failure): string | undefined {
  if (failure.kind !== 'refused') return undefined;
  if (failure.code === 401 || failure.code === 404)
    return `Telegram refuses the bot token (${failure.why}); ask @BotFather for the current one`;
  if (failure.code === 400) return `Telegram refuses the settings: ${failure.why}`;
  return undefined;
}
