// Makes the channels that the settings turn on: one line here for every channel there is.
import type { Hono } from 'hono';
import type { Storage } from '../storage/storage.ts';
import type { Channel, ChannelMemory } from './channels/channel.ts';
import { createTelegramChannel } from './channels/telegram.ts';
import { ratesOf } from './channels/telegram-time.ts';
import { createWebChannel } from './channels/web.ts';
import { createUploads } from './channels/web-uploads.ts';
import { createZaloBotChannel } from './channels/zalo-bot.ts';
import { createZaloOaChannel } from './channels/zalo-oa.ts';
import type { Config } from './config.ts';
import type { Notice } from './domain/channel-state.ts';
import type { UploadPlace } from './domain/uploads.ts';
import type { Files } from './files/files.ts';
import type { Log } from './log.ts';
import { mayHave } from './own-files.ts';
import { COMMAND_MENU } from './text/command-menu.ts';

type Parts = {
  readonly config: Config;
  readonly storage: Storage;
  readonly files: Files;
  /** Where the files lie that people send in the web chat. */
  readonly uploads: UploadPlace;
  readonly log: Log;
  /** Told when nothing can be sent on a channel until somebody acts, or soon no more. */
  readonly alarm: (notice: Notice) => void;
  /** Told when a channel that could not send works again. */
  readonly resumed: (channel: string) => void;
};

type Routed = Channel & { routes(app: Hono): void };

/** The web chat first: it is always on. */
export function openChannels(parts: Parts): readonly [Routed, ...Routed[]] {
  return [web(parts), ...[telegram(parts), zaloOa(parts), zaloBot(parts)].flatMap((each) => each ?? [])];
}

/** Under which address people reach this server; without a public one, this machine does. */
export function addressOf({ PUBLIC_URL, HOST, PORT }: Config): string {
  if (PUBLIC_URL !== undefined) return PUBLIC_URL;
  if (HOST === '0.0.0.0' || HOST === '::') return `http://127.0.0.1:${PORT}`;
  return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
}

function web({ config, storage, files, uploads, log }: Parts): Routed {
  const publicUrl = addressOf(config);
  return createWebChannel({
    transcript: storage.transcript,
    makeFile: async (request, conversation) =>
      (await mayHave(storage, conversation, request)) ? files.make(request, 'xlsx') : undefined,
    makePictures: async (request, conversation) =>
      (await mayHave(storage, conversation, request)) ? files.pictures(request) : undefined,
    files: {
      uploads: createUploads(uploads),
      isKnown: async (conversation) => (await storage.load({ conversation, event: '' })).person !== undefined,
    },
    publicUrl,
    secureCookie: publicUrl.startsWith('https:'),
    shared: !storage.exclusive,
    log,
  });
}

function telegram({ config, storage, log }: Parts): Routed | undefined {
  if (config.TELEGRAM_BOT_TOKEN === undefined) return undefined;
  return createTelegramChannel({
    token: config.TELEGRAM_BOT_TOKEN,
    mode: config.TELEGRAM_MODE,
    apiRoot: config.TELEGRAM_API_ROOT,
    rates: ratesOf(config.TELEGRAM_PER_SECOND, config.TELEGRAM_CHAT_PER_MINUTE),
    ...given('webhookSecret', config.TELEGRAM_WEBHOOK_SECRET),
    ...given('publicUrl', config.PUBLIC_URL),
    lead: storage.lead,
    commands: COMMAND_MENU.officer,
    commandsOf: (role) => (role && role !== 'officer' ? COMMAND_MENU[role] : undefined),
    log,
  });
}

function zaloOa({ config, storage, log, alarm, resumed }: Parts): Routed | undefined {
  if (config.ZALO_OA_ID === undefined) return undefined;
  return createZaloOaChannel({
    oaId: config.ZALO_OA_ID,
    // readConfig has seen to it that these three are given.
    appId: config.ZALO_APP_ID ?? '',
    appSecret: config.ZALO_APP_SECRET ?? '',
    oaSecret: config.ZALO_OA_SECRET_KEY ?? '',
    ...given('refreshToken', config.ZALO_REFRESH_TOKEN),
    apiRoot: config.ZALO_API_ROOT,
    oauthRoot: config.ZALO_OAUTH_ROOT,
    zbsRoot: config.ZALO_ZBS_ROOT,
    buttons: config.ZALO_BUTTONS,
    paid: config.ZALO_PAID_MESSAGES === 'on',
    ...given('reminderTemplate', config.ZALO_REMINDER_TEMPLATE_ID),
    memory: memoryOf(storage, 'zalo-oa'),
    handover: config.DATA_DIR,
    timezone: config.TIMEZONE,
    log,
    alarm,
    resumed: () => resumed('zalo-oa'),
  });
}

function zaloBot({ config, storage, log, alarm }: Parts): Routed | undefined {
  if (config.ZALO_BOT_TOKEN === undefined) return undefined;
  return createZaloBotChannel({
    token: config.ZALO_BOT_TOKEN,
    mode: zaloBotMode(config),
    apiRoot: config.ZALO_BOT_API_ROOT,
    ...given('webhookSecret', config.ZALO_BOT_SECRET),
    ...given('publicUrl', config.PUBLIC_URL),
    quota: config.ZALO_BOT_QUOTA,
    timezone: config.TIMEZONE,
    memory: memoryOf(storage, 'zalo-bot'),
    lead: storage.lead,
    log,
    alarm,
  });
}

/** Left to us, the webhook is used as soon as it can be. */
function zaloBotMode({ ZALO_BOT_MODE, ZALO_BOT_SECRET, PUBLIC_URL }: Config): 'polling' | 'webhook' {
  if (ZALO_BOT_MODE !== 'auto') return ZALO_BOT_MODE;
  return ZALO_BOT_SECRET !== undefined && PUBLIC_URL !== undefined ? 'webhook' : 'polling';
}

/** A setting as an option, left out when it is not set. */
const given = <Name extends string>(name: Name, value: string | undefined): { [N in Name]?: string } =>
  value === undefined ? {} : ({ [name]: value } as { [N in Name]?: string });

/** What a channel remembers, in the store. */
function memoryOf(storage: Storage, channel: string): ChannelMemory {
  let number = 0;
  return {
    exclusive: storage.exclusive,
    read: async () => (await storage.channelState(channel)) ?? { state: {}, rev: 0 },
    async write(state, rev) {
      const at = new Date().toISOString();
      number += 1;
      const outcome = await storage.commit({
        ...{ event: `channel:${channel}:${rev}:${at}:${process.pid}:${number}`, at, by: '' },
        ...{ conversation: `channel:${channel}`, outgoing: [] },
        changes: [{ type: 'channel_set', channel, state }],
        expects: { reports: {}, channels: { [channel]: rev } },
      });
      return outcome === 'done' ? 'done' : 'stale';
    },
  };
}
