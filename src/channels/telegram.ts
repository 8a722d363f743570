// The Telegram channel: private chats with a bot, received by long polling or by webhook. grammY carries the calls, nothing more.
import type { Hono } from 'hono';
import type { Role } from '../domain/people.ts';
import type { Channel, Receive } from './channel.ts';
import { whileLeading } from './leading.ts';
import { createPace, type Pace } from './pace.ts';
import { createApi, createReadFailure, createRedact, type ReadFailure, redactLog } from './telegram-api.ts';
import { connectFirst, connectLater, type TelegramOptions } from './telegram-connect.ts';
import { createTelegramFiles } from './telegram-file.ts';
import { createIncoming } from './telegram-incoming.ts';
import { createMenus } from './telegram-menu.ts';
import { startPolling } from './telegram-polling.ts';
import { TEXT_LIMIT } from './telegram-render.ts';
import { createSend } from './telegram-send.ts';
import { GRACE, RATES, USUAL_TIMES } from './telegram-time.ts';
import { addWebhook } from './telegram-webhook.ts';
import { within } from './waiting.ts';

/**
 * The channel. `start` rejects when the token or the webhook is refused; when Telegram cannot be reached it goes on trying in the
 * background, because the other channels must run. `routes` adds the webhook (in webhook mode).
 */
export function createTelegramChannel(options: TelegramOptions): Channel & { routes(app: Hono): void } {
  const times = { ...USUAL_TIMES, ...options.times };
  const redact = createRedact(options.token, options.webhookSecret);
  const log = redactLog(options.log, redact);
  const api = createApi(options.token, options.apiRoot, times.request);
  const rates = options.rates ?? RATES;
  const pace = createPace(rates);
  const readFailure = createReadFailure(redact);
  const readAndHold = holding(readFailure, pace);
  const { token, apiRoot, commandsOf } = options;
  const menus = commandsOf && createMenus({ api, commandsOf, readFailure, log });
  const incoming = createIncoming(api, log);
  const ending = new AbortController();
  const stopping = ending.signal;
  const connecting = { api, options, times, log, readFailure: readAndHold, stopping };
  let username: string | undefined;
  let trouble: string | undefined = 'not connected yet';
  let stopPolling: (() => Promise<void>) | undefined;
  let later: Promise<void> | undefined;
  let stopped: Promise<void> | undefined;

  const connected = (name: string | undefined): void => {
    if (name === undefined || stopping.aborted) return;
    username = name;
    trouble = undefined;
    incoming.known(name);
    const { eventOf, receive } = incoming;
    const tell = (why: string | undefined): void => {
      trouble = why;
    };
    const polling = { api, eventOf, receive, readFailure: readAndHold, log, times, tell };
    if (options.mode === 'polling')
      stopPolling = options.lead
        ? whileLeading(options.lead, 'telegram polling', () => startPolling(polling))
        : startPolling(polling);
  };

  const stop = async (): Promise<void> => {
    ending.abort();
    const polled = stopPolling?.();
    // Turns that have not begun are refused from here on, so that Telegram keeps their updates.
    incoming.close();
    await Promise.all([polled, later, within(incoming.settled(), GRACE)]);
  };

  return {
    name: 'telegram',
    can: {
      ...{ buttons: 100, edit: true, text: TEXT_LIMIT, history: true, ordered: true },
      ...{ files: ['xlsx'], pictures: 'upload', rate: rates.all.perMinute },
    },
    notices: () => [],
    down: () => trouble,
    async start(receive) {
      incoming.open(withMenu(receive, menus));
      const name = await connectFirst(connecting);
      if (name === undefined) later = connectLater(connecting).then(connected);
      else connected(name);
    },
    send: createSend({ api, pace, readFailure, log }),
    fetchFile: createTelegramFiles({ api, token, apiRoot, readFailure, log }),
    inviteLink(code) {
      const usable = username !== undefined && /^[A-Za-z0-9_-]{1,64}$/.test(code);
      return usable ? `https://t.me/${username}?start=${code}` : undefined;
    },
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
    routes(app) {
      if (options.mode === 'webhook') addWebhook(app, options.webhookSecret ?? '', incoming.take, log);
    },
  };
}

/** The turn comes first: the menu follows when it is durable, and nothing waits for it. */
function withMenu(receive: Receive, menus: ReturnType<typeof createMenus> | undefined): Receive {
  if (!menus) return receive;
  return async (event) => {
    let known: { readonly role: Role | undefined } | undefined;
    await receive(event, (role) => {
      known = { role };
    });
    if (known) void menus(event.conversation, known.role);
  };
}

/** Told to slow down on a call that concerns nobody in particular, we hold everything. */
function holding(readFailure: ReadFailure, pace: Pace): ReadFailure {
  return (error) => {
    const failure = readFailure(error);
    if (failure.kind === 'refused' && failure.code === 429) pace.hold(failure.seconds ?? 1);
    return failure;
  };
}
