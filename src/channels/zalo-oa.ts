// The Zalo Official Account channel: consultation messages over Zalo's API, received by webhook.
import type { Hono } from 'hono';
import type { Notice } from '../domain/channel-state.ts';
import type { Event } from '../domain/event.ts';
import type { Channel, ChannelMemory, Receive, SendResult } from './channel.ts';
import { createPace } from './pace.ts';
import { redactLog } from './telegram-api.ts';
import { pause, within } from './waiting.ts';
import { createZaloFiles } from './zalo-file.ts';
import { createRedact, createZaloHttp } from './zalo-http.ts';
import { lookAtAccount } from './zalo-oa-account.ts';
import { type ButtonMode, createButtons } from './zalo-oa-buttons.ts';
import { createCall, type ZaloOaLog } from './zalo-oa-call.ts';
import { TABLE_FILES } from './zalo-oa-files.ts';
import { TEXT_LIMIT } from './zalo-oa-render.ts';
import { createSend } from './zalo-oa-send.ts';
import { createTemplate } from './zalo-oa-template.ts';
import { RATES, USUAL_TIMES, type ZaloOaTimes } from './zalo-oa-time.ts';
import { createEpisode } from './zalo-oa-trouble.ts';
import { addZaloOaWebhook } from './zalo-oa-webhook.ts';
import { createWindow, FREE_HOURS, PAID_HOURS } from './zalo-oa-window.ts';
import { createZaloTokens } from './zalo-token.ts';

export type ZaloOaOptions = {
  readonly oaId: string;
  readonly appId: string;
  readonly appSecret: string;
  /** Signs the webhook; shown on its page, not the secret of the app. */
  readonly oaSecret: string;
  /** The first refresh token; later ones are in the memory. */
  readonly refreshToken?: string;
  readonly apiRoot: string;
  readonly oauthRoot: string;
  readonly zbsRoot: string;
  readonly buttons: ButtonMode;
  /** Messages between 48 hours and 7 days, which cost money, may be sent. */
  readonly paid: boolean;
  /** The ZBS template that tells people out of reach that something waits. */
  readonly reminderTemplate?: string;
  readonly memory: ChannelMemory;
  /** The folder through which the operator's command hands over a new refresh token. */
  readonly handover: string;
  readonly timezone: string;
  readonly now?: () => Date;
  readonly log: ZaloOaLog;
  /** Told when nothing can be sent until somebody acts. */
  readonly alarm: (notice: Notice) => void;
  /** Told when sending works again. */
  readonly resumed?: () => void;
  readonly times?: Partial<ZaloOaTimes>;
};

/** The time that sends and turns in hand are given when we stop. */
const GRACE = 2_000;

/**
 * The channel. `start` waits for Zalo a few seconds at most and rejects only when the memory fails; `routes` adds the webhook and
 * is called before it.
 */
export function createZaloOaChannel(options: ZaloOaOptions): Channel & { routes(app: Hono): void } {
  const parts = assemble(options);
  const { buttons, tokens, log, ending, over, episodes, now } = parts;
  const hands = createHands();
  let receiver: Receive | undefined;
  let looking: Promise<unknown> = Promise.resolve();
  let stopped: Promise<void> | undefined;

  const take = async (event: Event): Promise<void> => {
    // Refused, so that Zalo repeats it.
    if (!receiver) throw new Error('the Zalo channel is not running');
    await hands.hold(receiver(event));
  };
  const stop = async (): Promise<void> => {
    receiver = undefined;
    ending.abort();
    await within(hands.empty(), GRACE);
    over.abort();
    await Promise.all([looking, tokens.stop()]);
  };

  return {
    name: 'zalo-oa',
    can: {
      get buttons() {
        return buttons.shown();
      },
      ...{ edit: false, files: TABLE_FILES, pictures: 'upload', text: TEXT_LIMIT, history: true },
      ...{ ordered: false, rate: RATES.all.perMinute },
      window: { free: FREE_HOURS, paid: options.paid ? PAID_HOURS : FREE_HOURS },
    },
    notices: () => {
      const cut = tokens.disconnected();
      const lost: Notice[] = cut ? [{ kind: 'disconnected', channel: 'zalo-oa', since: cut.since }] : [];
      return [...lost, ...episodes.flatMap((each) => each.notices())];
    },
    down: () => tokens.disconnected()?.why,
    async start(receive) {
      receiver = receive;
      await buttons.look();
      await tokens.start();
      looking = parts.look();
    },
    async send(sending): Promise<SendResult> {
      if (ending.signal.aborted) return { outcome: 'retry', why: 'stopping' };
      return await hands.hold(parts.send(sending));
    },
    fetchFile: createZaloFiles(),
    // Zalo cannot carry the code: it is typed.
    inviteLink: () => `https://zalo.me/${options.oaId}`,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
    routes(app) {
      const { appId, oaId, oaSecret } = options;
      const debug = (data: object, text: string) => options.log.debug?.(data, text);
      addZaloOaWebhook(app, { appId, oaId, oaSecret, take, log: { ...log, debug }, now });
    },
  };
}

