// The Zalo Bot Platform channel: text and pictures by link, received by polling or by webhook, within a monthly quota.
import type { Hono } from 'hono';
import type { Channel, Receive, SendResult } from './channel.ts';
import { type Lead, whileLeading } from './leading.ts';
import { createPace } from './pace.ts';
import { redactLog } from './telegram-api.ts';
import { within } from './waiting.ts';
import { createBotApi } from './zalo-bot-api.ts';
import { createCalls } from './zalo-bot-call.ts';
import { connectFirst, connectLater, type ZaloBotOptions } from './zalo-bot-connect.ts';
import { toEvent } from './zalo-bot-events.ts';
import { poll } from './zalo-bot-polling.ts';
import { createQuota } from './zalo-bot-quota.ts';
import { createSend, TEXT_LIMIT } from './zalo-bot-send.ts';
import { RATES, USUAL_TIMES } from './zalo-bot-time.ts';
import { createTrouble } from './zalo-bot-trouble.ts';
import { addZaloBotWebhook } from './zalo-bot-webhook.ts';
import { createRedact } from './zalo-http.ts';

/** The time that the open poll, turns and sends in hand are given when we stop; and the count to be written (ms). */
const GRACE = 3500;
const LAST_WRITE = 1000;

/**
 * The channel. `start` rejects when the token or the webhook is refused; when the platform cannot be reached it goes on trying in
 * the background, because the other channels must run. `routes` adds the webhook (in webhook mode).
 */
export function createZaloBotChannel(options: ZaloBotOptions): Channel & { routes(app: Hono): void } {
  const parts = assemble(options);
  const { times, log, quota, ending, over, access, overdrawn, pollApi } = parts;
  const connecting = { apiUntil: parts.apiUntil, options, times, log, stopping: ending.signal };
  const inHand = new Set<Promise<unknown>>();
  let receiver: Receive | undefined;
  let trouble: string | undefined = 'not connected yet';
  let later: Promise<void> | undefined;
  let stopped: Promise<void> | undefined;
  let giveUp: (() => Promise<void>) | undefined;

  const hold = <T>(work: Promise<T>): Promise<T> => {
    const held = work.finally(() => inHand.delete(held));
    inHand.add(held);
    return held;
  };
  const eventOf = (update: Readonly<Record<string, unknown>>) => toEvent(update, parts.now());
  const receive: Receive = async (event) => {
    if (!receiver) throw new Error('the Zalo Bot channel is not running');
    await hold(receiver(event));
  };
  const connected = (isConnected: boolean): void => {
    if (!isConnected || ending.signal.aborted) return;
    trouble = undefined;
    if (options.mode === 'webhook') return;
    const tell = (why: string | undefined): void => {
      trouble = why;
    };
    const polling = (stopping: AbortSignal): Promise<void> =>
      hold(poll({ api: pollApi, eventOf, receive, access, log, times, stopping, tell }));
    if (options.lead) giveUp = pollWhileLeading(options.lead, polling, ending.signal);
    else void polling(ending.signal);
  };
  const stop = async (): Promise<void> => {
    ending.abort();
    // What comes by webhook is refused from here on and repeated; what a poll brings would be lost.
    if (options.mode === 'webhook') receiver = undefined;
    await within(Promise.allSettled([...inHand, giveUp?.()]), GRACE);
    receiver = undefined;
    over.abort();
    await Promise.all([later, within(quota.stop(), LAST_WRITE)]);
  };

  return {
    name: 'zalo-bot',
    can: {
      ...{ buttons: 0, edit: false, files: [], pictures: 'link', text: TEXT_LIMIT },
      ...{ history: true, ordered: false, rate: RATES.all.perMinute },
    },
    notices: () => [...access.notices(), ...overdrawn.notices(), ...quota.notices()],
    down: () => trouble ?? access.notices().flatMap((each) => (each.kind === 'refused' ? each.why : []))[0],
    async start(to) {
      receiver = to;
      await quota.load();
      if (await connectFirst(connecting)) connected(true);
      else later = connectLater(connecting).then(connected);
    },
    async send(sending): Promise<SendResult> {
      if (ending.signal.aborted) return { outcome: 'retry', why: 'stopping' };
      return await hold(parts.send(sending));
    },
    // The platform tells no address of a bot.
    inviteLink: () => undefined,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
    routes(app) {
      if (options.mode !== 'webhook') return;
      const secret = options.webhookSecret ?? '';
      addZaloBotWebhook(app, { secret, eventOf, receive, deadline: times.answer, log });
    },
  };
}

/** Everything the channel consists of, joined. */
function assemble(options: ZaloBotOptions) {
  const { token, apiRoot, webhookSecret, timezone, memory, alarm, now = () => new Date() } = options;
  const times = { ...USUAL_TIMES, ...options.times };
  const { redact } = createRedact([token, token.split(':')[1], webhookSecret]);
  const log = redactLog(options.log, redact);
  /** `ending`: nothing new may begin. `over`: what has begun ends. */
  const [ending, over] = [new AbortController(), new AbortController()];
  const apiUntil = (signal: AbortSignal, timeout = times.request) =>
    createBotApi({ token, apiRoot, timeout, redact, signal });
  const quota = createQuota({
    ...{ most: options.quota, timezone, memory, now, log, alarm, saveAfter: times.save },
  });
  const access = createTrouble(log, alarm, {
    begun: 'Zalo Bot: the token is refused; copy the current one from Zalo Bot Creator',
    over: 'Zalo Bot: the token is accepted again',
  });
  const overdrawn = createTrouble(log, alarm, {
    begun: 'Zalo Bot: the platform says that the quota is used up, although less was counted here',
    over: 'Zalo Bot: messages are accepted again',
  });
  const api = apiUntil(over.signal);
  const calls = createCalls({ api, pace: createPace(RATES), quota, access, overdrawn, now });
  const send = createSend({ calls, log });
  const pollApi = apiUntil(over.signal, times.pollRequest);
  return { times, now, log, ending, over, quota, access, overdrawn, apiUntil, pollApi, send };
}

/** The open poll of whoever no longer leads comes to its end as well. */
const pollWhileLeading = (
  lead: Lead,
  polling: (stopping: AbortSignal) => Promise<void>,
  ending: AbortSignal,
): (() => Promise<void>) =>
  whileLeading(lead, 'zalo-bot polling', () => {
    const lost = new AbortController();
    const polled = polling(AbortSignal.any([lost.signal, ending]));
    return () => {
      lost.abort();
      return polled;
    };
  });