/** Everything the channel consists of, joined. */
function assemble(options: ZaloOaOptions) {
  const { apiRoot, oauthRoot, zbsRoot, appId, appSecret, refreshToken, memory, handover, alarm } = options;
  const { timezone, paid, oaId, now = () => new Date() } = options;
  const times = { ...USUAL_TIMES, ...options.times };
  const { redact, add } = createRedact([appSecret, options.oaSecret, refreshToken]);
  const log = redactLog(options.log, redact);
  /** `ending`: nothing new may begin. `over`: what has begun ends. */
  const [ending, over] = [new AbortController(), new AbortController()];
  const reach = { timeout: times.request, redact };
  const tokens = createZaloTokens({
    // Not ended with the rest: an answer that is lost here costs the access.
    http: createZaloHttp(oauthRoot, reach),
    ...{ appId, appSecret, memory, handover, now, log, known: add },
    ...(refreshToken === undefined ? {} : { seed: refreshToken }),
    // Both are in the log already.
    onDisconnected() {
      const since = tokens.disconnected()?.since ?? now().toISOString();
      alarm({ kind: 'disconnected', channel: 'zalo-oa', since });
    },
    onConnected: options.resumed ?? (() => {}),
  });
  const call = createCall({
    api: createZaloHttp(apiRoot, { ...reach, signal: over.signal }),
    zbs: createZaloHttp(zbsRoot, { ...reach, signal: over.signal }),
    ...{ tokens, pace: createPace(RATES), now, redact, over: over.signal },
  });
  const messages = createEpisode('messages', log, alarm);
  const knocks = createEpisode('reminders by template', log, alarm);
  const template = createTemplate({
    ...{ id: options.reminderTemplate, call, timezone, now, episode: knocks, log },
  });
  const buttons = createButtons({ mode: options.buttons, memory, now, log });
  const window = createWindow({ paid, template, now });
  const { disconnected } = tokens;
  const send = createSend({ call, buttons, window, episode: messages, disconnected, now, log });
  const look = async (): Promise<void> => {
    // Not the redacted log: the account's own number is no secret.
    await repeat(times, ending.signal, () =>
      lookAtAccount({ call, oaId, paid, timezone, now, log: options.log }),
    );
    await repeat(times, ending.signal, template.look);
  };
  return { buttons, tokens, send, look, log, now, ending, over, episodes: [messages, knocks] };
}

/** Until it succeeds or the channel stops. */
async function repeat(times: ZaloOaTimes, signal: AbortSignal, ask: () => Promise<boolean>): Promise<void> {
  for (let failures = 0; !signal.aborted && !(await ask()); failures++)
    await pause(Math.min(times.longestBackoff, times.backoff * 2 ** Math.min(failures, 20)), signal);
}

/** The work in hand, so that stopping can wait for it. */
function createHands() {
  const work = new Set<Promise<unknown>>();
  return {
    async hold<T>(one: Promise<T>): Promise<T> {
      work.add(one);
      try {
        return await one;
      } finally {
        work.delete(one);
      }
    },
    empty: () => Promise.allSettled(work),
  };
}
